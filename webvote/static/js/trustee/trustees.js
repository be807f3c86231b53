// @ts-check
/**
 * The `trustees` document of the record (4.7): trustees alone, and groups of whom a threshold is enough (4.6.7).
 *
 * The signatures of a group's polynomials are left to `election verify`: they hold for certificates of the same
 * document, and no page knows whose these are. That each key follows from the polynomials is checked here.
 */
import { FormatError, parseCount, parseList, parseObject, parseString, utf8 } from "../crypto/bytes.js";
import { RecordError, readJson } from "../record/archive.js";
import { parseTrusteePublicKey } from "./keys.js";

/** @typedef {import("../crypto/group.js").Group} Group */
/** @typedef {import("./keys.js").TrusteePublicKey} TrusteePublicKey */

/**
 * @typedef {object} TrusteeItem
 * @property {TrusteePublicKey[]} keys of the trustee, or of each member of the group; their proofs are not checked yet
 * @property {bigint} key what the item adds to the key of the election
 */

/**
 * @param {Group} group
 * @param {Uint8Array} document
 * @returns {TrusteeItem[]}
 * @throws {RecordError | FormatError}
 */
export function parseTrustees(group, document) {
  return parseList(readJson(document, "trustees"), "trustees").map((item) => {
    const [kind, content] = parseList(item, "trustees", 2);
    if (kind === "Pedersen") return parseGroup(group, content);
    if (kind !== "Single") throw new RecordError("trustee-kind");
    const key = parseTrusteePublicKey(group, content);
    return { keys: [key], key: key.publicKey };
  });
}

/**
 * @param {Group} group
 * @param {unknown} value
 * @returns {TrusteeItem}
 */
function parseGroup(group, value) {
  const fields = ["threshold", "certs", "coefexps", "verification_keys"];
  const { threshold, coefexps, verification_keys: verificationKeys } = parseObject(value, fields, "threshold_parameters");
  const keys = parseList(verificationKeys, "verification_keys").map((key) => parseTrusteePublicKey(group, key));
  const degree = parseCount(threshold, "threshold");
  if (keys.length === 0 || degree === 0) throw new FormatError("threshold_parameters");
  const summed = parseList(coefexps, "coefexps", keys.length)
    .map((signed) => readCoefficients(group, signed, degree))
    .reduce((sum, each) => sum.map((element, i) => group.multiply(element, each[i])));
  for (const [i, { publicKey }] of keys.entries()) {
    if (publicKey !== powerAt(group, summed, BigInt(i + 1))) throw new RecordError("threshold-key", i + 1);
  }
  return { keys, key: summed[0] };
}

/**
 * @param {Group} group
 * @param {unknown} signed what a dealer published (4.6.4)
 * @param {number} degree
 */
function readCoefficients(group, signed, degree) {
  const { message } = parseObject(signed, ["message", "signature"], "coefexps");
  const read = readJson(utf8(parseString(message, "coefexps.message")), "coefexps.message");
  const { coefexps } = parseObject(read, ["coefexps"], "coefexps.message");
  return parseList(coefexps, "coefexps", degree).map((element) => group.parseElement(element, "coefexps"));
}

/**
 * g^f(place) from the g^coefficient of f (Horner).
 * @param {Group} group
 * @param {bigint[]} elements
 * @param {bigint} place
 */
function powerAt(group, elements, place) {
  return elements.reduceRight((value, element) => group.multiply(group.pow(value, place), element), 1n);
}
