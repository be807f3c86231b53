"""What is said when a shuffle is proved, and how it is hashed (specification 4.17 and section 6, tables 6 to 13).

Letters are those of the tables: e and e' are the ciphertexts before and after, c commits to the permutation, ĉ
(``c_hat``) is the chain of commitments to the permuted challenges u', t are the commitments of the proof and s its
responses.

The independent generators are derived from their numbers by everybody anew: nobody can know a relation between them
(Swiss Post 2019, where whoever set up the election could).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext
from election.crypto.groups import Group
from election.errors import GroupError

_SECONDARY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitments:
    """``shuffle_commitment_rand``: t."""

    t1: mpz
    t2: mpz
    t3: mpz
    t4: tuple[mpz, mpz]
    t_hat: tuple[mpz, ...]

    def hashed(self) -> str:
        """str_t of table 4."""
        return f"{_listed((self.t1, self.t2, self.t3, *self.t4))}{_listed(self.t_hat)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Responses:
    """``shuffle_response``: s."""

    s1: mpz
    s2: mpz
    s3: mpz
    s4: mpz
    s_hat: tuple[mpz, ...]
    s_prime: tuple[mpz, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShuffleProof:
    """``shuffle_proof``: π."""

    t: Commitments
    s: Responses
    c: tuple[mpz, ...]
    c_hat: tuple[mpz, ...]

    def elements(self) -> tuple[mpz, ...]:
        """Every group element of it."""
        t = self.t
        return (t.t1, t.t2, t.t3, *t.t4, *t.t_hat, *self.c, *self.c_hat)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShuffleStatement:
    """What is proved: e' is e in another order, in this election."""

    public_key: mpz
    election_fingerprint: str
    before: tuple[Ciphertext, ...]
    after: tuple[Ciphertext, ...]

    def hashed(self, c: Sequence[mpz]) -> str:
        """str_c of table 4."""
        return _ciphertexts_listed(self.before) + _ciphertexts_listed(self.after) + _listed(c)


# ------------------------------------------------------------------------------------------------ generators and hashes


def generators(group: Group, number: int) -> tuple[mpz, tuple[mpz, ...]]:
    """The secondary generator h and the h_i (tables 6 to 8).

    Raises:
        GroupError: One of them is trivial or comes twice, which the specification calls for and nobody will see.
    """
    secondary, *others = (_generator(group, index) for index in (_SECONDARY, *range(number)))
    if len({secondary, *others}) != number + 1 or {secondary, *others} & {mpz(0), mpz(1), group.g}:
        raise GroupError("shuffle-generators")
    return secondary, tuple(others)


def _generator(group: Group, index: int) -> mpz:
    digest = hashlib.sha256(f"ggen|{index}".encode()).digest()
    return group.power(mpz(int.from_bytes(digest)), mpz((group.p - 1) // group.q))


def _listed(numbers: Sequence[mpz]) -> str:
    # Table 10: a comma after each, also after the last.
    return "".join(f"{number}," for number in numbers)


def _ciphertexts_listed(ciphertexts: Sequence[Ciphertext]) -> str:
    return _listed([part for each in ciphertexts for part in (each.alpha, each.beta)])


def permutation_challenges(group: Group, statement: ShuffleStatement, c: Sequence[mpz]) -> tuple[mpz, ...]:
    """The challenges u of table 11: one challenge for each ciphertext."""
    text = f"shuffle-challenges|{statement.election_fingerprint}|{statement.hashed(c)}"
    whole = hashlib.sha256(text.encode()).hexdigest()
    numbered = (hashlib.sha256(str(place).encode()).hexdigest() for place in range(len(statement.before)))
    return tuple(_as_scalar(group, whole + each) for each in numbered)


def shuffle_challenge(
    group: Group, statement: ShuffleStatement, t: Commitments, c: Sequence[mpz], c_hat: Sequence[mpz]
) -> mpz:
    """The challenge c of table 13."""
    said = f"{t.hashed()}{statement.hashed(c)}{_listed(c_hat)}{statement.public_key}"
    return _as_scalar(group, f"shuffle-challenge|{statement.election_fingerprint}|{said}")


def _as_scalar(group: Group, text: str) -> mpz:
    return mpz(int.from_bytes(hashlib.sha256(text.encode()).digest())) % group.q
