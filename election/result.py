"""From counts to people: who is elected, who is alternate, or which lot must be drawn first.

The most votes win; alternates are the next by votes, up to the mandate's number. A tie is never decided silently: when
the outcome depends on it the result is ``LotsRequired``, a lot is drawn between the named people for the named place,
recorded, and goes in as input to the same computation. A tie on which nothing depends needs no lot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from election.contest import Contest
from election.counting.ranking import Ranking
from election.errors import ResultError
from election.ids import CandidateId


class Boundary(StrEnum):
    """The place for which a lot is drawn."""

    SEAT = "seat"
    ALTERNATE = "alternate"
    ALTERNATE_ORDER = "alternate-order"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCounts:
    """What was counted in one contest: blank ballots, and the votes of each candidate in the contest's order."""

    blank: int
    votes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A lot (lodtrækning) as drawn and recorded.

    ``order`` holds the tied people as drawn: the first drawn comes first.
    """

    boundary: Boundary
    order: tuple[CandidateId, ...]
    method: str
    drawn_by: str
    witnesses: tuple[str, ...]
    drawn_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A candidate's place in the result."""

    candidate: CandidateId
    votes: int
    by_lot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """The outcome. Elected people share one rank; ``alternates`` are in order where the mandate gives them one."""

    elected: tuple[Place, ...]
    alternates: tuple[Place, ...]
    others: tuple[Place, ...]
    vacant_seats: int
    vacant_alternates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LotsRequired:
    """The outcome depends on a tie: ``to_choose`` of the ``tied`` get the place."""

    boundary: Boundary
    tied: tuple[CandidateId, ...]
    votes: int
    to_choose: int


Outcome = Completed | LotsRequired


def vote_counts(contest: Contest, counts: Sequence[int]) -> VoteCounts:
    """The counts of a contest from the numbers that the tally opens (blank first where allowed).

    Raises:
        ResultError: Not as many numbers as choices.
    """
    blank, votes = (counts[0], tuple(counts[1:])) if contest.blank_allowed and counts else (0, tuple(counts))
    if len(votes) != len(contest.candidates):
        raise ResultError("result-size", expected=len(contest.candidates), found=len(votes))
    return VoteCounts(blank=blank, votes=votes)


def determine_result(contest: Contest, counts: VoteCounts, lots: Sequence[Lot] = ()) -> Outcome:
    """Who is elected and who is alternate; the same inputs give the same outcome.

    Raises:
        ResultError: A recorded lot that was not asked for, is not between the tied people, or comes twice.
    """
    if len(counts.votes) != len(contest.candidates):
        raise ResultError("result-size", expected=len(contest.candidates), found=len(counts.votes))
    votes = {each.id: number for each, number in zip(contest.candidates, counts.votes, strict=True)}
    drawn = _by_people(lots)
    ranking = Ranking(votes)
    # A lot for the last seat also orders those who become alternates by it, so seats come first.
    boundaries = [(Boundary.SEAT, contest.seats), (Boundary.ALTERNATE, contest.seats + contest.alternates)]
    for boundary, cut in boundaries:
        tie = ranking.tie_across(cut)
        if tie is None:
            continue
        lot = drawn.pop((boundary, frozenset(tie)), None)
        if lot is None:
            _refuse_other_lots(drawn, boundary)
            return _lots_required(boundary, tie, votes, cut - ranking.place_of_first(tie))
        ranking.settle(tie, lot.order)
    open_ties = []
    if contest.alternates_ranked:
        for tie in ranking.ties_within(contest.seats, contest.seats + contest.alternates):
            lot = drawn.pop((Boundary.ALTERNATE_ORDER, frozenset(tie)), None)
            if lot is None:
                open_ties.append(tie)
            else:
                ranking.settle(tie, lot.order)
    _refuse_other_lots(drawn, Boundary.ALTERNATE_ORDER if open_ties else None)
    if open_ties:
        return _lots_required(Boundary.ALTERNATE_ORDER, open_ties[0], votes, len(open_ties[0]))
    return _completed(contest, votes, ranking)


_Drawn = dict[tuple[Boundary, frozenset[CandidateId]], Lot]


def _by_people(lots: Sequence[Lot]) -> _Drawn:
    drawn: _Drawn = {}
    for lot in lots:
        key = lot.boundary, frozenset(lot.order)
        if key in drawn or len(key[1]) != len(lot.order):
            raise ResultError("lot-twice", place=lot.boundary.value)
        drawn[key] = lot
    return drawn


def _refuse_other_lots(drawn: _Drawn, open_boundary: Boundary | None) -> None:
    for boundary, _ in drawn:
        # For this place a lot is needed, but between other people; for any other place none is needed (yet).
        code = "lot-people" if boundary is open_boundary else "lot-not-asked"
        raise ResultError(code, place=boundary.value)


def _lots_required(
    boundary: Boundary, tie: tuple[CandidateId, ...], votes: Mapping[CandidateId, int], to_choose: int
) -> LotsRequired:
    return LotsRequired(boundary=boundary, tied=tie, votes=votes[tie[0]], to_choose=to_choose)


def _completed(contest: Contest, votes: Mapping[CandidateId, int], ranking: Ranking) -> Completed:
    places = tuple(
        Place(candidate=candidate, votes=votes[candidate], by_lot=candidate in ranking.by_lot)
        for candidate in ranking.order()
    )
    last = contest.seats + contest.alternates
    return Completed(
        elected=places[: contest.seats],
        alternates=places[contest.seats : last],
        others=places[last:],
        vacant_seats=max(0, contest.seats - len(places)),
        vacant_alternates=max(0, last - max(contest.seats, len(places))),
    )
