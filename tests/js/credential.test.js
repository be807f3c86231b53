import assert from "node:assert/strict";
import { test } from "node:test";
import { CredentialError, deriveCredential, parseCredential } from "../../webvote/static/js/ballot/credential.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import { vectors } from "./helpers.js";

const [code] = vectors.codes;
const uuid = JSON.parse(vectors.election).uuid;

const sameCode = {
  "as printed": code,
  "without dashes": code.replaceAll("-", ""),
  "with spaces": ` ${code.replaceAll("-", " ")}\n`,
  "with long dashes": code.replaceAll("-", "–"),
  "with non-breaking dashes and spaces": `\u00a0${code.replaceAll("-", "\u2011")}\u200e`,
  "with the # of the address": `#${code}`,
  "as the whole address": `https://valg.example.dk/v/forum?lang=da#${code}`,
};
for (const [how, typed] of Object.entries(sameCode)) {
  test(`a code is understood ${how}`, () => assert.equal(parseCredential(typed), code));
}

/** @type {Record<string, [string, string, object]>} */
const faults = {
  "nothing": ["  ", "code-empty", {}],
  "only dashes": ["---", "code-empty", {}],
  "too short": [code.slice(0, -1), "code-too-short", { found: 14, expected: 15, difference: 1 }],
  "too long": [code + "11", "code-too-long", { found: 17, expected: 15, difference: 2 }],
  "a zero": ["5Au-b0f-TRL-fK4-rxn", "code-character", { character: "0", position: 5, group: 2, place: 2 }],
  "a capital O": ["5Au-bVf-TRL-fK4-rxO", "code-character", { character: "O", position: 15, group: 5, place: 3 }],
  "a capital I": ["IAu-bVf-TRL-fK4-rxn", "code-character", { character: "I", position: 1, group: 1, place: 1 }],
  "a small l": ["5Al", "code-character", { character: "l", position: 3, group: 1, place: 3 }],
  "a letter outside the basic plane": ["😀", "code-character", { character: "😀", position: 1, group: 1, place: 1 }],
  "two characters exchanged": ["A5u-bVf-TRL-fK4-rxn", "code-checksum", {}],
  "one character wrong": ["6Au-bVf-TRL-fK4-rxn", "code-checksum", {}],
};
for (const [what, [typed, expected, params]] of Object.entries(faults)) {
  test(`a typing error is named: ${what}`, () => {
    assert.throws(() => parseCredential(typed), (error) => {
      assert.ok(error instanceof CredentialError);
      assert.deepEqual([error.code, error.params], [expected, params]);
      return true;
    });
  });
}

test("codes lead to the public credentials belenios-tool published", async () => {
  const derived = await Promise.all(vectors.codes.map((each) => deriveCredential(belenios2048Group(), each, uuid)));
  const published = derived.map(({ publicKey }) => publicKey.toString());
  assert.deepEqual(published.toSorted(), vectors.public_credentials.toSorted());
});

test("the same code means something else in another election", async () => {
  const { publicKey } = await deriveCredential(belenios2048Group(), code, "11111111111111");
  assert.ok(!vectors.public_credentials.includes(publicKey.toString()));
});
