// @ts-check
/**
 * The archive file of the public record (4.4): an old-style tar in the one form that belenios-tool writes too. Every
 * header is built anew and compared, every document must have the hash it is named by.
 * Leaves the order of the documents to chain.js.
 */
import { parseCanonicalJson } from "../ballot/contest.js";
import { FormatError, textFromUtf8, toHex, utf8 } from "../crypto/bytes.js";
import { sha256 } from "../crypto/hash.js";

/** @typedef {{kind: "data" | "event", content: Uint8Array, sha256: string}} Entry a file of the record */

const BLOCK = 512;
const NAME = /^([0-9a-f]{64})\.(data|event)\.json$/;
const OCTAL = /^[0-7]{11}$/;

/** A record that is not whole, or not what it should be; `code` is that of `election verify` where both look. */
export class RecordError extends Error {
  /**
   * @param {string} code
   * @param {string | number} [place] the entry, the height or the ballot
   */
  constructor(code, place) {
    super(place === undefined ? code : `${code} (${place})`);
    this.name = "RecordError";
    this.code = code;
  }
}

/**
 * @param {Uint8Array} bytes the whole file
 * @returns {AsyncGenerator<Entry, void, undefined>}
 * @throws {RecordError} not an archive, cut off, or not in the one form
 */
export async function* readArchive(bytes) {
  const header = readTarEntry(bytes, 0, 0);
  if (header.name !== "BELENIOS") throw new RecordError("archive-header", 0);
  if (!isText(header.content, `{"version":1,"timestamp":"${header.timestamp}"}`)) {
    throw new RecordError("archive-version", 0);
  }
  for (let number = 1, start = header.end; start < bytes.length; number++) {
    const { name, content, timestamp, end } = readTarEntry(bytes, start, number);
    if (timestamp !== header.timestamp) throw new RecordError("archive-time", number);
    const parts = NAME.exec(name);
    if (parts === null) throw new RecordError("archive-name", number);
    const hash = await sha256Hex(content);
    if (hash !== parts[1]) throw new RecordError("archive-hash", number);
    yield { kind: /** @type {"data" | "event"} */ (parts[2]), content, sha256: hash };
    start = end;
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} number of the entry
 */
function readTarEntry(bytes, start, number) {
  const header = bytes.subarray(start, start + BLOCK);
  const ascii = String.fromCharCode(...header);
  const name = ascii.slice(0, 100).replace(/\0+$/, "");
  const [sizeText, timeText] = [ascii.slice(124, 135), ascii.slice(136, 147)];
  if (!OCTAL.test(sizeText) || !OCTAL.test(timeText)) throw new RecordError("archive-unreadable", number);
  const [size, timestamp] = [parseInt(sizeText, 8), parseInt(timeText, 8)];
  if (!isText(header, tarHeader(name, size, timestamp))) throw new RecordError("archive-unreadable", number);
  const [from, to] = [start + BLOCK, start + BLOCK + size];
  const end = from + Math.ceil(size / BLOCK) * BLOCK;
  if (end > bytes.length || bytes.subarray(to, end).some((byte) => byte !== 0)) {
    throw new RecordError("archive-cut", number);
  }
  return { name, content: bytes.subarray(from, to), timestamp, end };
}

/**
 * The header of a file in a tar of Unix version 7, as ASCII.
 * @param {string} name
 * @param {number} size
 * @param {number} timestamp in seconds of Unix time
 */
export function tarHeader(name, size, timestamp) {
  /** @type {(value: number, digits: number) => string} */
  const octal = (value, digits) => value.toString(8).padStart(digits, "0");
  const fixed =
    `${name.padEnd(100, "\0")}0000644\0${"0000000\0".repeat(2)}${octal(size, 11)}\0${octal(timestamp, 11)}\0`;
  const rest = "0".padEnd(BLOCK - fixed.length - 8, "\0");
  // The checksum is taken with its own field full of spaces.
  const sum = Array.from(fixed + rest, (character) => character.charCodeAt(0)).reduce((a, b) => a + b, 8 * 32);
  return `${fixed}${octal(sum, 6)}\0 ${rest}`;
}

/**
 * SHA-256 in lower-case hexadecimal: the name of a document (4.4).
 * @param {Uint8Array} bytes
 */
export async function sha256Hex(bytes) {
  return toHex(await sha256(bytes));
}

/**
 * Whether bytes are exactly this text.
 * @param {Uint8Array} bytes
 * @param {string} text
 */
export function isText(bytes, text) {
  const expected = utf8(text);
  return bytes.length === expected.length && expected.every((byte, i) => byte === bytes[i]);
}

/**
 * The canonical JSON of a document.
 * @param {Uint8Array} content
 * @param {string} what
 * @throws {FormatError}
 */
export function readJson(content, what) {
  return parseCanonicalJson(textFromUtf8(content), what);
}
