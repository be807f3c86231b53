"""Encrypted answers to a ranked question: one ciphertext of all ranks, and who made it knows them (4.11.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext, encrypt_element
from election.crypto.embedding import encode_numbers
from election.crypto.groups import Group
from election.crypto.hashing import joined
from election.crypto.proofs import Proof, Prover, prove_exponent, verify_exponent
from election.crypto.wire import ciphertext_to_json, parse_ciphertext, parse_proof, proof_to_json
from election.errors import BallotError
from election.questions import RankedQuestion
from election.record.canonical import Json
from election.record.shapes import fields

NOT_RANKED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedAnswer:
    """The ranks of all candidates in one ciphertext, and the proof that it is no copy."""

    ciphertext: Ciphertext
    proof: Proof

    @property
    def choices(self) -> tuple[Ciphertext, ...]:
        """Its ciphertexts, as those of other answers."""
        return (self.ciphertext,)


def make_ranked_answer(
    prover: Prover, statement: str, question: RankedQuestion, ranking: Sequence[int]
) -> tuple[RankedAnswer, tuple[mpz, ...]]:
    """Encrypt a ranking; gives the answer, and the randomness that would open it.

    Raises:
        BallotError: The ranking names somebody who does not stand, or somebody twice.
    """
    group = prover.group
    secret = group.random_scalar(prover.rng)
    element = encode_numbers(group, ranks_of(ranking, len(question.answers)))
    ciphertext = encrypt_element(group, prover.public_key, element, secret)
    said = _said(statement, prover.public_key, ciphertext)
    proof = prove_exponent(group, "raweg", said, secret, prover.rng)
    return RankedAnswer(ciphertext=ciphertext, proof=proof), (secret,)


def ranks_of(ranking: Sequence[int], candidates: int) -> tuple[int, ...]:
    """The rank of each candidate from 1, or 0 where the ranking leaves one out.

    Raises:
        BallotError: The ranking names somebody who does not stand, or somebody twice.
    """
    if len(set(ranking)) != len(ranking) or any(not 0 <= place < candidates for place in ranking):
        raise BallotError("selection-unknown")
    ranks = [NOT_RANKED] * candidates
    for rank, place in enumerate(ranking, start=1):
        ranks[place] = rank
    return tuple(ranks)


def ranking_of(ranks: Sequence[int]) -> tuple[int, ...] | None:
    """The places of the candidates from the first preference on; nothing where a rank is left out or comes twice.

    The same reading as that of ``belenios-tool method stv``.
    """
    given = {rank: place for place, rank in enumerate(ranks) if rank != NOT_RANKED}
    ranked = sum(rank != NOT_RANKED for rank in ranks)
    if sorted(given) != list(range(1, ranked + 1)):
        return None
    return tuple(given[rank] for rank in range(1, ranked + 1))


def verify_ranked_answer(group: Group, public_key: mpz, statement: str, answer: RankedAnswer) -> None:
    """Check that whoever made the answer knows its randomness, for this elector and this election (4.11.2).

    Raises:
        ProofError: It does not hold.
    """
    said = _said(statement, public_key, answer.ciphertext)
    verify_exponent(group, "raweg", said, answer.ciphertext.alpha, answer.proof)


def parse_ranked_answer(message: Json, group: Group) -> RankedAnswer:
    """A ranked answer from its wire form.

    Raises:
        ElectionError: Wrong shape, or numbers that are not canonical.
    """
    read = fields(message, "answer", ("choices", "proof"))
    return RankedAnswer(ciphertext=parse_ciphertext(read["choices"], group), proof=parse_proof(read["proof"], group))


def ranked_answer_to_json(answer: RankedAnswer) -> Json:
    """Fields in the order of 4.11."""
    return {"choices": ciphertext_to_json(answer.ciphertext), "proof": proof_to_json(answer.proof)}


def _said(statement: str, public_key: mpz, ciphertext: Ciphertext) -> str:
    return f"{statement}|{joined(public_key, ciphertext.alpha, ciphertext.beta)}"
