// @ts-check
/**
 * The published election as the voter's browser reads it: strict, fingerprinted, one question (4.9, 4.10).
 */
import { FormatError, parseCount, parseList, parseObject, parseString, textFromUtf8 } from "../crypto/bytes.js";
import { belenios2048Group } from "../crypto/group.js";
import { fingerprint } from "../crypto/hash.js";

/** @typedef {import("../crypto/group.js").Group} Group */
/** @typedef {import("../crypto/group.js").FixedBase} FixedBase */

/**
 * @typedef {object} Question
 * @property {string} question
 * @property {readonly string[]} answers
 * @property {boolean} blank
 * @property {number} min
 * @property {number} max
 */

/**
 * @typedef {object} Election
 * @property {string} uuid
 * @property {string} name
 * @property {string} description
 * @property {Question} question
 * @property {Group} group
 * @property {FixedBase} key
 * @property {string} fingerprint
 */

const UUID = /^[1-9A-HJ-NP-Za-km-z]{14,}$/;
const KEYS = [
  "version", "description", "name", "group", "public_key", "questions", "uuid", "administrator?",
  "credential_authority?",
];
const MOST_ANSWERS = 1000;

/**
 * @param {Uint8Array} bytes the exact bytes of election.json
 * @returns {Promise<Election>}
 * @throws {FormatError}
 */
export async function parseElection(bytes) {
  const text = textFromUtf8(bytes);
  const fields = parseInOrder(parseCanonicalJson(text, "election"), KEYS, "election");
  for (const key of ["administrator", "credential_authority"]) {
    if (fields[key] !== undefined) parseString(fields[key], `election.${key}`);
  }
  if (fields.version !== 1) throw new FormatError("election.version");
  const group = belenios2048Group();
  if (fields.group !== group.name) throw new FormatError("election.group");
  const uuid = parseString(fields.uuid, "election.uuid");
  if (!UUID.test(uuid)) throw new FormatError("election.uuid");
  const [question] = parseList(fields.questions, "election.questions", 1);
  return Object.freeze({
    uuid,
    name: parseString(fields.name, "election.name"),
    description: parseString(fields.description, "election.description"),
    question: parseQuestion(question, "election.questions[0]"),
    group,
    key: group.fixedBase(group.parseElement(fields.public_key, "election.public_key")),
    fingerprint: await fingerprint(bytes),
  });
}

/**
 * JSON that is its own compact serialisation: no spaces, no key twice, one way to write each string.
 * @param {string} text
 * @param {string} what
 * @throws {FormatError}
 */
export function parseCanonicalJson(text, what) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FormatError(what);
  }
  if (JSON.stringify(value) !== text) throw new FormatError(what);
  return /** @type {unknown} */ (value);
}

/**
 * An object whose keys stand in the order of the specification, so that it has one serialisation.
 * @param {unknown} value
 * @param {readonly string[]} keys
 * @param {string} what
 */
function parseInOrder(value, keys, what) {
  const object = parseObject(value, keys, what);
  const expected = keys.map((key) => key.replace("?", "")).filter((key) => Object.hasOwn(object, key));
  if (Object.keys(object).join() !== expected.join()) throw new FormatError(what);
  return object;
}

/**
 * @param {unknown} value
 * @param {string} what
 * @returns {Question}
 */
function parseQuestion(value, what) {
  const fields = parseInOrder(value, ["answers", "blank?", "min", "max", "question"], what);
  const answers = parseList(fields.answers, `${what}.answers`).map((answer, i) =>
    parseString(answer, `${what}.answers[${i}]`),
  );
  if (answers.length === 0 || answers.length > MOST_ANSWERS) throw new FormatError(`${what}.answers`);
  if (fields.blank !== undefined && typeof fields.blank !== "boolean") throw new FormatError(`${what}.blank`);
  const min = parseCount(fields.min, `${what}.min`);
  const max = parseCount(fields.max, `${what}.max`);
  if (min > max) throw new FormatError(`${what}.min`);
  if (max > answers.length) throw new FormatError(`${what}.max`);
  return Object.freeze({
    question: parseString(fields.question, `${what}.question`),
    answers: Object.freeze(answers),
    blank: fields.blank === true,
    min,
    max,
  });
}

/**
 * min … max, the sums a ballot may have.
 * @param {Question} question
 */
export function allowedSums({ min, max }) {
  return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}
