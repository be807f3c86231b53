// @ts-check
/**
 * The zero-knowledge proofs of the protocol, made and verified: one of several values (4.12), possibly blank (4.13),
 * knowledge of a trustee's key (4.5), correct partial decryption (4.18), signature of a ballot (4.14).
 * Each verify function throws ProofError and returns nothing.
 */
import { parseObject } from "./bytes.js";
import { hashToScalar } from "./hash.js";
import { mod } from "./group.js";

/** @typedef {import("./bytes.js").Rng} Rng */
/** @typedef {import("./group.js").Group} Group */
/** @typedef {import("./group.js").FixedBase} FixedBase */
/** @typedef {import("./elgamal.js").Ciphertext} Ciphertext */
/** @typedef {{challenge: bigint, response: bigint}} Proof */

/**
 * What the prover knows of one branch of a disjunction: the ciphertext of the branch is
 * (g^secret, y^secret · g^difference); the branch is true when `difference` is 0.
 * @typedef {{secret: bigint, difference: bigint}} Witness
 */

/** A proof that does not prove what it should. */
export class ProofError extends Error {
  /** @param {string} what the proof's section and name */
  constructor(what) {
    super(`the proof does not hold: ${what}`);
    this.name = "ProofError";
    this.what = what;
  }
}

/**
 * @param {Group} group
 * @param {unknown} value
 * @param {string} what
 * @returns {Proof}
 * @throws {import("./bytes.js").FormatError}
 */
export function parseProof(group, value, what) {
  const { challenge, response } = parseObject(value, ["challenge", "response"], what);
  return {
    challenge: group.parseScalar(challenge, `${what}.challenge`),
    response: group.parseScalar(response, `${what}.response`),
  };
}

/** @param {Proof} proof */
export function proofToJson({ challenge, response }) {
  return { challenge: challenge.toString(), response: response.toString() };
}

// One true branch among several: the common core of 4.12 and 4.13.

/**
 * @param {Group} group
 * @param {FixedBase} key
 * @param {string} prefix what is hashed before the commitments
 * @param {readonly Witness[]} witnesses
 * @param {Rng} rng
 * @returns {Promise<Proof[]>}
 */
async function proveOneBranch(group, key, prefix, witnesses, rng) {
  const { q } = group;
  const truth = witnesses.findIndex(({ difference }) => mod(difference, q) === 0n);
  if (truth === -1) throw new ProofError("no branch is true");
  const nonce = group.randomScalar(rng);
  /** @type {Proof[]} */
  const proofs = [];
  /** @type {bigint[]} */
  const commitments = [];
  witnesses.forEach(({ secret, difference }, j) => {
    if (j === truth) {
      proofs.push({ challenge: 0n, response: 0n });
      commitments.push(group.g.pow(nonce), key.pow(nonce));
      return;
    }
    // A = g^response · alpha^challenge and B = y^response · beta^challenge; the prover knows alpha and beta as powers
    // of g and y, so all of it comes from the two tables.
    const proof = { challenge: group.randomScalar(rng), response: group.randomScalar(rng) };
    const exponent = proof.response + secret * proof.challenge;
    proofs.push(proof);
    commitments.push(
      group.g.pow(exponent),
      group.multiply(key.pow(exponent), group.g.pow(difference * proof.challenge)),
    );
  });
  const total = await hashToScalar(`${prefix}|${commitments.join(",")}`, q);
  const others = proofs.reduce((sum, { challenge }) => sum + challenge, 0n);
  const challenge = mod(total - others, q);
  proofs[truth] = { challenge, response: mod(nonce - witnesses[truth].secret * challenge, q) };
  return proofs;
}

/**
 * @param {Group} group
 * @param {FixedBase} key
 * @param {string} prefix
 * @param {readonly Ciphertext[]} branches each must be an encryption of 0 for the branch to be true
 * @param {readonly Proof[]} proofs
 * @param {string} what
 * @throws {ProofError}
 */
async function verifyOneBranch(group, key, prefix, branches, proofs, what) {
  if (proofs.length !== branches.length) throw new ProofError(what);
  const commitments = branches.flatMap(({ alpha, beta }, j) => {
    const { challenge, response } = proofs[j];
    return [
      group.multiply(group.g.pow(response), group.pow(alpha, challenge)),
      group.multiply(key.pow(response), group.pow(beta, challenge)),
    ];
  });
  const total = await hashToScalar(`${prefix}|${commitments.join(",")}`, group.q);
  const sum = proofs.reduce((partial, { challenge }) => partial + challenge, 0n);
  if (total !== mod(sum, group.q)) throw new ProofError(what);
}

/**
 * The ciphertext of m - value.
 * @param {Group} group
 * @param {Ciphertext} ciphertext
 * @param {number} value
 * @returns {Ciphertext}
 */
function less(group, { alpha, beta }, value) {
  return { alpha, beta: group.multiply(beta, group.g.pow(-BigInt(value))) };
}

// Interval membership (4.12)

/**
 * iprove(S, r, i, M0, …, Mk).
 * @param {Group} group
 * @param {FixedBase} key
 * @param {string} context the S of the specification
 * @param {Ciphertext} ciphertext
 * @param {bigint} secret
 * @param {number} message
 * @param {readonly number[]} values
 * @param {Rng} rng
 */
export function proveInterval(group, key, context, { alpha, beta }, secret, message, values, rng) {
  const witnesses = values.map((value) => ({ secret, difference: BigInt(message - value) }));
  return proveOneBranch(group, key, `prove|${context}|${alpha},${beta}`, witnesses, rng);
}

/**
 * @param {Group} group
 * @param {FixedBase} key
 * @param {string} context
 * @param {Ciphertext} ciphertext
 * @param {readonly number[]} values
 * @param {readonly Proof[]} proofs
 * @param {string} what
 * @throws {ProofError}
 */
export async function verifyInterval(group, key, context, ciphertext, values, proofs, what) {
  const prefix = `prove|${context}|${ciphertext.alpha},${ciphertext.beta}`;
  const branches = values.map((value) => less(group, ciphertext, value));
  await verifyOneBranch(group, key, prefix, branches, proofs, what);
}

// Possibly blank (4.13)

/** @typedef {{ciphertext: Ciphertext, secret: bigint, message: number}} Opened an encryption and what is in it */

/**
 * blank_proof: m0 = 0 or mΣ = 0.
 * @param {Group} group
 * @param {FixedBase} key
 * @param {string} context
 * @param {Opened} blank
 * @param {Opened} sum
 * @param {Rng} rng
 */
export function proveBlank(group, key, context, blank, sum, rng) {
  const witnesses = [blank, sum].map(({ secret, message }) => ({ secret, difference: BigInt(message) }));
  return proveOneBranch(group, key, `bproof0|${context}`, witnesses, rng);
}

/**
 * @param {Group} group
 * @param {FixedBase} key
 * @param {string} context
 * @param {Ciphertext} blank
 * @param {Ciphertext} sum
 * @param {readonly Proof[]} proofs
 * @throws {ProofError}
 */
export async function verifyBlank(group, key, context, blank, sum, proofs) {
  await verifyOneBranch(group, key, `bproof0|${context}`, [blank, sum], proofs, "blank_proof (4.13)");
}

/**
 * overall_proof when a blank vote is allowed: m0 = 1 or mΣ is one of `values`.
 * @param {Group} group
 * @param {FixedBase} key
 * @param {string} context
 * @param {Opened} blank
 * @param {Opened} sum
 * @param {readonly number[]} values
 * @param {Rng} rng
 */
export function proveBlankOrInterval(group, key, context, blank, sum, values, rng) {
  const witnesses = [
    { secret: blank.secret, difference: BigInt(blank.message - 1) },
    ...values.map((value) => ({ secret: sum.secret, difference: BigInt(sum.message - value) })),
  ];
  return proveOneBranch(group, key, `bproof1|${context}`, witnesses, rng);
}

/**
 * @param {Group} group
 * @param {FixedBase} key
 * @param {string} context
 * @param {Ciphertext} blank
 * @param {Ciphertext} sum
 * @param {readonly number[]} values
 * @param {readonly Proof[]} proofs
 * @throws {ProofError}
 */
export async function verifyBlankOrInterval(group, key, context, blank, sum, values, proofs) {
  const branches = [less(group, blank, 1), ...values.map((value) => less(group, sum, value))];
  await verifyOneBranch(group, key, `bproof1|${context}`, branches, proofs, "overall_proof (4.13)");
}

// Knowledge of a secret exponent (4.5 for trustees, 4.14 for ballots)

/**
 * @param {Group} group
 * @param {string} prefix
 * @param {bigint} secret
 * @param {Rng} rng
 * @returns {Promise<Proof>}
 */
async function proveKnowledge(group, prefix, secret, rng) {
  const nonce = group.randomScalar(rng);
  const challenge = await hashToScalar(`${prefix}|${group.g.pow(nonce)}`, group.q);
  return { challenge, response: mod(nonce - secret * challenge, group.q) };
}

/**
 * @param {Group} group
 * @param {string} prefix
 * @param {bigint} element g^secret
 * @param {Proof} proof
 * @param {string} what
 * @throws {ProofError}
 */
async function verifyKnowledge(group, prefix, element, { challenge, response }, what) {
  const commitment = group.multiply(group.g.pow(response), group.pow(element, challenge));
  if (challenge !== (await hashToScalar(`${prefix}|${commitment}`, group.q))) throw new ProofError(what);
}

/**
 * pok of a trustee's key (4.5).
 * @param {Group} group
 * @param {bigint} privateKey
 * @param {bigint} publicKey
 * @param {Rng} rng
 */
export function proveKey(group, privateKey, publicKey, rng) {
  return proveKnowledge(group, `pok|${group.name}|${publicKey}`, privateKey, rng);
}

/**
 * @param {Group} group
 * @param {bigint} publicKey
 * @param {Proof} proof
 * @throws {ProofError}
 */
export async function verifyKey(group, publicKey, proof) {
  await verifyKnowledge(group, `pok|${group.name}|${publicKey}`, publicKey, proof, "pok (4.5)");
}

/**
 * Signature of a ballot (4.14).
 * @param {Group} group
 * @param {string} hash of the ballot without its signature
 * @param {bigint} secret of the credential
 * @param {Rng} rng
 */
export function sign(group, hash, secret, rng) {
  return proveKnowledge(group, `sig|${hash}`, secret, rng);
}

/**
 * @param {Group} group
 * @param {string} hash
 * @param {bigint} credential
 * @param {Proof} proof
 * @throws {ProofError}
 */
export async function verifySignature(group, hash, credential, proof) {
  await verifyKnowledge(group, `sig|${hash}`, credential, proof, "signature (4.14)");
}

// Correct partial decryption (4.18)

/**
 * @param {Group} group
 * @param {string} election the fingerprint of the election
 * @param {bigint} privateKey
 * @param {bigint} publicKey
 * @param {bigint} alpha
 * @param {Rng} rng
 * @returns {Promise<Proof>}
 */
export async function proveDecryption(group, election, privateKey, publicKey, alpha, rng) {
  const nonce = group.randomScalar(rng);
  const commitments = `${group.g.pow(nonce)},${group.pow(alpha, nonce)}`;
  const challenge = await hashToScalar(`decrypt|${election}|${publicKey}|${commitments}`, group.q);
  return { challenge, response: mod(nonce - privateKey * challenge, group.q) };
}

/**
 * @param {Group} group
 * @param {string} election
 * @param {bigint} publicKey
 * @param {bigint} alpha
 * @param {bigint} factor
 * @param {Proof} proof
 * @throws {ProofError}
 */
export async function verifyDecryption(group, election, publicKey, alpha, factor, { challenge, response }) {
  const first = group.multiply(group.g.pow(response), group.pow(publicKey, challenge));
  const second = group.multiply(group.pow(alpha, response), group.pow(factor, challenge));
  const expected = await hashToScalar(`decrypt|${election}|${publicKey}|${first},${second}`, group.q);
  if (challenge !== expected) throw new ProofError("decryption_proofs (4.18)");
}
