// @ts-check
/** Testing the machine: the mark to write down before, and afterwards what the opened ballot says and where to check it. */
import { download, find } from "../lib/dom.js";
import { clearQr, fillLines, fillMark, fillQr, linesOf } from "./shown.js";

/** @typedef {import("../ballot/ballot.js").Vote} Vote */

/** A ballot with its opening; `vote` is what it was seen to hold, once the server has it. @typedef {{tracker: string, bytes: Uint8Array, vote: Vote | null}} Opened */

/**
 * The mark of the sealed ballot, which the voter sees before anybody knows whether it is cast or opened.
 * @param {HTMLElement} root
 * @param {string} tracker empty to take it away
 */
export function fillSealedMark(root, tracker) {
  for (const id of ["#sealed-mark", "#test-mark"]) fillMark(find(root, id), tracker);
}

/**
 * @param {HTMLElement} root
 * @param {Opened} opened
 * @param {readonly string[]} answers
 */
export function fillOpened(root, { tracker, vote }, answers) {
  if (vote === null) return;
  fillLines(find(root, "#opened-list"), linesOf(root, answers, vote));
  fillMark(find(root, "#opened-mark"), tracker);
  const address = new URL(`${root.dataset.openedPageUrl}#${tracker}`, root.ownerDocument.baseURI).href;
  fillQr(find(root, "#opened-qr"), address);
}

/** @param {HTMLElement} root */
export function clearOpened(root) {
  fillLines(find(root, "#opened-list"), []);
  fillMark(find(root, "#opened-mark"), "");
  clearQr(find(root, "#opened-qr"));
}

/**
 * @param {HTMLElement} root
 * @param {Opened} opened
 */
export function saveOpened(root, { bytes }) {
  const blob = new Blob([/** @type {BlobPart} */ (bytes)], { type: "application/json" });
  download(root.ownerDocument, blob, root.dataset.openedName ?? "opened.json");
}
