// @ts-check
/**
 * Which tally of an election this browser has used a key on. A record only grows and its tally never changes; two
 * tallies that differ by one ballot would show that ballot.
 */
import { RecordError } from "../record/archive.js";

/**
 * @param {string} election the fingerprint of the election
 * @param {string} tallyHash
 * @param {Storage | null} [storage]
 * @throws {RecordError} when it was another one before
 */
export function rememberTally(election, tallyHash, storage = storageOfBrowser()) {
  const name = `tally-of-${election}`;
  const before = storage?.getItem(name) ?? null;
  if (before !== null && before !== tallyHash) throw new RecordError("tally-changed");
  storage?.setItem(name, tallyHash);
}

/** Nothing where the browser is set to keep nothing: that must not stop a count. */
function storageOfBrowser() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
