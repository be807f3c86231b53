// @ts-check
/** The screen on which the voter chooses: reading the cards, the counter, and what excludes what. */
import { find, findAll, textFor } from "../lib/dom.js";

/** @typedef {import("../ballot/ballot.js").Vote} Vote */

const BLANK = "blank";

/**
 * Joins the rules to the cards; once for each page.
 * @param {HTMLElement} root
 * @param {number} most how many may be chosen
 * @param {Vote | null} vote chosen earlier, to be shown again
 */
export function openChoices(root, most, vote) {
  const inputs = choiceInputs(root);
  for (const input of inputs) {
    input.checked = vote !== null && (input.value === BLANK ? vote.blank : vote.chosen.includes(Number(input.value)));
    input.addEventListener("change", () => {
      const tooMany = keepRules(inputs, input, most);
      showCounter(root, most, tooMany);
      showMissing(root, false);
    });
  }
  showCounter(root, most, false);
}

/**
 * @param {HTMLElement} root
 * @returns {Vote | null} null when nothing is chosen
 */
export function readVote(root) {
  const values = choiceInputs(root).flatMap(({ checked, value }) => (checked ? [value] : []));
  if (values.length === 0) return null;
  const blank = values.includes(BLANK);
  return { blank, chosen: blank ? [] : values.map(Number) };
}

/**
 * @param {HTMLElement} root
 * @param {number} most
 */
export function clearChoices(root, most) {
  for (const input of choiceInputs(root)) input.checked = false;
  showCounter(root, most, false);
  showMissing(root, false);
}

/**
 * Says that something must be chosen before going on.
 * @param {HTMLElement} root
 * @param {boolean} missing
 */
export function showMissing(root, missing) {
  const message = find(root, "#choice-missing");
  message.hidden = !missing;
  if (missing) message.focus();
}

/**
 * @param {HTMLElement} root
 * @returns {HTMLInputElement[]}
 */
function choiceInputs(root) {
  return /** @type {HTMLInputElement[]} */ (findAll(root, ".choice input"));
}

/**
 * Blank stands alone, and never more than `most`.
 * @param {HTMLInputElement[]} inputs
 * @param {HTMLInputElement} changed
 * @param {number} most
 * @returns {boolean} whether one too many was chosen, and was taken back
 */
function keepRules(inputs, changed, most) {
  if (!changed.checked) return false;
  for (const other of inputs) {
    if (other !== changed && (changed.value === BLANK || other.value === BLANK)) other.checked = false;
  }
  const chosen = inputs.filter(({ checked, value }) => checked && value !== BLANK);
  if (chosen.length <= most) return false;
  changed.checked = false;
  return true;
}

/**
 * @param {HTMLElement} root
 * @param {number} most
 * @param {boolean} tooMany
 */
function showCounter(root, most, tooMany) {
  const counter = root.querySelector("#choice-counter");
  if (counter === null) return;
  const vote = readVote(root);
  const name = tooMany ? "counter-full" : vote?.blank ? "counter-blank" : "counter";
  counter.textContent = textFor(root, name, { chosen: vote?.chosen.length ?? 0, max: most });
}
