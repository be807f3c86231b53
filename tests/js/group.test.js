import assert from "node:assert/strict";
import { test } from "node:test";
import { FormatError, parseDecimal, toBase64Unpadded, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { fingerprint } from "../../webvote/static/js/crypto/hash.js";
import { belenios2048Group, mod, modPow } from "../../webvote/static/js/crypto/group.js";
import { countingRng, scriptedRng } from "./helpers.js";

const group = belenios2048Group();
const { p, q, g } = group;

test("the parameters are those of section 5.1", () => {
  assert.equal(p.toString(2).length, 2048);
  assert.equal(q.toString(2).length, 256);
  assert.equal((p - 1n) % q, 0n);
  assert.equal(modPow(g.element, q, p), 1n);
});

test("modPow is repeated multiplication", () => {
  for (const [base, exponent] of [[3n, 0n], [3n, 1n], [7n, 15n], [7n, 16n], [123n, 4097n]]) {
    assert.equal(modPow(base, exponent, 1000003n), base ** exponent % 1000003n);
  }
  assert.throws(() => modPow(2n, -1n, 7n), RangeError);
});

test("the table of a fixed base agrees with modPow, at the edges too", () => {
  const base = group.fixedBase(modPow(g.element, 12345n, p));
  const rng = countingRng();
  for (const exponent of [0n, 1n, 31n, 32n, q - 1n, group.randomScalar(rng), group.randomScalar(rng)]) {
    assert.equal(base.pow(exponent), modPow(base.element, exponent, p));
  }
  assert.equal(base.pow(q), 1n);
  assert.equal(group.multiply(base.pow(-5n), base.pow(5n)), 1n);
});

test("a draw that is not below q is thrown away whole", () => {
  const bytesOf = (value) => Uint8Array.from(value.toString(16).padStart(64, "0").match(/../g), (pair) => parseInt(pair, 16));
  const script = scriptedRng(new Uint8Array(32).fill(255), bytesOf(q), bytesOf(q - 1n));
  assert.equal(group.randomScalar(script), q - 1n);
  assert.throws(() => group.randomScalar(scriptedRng(bytesOf(q))), /run dry/);
});

const notElements = {
  "zero": "0",
  "the identity": "1",
  "p": p.toString(),
  "p + g": (p + g.element).toString(),
  "of order two": (p - 1n).toString(),
  "outside the subgroup": mod(-g.element, p).toString(),
  "a leading zero": "0" + g.element,
  "a sign": "-5",
  "a space": ` ${g.element}`,
  "hexadecimal": "0x10",
  "a number": 5,
  "nothing": undefined,
};
for (const [reason, value] of Object.entries(notElements)) {
  test(`no group element: ${reason}`, () => {
    assert.throws(() => group.parseElement(value, "x"), (error) => error instanceof FormatError && error.what === "x");
  });
}

test("a scalar is canonical and below q", () => {
  assert.equal(group.parseScalar((q - 1n).toString(), "x"), q - 1n);
  for (const value of [q.toString(), "00", "-1", "", "1e3", 7]) assert.throws(() => group.parseScalar(value, "x"), FormatError);
  assert.equal(parseDecimal("0", "x"), 0n);
});

test("hashes are written as base 64 without padding", async () => {
  assert.equal(toBase64Unpadded(Uint8Array.of(255, 255)), "//8");
  assert.equal(await fingerprint(utf8("")), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
});
