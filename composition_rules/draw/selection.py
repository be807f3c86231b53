"""The question: how many seats of a group, who applies, and what binds the choice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from composition_rules.council import Council
from composition_rules.draw.demands import Demand, demands_of, in_words
from composition_rules.draw.limits import Case, Limit, cases_of
from composition_rules.draw.sitting import Sitting, sitting_of
from composition_rules.errors import DrawError
from composition_rules.mandate import Mandate, Role, Text
from composition_rules.people import Person, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """``seats`` people are to be chosen among the applicants, within every limit of one of the ``cases``.

    ``applicants`` stand in the order of their ids; ``taken`` are those of the choice who are settled already. ``place``
    names in a lot what is drawn for. ``demands`` are the rules from which the cases follow. ``wishes`` are requirements
    that are preferred only: they do not bind the choice.
    """

    place: str
    sitting: Sitting
    applicants: tuple[Person, ...]
    demands: tuple[Demand, ...]
    cases: tuple[Case, ...]
    taken: frozenset[PersonId] = frozenset()
    wishes: tuple[Text, ...] = ()

    @property
    def seats(self) -> int:
        """How many are to be chosen, with those who are taken."""
        return self.sitting.seats

    def after(self, *taken: PersonId) -> Selection:
        """The same choice when these people are taken."""
        gone = frozenset(taken)
        return replace(
            self,
            taken=self.taken | gone,
            applicants=tuple(person for person in self.applicants if person.id not in gone),
        )

    def among(self, people: Iterable[PersonId]) -> Selection:
        """The same choice among these applicants only."""
        kept = frozenset(people)
        return replace(self, applicants=tuple(person for person in self.applicants if person.id in kept))

    def without(self, demand: Demand) -> Selection:
        """The same choice without one of the rules."""
        kept = tuple(each for each in self.demands if each is not demand)
        return replace(self, demands=kept, cases=cases_of(self.sitting, kept))

    def is_valid(self, chosen: Iterable[PersonId]) -> bool:
        """Whether the council can still be completed within every rule when these people are chosen."""
        people = tuple(chosen)
        return any(all(limit.allows(people) for limit in case) for case in self.cases)

    def broken_by(self, chosen: Iterable[PersonId]) -> tuple[Limit, ...]:
        """The limits that a choice does not keep to, in the case to which it comes closest."""
        people = tuple(chosen)
        broken = (tuple(limit for limit in case if not limit.allows(people)) for case in self.cases)
        return min(broken, key=len, default=())

    def closed_list(self) -> tuple[str, ...]:
        """What is settled before a seed is known, line by line: the seats, the applicants, who counts for each rule."""
        lines = [f"{self.place}: {self.seats}", "applicants: " + " ".join(person.id for person in self.applicants)]
        for number, case in enumerate(self.cases, 1):
            lines += [f"case {number} of {len(self.cases)}"] if len(self.cases) > 1 else []
            lines += [
                f"{limit.title.en}: {limit.at_least} to {limit.at_most} of: {' '.join(sorted(limit.counted))}"
                for limit in case
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
        SearchLimitError: the rest of the council can take too many forms (code search-limit).
    """
    council.verify(mandate)
    group = mandate.group(group_id)
    members = tuple(
        (each.group, each.person.on(on))
        for each in sorted(council.on(on), key=lambda each: (each.group, each.seat))
        if each.role is Role.MEMBER
    )
    sitting = sitting_of(mandate, group, seats, members)
    people = tuple(sorted((person.on(on) for person in applicants), key=lambda person: person.id))
    for one, other in pairwise(people):
        if one.id == other.id:
            raise DrawError("draw-twice", person=one.id)
    demands = demands_of(sitting, people)
    wishes = [in_words(each, group.title) for each in group.requirements if each.preferred]
    wishes += [in_words(each, mandate.body) for each in mandate.requirements if each.preferred]
    return Selection(
        place=f"{mandate.id}:{group.id}",
        sitting=sitting,
        applicants=people,
        demands=demands,
        cases=cases_of(sitting, demands),
        wishes=tuple(wishes),
    )
