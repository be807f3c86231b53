// @ts-check
/**
 * A prepared ballot opened instead of cast (Benaloh 2006): the randomness of every ciphertext, so that any other machine
 * can compute what it encrypts. The document is described in docs/challenge.md; an opened ballot can never be cast.
 */
import { utf8 } from "../crypto/bytes.js";

/** @typedef {import("./ballot.js").PreparedBallot} PreparedBallot */
/** @typedef {import("./contest.js").Election} Election */

const VERSION = 1;

/**
 * @param {Election} election
 * @param {PreparedBallot} ballot
 * @returns {Uint8Array} the document, in its one form
 */
export function openBallot(election, { tracker, randomness }) {
  return utf8(
    JSON.stringify({
      version: VERSION,
      election_uuid: election.uuid,
      election_hash: election.fingerprint,
      ballot: tracker,
      randomness: randomness.map((secrets) => secrets.map(String)),
    }),
  );
}
