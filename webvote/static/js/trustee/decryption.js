// @ts-check
/**
 * A trustee's share of opening the tally (4.16, 4.18). Nothing is decrypted before the tally was found to be one of
 * this election, of the right shape and of elements of the group, and the key to be this trustee's.
 */
import { FormatError, parseList, parseObject, parseString } from "../crypto/bytes.js";
import { parseCiphertext } from "../crypto/elgamal.js";
import { parseProof, proofToJson, proveDecryption, verifyDecryption } from "../crypto/proofs.js";
import { KeyFileError } from "./keys.js";

/** @typedef {import("../crypto/bytes.js").Rng} Rng */
/** @typedef {import("../crypto/elgamal.js").Ciphertext} Ciphertext */
/** @typedef {import("../crypto/proofs.js").Proof} Proof */
/** @typedef {import("../ballot/contest.js").Election} Election */
/** @typedef {import("../ballot/ballot.js").OnStep} OnStep */

/** @typedef {{publicKey: bigint, ciphertexts: Ciphertext[]}} Task what one trustee has to decrypt */
/** @typedef {{factors: bigint[], proofs: Proof[]}} PartialDecryption */

/**
 * The task as the server hands it out, checked against the published election.
 * @param {Election} election
 * @param {unknown} value
 * @returns {Task}
 * @throws {FormatError}
 */
export function parseTask(election, value) {
  const fields = parseObject(value, ["election_hash", "public_key", "encrypted_tally"], "tally");
  if (parseString(fields.election_hash, "tally.election_hash") !== election.fingerprint) {
    throw new FormatError("tally.election_hash");
  }
  return {
    publicKey: election.group.parseElement(fields.public_key, "tally.public_key"),
    ciphertexts: parseEncryptedTally(election, fields.encrypted_tally),
  };
}

/**
 * @param {Election} election
 * @param {unknown} value
 * @returns {Ciphertext[]}
 * @throws {FormatError}
 */
export function parseEncryptedTally({ group, question }, value) {
  const [row] = parseList(value, "encrypted_tally", 1);
  const length = question.answers.length + (question.blank ? 1 : 0);
  return parseList(row, "encrypted_tally[0]", length).map((ciphertext, i) =>
    parseCiphertext(group, ciphertext, `encrypted_tally[0][${i}]`),
  );
}

/**
 * @param {Election} election
 * @param {Task} task
 * @param {bigint} privateKey
 * @param {OnStep | null} onStep
 * @param {Rng} rng
 * @returns {Promise<PartialDecryption>}
 * @throws {KeyFileError} when the key is not the one of the task
 */
export async function decryptShare({ group, fingerprint }, { publicKey, ciphertexts }, privateKey, onStep, rng) {
  if (group.g.pow(privateKey) !== publicKey) throw new KeyFileError("key-not-this-trustee");
  /** @type {PartialDecryption} */
  const share = { factors: [], proofs: [] };
  for (const { alpha } of ciphertexts) {
    await onStep?.(share.factors.length, ciphertexts.length);
    share.factors.push(group.pow(alpha, privateKey));
    share.proofs.push(await proveDecryption(group, fingerprint, privateKey, publicKey, alpha, rng));
  }
  await onStep?.(ciphertexts.length, ciphertexts.length);
  return share;
}

/** @param {PartialDecryption} share */
export function partialDecryptionToJson({ factors, proofs }) {
  return {
    decryption_factors: [factors.map(String)],
    decryption_proofs: [proofs.map(proofToJson)],
  };
}

/**
 * @param {Election} election
 * @param {Task} task
 * @param {unknown} value
 * @returns {PartialDecryption}
 * @throws {FormatError}
 */
export function parsePartialDecryption({ group }, { ciphertexts }, value) {
  const keys = ["decryption_factors", "decryption_proofs"];
  const fields = parseObject(value, keys, "partial_decryption");
  /** @type {(key: string) => unknown[]} */
  const row = (key) => {
    const what = `partial_decryption.${key}`;
    return parseList(parseList(fields[key], what, 1)[0], `${what}[0]`, ciphertexts.length);
  };
  return {
    factors: row(keys[0]).map((factor, i) => group.parseElement(factor, `${keys[0]}[0][${i}]`)),
    proofs: row(keys[1]).map((proof, i) => parseProof(group, proof, `${keys[1]}[0][${i}]`)),
  };
}

/**
 * @param {Election} election
 * @param {Task} task
 * @param {PartialDecryption} share
 * @throws {import("../crypto/proofs.js").ProofError}
 */
export async function verifyShare({ group, fingerprint }, { publicKey, ciphertexts }, { factors, proofs }) {
  for (const [i, { alpha }] of ciphertexts.entries()) {
    await verifyDecryption(group, fingerprint, publicKey, alpha, factors[i], proofs[i]);
  }
}
