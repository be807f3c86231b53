"""When the nomination period ends: whether there is a vote at all, and what follows when too few people stand.

An election without a vote (fredsvalg), an extended deadline and empty seats are ordinary outcomes. The mandate says
which of them; where it is silent somebody has to decide, and the outcome says who and between what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from composition_rules.mandate import TooFewCandidates, Uncontested
from election.contest import Contest
from election.counting.outcome import Completed, Gone, Place
from election.counting.trail import Standing, State, Step
from election.ids import CandidateId
from election.result import verify_gone


class Decider(StrEnum):
    """Who decides where the mandate leaves a choice."""

    MUNICIPAL_COUNCIL = "municipal-council"
    ELECTION_BOARD = "election-board"
    UNSTATED = "unstated"


class Choice(StrEnum):
    """What can be decided."""

    VOTE = "vote"
    ELECT_ALL = "elect-all"
    LEAVE_EMPTY = "leave-empty"
    EXTEND_DEADLINE = "extend-deadline"
    APPOINT = "appoint"
    BY_ELECTION = "by-election"
    NO_COUNCIL = "no-council"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteNeeded:
    """More people stand than there are seats."""

    standing: tuple[CandidateId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectedWithoutVote:
    """All who stand are elected (fredsvalg); ``follows`` says what is done about the ``lacking`` seats.

    It is None where there are none, or where the mandate speaks only of too few for any council and these are enough.
    """

    completed: Completed
    lacking: int
    follows: TooFewCandidates | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionNeeded:
    """Somebody must decide between ``choices``; ``lacking`` seats have no candidate."""

    by: Decider
    choices: tuple[Choice, ...]
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationsReopened:
    """The deadline is extended, for ``lacking`` seats have no candidate."""

    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoCouncil:
    """Fewer people stand than the least number of members, so no council is formed."""

    standing: int
    least: int


NominationOutcome = VoteNeeded | ElectedWithoutVote | DecisionNeeded | NominationsReopened | NoCouncil

_WHEN_TOO_FEW = (Choice.LEAVE_EMPTY, Choice.EXTEND_DEADLINE, Choice.APPOINT, Choice.BY_ELECTION)


def close_nominations(
    contest: Contest,
    *,
    uncontested: Uncontested,
    too_few: TooFewCandidates,
    least: int,
    gone: Sequence[Gone] = (),
    extended: bool = False,
) -> NominationOutcome:
    """What follows from the candidates that stand.

    ``least`` is the smallest number of members that the mandate allows. With ``extended`` the deadline was extended
    once already and is not extended again. The test is the number of seats, not of seats and alternates: with more
    candidates than seats there is a vote, also where a mandate votes only to rank (domain note, section 2).

    Raises:
        ResultError: Somebody gone who does not stand, or twice.
    """
    left = verify_gone(gone, [each.id for each in contest.candidates])
    standing = tuple(each.id for each in contest.candidates if each.id not in left)
    if len(standing) > contest.seats:
        return VoteNeeded(standing=standing)
    lacking = contest.seats - len(standing)
    if lacking and (unfilled := _too_few(too_few, len(standing), lacking, least=least, extended=extended)):
        return unfilled
    decider = _decider(uncontested)
    if decider is None or not standing:
        return without_vote(contest, standing, too_few=too_few)
    return DecisionNeeded(by=decider, choices=(Choice.ELECT_ALL, Choice.VOTE), lacking=lacking)


def _too_few(
    rule: TooFewCandidates, standing: int, lacking: int, *, least: int, extended: bool
) -> NominationOutcome | None:
    """What must happen before those who stand can be elected; None where they can."""
    if rule is TooFewCandidates.NO_COUNCIL and standing < least:
        return NoCouncil(standing=standing, least=least)
    if rule is TooFewCandidates.EXTEND_DEADLINE and not extended:
        return NominationsReopened(lacking=lacking)
    if rule is TooFewCandidates.UNSTATED:
        return DecisionNeeded(by=Decider.UNSTATED, choices=_WHEN_TOO_FEW, lacking=lacking)
    return None


def _decider(uncontested: Uncontested) -> Decider | None:
    """Who says whether there is a vote though nobody can lose it; None where the mandate settles that there is none."""
    match uncontested:
        case Uncontested.ELECTED_WITHOUT_VOTE | Uncontested.VOTE_TO_RANK:
            return None  # with no more candidates than seats there is nobody to rank after the members
        case Uncontested.MAY_BE_CANCELLED:
            return Decider.MUNICIPAL_COUNCIL
        case Uncontested.BOARD_DECIDES:
            return Decider.ELECTION_BOARD
        case Uncontested.UNSTATED:
            return Decider.UNSTATED
        case _:
            assert_never(uncontested)


def without_vote(contest: Contest, standing: Sequence[CandidateId], *, too_few: TooFewCandidates) -> ElectedWithoutVote:
    """All who stand are elected, in the order of the ballot: without votes nobody is before another."""
    places = [Place(candidate=each.id, votes=0, by_lot=False) for each in contest.candidates]
    elected = tuple(place for place in places if place.candidate in standing)
    lacking = contest.seats - len(elected)
    standings = tuple(
        Standing(place.candidate, 0, State.ELECTED if place in elected else State.GONE) for place in places
    )
    step = Step(
        number=1,
        code="count-without-vote" if elected else "count-nobody-stands",
        people=tuple(place.candidate for place in elected),
        params={"seats": contest.seats},
        standings=standings,
    )
    completed = Completed(
        elected=elected,
        alternates=(),
        others=tuple(place for place in places if place not in elected),
        vacant_seats=lacking,
        vacant_alternates=contest.alternates,
        trail=(step,),
    )
    told = lacking > 0 and too_few is not TooFewCandidates.NO_COUNCIL
    return ElectedWithoutVote(completed=completed, lacking=lacking, follows=too_few if told else None)
