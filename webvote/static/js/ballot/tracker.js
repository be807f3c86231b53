// @ts-check
/** The tracker of a ballot: how it is computed (4.15) and how it is shown to people. */
import { fingerprint } from "../crypto/hash.js";

/**
 * @param {Uint8Array} ballot the exact bytes that are sent
 */
export function tracker(ballot) {
  return fingerprint(ballot);
}

/**
 * The tracker in groups that can be read aloud and compared.
 * @param {string} text
 */
export function trackerGroups(text) {
  return text.match(/.{1,4}/gsu) ?? [];
}
