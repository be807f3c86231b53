"""Seats to lists by their votes: the highest figure takes the next seat.

A list's figure falls with each seat it gets. By d'Hondt it is the list's votes divided by 1, 2, 3 ...
(kommunevalgloven § 81, stk. 2), by Sainte-Laguë divided by 1, 3, 5 ... By largest remainder it is the list's votes
divided by the quota of Hare (all votes divided by all seats), less the seats it has: whole quotas come first, then the
largest remainders. No law in the sources of this project asks for the last two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import NewType, assert_never

from election.counting.lots import Boundary, DrawnLots
from election.counting.outcome import exact
from election.counting.trail import Amount

ListId = NewType("ListId", str)


class Method(StrEnum):
    """How a list's figure falls."""

    DHONDT = "dhondt"
    SAINTE_LAGUE = "sainte-lague"
    LARGEST_REMAINDER = "largest-remainder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A list that asks for seats: its votes, and how many seats it has people for at most."""

    id: ListId
    votes: Amount
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JointClaim:
    """Lists that are counted as one: a valgforbund, or a listeforbund inside it or alone (kommunevalgloven § 39)."""

    id: ListId
    parts: tuple[Claim | JointClaim, ...]

    @property
    def votes(self) -> Amount:
        """The votes of all parts (§ 81, stk. 1)."""
        return sum((part.votes for part in self.parts), start=0)

    @property
    def most(self) -> int:
        """How many seats the parts have people for."""
        return sum(part.most for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSeat:
    """One seat: who got it with which figure, and everybody's figure at that moment.

    ``within`` is the joint list whose seats are shared, None for the seats of the council. ``number`` counts from 1.
    """

    number: int
    to: ListId
    within: ListId | None
    figure: Amount
    figures: Mapping[ListId, Amount]
    by_lot: bool


def apportion(
    claims: Sequence[Claim | JointClaim], lots: DrawnLots, *, seats: int, method: Method = Method.DHONDT
) -> tuple[GivenSeat, ...]:
    """Every seat, first those of the council, then those of each joint list among its parts by the same method.

    Equal figures need a lot where there are fewer seats left than such lists (§ 81, stk. 2). A list that has no more
    people takes no more seats, and the next-entitled gets them (§ 81, stk. 3, and § 83, stk. 2); when nobody has
    people left, the seats stay empty. Lists without votes come last and take one seat each in turn.

    Raises:
        LotNeededError: A seat needs a lot that was not drawn.
    """
    return tuple(_share(claims, lots, seats, method, within=None))


def seats_of(given: Sequence[GivenSeat]) -> Counter[ListId]:
    """How many seats each list, and each joint list, got."""
    return Counter(seat.to for seat in given)


def _share(
    claims: Sequence[Claim | JointClaim], lots: DrawnLots, seats: int, method: Method, *, within: ListId | None
) -> Iterator[GivenSeat]:
    held = dict.fromkeys((claim.id for claim in claims), 0)
    total = sum((claim.votes for claim in claims), start=0)
    number = 0
    while number < seats:
        figures = {
            claim.id: _figure(method, claim.votes, held[claim.id], total=total, seats=seats)
            for claim in claims
            if held[claim.id] < claim.most
        }
        if not figures:
            break
        figure = max(figures.values())
        highest = tuple(each for each, its in figures.items() if its == figure)
        left = seats - number
        by_lot = len(highest) > left
        if by_lot:
            at = f"seat {number + 1}" if within is None else f"{within} seat {number + 1}"
            highest = lots.order(Boundary.LIST_SEAT, highest, votes=figure, to_choose=left, at=at)[:left]
        for each in highest:
            number += 1
            held[each] += 1
            yield GivenSeat(number=number, to=each, within=within, figure=figure, figures=figures, by_lot=by_lot)
    for claim in claims:
        if isinstance(claim, JointClaim):
            yield from _share(claim.parts, lots, held[claim.id], method, within=claim.id)


def _figure(method: Method, votes: Amount, held: int, *, total: Amount, seats: int) -> Amount:
    match method:
        case Method.DHONDT:
            return exact(Fraction(votes) / (held + 1))
        case Method.SAINTE_LAGUE:
            return exact(Fraction(votes) / (2 * held + 1))
        case Method.LARGEST_REMAINDER:
            # Without any votes every quota is nothing, and only the seats a list has tell it from another.
            return exact(Fraction(votes * seats) / total - held) if total else -held
        case _:
            assert_never(method)
