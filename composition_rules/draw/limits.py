"""What the rules of a mandate leave to those who are chosen for one seat group: cases, in each a limit for each rule.

A choice is valid when those who are still to come can complete the council within every rule that binds. For each
number of members of the other groups, and for reserved seats each way to keep them for people to come, every rule
leaves the choice a least and a most: that is one case. A choice is valid when it keeps to every limit of one case.
What another case allows as well is left out, so where nothing is open elsewhere there is one case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from composition_rules.draw.coming import (
    Coming,
    Held,
    Required,
    allowed,
    coming_elsewhere,
    counted_words,
    fitting,
    having_in,
    held_in,
    room_in,
)
from composition_rules.draw.demands import Demand, OneSeat, Reserved, SeatsFor
from composition_rules.draw.sitting import Sitting
from composition_rules.mandate import Clause, Requirement, SeatGroupId, Text
from composition_rules.people import PersonId

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One rule: of the chosen, from ``at_least`` to ``at_most`` must be among ``counted``.

    ``title`` names the rule to a reader. Where the most is below the least, no number at all keeps to it.
    """

    title: Text
    clause: Clause
    counted: frozenset[PersonId]
    at_least: int
    at_most: int

    def allows(self, chosen: Iterable[PersonId]) -> bool:
        """Whether a choice keeps to the rule."""
        return self.at_least <= sum(person in self.counted for person in chosen) <= self.at_most


Case = tuple[Limit, ...]


def cases_of(sitting: Sitting, demands: Sequence[Demand]) -> tuple[Case, ...]:
    """The cases that these rules leave, each with a limit for every rule that counts the chosen.

    None when people to come cannot complete the council within them, whoever is chosen.

    Raises:
        SearchLimitError: there are too many forms of the rest to look at (code search-limit).
    """
    required = [(demand.group, demand.asks) for demand in demands if isinstance(demand.asks, Requirement)]
    reserved = [demand.group for demand in demands if isinstance(demand.asks, Reserved) and demand.group is not None]
    words, elsewhere = counted_words(required), coming_elsewhere(sitting, required, reserved)
    shares = sitting.group.shares
    kept = held_in(shares, sitting.to_come) if sitting.group.id in reserved else [None]
    cases = {
        _limits(rest, demands)
        for rest in (
            _Rest(sitting, words, held, coming)
            for held in kept
            for coming in elsewhere
            if sitting.mandate.seats.holds(len(sitting.members) + sitting.seats + sitting.to_come + coming.number)
        )
        if all(rest.agrees(word, required) for word in {asked.property: None for _, asked in required})
    }
    return _widest(sorted(cases, key=_numbers), sitting.seats)


def alone(sitting: Sitting, demand: Demand) -> Limit:
    """What a rule leaves to those who are chosen when it is asked by itself; no number when it is lost already."""
    cases = cases_of(sitting, [demand])
    bounds = [_bounds(limit) for case in cases for limit in case] or [(0, sitting.seats if cases else -1)]
    return Limit(
        title=demand.title,
        clause=demand.clause,
        counted=demand.counted,
        at_least=min(least for least, _ in bounds),
        at_most=max(most for _, most in bounds),
    )


@dataclass(frozen=True, slots=True)
class _Rest:
    """One form of who is still to come: to the other groups, and to reserved seats of the group itself."""

    sitting: Sitting
    words: tuple[str, ...]
    held: Held | None
    coming: Coming

    def size(self, group: SeatGroupId | None) -> int:
        """How many members the group, or the council, then has."""
        if group is not None:
            return self.sitting.size
        return len(self.sitting.members) + self.sitting.seats + self.sitting.to_come + self.coming.number

    def of_group(self, word: str) -> Bounds:
        """How few and how many of the group's members can have a property, besides the chosen."""
        having = sum(person.has(word) for person in self.sitting.of(self.sitting.group))
        least, most = 0, self.sitting.to_come
        if self.held is not None:
            least, most = having_in(self.sitting.group.shares, self.held, word)
        return having + least, having + most

    def elsewhere(self, word: str) -> Bounds:
        """How few and how many of the members of other groups can have a property."""
        own = self.sitting.group.id
        having = sum(person.has(word) for group, person in self.sitting.members if group != own)
        if word not in self.words:
            return having, having + self.coming.number
        at = self.words.index(word)
        return having + self.coming.least[at], having + self.coming.most[at]

    def leaves(self, requirement: Requirement, group: SeatGroupId | None) -> Bounds:
        """How few and how many of the chosen a requirement allows to have its property."""
        least, most = allowed(requirement, self.size(group))
        few, many = self.of_group(requirement.property)
        if group is None:
            other_few, other_many = self.elsewhere(requirement.property)
            few, many = few + other_few, many + other_many
        return least - many, most - few

    def agrees(self, word: str, required: Required) -> bool:
        """Whether the requirements of one property can stand together beside the limits they each leave.

        Numbers that follow each other without a gap meet, all of them, when each two of them do.
        """
        (own_few, own_many), (few, many) = self.of_group(word), self.elsewhere(word)
        if own_few == own_many and few == many:
            return True  # the limits say everything
        least, most = _both(required, word, self.sitting.group.id, self.sitting.size)
        of_all = _both(required, word, None, self.size(None))
        return least <= most and of_all[0] <= of_all[1] and least + few <= of_all[1] and most + many >= of_all[0]


def _both(required: Required, word: str, group: SeatGroupId | None, size: int) -> Bounds:
    """What all requirements of a property together allow in a group, or the council, of this size."""
    bounds = [allowed(asked, size) for of, asked in required if of == group and asked.property == word]
    return max((least for least, _ in bounds), default=0), min((most for _, most in bounds), default=size)


def _limits(rest: _Rest, demands: Iterable[Demand]) -> Case:
    """What each rule that counts the chosen leaves to them."""
    sitting = rest.sitting
    seats, shares = sitting.seats, sitting.group.shares
    held = rest.held or (0,) * len(shares)
    limits = []
    for demand in demands:
        if demand.group not in (None, sitting.group.id):
            continue
        match demand.asks:
            case OneSeat(doubles):
                least, most = 0, -doubles
            case SeatsFor(part):
                fits = [fitting(person, shares) for person in sitting.of(sitting.group)]
                least, most = 0, room_in(part, shares, held, fits)
            case Reserved():
                continue
            case Requirement() as requirement:
                least, most = rest.leaves(requirement, demand.group)
            case _:
                assert_never(demand.asks)
        limits.append(
            Limit(
                title=demand.title,
                clause=demand.clause,
                counted=demand.counted,
                at_least=max(0, least),
                at_most=min(seats, most),
            )
        )
    return tuple(limits)


def _widest(cases: Sequence[Case], seats: int) -> tuple[Case, ...]:
    """Those that no other contains. A case that nobody can keep to stays only where it is the only one."""
    found: list[Case] = []
    for case in cases:
        if all(limit.at_least <= min(limit.at_most, len(limit.counted), seats) for limit in case) and not any(
            _contains(each, case) for each in found
        ):
            found = [each for each in found if not _contains(case, each)] + [case]
    return tuple(found or cases[:1])


def _contains(case: Case, other: Case) -> bool:
    return all(
        one.at_least <= each.at_least and min(one.at_most, len(one.counted)) >= min(each.at_most, len(each.counted))
        for one, each in zip(case, other, strict=True)
    )


def _numbers(case: Case) -> tuple[Bounds, ...]:
    return tuple(map(_bounds, case))


def _bounds(limit: Limit) -> Bounds:
    return limit.at_least, limit.at_most
