import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { VoteError, parseBallot, sealBallot, verifyBallot, voteToMessages } from "../../webvote/static/js/ballot/ballot.js";
import { parseElection } from "../../webvote/static/js/ballot/contest.js";
import { deriveCredential } from "../../webvote/static/js/ballot/credential.js";
import { tracker, trackerGroups } from "../../webvote/static/js/ballot/tracker.js";
import { FormatError, systemRng, textFromUtf8, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import { ProofError } from "../../webvote/static/js/crypto/proofs.js";
import { countingRng, electionBytes, vectors } from "./helpers.js";

/** @type {any} */ let election;
/** @type {any} */ let credential;
before(async () => {
  election = await parseElection(utf8(vectors.election));
  credential = await deriveCredential(election.group, vectors.codes[0], election.uuid);
});

const check = async (contest, bytes) => verifyBallot(contest, await parseBallot(contest, bytes));

for (const [i, ballot] of vectors.ballots.entries()) {
  test(`ballot ${i + 1} of belenios-tool holds`, () => check(election, utf8(ballot)));
}

describe("a sealed ballot", () => {
  for (const vote of [{ blank: true, chosen: [] }, { blank: false, chosen: [] }, { blank: false, chosen: [1] }]) {
    test(`holds: ${JSON.stringify(vote)}`, async () => {
      const sealed = await sealBallot(election, credential, vote, null, systemRng);
      await check(election, sealed.bytes);
      assert.equal(sealed.tracker, await tracker(sealed.bytes));
    });
  }

  test("holds without blank, with several marks", async () => {
    const contest = await parseElection(electionBytes({}, { blank: undefined, answers: ["A", "B", "C", "D"], min: 1, max: 3 }));
    for (const chosen of [[0], [3, 1], [0, 1, 2]]) {
      const { bytes } = await sealBallot(contest, credential, { blank: false, chosen }, null, systemRng);
      await check(contest, bytes);
      assert.ok(!textFromUtf8(bytes).includes("blank_proof"));
    }
  });

  test("has the order of fields of the specification", async () => {
    const { bytes } = await sealBallot(election, credential, { blank: false, chosen: [0] }, null, systemRng);
    const skeleton = (text) => text.replace(/"[0-9]+"/g, "N").replace(/"[A-Za-z0-9+/]{43}"/g, "H");
    assert.equal(skeleton(textFromUtf8(bytes)), skeleton(vectors.ballots[0]));
  });

  test("is the same for the same randomness, and reports its steps", async () => {
    const seal = (onStep) => sealBallot(election, credential, { blank: false, chosen: [0] }, onStep, countingRng(3));
    const steps = [];
    const first = await seal((done, total) => void steps.push([done, total]));
    assert.deepEqual(first, await seal(null));
    assert.deepEqual(steps, [0, 1, 2, 3, 4, 5, 6, 7, 8].map((done) => [done, 8]));
  });

  test("never holds the secret", async () => {
    const { bytes } = await sealBallot(election, credential, { blank: false, chosen: [0] }, null, systemRng);
    assert.ok(!textFromUtf8(bytes).includes(credential.secret.toString()));
  });
});

describe("a vote is refused", () => {
  /** @type {Record<string, [object, string]>} */
  const faults = {
    "blank and chosen": [{ blank: true, chosen: [0] }, "vote-blank-and-chosen"],
    "too many": [{ blank: false, chosen: [0, 1] }, "vote-number"],
    "the same twice": [{ blank: false, chosen: [0, 0] }, "vote-choices"],
    "somebody who does not stand": [{ blank: false, chosen: [2] }, "vote-choices"],
    "a position that is no number": [{ blank: false, chosen: [NaN] }, "vote-choices"],
  };
  for (const [reason, [vote, code]] of Object.entries(faults)) {
    test(reason, () => assert.throws(() => voteToMessages(election, vote), (e) => e instanceof VoteError && e.code === code));
  }
  test("blank where blank is not allowed", async () => {
    const contest = await parseElection(electionBytes({}, { blank: false }));
    assert.throws(() => voteToMessages(contest, { blank: true, chosen: [] }), VoteError);
  });
});

describe("a received ballot is refused", () => {
  const text = vectors.ballots[0];
  const other = JSON.parse(vectors.ballots[1]);
  const changed = (change) => {
    const ballot = JSON.parse(text);
    change(ballot);
    return JSON.stringify(ballot);
  };
  /** @type {Record<string, string>} */
  const malformed = {
    "a space": text.replace(",", ", "),
    "another election": changed((b) => (b.election_uuid = "11111111111111")),
    "another fingerprint": changed((b) => (b.election_hash = other.signature.hash)),
    "another credential under the signature": changed((b) => (b.credential = other.credential)),
    "another answer under the signature": changed((b) => (b.answers = other.answers)),
    "two answers": changed((b) => b.answers.push(b.answers[0])),
    "no blank proof": changed((b) => delete b.answers[0].blank_proof),
    "a field more": changed((b) => (b.more = 1)),
    "a choice less": changed((b) => b.answers[0].choices.pop()),
    "a proof too long": changed((b) => b.answers[0].overall_proof.push(b.answers[0].overall_proof[0])),
    "a scalar of q": changed((b) => (b.signature.proof.response = belenios2048Group().q.toString())),
  };
  for (const [reason, bytes] of Object.entries(malformed)) {
    test(reason, () => assert.rejects(parseBallot(election, utf8(bytes)), FormatError));
  }

  test("any proof exchanged", async () => {
    const ballot = await parseBallot(election, utf8(text));
    const second = await parseBallot(election, utf8(vectors.ballots[1]));
    for (const key of ["individualProofs", "overallProof", "blankProof", "choices"]) {
      const answer = { ...ballot.answer, [key]: second.answer[key] };
      await assert.rejects(verifyBallot(election, { ...ballot, answer }), ProofError, key);
    }
    const { proof } = second.signature;
    await assert.rejects(verifyBallot(election, { ...ballot, signature: { ...ballot.signature, proof } }), ProofError);
    await assert.rejects(verifyBallot(election, { ...ballot, credential: second.credential }), ProofError);
  });
});

test("a tracker is shown in groups and loses nothing", () => {
  assert.deepEqual(trackerGroups("abcdefghij"), ["abcd", "efgh", "ij"]);
});
