"""Zero-knowledge proofs of the Belenios specification 2.0, protocol version 1.

Every ``verify_*`` raises; none returns a flag. Letters are those of the specification: A and B are commitments, w the
prover's one-time secret. Powers of the generator and of the election's key come from tables when exponents are
public; exponents that must stay secret go through ``Group.secret_power``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext
from election.crypto.groups import Group
from election.crypto.hashing import challenge, joined
from election.crypto.powers import fixed_base, shared_base
from election.errors import ProofError
from election.ids import Rng


@dataclass(frozen=True, slots=True)
class Proof:
    """A challenge and the response to it (4.3)."""

    challenge: mpz
    response: mpz


@dataclass(frozen=True, slots=True)
class Prover:
    """What every proof about ciphertexts shares: group, election key y and the source of randomness."""

    group: Group
    public_key: mpz
    rng: Rng


# ------------------------------------------------------------------------------------------ knowledge of an exponent


def prove_exponent(group: Group, tag: str, statement: str, secret: mpz, rng: Rng) -> Proof:
    """Schnorr: whoever wrote this knows ``secret`` (4.5 with tag ``pok``, 4.14 with tag ``sig``)."""
    w = group.random_scalar(rng)
    commitment = group.secret_power(group.g, w)
    c = challenge(group, tag, statement, str(commitment))
    return Proof(c, (w - secret * c) % group.q)


def verify_exponent(group: Group, tag: str, statement: str, public: mpz, proof: Proof) -> None:
    """Check a proof made by ``prove_exponent`` for ``public`` = g^secret.

    Raises:
        ProofError: It does not hold.
    """
    commitment = fixed_base(group, group.g).power(proof.response) * group.power(public, proof.challenge) % group.p
    if challenge(group, tag, statement, str(commitment)) != proof.challenge:
        raise ProofError("proof-of-knowledge")


# --------------------------------------------------------------------------------------- one of several small numbers


@dataclass(frozen=True, slots=True)
class Branch:
    """One case of a disjunction: ``ciphertext`` encrypts ``number``."""

    ciphertext: Ciphertext
    number: int


def _commit_branch(group: Group, public_key: mpz, branch: Branch, proof: Proof) -> tuple[mpz, mpz]:
    # A = g^response alpha^challenge, B = y^response (beta / g^number)^challenge; g^number is taken out of the last
    # power, so that the only powers without a table are those of alpha and beta.
    g, y, p = fixed_base(group, group.g), fixed_base(group, public_key), group.p
    c, r = proof.challenge, proof.response
    a = g.power(r) * shared_base(group, branch.ciphertext.alpha).power(c) % p
    b = y.power(r) * shared_base(group, branch.ciphertext.beta).power(c) % p
    if branch.number:
        b = b * g.power(-branch.number * c) % p
    return a, b


class _Challenger(Protocol):
    def __call__(self, commitments: str) -> mpz: ...


def _prove_branches(
    prover: Prover, branches: Sequence[Branch], true_branch: int, randomness: mpz, challenger: _Challenger
) -> tuple[Proof, ...]:
    group, rng = prover.group, prover.rng
    proofs: list[Proof] = []
    commitments: list[mpz] = []
    w = group.random_scalar(rng)
    for index, branch in enumerate(branches):
        # The false branches are simulated: response and challenge first, commitments from them.
        simulated = Proof(group.random_scalar(rng), group.random_scalar(rng))
        proofs.append(simulated)
        if index == true_branch:
            commitments += group.secret_power(group.g, w), group.secret_power(prover.public_key, w)
        else:
            commitments += _commit_branch(group, prover.public_key, branch, simulated)
            if not branch.number:
                # The power that any other number asks for: without it the time would tell which branches are simulated.
                fixed_base(group, group.g).power(-simulated.challenge)
    others = sum(proof.challenge for index, proof in enumerate(proofs) if index != true_branch)
    c = (challenger(joined(*commitments)) - others) % group.q
    proofs[true_branch] = Proof(c, (w - randomness * c) % group.q)
    return tuple(proofs)


def _verify_branches(
    group: Group, public_key: mpz, branches: Sequence[Branch], proofs: Sequence[Proof], challenger: _Challenger
) -> None:
    if len(branches) != len(proofs):
        raise ProofError("proof-length", expected=len(branches), found=len(proofs))
    commitments: list[mpz] = []
    for branch, proof in zip(branches, proofs, strict=True):
        commitments += _commit_branch(group, public_key, branch, proof)
    if challenger(joined(*commitments)) != sum(proof.challenge for proof in proofs) % group.q:
        raise ProofError("proof-of-range")


def _interval_challenger(group: Group, statement: str, ciphertext: Ciphertext) -> _Challenger:
    full = f"{statement}|{joined(ciphertext.alpha, ciphertext.beta)}"
    return lambda commitments: challenge(group, "prove", full, commitments)


def prove_interval(
    prover: Prover, statement: str, ciphertext: Ciphertext, randomness: mpz, number: int, interval: range
) -> tuple[Proof, ...]:
    """``iprove`` of 4.12: the ciphertext encrypts a number of the interval, without telling which."""
    branches = [Branch(ciphertext, candidate) for candidate in interval]
    challenger = _interval_challenger(prover.group, statement, ciphertext)
    return _prove_branches(prover, branches, interval.index(number), randomness, challenger)


def verify_interval(
    group: Group, public_key: mpz, statement: str, ciphertext: Ciphertext, proofs: Sequence[Proof], interval: range
) -> None:
    """Check ``prove_interval`` (4.12).

    Raises:
        ProofError: It does not hold.
    """
    branches = [Branch(ciphertext, number) for number in interval]
    _verify_branches(group, public_key, branches, proofs, _interval_challenger(group, statement, ciphertext))


# ------------------------------------------------------------------------------------------------- possibly blank votes


@dataclass(frozen=True, slots=True)
class BlankStatement:
    """A possibly blank answer (4.13): the mark "blank" and the sum of the marks given to candidates."""

    statement: str
    blank: Ciphertext
    total: Ciphertext
    interval: range
    """from min to max, both included"""

    def either_empty(self) -> list[Branch]:
        """Either not blank, or no candidate marked (``blank_proof``)."""
        return [Branch(self.blank, 0), Branch(self.total, 0)]

    def either_blank(self) -> list[Branch]:
        """Either blank, or as many marks as are allowed (``overall_proof``)."""
        return [Branch(self.blank, 1), *(Branch(self.total, number) for number in self.interval)]

    def challenger(self, group: Group, tag: str) -> _Challenger:
        """Hash of 4.13: ``bproof0`` for the first statement, ``bproof1`` for the second."""
        return lambda commitments: challenge(group, tag, self.statement, commitments)


def prove_blank(
    prover: Prover, claim: BlankStatement, *, is_blank: bool, marks: int, blank_secret: mpz, total_secret: mpz
) -> tuple[tuple[Proof, ...], tuple[Proof, ...]]:
    """Both proofs of a possibly blank answer: (overall_proof, blank_proof) of 4.13.1 and 4.13.2."""
    group = prover.group
    blank_proof = _prove_branches(
        prover,
        claim.either_empty(),
        1 if is_blank else 0,
        total_secret if is_blank else blank_secret,
        claim.challenger(group, "bproof0"),
    )
    overall_proof = _prove_branches(
        prover,
        claim.either_blank(),
        0 if is_blank else 1 + claim.interval.index(marks),
        blank_secret if is_blank else total_secret,
        claim.challenger(group, "bproof1"),
    )
    return overall_proof, blank_proof


def verify_blank(
    group: Group, public_key: mpz, claim: BlankStatement, overall_proof: Sequence[Proof], blank_proof: Sequence[Proof]
) -> None:
    """Check both proofs of a possibly blank answer (4.13.3).

    Raises:
        ProofError: One of them does not hold.
    """
    for branches, proofs, tag in (
        (claim.either_empty(), blank_proof, "bproof0"),
        (claim.either_blank(), overall_proof, "bproof1"),
    ):
        _verify_branches(group, public_key, branches, proofs, claim.challenger(group, tag))


# ------------------------------------------------------------------------------------------------- correct decryption


def prove_decryption(group: Group, election_fingerprint: str, secret: mpz, alpha: mpz, rng: Rng) -> tuple[mpz, Proof]:
    """The decryption factor alpha^secret and the proof that it was made with the trustee's key (4.18)."""
    public = group.secret_power(group.g, secret)
    factor = group.secret_power(alpha, secret)
    w = group.random_scalar(rng)
    commitments = joined(group.secret_power(group.g, w), group.secret_power(alpha, w))
    c = challenge(group, "decrypt", f"{election_fingerprint}|{public}", commitments)
    return factor, Proof(c, (w - secret * c) % group.q)


def verify_decryption(
    group: Group, election_fingerprint: str, public: mpz, alpha: mpz, factor: mpz, proof: Proof
) -> None:
    """Check a decryption factor (4.18).

    Raises:
        ProofError: It was not made with the secret of ``public``.
    """
    a = fixed_base(group, group.g).power(proof.response) * group.power(public, proof.challenge) % group.p
    b = group.power(alpha, proof.response) * group.power(factor, proof.challenge) % group.p
    c = challenge(group, "decrypt", f"{election_fingerprint}|{public}", joined(a, b))
    if c != proof.challenge:
        raise ProofError("proof-of-decryption")
