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
from election.crypto.groups import RFC_3526_2048, Group
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
from election.errors import ElectionError, ProofError, TrusteeError
from election.ids import SYSTEM_RNG
from election.questions import RankedQuestion
from election.ranked_answers import make_ranked_answer, verify_ranked_answer
from election.trustees import TrusteePrivateKey, parse_trustee_public_key
from election.trustees.certificates import parse_certificate
from election.trustees.channels import derive_channel_keys, inner, sign, verify_signed
from election.trustees.rehearsal import answer_test, new_test, rehearse

SECRET, RANDOMNESS, OTHER = mpz(3**150), mpz(5**100), mpz(7**80)
PUBLIC = GROUP.power(GROUP.g, SECRET)
STATEMENT = "fingerprint|12345"
CIPHERTEXT = encrypt(GROUP, PUBLIC, 1, RANDOMNESS)
NO_MARK = encrypt(GROUP, PUBLIC, 0, OTHER)
PROVER = Prover(GROUP, PUBLIC, SYSTEM_RNG)
TRUSTEE = TrusteePrivateKey(SECRET, GROUP)
REHEARSAL = new_test([TRUSTEE.public()], GROUP)
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


def ranked() -> Callable[[], None]:
    key = RFC_3526_2048.power(RFC_3526_2048.g, SECRET)
    prover = Prover(RFC_3526_2048, key, SYSTEM_RNG)
    answer, _ = make_ranked_answer(prover, STATEMENT, RankedQuestion(("A", "B"), "?"), (1,))
    return lambda: verify_ranked_answer(RFC_3526_2048, key, STATEMENT, answer)


def signed() -> Callable[[], None]:
    keys = derive_channel_keys("1" * 22, GROUP)
    message = sign(keys, "what a trustee says")
    return lambda: verify_signed(message, keys.verification, GROUP)


def rehearsed() -> Callable[[], None]:
    answer = answer_test(TRUSTEE, REHEARSAL)
    return lambda: void(rehearse(REHEARSAL, [answer]))


def void(_: object) -> None:
    """What a check gives does not matter here."""


MADE = {
    "exponent": exponent,
    "interval": interval,
    "blank": blank,
    "decryption": decryption,
    "ranked": ranked,
    "signed": signed,
    "rehearsed": rehearsed,
}
# Fields of the hash: tag, statement and commitments, by 4.5, 4.12, 4.13, 4.18, 4.11.2, 4.6.1 and docs/trustees.md.
FIELDS = {"exponent": 4, "interval": 9, "blank": 7, "decryption": 5, "ranked": 7, "signed": 3, "rehearsed": 7}


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
    with pytest.raises((ProofError, TrusteeError)):
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


# A simulator chooses challenge and response first; what comes out holds, were the challenge not a hash of all of it.
CHOSEN = mpz(17**30)
TWO = Ciphertext(CIPHERTEXT.alpha, CIPHERTEXT.beta * GROUP.g % GROUP.p)


def simulated(parts: int = 1) -> tuple[Proof, ...]:
    challenges = [mpz(3 + place) for place in range(parts - 1)]
    challenges.append((CHOSEN - sum(challenges)) % GROUP.q)
    return tuple(Proof(each, GROUP.random_scalar(SYSTEM_RNG)) for each in challenges)


FALSE_CLAIMS: dict[str, Callable[[], None]] = {
    "to know the secret of a key that is another's": lambda: verify_exponent(
        GROUP, "pok", f"{GROUP.name}|{PUBLIC}", PUBLIC, simulated()[0]
    ),
    "that two marks are none or one": lambda: verify_interval(GROUP, PUBLIC, STATEMENT, TWO, simulated(2), range(2)),
    "that a vote is blank and has two marks": lambda: verify_blank(
        GROUP, PUBLIC, BlankStatement(STATEMENT, CIPHERTEXT, TWO, range(1, 2)), simulated(2), simulated(2)
    ),
    "that a factor is the power of the secret": lambda: verify_decryption(
        GROUP, "fingerprint", PUBLIC, CIPHERTEXT.alpha, GROUP.g, simulated()[0]
    ),
}


@pytest.mark.parametrize("name", FALSE_CLAIMS)
def test_a_simulated_proof_of_a_lie_holds_for_the_challenge_it_was_made_for_and_for_no_other(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(proofs, "challenge", lambda *_: CHOSEN)
        FALSE_CLAIMS[name]()
    with pytest.raises(ProofError):
        FALSE_CLAIMS[name]()


def test_a_verification_key_fitted_to_a_signature_certifies_nothing() -> None:
    """The hash of a signature holds no key (4.6.1); a certificate names it in what is signed."""
    keys = derive_channel_keys("1" * 22, GROUP)
    message = inner({"verification": str(keys.verification), "encryption": str(keys.encryption)})
    commitment, response = GROUP.power(GROUP.g, mpz(11**60)), mpz(13**50)
    c = proofs.challenge(GROUP, "sigmsg", message, str(commitment))
    fitting = commitment * invert(GROUP.power(GROUP.g, response), GROUP.p) % GROUP.p
    fitted = GROUP.power(fitting, invert(c, GROUP.q))
    verify_exponent(GROUP, "sigmsg", message, fitted, Proof(c, response))
    certified = inner({"verification": str(fitted), "encryption": str(keys.encryption)})
    for said in (message, certified):
        forged = {"message": said, "signature": {"challenge": str(c), "response": str(response)}}
        with pytest.raises(ElectionError) as caught:
            parse_certificate(forged, GROUP)
        assert caught.value.code == "certificate-signature"
