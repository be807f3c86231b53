"""Ways to forge a record: a document changed, signed anew, the chain rebuilt, so that only the sense of it is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from gmpy2 import mpz

from election.answers import answer_to_json, verify_answer
from election.credentials import derive_credential
from election.crypto.elgamal import Ciphertext, encrypt, product
from election.crypto.hashing import joined
from election.crypto.proofs import BlankStatement, Prover, prove_blank, prove_exponent, prove_interval
from election.crypto.wire import proof_to_json
from election.definition import ElectionDefinition
from election.errors import ProofError, VerificationError
from election.ids import SYSTEM_RNG
from election.marked_answers import MarkedAnswer
from election.phases import EventType
from election.questions import MarkedQuestion
from election.record.canonical import canonical_bytes, fingerprint, sha256_hex
from election.record.chain import Entry, Head, extend
from election.record.replay import replay
from election.verify import verify_record

VECTORS = Path(__file__).parent / "vectors"

# Where the events of the fixture ``finished`` stand.
SETUP, FIRST, BLANK, SECOND, REVOTE, END, TALLY, SHARE_1, SHARE_2, RESULT = range(10)

Step = tuple[EventType, tuple[bytes, ...]]


class ScriptedRng:
    """Gives the numbers of a script, then the last of them for ever."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = list(numbers)

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        number = self._numbers.pop(0) if len(self._numbers) > 1 else self._numbers[0]
        return number % exclusive_upper_bound


def steps_of(entries: Iterable[Entry]) -> list[Step]:
    """What each event of a good record brings."""
    return [(step.event.type, tuple(entry.content for entry in step.documents)) for step in replay(entries)]


def chained(steps: Iterable[Step]) -> list[Entry]:
    """A record whose chain is whole, whatever its documents say."""
    head: Head | None = None
    entries: list[Entry] = []
    for kind, documents in steps:
        new, head = extend(head, kind, documents)
        entries += new
    return entries


def setup_step(election: bytes, trustees: bytes, credentials: bytes) -> Step:
    """A first event whose documents are bound to each other."""
    names = ("election", "trustees", "credentials")
    documents = (election, trustees, credentials)
    binding = {name: sha256_hex(document) for name, document in zip(names, documents, strict=True)}
    return EventType.SETUP, (*documents, canonical_bytes(binding))


def replaced(steps: Sequence[Step], place: int, *documents: bytes) -> list[Step]:
    """The steps with other documents in one place."""
    return [*steps[:place], (steps[place][0], documents), *steps[place + 1 :]]


def changed(raw: bytes, change: Callable[[Any], object]) -> bytes:
    """A document after ``change`` worked on what it says, in canonical form again."""
    message = json.loads(raw)
    change(message)
    return canonical_bytes(message)


def signed_anew(raw: bytes, code: str, definition: ElectionDefinition) -> bytes:
    """A ballot with the credential and a good signature of the elector who holds ``code``."""
    credential = derive_credential(code, definition.uuid, definition.group)
    message = json.loads(raw)
    del message["signature"]
    message["credential"] = str(credential.public)
    signed = fingerprint(canonical_bytes(message))
    proof = prove_exponent(definition.group, "sig", signed, credential.secret, SYSTEM_RNG)
    message["signature"] = {"hash": signed, "proof": proof_to_json(proof)}
    return canonical_bytes(message)


def fault(entries: Iterable[Entry]) -> tuple[str, str]:
    """The step that refuses a record, and the code of its error."""
    with pytest.raises(VerificationError) as caught:
        verify_record(entries)
    return caught.value.step, caught.value.cause.code


def ballot_outside_the_group(definition: ElectionDefinition, code: str, selection: tuple[int, ...]) -> bytes:
    """A ballot of which everything verifies but membership: its last ciphertext is multiplied by -1.

    Whoever makes a ballot may try until the challenges of the true branches come out even; then -1 leaves no trace
    in the proofs. In a record that is not asked for membership, such ciphertexts make the tally undecipherable.
    """
    group = definition.group
    credential = derive_credential(code, definition.uuid, group)
    question = definition.questions[0]
    assert isinstance(question, MarkedQuestion)
    prover = Prover(group, definition.public_key, SYSTEM_RNG)
    statement = f"{definition.fingerprint}|{credential.public}"
    marks = [int(not selection), *(int(place in selection) for place in range(len(question.answers)))]
    secrets = [group.random_scalar(SYSTEM_RNG) for _ in marks]
    choices = [encrypt(group, definition.public_key, mark, each) for mark, each in zip(marks, secrets, strict=True)]
    choices[-1] = Ciphertext(group.p - choices[-1].alpha, choices[-1].beta)
    whole = f"{statement}|{','.join(joined(choice.alpha, choice.beta) for choice in choices)}"
    allowed = range(question.minimum, question.maximum + 1)
    claim = BlankStatement(whole, choices[0], product(group, choices[1:]), allowed)
    while True:
        overall, blank = prove_blank(
            prover,
            claim,
            is_blank=bool(marks[0]),
            marks=sum(marks[1:]),
            blank_secret=secrets[0],
            total_secret=mpz(sum(secrets[1:])) % group.q,
        )
        answer = MarkedAnswer(
            choices=tuple(choices),
            individual_proofs=tuple(
                prove_interval(prover, statement, choice, each, mark, range(2))
                for choice, each, mark in zip(choices, secrets, marks, strict=True)
            ),
            overall_proof=overall,
            blank_proof=blank,
        )
        try:
            verify_answer(group, definition.public_key, statement, question, answer)
        except ProofError:
            continue
        message = {
            "election_uuid": definition.uuid,
            "election_hash": definition.fingerprint,
            "credential": str(credential.public),
            "answers": [answer_to_json(answer)],
            "signature": None,
        }
        return signed_anew(canonical_bytes(message), code, definition)
