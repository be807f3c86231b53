"""Decide who may vote: a named roll, or cards handed out at the door."""

from __future__ import annotations

from collections.abc import Sequence

from election.roll import Elector
from webvote.phases import Act, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, ElectorsKind, RollEntry
from webvote.use_cases.log import Signed, log_act

MOST_CARDS = 5000


def import_roll(work: UnitOfWork, signed: Signed, slug: str, electors: Sequence[Elector]) -> None:
    """Keep a roll that was read without faults; an earlier roll, and cards made for it, are void.

    Raises:
        RefusedError: Too late.
    """
    election = _changeable(work, slug)
    work.elections.replace_roll(
        election,
        [
            RollEntry(
                election_id=election.id,
                line=line,
                number=elector.number,
                name=elector.name,
                address=list(elector.address),
            )
            for line, elector in enumerate(electors, start=1)
        ],
    )
    _decide(work, election, ElectorsKind.NAMED, len(electors))
    log_act(work, signed, "import-roll", slug, electors=len(electors))


def ask_for_cards(work: UnitOfWork, signed: Signed, slug: str, number: int) -> None:
    """Decide on cards at the door; a roll, and cards made for it, are void.

    Raises:
        RefusedError: Too late, or a number that cannot be meant.
    """
    if not 1 <= number <= MOST_CARDS:
        raise RefusedError("cards-number", most=MOST_CARDS)
    election = _changeable(work, slug)
    work.elections.replace_roll(election, [])
    _decide(work, election, ElectorsKind.DOOR, number)
    log_act(work, signed, "ask-for-cards", slug, cards=number)


def _changeable(work: UnitOfWork, slug: str) -> Election:
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.CHANGE)
    return election


def _decide(work: UnitOfWork, election: Election, kind: ElectorsKind, number: int) -> None:
    election.electors_kind, election.electors_number = kind, number
    election.cards_made_at = None
    work.records.replace_credentials(election, ())
