// What several test files need: recorded vectors, scripted randomness, paths.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { utf8 } from "../../webvote/static/js/crypto/bytes.js";

/** Written by belenios-tool, not by this code. */
export const vectors = JSON.parse(readFileSync(new URL("vectors/belenios-tool-2.0.json", import.meta.url), "utf8"));
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Hands out the given bytes in turn, and throws when it runs dry. */
export function scriptedRng(...draws) {
  return (bytes) => {
    const draw = draws.shift();
    if (draw === undefined) throw new Error("the script of random bytes has run dry");
    bytes.set(draw);
    return bytes;
  };
}

/** Different bytes at every draw, and the same in every run. */
export function countingRng(seed = 1) {
  let state = BigInt(seed);
  return (bytes) => {
    for (let i = 0; i < bytes.length; i++) {
      state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
      bytes[i] = Number(state >> 56n);
    }
    return bytes;
  };
}

/** The recorded election with some fields changed, as bytes. */
export function electionBytes(change = {}, changeQuestion = {}) {
  const election = JSON.parse(vectors.election);
  const questions = [{ ...election.questions[0], ...changeQuestion }];
  return utf8(JSON.stringify({ ...election, questions, ...change }));
}
