// @ts-check
/**
 * Bringing a sealed ballot into the box so that the voter always learns what became of it. The same bytes may be sent
 * any number of times: the server counts them once and confirms them each time, so sending again is also asking.
 */
import { NoAnswerError, postJson } from "../lib/api.js";

/** @typedef {import("../ballot/ballot.js").SealedBallot} SealedBallot */

const PAUSES = [1000, 2000, 4000];

/** The server confirmed something else than what was sent. */
export class WrongTrackerError extends Error {
  /**
   * @param {string} sent
   * @param {string} confirmed
   */
  constructor(sent, confirmed) {
    super("the server confirmed another ballot");
    this.name = "WrongTrackerError";
    this.sent = sent;
    this.confirmed = confirmed;
  }
}

/**
 * @param {string} address
 * @param {SealedBallot} ballot
 * @param {() => void} onLost called whenever an answer was lost and the question is put again
 * @param {{post?: typeof postJson, wait?: (milliseconds: number) => Promise<void>}} [outside]
 * @returns {Promise<{repeated: boolean}>} whether it took more than one attempt
 * @throws {import("../lib/api.js").RefusedError} the ballot is not in the box, and why
 * @throws {NoAnswerError} after several attempts
 * @throws {WrongTrackerError}
 */
export async function deliver(address, ballot, onLost, { post = postJson, wait = pause } = {}) {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await post(address, ballot.bytes);
      verifyAnswer(answer, ballot.tracker);
      return { repeated: attempt > 0 };
    } catch (error) {
      if (!(error instanceof NoAnswerError) || attempt === PAUSES.length) throw error;
      onLost();
      await wait(PAUSES[attempt]);
    }
  }
}

/**
 * @param {unknown} answer
 * @param {string} tracker computed here
 * @throws {WrongTrackerError}
 */
function verifyAnswer(answer, tracker) {
  const confirmed = /** @type {{tracker?: unknown} | null} */ (answer)?.tracker;
  if (confirmed !== tracker) throw new WrongTrackerError(tracker, String(confirmed));
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return /** @type {Promise<void>} */ (new Promise((resolve) => setTimeout(resolve, milliseconds)));
}
