// The test vectors that Python wrote (tests/vectors): what is valid there is taken here, what is not is refused.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseBallot, verifyBallot } from "../../webvote/static/js/ballot/ballot.js";
import { allowedSums, parseElection } from "../../webvote/static/js/ballot/contest.js";
import { deriveCredential, parseCredential } from "../../webvote/static/js/ballot/credential.js";
import { tracker } from "../../webvote/static/js/ballot/tracker.js";
import { parseObject, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { parseCiphertext } from "../../webvote/static/js/crypto/elgamal.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import {
  parseProof, verifyBlank, verifyBlankOrInterval, verifyInterval, verifyKey, verifySignature,
} from "../../webvote/static/js/crypto/proofs.js";
import { readArchive, sha256Hex } from "../../webvote/static/js/record/archive.js";
import { replay } from "../../webvote/static/js/record/chain.js";
import { parsePartialDecryption, verifyShare } from "../../webvote/static/js/trustee/decryption.js";
import { parseTrusteePublicKey, verifyTrusteePublicKey } from "../../webvote/static/js/trustee/keys.js";

const group = belenios2048Group();
const element = (text) => group.parseElement(text, "element");
const keyOf = (text) => group.fixedBase(element(text));
const proofsOf = (list, length) => {
  // The readers of ballots ask for the length; here the list stands alone.
  if (list.length !== length) throw new Error("length");
  return list.map((proof) => parseProof(group, proof, "proof"));
};
const sums = ([min, max]) => allowedSums({ min, max });

async function replayed(entries) {
  for await (const _ of replay(entries));
}

/** For each kind how a case is read; gives the output, where there is one. */
const readers = {
  group_element: (text) => void element(text),
  scalar: (text) => void group.parseScalar(text, "scalar"),
  elgamal: ({ public_key, number, randomness, ciphertext }) => {
    const read = parseCiphertext(group, ciphertext, "ciphertext");
    const secret = group.parseScalar(randomness, "randomness");
    assert.equal(read.alpha, group.g.pow(secret));
    assert.equal(read.beta, group.multiply(keyOf(public_key).pow(secret), group.g.pow(BigInt(number))));
  },
  proof_of_knowledge: (given) => verifyKey(group, element(given.public), parseProof(group, given.proof, "pok")),
  signature: (given) =>
    verifySignature(group, given.statement, element(given.public), parseProof(group, given.proof, "proof")),
  interval_proof: ({ public_key, statement, ciphertext, interval, proofs }) => {
    const values = sums(interval);
    const read = parseCiphertext(group, ciphertext, "ciphertext");
    return verifyInterval(group, keyOf(public_key), statement, read, values, proofsOf(proofs, values.length), "proof");
  },
  blank_proofs: async ({ public_key, statement, blank, total, interval, overall_proof, blank_proof }) => {
    const [values, key] = [sums(interval), keyOf(public_key)];
    const [of, sum] = [blank, total].map((each) => parseCiphertext(group, each, "ciphertext"));
    const overall = proofsOf(overall_proof, values.length + 1);
    await verifyBlankOrInterval(group, key, statement, of, sum, values, overall);
    await verifyBlank(group, key, statement, of, sum, proofsOf(blank_proof, 2));
  },
  credential: async ({ code, uuid }) => {
    const { secret, publicKey } = await deriveCredential(group, parseCredential(code), uuid);
    return { secret: secret.toString(), public: publicKey.toString() };
  },
  trustee_key: (given) => verifyTrusteePublicKey(group, parseTrusteePublicKey(group, given)),
  ballot: async ({ election, ballot }) => {
    const contest = await parseElection(utf8(election));
    await verifyBallot(contest, await parseBallot(contest, utf8(ballot)));
  },
  tracker: (text) => tracker(utf8(text)),
  partial_decryption: async ({ election, encrypted_tally, trustee, partial_decryption }) => {
    const contest = await parseElection(utf8(election));
    const { publicKey } = parseTrusteePublicKey(group, trustee);
    const ciphertexts = JSON.parse(encrypted_tally)[0].map((each) => parseCiphertext(group, each, "ciphertext"));
    const task = { publicKey, ciphertexts };
    await verifyShare(contest, task, parsePartialDecryption(contest, task, partial_decryption));
  },
  event_chain: async (entries) => {
    const read = [];
    for (const entry of entries) {
      const { kind, content } = parseObject(entry, ["kind", "content"], "entry");
      read.push({ kind, content: utf8(content), sha256: await sha256Hex(utf8(content)) });
    }
    await replayed(read);
  },
  archive: (text) => replayed(readArchive(new Uint8Array(Buffer.from(text, "base64")))),
};
// What the functions here fix by themselves and so cannot be handed anything else.
const FIXED = {
  proof_of_knowledge: ["another statement", "another purpose"],
  signature: ["another purpose"],
};

for (const [kind, read] of Object.entries(readers)) {
  const file = JSON.parse(readFileSync(new URL(`../vectors/${kind}.json`, import.meta.url), "utf8"));
  describe(kind, () => {
    for (const { name, expected, input, output } of file.cases) {
      if (FIXED[kind]?.includes(name)) continue;
      test(`${name}: ${expected}`, async () => {
        if (expected === "valid") assert.deepEqual(await read(input), output);
        else await assert.rejects(async () => read(input));
      });
    }
  });
}
