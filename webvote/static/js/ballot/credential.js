// @ts-check
/**
 * The code of a card: reading what was typed or scanned, and deriving the keys it stands for (4.8).
 */
import { bigIntFromBytes, utf8 } from "../crypto/bytes.js";

/** @typedef {import("../crypto/group.js").Group} Group */

/** What a voter holds while voting: never the code itself. @typedef {{secret: bigint, publicKey: bigint}} Credential */

/** @typedef {"code-empty" | "code-too-short" | "code-too-long" | "code-character" | "code-checksum"} CredentialErrorCode */

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LENGTH = 15;
const GROUP_LENGTH = 3;
const SEPARATORS = /[\s\u00AD\u200B-\u200F\u2060\uFEFF_.\-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/u;
const ITERATIONS = 1000;

/** A code with a fault that the voter can find; the words for it stand in the page. */
export class CredentialError extends Error {
  /**
   * @param {CredentialErrorCode} code
   * @param {Record<string, string | number>} params
   */
  constructor(code, params = {}) {
    super(code);
    this.name = "CredentialError";
    this.code = code;
    this.params = params;
  }
}

/**
 * The fifteen characters of a code as it was typed, pasted or scanned, with or without dashes and spaces, alone or
 * at the end of the card's address.
 * @param {string} typed
 * @returns {string} in the form XXX-XXX-XXX-XXX-XXX
 * @throws {CredentialError} naming the place of the first fault
 */
export function parseCredential(typed) {
  const afterHash = typed.slice(typed.lastIndexOf("#") + 1);
  const characters = Array.from(afterHash).filter((character) => !SEPARATORS.test(character));
  if (characters.length === 0) throw new CredentialError("code-empty");
  characters.forEach((character, index) => {
    if (!ALPHABET.includes(character)) {
      const group = Math.floor(index / GROUP_LENGTH) + 1;
      const place = (index % GROUP_LENGTH) + 1;
      throw new CredentialError("code-character", { character, position: index + 1, group, place });
    }
  });
  const params = { found: characters.length, expected: LENGTH, difference: Math.abs(LENGTH - characters.length) };
  if (characters.length < LENGTH) throw new CredentialError("code-too-short", params);
  if (characters.length > LENGTH) throw new CredentialError("code-too-long", params);
  const code = characters.join("");
  if (ALPHABET.indexOf(code[LENGTH - 1]) !== checksum(code.slice(0, -1))) throw new CredentialError("code-checksum");
  return /** @type {string[]} */ (code.match(/.{3}/g)).join("-");
}

/** @param {string} digits */
function checksum(digits) {
  let value = 0;
  for (const digit of digits) value = (value * 58 + ALPHABET.indexOf(digit)) % 53;
  return 53 - value;
}

/**
 * secret(c) and g^secret(c).
 * @param {Group} group
 * @param {string} code as parseCredential returns it
 * @param {string} uuid of the election
 * @returns {Promise<Credential>}
 */
export async function deriveCredential(group, code, uuid) {
  const password = await crypto.subtle.importKey("raw", utf8(code), "PBKDF2", false, ["deriveBits"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: utf8(uuid), iterations: ITERATIONS };
  const bits = await crypto.subtle.deriveBits(algorithm, password, 256);
  const secret = bigIntFromBytes(new Uint8Array(bits)) % group.q;
  return { secret, publicKey: group.g.pow(secret) };
}
