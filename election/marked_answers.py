"""Encrypted answers to a question by which candidates are marked, with their proofs (4.11.1, 4.12, 4.13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext, encrypt, product
from election.crypto.groups import Group
from election.crypto.hashing import joined
from election.crypto.proofs import (
    BlankStatement,
    Proof,
    Prover,
    prove_blank,
    prove_interval,
    verify_blank,
    verify_interval,
)
from election.crypto.wire import ciphertext_to_json, parse_ciphertext, parse_proofs, proof_to_json
from election.errors import BallotError, ProofError
from election.questions import MarkedQuestion
from election.record.canonical import Json
from election.record.shapes import fields, items

_MARK = range(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedAnswer:
    """One ciphertext for each choice (blank first where allowed), and the proofs that the marks follow the rules."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, ...] | None


def make_marked_answer(
    prover: Prover, statement: str, question: MarkedQuestion, selection: Sequence[int]
) -> tuple[MarkedAnswer, tuple[mpz, ...]]:
    """Encrypt a selection; gives the answer, and the randomness of each of its ciphertexts, which would open it.

    Raises:
        BallotError: Marks that the question does not allow.
    """
    marks = _marks(question, selection)
    secrets = tuple(prover.group.random_scalar(prover.rng) for _ in marks)
    choices = tuple(
        encrypt(prover.group, prover.public_key, mark, secret) for mark, secret in zip(marks, secrets, strict=True)
    )
    individual = tuple(
        prove_interval(prover, statement, choice, secret, mark, _MARK)
        for choice, secret, mark in zip(choices, secrets, marks, strict=True)
    )
    whole = _whole_statement(statement, choices)
    allowed = range(question.minimum, question.maximum + 1)
    group = prover.group
    if question.blank:
        claim = BlankStatement(whole, choices[0], product(group, choices[1:]), allowed)
        overall, blank = prove_blank(
            prover,
            claim,
            is_blank=bool(marks[0]),
            marks=sum(marks[1:]),
            blank_secret=secrets[0],
            total_secret=mpz(sum(secrets[1:])) % group.q,
        )
        answer = MarkedAnswer(choices=choices, individual_proofs=individual, overall_proof=overall, blank_proof=blank)
        return answer, secrets
    overall = prove_interval(prover, whole, product(group, choices), mpz(sum(secrets)) % group.q, sum(marks), allowed)
    return MarkedAnswer(choices=choices, individual_proofs=individual, overall_proof=overall, blank_proof=None), secrets


def verify_marked_answer(
    group: Group, public_key: mpz, statement: str, question: MarkedQuestion, answer: MarkedAnswer
) -> None:
    """Check every proof of an answer; membership of its elements is asked elsewhere.

    Raises:
        ProofError: A proof does not hold.
    """
    for choice, proofs in zip(answer.choices, answer.individual_proofs, strict=True):
        verify_interval(group, public_key, statement, choice, proofs, _MARK)
    whole = _whole_statement(statement, answer.choices)
    allowed = range(question.minimum, question.maximum + 1)
    if question.blank:
        if answer.blank_proof is None:
            raise ProofError("proof-blank-missing")
        claim = BlankStatement(whole, answer.choices[0], product(group, answer.choices[1:]), allowed)
        verify_blank(group, public_key, claim, answer.overall_proof, answer.blank_proof)
    else:
        verify_interval(group, public_key, whole, product(group, answer.choices), answer.overall_proof, allowed)


def parse_marked_answer(message: Json, question: MarkedQuestion, group: Group) -> MarkedAnswer:
    """An answer with as many ciphertexts and proofs as the question asks for.

    Raises:
        ElectionError: Wrong shape, wrong lengths, or numbers that are not canonical.
    """
    names = ("choices", "individual_proofs", "overall_proof") + (("blank_proof",) if question.blank else ())
    read = fields(message, "answer", names)
    answer = MarkedAnswer(
        choices=tuple(parse_ciphertext(item, group) for item in items(read["choices"], "choices")),
        individual_proofs=tuple(
            parse_proofs(item, group, "individual_proofs")
            for item in items(read["individual_proofs"], "individual_proofs")
        ),
        overall_proof=parse_proofs(read["overall_proof"], group, "overall_proof"),
        blank_proof=parse_proofs(read["blank_proof"], group, "blank_proof") if question.blank else None,
    )
    _check_lengths(answer, question)
    return answer


def marked_answer_to_json(answer: MarkedAnswer) -> Json:
    """Fields in the order of 4.11."""
    message: dict[str, Json] = {
        "choices": [ciphertext_to_json(choice) for choice in answer.choices],
        "individual_proofs": [[proof_to_json(proof) for proof in proofs] for proofs in answer.individual_proofs],
        "overall_proof": [proof_to_json(proof) for proof in answer.overall_proof],
    }
    if answer.blank_proof is not None:
        message["blank_proof"] = [proof_to_json(proof) for proof in answer.blank_proof]
    return message


def _marks(question: MarkedQuestion, selection: Sequence[int]) -> list[int]:
    if len(set(selection)) != len(selection) or any(not 0 <= place < len(question.answers) for place in selection):
        raise BallotError("selection-unknown")
    marks = [int(place in selection) for place in range(len(question.answers))]
    if not selection and question.blank:
        return [1, *marks]
    if not question.minimum <= len(selection) <= question.maximum:
        raise BallotError("selection-number", minimum=question.minimum, maximum=question.maximum, found=len(selection))
    return [0, *marks] if question.blank else marks


def _check_lengths(answer: MarkedAnswer, question: MarkedQuestion) -> None:
    overall = question.maximum - question.minimum + 1 + bool(question.blank)
    expected: Sequence[tuple[int, int]] = [
        (len(answer.choices), question.choices),
        (len(answer.individual_proofs), question.choices),
        *((len(proofs), len(_MARK)) for proofs in answer.individual_proofs),
        (len(answer.overall_proof), overall),
        (len(answer.blank_proof or (None, None)), 2),
    ]
    for found, wanted in expected:
        if found != wanted:
            raise BallotError("answer-length", expected=wanted, found=found)


def _whole_statement(statement: str, choices: Sequence[Ciphertext]) -> str:
    # 4.11.1: S is S0, a bar, and all ciphertexts separated by commas.
    return f"{statement}|{','.join(joined(choice.alpha, choice.beta) for choice in choices)}"
