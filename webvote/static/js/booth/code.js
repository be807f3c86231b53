// @ts-check
/** The field for the code of the card: what is wrong with what was typed, and leaving nothing of it behind. */
import { find, setFieldError, textFor } from "../lib/dom.js";

/** @typedef {import("../ballot/credential.js").CredentialError} CredentialError */

/**
 * @param {HTMLElement} root
 * @param {string} code as typed, or the whole address of a card
 * @param {CredentialError} error
 */
export function showCodeError(root, code, error) {
  input(root).value = code.slice(code.lastIndexOf("#") + 1);
  setFieldError(find(root, "#code-field"), textFor(root, error.code, error.params));
}

/** @param {HTMLElement} root */
export function emptyCode(root) {
  input(root).value = "";
  find(root, "#code-field .error-message").hidden = true;
  find(root, "#code-field").classList.remove("invalid");
}

/** @param {HTMLElement} root */
function input(root) {
  return /** @type {HTMLInputElement} */ (find(root, "#code-input"));
}
