// @ts-check
/** Testing the machine: the mark to write down before, and afterwards what the opened ballot says and where to check it. */
import { download, find } from "../lib/dom.js";
import { clearQr, fillLines, fillMark, fillQr } from "./shown.js";

/** A ballot with its opening, on its way to the server or there. @typedef {{tracker: string, bytes: Uint8Array}} Opened */

/**
 * The mark of the sealed ballot, which the voter sees before anybody knows whether it is cast or opened.
 * @param {HTMLElement} root
 * @param {string} tracker empty to take it away
 */
export function fillSealedMark(root, tracker) {
  for (const id of ["#sealed-mark", "#test-mark"]) fillMark(find(root, id), tracker);
}

/**
 * What the opened ballot was seen to hold.
 * @param {HTMLElement} root
 * @param {Opened} opened
 * @param {string[]} lines
 */
export function fillOpened(root, { tracker }, lines) {
  fillLines(find(root, "#opened-list"), lines);
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
