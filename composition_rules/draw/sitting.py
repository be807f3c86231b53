"""Who sits on the day of the choice, and how large the groups of the council can become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import factorial

from composition_rules.errors import DrawError, SearchLimitError
from composition_rules.mandate import Bound, Mandate, Requirement, Role, SeatGroup, SeatGroupId
from composition_rules.people import Person

MOST_SIZES = 100_000

Members = tuple[tuple[SeatGroupId, Person], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Who sits in which group, for how many ``seats`` of ``group`` others are chosen, and its ``size`` in the end.

    The group has those who sit and those who are chosen; it becomes larger only where the mandate's numbers leave no
    other way: its own least, a group that must be as large, the number of the whole council.
    """

    mandate: Mandate
    group: SeatGroup
    seats: int
    members: Members
    size: int

    def of(self, group: SeatGroup) -> tuple[Person, ...]:
        """The members of one group."""
        return tuple(person for each, person in self.members if each == group.id)

    @property
    def to_come(self) -> int:
        """How many seats the group must have beyond those who sit and those who are chosen."""
        return self.size - len(self.of(self.group)) - self.seats

    @property
    def others(self) -> tuple[SeatGroup, ...]:
        """The groups that nobody is chosen for now."""
        return tuple(group for group in self.mandate.groups if group.id != self.group.id)

    def others_in_sizes(self) -> Iterator[tuple[tuple[SeatGroup, ...], range]]:
        """The other groups, those that must be equally large together, and the numbers of members each can have."""
        for groups in tied(self.mandate):
            rest = tuple(group for group in groups if group.id != self.group.id)
            if rest != groups:
                yield rest, range(self.size, self.size + 1)
            else:
                yield rest, _sizes(self.mandate, self.members, self.seats, groups)


def sitting_of(mandate: Mandate, group: SeatGroup, seats: int, members: Members) -> Sitting:
    """The group with so many more members, as small as the numbers of the mandate allow.

    Raises:
        DrawError: no seat, or more seats than are free, are to be filled; a group that must have as many members
            cannot (codes draw-no-seats, draw-too-many-seats, draw-unequal).
        SearchLimitError: the groups can have too many sizes to look at (code search-limit).
    """
    if seats < 1:
        raise DrawError("draw-no-seats", seats=seats)
    taken = sum(each == group.id for each, _ in members)
    sizes = _possible_sizes(mandate, group, seats, members)
    size = min((each for each in sizes if each >= taken + seats), default=None)
    if size is not None:
        return Sitting(mandate=mandate, group=group, seats=seats, members=members, size=size)
    equal = next(groups for groups in tied(mandate) if group in groups)
    for other in equal:
        if group.seats.has_room_for(taken + seats) and not other.seats.has_room_for(taken + seats):
            raise DrawError("draw-unequal", group=group.id, other=other.id, number=taken + seats)
    free = max(sizes, default=taken) - taken
    raise DrawError("draw-too-many-seats", group=group.id, seats=seats, free=free)


def tied(mandate: Mandate) -> tuple[tuple[SeatGroup, ...], ...]:
    """The groups, those together that must be equally large (``as_many_as``)."""
    sets: list[frozenset[SeatGroupId]] = []
    for group in mandate.groups:
        one = frozenset((group.id,) if group.as_many_as is None else (group.id, group.as_many_as))
        sets = [one.union(*(each for each in sets if each & one)), *(each for each in sets if not each & one)]
    found = dict.fromkeys(next(each for each in sets if group.id in each) for group in mandate.groups)
    return tuple(tuple(group for group in mandate.groups if group.id in ids) for ids in found)


def binding(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Those that bind who becomes a member."""
    return tuple(each for each in requirements if each.applies_to is Role.MEMBER and not each.preferred)


def _possible_sizes(mandate: Mandate, group: SeatGroup, seats: int, members: Members) -> list[int]:
    """How many members the group can have in the end, as far as numbers of seats say."""
    most = group.seats.most
    asked = seats if most is None else min(seats, most)
    sets = tied(mandate)
    own = next(groups for groups in sets if group in groups)
    others = {0}
    for groups in sets:
        if groups is not own:
            sizes = _sizes(mandate, members, asked, groups)
            others = {before + len(groups) * size for before in others for size in sizes}
            if mandate.seats.most is None:  # as many as the council must have are as good as more
                others = {min(number, mandate.seats.least) for number in others}
    return [
        size
        for size in _sizes(mandate, members, asked, own)
        if any(mandate.seats.holds(len(own) * size + other) for other in others)
    ]


def _sizes(mandate: Mandate, members: Members, seats: int, groups: Sequence[SeatGroup]) -> range:
    """How many members each of these equally large groups can have."""
    taken = [sum(each == group.id for each, _ in members) for group in groups]
    most = _most(groups)
    if most is None:
        most = _enough(mandate, len(members) + seats)
    sizes = range(max(*taken, *(group.seats.least for group in groups)), most + 1)
    if len(sizes) > MOST_SIZES:
        raise SearchLimitError("search-limit")
    return sizes


def _most(groups: Sequence[SeatGroup]) -> int | None:
    return min((group.seats.most for group in groups if group.seats.most is not None), default=None)


def _enough(mandate: Mandate, people: int) -> int:
    """So many members of a group without an upper limit that more make no difference to any rule.

    From ``saturated`` members on, every number that a requirement names is reached or passed, and a further member
    changes majorities of the council alone, by one for each group. One majority, and one of two where no groups must be
    equally large, is then won by ``others`` further members, or lost: groups that serve one of the two each only undo
    what the other does. More are linear inequalities, one for each property, with one unknown for each set of equal
    groups; with a solution in whole numbers they have one no greater than (unknowns + 1) times the greatest
    subdeterminant (A. Schrijver, Theory of Linear and Integer Programming, 1986, theorem 17.1).
    """
    if mandate.seats.most is not None:
        return mandate.seats.most
    sets = tied(mandate)
    numbers = sum(each.number or 0 for each in mandate.all_requirements())
    saturated = people + sum(group.seats.least for group in mandate.groups) + mandate.seats.least + 2 * numbers + 1
    tops = [(len(groups), _most(groups)) for groups in sets]
    others = 1 + people + sum(number * (saturated if most is None else most) for number, most in tops)
    majorities = len({each.property for each in binding(mandate.requirements) if each.bound is Bound.MAJORITY})
    widest = max(number for number, _ in tops)
    if not majorities:
        return saturated
    if majorities == 1 or (majorities == 2 and widest == 1):
        return saturated + others
    return saturated + (len(sets) + 1) * factorial(majorities) * int(widest ** (majorities - 1)) * others
