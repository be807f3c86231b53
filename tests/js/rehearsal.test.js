// The rehearsal as Python and its vectors have it: the same test, answers that hold, and no ciphertext of somebody else's.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { FormatError, systemRng, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import { fingerprint } from "../../webvote/static/js/crypto/hash.js";
import { ProofError, parseProof, verifyDecryption } from "../../webvote/static/js/crypto/proofs.js";
import { RecordError } from "../../webvote/static/js/record/archive.js";
import { KeyFileError, generateTrusteeKey, trusteePublicKeyToJson } from "../../webvote/static/js/trustee/keys.js";
import { answerTest, answerToJson, readTest, statementOf } from "../../webvote/static/js/trustee/rehearsal.js";
import { parseTrustees } from "../../webvote/static/js/trustee/trustees.js";

const group = belenios2048Group();
const casesOf = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8")).cases;
const [whole] = casesOf("rehearsal_test");
const trustees = utf8(whole.input.trustees);
const read = ({ trustees: document, test: text }) => readTest(group, JSON.parse(text), utf8(document));

/** An answer of a file, held against the test that it names. */
async function verifyAnswer(made, text) {
  const { owner, decryption_factor, proof } = JSON.parse(text);
  const factor = group.parseElement(decryption_factor, "factor");
  const statement = statementOf(made.fingerprint, made.alpha, factor);
  const publicKey = made.publicKeys[owner - 1];
  await verifyDecryption(group, statement, publicKey, made.alpha, factor, parseProof(group, proof, "proof"));
}

describe("the test", () => {
  for (const { name, expected, input, output } of casesOf("rehearsal_test")) {
    test(`${name}: ${expected}`, async () => {
      if (expected !== "valid") return assert.rejects(read(input), FormatError);
      assert.equal((await read(input)).alpha.toString(), output.alpha);
    });
  }

  test("another group is refused", async () => {
    const other = JSON.parse(whole.input.test);
    await assert.rejects(readTest(group, { ...other, group: "RFC-3526-2048" }, trustees), { what: "test.group" });
  });
});

describe("the answer", () => {
  test("of every trustee of the vectors holds for the test that is computed here, and for no other trustee", async () => {
    const [{ input }] = casesOf("rehearsal_answer");
    const made = await read(input);
    assert.equal(input.answers.length, made.publicKeys.length);
    for (const text of input.answers) await verifyAnswer(made, text);
    const { owner, ...rest } = JSON.parse(input.answers[0]);
    await assert.rejects(verifyAnswer(made, JSON.stringify({ owner: owner + 1, ...rest })), ProofError);
  });

  test("made here holds, and is what anybody could compute but for its proof", async () => {
    const { privateKey, publicKey } = await generateTrusteeKey(group, systemRng);
    const items = [...JSON.parse(whole.input.trustees), ["Single", trusteePublicKeyToJson(publicKey)]];
    const document = JSON.stringify(items);
    const nonce = "1111111111111111111111";
    const name = await fingerprint(utf8(`rehearsal|${group.name}|${nonce}|${document}`));
    const format = { format: "raadsvalg-rehearsal", version: 1, group: group.name, nonce, fingerprint: name };
    const made = await readTest(group, format, utf8(document));
    const answer = await answerTest(made, privateKey, systemRng);
    assert.equal(answer.owner, made.publicKeys.length);
    await verifyAnswer(made, JSON.stringify(answerToJson(answer)));
  });

  test("is not made with a key of nobody's", async () => {
    const made = await read(whole.input);
    await assert.rejects(answerTest(made, 12345n, systemRng), (error) => error instanceof KeyFileError);
  });
});

describe("the trustees' document", () => {
  const items = JSON.parse(whole.input.trustees);
  const bytes = (value) => utf8(JSON.stringify(value));
  const changed = (change) => {
    const copy = structuredClone(items);
    change(copy.find(([kind]) => kind === "Pedersen")[1]);
    return bytes(copy);
  };

  test("makes the key to which the test is encrypted", () => {
    const key = parseTrustees(group, trustees).reduce((product, each) => group.multiply(product, each.key), 1n);
    const { beta, message } = whole.output;
    const digest = createHash("sha512").update(`randomness|${JSON.parse(whole.input.test).fingerprint}`).digest("hex");
    const opened = group.multiply(group.pow(key, BigInt(`0x${digest}`)), BigInt(message));
    assert.equal(opened.toString(), beta);
  });

  /** @type {Record<string, (parameters: any) => void>} */
  const faults = {
    "another threshold": (parameters) => (parameters.threshold += 1),
    "a threshold of none": (parameters) => (parameters.threshold = 0),
    "a key that does not follow from the polynomials": (parameters) => parameters.verification_keys.reverse(),
    "a polynomial too few": (parameters) => parameters.coefexps.pop(),
    "a polynomial in another form": (parameters) => (parameters.coefexps[0].message += " "),
    "a polynomial exchanged": (parameters) => (parameters.coefexps[1] = parameters.coefexps[0]),
    "a field more": (parameters) => (parameters.more = 1),
  };
  for (const [reason, change] of Object.entries(faults)) {
    test(`with ${reason} is refused`, () => {
      const wrong = (error) => error instanceof FormatError || error instanceof RecordError;
      assert.throws(() => parseTrustees(group, changed(change)), wrong);
    });
  }

  test("of another kind is refused", () => {
    assert.throws(() => parseTrustees(group, bytes([["Shared", {}]])), { code: "trustee-kind" });
  });
});
