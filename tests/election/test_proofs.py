"""A proof holds for what it says and for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext, encrypt, encrypt_element, product
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.powers import FixedBase
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
from election.crypto.wire import parse_proof, proof_to_json
from election.errors import GroupError, ProofError
from election.ids import SYSTEM_RNG
from tests.election.forging import ScriptedRng

SECRET = mpz(123456789)
PUBLIC = GROUP.power(GROUP.g, SECRET)
Y = GROUP.power(GROUP.g, mpz(987654321))
PROVER = Prover(GROUP, Y, SYSTEM_RNG)
R = mpz(31415926535)
STATEMENT = "fingerprint|credential"
Proofs = tuple[Proof, ...]
Tampering = dict[str, Callable[[Proof], Proof]]

TAMPERING: Tampering = {
    "challenge + 1": lambda proof: Proof((proof.challenge + 1) % GROUP.q, proof.response),
    "response + 1": lambda proof: Proof(proof.challenge, (proof.response + 1) % GROUP.q),
    "response negated": lambda proof: Proof(proof.challenge, -proof.response % GROUP.q),
    "swapped": lambda proof: Proof(proof.response, proof.challenge),
    "zeros": lambda _: Proof(mpz(0), mpz(0)),
}


def ciphertext_of(number: int, randomness: mpz = R) -> Ciphertext:
    """Also of numbers that ``encrypt`` refuses."""
    zero = encrypt(GROUP, Y, 0, randomness)
    return Ciphertext(zero.alpha, zero.beta * GROUP.power(GROUP.g, mpz(number)) % GROUP.p)


def tampered(proofs: Proofs) -> list[Proofs]:
    """Every proof of a row changed in every way, one at a time."""
    return [
        (*proofs[:place], change(proofs[place]), *proofs[place + 1 :])
        for place in range(len(proofs))
        for change in TAMPERING.values()
    ]


def refused(verify: Callable[..., None], *arguments: object) -> None:
    with pytest.raises(ProofError):
        verify(*arguments)


# ------------------------------------------------------------------------------------------ knowledge of an exponent


def test_knowledge_of_an_exponent_is_proved_for_one_tag_statement_and_key() -> None:
    proof = prove_exponent(GROUP, "sig", "hash", SECRET, SYSTEM_RNG)
    verify_exponent(GROUP, "sig", "hash", PUBLIC, proof)
    refused(verify_exponent, GROUP, "pok", "hash", PUBLIC, proof)
    refused(verify_exponent, GROUP, "sig", "hasH", PUBLIC, proof)
    refused(verify_exponent, GROUP, "sig", "hash", Y, proof)
    for (wrong,) in tampered((proof,)):
        refused(verify_exponent, GROUP, "sig", "hash", PUBLIC, wrong)


def test_a_proof_alone_does_not_see_an_element_of_order_two() -> None:
    """With an even challenge it holds for the negated key too: this is why membership is asked of every element."""
    proof = next(
        proof
        for proof in (prove_exponent(GROUP, "sig", "hash", SECRET, SYSTEM_RNG) for _ in range(200))
        if proof.challenge % 2 == 0
    )
    verify_exponent(GROUP, "sig", "hash", GROUP.p - PUBLIC, proof)
    assert not GROUP.has_member(GROUP.p - PUBLIC)


def test_a_one_time_secret_of_zero_makes_a_proof_that_holds() -> None:
    verify_exponent(GROUP, "sig", "hash", PUBLIC, prove_exponent(GROUP, "sig", "hash", SECRET, ScriptedRng(0)))


def test_two_proofs_of_the_same_statement_differ() -> None:
    first, second = (prove_exponent(GROUP, "sig", "hash", SECRET, SYSTEM_RNG) for _ in range(2))
    assert first != second


@pytest.mark.parametrize("name", ["challenge", "response"])
def test_a_scalar_with_q_added_is_refused_when_it_is_read(name: str) -> None:
    """It would verify all the same, and give a second tracker to the same ballot."""
    message = proof_to_json(prove_exponent(GROUP, "sig", "hash", SECRET, SYSTEM_RNG))
    parse_proof(message, GROUP)
    message[name] = str(int(message[name]) + GROUP.q)
    with pytest.raises(GroupError) as caught:
        parse_proof(message, GROUP)
    assert caught.value.code == "number-out-of-range"


# --------------------------------------------------------------------------------------- one of several small numbers


@pytest.mark.parametrize("interval", [range(2), range(1, 4), range(3, 4)], ids=str)
def test_each_number_of_an_interval_can_be_proved(interval: range) -> None:
    for number in interval:
        ciphertext = ciphertext_of(number)
        proofs = prove_interval(PROVER, STATEMENT, ciphertext, R, number, interval)
        assert len(proofs) == len(interval)
        verify_interval(GROUP, Y, STATEMENT, ciphertext, proofs, interval)


def test_an_interval_proof_holds_for_one_statement_ciphertext_key_and_interval() -> None:
    ciphertext = ciphertext_of(1)
    proofs = prove_interval(PROVER, STATEMENT, ciphertext, R, 1, range(2))
    for wrong in tampered(proofs):
        refused(verify_interval, GROUP, Y, STATEMENT, ciphertext, wrong, range(2))
    for statement in ("otherprint|credential", "fingerprint|credentiaL", "", STATEMENT + "|"):
        refused(verify_interval, GROUP, Y, statement, ciphertext, proofs, range(2))
    for other in (
        ciphertext_of(0),
        ciphertext_of(1, R + 1),
        replace(ciphertext, alpha=GROUP.p - ciphertext.alpha),
        replace(ciphertext, beta=GROUP.p - ciphertext.beta),
        Ciphertext(ciphertext.beta, ciphertext.alpha),
    ):
        refused(verify_interval, GROUP, Y, STATEMENT, other, proofs, range(2))
    refused(verify_interval, GROUP, PUBLIC, STATEMENT, ciphertext, proofs, range(2))
    refused(verify_interval, GROUP, Y, STATEMENT, ciphertext, proofs[::-1], range(2))
    refused(verify_interval, GROUP, Y, STATEMENT, ciphertext, proofs, range(1, 3))


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_proof_with_more_or_fewer_parts_than_the_interval_is_refused(number: int) -> None:
    ciphertext = ciphertext_of(0)
    proofs = prove_interval(PROVER, STATEMENT, ciphertext, R, 0, range(2))
    with pytest.raises(ProofError) as caught:
        verify_interval(GROUP, Y, STATEMENT, ciphertext, (proofs * 2)[:number], range(2))
    assert caught.value.code == "proof-length"


@pytest.mark.parametrize("number", [2, -1, 1000])
@pytest.mark.parametrize("claimed", [0, 1])
def test_an_encryption_of_another_number_cannot_be_proved_to_be_zero_or_one(number: int, claimed: int) -> None:
    ciphertext = ciphertext_of(number)
    proofs = prove_interval(PROVER, STATEMENT, ciphertext, R, claimed, range(2))
    refused(verify_interval, GROUP, Y, STATEMENT, ciphertext, proofs, range(2))


# ------------------------------------------------------------------------------------------------- possibly blank votes


def blank_claim(blank: int, marks: int) -> BlankStatement:
    return BlankStatement(STATEMENT, ciphertext_of(blank), ciphertext_of(marks, R + 1), range(1, 3))


def prove(claim: BlankStatement, *, is_blank: bool, marks: int) -> tuple[Proofs, Proofs]:
    return prove_blank(PROVER, claim, is_blank=is_blank, marks=marks, blank_secret=R, total_secret=R + 1)


@pytest.mark.parametrize(("blank", "marks"), [(1, 0), (0, 1), (0, 2)])
def test_a_blank_vote_and_each_allowed_number_of_marks_can_be_proved(blank: int, marks: int) -> None:
    claim = blank_claim(blank, marks)
    verify_blank(GROUP, Y, claim, *prove(claim, is_blank=bool(blank), marks=marks))


@pytest.mark.parametrize(("blank", "marks"), [(0, 0), (0, 3), (1, 1), (1, 2)])
@pytest.mark.parametrize("lie", [(True, 1), (False, 1), (False, 2)])
def test_no_lie_proves_an_empty_vote_too_many_marks_or_marks_beside_blank(
    blank: int, marks: int, lie: tuple[bool, int]
) -> None:
    claim = blank_claim(blank, marks)
    refused(verify_blank, GROUP, Y, claim, *prove(claim, is_blank=lie[0], marks=lie[1]))


@pytest.mark.parametrize("is_blank", [True, False])
def test_the_proofs_of_a_possibly_blank_vote_hold_for_nothing_else(is_blank: bool) -> None:
    claim = blank_claim(int(is_blank), int(not is_blank))
    overall, blank = prove(claim, is_blank=is_blank, marks=int(not is_blank))
    for wrong in tampered(overall):
        refused(verify_blank, GROUP, Y, claim, wrong, blank)
    for wrong in tampered(blank):
        refused(verify_blank, GROUP, Y, claim, overall, wrong)
    refused(verify_blank, GROUP, Y, claim, overall, blank[::-1])
    refused(verify_blank, GROUP, Y, claim, overall[::-1], blank)
    refused(verify_blank, GROUP, Y, claim, overall[:-1], blank)
    refused(verify_blank, GROUP, Y, claim, blank, overall)
    refused(verify_blank, GROUP, PUBLIC, claim, overall, blank)
    refused(verify_blank, GROUP, Y, replace(claim, statement="other"), overall, blank)
    refused(verify_blank, GROUP, Y, replace(claim, interval=range(3)), overall, blank)
    refused(verify_blank, GROUP, Y, replace(claim, blank=claim.total, total=claim.blank), overall, blank)
    other = product(GROUP, (claim.total, ciphertext_of(0)))
    refused(verify_blank, GROUP, Y, replace(claim, total=other), overall, blank)


# ------------------------------------------------------------------------------------------------- correct decryption


def test_a_decryption_is_proved_for_one_election_key_ciphertext_and_factor() -> None:
    alpha = ciphertext_of(1).alpha
    factor, proof = prove_decryption(GROUP, "print", SECRET, alpha, SYSTEM_RNG)
    assert factor == GROUP.power(alpha, SECRET)
    verify_decryption(GROUP, "print", PUBLIC, alpha, factor, proof)
    refused(verify_decryption, GROUP, "other", PUBLIC, alpha, factor, proof)
    refused(verify_decryption, GROUP, "print", Y, alpha, factor, proof)
    refused(verify_decryption, GROUP, "print", PUBLIC, alpha * GROUP.g % GROUP.p, factor, proof)
    refused(verify_decryption, GROUP, "print", PUBLIC, alpha, factor * GROUP.g % GROUP.p, proof)
    for (wrong,) in tampered((proof,)):
        refused(verify_decryption, GROUP, "print", PUBLIC, alpha, factor, wrong)


def test_the_decryption_of_an_empty_tally_is_the_identity_with_a_proof() -> None:
    factor, proof = prove_decryption(GROUP, "print", SECRET, mpz(1), SYSTEM_RNG)
    assert factor == 1
    verify_decryption(GROUP, "print", PUBLIC, mpz(1), factor, proof)


@pytest.mark.parametrize("interval", [range(2), range(4), range(1, 3)])
def test_the_work_of_a_proof_does_not_tell_the_number(interval: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """It took 4 % longer to prove a candidate unmarked than marked."""
    powers: list[bool] = []
    power = FixedBase.power

    def counted(base: FixedBase, exponent: mpz) -> mpz:
        powers.append(exponent != 0)
        return power(base, exponent)

    monkeypatch.setattr(FixedBase, "power", counted)
    work = set()
    for number in interval:
        powers.clear()
        secret = GROUP.random_scalar(SYSTEM_RNG)
        ciphertext = encrypt_element(GROUP, PROVER.public_key, GROUP.power(GROUP.g, mpz(number)), secret)
        proofs = prove_interval(PROVER, "S", ciphertext, secret, number, interval)
        work.add((len(powers), sum(powers)))
        verify_interval(GROUP, PROVER.public_key, "S", ciphertext, proofs, interval)
    assert len(work) == 1
