// @ts-check
/**
 * A trustee's key: making it, its public half with the proof (4.5), and the file that keeps the private half, which is
 * belenios-tool's: the number in base 10 as a JSON string.
 */
import { FormatError, parseObject } from "../crypto/bytes.js";
import { parseProof, proofToJson, proveKey, verifyKey } from "../crypto/proofs.js";

/** @typedef {import("../crypto/bytes.js").Rng} Rng */
/** @typedef {import("../crypto/group.js").Group} Group */
/** @typedef {import("../crypto/proofs.js").Proof} Proof */

/** @typedef {{pok: Proof, publicKey: bigint}} TrusteePublicKey */

/** A key file that cannot be used. */
export class KeyFileError extends Error {
  /** @param {"key-empty" | "key-not-a-number" | "key-not-this-trustee"} code */
  constructor(code) {
    super(code);
    this.name = "KeyFileError";
    this.code = code;
  }
}

/**
 * @param {Group} group
 * @param {Rng} rng
 * @returns {Promise<{privateKey: bigint, publicKey: TrusteePublicKey}>}
 */
export async function generateTrusteeKey(group, rng) {
  let privateKey = 0n;
  while (privateKey === 0n) privateKey = group.randomScalar(rng);
  const publicKey = group.g.pow(privateKey);
  return { privateKey, publicKey: { pok: await proveKey(group, privateKey, publicKey, rng), publicKey } };
}

/** @param {TrusteePublicKey} key */
export function trusteePublicKeyToJson({ pok, publicKey }) {
  return { pok: proofToJson(pok), public_key: publicKey.toString() };
}

/**
 * @param {Group} group
 * @param {unknown} value
 * @returns {TrusteePublicKey}
 * @throws {FormatError}
 */
export function parseTrusteePublicKey(group, value) {
  const { pok, public_key: publicKey } = parseObject(value, ["pok", "public_key"], "trustee_public_key");
  return {
    pok: parseProof(group, pok, "trustee_public_key.pok"),
    publicKey: group.parseElement(publicKey, "trustee_public_key.public_key"),
  };
}

/**
 * @param {Group} group
 * @param {TrusteePublicKey} key
 * @throws {import("../crypto/proofs.js").ProofError}
 */
export async function verifyTrusteePublicKey(group, { pok, publicKey }) {
  await verifyKey(group, publicKey, pok);
}

/**
 * What stands in the file the trustee keeps.
 * @param {bigint} privateKey
 */
export function privateKeyToFile(privateKey) {
  return JSON.stringify(privateKey.toString());
}

/**
 * The private key of a file or of what was pasted; quotation marks and white space around it do not matter.
 * @param {Group} group
 * @param {string} text
 * @returns {bigint}
 * @throws {KeyFileError}
 */
export function parsePrivateKey(group, text) {
  const number = text.replace(/[\s\uFEFF]+/g, "").replace(/^["“”„«»']+|["“”„«»']+$/g, "");
  if (number === "") throw new KeyFileError("key-empty");
  try {
    const privateKey = group.parseScalar(number, "private_key");
    if (privateKey !== 0n) return privateKey;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  throw new KeyFileError("key-not-a-number");
}
