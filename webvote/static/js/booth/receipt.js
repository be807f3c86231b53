// @ts-check
/** The receipt: the ballot's mark as text, as QR and as a picture to keep. */
import { trackerGroups } from "../ballot/tracker.js";
import { download, find } from "../lib/dom.js";
import { qrMatrix } from "../lib/qr.js";
import { clearQr, fillMark, fillQr } from "./shown.js";

const GROUPS_A_LINE = 4;

/**
 * Where anyone can see that the ballot is in the box.
 * @param {HTMLElement} root
 * @param {string} tracker
 */
export function boxAddress(root, tracker) {
  return new URL(`${root.dataset.boxUrl}#${tracker}`, root.ownerDocument.baseURI).href;
}

/**
 * @param {HTMLElement} root
 * @param {string} tracker
 */
export function fillReceipt(root, tracker) {
  fillMark(find(root, "#tracker"), tracker);
  const address = boxAddress(root, tracker);
  fillQr(find(root, "#receipt-qr"), address);
  /** @type {HTMLAnchorElement} */ (find(root, "#see-link")).href = address;
}

/** @param {HTMLElement} root */
export function clearReceipt(root) {
  fillMark(find(root, "#tracker"), "");
  clearQr(find(root, "#receipt-qr"));
  find(root, "#see-link").removeAttribute("href");
}

/**
 * @param {HTMLElement} root
 * @param {string} tracker
 */
export async function savePicture(root, tracker) {
  const canvas = root.ownerDocument.createElement("canvas");
  drawReceipt(canvas, {
    title: root.dataset.electionName ?? "",
    label: find(root, "#tracker-label").textContent ?? "",
    tracker,
    address: boxAddress(root, tracker),
    rightToLeft: root.ownerDocument.documentElement.dir === "rtl",
  });
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob !== null) download(root.ownerDocument, blob, root.dataset.pictureName ?? "receipt.png");
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{title: string, label: string, tracker: string, address: string, rightToLeft: boolean}} receipt
 */
function drawReceipt(canvas, { title, label, tracker, address, rightToLeft }) {
  const width = 900;
  const margin = 50;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const titleFont = "600 40px system-ui, sans-serif";
  context.font = titleFont;
  const titleLines = wrap(context, title, width - 2 * margin);
  const matrix = qrMatrix(address);
  const unit = Math.floor((width - 2 * margin) / (matrix.length + 8));
  const groups = trackerGroups(tracker);
  const markLines = Math.ceil(groups.length / GROUPS_A_LINE);
  canvas.width = width;
  canvas.height = 2 * margin + 52 * titleLines.length + 70 + 54 * markLines + unit * (matrix.length + 8);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  context.direction = rightToLeft ? "rtl" : "ltr";
  const start = rightToLeft ? width - margin : margin;
  let y = margin + 36;
  context.font = titleFont;
  for (const line of titleLines) {
    context.fillText(line, start, y);
    y += 52;
  }
  context.font = "32px system-ui, sans-serif";
  context.fillText(label, start, y + 10);
  y += 70;
  context.direction = "ltr";
  context.font = "600 40px ui-monospace, monospace";
  for (let i = 0; i < groups.length; i += GROUPS_A_LINE) {
    context.fillText(groups.slice(i, i + GROUPS_A_LINE).join("  "), margin, y);
    y += 54;
  }
  const left = Math.floor((width - unit * matrix.length) / 2);
  const top = y + 2 * unit;
  matrix.forEach((row, r) =>
    row.forEach((dark, c) => dark && context.fillRect(left + c * unit, top + r * unit, unit, unit)),
  );
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} width
 */
function wrap(context, text, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.length - 1;
    if (last >= 0 && context.measureText(`${lines[last]} ${word}`).width <= width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}
