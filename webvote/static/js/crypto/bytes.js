// @ts-check
/**
 * Bytes, text and big numbers into one another, and the one source of randomness.
 * Leaves hashing to hash.js and everything about the group to group.js.
 */

/**
 * Fills the array it is given with random bytes. Handed in as the last argument wherever chance is needed,
 * so that a test can script it.
 * @callback Rng
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */

/** @type {Rng} */
export const systemRng = (bytes) => crypto.getRandomValues(bytes);

const DECIMAL = /^(?:0|[1-9][0-9]*)$/;

/** A message that is not what the specification says it must be. */
export class FormatError extends Error {
  /** @param {string} what the field, as `answers[0].choices[1].alpha` */
  constructor(what) {
    super(`not in the right form: ${what}`);
    this.name = "FormatError";
    this.what = what;
  }
}

/** @param {string} text */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/**
 * @param {Uint8Array} bytes
 * @throws {FormatError} when the bytes are not UTF-8
 */
export function textFromUtf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError("UTF-8");
  }
}

/** @param {Uint8Array} bytes */
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Big-endian, as the specification reads every hash.
 * @param {Uint8Array} bytes
 */
export function bigIntFromBytes(bytes) {
  return bytes.length === 0 ? 0n : BigInt("0x" + toHex(bytes));
}

/** @param {Uint8Array} bytes */
export function toBase64Unpadded(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
}

/**
 * A number written in base 10 in its one canonical way (4.2).
 * @param {unknown} value
 * @param {string} what
 * @throws {FormatError}
 */
export function parseDecimal(value, what) {
  if (typeof value !== "string" || value.length > 1000 || !DECIMAL.test(value)) throw new FormatError(what);
  return BigInt(value);
}

/**
 * An object with exactly these keys; keys that end in "?" may be absent.
 * @param {unknown} value
 * @param {readonly string[]} keys
 * @param {string} what
 * @returns {Record<string, unknown>}
 * @throws {FormatError}
 */
export function parseObject(value, keys, what) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new FormatError(what);
  const object = /** @type {Record<string, unknown>} */ (value);
  const known = new Set(keys.map((key) => key.replace("?", "")));
  for (const key of Object.keys(object)) if (!known.has(key)) throw new FormatError(`${what}.${key}`);
  for (const key of keys) if (!key.endsWith("?") && !Object.hasOwn(object, key)) throw new FormatError(`${what}.${key}`);
  return object;
}

/**
 * @param {unknown} value
 * @param {string} what
 * @param {number} [length] exact, when given
 * @returns {unknown[]}
 * @throws {FormatError}
 */
export function parseList(value, what, length) {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) throw new FormatError(what);
  return value;
}

/**
 * @param {unknown} value
 * @param {string} what
 * @throws {FormatError}
 */
export function parseString(value, what) {
  if (typeof value !== "string") throw new FormatError(what);
  return value;
}

/**
 * @param {unknown} value
 * @param {string} what
 * @throws {FormatError}
 */
export function parseCount(value, what) {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw new FormatError(what);
  return value;
}
