// @ts-check
/** How a mark, an address and a choice are shown to people. */
import { trackerGroups } from "../ballot/tracker.js";
import { find, textFor } from "../lib/dom.js";
import { qrMatrix, qrPath } from "../lib/qr.js";

/** @typedef {import("../ballot/ballot.js").Vote} Vote */

/**
 * A choice in the words of the page.
 * @param {ParentNode} root
 * @param {readonly string[]} answers
 * @param {Vote} vote
 */
export function linesOf(root, answers, { blank, chosen }) {
  return blank ? [textFor(root, "blank")] : chosen.map((position) => answers[position]);
}

/**
 * @param {HTMLElement} list
 * @param {string[]} lines
 */
export function fillLines(list, lines) {
  list.replaceChildren(
    ...lines.map((line) => {
      const item = list.ownerDocument.createElement("li");
      item.dir = "auto";
      item.textContent = line;
      return item;
    }),
  );
}

/**
 * A mark in groups that can be read aloud and compared.
 * @param {HTMLElement} place
 * @param {string} tracker
 */
export function fillMark(place, tracker) {
  place.dataset.tracker = tracker;
  place.replaceChildren(
    ...trackerGroups(tracker).map((group) => {
      const part = place.ownerDocument.createElement("span");
      part.textContent = group;
      return part;
    }),
  );
}

/**
 * An address as a square to scan.
 * @param {Element} svg
 * @param {string} address
 */
export function fillQr(svg, address) {
  const { size, path } = qrPath(qrMatrix(address));
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  find(svg, "path").setAttribute("d", path);
}

/** @param {Element} svg */
export function clearQr(svg) {
  find(svg, "path").removeAttribute("d");
}
