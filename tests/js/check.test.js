// What a trustee's page opens, and each lie of a server that it does not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { parseElection } from "../../webvote/static/js/ballot/contest.js";
import { deriveCredential } from "../../webvote/static/js/ballot/credential.js";
import { systemRng, utf8 } from "../../webvote/static/js/crypto/bytes.js";
import { belenios2048Group } from "../../webvote/static/js/crypto/group.js";
import { checkTally } from "../../webvote/static/js/trustee/check.js";
import { decryptShare, partialDecryptionToJson, verifyShare } from "../../webvote/static/js/trustee/decryption.js";
import {
  KeyFileError, generateTrusteeKey, parsePrivateKey, trusteePublicKeyToJson,
} from "../../webvote/static/js/trustee/keys.js";
import { rememberTally } from "../../webvote/static/js/trustee/memory.js";
import { archiveOf, json, signedAnew, stepsOf, tallyOf, textOf, withSetup, withTallyOf } from "./forging.js";
import { vectors } from "./helpers.js";

const group = belenios2048Group();
const at = (path) => new URL(path, import.meta.url);
const record = readFileSync(at("vectors/record-of-python.bel"));
const secrets = JSON.parse(readFileSync(at("vectors/record-of-python.json"), "utf8"));
const key = parsePrivateKey(group, secrets.private_key_files[0]);
const published = utf8(secrets.election);
// Where the events stand: the first card votes twice, the fourth not at all.
const [FIRST, BLANK, SECOND, REVOTE, END, TALLY] = [1, 2, 3, 4, 5, 6];

/** @type {any} */ let election;
/** @type {any[]} */ let steps;
/** @type {any[]} */ let credentials;
/** @type {(place: number) => Uint8Array} */ const ballot = (place) => steps[place].documents[0];
before(async () => {
  election = await parseElection(published);
  steps = await stepsOf(record);
  credentials = await Promise.all(secrets.codes.map((code) => deriveCredential(group, code, election.uuid)));
});

const asking = (change = {}) => ({
  election_hash: election.fingerprint,
  public_key: group.g.pow(key).toString(),
  encrypted_tally: secrets.encrypted_tally,
  ...change,
});

/** The server says in tally.json what stands in these steps. */
function claims(forged, change = {}) {
  const tally = forged.find(({ type }) => type === "EncryptedTally");
  const encrypted_tally = tally && JSON.parse(textOf(tally.documents[0]));
  return { record: archiveOf(forged), published, asked: asking({ encrypted_tally }), ...change };
}
const check = (forged, change) => checkTally(claims(forged, change), key, null);
const refuses = (promise, code) => assert.rejects(promise, (error) => (assert.equal(error.code, code), true));

describe("an honest server", () => {
  test("a record of Python: three cards of four, one of them used twice", async () => {
    const done = [];
    const checked = await checkTally({ record, published, asked: asking() }, key, (i, n) => void done.push(`${i}/${n}`));
    const { ballots, replaced, cards, task } = checked;
    assert.deepEqual({ ballots, replaced, cards, done }, { ballots: 3, replaced: 1, cards: 4, done: ["0/3", "1/3", "2/3"] });
    await verifyShare(election, task, await decryptShare(election, task, key, null, systemRng));
  });

  test("a whole record of belenios-tool, and the factors that the tool found", async () => {
    for (const file of vectors.private_key_files) {
      const privateKey = parsePrivateKey(group, file);
      const number = vectors.trustees.findIndex(([, { public_key }]) => public_key === group.g.pow(privateKey).toString());
      const checked = await checkTally({
        record: readFileSync(at("../election/vectors/4S92PJQYHSkk7n.bel")),
        published: utf8(vectors.election),
        asked: {
          election_hash: vectors.fingerprint,
          public_key: group.g.pow(privateKey).toString(),
          encrypted_tally: vectors.encrypted_tally,
        },
      }, privateKey, null);
      assert.equal(checked.ballots, vectors.ballots.length);
      const share = await decryptShare(checked.election, checked.task, privateKey, null, systemRng);
      const { decryption_factors: factors } = partialDecryptionToJson(share);
      assert.deepEqual(factors, vectors.partial_decryptions[number].decryption_factors);
    }
  });

  test("a second trustee, after the first", async () => {
    await check([...steps, { type: "PartialDecryption", documents: [utf8("{}"), utf8("[]")] }]);
  });

  test("nobody voted: the tally is the identity", async () => {
    const empty = await withTallyOf(election, [steps[0], steps[END], steps[TALLY]], []);
    const { ballots, cards, task } = await check(empty);
    assert.deepEqual({ ballots, cards }, { ballots: 0, cards: 4 });
    await verifyShare(election, task, await decryptShare(election, task, key, null, systemRng));
  });
});

describe("a server that wants a ballot opened", () => {
  test("and hands one over as the tally", async () => {
    const [tally] = await tallyOf(election, [ballot(SECOND)]);
    const asked = asking({ encrypted_tally: JSON.parse(textOf(tally)) });
    await refuses(checkTally({ record, published, asked }, key, null), "tally-not-of-the-record");
  });
  test("and publishes it as the tally", async () => {
    const forged = await withTallyOf(election, steps, [ballot(SECOND)]);
    await refuses(check(forged), "tally-not-product");
  });
  test("and makes a record of one ballot", async () => {
    const forged = [steps[0], steps[SECOND], steps[END], steps[TALLY]];
    await refuses(check(await withTallyOf(election, forged, [ballot(SECOND)])), "tally-of-one-ballot");
  });
  test("and leaves one out of the tally", async () => {
    const forged = await withTallyOf(election, steps, [ballot(BLANK), ballot(SECOND)]);
    await refuses(check(forged), "tally-not-product");
  });
  test("and leaves one out of the record", async () => {
    await refuses(check([...steps.slice(0, SECOND), ...steps.slice(SECOND + 1)]), "tally-not-product");
  });
  test("and exchanges a ballot for the one it replaced", async () => {
    const forged = [steps[0], steps[REVOTE], steps[BLANK], steps[SECOND], steps[FIRST], steps[END], steps[TALLY]];
    await refuses(check(forged), "tally-not-product");
  });
  test("and counts the replaced ballot too", async () => {
    const forged = await withTallyOf(election, steps, [FIRST, BLANK, SECOND, REVOTE].map(ballot));
    await refuses(check(forged), "tally-not-product");
  });
  test("and says another number of ballots", async () => {
    const [tally, sized] = steps[TALLY].documents;
    const other = json({ ...JSON.parse(textOf(sized)), num_tallied: 4 });
    await refuses(check([...steps.slice(0, TALLY), { ...steps[TALLY], documents: [tally, other] }]), "tally-not-product");
  });
  test("and multiplies the tally by something", async () => {
    const [row] = structuredClone(secrets.encrypted_tally);
    row[1].beta = group.multiply(BigInt(row[1].beta), group.g.element).toString();
    const tally = json([row]);
    const asked = asking({ encrypted_tally: [row] });
    const documents = [tally, steps[TALLY].documents[1]];
    await refuses(check([...steps.slice(0, TALLY), { ...steps[TALLY], documents }], { asked }), "tally-not-product");
  });
  test("and has not published a tally", async () => {
    await refuses(check(steps.slice(0, TALLY), { asked: asking() }), "tally-missing");
    await refuses(check(steps.slice(0, END), { asked: asking() }), "tally-missing");
  });
  test("and makes ballots of somebody else's ciphertexts with a code that it knows", async () => {
    const copy = await signedAnew(election, ballot(SECOND), credentials[3], systemRng, () => {});
    const powers = await signedAnew(election, ballot(SECOND), credentials[3], systemRng, ({ answers: [answer] }) => {
      for (const choice of answer.choices) {
        for (const part of ["alpha", "beta"]) choice[part] = group.pow(BigInt(choice[part]), 1000n).toString();
      }
    });
    for (const forged of [copy, powers]) {
      const whole = [...steps.slice(0, END), { type: "Ballot", documents: [forged] }, ...steps.slice(END)];
      const counted = [ballot(BLANK), ballot(SECOND), ballot(REVOTE), forged];
      await refuses(check(await withTallyOf(election, whole, counted)), "ballot-proof");
    }
  });
  test("and puts in a ballot under a card without its code", async () => {
    const stranger = { secret: 12345n, publicKey: credentials[3].publicKey };
    const forged = await signedAnew(election, ballot(BLANK), stranger, systemRng, () => {});
    const whole = [steps[0], { type: "Ballot", documents: [forged] }, ...steps.slice(SECOND)];
    await refuses(check(whole), "ballot-proof");
  });
  test("and puts in a ballot of no card of the election", async () => {
    const list = JSON.parse(textOf(steps[0].documents[2])).filter((each) => each !== credentials[2].publicKey.toString());
    assert.equal(list.length, 3);
    await refuses(check(withSetup(steps, { credentials: json(list) })), "ballot-unknown-credential");
  });
  test("and puts in a ballot of another election", async () => {
    const forged = await signedAnew(election, ballot(SECOND), credentials[3], systemRng, (message) => {
      message.election_hash = vectors.fingerprint;
    });
    await refuses(check([...steps.slice(0, END), { type: "Ballot", documents: [forged] }, ...steps.slice(END)]), "ballot-malformed");
  });
  test("and lists a card twice, or with a weight", async () => {
    const list = JSON.parse(textOf(steps[0].documents[2]));
    await refuses(check(withSetup(steps, { credentials: json([...list, list[0]]) })), "credential-twice");
    await refuses(check(withSetup(steps, { credentials: json([`${list[0]},1000`, ...list.slice(1)]) })), "credential-weight");
  });
});

describe("a server with another election", () => {
  const trustees = () => JSON.parse(textOf(steps[0].documents[1]));
  const another = async () => ["Single", trusteePublicKeyToJson((await generateTrusteeKey(group, systemRng)).publicKey)];

  test("whose trustees are others", async () => {
    const forged = withSetup(steps, { trustees: json([await another(), trustees()[1]]) });
    await refuses(check(forged), "trustee-own-key-missing");
  });
  test("whose key is not that of its trustees", async () => {
    await refuses(check(withSetup(steps, { trustees: json([...trustees(), await another()]) })), "election-key-not-of-trustees");
    await refuses(check(withSetup(steps, { trustees: json([trustees()[0]]) })), "election-key-not-of-trustees");
    await refuses(check(withSetup(steps, { trustees: json([...trustees(), trustees()[0]]) })), "trustee-twice");
  });
  test("whose trustees are of another kind", async () => {
    await refuses(check(withSetup(steps, { trustees: json([["Shared", {}]]) })), "trustee-kind");
  });
  test("than the one that is published", async () => {
    const other = utf8(secrets.election.replace("Dialogforum", "Dialogforun"));
    await refuses(check(steps, { published: other }), "election-not-published");
    await refuses(check(withSetup(steps, { election: other })), "election-not-published");
    await assert.rejects(check(steps, { asked: asking({ election_hash: vectors.fingerprint }) }), { what: "tally.election_hash" });
  });
  test("whose setup does not hold together", async () => {
    const documents = [...steps[0].documents.slice(0, 3), json({})];
    await refuses(check([{ type: "Setup", documents }, ...steps.slice(1)]), "record-setup");
  });
});

test("the file of another key", async () => {
  const wrong = checkTally({ record, published, asked: asking() }, 12345n, null);
  await assert.rejects(wrong, (error) => error instanceof KeyFileError && error.code === "key-not-this-trustee");
});

test("the second tally of an election is refused in the same browser, the same one is not", () => {
  const kept = new Map();
  /** @type {any} */
  const storage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  rememberTally("election A", "tally 1", storage);
  rememberTally("election A", "tally 1", storage);
  rememberTally("election B", "tally 2", storage);
  assert.throws(() => rememberTally("election A", "tally 2", storage), { code: "tally-changed" });
  rememberTally("election A", "tally 1", null);
});
