// @ts-check
/**
 * What a trustee's page finds out before it uses the key: that the tally it is asked to open is the product of the last
 * ballot of every card that voted, in a public record that is whole, of an election that has this trustee's key, and
 * that it holds more than one ballot.
 *
 * Every proof of every counted ballot is verified too. Without them whoever knows one code could put in a ballot made
 * of somebody else's ciphertexts, raised to a power, and read that voter's choice out of a count that looks right.
 */
import { parseBallot, verifyBallot } from "../ballot/ballot.js";
import { parseElection } from "../ballot/contest.js";
import { tracker } from "../ballot/tracker.js";
import { FormatError, parseList, parseObject, parseString } from "../crypto/bytes.js";
import { ciphertextToJson, multiplyCiphertexts } from "../crypto/elgamal.js";
import { fingerprint } from "../crypto/hash.js";
import { ProofError } from "../crypto/proofs.js";
import { RecordError, isText, readArchive, readJson } from "../record/archive.js";
import { replay } from "../record/chain.js";
import { KeyFileError, verifyTrusteePublicKey } from "./keys.js";
import { parseTrustees } from "./trustees.js";

/** @typedef {import("../ballot/contest.js").Election} Election */
/** @typedef {import("../ballot/ballot.js").OnStep} OnStep */
/** @typedef {import("../crypto/elgamal.js").Ciphertext} Ciphertext */
/** @typedef {import("../record/archive.js").Entry} Entry */

/**
 * @typedef {object} CheckedTally
 * @property {Election} election
 * @property {import("./decryption.js").Task} task what may be decrypted
 * @property {string} tallyHash
 * @property {number} ballots that count
 * @property {number} replaced ballots that a later one with the same card replaced
 * @property {number} cards
 */

/**
 * @typedef {object} Claims what the server says
 * @property {Uint8Array} record the public record
 * @property {Uint8Array} published the exact bytes of election.json
 * @property {unknown} asked the answer of tally.json
 */

const TALLY_KEYS = ["election_hash", "public_key", "encrypted_tally"];

/**
 * @param {Claims} claims
 * @param {bigint} privateKey
 * @param {OnStep | null} onStep called after each ballot
 * @returns {Promise<CheckedTally>}
 * @throws {KeyFileError} when the key is not the one that was handed in
 * @throws {RecordError | FormatError | ProofError} at the first thing that does not fit
 */
export async function checkTally({ record, published, asked }, privateKey, onStep) {
  const { setup, ballots, tally } = await readRecord(record);
  const election = await checkElection(setup, published);
  const { group } = election;
  const claim = parseObject(asked, TALLY_KEYS, "tally");
  const publicKey = group.g.pow(privateKey);
  if (claim.public_key !== publicKey.toString()) throw new KeyFileError("key-not-this-trustee");
  if (claim.election_hash !== election.fingerprint) throw new FormatError("tally.election_hash");
  await checkTrustees(election, setup[1], publicKey);
  const cards = readCredentials(setup[2]);
  const counted = await lastBallots(cards, ballots);
  const ciphertexts = await multiplyVerified(election, counted, onStep);
  const text = JSON.stringify([ciphertexts.map(ciphertextToJson)]);
  const [document, sized] = tally;
  const size = { num_tallied: counted.length, total_weight: counted.length, encrypted_tally: document.sha256 };
  if (!isText(document.content, text) || !isText(sized.content, JSON.stringify(size))) {
    throw new RecordError("tally-not-product");
  }
  if (JSON.stringify(claim.encrypted_tally) !== text) throw new RecordError("tally-not-of-the-record");
  if (counted.length === 1) throw new RecordError("tally-of-one-ballot");
  return {
    election,
    task: { publicKey, ciphertexts },
    tallyHash: document.sha256,
    ballots: counted.length,
    replaced: ballots.length - counted.length,
    cards: cards.size,
  };
}

/**
 * @param {Uint8Array} record
 * @returns {Promise<Record<"setup" | "ballots" | "tally", Entry[]>>}
 */
async function readRecord(record) {
  /** @type {Record<"setup" | "ballots" | "tally", Entry[]>} */
  const read = { setup: [], ballots: [], tally: [] };
  for await (const { type, documents } of replay(readArchive(record))) {
    if (type === "Setup") read.setup = documents;
    if (type === "Ballot") read.ballots.push(documents[0]);
    if (type === "EncryptedTally") read.tally = documents;
  }
  if (read.tally.length === 0) throw new RecordError("tally-missing");
  return read;
}

/**
 * @param {Entry[]} setup
 * @param {Uint8Array} published
 * @returns {Promise<Election>}
 */
async function checkElection([election, trustees, credentials, binding], published) {
  const expected = { election: election.sha256, trustees: trustees.sha256, credentials: credentials.sha256 };
  if (!isText(binding.content, JSON.stringify(expected))) throw new RecordError("record-setup");
  const parsed = await parseElection(election.content);
  if ((await fingerprint(published)) !== parsed.fingerprint) throw new RecordError("election-not-published");
  return parsed;
}

/**
 * @param {Election} election
 * @param {Entry} document
 * @param {bigint} publicKey this trustee's
 */
async function checkTrustees({ group, key }, { content }, publicKey) {
  const items = parseTrustees(group, content);
  const keys = [];
  for (const each of items.flatMap((item) => item.keys)) {
    await verifyTrusteePublicKey(group, each);
    keys.push(each.publicKey);
  }
  if (new Set(keys).size !== keys.length) throw new RecordError("trustee-twice");
  if (!keys.includes(publicKey)) throw new RecordError("trustee-own-key-missing");
  const product = items.reduce((partial, each) => group.multiply(partial, each.key), 1n);
  if (product !== key.element) throw new RecordError("election-key-not-of-trustees");
}

/**
 * The public credentials as they are written. What is no element of the group signs no ballot.
 * @param {Entry} document
 * @returns {Set<string>}
 */
function readCredentials({ content }) {
  const list = parseList(readJson(content, "credentials"), "credentials").map((item) => {
    const credential = parseString(item, "credentials");
    if (!/^[1-9][0-9]*$/.test(credential)) throw new RecordError("credential-weight");
    return credential;
  });
  const credentials = new Set(list);
  if (credentials.size !== list.length) throw new RecordError("credential-twice");
  return credentials;
}

/**
 * The last ballot of each credential (4.15).
 * @param {Set<string>} credentials
 * @param {Entry[]} ballots
 * @returns {Promise<Entry[]>}
 */
async function lastBallots(credentials, ballots) {
  /** @type {Map<string, Entry>} */
  const last = new Map();
  for (const ballot of ballots) {
    const message = /** @type {{credential?: unknown} | null} */ (readJson(ballot.content, "ballot"));
    const credential = parseString(message?.credential, "ballot.credential");
    if (!credentials.has(credential)) {
      throw new RecordError("ballot-unknown-credential", await tracker(ballot.content));
    }
    last.set(credential, ballot);
  }
  return [...last.values()];
}

/**
 * The product (4.16) of ballots of which every proof and the signature hold.
 * @param {Election} election
 * @param {Entry[]} ballots
 * @param {OnStep | null} onStep
 * @returns {Promise<Ciphertext[]>}
 */
async function multiplyVerified(election, ballots, onStep) {
  const { answers, blank } = election.question;
  let product = Array.from({ length: answers.length + (blank ? 1 : 0) }, () => ({ alpha: 1n, beta: 1n }));
  for (const [i, { content }] of ballots.entries()) {
    await onStep?.(i, ballots.length);
    try {
      const ballot = await parseBallot(election, content);
      await verifyBallot(election, ballot);
      const { choices } = ballot.answer;
      product = product.map((each, j) => multiplyCiphertexts(election.group, [each, choices[j]]));
    } catch (error) {
      if (!(error instanceof FormatError) && !(error instanceof ProofError)) throw error;
      const code = error instanceof ProofError ? "ballot-proof" : "ballot-malformed";
      throw new RecordError(code, `${await tracker(content)}: ${error.what}`);
    }
  }
  return product;
}
