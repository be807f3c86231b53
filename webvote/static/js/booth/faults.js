// @ts-check
/** Which screen tells the voter what went wrong, filled in; what the server refused is the booth's own matter. */
import { FormatError } from "../crypto/bytes.js";
import { NoAnswerError } from "../lib/api.js";
import { find } from "../lib/dom.js";
import { MismatchError } from "./definition.js";
import { WrongTrackerError } from "./delivery.js";

/**
 * @param {HTMLElement} root
 * @param {unknown} error
 * @param {string} noAnswer the screen for a lost connection at this point
 * @returns {string} the screen's id
 */
export function faultScreen(root, error, noAnswer) {
  if (error instanceof NoAnswerError) return noAnswer;
  if (error instanceof WrongTrackerError) {
    find(root, "#tracker-sent").textContent = error.sent;
    find(root, "#tracker-confirmed").textContent = error.confirmed;
    return "screen-wrong-tracker";
  }
  if (error instanceof MismatchError || error instanceof FormatError) {
    find(root, "#mismatch-detail").textContent = error.what;
    return "screen-mismatch";
  }
  console.error(error);
  return "screen-broken";
}
