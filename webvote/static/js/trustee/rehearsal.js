// @ts-check
/**
 * The rehearsal (docs/trustees.md): a test ciphertext for all trustees together, and one trustee's answer to it.
 *
 * What is encrypted, and with which randomness, follows from the trustees' keys and a number of the server's. So nobody
 * can hand a ballot to a trustee as a test, and what the answer tells can be computed by anybody but for its proof.
 */
import { FormatError, bigIntFromBytes, parseObject, parseString, textFromUtf8, utf8 } from "../crypto/bytes.js";
import { fingerprint, sha512 } from "../crypto/hash.js";
import { proofToJson, proveDecryption } from "../crypto/proofs.js";
import { KeyFileError } from "./keys.js";
import { parseTrustees } from "./trustees.js";

/** @typedef {import("../crypto/bytes.js").Rng} Rng */
/** @typedef {import("../crypto/group.js").Group} Group */
/** @typedef {import("../crypto/proofs.js").Proof} Proof */

/**
 * @typedef {object} RehearsalTest
 * @property {Group} group
 * @property {string} fingerprint what the proof is bound to: these trustees and this test, and no election
 * @property {bigint} alpha of the ciphertext; its randomness is known to everybody
 * @property {bigint[]} publicKeys of the trustees, by number
 */

/** @typedef {{owner: number, factor: bigint, proof: Proof}} RehearsalAnswer */

/**
 * @param {Group} group
 * @param {unknown} value test.json
 * @param {Uint8Array} trustees trustees.json, the document of the record
 * @returns {Promise<RehearsalTest>}
 * @throws {FormatError} when the test is malformed or for other trustees
 */
export async function readTest(group, value, trustees) {
  const keys = ["format", "version", "group", "nonce", "fingerprint"];
  const test = parseObject(value, keys, "test");
  if (test.format !== "raadsvalg-rehearsal" || test.version !== 1) throw new FormatError("test.version");
  if (test.group !== group.name) throw new FormatError("test.group");
  const nonce = parseString(test.nonce, "test.nonce");
  const name = await fingerprint(utf8(`rehearsal|${group.name}|${nonce}|${textFromUtf8(trustees)}`));
  if (test.fingerprint !== name) throw new FormatError("test.fingerprint");
  const randomness = bigIntFromBytes(await sha512(utf8(`randomness|${name}`))) % group.q;
  const publicKeys = parseTrustees(group, trustees).flatMap(({ keys: each }) => each.map((key) => key.publicKey));
  return { group, fingerprint: name, alpha: group.g.pow(randomness), publicKeys };
}

/**
 * @param {RehearsalTest} test
 * @param {bigint} privateKey
 * @param {Rng} rng
 * @returns {Promise<RehearsalAnswer>}
 * @throws {KeyFileError} when the key is none of the trustees'
 */
export async function answerTest({ group, fingerprint: name, alpha, publicKeys }, privateKey, rng) {
  const publicKey = group.g.pow(privateKey);
  const owner = publicKeys.indexOf(publicKey) + 1;
  if (owner === 0) throw new KeyFileError("key-not-this-trustee");
  const factor = group.pow(alpha, privateKey);
  const proof = await proveDecryption(group, statementOf(name, alpha, factor), privateKey, publicKey, alpha, rng);
  return { owner, factor, proof };
}

/**
 * What stands for the election's fingerprint in the proof: unlike 4.18 also what the proof is about.
 * @param {string} name
 * @param {bigint} alpha
 * @param {bigint} factor
 */
export function statementOf(name, alpha, factor) {
  return `${name}|${alpha},${factor}`;
}

/** @param {RehearsalAnswer} answer */
export function answerToJson({ owner, factor, proof }) {
  return { owner, decryption_factor: factor.toString(), proof: proofToJson(proof) };
}
