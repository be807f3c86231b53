// A whole election with belenios-tool, which nobody here wrote: ballots, one trustee's key and one partial decryption
// come from this code, the rest from the tool, and the tool checks everything.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sealBallot } from "../../webvote/static/js/ballot/ballot.js";
import { parseElection } from "../../webvote/static/js/ballot/contest.js";
import { deriveCredential, parseCredential } from "../../webvote/static/js/ballot/credential.js";
import { systemRng } from "../../webvote/static/js/crypto/bytes.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import { checkTally } from "../../webvote/static/js/trustee/check.js";
import { decryptShare, partialDecryptionToJson } from "../../webvote/static/js/trustee/decryption.js";
import { generateTrusteeKey, privateKeyToFile, trusteePublicKeyToJson } from "../../webvote/static/js/trustee/keys.js";

const hasTool = spawnSync("belenios-tool", ["--version"]).status === 0;
const skip = !hasTool && "belenios-tool is not installed (apt install belenios-tool)";

/** @type {string} */ let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), "raadsvalg-interop-"))));
after(() => rmSync(folder, { recursive: true }));

/** What the tool prints on its standard output. */
function tool(command, input = "") {
  const env = { ...process.env, BELENIOS_USE_URANDOM: "1" };
  return execFileSync("belenios-tool", command.split(" "), { cwd: folder, env, input, encoding: "utf8", stdio: "pipe" });
}
const verify = () => {
  const env = { ...process.env, BELENIOS_USE_URANDOM: "1" };
  const { stdout, stderr, status } = spawnSync("belenios-tool", ["election", "verify"], { cwd: folder, env, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.match(stdout + stderr, /all checks passed/);
};
const addEvent = (type, input = "") => tool(`archive add-event --type=${type}`, input);
const ending = (extension) => readdirSync(folder).filter((name) => name.endsWith(extension));
const read = (name) => readFileSync(join(folder, name), "utf8");
const write = (name, text) => writeFileSync(join(folder, name), text);

const GROUP = "--group BELENIOS-2048";

/** Returns the codes, our trustee's key, and the tool's. */
async function setUp(question) {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const uuid = `--uuid ${tool("setup generate-token --length 14").trim()}`;
  write("voters.txt", "a\nb\nc\nd\n");
  tool(`setup generate-credentials ${uuid} ${GROUP} --file voters.txt`);
  const codes = read(ending(".privcreds")[0]).trim().split("\n").map((line) => line.split(/\s+/)[1]);
  write("public_creds.json", read(ending(".pubcreds")[0]));
  tool(`setup generate-trustee-key ${GROUP}`);
  const ours = await generateTrusteeKey(belenios2048Group(), systemRng);
  const publicKey = trusteePublicKeyToJson(ours.publicKey);
  write("ours.privkey", privateKeyToFile(ours.privateKey));
  write("public_keys.jsons", `${JSON.stringify(publicKey)}\n${read(ending(".pubkey")[0])}`);
  tool("setup make-trustees");
  const template = { description: "", name: "Interop æøå", questions: [question], administrator: "a", credential_authority: "c" };
  write("template.json", JSON.stringify(template));
  tool(`setup make-election ${uuid} ${GROUP} --template template.json`);
  const election = await parseElection(readFileSync(join(folder, "election.json")).subarray(0, -1));
  tool("archive init");
  return { codes, ours, election };
}

async function cast({ election, codes }, voter, vote) {
  const credential = await deriveCredential(election.group, parseCredential(codes[voter]), election.uuid);
  const { bytes } = await sealBallot(election, credential, vote, null, systemRng);
  addEvent("Ballot", Buffer.from(bytes));
}

async function count({ election, ours }) {
  addEvent("EndBallots");
  const sizedTally = tool("election compute-encrypted-tally");
  addEvent("EncryptedTally", sizedTally);
  const asked = {
    election_hash: election.fingerprint,
    public_key: ours.publicKey.publicKey.toString(),
    encrypted_tally: JSON.parse(sizedTally.split("\n")[0]),
  };
  const record = readFileSync(join(folder, ending(".bel")[0]));
  const published = readFileSync(join(folder, "election.json")).subarray(0, -1);
  const { task } = await checkTally({ record, published, asked }, ours.privateKey, null);
  const share = await decryptShare(election, task, ours.privateKey, null, systemRng);
  const owned = (owner, text) => `${text}\n{"owner":${owner},"payload":"${sha256(text)}"}\n`;
  const oursText = JSON.stringify(partialDecryptionToJson(share));
  addEvent("PartialDecryption", owned(1, oursText));
  const theirs = ending(".privkey").find((name) => name !== "ours.privkey");
  addEvent("PartialDecryption", tool(`election decrypt --privkey ${theirs} --trustee-id 2`));
  const result = tool("election compute-result");
  addEvent("Result", result);
  verify();
  return JSON.parse(result.trim().split("\n")[0]).result;
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}

test("choices, a blank vote and a revote; up to two of three", { skip }, async () => {
  const state = await setUp({ answers: ["A", "B", "C"], blank: true, min: 1, max: 2, question: "Who?" });
  await cast(state, 0, { blank: false, chosen: [0] });
  await cast(state, 1, { blank: true, chosen: [] });
  await cast(state, 2, { blank: false, chosen: [1, 2] });
  await cast(state, 0, { blank: false, chosen: [2] });
  verify();
  assert.deepEqual(await count(state), [[1, 0, 1, 2]]);
});

test("no blank allowed; a ballot of the tool among ours", { skip }, async () => {
  const state = await setUp({ answers: ["A", "B"], min: 0, max: 1, question: "Who?" });
  await cast(state, 0, { blank: false, chosen: [0] });
  await cast(state, 1, { blank: false, chosen: [] });
  write("code", state.codes[2]);
  write("choice", "[[1,0]]");
  addEvent("Ballot", tool("election generate-ballot --privcred code --ballot choice"));
  verify();
  assert.deepEqual(await count(state), [[2, 0]]);
});
