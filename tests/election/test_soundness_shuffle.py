"""The proof of a shuffle made without a shuffle: every number that its two hashes hold is missed, and a simulated proof
of a lie holds for no challenge but its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from gmpy2 import invert, mpz

from election.crypto import shuffle_proof, shuffle_statement
from election.crypto.elgamal import Ciphertext, encrypt_element
from election.crypto.embedding import encode_numbers
from election.crypto.groups import RFC_3526_2048 as GROUP
from election.crypto.proofs import Prover
from election.crypto.shuffle import shuffle_ciphertexts
from election.crypto.shuffle_proof import prove_shuffle, verify_shuffle
from election.crypto.shuffle_statement import (
    Commitments,
    Responses,
    ShuffleProof,
    ShuffleStatement,
    generators,
    permutation_challenges,
)
from election.errors import ProofError
from election.ids import SYSTEM_RNG

KEY = GROUP.power(GROUP.g, mpz(987654321))
PROVER = Prover(GROUP, KEY, SYSTEM_RNG)
ELECTION = "fingerprint"


def encrypted(*numbers: int) -> Ciphertext:
    return encrypt_element(GROUP, KEY, encode_numbers(GROUP, numbers), GROUP.random_scalar(SYSTEM_RNG))


BEFORE = (encrypted(1, 2), encrypted(2, 1))
SHUFFLED = shuffle_ciphertexts(PROVER, BEFORE)
STATEMENT = ShuffleStatement(public_key=KEY, election_fingerprint=ELECTION, before=BEFORE, after=SHUFFLED.ciphertexts)
# Table 11: tag, election, e and e' (two numbers each), c. Table 13: tag, election, t, e, e', c, ĉ, key.
FIELDS = {"shuffle-challenges": 2 + 4 + 4 + 2, "shuffle-challenge": 2 + 5 + 2 + 4 + 4 + 2 + 2 + 1}


def fields_of(text: str) -> list[str]:
    """What is hashed, number by number; a comma after the last of a list is no field."""
    return [each for each in re.split("[|,]", text) if each]


class Hasher:
    """SHA-256 of a prover who leaves out one field of one of the hashes."""

    def __init__(self, tag: str, number: int) -> None:
        self.tag, self.number = tag, number
        self.seen: set[int] = set()

    def sha256(self, content: bytes) -> Any:
        text = content.decode()
        if text.startswith(f"{self.tag}|"):
            parts = fields_of(text)
            self.seen.add(len(parts))
            del parts[self.number]
            content = "|".join(parts).encode()
        return hashlib.sha256(content)


@pytest.mark.parametrize(("tag", "number"), [(tag, number) for tag, count in FIELDS.items() for number in range(count)])
def test_a_field_that_the_prover_left_out_of_a_hash_is_missed(
    tag: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    generators(GROUP, len(BEFORE))
    hasher = Hasher(tag, number)
    with monkeypatch.context() as patched:
        patched.setattr(shuffle_statement, "hashlib", SimpleNamespace(sha256=hasher.sha256))
        proof = prove_shuffle(PROVER, ELECTION, BEFORE, SHUFFLED)
        verify_shuffle(GROUP, STATEMENT, proof)  # whoever leaves out the same takes it
    assert hasher.seen == {FIELDS[tag]}
    with pytest.raises(ProofError):
        verify_shuffle(GROUP, STATEMENT, proof)


def random_elements(number: int) -> tuple[mpz, ...]:
    return tuple(GROUP.power(GROUP.g, GROUP.random_scalar(SYSTEM_RNG)) for _ in range(number))


def product_of(bases: Sequence[mpz], exponents: Sequence[mpz]) -> mpz:
    product = mpz(1)
    for base, exponent in zip(bases, exponents, strict=True):
        product = product * GROUP.power(base, exponent) % GROUP.p
    return product


def simulated(statement: ShuffleStatement, challenge: mpz) -> ShuffleProof:
    """Responses and challenge first, the commitments from them (table 5, lines 11 to 21), for any ciphertexts."""
    p, q, size = GROUP.p, GROUP.q, len(statement.before)
    h, h_i = generators(GROUP, size)
    c, c_hat = random_elements(size), random_elements(size)
    u = permutation_challenges(GROUP, statement, c)
    s1, s2, s3, s4, *rest = (GROUP.random_scalar(SYSTEM_RNG) for _ in range(4 + 2 * size))
    s_hat, s_prime = tuple(rest[:size]), tuple(rest[size:])

    def committed(of: mpz, response: mpz) -> mpz:
        return GROUP.power(of, -challenge % q) * GROUP.power(GROUP.g, response) % p

    ones = [mpz(1)] * size
    c_bar = product_of(c, ones) * invert(product_of(h_i, ones), p) % p
    whole = mpz(1)
    for each in u:
        whole = whole * each % q
    last = c_hat[-1] * invert(GROUP.power(h, whole), p) % p
    chain = (h, *c_hat[:-1])

    def of_side(base: mpz, before: Sequence[mpz], after: Sequence[mpz]) -> mpz:
        weighed = GROUP.power(product_of(before, u), -challenge % q)
        return weighed * GROUP.power(base, -s4 % q) * product_of(after, s_prime) % p

    t = Commitments(
        t1=committed(c_bar, s1),
        t2=committed(last, s2),
        t3=committed(product_of(c, u), s3) * product_of(h_i, s_prime) % p,
        t4=(
            of_side(statement.public_key, [e.beta for e in statement.before], [e.beta for e in statement.after]),
            of_side(GROUP.g, [e.alpha for e in statement.before], [e.alpha for e in statement.after]),
        ),
        t_hat=tuple(
            committed(each, s) * GROUP.power(before, following) % p
            for each, s, before, following in zip(c_hat, s_hat, chain, s_prime, strict=True)
        ),
    )
    return ShuffleProof(t=t, s=Responses(s1=s1, s2=s2, s3=s3, s4=s4, s_hat=s_hat, s_prime=s_prime), c=c, c_hat=c_hat)


@pytest.mark.parametrize("lie", ["a vote twice", "another vote", "no lie"])
def test_a_simulated_proof_holds_for_the_challenge_it_was_made_for_and_for_no_other(
    lie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = shuffle_ciphertexts(PROVER, BEFORE[:1]).ciphertexts[0]
    after = {
        "a vote twice": (SHUFFLED.ciphertexts[0], again),
        "another vote": (SHUFFLED.ciphertexts[0], encrypted(0, 0)),
        "no lie": SHUFFLED.ciphertexts,
    }[lie]
    statement = ShuffleStatement(public_key=KEY, election_fingerprint=ELECTION, before=BEFORE, after=after)
    chosen = mpz(17**30)
    proof = simulated(statement, chosen)
    with monkeypatch.context() as patched:
        patched.setattr(shuffle_proof, "shuffle_challenge", lambda *_: chosen)
        verify_shuffle(GROUP, statement, proof)
    with pytest.raises(ProofError):
        verify_shuffle(GROUP, statement, proof)
