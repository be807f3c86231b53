"""Proofs made without knowing what they claim: simulated, with a hash that leaves something out, or for a statement
chosen afterwards (Bernhard, Pereira and Warinschi 2012). None holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator

import pytest
from gmpy2 import invert, mpz

import election.crypto.proofs as proofs
from election.crypto.elgamal import Ciphertext, encrypt
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import Group
from election.crypto.proofs import (
    BlankStatement,
    Proof,
    Prover,
    prove_blank,
    prove_decryption,
    prove_exponent,
    prove_interval,
    verify_blank,
    verify_decryption,
    verify_exponent,
    verify_interval,
)
from election.errors import ProofError, TrusteeError
from election.ids import SYSTEM_RNG
from election.trustees import parse_trustee_public_key

SECRET, RANDOMNESS, OTHER = mpz(3**150), mpz(5**100), mpz(7**80)
PUBLIC = GROUP.power(GROUP.g, SECRET)
STATEMENT = "fingerprint|12345"
CIPHERTEXT = encrypt(GROUP, PUBLIC, 1, RANDOMNESS)
NO_MARK = encrypt(GROUP, PUBLIC, 0, OTHER)
PROVER = Prover(GROUP, PUBLIC, SYSTEM_RNG)
BLANK = BlankStatement(STATEMENT, NO_MARK, CIPHERTEXT, range(1, 3))


def exponent() -> Callable[[], None]:
    proof = prove_exponent(GROUP, "pok", f"{GROUP.name}|{PUBLIC}", SECRET, SYSTEM_RNG)
    return lambda: verify_exponent(GROUP, "pok", f"{GROUP.name}|{PUBLIC}", PUBLIC, proof)


def interval() -> Callable[[], None]:
    found = prove_interval(PROVER, STATEMENT, CIPHERTEXT, RANDOMNESS, 1, range(2))
    return lambda: verify_interval(GROUP, PUBLIC, STATEMENT, CIPHERTEXT, found, range(2))


def blank() -> Callable[[], None]:
    found = prove_blank(PROVER, BLANK, is_blank=False, marks=1, blank_secret=OTHER, total_secret=RANDOMNESS)
    return lambda: verify_blank(GROUP, PUBLIC, BLANK, *found)


def decryption() -> Callable[[], None]:
    factor, proof = prove_decryption(GROUP, "fingerprint", SECRET, CIPHERTEXT.alpha, SYSTEM_RNG)
    return lambda: verify_decryption(GROUP, "fingerprint", PUBLIC, CIPHERTEXT.alpha, factor, proof)


MADE = {"exponent": exponent, "interval": interval, "blank": blank, "decryption": decryption}
# Fields of the hash: tag, statement and commitments, by 4.5, 4.12, 4.13 and 4.18.
FIELDS = {"exponent": 4, "interval": 9, "blank": 7, "decryption": 5}


def hash_without(number: int) -> Callable[[Group, str, str, str], mpz]:
    """The hash of a prover who leaves out one field."""

    def challenge(group: Group, tag: str, statement: str, commitments: str) -> mpz:
        parts = re.split("[|,]", f"{tag}|{statement}|{commitments}")
        del parts[number]
        return mpz(int.from_bytes(hashlib.sha256("|".join(parts).encode()).digest())) % group.q

    return challenge


def every_field() -> Iterator[tuple[str, int]]:
    return ((name, number) for name, fields in FIELDS.items() for number in range(fields))


@pytest.mark.parametrize(("name", "number"), [*every_field()])
def test_a_field_that_the_prover_left_out_of_the_hash_is_missed(
    name: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(proofs, "challenge", hash_without(number))
        verify = MADE[name]()
        verify()  # whoever leaves out the same takes it
    with pytest.raises(ProofError):
        verify()


@pytest.mark.parametrize("name", MADE)
def test_the_fields_of_the_hash_are_all_counted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []

    def spy(group: Group, tag: str, statement: str, commitments: str) -> mpz:
        hashed.append(f"{tag}|{statement}|{commitments}")
        return mpz(1)

    monkeypatch.setattr(proofs, "challenge", spy)
    MADE[name]()
    assert len(re.split("[|,]", hashed[0])) == FIELDS[name]


def test_a_simulated_proof_of_knowledge_is_refused() -> None:
    """Response and challenge chosen first fit their commitment, but the hash of it is another challenge."""
    for _ in range(20):
        simulated = Proof(GROUP.random_scalar(SYSTEM_RNG), GROUP.random_scalar(SYSTEM_RNG))
        with pytest.raises(ProofError):
            verify_exponent(GROUP, "pok", "x", PUBLIC, simulated)


def test_simulated_proofs_of_an_interval_and_of_a_decryption_are_refused() -> None:
    def drawn() -> Proof:
        return Proof(GROUP.random_scalar(SYSTEM_RNG), GROUP.random_scalar(SYSTEM_RNG))

    for _ in range(10):
        with pytest.raises(ProofError):
            verify_interval(GROUP, PUBLIC, STATEMENT, CIPHERTEXT, (drawn(), drawn()), range(2))
        with pytest.raises(ProofError):
            verify_blank(GROUP, PUBLIC, BLANK, (drawn(), drawn(), drawn()), (drawn(), drawn()))
        with pytest.raises(ProofError):
            verify_decryption(GROUP, "fingerprint", PUBLIC, CIPHERTEXT.alpha, CIPHERTEXT.beta, drawn())


def test_a_key_chosen_after_its_proof_is_refused_because_the_hash_holds_the_key() -> None:
    """With a hash of the commitment alone, the key that fits can be computed, and nobody knows its secret."""
    commitment, response = GROUP.power(GROUP.g, mpz(11**60)), mpz(13**50)
    c = proofs.challenge(GROUP, "pok", "weak", str(commitment))
    fitting = commitment * invert(GROUP.power(GROUP.g, response), GROUP.p) % GROUP.p
    key = GROUP.power(fitting, invert(c, GROUP.q))
    verify_exponent(GROUP, "pok", "weak", key, Proof(c, response))
    message = {"pok": {"challenge": str(c), "response": str(response)}, "public_key": str(key)}
    with pytest.raises(TrusteeError):
        parse_trustee_public_key(message, GROUP)


def test_a_factor_other_than_the_power_of_the_secret_has_no_proof() -> None:
    factor, proof = prove_decryption(GROUP, "fingerprint", SECRET, CIPHERTEXT.alpha, SYSTEM_RNG)
    for wrong in (factor * GROUP.g % GROUP.p, CIPHERTEXT.alpha):
        with pytest.raises(ProofError):
            verify_decryption(GROUP, "fingerprint", PUBLIC, CIPHERTEXT.alpha, wrong, proof)


@pytest.mark.parametrize("claimed", [0, 1])
def test_a_prover_who_does_not_know_the_randomness_proves_nothing(claimed: int) -> None:
    copied = Ciphertext(CIPHERTEXT.alpha * GROUP.g % GROUP.p, CIPHERTEXT.beta * PUBLIC % GROUP.p)
    found = prove_interval(PROVER, STATEMENT, copied, RANDOMNESS, claimed, range(2))
    with pytest.raises(ProofError):
        verify_interval(GROUP, PUBLIC, STATEMENT, copied, found, range(2))
