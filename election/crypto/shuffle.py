"""Shuffling: ciphertexts encrypted anew, in an order that only whoever did it knows (section 6, tables 1 to 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext
from election.crypto.groups import Group
from election.crypto.proofs import Prover
from election.ids import Rng


@dataclass(frozen=True, slots=True, kw_only=True)
class Shuffled:
    """Shuffled ciphertexts, and the two secrets of whoever shuffled; these are forgotten once the proof is made."""

    ciphertexts: tuple[Ciphertext, ...]
    randomness: tuple[mpz, ...]
    """r', in the order of the ciphertexts before the shuffle"""
    permutation: tuple[int, ...]
    """j: which ciphertext stands in each place now, from 0"""

    def __repr__(self) -> str:
        return f"Shuffled({len(self.ciphertexts)} ciphertexts, <hidden>)"


def shuffle_ciphertexts(prover: Prover, ciphertexts: Sequence[Ciphertext]) -> Shuffled:
    """``GenShuffle`` (table 1)."""
    permutation = random_permutation(len(ciphertexts), prover.rng)
    randomness = tuple(prover.group.random_scalar(prover.rng) for _ in ciphertexts)
    fresh = [
        _encrypted_anew(prover.group, prover.public_key, ciphertext, secret)
        for ciphertext, secret in zip(ciphertexts, randomness, strict=True)
    ]
    return Shuffled(
        ciphertexts=tuple(fresh[place] for place in permutation), randomness=randomness, permutation=permutation
    )


def random_permutation(size: int, rng: Rng) -> tuple[int, ...]:
    """``GenPermutation`` (table 2): every order is equally likely."""
    left = list(range(size))
    drawn = []
    for place in range(size):
        chosen = place + rng.randbelow(size - place)
        drawn.append(left[chosen])
        left[chosen] = left[place]
    return tuple(drawn)


def _encrypted_anew(group: Group, public_key: mpz, ciphertext: Ciphertext, secret: mpz) -> Ciphertext:
    # GenReEncryption (table 3).
    return Ciphertext(
        ciphertext.alpha * group.secret_power(group.g, secret) % group.p,
        ciphertext.beta * group.secret_power(public_key, secret) % group.p,
    )
