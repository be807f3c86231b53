import assert from "node:assert/strict";
import { test } from "node:test";
import { WrongTrackerError, deliver } from "../../webvote/static/js/booth/delivery.js";
import { NoAnswerError, RefusedError } from "../../webvote/static/js/lib/api.js";

const ballot = { bytes: Uint8Array.of(1, 2, 3), tracker: "mark" };
const lost = new NoAnswerError("cut");

/** Answers in turn; remembers what was sent. */
function server(...answers) {
  const sent = [];
  const pauses = [];
  let losses = 0;
  const post = async (_, body) => {
    sent.push(body);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const wait = async (milliseconds) => void pauses.push(milliseconds);
  const run = () => deliver("/v/x/ballots", ballot, () => losses++, { post, wait });
  return { run, sent, pauses, losses: () => losses };
}

test("one answer is enough", async () => {
  const { run, sent } = server({ tracker: "mark", ballots: 1 });
  assert.deepEqual(await run(), { repeated: false });
  assert.deepEqual(sent, [ballot.bytes]);
});

test("after a lost answer the same bytes are sent again", async () => {
  const { run, sent, losses } = server(lost, lost, { tracker: "mark" });
  assert.deepEqual(await run(), { repeated: true });
  assert.equal(losses(), 2);
  assert.ok(sent.every((bytes) => bytes === ballot.bytes));
});

test("a refusal is final", async () => {
  const refusal = new RefusedError(409, "cast-too-late", "Closed.");
  const { run, sent } = server(lost, refusal);
  await assert.rejects(run(), refusal);
  assert.equal(sent.length, 2);
});

test("it gives up after four attempts and says that no answer came", async () => {
  const { run, sent, pauses } = server(lost, lost, lost, lost);
  await assert.rejects(run(), NoAnswerError);
  assert.equal(sent.length, 4);
  assert.deepEqual(pauses, [1000, 2000, 4000]);
});

for (const answer of [{ tracker: "other" }, {}, null]) {
  test(`a confirmation of something else is loud: ${JSON.stringify(answer)}`, async () => {
    await assert.rejects(server(answer).run(), WrongTrackerError);
  });
}
