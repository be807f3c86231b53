"""Ballots opened to test a machine: taken, so that they can never be cast, and published with their openings."""

from __future__ import annotations

from collections.abc import Iterator

from election.ballots import Ballot, tracker
from election.challenge import max_entry_bytes, opened_document, opened_entry
from election.definition import ElectionDefinition
from election.errors import BallotError
from webvote.phases import Act, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import Store, UnitOfWork
from webvote.store.models import Election, OpenedBallot
from webvote.use_cases.ballots import ballot_rules, card_of

# Whoever checks one opened ballot fetches the list of all: no single card may fill it.
MOST_WITH_A_CARD = 20
_CHUNK = 100
_EMPTY_LIST = opened_document(())


def opening_rules(work: UnitOfWork, slug: str) -> tuple[ElectionDefinition, int]:
    """The election, and how many bytes a ballot with its opening may have.

    Raises:
        RefusedError: The election has no record yet.
    """
    definition = ballot_rules(work, slug).definition
    return definition, max_entry_bytes(definition)


def find_opened(work: UnitOfWork, slug: str, raw: bytes) -> int | None:
    """The number of a ballot that was opened already: a voter whose connection broke asks again."""
    found = work.openings.find(work.elections.get(slug), tracker(raw))
    return None if found is None else found.number


def refuse_early(work: UnitOfWork, slug: str, ballot: Ballot) -> None:
    """Refuse what needs no proof to be refused, before an hour of proofs could be asked for by a stranger.

    Raises:
        RefusedError: Voting is not open, the ballot was cast, or the card has opened enough.
        BallotError: The credential is not listed.
    """
    _check_may_be_opened(work, work.elections.get(slug), ballot)


def accept_opened(work: UnitOfWork, slug: str, ballot: Ballot, opening: bytes) -> int:
    """Keep an opened ballot whose opening was checked, once; how many there are then.

    Raises:
        RefusedError: Voting is not open, the ballot was cast meanwhile, or the card has opened enough.
        BallotError: The credential is not listed.
    """
    # The lock that casting takes: the ballot is either cast or opened, never both.
    election = work.elections.get_locked(slug)
    found = work.openings.find(election, ballot.tracker)
    if found is not None:
        return found.number
    _check_may_be_opened(work, election, ballot)
    elements = frozenset(ballot.ciphertext_digests())
    number = work.openings.number(election) + 1
    work.openings.add(
        OpenedBallot(
            election_id=election.id,
            number=number,
            tracker=ballot.tracker,
            card=card_of(ballot),
            content=opened_entry(ballot.raw, opening),
        ),
        sorted(elements - work.openings.known_elements(election, elements)),
    )
    return number


def opened_size(work: UnitOfWork, election: Election, last: int) -> int:
    """How many bytes ``stream_opened`` gives: a list that was cut off must be noticed."""
    commas = max(0, last - 1)
    return len(_EMPTY_LIST) + commas + work.openings.size(election, last)


def stream_opened(store: Store, election: Election, last: int) -> Iterator[bytes]:
    """The list of the first ``last`` opened ballots, as ``election.challenge.parse_opened`` reads it."""
    start, end = _EMPTY_LIST[:1], _EMPTY_LIST[1:]
    yield start
    for first in range(1, last + 1, _CHUNK):
        with store.reading() as work:
            contents = work.openings.contents(election.id, first, min(first + _CHUNK - 1, last))
        yield (b"," if first > 1 else b"") + b",".join(contents)
    yield end


def _check_may_be_opened(work: UnitOfWork, election: Election, ballot: Ballot) -> None:
    next_phase(election.phase, Act.CAST)
    if not work.records.has_credential(election, str(ballot.credential)):
        raise BallotError("ballot-unknown-credential")
    # Also a ballot that shares a part with one in the box: opened, it would show how that one votes, and strike it out.
    if work.records.find_ballot(election, ballot.tracker) or work.records.has_seen(
        election, ballot.ciphertext_digests()
    ):
        raise RefusedError("opened-after-cast")
    if work.openings.number_with(election, card_of(ballot)) >= MOST_WITH_A_CARD:
        raise RefusedError("opened-too-often", most=MOST_WITH_A_CARD)
