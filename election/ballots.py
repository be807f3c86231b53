"""Ballots: made, read, checked, and found again by their tracker (specification 4.14, 4.15).

A ballot names its election by identifier and fingerprint, carries the public credential of its elector, and is signed
with the private one. It never meets the elector's name. Both the browser and this module make them; only this module
and the programs of others judge them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gmpy2 import mpz

from election.answers import (
    Answer,
    Selection,
    answer_to_json,
    make_answer,
    max_answer_bytes,
    parse_answer,
    verify_answer,
)
from election.credentials import derive_credential
from election.crypto.groups import parse_element
from election.crypto.membership import check_members
from election.crypto.proofs import Proof, Prover, prove_exponent, verify_exponent
from election.crypto.wire import parse_proof, proof_to_json
from election.definition import ElectionDefinition
from election.errors import BallotError, ElectionError, GroupError, ProofError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import Json, canonical_bytes, fingerprint, load_json, sha256_hex
from election.record.shapes import fields, items, text

_EMPTY_BALLOT = '{"election_uuid":"","election_hash":"","credential":"","answers":[],"signature":{"hash":"","proof":}}'
_FIELDS = ("election_uuid", "election_hash", "credential", "answers", "signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A ballot as read; ``raw`` is the canonical document."""

    raw: bytes
    credential: mpz
    answers: tuple[Answer, ...]
    signature_hash: str
    signature: Proof

    @property
    def tracker(self) -> str:
        """The mark by which its voter finds it again."""
        return tracker(self.raw)

    def elements(self) -> Iterator[mpz]:
        """Every group element of the answers, in the order of the document."""
        for answer in self.answers:
            for choice in answer.choices:
                yield choice.alpha
                yield choice.beta

    def ciphertext_digests(self) -> tuple[str, ...]:
        """One digest for each element: none of them may have been seen in an earlier ballot of the election."""
        return element_digests(self.elements())


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedBallot:
    """A ballot whose voter has not decided yet: cast it, or open it to see what it encrypts."""

    raw: bytes
    randomness: tuple[tuple[mpz, ...], ...] = field(repr=False)
    """for each question, that of each ciphertext; forgotten as soon as the ballot is cast"""


def element_digests(elements: Iterable[mpz]) -> tuple[str, ...]:
    """For each group element the digest by which it is known again."""
    return tuple(sha256_hex(str(element).encode()) for element in elements)


def tracker(raw: bytes) -> str:
    """The tracker of a ballot's document (4.15): 43 characters of Base64."""
    return fingerprint(raw)


def cast_ballot(definition: ElectionDefinition, code: str, *selections: Selection, rng: Rng = SYSTEM_RNG) -> bytes:
    """The document of a ballot: one selection for each question, an empty one for blank.

    Raises:
        ElectionError: A mistyped code, or marks that a question does not allow.
    """
    return prepare_ballot(definition, code, *selections, rng=rng).raw


def prepare_ballot(
    definition: ElectionDefinition, code: str, *selections: Selection, rng: Rng = SYSTEM_RNG
) -> PreparedBallot:
    """A ballot that its voter may still open instead of casting it (``election.challenge``).

    Raises:
        ElectionError: A mistyped code, or marks that a question does not allow.
    """
    if len(selections) != len(definition.questions):
        raise BallotError("ballot-questions", expected=len(definition.questions), found=len(selections))
    credential = derive_credential(code, definition.uuid, definition.group)
    prover = Prover(definition.group, definition.public_key, rng)
    statement = _statement(definition, credential.public)
    made = [
        make_answer(prover, statement, question, selection)
        for question, selection in zip(definition.questions, selections, strict=True)
    ]
    message: dict[str, Json] = {
        "election_uuid": definition.uuid,
        "election_hash": definition.fingerprint,
        "credential": str(credential.public),
        "answers": [answer_to_json(answer) for answer, _ in made],
    }
    signed = fingerprint(canonical_bytes(message))
    signature = prove_exponent(definition.group, "sig", signed, credential.secret, rng)
    message["signature"] = {"hash": signed, "proof": proof_to_json(signature)}
    return PreparedBallot(raw=canonical_bytes(message), randomness=tuple(secrets for _, secrets in made))


def parse_ballot(raw: bytes, definition: ElectionDefinition) -> Ballot:
    """A ballot for this election from its document.

    Raises:
        BallotError: Too large, another election, malformed, or not in canonical form.
    """
    if len(raw) > max_ballot_bytes(definition):
        raise BallotError("ballot-too-large", limit=max_ballot_bytes(definition), found=len(raw))
    try:
        message = fields(load_json(raw), "ballot", _FIELDS)
        _check_election(message, definition)
        ballot = _read_ballot(message, raw, definition)
        if canonical_bytes(_to_json(ballot, definition)) != raw:
            raise BallotError("ballot-not-canonical")
    except BallotError:
        raise
    except ElectionError as fault:
        raise BallotError("ballot-malformed", reason=str(fault)) from fault
    return ballot


def verify_ballot(ballot: Ballot, definition: ElectionDefinition) -> None:
    """Check signature, membership and every proof of a ballot, the cheap before the dear.

    Whether its credential is on the list, and whether it copies another ballot, is asked by whoever holds the record.

    Raises:
        BallotError: The first fault, with its cause.
    """
    verify_signature(ballot, definition)
    _check_membership(definition, list(ballot.elements()))
    _verify_answers(ballot, definition)


def verify_signature(ballot: Ballot, definition: ElectionDefinition) -> None:
    """Check that a ballot was made by whoever has the secret of its credential; cheap, unlike the rest.

    Raises:
        BallotError: It was not.
    """
    _check_membership(definition, [ballot.credential])
    _verify_signature(ballot, definition)


def verify_ballot_proofs(ballot: Ballot, definition: ElectionDefinition) -> None:
    """``verify_ballot`` for a caller who asks for membership of many ballots at once.

    Raises:
        BallotError: The signature or a proof does not hold.
    """
    _verify_signature(ballot, definition)
    _verify_answers(ballot, definition)


def _check_membership(definition: ElectionDefinition, elements: Sequence[mpz]) -> None:
    try:
        check_members(definition.group, elements)
    except GroupError as fault:
        raise BallotError("ballot-outside-group") from fault


def _verify_signature(ballot: Ballot, definition: ElectionDefinition) -> None:
    signed = {key: value for key, value in _to_json(ballot, definition).items() if key != "signature"}
    if fingerprint(canonical_bytes(signed)) != ballot.signature_hash:
        raise BallotError("ballot-signature")
    try:
        verify_exponent(definition.group, "sig", ballot.signature_hash, ballot.credential, ballot.signature)
    except ProofError as fault:
        raise BallotError("ballot-signature") from fault


def _verify_answers(ballot: Ballot, definition: ElectionDefinition) -> None:
    statement = _statement(definition, ballot.credential)
    for place, (question, answer) in enumerate(zip(definition.questions, ballot.answers, strict=True), start=1):
        try:
            verify_answer(definition.group, definition.public_key, statement, question, answer)
        except ProofError as fault:
            raise BallotError("ballot-proof", question=place) from fault


def last_ballots(ballots: Sequence[Ballot]) -> tuple[Ballot, ...]:
    """The ballots that count: the last of each credential, in the order of the record (4.15)."""
    last: dict[mpz, Ballot] = {}
    for ballot in ballots:
        last.pop(ballot.credential, None)
        last[ballot.credential] = ballot
    return tuple(last.values())


def max_ballot_bytes(definition: ElectionDefinition) -> int:
    """The size in bytes that no honest ballot of this election exceeds: all numbers as long as they can be."""
    element, scalar = definition.group.p.num_digits(), definition.group.q.num_digits()
    proof = len('{"challenge":"","response":""},') + 2 * scalar
    ciphertext = len('{"alpha":"","beta":""},') + 2 * element
    size = len(_EMPTY_BALLOT) + len(definition.uuid) + 2 * len(definition.fingerprint) + element + proof
    size += sum(max_answer_bytes(question, ciphertext=ciphertext, proof=proof) for question in definition.questions)
    return size


def _statement(definition: ElectionDefinition, credential: mpz) -> str:
    # S0 of 4.11: a proof made for one elector or one election is worth nothing for another.
    return f"{definition.fingerprint}|{credential}"


def _check_election(message: dict[str, Json], definition: ElectionDefinition) -> None:
    if message["election_uuid"] != definition.uuid or message["election_hash"] != definition.fingerprint:
        raise BallotError("ballot-other-election")


def _read_ballot(message: dict[str, Json], raw: bytes, definition: ElectionDefinition) -> Ballot:
    group = definition.group
    answers = items(message["answers"], "answers")
    if len(answers) != len(definition.questions):
        raise BallotError("ballot-questions", expected=len(definition.questions), found=len(answers))
    signature = fields(message["signature"], "signature", ("hash", "proof"))
    return Ballot(
        raw=raw,
        credential=parse_element(message["credential"], group),
        answers=tuple(
            parse_answer(answer, question, group)
            for answer, question in zip(answers, definition.questions, strict=True)
        ),
        signature_hash=text(signature["hash"], "signature"),
        signature=parse_proof(signature["proof"], group),
    )


def _to_json(ballot: Ballot, definition: ElectionDefinition) -> dict[str, Json]:
    return {
        "election_uuid": definition.uuid,
        "election_hash": definition.fingerprint,
        "credential": str(ballot.credential),
        "answers": [answer_to_json(answer) for answer in ballot.answers],
        "signature": {"hash": ballot.signature_hash, "proof": proof_to_json(ballot.signature)},
    }
