// @ts-check
/**
 * Making a ballot for one question, reading one, and verifying it (4.11 to 4.15).
 * Leaves the arithmetic of each proof to crypto/proofs.js.
 */
import { FormatError, parseList, parseObject, textFromUtf8, utf8 } from "../crypto/bytes.js";
import { ciphertextToJson, encrypt, multiplyCiphertexts, parseCiphertext } from "../crypto/elgamal.js";
import { fingerprint } from "../crypto/hash.js";
import {
  parseProof, proofToJson, proveBlank, proveBlankOrInterval, proveInterval, sign, verifyBlank, verifyBlankOrInterval,
  verifyInterval, verifySignature,
} from "../crypto/proofs.js";
import { allowedSums, parseCanonicalJson } from "./contest.js";
import { tracker } from "./tracker.js";

/** @typedef {import("../crypto/bytes.js").Rng} Rng */
/** @typedef {import("../crypto/elgamal.js").Ciphertext} Ciphertext */
/** @typedef {import("../crypto/proofs.js").Proof} Proof */
/** @typedef {import("../crypto/proofs.js").Opened} Opened */
/** @typedef {import("./contest.js").Election} Election */
/** @typedef {import("./credential.js").Credential} Credential */

/** What the voter wants: blank, or the positions of the chosen answers. @typedef {{blank: boolean, chosen: readonly number[]}} Vote */
/** @typedef {{bytes: Uint8Array, tracker: string}} SealedBallot */
/** `randomness` holds that of each ciphertext of each question: never leave it in memory longer than the voter decides. @typedef {SealedBallot & {randomness: bigint[][]}} PreparedBallot */
/** Called between two steps, so that the page can breathe and show how far it is. @typedef {(done: number, total: number) => (void | Promise<void>)} OnStep */

/**
 * @typedef {object} Answer
 * @property {Ciphertext[]} choices
 * @property {Proof[][]} individualProofs
 * @property {Proof[]} overallProof
 * @property {Proof[] | null} blankProof
 */

/**
 * @typedef {object} Ballot
 * @property {bigint} credential
 * @property {Answer} answer
 * @property {{hash: string, proof: Proof}} signature
 */

/** A vote that the contest does not allow. */
export class VoteError extends Error {
  /** @param {"vote-blank-not-allowed" | "vote-blank-and-chosen" | "vote-choices" | "vote-number"} code */
  constructor(code) {
    super(code);
    this.name = "VoteError";
    this.code = code;
  }
}

/** @type {OnStep} */
const NO_STEPS = () => {};

/**
 * A ballot to cast; nothing of its randomness is left.
 * @param {Election} election
 * @param {Credential} credential
 * @param {Vote} vote
 * @param {OnStep | null} onStep
 * @param {Rng} rng
 * @returns {Promise<SealedBallot>}
 * @throws {VoteError}
 */
export async function sealBallot(election, credential, vote, onStep, rng) {
  const { bytes, tracker } = await prepareBallot(election, credential, vote, onStep, rng);
  return { bytes, tracker };
}

/**
 * A ballot that its voter may still open instead of casting it (opening.js).
 * @param {Election} election
 * @param {Credential} credential
 * @param {Vote} vote
 * @param {OnStep | null} onStep
 * @param {Rng} rng
 * @returns {Promise<PreparedBallot>}
 * @throws {VoteError}
 */
export async function prepareBallot(election, credential, vote, onStep, rng) {
  const messages = voteToMessages(election, vote);
  const context = `${election.fingerprint}|${credential.publicKey}`;
  const { answer, secrets } = await makeAnswer(election, context, messages, onStep ?? NO_STEPS, rng);
  const unsigned = unsignedToJson(election, credential.publicKey, answer);
  const hash = await fingerprint(utf8(JSON.stringify(unsigned)));
  const proof = await sign(election.group, hash, credential.secret, rng);
  const bytes = utf8(JSON.stringify({ ...unsigned, signature: { hash, proof: proofToJson(proof) } }));
  return { bytes, tracker: await tracker(bytes), randomness: [secrets] };
}

/**
 * The zeros and ones that are encrypted; with a leading one for blank where blank is allowed.
 * @param {Election} election
 * @param {Vote} vote
 * @returns {number[]}
 * @throws {VoteError}
 */
export function voteToMessages({ question }, { blank, chosen }) {
  const { answers, min, max } = question;
  if (blank && !question.blank) throw new VoteError("vote-blank-not-allowed");
  if (blank && chosen.length > 0) throw new VoteError("vote-blank-and-chosen");
  const positions = new Set(chosen);
  const inRange = chosen.every((position) => Number.isInteger(position) && position >= 0 && position < answers.length);
  if (!inRange || positions.size !== chosen.length) throw new VoteError("vote-choices");
  if (!blank && (chosen.length < min || chosen.length > max)) throw new VoteError("vote-number");
  const marks = answers.map((_, position) => (positions.has(position) ? 1 : 0));
  return question.blank ? [blank ? 1 : 0, ...marks] : marks;
}

/**
 * @param {Election} election
 * @param {string} context S0
 * @param {number[]} messages
 * @param {OnStep} onStep
 * @param {Rng} rng
 * @returns {Promise<{answer: Answer, secrets: bigint[]}>}
 */
async function makeAnswer(election, context, messages, onStep, rng) {
  const { group, key, question } = election;
  const total = 2 * messages.length + 2;
  let done = 0;
  await onStep(done, total);
  /** @type {Opened[]} */
  const opened = [];
  for (const message of messages) {
    opened.push({ ...encrypt(group, key, BigInt(message), rng), message });
    await onStep(++done, total);
  }
  /** @type {Proof[][]} */
  const individualProofs = [];
  for (const { ciphertext, secret, message } of opened) {
    individualProofs.push(await proveInterval(group, key, context, ciphertext, secret, message, [0, 1], rng));
    await onStep(++done, total);
  }
  const choices = opened.map(({ ciphertext }) => ciphertext);
  const secrets = opened.map(({ secret }) => secret);
  const wholeContext = `${context}|${serialiseChoices(choices)}`;
  const sums = allowedSums(question);
  if (!question.blank) {
    const { ciphertext, secret, message } = openedSum(election, opened);
    const overallProof = await proveInterval(group, key, wholeContext, ciphertext, secret, message, sums, rng);
    await onStep(total, total);
    return { answer: { choices, individualProofs, overallProof, blankProof: null }, secrets };
  }
  const [blank, ...marks] = opened;
  const sum = openedSum(election, marks);
  const overallProof = await proveBlankOrInterval(group, key, wholeContext, blank, sum, sums, rng);
  await onStep(++done, total);
  const blankProof = await proveBlank(group, key, wholeContext, blank, sum, rng);
  await onStep(total, total);
  return { answer: { choices, individualProofs, overallProof, blankProof }, secrets };
}

/**
 * @param {Election} election
 * @param {Opened[]} opened
 * @returns {Opened}
 */
function openedSum({ group }, opened) {
  return {
    ciphertext: multiplyCiphertexts(group, opened.map(({ ciphertext }) => ciphertext)),
    secret: opened.reduce((sum, { secret }) => sum + secret, 0n) % group.q,
    message: opened.reduce((sum, { message }) => sum + message, 0),
  };
}

/**
 * The b of 4.11.1.
 * @param {Ciphertext[]} choices
 */
function serialiseChoices(choices) {
  return choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(",");
}

/**
 * What a ballot's signature is about, fields in the order of 4.15.
 * @param {Election} election
 * @param {bigint} credential
 * @param {Answer} answer
 */
function unsignedToJson(election, credential, answer) {
  return {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential: credential.toString(),
    answers: [answerToJson(answer)],
  };
}

/** @param {Answer} answer */
function answerToJson({ choices, individualProofs, overallProof, blankProof }) {
  return {
    choices: choices.map(ciphertextToJson),
    individual_proofs: individualProofs.map((proofs) => proofs.map(proofToJson)),
    overall_proof: overallProof.map(proofToJson),
    ...(blankProof === null ? {} : { blank_proof: blankProof.map(proofToJson) }),
  };
}

/**
 * @param {Election} election
 * @param {Uint8Array} bytes
 * @returns {Promise<Ballot>}
 * @throws {FormatError}
 */
export async function parseBallot(election, bytes) {
  const { group } = election;
  const keys = ["election_uuid", "election_hash", "credential", "answers", "signature"];
  const text = textFromUtf8(bytes);
  const fields = parseObject(parseCanonicalJson(text, "ballot"), keys, "ballot");
  if (fields.election_uuid !== election.uuid) throw new FormatError("ballot.election_uuid");
  if (fields.election_hash !== election.fingerprint) throw new FormatError("ballot.election_hash");
  const [only] = parseList(fields.answers, "ballot.answers", 1);
  const answer = parseAnswer(election, only, "ballot.answers[0]");
  const credential = group.parseElement(fields.credential, "ballot.credential");
  const signature = parseObject(fields.signature, ["hash", "proof"], "ballot.signature");
  const proof = parseProof(group, signature.proof, "ballot.signature.proof");
  const unsigned = unsignedToJson(election, credential, answer);
  const hash = await fingerprint(utf8(JSON.stringify(unsigned)));
  if (signature.hash !== hash) throw new FormatError("ballot.signature.hash");
  // The fields in the one order: another order would be a second tracker of the same ballot.
  if (JSON.stringify({ ...unsigned, signature: { hash, proof: proofToJson(proof) } }) !== text) {
    throw new FormatError("ballot");
  }
  return { credential, answer, signature: { hash, proof } };
}

/**
 * @param {Election} election
 * @param {unknown} value
 * @param {string} what
 * @returns {Answer}
 */
function parseAnswer({ group, question }, value, what) {
  const keys = ["choices", "individual_proofs", "overall_proof", ...(question.blank ? ["blank_proof"] : [])];
  const fields = parseObject(value, keys, what);
  const length = question.answers.length + (question.blank ? 1 : 0);
  const branches = allowedSums(question).length + (question.blank ? 1 : 0);
  /** @type {(list: unknown, of: number, name: string) => Proof[]} */
  const proofs = (list, of, name) =>
    parseList(list, `${what}.${name}`, of).map((proof, i) => parseProof(group, proof, `${what}.${name}[${i}]`));
  return {
    choices: parseList(fields.choices, `${what}.choices`, length).map((choice, i) =>
      parseCiphertext(group, choice, `${what}.choices[${i}]`),
    ),
    individualProofs: parseList(fields.individual_proofs, `${what}.individual_proofs`, length).map((list, i) =>
      proofs(list, 2, `individual_proofs[${i}]`),
    ),
    overallProof: proofs(fields.overall_proof, branches, "overall_proof"),
    blankProof: question.blank ? proofs(fields.blank_proof, 2, "blank_proof") : null,
  };
}

/**
 * Every proof of a ballot and its signature.
 * @param {Election} election
 * @param {Ballot} ballot
 * @throws {import("../crypto/proofs.js").ProofError}
 */
export async function verifyBallot(election, { credential, answer, signature }) {
  const { group, key, question } = election;
  const context = `${election.fingerprint}|${credential}`;
  const wholeContext = `${context}|${serialiseChoices(answer.choices)}`;
  for (const [i, choice] of answer.choices.entries()) {
    const what = `individual_proofs[${i}] (4.12)`;
    await verifyInterval(group, key, context, choice, [0, 1], answer.individualProofs[i], what);
  }
  const sums = allowedSums(question);
  if (answer.blankProof === null) {
    const sum = multiplyCiphertexts(group, answer.choices);
    await verifyInterval(group, key, wholeContext, sum, sums, answer.overallProof, "overall_proof (4.12)");
  } else {
    const [blank, ...marks] = answer.choices;
    const sum = multiplyCiphertexts(group, marks);
    await verifyBlankOrInterval(group, key, wholeContext, blank, sum, sums, answer.overallProof);
    await verifyBlank(group, key, wholeContext, blank, sum, answer.blankProof);
  }
  await verifySignature(group, signature.hash, credential, signature.proof);
}
