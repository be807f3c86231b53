import assert from "node:assert/strict";
import { test } from "node:test";
import { encrypt } from "../../webvote/static/js/crypto/elgamal.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import {
  ProofError, proveBlank, proveBlankOrInterval, proveDecryption, proveInterval, proveKey, sign, verifyBlank,
  verifyBlankOrInterval, verifyDecryption, verifyInterval, verifyKey, verifySignature,
} from "../../webvote/static/js/crypto/proofs.js";
import { countingRng } from "./helpers.js";

const group = belenios2048Group();
const key = group.fixedBase(group.g.pow(987654321n));
const rng = countingRng(7);
const opened = (message) => ({ ...encrypt(group, key, BigInt(message), rng), message });

/** Every proof with one number of it changed. */
function* tampered(proofs) {
  for (let i = 0; i < proofs.length; i++) {
    for (const field of ["challenge", "response"]) {
      yield proofs.map((proof, j) => (i === j ? { ...proof, [field]: (proof[field] + 1n) % group.q } : proof));
    }
  }
}

test("4.12 a value of the interval is proved, and nothing else", async () => {
  const values = [1, 2, 3];
  for (const message of values) {
    const { ciphertext, secret } = opened(message);
    const proofs = await proveInterval(group, key, "S", ciphertext, secret, message, values, rng);
    await verifyInterval(group, key, "S", ciphertext, values, proofs, "x");
    await assert.rejects(verifyInterval(group, key, "T", ciphertext, values, proofs, "x"), ProofError);
    await assert.rejects(verifyInterval(group, key, "S", opened(message).ciphertext, values, proofs, "x"), ProofError);
    await assert.rejects(verifyInterval(group, key, "S", ciphertext, [1, 2], proofs, "x"), ProofError);
  }
  const { ciphertext, secret } = opened(4);
  await assert.rejects(proveInterval(group, key, "S", ciphertext, secret, 4, values, rng), ProofError);
  const lie = await proveInterval(group, key, "S", ciphertext, secret, 3, values, rng);
  await assert.rejects(verifyInterval(group, key, "S", ciphertext, values, lie, "x"), ProofError);
});

test("4.12 a proof with any number changed is refused", async () => {
  const { ciphertext, secret } = opened(1);
  const proofs = await proveInterval(group, key, "S", ciphertext, secret, 1, [0, 1], rng);
  for (const wrong of tampered(proofs)) {
    await assert.rejects(verifyInterval(group, key, "S", ciphertext, [0, 1], wrong, "x"), ProofError);
  }
});

for (const [blank, sum] of [[0, 0], [0, 2], [1, 0]]) {
  test(`4.13 blank ${blank} with sum ${sum} is proved`, async () => {
    const [b, s] = [opened(blank), opened(sum)];
    const either = await proveBlank(group, key, "S", b, s, rng);
    await verifyBlank(group, key, "S", b.ciphertext, s.ciphertext, either);
    for (const wrong of tampered(either)) {
      await assert.rejects(verifyBlank(group, key, "S", b.ciphertext, s.ciphertext, wrong), ProofError);
    }
    await assert.rejects(verifyBlank(group, key, "S", b.ciphertext, s.ciphertext, either.toReversed()), ProofError);
    const values = [0, 1, 2];
    const overall = await proveBlankOrInterval(group, key, "S", b, s, values, rng);
    await verifyBlankOrInterval(group, key, "S", b.ciphertext, s.ciphertext, values, overall);
    for (const wrong of tampered(overall)) {
      await assert.rejects(verifyBlankOrInterval(group, key, "S", b.ciphertext, s.ciphertext, values, wrong), ProofError);
    }
  });
}

test("4.13 a blank vote with choices, or too many choices, cannot be proved", async () => {
  await assert.rejects(proveBlank(group, key, "S", opened(1), opened(1), rng), ProofError);
  await assert.rejects(proveBlankOrInterval(group, key, "S", opened(0), opened(3), [0, 1, 2], rng), ProofError);
});

test("4.5 knowledge of a key", async () => {
  const proof = await proveKey(group, 987654321n, key.element, rng);
  await verifyKey(group, key.element, proof);
  await assert.rejects(verifyKey(group, group.g.pow(5n), proof), ProofError);
  for (const [wrong] of tampered([proof])) await assert.rejects(verifyKey(group, key.element, wrong), ProofError);
});

test("4.14 a signature", async () => {
  const proof = await sign(group, "hash", 987654321n, rng);
  await verifySignature(group, "hash", key.element, proof);
  await assert.rejects(verifySignature(group, "other", key.element, proof), ProofError);
});

test("4.18 a partial decryption", async () => {
  const { alpha } = opened(1).ciphertext;
  const factor = group.pow(alpha, 987654321n);
  const proof = await proveDecryption(group, "phi", 987654321n, key.element, alpha, rng);
  await verifyDecryption(group, "phi", key.element, alpha, factor, proof);
  await assert.rejects(verifyDecryption(group, "psi", key.element, alpha, factor, proof), ProofError);
  await assert.rejects(verifyDecryption(group, "phi", key.element, alpha, group.g.pow(3n), proof), ProofError);
});
