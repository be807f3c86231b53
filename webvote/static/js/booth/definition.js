// @ts-check
/** The published election against the page: what is encrypted must be what is shown. */
import { find, findAll } from "../lib/dom.js";

/** @typedef {import("../ballot/contest.js").Election} Election */

/** The page shows something else than the published election asks. */
export class MismatchError extends Error {
  /** @param {string} what */
  constructor(what) {
    super(`the page and the published election differ: ${what}`);
    this.name = "MismatchError";
    this.what = what;
  }
}

/**
 * @param {Election} election
 * @param {HTMLElement} root the booth
 * @throws {MismatchError}
 */
export function verifyPage(election, root) {
  const { question } = election;
  if (root.dataset.uuid !== election.uuid) throw new MismatchError("uuid");
  if (Number(root.dataset.maxMarks) !== question.max) throw new MismatchError("max");
  if ((root.dataset.blankAllowed === "true") !== question.blank) throw new MismatchError("blank");
  const shown = findAll(root, ".choice.candidate");
  if (shown.length !== question.answers.length) throw new MismatchError("answers");
  shown.forEach((choice, position) => {
    const name = find(choice, ".choice-name").textContent;
    const value = /** @type {HTMLInputElement} */ (find(choice, "input")).value;
    if (name !== question.answers[position] || value !== String(position)) throw new MismatchError(`answers[${position}]`);
  });
}
