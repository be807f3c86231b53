// @ts-check
/**
 * SHA-256 in the three forms the protocol uses, and SHA-512 for the rehearsal. WebCrypto does the hashing, so every
 * function is asynchronous.
 */
import { bigIntFromBytes, toBase64Unpadded, utf8 } from "./bytes.js";

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>}
 */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (bytes)));
}

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>}
 */
export async function sha512(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-512", /** @type {BufferSource} */ (bytes)));
}

/**
 * The hash of a text as a big-endian number, modulo q (every H of sections 4.5 to 4.18).
 * @param {string} text
 * @param {bigint} q
 */
export async function hashToScalar(text, q) {
  return bigIntFromBytes(await sha256(utf8(text))) % q;
}

/**
 * BASE64(SHA256(J)) without padding (4.15): the fingerprint of an election, the hash of a ballot, a tracker.
 * @param {Uint8Array} bytes
 */
export async function fingerprint(bytes) {
  return toBase64Unpadded(await sha256(bytes));
}
