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
import { openBallot } from "../../webvote/static/js/ballot/opening.js";
import { systemRng, textFromUtf8 } from "../../webvote/static/js/crypto/bytes.js";
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

test("a sealed ballot is the prepared one without its randomness", async () => {
  const vote = { blank: false, chosen: [1] };
  const { election, credential, ballot } = await prepare(electionBytes(), vote, countingRng(5));
  const sealed = await sealBallot(election, credential, vote, null, countingRng(5));
  assert.deepEqual(sealed, { bytes: ballot.bytes, tracker: ballot.tracker });
  assert.ok(!textFromUtf8(ballot.bytes).includes(ballot.randomness[0][0].toString()));
});
