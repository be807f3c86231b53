"""The question: how many seats of a group, who applies, and what binds the choice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from composition_rules.council import Council
from composition_rules.draw.limits import Limit, Sitting, in_words, limits_of
from composition_rules.errors import DrawError
from composition_rules.mandate import Mandate, Role, Text
from composition_rules.people import Person, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """``seats`` people are to be chosen among the applicants, within every limit.

    ``applicants`` stand in the order of their ids. ``place`` names in a lot what is drawn for. ``wishes`` are
    requirements that are preferred only: they do not bind the choice.
    """

    place: str
    seats: int
    applicants: tuple[Person, ...]
    limits: tuple[Limit, ...]
    wishes: tuple[Text, ...] = ()

    def after(self, *taken: PersonId) -> Selection:
        """What is left to choose when these people are taken."""
        gone = frozenset(taken)
        return replace(
            self,
            seats=self.seats - len(gone),
            applicants=tuple(person for person in self.applicants if person.id not in gone),
            limits=tuple(limit.after(gone) for limit in self.limits),
        )

    def among(self, people: Iterable[PersonId]) -> Selection:
        """The same choice among these applicants only."""
        kept = frozenset(people)
        return replace(self, applicants=tuple(person for person in self.applicants if person.id in kept))

    def broken_by(self, chosen: Iterable[PersonId]) -> tuple[Limit, ...]:
        """The limits that a choice does not keep to."""
        people = tuple(chosen)
        return tuple(limit for limit in self.limits if not limit.allows(people))

    def closed_list(self) -> tuple[str, ...]:
        """What is settled before a seed is known, line by line: the seats, the applicants, who counts for each rule."""
        lines = [f"{self.place}: {self.seats}", "applicants: " + " ".join(person.id for person in self.applicants)]
        lines += [
            f"{limit.title.en}: {limit.at_least} to {limit.at_most} of: {' '.join(sorted(limit.counted))}"
            for limit in self.limits
        ]
        return tuple(lines)

    def fingerprint(self) -> str:
        """The SHA-256 of the closed list, its lines ended by a line feed, in UTF-8."""
        return hashlib.sha256("".join(f"{line}\n" for line in self.closed_list()).encode()).hexdigest()


def selection_of(
    council: Council, mandate: Mandate, group_id: str, *, seats: int, applicants: Iterable[Person], on: date
) -> Selection:
    """The choice of members for so many seats of a group, beside those who sit on the day ``on``.

    Raises:
        CouncilError: the council belongs to another mandate, or the mandate has no such group.
        DrawError: no seat, or more seats than are free, are to be filled; another group must have as many members and
            cannot; somebody applies twice (codes draw-no-seats, draw-too-many-seats, draw-unequal, draw-twice).
    """
    council.verify(mandate)
    group = mandate.group(group_id)
    members = tuple(
        (each.group, each.person.on(on))
        for each in sorted(council.on(on), key=lambda each: (each.group, each.seat))
        if each.role is Role.MEMBER
    )
    sitting = Sitting(mandate=mandate, group=group, seats=seats, members=members)
    _verify_number(sitting)
    people = tuple(sorted((person.on(on) for person in applicants), key=lambda person: person.id))
    for one, other in pairwise(people):
        if one.id == other.id:
            raise DrawError("draw-twice", person=one.id)
    wishes = [in_words(each, group.title) for each in group.requirements if each.preferred]
    wishes += [in_words(each, mandate.body) for each in mandate.requirements if each.preferred]
    return Selection(
        place=f"{mandate.id}:{group.id}",
        seats=seats,
        applicants=people,
        limits=limits_of(sitting, people),
        wishes=tuple(wishes),
    )


def _verify_number(sitting: Sitting) -> None:
    """So many seats are free in the group, and in the council once the others have what they must have."""
    group, mandate = sitting.group, sitting.mandate
    if sitting.seats < 1:
        raise DrawError("draw-no-seats", seats=sitting.seats)
    free = [] if group.seats.most is None else [group.seats.most - len(sitting.of(group))]
    if mandate.seats.most is not None:
        promised = sum(sitting.must_come(other) for other in sitting.others)
        free.append(mandate.seats.most - len(sitting.members) - promised)
    if free and min(free) < sitting.seats:
        raise DrawError("draw-too-many-seats", group=group.id, seats=sitting.seats, free=max(0, min(free)))
    after = len(sitting.of(group)) + sitting.seats
    for other in sitting.others:
        bound = other.as_many_as == group.id or group.as_many_as == other.id
        if bound and not other.seats.has_room_for(after):
            raise DrawError("draw-unequal", group=group.id, other=other.id, number=after)
