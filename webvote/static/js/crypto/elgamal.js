// @ts-check
/**
 * ElGamal with the message in the exponent (4.11.1): encrypting, multiplying, reading and writing ciphertexts.
 * Leaves every proof to proofs.js.
 */
import { parseObject } from "./bytes.js";

/** @typedef {import("./bytes.js").Rng} Rng */
/** @typedef {import("./group.js").Group} Group */
/** @typedef {import("./group.js").FixedBase} FixedBase */
/** @typedef {{alpha: bigint, beta: bigint}} Ciphertext */

/**
 * @param {Group} group
 * @param {FixedBase} key the election key y
 * @param {bigint} message
 * @param {Rng} rng
 * @returns {{ciphertext: Ciphertext, secret: bigint}} `secret` is the r of the specification
 */
export function encrypt(group, key, message, rng) {
  const secret = group.randomScalar(rng);
  const ciphertext = {
    alpha: group.g.pow(secret),
    beta: group.multiply(key.pow(secret), group.g.pow(message)),
  };
  return { ciphertext, secret };
}

/**
 * The pointwise product, which encrypts the sum.
 * @param {Group} group
 * @param {readonly Ciphertext[]} ciphertexts
 * @returns {Ciphertext}
 */
export function multiplyCiphertexts(group, ciphertexts) {
  return ciphertexts.reduce(
    (product, { alpha, beta }) => ({
      alpha: group.multiply(product.alpha, alpha),
      beta: group.multiply(product.beta, beta),
    }),
    { alpha: 1n, beta: 1n },
  );
}

/**
 * @param {Group} group
 * @param {unknown} value
 * @param {string} what
 * @returns {Ciphertext}
 * @throws {import("./bytes.js").FormatError}
 */
export function parseCiphertext(group, value, what) {
  const { alpha, beta } = parseObject(value, ["alpha", "beta"], what);
  return {
    alpha: group.parseElement(alpha, `${what}.alpha`),
    beta: group.parseElement(beta, `${what}.beta`),
  };
}

/**
 * @param {Ciphertext} ciphertext
 */
export function ciphertextToJson({ alpha, beta }) {
  return { alpha: alpha.toString(), beta: beta.toString() };
}
