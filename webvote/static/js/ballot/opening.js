// @ts-check
/**
 * A prepared ballot opened instead of cast (Benaloh 2006): the randomness of every ciphertext, so that any other machine
 * can compute what it encrypts. The documents are described in docs/challenge.md; an opened ballot can never be cast.
 */
import { FormatError, parseList, parseObject, textFromUtf8, utf8 } from "../crypto/bytes.js";
import { parseBallot, verifyBallot } from "./ballot.js";
import { parseCanonicalJson } from "./contest.js";
import { tracker } from "./tracker.js";

/** @typedef {import("../crypto/elgamal.js").Ciphertext} Ciphertext */
/** @typedef {import("./ballot.js").PreparedBallot} PreparedBallot */
/** @typedef {import("./ballot.js").Vote} Vote */
/** @typedef {import("./contest.js").Election} Election */

const VERSION = 1;
const KEYS = ["version", "election_uuid", "election_hash", "ballot", "randomness"];

/** An opening that does not show what a ballot encrypts; `position` is that of the ciphertext. */
export class OpeningError extends Error {
  /**
   * @param {"other-election" | "other-ballot" | "length" | "randomness" | "number" | "blank-and-marks"} code
   * @param {number} [position]
   */
  constructor(code, position) {
    super(code);
    this.name = "OpeningError";
    this.code = code;
    this.position = position;
  }
}

/**
 * @param {Election} election
 * @param {PreparedBallot} ballot
 * @returns {Uint8Array} the document, in its one form
 */
export function openBallot(election, { tracker, randomness }) {
  return utf8(
    JSON.stringify({
      version: VERSION,
      election_uuid: election.uuid,
      election_hash: election.fingerprint,
      ballot: tracker,
      randomness: randomness.map((secrets) => secrets.map(String)),
    }),
  );
}

/**
 * A ballot and its opening as one document: what the server takes, and what the voter carries to another machine.
 * @param {Uint8Array} ballot
 * @param {Uint8Array} opening
 */
export function openedEntry(ballot, opening) {
  return utf8(`{"ballot":${textFromUtf8(ballot)},"opening":${textFromUtf8(opening)}}`);
}

/**
 * Computes every ciphertext of a ballot anew from its opening, and tells what it encrypts.
 * @param {Election} election
 * @param {Uint8Array} entry a ballot with its opening
 * @returns {Promise<{tracker: string, vote: Vote}>}
 * @throws {FormatError} malformed
 * @throws {OpeningError} it does not open this ballot, or shows a number that is no mark
 * @throws {import("../crypto/proofs.js").ProofError} the election would not have taken the ballot
 */
export async function checkOpening(election, entry) {
  const fields = parseObject(parseCanonicalJson(textFromUtf8(entry), "opened"), ["ballot", "opening"], "opened");
  const bytes = utf8(JSON.stringify(fields.ballot));
  const ballot = await parseBallot(election, bytes);
  const mark = await tracker(bytes);
  const { choices } = ballot.answer;
  const secrets = parseOpening(election, fields.opening, mark, choices.length);
  const marks = choices.map((choice, i) => numberIn(election, choice, secrets[i], i));
  const blank = election.question.blank && marks[0] === 1;
  const candidates = election.question.blank ? marks.slice(1) : marks;
  const chosen = candidates.flatMap((number, position) => (number === 1 ? [position] : []));
  if (blank && chosen.length > 0) throw new OpeningError("blank-and-marks");
  // Also a ballot that encrypts what its voter chose has gone wrong if the election would refuse it.
  await verifyBallot(election, ballot);
  return { tracker: mark, vote: { blank, chosen } };
}

/**
 * @param {Election} election
 * @param {unknown} value
 * @param {string} mark of the ballot
 * @param {number} length how many ciphertexts it has
 */
function parseOpening({ uuid, fingerprint, group }, value, mark, length) {
  const fields = parseObject(value, KEYS, "opening");
  if (fields.version !== VERSION) throw new FormatError("opening.version");
  if (Object.keys(fields).join() !== KEYS.join()) throw new FormatError("opening");
  if (fields.election_uuid !== uuid || fields.election_hash !== fingerprint) throw new OpeningError("other-election");
  if (fields.ballot !== mark) throw new OpeningError("other-ballot");
  const answers = parseList(fields.randomness, "opening.randomness");
  const [secrets] = answers.map((answer) =>
    parseList(answer, "opening.randomness").map((secret) => group.parseScalar(secret, "opening.randomness")),
  );
  if (answers.length !== 1 || secrets.length !== length) throw new OpeningError("length");
  return secrets;
}

/**
 * @param {Election} election
 * @param {Ciphertext} choice
 * @param {bigint} secret
 * @param {number} position
 */
function numberIn({ group, key }, { alpha, beta }, secret, position) {
  if (alpha !== group.g.pow(secret)) throw new OpeningError("randomness", position);
  const mask = key.pow(secret);
  if (beta === mask) return 0;
  if (beta === group.multiply(mask, group.g.pow(1n))) return 1;
  throw new OpeningError("number", position);
}
