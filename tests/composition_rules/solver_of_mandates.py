"""A mandate put to HiGHS, written from the mandate itself: nothing of our places, rules or search.

One number for each person on each seat, by number; which seats of a group are held is a number of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from composition_rules.mandate import AlternateKind, Bound, Requirement, Role, SeatGroup, Seats
from composition_rules.people import Person
from tests.composition_rules.random_mandates import Pool
from tests.composition_rules.solver import INFINITY, solves

Cell = tuple[str, str, Role, int, int]  # person, group, role, number, share (-1 for none)
Row = tuple[dict[int, float], float, float]


def highs_fills(pool: Pool) -> bool:
    """Whether HiGHS finds a council that meets the mandate."""
    return _Programme(pool).is_solvable()


class _Programme:
    def __init__(self, pool: Pool) -> None:
        self.pool, self.mandate = pool, pool.mandate
        self.people: dict[str, Person] = {each.person.id: each.person for each in pool.candidates}
        self.decided = {(each.person, each.place.group, each.place.role, each.place.number) for each in pool.decisions}
        self.cells: list[Cell] = [
            (one.person.id, group.id, role, number, share)
            for one in pool.candidates
            for group in self.mandate.groups
            for role in Role
            for number in range(1, self._most(group, role) + 1)
            if (group.id, role) in one.parts or (one.person.id, group.id, role, number) in self.decided
            for share in self._shares(group, role, one.person)
        ]
        self.rows: list[Row] = []

    def is_solvable(self) -> bool:
        once = (lambda c: (c[0], c[1])) if self.mandate.one_seat_each is False else (lambda c: (c[0], ""))
        for key in sorted({once(cell) for cell in self.cells}):
            self._add((n for n, cell in enumerate(self.cells) if once(cell) == key), 0, 1)
        for seat in sorted({cell[1:4] for cell in self.cells}):
            self._add((n for n, cell in enumerate(self.cells) if cell[1:4] == seat), 0, 1)
        for one in sorted(self.decided):
            self._add((n for n, cell in enumerate(self.cells) if cell[:4] == one), 1, 1)
        for group in self.mandate.groups:
            self._group(group)
        for role, seats in ((Role.MEMBER, self.mandate.seats), (Role.ALTERNATE, self.mandate.alternates)):
            self._number(seats, self._of(role))
        for requirement in self.mandate.requirements:
            seats = self.mandate.seats if requirement.applies_to is Role.MEMBER else self.mandate.alternates
            self._requirement(requirement, seats, self._of(requirement.applies_to))
        if not self.cells:
            return all(least <= 0 <= most for _, least, most in self.rows)
        return solves([0.0] * len(self.cells), self.rows)

    def _most(self, group: SeatGroup, role: Role) -> int:
        most, each = group.places(role).most, _places_of_each(group)
        if role is Role.ALTERNATE and each is not None:
            return self._most(group, Role.MEMBER) * each
        numbers = [number for _, of, which, number in self.decided if (of, which) == (group.id, role)]
        return max([len(self.people) + 4, *numbers]) if most is None else most

    def _shares(self, group: SeatGroup, role: Role, person: Person) -> list[int]:
        if role is Role.ALTERNATE or not group.shares:
            return [-1]
        words = {share.property for share in group.shares if share.property is not None}
        return [
            number
            for number, share in enumerate(group.shares)
            if (share.property in person.properties if share.property is not None else not words & person.properties)
        ] or [-1]

    def _group(self, group: SeatGroup) -> None:
        for role in Role:
            self._number(group.places(role), self._of(role, group.id))
        if group.as_many_as is not None:
            own, other = self._of(Role.MEMBER, group.id), self._of(Role.MEMBER, group.as_many_as)
            self.rows.append(({n: 1.0 for n in own} | {n: -1.0 for n in other}, 0, 0))
        for number, share in enumerate(group.shares):
            own = [n for n in self._of(Role.MEMBER, group.id) if self.cells[n][4] == number]
            self._add(own, share.seats, share.seats)
        for requirement in group.requirements:
            role = requirement.applies_to
            self._requirement(requirement, group.places(role), self._of(role, group.id))
        if group.alternates.kind is AlternateKind.PERSONAL:
            self._personal(group)
        if group.alternates.at_most_members:
            own, members = self._of(Role.ALTERNATE, group.id), self._of(Role.MEMBER, group.id)
            self.rows.append(({n: 1.0 for n in own} | {n: -1.0 for n in members}, -INFINITY, 0))

    def _personal(self, group: SeatGroup) -> None:
        """Each seat of a range has alternates only when it is held; those of a fixed number exist in any case."""
        each = group.alternates.per_member or Seats.exactly(1)
        members, alternates = self._of(Role.MEMBER, group.id), self._of(Role.ALTERNATE, group.id)
        if each.most is None:
            weights = {n: 1.0 for n in alternates} | {n: -float(each.least) for n in members}
            self.rows.append((weights, 0, INFINITY))
            if not group.seats.fixed:
                self.rows.append(({n: 1.0 for n in alternates} | {n: -999.0 for n in members}, -INFINITY, 0))
            return
        for seat in range(1, self._most(group, Role.MEMBER) + 1):
            held = [n for n in members if self.cells[n][3] == seat]
            own = [n for n in alternates if (seat - 1) * each.most < self.cells[n][3] <= seat * each.most]
            ones = {n: 1.0 for n in own}
            self.rows.append((ones | {n: -float(each.least) for n in held}, 0, INFINITY))
            if not group.seats.fixed:
                self.rows.append((ones | {n: -float(each.most) for n in held}, -INFINITY, 0))

    def _requirement(self, requirement: Requirement, seats: Seats, cells: list[int]) -> None:
        if requirement.preferred:
            return
        having = [n for n in cells if self.people[self.cells[n][0]].has(requirement.property)]
        lacking = [n for n in cells if n not in having]
        number = requirement.number or 0
        match requirement.bound:
            case Bound.AT_LEAST:
                self._add(having, number, INFINITY)
            case Bound.AT_MOST:
                self._add(having, 0, number)
            case Bound.EXACTLY:
                self._add(having, number, number)
            case Bound.ALL:
                self._add(lacking, 0, 0)
            case Bound.MAJORITY:
                self._add(having, seats.least // 2 + 1, INFINITY)
                self.rows.append(({n: 1.0 for n in having} | {n: -1.0 for n in lacking}, 1, INFINITY))

    def _of(self, role: Role, group: str | None = None) -> list[int]:
        return [n for n, cell in enumerate(self.cells) if cell[2] is role and group in (None, cell[1])]

    def _number(self, seats: Seats, cells: list[int]) -> None:
        self._add(cells, seats.least, INFINITY if seats.most is None else seats.most)

    def _add(self, cells: Iterable[int], least: float, most: float) -> None:
        self.rows.append((dict.fromkeys(cells, 1.0), least, most))


def _places_of_each(group: SeatGroup) -> int | None:
    """How many numbered places for alternates each seat has; None where the numbers say nothing of seats."""
    if group.alternates.kind is not AlternateKind.PERSONAL:
        return None
    return 1 if group.alternates.per_member is None else group.alternates.per_member.most
