"""What can be said of a ballot by itself; this is the dear part, and what other processes and machines do.

Arguments and answers are small values that can be sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gmpy2 import mpz

from election.ballots import Ballot, element_digests, parse_ballot, verify_ballot_proofs
from election.crypto.membership import check_members
from election.definition import ElectionDefinition, parse_election
from election.errors import BallotError, GroupError
from election.ids import Rng


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A ballot that could be read: who cast it, what it encrypts, and what is wrong with it."""

    tracker: str
    credential: mpz
    elements: tuple[mpz, ...]
    fault: BallotError | None

    def ciphertext_digests(self) -> tuple[str, ...]:
        """As ``Ballot`` gives them."""
        return element_digests(self.elements)


def judge_ballots(election: bytes, ballots: Sequence[bytes], rng: Rng) -> list[Judged | BallotError]:
    """For each ballot of the election what was read and its first fault, or why it cannot be read."""
    definition = _definition(election)
    read = [_read(raw, definition) for raw in ballots]
    foreign = _outside_group([each for each in read if isinstance(each, Ballot)], definition, rng)
    return [_judged(each, definition, foreign) if isinstance(each, Ballot) else each for each in read]


def read_ballots(election: bytes, ballots: Sequence[bytes]) -> list[Judged | BallotError]:
    """The same for ballots whose proofs and membership the caller has checked before: nothing dear is done again."""
    definition = _definition(election)
    read = [_read(raw, definition) for raw in ballots]
    return [_with(each, None) if isinstance(each, Ballot) else each for each in read]


# Each batch of an election names it by its document; it is read once in each process.
@lru_cache(maxsize=2)
def _definition(election: bytes) -> ElectionDefinition:
    return parse_election(election)


def _read(raw: bytes, definition: ElectionDefinition) -> Ballot | BallotError:
    try:
        return parse_ballot(raw, definition)
    except BallotError as fault:
        return fault


def _judged(ballot: Ballot, definition: ElectionDefinition, foreign: frozenset[str]) -> Judged:
    fault: BallotError | None = None
    try:
        verify_ballot_proofs(ballot, definition)
    except BallotError as found:
        fault = found
    if fault is None and ballot.tracker in foreign:
        fault = BallotError("ballot-outside-group-of", tracker=ballot.tracker)
    return _with(ballot, fault)


def _with(ballot: Ballot, fault: BallotError | None) -> Judged:
    return Judged(tracker=ballot.tracker, credential=ballot.credential, elements=tuple(ballot.elements()), fault=fault)


def _outside_group(ballots: Sequence[Ballot], definition: ElectionDefinition, rng: Rng) -> frozenset[str]:
    """Trackers of the ballots with an element outside the group: all are asked at once, each only if need be."""
    if _are_members([element for ballot in ballots for element in ballot.elements()], definition, rng):
        return frozenset()
    return frozenset(ballot.tracker for ballot in ballots if not _are_members(list(ballot.elements()), definition, rng))


def _are_members(elements: Sequence[mpz], definition: ElectionDefinition, rng: Rng) -> bool:
    try:
        check_members(definition.group, elements, rng=rng)
    except GroupError:
        return False
    return True
