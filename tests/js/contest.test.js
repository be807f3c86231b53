import assert from "node:assert/strict";
import { test } from "node:test";
import { parseElection } from "../../webvote/static/js/ballot/contest.js";
import { FormatError, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { electionBytes, vectors } from "./helpers.js";

test("an election of belenios-tool is read, with its fingerprint", async () => {
  const election = await parseElection(utf8(vectors.election));
  assert.equal(election.fingerprint, vectors.fingerprint);
  assert.deepEqual(election.question, { question: "Q?", answers: ['Aa "q" / é ط', "B"], blank: true, min: 0, max: 1 });
});

test("blank may be absent, and then is not allowed", async () => {
  const { question } = await parseElection(electionBytes({}, { blank: undefined }));
  assert.equal(question.blank, false);
});

const text = vectors.election;
const wrong = {
  "not UTF-8": Uint8Array.of(0xff, 0xfe),
  "not JSON": utf8("{"),
  "a byte order mark": utf8("\ufeff" + text),
  "a space": utf8(text.replace(",", ", ")),
  "a line feed at the end": utf8(text + "\n"),
  "a key twice": utf8(text.replace("{", '{"version":1,')),
  "a letter written as an escape": utf8(text.replace("é", "\\u00e9")),
  "another version": electionBytes({ version: 2 }),
  "another group": electionBytes({ group: "RFC-3526-2048" }),
  "an unknown key": electionBytes({ more: 1 }),
  "no name": electionBytes({ name: undefined }),
  "a name that is no text": electionBytes({ name: 3 }),
  "a short uuid": electionBytes({ uuid: "abc" }),
  "two questions": electionBytes({ questions: [1, 2] }),
  "no question": electionBytes({ questions: [] }),
  "a key outside the group": electionBytes({ public_key: "2" }),
  "the identity as key": electionBytes({ public_key: "1" }),
  "an unknown key in the question": electionBytes({}, { extra: "x" }),
  "no answers": electionBytes({}, { answers: [] }),
  "an answer that is no text": electionBytes({}, { answers: [1, "B"] }),
  "more marks than answers": electionBytes({}, { max: 3 }),
  "min above max": electionBytes({}, { min: 2 }),
  "a negative min": electionBytes({}, { min: -1 }),
  "half a mark": electionBytes({}, { max: 0.5 }),
  "blank that is no boolean": electionBytes({}, { blank: 1 }),
  "a non-homomorphic question": electionBytes({ questions: [{ type: "NonHomomorphic", value: {} }] }),
};
for (const [reason, bytes] of Object.entries(wrong)) {
  test(`an election is refused: ${reason}`, () => assert.rejects(parseElection(bytes), FormatError));
}
