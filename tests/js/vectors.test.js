// The test vectors that Python and belenios-tool wrote (tests/vectors): what is valid there is taken here, what is not
// is refused. tests/vectors/README.md says which kinds browsers do not read.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parseBallot, verifyBallot } from "../../webvote/static/js/ballot/ballot.js";
import { allowedSums, parseElection } from "../../webvote/static/js/ballot/contest.js";
import { deriveCredential, parseCredential } from "../../webvote/static/js/ballot/credential.js";
import { checkOpening, openBallot, openedEntry } from "../../webvote/static/js/ballot/opening.js";
import { tracker } from "../../webvote/static/js/ballot/tracker.js";
import { parseObject, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { ciphertextToJson, multiplyCiphertexts, parseCiphertext } from "../../webvote/static/js/crypto/elgamal.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import {
  parseProof, verifyBlank, verifyBlankOrInterval, verifyDecryption, verifyInterval, verifyKey, verifySignature,
} from "../../webvote/static/js/crypto/proofs.js";
import { readArchive, sha256Hex } from "../../webvote/static/js/record/archive.js";
import { replay } from "../../webvote/static/js/record/chain.js";
import { checkTally } from "../../webvote/static/js/trustee/check.js";
import { parsePartialDecryption, verifyShare } from "../../webvote/static/js/trustee/decryption.js";
import { parsePrivateKey, parseTrusteePublicKey, verifyTrusteePublicKey } from "../../webvote/static/js/trustee/keys.js";
import { readTest } from "../../webvote/static/js/trustee/rehearsal.js";
import { parseTrustees } from "../../webvote/static/js/trustee/trustees.js";
import { archiveOf, hex, json } from "./forging.js";

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

async function provedTrustees(document) {
  const items = parseTrustees(group, document);
  for (const { keys } of items) for (const key of keys) await verifyTrusteePublicKey(group, key);
  return items;
}

/** Both documents of the product of the last ballot of each credential. */
async function tallyOf(contest, ballots) {
  const { answers, blank } = contest.question;
  const last = new Map();
  for (const raw of ballots) {
    const { credential, answer } = await parseBallot(contest, utf8(raw));
    last.delete(credential);
    last.set(credential, answer.choices);
  }
  const products = Array.from({ length: answers.length + (blank ? 1 : 0) }, (_, i) =>
    multiplyCiphertexts(group, [{ alpha: 1n, beta: 1n }, ...[...last.values()].map((choices) => choices[i])]),
  );
  const tally = json([products.map(ciphertextToJson)]);
  return [tally, json({ num_tallied: last.size, total_weight: last.size, encrypted_tally: hex(tally) })];
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
  decryption_proof: ({ election_hash, public_key, alpha, factor, proof }) => {
    const [key, of, by] = [public_key, alpha, factor].map(element);
    return verifyDecryption(group, election_hash, key, of, by, parseProof(group, proof, "proof"));
  },
  election: async (text) => ({ fingerprint: (await parseElection(utf8(text))).fingerprint }),
  // A trustee's page reads the first event, when it is asked to open a tally; here one of no ballots.
  setup: async ({ election, trustees, credentials, setup, private_key }) => {
    const privateKey = parsePrivateKey(group, private_key);
    const published = utf8(election);
    const contest = await parseElection(published);
    const tally = await tallyOf(contest, []);
    const record = archiveOf([
      { type: "Setup", documents: [election, trustees, credentials, setup].map(utf8) },
      { type: "EndBallots", documents: [] },
      { type: "EncryptedTally", documents: tally },
    ]);
    const asked = {
      election_hash: contest.fingerprint,
      public_key: group.g.pow(privateKey).toString(),
      encrypted_tally: JSON.parse(new TextDecoder().decode(tally[0])),
    };
    await checkTally({ record, published, asked }, privateKey, null);
  },
  private_key: (text) => ({ public_key: group.g.pow(parsePrivateKey(group, text)).toString() }),
  encrypted_tally: async ({ election, ballots, encrypted_tally, sized_encrypted_tally }) => {
    const made = await tallyOf(await parseElection(utf8(election)), ballots);
    assert.deepEqual([encrypted_tally, sized_encrypted_tally].map(utf8), made);
  },
  trustee_key: (given) => verifyTrusteePublicKey(group, parseTrusteePublicKey(group, given)),
  ballot: async ({ election, ballot }) => {
    const contest = await parseElection(utf8(election));
    await verifyBallot(contest, await parseBallot(contest, utf8(ballot)));
  },
  opening: async ({ election, ballot, opening }) => {
    const { vote } = await checkOpening(await parseElection(utf8(election)), openedEntry(utf8(ballot), utf8(opening)));
    return [vote.chosen];
  },
  tracker: (text) => tracker(utf8(text)),
  opening: async ({ election, ballot, opening }) => {
    const { vote } = await checkOpening(await parseElection(utf8(election)), openedEntry(utf8(ballot), utf8(opening)));
    return [vote.chosen];
  },
  trustees: async (text) => {
    const items = await provedTrustees(utf8(text));
    const keys = items.flatMap((item) => item.keys.map(({ publicKey }) => publicKey.toString()));
    return { keys, public_key: items.reduce((product, { key }) => group.multiply(product, key), 1n).toString() };
  },
  threshold_parameters: async (given) => (await provedTrustees(json([["Pedersen", given]])))[0].key.toString(),
  // The page computes alpha alone, which is all that it raises to its key.
  rehearsal_test: async ({ trustees, test }, output) => {
    const { alpha } = await readTest(group, JSON.parse(test), utf8(trustees));
    assert.equal(alpha.toString(), output?.alpha);
    return output;
  },
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
// What the functions here fix by themselves and so cannot be handed anything else, and what is asked elsewhere: of keys
// in trustee/check.js (see "setup"), of certificates in `election verify` (no page knows whose they are).
const ELSEWHERE = {
  proof_of_knowledge: ["another statement", "another purpose"],
  signature: ["another purpose"],
  trustees: ["none", "one twice"],
  threshold_parameters: ["a member left out", "a certificate twice", "certificates in another order"],
};

const at = (path) => new URL(`../vectors/${path}`, import.meta.url);
const casesOf = (path) => (existsSync(at(path)) ? JSON.parse(readFileSync(at(path), "utf8")).cases : []);

for (const [kind, read] of Object.entries(readers)) {
  describe(kind, () => {
    for (const { name, expected, input, output } of [...casesOf(`${kind}.json`), ...casesOf(`belenios-tool/${kind}.json`)]) {
      if (ELSEWHERE[kind]?.includes(name)) continue;
      test(`${name}: ${expected}`, async () => {
        if (expected === "valid") assert.deepEqual(await read(input, output), output);
        else await assert.rejects(async () => read(input));
      });
    }
  });
}

// The same numbers must make the same bytes.
for (const { name, input } of casesOf("opening.json").filter(({ expected }) => expected === "valid")) {
  test(`an opening is written as Python wrote it: ${name}`, async () => {
    const contest = await parseElection(utf8(input.election));
    const randomness = JSON.parse(input.opening).randomness.map((secrets) => secrets.map(BigInt));
    const written = openBallot(contest, { tracker: await tracker(utf8(input.ballot)), randomness });
    assert.deepEqual(written, utf8(input.opening));
  });
}

test("the table of the vectors names what is read here, and nothing else", () => {
  const rows = readFileSync(at("README.md"), "utf8").matchAll(/^\| `(\w+)` \|.*\| ([^|]+) \|$/gm);
  const named = [...rows].filter(([, , browser]) => !browser.startsWith("—")).map(([, kind]) => kind);
  assert.deepEqual(named.sort(), Object.keys(readers).sort());
});
