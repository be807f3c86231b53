"""The proof that a shuffle lost, added and changed nothing (specification 4.17 and section 6, tables 4 and 5).

The argument is that of Terelius and Wikström in the form of the CHVote specification 1.3.2; lines are those of the
tables, letters are explained in ``shuffle_statement``. What the prover raises to is secret; the verifier's exponents
are public.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext
from election.crypto.groups import Group
from election.crypto.membership import check_members
from election.crypto.power_products import power_product
from election.crypto.powers import fixed_base
from election.crypto.proofs import Prover
from election.crypto.shuffle import Shuffled
from election.crypto.shuffle_statement import (
    Commitments,
    Responses,
    ShuffleProof,
    ShuffleStatement,
    generators,
    permutation_challenges,
    shuffle_challenge,
)
from election.errors import ProofError
from election.ids import SYSTEM_RNG, Rng

# A forger is found out by the random weights of ``_check_chain`` but with a probability of 2^-128.
_WEIGHT_BOUND: Final = 2**128

# -------------------------------------------------------------------------------------------------------------- proving


def prove_shuffle(
    prover: Prover, election_fingerprint: str, before: Sequence[Ciphertext], shuffled: Shuffled
) -> ShuffleProof:
    """``GenShuffleProof`` (table 4)."""
    group, q = prover.group, prover.group.q
    statement = ShuffleStatement(
        public_key=prover.public_key,
        election_fingerprint=election_fingerprint,
        before=tuple(before),
        after=shuffled.ciphertexts,
    )
    h, h_i = generators(group, len(before))
    c, r = _committed_permutation(prover, shuffled.permutation, h_i)
    u = permutation_challenges(group, statement, c)
    u_prime = tuple(u[place] for place in shuffled.permutation)
    c_hat, r_hat = _committed_chain(prover, h, u_prime)
    omega = _Omega.drawn(prover, len(before))
    t = _commitments(prover, statement, omega, h_i, (h, *c_hat))
    challenge = shuffle_challenge(group, statement, t, c, c_hat)

    # r̂ weighs each r̂_i with the product of the challenges after it (lines 18 to 20).
    v, r_chain = mpz(1), mpz(0)
    for each, following in zip(reversed(r_hat), reversed(u_prime), strict=True):
        r_chain = (r_chain + each * v) % q
        v = v * following % q
    r_tilde = sum((mine * of for mine, of in zip(r, u, strict=True)), mpz(0))
    r_prime = sum((mine * of for mine, of in zip(shuffled.randomness, u, strict=True)), mpz(0))
    s = Responses(
        s1=(omega.w1 + challenge * sum(r, mpz(0))) % q,
        s2=(omega.w2 + challenge * r_chain) % q,
        s3=(omega.w3 + challenge * r_tilde) % q,
        s4=(omega.w4 + challenge * r_prime) % q,
        s_hat=tuple((w + challenge * each) % q for w, each in zip(omega.w_hat, r_hat, strict=True)),
        s_prime=tuple((w + challenge * each) % q for w, each in zip(omega.w_prime, u_prime, strict=True)),
    )
    return ShuffleProof(t=t, s=s, c=c, c_hat=c_hat)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Omega:
    """The one-time secrets of a proof: ω."""

    w1: mpz
    w2: mpz
    w3: mpz
    w4: mpz
    w_hat: tuple[mpz, ...]
    w_prime: tuple[mpz, ...]

    def __repr__(self) -> str:
        return "_Omega(<hidden>)"

    @staticmethod
    def drawn(prover: Prover, number: int) -> _Omega:
        """Fresh ones."""
        w1, w2, w3, w4, *rest = (prover.group.random_scalar(prover.rng) for _ in range(4 + 2 * number))
        return _Omega(w1=w1, w2=w2, w3=w3, w4=w4, w_hat=tuple(rest[:number]), w_prime=tuple(rest[number:]))


def _committed_permutation(
    prover: Prover, permutation: Sequence[int], h_i: Sequence[mpz]
) -> tuple[tuple[mpz, ...], tuple[mpz, ...]]:
    # Table 9: the place j holds a commitment to where the ciphertext j went.
    group = prover.group
    r = tuple(group.random_scalar(prover.rng) for _ in permutation)
    went = {before: after for after, before in enumerate(permutation)}
    c = tuple(group.secret_power(group.g, mine) * h_i[went[place]] % group.p for place, mine in enumerate(r))
    return c, r


def _committed_chain(prover: Prover, first: mpz, u_prime: Sequence[mpz]) -> tuple[tuple[mpz, ...], tuple[mpz, ...]]:
    # Table 12. The permuted challenges are secret: their order is the permutation.
    group = prover.group
    c_hat: list[mpz] = [first]
    r_hat = tuple(group.random_scalar(prover.rng) for _ in u_prime)
    for mine, following in zip(r_hat, u_prime, strict=True):
        c_hat.append(group.secret_power(group.g, mine) * group.secret_power(c_hat[-1], following) % group.p)
    return tuple(c_hat[1:]), r_hat


def _commitments(
    prover: Prover, statement: ShuffleStatement, omega: _Omega, h_i: Sequence[mpz], chain: Sequence[mpz]
) -> Commitments:
    # Lines 10 to 14 of table 4; ``chain`` is ĉ with ĉ_0 before it.
    group, power = prover.group, prover.group.secret_power
    t3, beta, alpha = (
        power(group.g, omega.w3),
        power(prover.public_key, -omega.w4 % group.q),
        power(group.g, -omega.w4 % group.q),
    )
    for w, h, e in zip(omega.w_prime, h_i, statement.after, strict=True):
        t3 = t3 * power(h, w) % group.p
        beta = beta * power(e.beta, w) % group.p
        alpha = alpha * power(e.alpha, w) % group.p
    return Commitments(
        t1=power(group.g, omega.w1),
        t2=power(group.g, omega.w2),
        t3=t3,
        t4=(beta, alpha),
        t_hat=tuple(
            power(group.g, w_hat) * power(before, w) % group.p
            for w_hat, before, w in zip(omega.w_hat, chain, omega.w_prime, strict=False)
        ),
    )


# ------------------------------------------------------------------------------------------------------------ verifying


def verify_shuffle(group: Group, statement: ShuffleStatement, proof: ShuffleProof, *, rng: Rng = SYSTEM_RNG) -> None:
    """``CheckShuffleProof`` (table 5), with the sizes and membership of everything that came with the shuffle.

    That the ciphertexts before it are elements of the group is asked where they came from.

    Raises:
        ProofError: Another number of parts than ciphertexts, or a part that does not hold (codes
            proof-of-shuffle-size, proof-of-shuffle with the line of table 5).
        GroupError: A part lies outside the group.
    """
    _check_sizes(statement, proof)
    after = [part for each in statement.after for part in (each.alpha, each.beta)]
    check_members(group, [*after, *proof.elements()], rng=rng)
    h, h_i = generators(group, len(statement.before))
    u = permutation_challenges(group, statement, proof.c)
    c = shuffle_challenge(group, statement, proof.t, proof.c, proof.c_hat)
    _check_products(group, proof, (h, h_i), u, c)
    _check_ciphertexts(group, statement, proof, u, c)
    _check_chain(group, proof, h, c, rng)


def _check_sizes(statement: ShuffleStatement, proof: ShuffleProof) -> None:
    parts = (statement.after, proof.c, proof.c_hat, proof.t.t_hat, proof.s.s_hat, proof.s.s_prime)
    for part in parts:
        if len(part) != len(statement.before):
            raise ProofError("proof-of-shuffle-size", expected=len(statement.before), found=len(part))


def _check_products(
    group: Group, proof: ShuffleProof, bases: tuple[mpz, Sequence[mpz]], u: Sequence[mpz], c: mpz
) -> None:
    # Lines 17 to 19: c commits to a permutation, and ĉ to the same challenges in its order.
    (h, h_i), p, q = bases, group.p, group.q
    g, s = fixed_base(group, group.g), proof.s
    c_bar = _product(group, proof.c) * group.power(_product(group, h_i), q - 1) % p
    if proof.t.t1 != group.power(c_bar, -c % q) * g.power(s.s1) % p:
        raise ProofError("proof-of-shuffle", line=17)
    product_of_u = mpz(1)
    for each in u:
        product_of_u = product_of_u * each % q
    last = proof.c_hat[-1] if proof.c_hat else h
    c_hat = last * group.power(h, -product_of_u % q) % p
    if proof.t.t2 != group.power(c_hat, -c % q) * g.power(s.s2) % p:
        raise ProofError("proof-of-shuffle", line=18)
    c_tilde = power_product(group, proof.c, u)
    if proof.t.t3 != group.power(c_tilde, -c % q) * g.power(s.s3) * power_product(group, h_i, s.s_prime) % p:
        raise ProofError("proof-of-shuffle", line=19)


def _check_ciphertexts(
    group: Group, statement: ShuffleStatement, proof: ShuffleProof, u: Sequence[mpz], c: mpz
) -> None:
    # Line 20: the ciphertexts follow the same permutation.
    s, p, q = proof.s, group.p, group.q
    sides = (
        (statement.public_key, [each.beta for each in statement.before], [each.beta for each in statement.after]),
        (group.g, [each.alpha for each in statement.before], [each.alpha for each in statement.after]),
    )
    for t4, (base, before, after) in zip(proof.t.t4, sides, strict=True):
        weighed = group.power(power_product(group, before, u), -c % q)
        if t4 != weighed * fixed_base(group, base).power(-s.s4) * power_product(group, after, s.s_prime) % p:
            raise ProofError("proof-of-shuffle", line=20)


def _check_chain(group: Group, proof: ShuffleProof, h: mpz, c: mpz, rng: Rng) -> None:
    """Line 21, for all i at once: the product of all the equations, each to a random power.

    The powers are drawn after the proof is fixed. If an equation does not hold, its sides differ by an element of
    prime order (all of them are known to lie in the group), and the product holds for one power in 2^128 only.
    """
    q = group.q
    weights = [mpz(1 + rng.randbelow(_WEIGHT_BOUND)) for _ in proof.c_hat]
    response = sum((weight * s for weight, s in zip(weights, proof.s.s_hat, strict=True)), mpz(0))
    # ĉ_i stands in the equation i with the power -c, and in the next with s'.
    powers = [-c * weight for weight in weights]
    for place, (weight, s) in enumerate(zip(weights[1:], proof.s.s_prime[1:], strict=True)):
        powers[place] += weight * s
    first = weights[0] * proof.s.s_prime[0] if weights else mpz(0)
    right = power_product(group, [h, *proof.c_hat], [power % q for power in (first, *powers)])
    if power_product(group, proof.t.t_hat, weights) != fixed_base(group, group.g).power(response) * right % group.p:
        raise ProofError("proof-of-shuffle", line=21)


def _product(group: Group, numbers: Sequence[mpz]) -> mpz:
    product = mpz(1)
    for number in numbers:
        product = product * number % group.p
    return product
