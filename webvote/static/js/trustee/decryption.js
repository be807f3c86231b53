// @ts-check
/**
 * A trustee's share of opening the tally (4.18). What may be decrypted at all is found out in check.js.
 */
import { parseList, parseObject } from "../crypto/bytes.js";
import { parseProof, proofToJson, proveDecryption, verifyDecryption } from "../crypto/proofs.js";
import { KeyFileError } from "./keys.js";

/** @typedef {import("../crypto/bytes.js").Rng} Rng */
/** @typedef {import("../crypto/elgamal.js").Ciphertext} Ciphertext */
/** @typedef {import("../crypto/proofs.js").Proof} Proof */
/** @typedef {import("../ballot/contest.js").Election} Election */
/** @typedef {import("../ballot/ballot.js").OnStep} OnStep */

/** @typedef {{publicKey: bigint, ciphertexts: Ciphertext[]}} Task what one trustee has to decrypt, checked */
/** @typedef {{factors: bigint[], proofs: Proof[]}} PartialDecryption */

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
 * @throws {import("../crypto/bytes.js").FormatError}
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
