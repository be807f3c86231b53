"""Which places a mandate has, and as many of an open number as could possibly be used.

More places than people who may take them change no answer. So a number without an upper limit becomes one place for
each such person and each decision, and ``room`` for people who are not there yet, which only repairs use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from composition_rules.mandate import AlternateKind, Mandate, Role, SeatGroup, SeatGroupId, Seats
from composition_rules.people import PersonId
from composition_rules.places.values import Decision, Place

Part = tuple[SeatGroupId, Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The places of a group for one role: open to its candidates, and those that newcomers alone would need."""

    open: tuple[Place, ...]
    room: tuple[Place, ...] = ()

    @property
    def all(self) -> tuple[Place, ...]:
        """Every one of them."""
        return (*self.open, *self.room)


def make_places(
    mandate: Mandate, may_take: Mapping[Part, frozenset[PersonId]], decisions: Iterable[Decision]
) -> dict[Part, Made]:
    """The places of every group, for the people who may take them and the places decided."""
    decided = tuple(decisions)
    room = _room(mandate) + len(decided)
    made: dict[Part, Made] = {}
    for group in mandate.groups:
        own = [each for each in decided if each.place.group == group.id]
        people = {each.person for each in own}.union(*(may_take.get((group.id, role), ()) for role in Role))
        members = {each.place.number for each in own if each.place.role is Role.MEMBER}
        alternates = {each.place.number for each in own if each.place.role is Role.ALTERNATE}
        each_has = alternates_of_each(group)
        if each_has is not None:
            members |= {seat_of(number, each_has) for number in alternates}
        seats, spare_seats = _numbers(group.seats, members, len(people), room)
        made[group.id, Role.MEMBER] = _made(group, Role.MEMBER, seats, spare_seats)
        if each_has is None:
            more = 1 if group.alternates.per_member is None else max(1, group.alternates.per_member.least)
            numbers, spare = _numbers(group.alternates.number, alternates, len(people), room * more)
        else:
            numbers, spare = ([n for seat in of for n in numbers_of(seat, each_has)] for of in (seats, spare_seats))
        made[group.id, Role.ALTERNATE] = _made(group, Role.ALTERNATE, numbers, spare)
    return made


def alternates_of_each(group: SeatGroup) -> int | None:
    """How many places for alternates belong to each seat; None where no place belongs to a seat."""
    if group.alternates.kind is not AlternateKind.PERSONAL:
        return None
    return 1 if group.alternates.per_member is None else group.alternates.per_member.most or None


def numbers_of(seat: int, each_has: int) -> range:
    """The places of the alternates of a seat: those of seat 1 first, then those of seat 2."""
    return range((seat - 1) * each_has + 1, seat * each_has + 1)


def seat_of(number: int, each_has: int) -> int:
    """The seat to which a place of an alternate belongs."""
    return (number - 1) // each_has + 1


def _room(mandate: Mandate) -> int:
    """More people than the mandate can ask of one group whose number it leaves open."""
    seats = [group.places(role) for group in mandate.groups for role in Role]
    numbers = [requirement.number or 0 for requirement in mandate.all_requirements()]
    return sum(each.least for each in (*seats, mandate.seats, mandate.alternates)) + sum(numbers) + 1


def _numbers(seats: Seats, decided: set[int], people: int, room: int) -> tuple[list[int], list[int]]:
    """The numbers of the places that people who are there could use, and of those beyond."""
    if seats.most is not None and seats.most <= people + room:
        return list(range(1, seats.most + 1)), []
    usable = sorted({*range(1, people + 1), *(number for number in decided if seats.has_room_for(number))})
    beyond = range(usable[-1] + 1 if usable else 1, (usable[-1] if usable else 0) + room + 1)
    return usable, [number for number in beyond if seats.has_room_for(number)]


def _made(group: SeatGroup, role: Role, numbers: Iterable[int], room: Iterable[int]) -> Made:
    def places(of: Iterable[int]) -> tuple[Place, ...]:
        return tuple(Place(group=group.id, role=role, number=number) for number in of)

    return Made(open=places(numbers), room=places(room))
