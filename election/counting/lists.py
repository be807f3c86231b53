"""Election from lists: seats to lists by all their votes, then to people within each list.

The model is kommunevalgloven §§ 81-85, which no law asks an advisory council to follow; ældreråd may not use lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import assert_never

from election.counting.apportion import Claim, GivenSeat, JointClaim, ListId, Method, apportion, seats_of
from election.counting.lots import DrawnLots
from election.counting.most_votes import elect_by_votes
from election.counting.outcome import Completed, Place, exact
from election.counting.trail import Amount, Standing, State, Step, Transfer
from election.errors import ResultError
from election.ids import CandidateId


class ListOrder(StrEnum):
    """How the candidates of a list stand to one another."""

    SIDE_BY_SIDE = "side-by-side"  # sideordnet opstilling
    NUMBERED = "numbered"  # partiliste


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateList:
    """A list as it stands on the ballot; ``candidates`` in its own order."""

    id: ListId
    candidates: tuple[CandidateId, ...]
    order: ListOrder = ListOrder.SIDE_BY_SIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class JointLists:
    """Lists that stand together: a listeforbund of lists, or a valgforbund of lists and listeforbund."""

    id: ListId
    parts: tuple[ListId | JointLists, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListVotes:
    """The votes of a list: those for the list itself, and the personal votes of its candidates."""

    of: CandidateList
    for_list: int
    personal: Mapping[CandidateId, Amount]

    @property
    def total(self) -> Amount:
        """All votes of the list, also those for candidates who are gone."""
        return exact(Fraction(sum(self.personal.values(), start=self.for_list)))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternatesByList:
    """How many alternates a list with seats has: so many for each seat, and so many more."""

    per_seat: int = 0
    more: int = 0

    def number(self, seats: int) -> int:
        """For a list with so many seats."""
        return self.per_seat * seats + self.more


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlaces:
    """What one list came to."""

    of: ListId
    elected: tuple[Place, ...]
    alternates: tuple[Place, ...]


def sort_votes(lists: Sequence[CandidateList], votes: Mapping[str, int]) -> tuple[ListVotes, ...]:
    """The votes of each list from the number of papers that mark a list, or one of its candidates.

    Raises:
        ResultError: A mark names neither a list nor a candidate (code list-mark-unknown), or a list or a candidate
            stands twice (list-twice, list-candidate-twice), or a list has the id of a candidate
            (list-named-as-candidate).
    """
    _verify_lists(lists)
    known = {each.id for each in lists} | {candidate for each in lists for candidate in each.candidates}
    for mark in votes:
        if mark not in known:
            raise ResultError("list-mark-unknown", mark=mark)
    return tuple(
        ListVotes(
            of=each,
            for_list=votes.get(each.id, 0),
            personal={candidate: votes.get(candidate, 0) for candidate in each.candidates},
        )
        for each in lists
    )


def elect_from_lists(
    lists: Sequence[ListVotes],
    lots: DrawnLots,
    *,
    seats: int,
    method: Method = Method.DHONDT,
    joint: Sequence[JointLists] = (),
    alternates: AlternatesByList | None = None,
    alternates_ranked: bool = True,
    gone: Collection[CandidateId] = (),
) -> Completed:
    """Who is elected and who is alternate, list by list in the order of the ballot; ``by_list`` sorts them again.

    Who is gone keeps personal votes, which stay with the list and count for its seats; the list's place goes to the
    next on it. Alternates are the next within the list: the text of § 91 was not found, so their number is given and
    their order is the one in which seats are taken.

    Raises:
        ResultError: The lists contradict themselves (see ``sort_votes``), votes are negative or of somebody who is
            not on the list (codes list-votes-negative, list-votes-people), or a joint list names a list that is
            unknown or in another one (list-unknown, list-joint-twice).
        LotNeededError: The outcome needs a lot that was not drawn.
    """
    _verify_votes(lists)
    claims = _claims(lists, joint, gone)
    given = apportion(claims, lots, seats=seats, method=method)
    won = seats_of(given)
    number = (alternates or AlternatesByList()).number
    parts = [
        _within(each, lots, won[each.of.id], number(won[each.of.id]), ranked=alternates_ranked, gone=gone)
        for each in lists
    ]
    vacant = seats - sum(won[each.of.id] for each in lists)
    steps = [*_seat_steps(lists, given, method, vacant)]
    for each, part in zip(lists, parts, strict=True):
        steps += _beside(each, part.trail, lists, won)
    return Completed(
        elected=tuple(place for part in parts for place in part.elected),
        alternates=tuple(place for part in parts for place in part.alternates),
        others=tuple(place for part in parts for place in part.others),
        vacant_seats=vacant,
        vacant_alternates=sum(part.vacant_alternates for part in parts),
        trail=tuple(replace(step, number=place) for place, step in enumerate(steps, start=1)),
    )


def by_list(lists: Iterable[CandidateList], completed: Completed) -> tuple[ListPlaces, ...]:
    """The elected and the alternates of each list."""
    return tuple(
        ListPlaces(
            of=each.id,
            elected=tuple(place for place in completed.elected if place.candidate in each.candidates),
            alternates=tuple(place for place in completed.alternates if place.candidate in each.candidates),
        )
        for each in lists
    )


# -------------------------------------------------------------------------------------------------- within a list


def _within(
    votes: ListVotes, lots: DrawnLots, seats: int, alternates: int, *, ranked: bool, gone: Collection[CandidateId]
) -> Completed:
    if not seats:  # and so no alternates
        others = tuple(Place(candidate=each, votes=number, by_lot=False) for each, number in votes.personal.items())
        return Completed(elected=(), alternates=(), others=others, vacant_seats=0, vacant_alternates=0)
    match votes.of.order:
        case ListOrder.SIDE_BY_SIDE:
            told = [_side_by_side(votes, seats, gone)]
            standing = _personal(votes)
        case ListOrder.NUMBERED:
            told, standing = _numbered(votes, seats, gone)
        case _:
            assert_never(votes.of.order)
    part = elect_by_votes(
        standing,
        lots,
        seats=seats,
        alternates=alternates,
        alternates_ranked=ranked,
        gone=gone,
        at=votes.of.id,
    )
    left = Standing(votes.of.id, told[-1].standings[0].votes, State.ELECTED)
    shared = [replace(step, standings=(left, *step.standings)) for step in part.trail if step.code != "count-votes"]
    return replace(part, trail=(*told, *shared))


def _side_by_side(votes: ListVotes, seats: int, gone: Collection[CandidateId]) -> Step:
    """Seats by personal votes, a tie by lot (kommunevalgloven § 85); votes for the list do not matter here."""
    return Step(
        number=0,
        code="list-side-by-side",
        people=(votes.of.id,),
        params={"seats": seats},
        standings=_standings(votes, votes.for_list, votes.personal, gone),
    )


def _numbered(
    votes: ListVotes, seats: int, gone: Collection[CandidateId]
) -> tuple[list[Step], dict[CandidateId, Amount]]:
    """The candidates' votes after those for the list are handed out in the order of its numbers.

    The list's votes divided by its seats + 1, raised to the next whole number, are the fordelingstal: so many
    votes are a seat. Who has them in personal votes takes one; then the votes for the list bring the others up to it,
    from the top, while seats are left. After that most votes win.

    Not verified in kommunevalgloven § 86, whose text was not found: that a quotient which is whole already is raised
    by one (so that no more people than seats can reach it), that seats which are left go by votes so topped up, and
    that alternates follow in that order.
    """
    quota = int(Fraction(votes.total) / (seats + 1)) + 1
    standing = _personal(votes)
    params: dict[str, str | Amount] = {"seats": seats, "votes": votes.total, "divisor": seats + 1, "quota": quota}
    steps = [
        Step(
            number=0,
            code="list-numbered",
            people=(votes.of.id,),
            params=params,
            standings=_standings(votes, votes.for_list, standing, gone),
        )
    ]
    there = [each for each in votes.of.candidates if each not in gone]
    waiting = [each for each in there if standing[each] < quota]
    free = seats - (len(there) - len(waiting))
    left: Amount = votes.for_list
    for each in waiting[:free]:
        if not left:
            break
        handed = min(quota - standing[each], left)
        standing[each] = exact(Fraction(standing[each] + handed))
        left = exact(Fraction(left - handed))
        steps.append(
            Step(
                number=0,
                code="list-topped-up",
                people=(each,),
                params={"handed": handed, "votes": standing[each], "left": left},
                standings=_standings(votes, left, standing, gone),
                transfers=(Transfer(votes.of.id, each, ceil(handed), handed),),
            )
        )
    return steps, standing


def _personal(votes: ListVotes) -> dict[CandidateId, Amount]:
    return {each: votes.personal[each] for each in votes.of.candidates}


def _standings(
    votes: ListVotes, left: Amount, standing: Mapping[CandidateId, Amount], gone: Collection[CandidateId]
) -> tuple[Standing, ...]:
    people = (
        Standing(each, standing[each], State.GONE if each in gone else State.STANDING) for each in votes.of.candidates
    )
    return Standing(votes.of.id, left, State.ELECTED), *people


# ---------------------------------------------------------------------------------------------------- the whole trail


def _seat_steps(lists: Sequence[ListVotes], given: Sequence[GivenSeat], method: Method, vacant: int) -> Iterator[Step]:
    """The seats one after the other; the standings are the votes of the lists, which no seat takes away."""
    with_seats: set[ListId] = set()

    def standings() -> tuple[Standing, ...]:
        return tuple(
            Standing(each.of.id, each.total, State.ELECTED if each.of.id in with_seats else State.STANDING)
            for each in lists
        )

    yield Step(number=0, code=f"list-method-{method}", standings=standings())
    for seat in given:
        with_seats.add(seat.to)
        params: dict[str, str | Amount] = {
            "seat": seat.number,
            "figure": seat.figure,
            "figures": "; ".join(f"{each} {figure}" for each, figure in seat.figures.items()),
        }
        code = "list-seat" if seat.within is None else "list-seat-within"
        if seat.within is not None:
            params["joint"] = seat.within
        yield Step(
            number=0,
            code=f"{code}-by-lot" if seat.by_lot else code,
            people=(seat.to,),
            params=params,
            standings=standings(),
        )
    if vacant:
        yield Step(number=0, code="count-vacant", params={"vacant": vacant}, standings=standings())


def _beside(
    votes: ListVotes, steps: Iterable[Step], lists: Sequence[ListVotes], won: Mapping[ListId, int]
) -> Iterator[Step]:
    """Steps within one list, with the votes of the other lists beside them, so that each step tells of all votes."""
    others = tuple(
        Standing(each.of.id, each.total, State.ELECTED if won[each.of.id] else State.STANDING)
        for each in lists
        if each is not votes
    )
    for step in steps:
        yield replace(step, standings=(*step.standings, *others))


# -------------------------------------------------------------------------------------------------- joint lists, checks


def _claims(
    lists: Sequence[ListVotes], joint: Sequence[JointLists], gone: Collection[CandidateId]
) -> list[Claim | JointClaim]:
    alone: dict[ListId, Claim] = {
        each.of.id: Claim(
            id=each.of.id, votes=each.total, most=sum(candidate not in gone for candidate in each.of.candidates)
        )
        for each in lists
    }
    names = {each.of.id for each in lists}

    def joined(group: JointLists) -> JointClaim:
        if group.id in names:
            raise ResultError("list-twice", list=group.id)
        names.add(group.id)
        return JointClaim(id=group.id, parts=tuple(part_of(each) for each in group.parts))

    def part_of(part: ListId | JointLists) -> Claim | JointClaim:
        if isinstance(part, JointLists):
            return joined(part)
        if part not in alone:
            raise ResultError("list-joint-twice" if part in names else "list-unknown", list=part)
        return alone.pop(part)

    together = [joined(group) for group in joint]
    return [*together, *alone.values()]


def _verify_lists(lists: Sequence[CandidateList]) -> None:
    names: set[str] = set()
    people: set[str] = set()
    for each in lists:
        if each.id in names:
            raise ResultError("list-twice", list=each.id)
        names.add(each.id)
        for candidate in each.candidates:
            # Nobody stands on two lists (kommunevalgloven § 30).
            if candidate in people:
                raise ResultError("list-candidate-twice", candidate=candidate)
            people.add(candidate)
    # A mark goes to what it names.
    if shared := names & people:
        raise ResultError("list-named-as-candidate", list=min(shared))


def _verify_votes(lists: Sequence[ListVotes]) -> None:
    _verify_lists([each.of for each in lists])
    for each in lists:
        if set(each.personal) != set(each.of.candidates):
            raise ResultError("list-votes-people", list=each.of.id)
        if each.for_list < 0 or any(number < 0 for number in each.personal.values()):
            raise ResultError("list-votes-negative", list=each.of.id)
