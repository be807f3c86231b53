// A ballot opened instead of cast: the checker of the command line, written in Python, says what this code sealed.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { prepareBallot, sealBallot } from "../../webvote/static/js/ballot/ballot.js";
import { parseElection } from "../../webvote/static/js/ballot/contest.js";
import { deriveCredential } from "../../webvote/static/js/ballot/credential.js";
import { OpeningError, checkOpening, openBallot, openedEntry } from "../../webvote/static/js/ballot/opening.js";
import { tracker } from "../../webvote/static/js/ballot/tracker.js";
import { FormatError, systemRng, textFromUtf8, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { fingerprint } from "../../webvote/static/js/crypto/hash.js";
import { proofToJson, sign } from "../../webvote/static/js/crypto/proofs.js";
import { countingRng, electionBytes, root, vectors } from "./helpers.js";

const python = join(root, ".venv/bin/python");
const skip = !existsSync(python) && "the Python side is not installed (make setup)";

/** @type {string} */ let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), "raadsvalg-opening-"))));
after(() => rmSync(folder, { recursive: true }));

async function prepare(bytes, vote, rng = systemRng) {
  const election = await parseElection(bytes);
  const credential = await deriveCredential(election.group, vectors.codes[0], election.uuid);
  return { election, credential, ballot: await prepareBallot(election, credential, vote, null, rng) };
}

/** What the checker prints, and its exit code. */
function check(election, ballot, opening) {
  for (const [name, bytes] of Object.entries({ election, ballot, opening })) writeFileSync(join(folder, name), bytes);
  const files = ["ballot", "opening", "--election", "election"].map((each) => (each[0] === "-" ? each : join(folder, each)));
  const { status, stdout, stderr } = spawnSync(python, ["-m", "election", "challenge", "check", ...files], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, printed: stdout + stderr };
}

const contests = {
  "marks": [{ answers: ["Amina", "Bohdan", "Çiğdem"], blank: true, min: 1, max: 2, question: "?" }, [0, 2], ["Amina", "Çiğdem"]],
  "a blank vote": [{ answers: ["Amina", "Bohdan"], blank: true, min: 1, max: 1, question: "?" }, [], []],
  "no blank allowed": [{ answers: ["Amina", "Bohdan"], blank: undefined, min: 0, max: 1, question: "?" }, [1], ["Bohdan"]],
};

for (const [what, [question, chosen, names]] of Object.entries(contests)) {
  test(`the checker in Python names what was sealed: ${what}`, { skip }, async () => {
    const bytes = electionBytes({}, question);
    const { election, ballot } = await prepare(bytes, { blank: chosen.length === 0, chosen });
    const { status, printed } = check(bytes, ballot.bytes, openBallot(election, ballot));
    assert.equal(status, 0, printed);
    assert.deepEqual([...printed.matchAll(/\[x\] (.*)/g)].map(([, name]) => name), names);
    assert.equal(printed.includes("a blank vote"), names.length === 0);
    assert.ok(printed.includes(ballot.tracker));
  });
}

test("the checker in Python refuses the opening of another ballot", { skip }, async () => {
  const bytes = electionBytes();
  const [one, two] = [await prepare(bytes, { blank: true, chosen: [] }), await prepare(bytes, { blank: true, chosen: [] })];
  const honest = openBallot(one.election, one.ballot);
  assert.equal(check(bytes, two.ballot.bytes, honest).status, 1);
  const relabelled = openBallot(one.election, { ...one.ballot, tracker: two.ballot.tracker });
  const { status, printed } = check(bytes, two.ballot.bytes, relabelled);
  assert.equal(status, 1);
  assert.match(printed, /does not belong to this ciphertext/);
});

/** A ballot with its opening, after `change` worked on what they say. */
function changed(election, ballot, change) {
  const entry = JSON.parse(textFromUtf8(openedEntry(ballot.bytes, openBallot(election, ballot))));
  change(entry);
  return utf8(JSON.stringify(entry));
}

for (const [what, [question, chosen]] of Object.entries(contests)) {
  test(`the browser reads the same from an opening: ${what}`, async () => {
    const vote = { blank: chosen.length === 0, chosen };
    const { election, ballot } = await prepare(electionBytes({}, question), vote);
    const entry = openedEntry(ballot.bytes, openBallot(election, ballot));
    assert.deepEqual(await checkOpening(election, entry), { tracker: ballot.tracker, vote });
  });
}

test("the browser refuses every opening that does not hold", async () => {
  const { election, credential, ballot } = await prepare(electionBytes(), { blank: false, chosen: [1] });
  const { ballot: other } = await prepare(electionBytes(), { blank: false, chosen: [1] });
  const opening = (change) => changed(election, ballot, (entry) => change(entry.opening));
  const refused = {
    "other-election": opening((of) => (of.election_uuid = "1".repeat(14))),
    "other-ballot": openedEntry(ballot.bytes, openBallot(election, other)),
    length: opening((of) => of.randomness[0].pop()),
    randomness: opening((of) => of.randomness[0].reverse()),
  };
  for (const [code, entry] of Object.entries(refused)) {
    await assert.rejects(checkOpening(election, entry), (error) => error instanceof OpeningError && error.code === code);
  }
  const malformed = [
    opening((of) => of.randomness.push([])),
    opening((of) => (of.version = 2)),
    opening((of) => (of.more = 1)),
    opening((of) => (of.randomness[0][0] = "0" + of.randomness[0][0])),
    opening((of) => (of.randomness[0][0] = (BigInt(of.randomness[0][0]) + election.group.q).toString())),
    changed(election, ballot, (entry) => (entry.ballot.election_uuid = "1".repeat(14))),
    changed(election, ballot, (entry) => delete entry.opening),
    utf8(` ${textFromUtf8(opening(() => {}))}`),
    utf8("[]"),
  ];
  for (const [i, entry] of malformed.entries()) {
    await assert.rejects(checkOpening(election, entry), (e) => e instanceof FormatError || e.code === "length", String(i));
  }
  const text = textFromUtf8(openedEntry(ballot.bytes, openBallot(election, ballot)));
  assert.ok(!text.includes(credential.secret.toString()) && !text.includes(vectors.codes[0]));
});

test("a number that is no mark, and a ballot that the election would refuse, come to light", async () => {
  const { election, ballot } = await prepare(electionBytes(), { blank: false, chosen: [1] });
  const { group } = election;
  /** A ballot in which one ciphertext encrypts `more` than the machine showed, its mark and opening adapted. */
  const forged = async (position, more) => {
    const message = JSON.parse(textFromUtf8(ballot.bytes));
    const choice = message.answers[0].choices[position];
    choice.beta = group.multiply(BigInt(choice.beta), group.g.pow(more)).toString();
    delete message.signature;
    const hash = await fingerprint(utf8(JSON.stringify(message)));
    const { secret } = await deriveCredential(group, vectors.codes[0], election.uuid);
    message.signature = { hash, proof: proofToJson(await sign(group, hash, secret, systemRng)) };
    const bytes = utf8(JSON.stringify(message));
    return openedEntry(bytes, openBallot(election, { ...ballot, bytes, tracker: await tracker(bytes) }));
  };
  const [marked, unmarked] = election.question.blank ? [2, 1] : [1, 0];
  await assert.rejects(checkOpening(election, await forged(marked, 1n)), { name: "OpeningError", code: "number" });
  await assert.rejects(checkOpening(election, await forged(unmarked, -1n)), { name: "OpeningError", code: "number" });
  if (election.question.blank) {
    await assert.rejects(checkOpening(election, await forged(0, 1n)), { code: "blank-and-marks" });
  }
  await assert.rejects(checkOpening(election, await forged(marked, -1n)), { name: "ProofError" });
});

test("a sealed ballot is the prepared one without its randomness", async () => {
  const vote = { blank: false, chosen: [1] };
  const { election, credential, ballot } = await prepare(electionBytes(), vote, countingRng(5));
  const sealed = await sealBallot(election, credential, vote, null, countingRng(5));
  assert.deepEqual(sealed, { bytes: ballot.bytes, tracker: ballot.tracker });
  assert.ok(!textFromUtf8(ballot.bytes).includes(ballot.randomness[0][0].toString()));
});
