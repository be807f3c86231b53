"""What is recorded of a council: a place or an office held, a nomination, a substitution, a duty done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from composition_rules.mandate import Office, Role, Route, SeatGroupId
from composition_rules.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One person on one place, from the day ``since`` to the day ``until``, both included; None is open-ended.

    ``seat`` counts from 1 within the group and the role. ``decision`` names what gave the seat: a result, a minute.
    """

    person: Person
    group: SeatGroupId
    seat: int
    role: Role
    route: Route
    decision: str
    since: date
    until: date | None = None

    @property
    def place(self) -> tuple[SeatGroupId, Role, int]:
        """Which place is held."""
        return self.group, self.role, self.seat


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHolding:
    """One person in one office, from the day ``since`` to the day ``until``, both included; None is open-ended."""

    person: Person
    office: Office
    decision: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """Whom a body proposed for the seats of a group, on which day.

    ``reason`` is what the body gave for not proposing as many women as men (ligestillingsloven § 10 a); None where
    it gave none.
    """

    group: SeatGroupId
    nominated_by: str
    proposed: tuple[Person, ...]
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """An alternate who sits in for an absent member for a time; the member keeps the seat.

    From the day ``since`` to the day ``until``, both included; None is until the member is back. ``decision`` names
    what called the alternate in.
    """

    person: Person
    group: SeatGroupId
    seat: int
    decision: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDone:
    """That the council did a duty of its mandate (``duty`` is its id) on one day."""

    duty: str
    on: date
    decision: str
