import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { parseElection } from "../../webvote/static/js/ballot/contest.js";
import { systemRng, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { parseCiphertext } from "../../webvote/static/js/crypto/elgamal.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import { ProofError } from "../../webvote/static/js/crypto/proofs.js";
import {
  decryptShare, parsePartialDecryption, partialDecryptionToJson, verifyShare,
} from "../../webvote/static/js/trustee/decryption.js";
import {
  KeyFileError, generateTrusteeKey, parsePrivateKey, parseTrusteePublicKey, privateKeyToFile, trusteePublicKeyToJson,
  verifyTrusteePublicKey,
} from "../../webvote/static/js/trustee/keys.js";
import { readMade } from "../../webvote/static/js/trustee/handing_in.js";
import { vectors } from "./helpers.js";

const group = belenios2048Group();
const publicKeys = vectors.trustees.map(([, key]) => key);
/** @type {any} */ let election;
before(async () => (election = await parseElection(utf8(vectors.election))));
const taskOf = (i = 0) => ({
  publicKey: BigInt(publicKeys[i].public_key),
  ciphertexts: vectors.encrypted_tally[0].map((each) => parseCiphertext(group, each, "tally")),
});

describe("a file that is handed in", () => {
  const fields = ["owner", "proof"];
  /** @param {string} text */
  const read = (text) => readMade(new Blob([text]), fields);

  test("is the message on its first line", async () => {
    assert.deepEqual(await read('{"owner":1,"proof":{}}\n{"owner":1,"payload":"00"}\n'), { owner: 1, proof: {} });
  });

  test("is nothing else, least of all a key", async () => {
    const sealed = '{"format":"raadsvalg-trustee-key","version":1,"kind":"member","sealed":"AA=="}';
    for (const text of [sealed, ...vectors.private_key_files, '{"owner":1}', "[]", "null", "1", '"seed"', "", "{"]) {
      assert.equal(await read(text), null, text);
    }
    assert.equal(await readMade(undefined, fields), null);
  });
});

describe("keys", () => {
  test("those of belenios-tool hold, and belong to its key files", async () => {
    const files = vectors.private_key_files.map((file) => group.g.pow(parsePrivateKey(group, file)).toString());
    assert.deepEqual(files.toSorted(), publicKeys.map((key) => key.public_key).toSorted());
    for (const key of publicKeys) await verifyTrusteePublicKey(group, parseTrusteePublicKey(group, key));
  });

  test("a new key goes to its file and back, and its public half holds", async () => {
    const { privateKey, publicKey } = await generateTrusteeKey(group, systemRng);
    assert.match(privateKeyToFile(privateKey), /^"[0-9]+"$/);
    assert.equal(parsePrivateKey(group, privateKeyToFile(privateKey)), privateKey);
    const received = parseTrusteePublicKey(group, trusteePublicKeyToJson(publicKey));
    await verifyTrusteePublicKey(group, received);
    await assert.rejects(verifyTrusteePublicKey(group, { ...received, publicKey: group.g.pow(2n) }), ProofError);
  });

  test("white space and other quotation marks around a pasted key do not matter", () => {
    for (const text of ["12345", ' "12345"\r\n', "\ufeff“12345”", "123\n45"]) {
      assert.equal(parsePrivateKey(group, text), 12345n);
    }
  });

  /** @type {Record<string, [string, string]>} */
  const faults = {
    "nothing": ["", "key-empty"],
    "quotation marks only": ['""', "key-empty"],
    "words": ["hello", "key-not-a-number"],
    "zero": ['"0"', "key-not-a-number"],
    "a public key": [publicKeys[0].public_key, "key-not-a-number"],
    "q": [group.q.toString(), "key-not-a-number"],
  };
  for (const [reason, [text, code]] of Object.entries(faults)) {
    test(`no key: ${reason}`, () => {
      assert.throws(() => parsePrivateKey(group, text), (error) => error instanceof KeyFileError && error.code === code);
    });
  }
});

describe("partial decryption", () => {
  test("those of belenios-tool hold", async () => {
    for (const [i, value] of vectors.partial_decryptions.entries()) {
      const task = taskOf(i);
      await verifyShare(election, task, parsePartialDecryption(election, task, value));
    }
  });

  test("ours has the same factors as belenios-tool's, and holds", async () => {
    for (const file of vectors.private_key_files) {
      const privateKey = parsePrivateKey(group, file);
      const i = publicKeys.findIndex((key) => key.public_key === group.g.pow(privateKey).toString());
      const task = taskOf(i);
      const share = await decryptShare(election, task, privateKey, null, systemRng);
      await verifyShare(election, task, share);
      const { decryption_factors: factors } = partialDecryptionToJson(share);
      assert.deepEqual(factors, vectors.partial_decryptions[i].decryption_factors);
    }
  });

  test("a key of somebody else is not used", async () => {
    const task = taskOf();
    const failing = decryptShare(election, task, 12345n, null, systemRng);
    await assert.rejects(failing, (error) => error instanceof KeyFileError && error.code === "key-not-this-trustee");
  });

  test("a share with a number exchanged is refused", async () => {
    const task = taskOf();
    const share = parsePartialDecryption(election, task, vectors.partial_decryptions[0]);
    await assert.rejects(verifyShare(election, task, { ...share, factors: share.factors.toReversed() }), ProofError);
    await assert.rejects(verifyShare(election, task, { ...share, proofs: share.proofs.toReversed() }), ProofError);
  });
});
