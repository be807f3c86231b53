"""Challenge before casting: a ballot opened instead of cast, to see what the device sealed (Benaloh 2006).

A device that has shown a ballot's tracker cannot know whether the ballot will be cast or opened. Opening tells the
randomness of each ciphertext; with it anybody computes the ciphertexts anew and sees which candidates they encrypt. An
opened ballot shows how its voter would have voted, so it can never be cast: the election publishes what was opened,
and whoever takes ballots asks ``refuse_opened``. ``docs/challenge.md`` describes both documents for other programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from gmpy2 import mpz

from election.answers import Answer, Selection
from election.ballots import (
    Ballot,
    PreparedBallot,
    max_ballot_bytes,
    parse_ballot,
    tracker,
    verify_ballot,
    verify_signature,
)
from election.crypto.elgamal import Ciphertext, encrypt
from election.crypto.embedding import decode_numbers, encode_numbers
from election.crypto.groups import parse_scalar
from election.definition import ElectionDefinition
from election.errors import BallotError, ChallengeError, ElectionError
from election.questions import Question, RankedQuestion
from election.ranked_answers import ranking_of
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import fields, items, whole_number

VERSION: Final = 1
_FIELDS: Final = ("version", "election_uuid", "election_hash", "ballot", "randomness")

Randomness = tuple[tuple[mpz, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBallot:
    """A ballot that was opened, and what it was seen to encrypt."""

    ballot: Ballot
    selections: tuple[Selection, ...]
    """for each question the places of those marked, or ranked in this order, from 0; empty means blank"""


class Sealed(Protocol):
    """A ballot as far as it must be known to compare it with what was opened."""

    @property
    def tracker(self) -> str:
        """The mark by which its voter finds it again."""

    def ciphertext_digests(self) -> tuple[str, ...]:
        """As ``Ballot`` gives them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedList:
    """What was opened in an election, as it must be known to refuse it."""

    trackers: frozenset[str] = frozenset()
    elements: frozenset[str] = frozenset()
    """digests of all group elements in the answers, as ``Ballot.ciphertext_digests`` gives them"""


def open_ballot(prepared: PreparedBallot, definition: ElectionDefinition) -> bytes:
    """The document that opens a ballot; from then on the ballot must not be cast."""
    return canonical_bytes(
        {
            "version": VERSION,
            "election_uuid": definition.uuid,
            "election_hash": definition.fingerprint,
            "ballot": tracker(prepared.raw),
            "randomness": [[str(secret) for secret in answer] for answer in prepared.randomness],
        }
    )


def check_opening(ballot: bytes, opening: bytes, definition: ElectionDefinition) -> OpenedBallot:
    """Compute every ciphertext of a ballot anew from its opening, and tell what it encrypts.

    Raises:
        BallotError: No ballot of this election, or one that the election would not have taken.
        ChallengeError: The opening is malformed, of another election or another ballot, does not open a ciphertext,
            or shows a number that is no mark (the codes that begin with ``challenge-``).
    """
    read = parse_ballot(ballot, definition)
    randomness = _parse_opening(opening, read, definition)
    # Credentials are public: whoever only knows one has nothing dear computed.
    verify_signature(read, definition)
    selections = tuple(
        _selection(definition, place, answer, secrets)
        for place, (answer, secrets) in enumerate(zip(read.answers, randomness, strict=True), start=1)
    )
    # Also a ballot that encrypts what its voter chose has gone wrong if the election would refuse it.
    verify_ballot(read, definition)
    return OpenedBallot(ballot=read, selections=selections)


def opened_entry(ballot: bytes, opening: bytes) -> bytes:
    """A ballot together with its opening, as one document."""
    return canonical_bytes({"ballot": load_json(ballot), "opening": load_json(opening)})


def read_entry(raw: bytes) -> tuple[bytes, bytes]:
    """The documents of the ballot and of its opening from one document that holds both; neither is judged.

    Raises:
        ElectionError: Malformed, or not canonical.
    """
    message = load_json(raw)
    ballot, opening = _read_entry(message)
    if canonical_bytes(message) != raw:
        raise ChallengeError("challenge-not-canonical")
    return ballot, opening


def opened_document(entries: Iterable[bytes]) -> bytes:
    """The list that an election publishes of what was opened, in the order of arrival."""
    return b"[" + b",".join(entries) + b"]"


def max_entry_bytes(definition: ElectionDefinition) -> int:
    """The size in bytes that no honest entry exceeds: an opening is far smaller than its ballot."""
    return 2 * max_ballot_bytes(definition)


def parse_opened(raw: bytes, definition: ElectionDefinition, *, proven: int = 0) -> OpenedList:
    """A published list of what was opened, every opening checked: nobody else's ballot can be put on it.

    ``proven`` is the number of entries at the start whose openings the caller has checked before, and kept.

    Raises:
        ElectionError: Malformed, not canonical, a ballot twice, or an opening that does not hold.
    """
    message = load_json(raw)
    trackers: dict[str, None] = {}
    elements: list[str] = []
    for place, item in enumerate(items(message, "opened")):
        content, opening = _read_entry(item)
        if place < proven:
            ballot = parse_ballot(content, definition)
        else:
            ballot = check_opening(content, opening, definition).ballot
        if ballot.tracker in trackers:
            raise ChallengeError("challenge-twice", tracker=ballot.tracker)
        trackers[ballot.tracker] = None
        elements += ballot.ciphertext_digests()
    if canonical_bytes(message) != raw:
        raise ChallengeError("challenge-not-canonical")
    return OpenedList(trackers=frozenset(trackers), elements=frozenset(elements))


def refuse_opened(ballot: Sealed, opened: OpenedList) -> None:
    """Check that a ballot was not opened, nor a part of it taken from one that was.

    Raises:
        BallotError: It was (``ballot-opened``).
    """
    if ballot.tracker in opened.trackers or not opened.elements.isdisjoint(ballot.ciphertext_digests()):
        raise BallotError("ballot-opened", tracker=ballot.tracker)


def _read_entry(message: Json) -> tuple[bytes, bytes]:
    read = fields(message, "opened", ("ballot", "opening"))
    return canonical_bytes(read["ballot"]), canonical_bytes(read["opening"])


def _parse_opening(raw: bytes, ballot: Ballot, definition: ElectionDefinition) -> Randomness:
    try:
        read = fields(load_json(raw), "opening", _FIELDS)
        version = whole_number(read["version"], "version")
        randomness = tuple(
            tuple(parse_scalar(secret, definition.group) for secret in items(answer, "randomness"))
            for answer in items(read["randomness"], "randomness")
        )
    except ElectionError as fault:
        raise ChallengeError("challenge-malformed", reason=str(fault)) from fault
    if version != VERSION:
        raise ChallengeError("challenge-version", version=version, known=VERSION)
    if canonical_bytes({name: read[name] for name in _FIELDS}) != raw:
        raise ChallengeError("challenge-not-canonical")
    if (read["election_uuid"], read["election_hash"]) != (definition.uuid, definition.fingerprint):
        raise ChallengeError("challenge-other-election")
    if read["ballot"] != ballot.tracker:
        raise ChallengeError("challenge-other-ballot", tracker=ballot.tracker)
    expected = [len(answer.choices) for answer in ballot.answers]
    found = [len(answer) for answer in randomness]
    if found != expected:
        raise ChallengeError("challenge-length", expected=str(expected), found=str(found))
    return randomness


def _selection(definition: ElectionDefinition, place: int, answer: Answer, secrets: Sequence[mpz]) -> Selection:
    question = definition.questions[place - 1]
    if isinstance(question, RankedQuestion):
        return _ranking(definition, place, question, answer.choices[0], secrets[0])
    names = choice_names(question)
    marks = [
        _number(definition, place, name, choice, secret)
        for name, choice, secret in zip(names, answer.choices, secrets, strict=True)
    ]
    candidates = marks[1:] if question.blank else marks
    if question.blank and marks[0] and any(candidates):
        raise ChallengeError("challenge-blank-and-marks", question=place)
    return tuple(number for number, mark in enumerate(candidates) if mark)


def _ranking(
    definition: ElectionDefinition, place: int, question: RankedQuestion, choice: Ciphertext, secret: mpz
) -> Selection:
    group = definition.group
    mask = encrypt(group, definition.public_key, 0, secret)
    if choice.alpha != mask.alpha:
        raise ChallengeError("challenge-randomness", question=place, choice=question.question)
    element = choice.beta * group.power(mask.beta, mpz(-1)) % group.p
    ranks = decode_numbers(group, element, len(question.answers))
    ranking = ranking_of(ranks)
    # An element may begin or end with something else, which a machine could use to mark the ballot.
    if ranking is None or element != encode_numbers(group, ranks):
        raise ChallengeError("challenge-ranking", question=place)
    return ranking


def choice_names(question: Question) -> tuple[str, ...]:
    """What each ciphertext of an answer stands for, in their order; blank comes first where it is allowed."""
    return (("blank",) if question.blank else ()) + question.answers


def _number(definition: ElectionDefinition, place: int, name: str, choice: Ciphertext, secret: mpz) -> int:
    unmarked, marked = (encrypt(definition.group, definition.public_key, number, secret) for number in (0, 1))
    if choice.alpha != unmarked.alpha:
        raise ChallengeError("challenge-randomness", question=place, choice=name)
    if choice == unmarked:
        return 0
    if choice == marked:
        return 1
    raise ChallengeError("challenge-number", question=place, choice=name)
