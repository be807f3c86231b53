"""Encrypted answers to any question, with their proofs (specification 4.11): each kind has a module of its own."""

from __future__ import annotations

from typing import Final, assert_never

from gmpy2 import mpz

from election.crypto.groups import Group
from election.crypto.proofs import Prover
from election.marked_answers import (
    MarkedAnswer,
    make_marked_answer,
    marked_answer_to_json,
    parse_marked_answer,
    verify_marked_answer,
)
from election.questions import MarkedQuestion, Question, RankedQuestion
from election.ranked_answers import (
    RankedAnswer,
    make_ranked_answer,
    parse_ranked_answer,
    ranked_answer_to_json,
    verify_ranked_answer,
)
from election.record.canonical import Json

Selection = tuple[int, ...]
"""Places of the marked candidates, or of the ranked ones from the first preference on, from 0; empty means blank."""

Answer = MarkedAnswer | RankedAnswer

_EMPTY_MARKED: Final = '{"choices":[],"individual_proofs":[],"overall_proof":[],"blank_proof":[]},'
_EMPTY_RANKED: Final = '{"choices":,"proof":},'


def make_answer(
    prover: Prover, statement: str, question: Question, selection: Selection
) -> tuple[Answer, tuple[mpz, ...]]:
    """Encrypt a selection; gives the answer, and the randomness of each of its ciphertexts, which would open it.

    Raises:
        BallotError: A selection that the question does not allow.
    """
    match question:
        case MarkedQuestion():
            return make_marked_answer(prover, statement, question, selection)
        case RankedQuestion():
            return make_ranked_answer(prover, statement, question, selection)
        case _:
            assert_never(question)


def verify_answer(group: Group, public_key: mpz, statement: str, question: Question, answer: Answer) -> None:
    """Check every proof of an answer; membership of its elements is asked elsewhere.

    Raises:
        ProofError: A proof does not hold.
        TypeError: The answer is one to another kind of question; ``parse_answer`` gives no such answer.
    """
    match question, answer:
        case MarkedQuestion(), MarkedAnswer():
            verify_marked_answer(group, public_key, statement, question, answer)
        case RankedQuestion(), RankedAnswer():
            verify_ranked_answer(group, public_key, statement, answer)
        case _:
            raise TypeError(answer)


def parse_answer(message: Json, question: Question, group: Group) -> Answer:
    """An answer of the kind, and with as many ciphertexts and proofs, as the question asks for.

    Raises:
        ElectionError: Wrong shape, wrong lengths, or numbers that are not canonical.
    """
    match question:
        case MarkedQuestion():
            return parse_marked_answer(message, question, group)
        case RankedQuestion():
            return parse_ranked_answer(message, group)
        case _:
            assert_never(question)


def answer_to_json(answer: Answer) -> Json:
    """Fields in the order of 4.11."""
    match answer:
        case MarkedAnswer():
            return marked_answer_to_json(answer)
        case RankedAnswer():
            return ranked_answer_to_json(answer)
        case _:
            assert_never(answer)


def max_answer_bytes(question: Question, *, ciphertext: int, proof: int) -> int:
    """The size in bytes that no honest answer exceeds, from the most that a ciphertext and a proof can take."""
    match question:
        case MarkedQuestion():
            overall = question.maximum - question.minimum + 1 + bool(question.blank)
            choices = question.choices * (ciphertext + len("[],") + 2 * proof)
            return len(_EMPTY_MARKED) + choices + (overall + 2 * bool(question.blank)) * proof
        case RankedQuestion():
            return len(_EMPTY_RANKED) + ciphertext + proof
        case _:
            assert_never(question)
