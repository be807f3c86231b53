// @ts-check
/**
 * The page of tested ballots: finds one by its mark in the published list, or takes the file that a machine saved, and
 * computes in this browser what it encrypts.
 */
import { parseCanonicalJson, parseElection } from "../ballot/contest.js";
import { OpeningError, checkOpening } from "../ballot/opening.js";
import { FormatError, parseList, textFromUtf8, utf8 } from "../crypto/bytes.js";
import { ProofError } from "../crypto/proofs.js";
import { NoAnswerError, RefusedError, getBytes } from "../lib/api.js";
import { breathe, find, setFieldError, textFor } from "../lib/dom.js";
import { takeFragment } from "./address.js";
import { fillLines, fillMark, linesOf } from "./shown.js";

/** @typedef {import("../ballot/contest.js").Election} Election */

const root = find(document, "#opened");
const markInput = /** @type {HTMLInputElement} */ (find(root, "#opened-mark"));
const button = /** @type {HTMLButtonElement} */ (find(root, "#check-opened"));
const fileInput = /** @type {HTMLInputElement} */ (find(root, "#opened-file"));

find(root, "#opened-form").addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});
const asked = takeFragment(window);
if (asked !== "") {
  markInput.value = asked;
  void check();
}

async function check() {
  hide();
  const mark = markInput.value.replace(/\s/g, "");
  const file = fileInput.files?.[0];
  if (mark === "" && file === undefined) return say("missing");
  // Two checks at once could answer for each other.
  button.disabled = true;
  status("checking");
  await breathe();
  /** @type {Election | null} */
  let election = null;
  try {
    election = await parseElection(await getBytes(root.dataset.electionUrl ?? ""));
    const entry = file === undefined ? await published(mark) : new Uint8Array(await file.arrayBuffer());
    if (entry === null) say("unknown");
    else show(election, await checkOpening(election, entry));
  } catch (error) {
    if (error instanceof NoAnswerError) say("offline");
    else fail(reasonOf(error, election));
  } finally {
    status("");
    button.disabled = false;
  }
}

/**
 * The entry of the published list whose ballot has this mark.
 * @param {string} mark
 */
async function published(mark) {
  const list = parseList(parseCanonicalJson(textFromUtf8(await getBytes(root.dataset.openedUrl ?? "")), "opened"), "opened");
  const found = list.find((entry) => /** @type {any} */ (entry)?.opening?.ballot === mark);
  return found === undefined ? null : utf8(JSON.stringify(found));
}

/**
 * @param {Election} election
 * @param {{tracker: string, vote: import("../ballot/ballot.js").Vote}} opened
 */
function show(election, { tracker, vote }) {
  const lines = linesOf(root, election.question.answers, vote);
  fillLines(find(root, "#opened-choices"), lines.length === 0 ? [textFor(root, "nothing")] : lines);
  fillMark(find(root, "#opened-tracker"), tracker);
  reveal("#opened-holds");
}

/** @param {string} reason */
function fail(reason) {
  find(root, "#opened-reason").textContent = reason;
  reveal("#opened-fails");
}

/**
 * @param {unknown} error
 * @param {Election | null} election
 */
function reasonOf(error, election) {
  if (error instanceof RefusedError) return error.message;
  if (error instanceof FormatError) return textFor(root, "format", { what: error.what });
  if (error instanceof ProofError) return textFor(root, "proof", { what: error.what });
  if (error instanceof OpeningError) return textFor(root, error.code, { choice: choiceAt(election, error.position ?? 0) });
  throw error;
}

/**
 * What a ciphertext stands for; blank comes first where it is allowed.
 * @param {Election | null} election
 * @param {number} position
 */
function choiceAt(election, position) {
  const { answers = [], blank = false } = election?.question ?? {};
  return (blank ? [textFor(root, "blank"), ...answers] : answers)[position] ?? "";
}

/** @param {string} name of the sentence; at the field where the mark is typed */
function say(name) {
  setFieldError(find(root, "#mark-field"), textFor(root, name));
}

/** @param {string} name of the sentence, or nothing */
function status(name) {
  find(root, "#opened-status").textContent = name === "" ? "" : textFor(root, name);
}

function hide() {
  setFieldError(find(root, "#mark-field"), "");
  for (const id of ["#opened-holds", "#opened-fails"]) find(root, id).hidden = true;
}

/** @param {string} id */
function reveal(id) {
  const notice = find(root, id);
  notice.hidden = false;
  notice.focus();
}
