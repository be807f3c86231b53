// Ways to forge a record: documents changed, the chain and the archive made anew, so that only the sense of it is wrong.
import { createHash } from "node:crypto";
import { parseBallot } from "../../webvote/static/js/ballot/ballot.js";
import { utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { ciphertextToJson, multiplyCiphertexts } from "../../webvote/static/js/crypto/elgamal.js";
import { fingerprint } from "../../webvote/static/js/crypto/hash.js";
import { proofToJson, sign } from "../../webvote/static/js/crypto/proofs.js";
import { readArchive, tarHeader } from "../../webvote/static/js/record/archive.js";
import { replay } from "../../webvote/static/js/record/chain.js";

const TIMESTAMP = 1_795_362_704;

export const textOf = (bytes) => new TextDecoder().decode(bytes);
export const hex = (bytes) => createHash("sha256").update(bytes).digest("hex");
export const json = (value) => utf8(JSON.stringify(value));

/** What each event of a good record brings: `{type, documents}` with the bytes of the documents. */
export async function stepsOf(archive) {
  const steps = [];
  for await (const { type, documents } of replay(readArchive(archive))) {
    steps.push({ type, documents: documents.map(({ content }) => content) });
  }
  return steps;
}

export function tarOf(files, timestamp = TIMESTAMP) {
  return Buffer.concat(files.flatMap(([name, content]) => {
    const header = Buffer.from(tarHeader(name, content.length, timestamp), "latin1");
    return [header, content, Buffer.alloc(-content.length & 511)];
  }));
}

export const HEADER = ["BELENIOS", utf8(`{"version":1,"timestamp":"${TIMESTAMP}"}`)];
export const fileOf = (kind, content) => [`${hex(content)}.${kind}.json`, content];

/** The archive of a chain that is whole, whatever its documents say; `bend` may change each event before it is linked. */
export function archiveOf(steps, bend = (event) => event) {
  const files = [HEADER];
  let parent;
  for (const [height, { type, documents }] of steps.entries()) {
    files.push(...documents.map((content) => fileOf("data", content)));
    const payload = documents.length > 0 ? hex(documents.at(-1)) : undefined;
    const event = json(bend({ parent, height, type, payload }));
    files.push(fileOf("event", event));
    parent = hex(event);
  }
  return tarOf(files);
}

/** The steps with a first event of these three documents, bound to each other. */
export function withSetup(steps, { election, trustees, credentials }) {
  const [was] = steps;
  const documents = [election ?? was.documents[0], trustees ?? was.documents[1], credentials ?? was.documents[2]];
  const [e, t, c] = documents.map(hex);
  return [{ type: "Setup", documents: [...documents, json({ election: e, trustees: t, credentials: c })] }, ...steps.slice(1)];
}

/** Both documents of the product of these ballots, whatever credentials they have. */
export async function tallyOf(election, ballots) {
  const { answers, blank } = election.question;
  const parsed = await Promise.all(ballots.map((ballot) => parseBallot(election, ballot)));
  const products = Array.from({ length: answers.length + (blank ? 1 : 0) }, (_, i) =>
    multiplyCiphertexts(election.group, parsed.map(({ answer }) => answer.choices[i])),
  );
  const tally = json([products.map(ciphertextToJson)]);
  const sized = json({ num_tallied: ballots.length, total_weight: ballots.length, encrypted_tally: hex(tally) });
  return [tally, sized];
}

/** The steps with a tally of these ballots in the place of the old one. */
export async function withTallyOf(election, steps, ballots) {
  const documents = await tallyOf(election, ballots);
  return steps.map((step) => (step.type === "EncryptedTally" ? { ...step, documents } : step));
}

/** A ballot after `change`, with the signature of this credential. */
export async function signedAnew(election, bytes, credential, rng, change) {
  const { signature: _, ...unsigned } = JSON.parse(textOf(bytes));
  unsigned.credential = credential.publicKey.toString();
  change(unsigned);
  const hash = await fingerprint(json(unsigned));
  const proof = proofToJson(await sign(election.group, hash, credential.secret, rng));
  return json({ ...unsigned, signature: { hash, proof } });
}
