"""What a mandate says of seats that fall empty, and of members who are away for a time."""

from __future__ import annotations

from dataclasses import dataclass

from composition_rules.mandate.texts import Clause, Silence, Text
from composition_rules.mandate.words import Cause, EmptyPlace, Successor


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionRule:
    """When an alternate sits in for a member who keeps the seat.

    From an absence of so many months on, and for no longer than so many: then the absence ends the seat.
    """

    text: Text
    at_least_months: int | Silence
    at_most_months: int | Silence
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancies:
    """Which events end a seat, who steps in, whose consent is asked, and what happens when nobody is left.

    ``absences`` is the number of unexcused absences that end a seat; None where absence does not stand in
    ``ends_with``. ``alternate_left`` is what happens to the place of an alternate who leaves or has stepped in.
    """

    text: Text
    ends_with: tuple[Cause, ...] | Silence
    absences: int | Silence | None
    successor: Successor
    consent: Text | Silence
    nobody_left: EmptyPlace
    alternate_left: EmptyPlace
    substitution: SubstitutionRule | Silence
    clause: Clause

    def ends_by(self, cause: Cause) -> bool:
        """Whether the source says that this event ends a seat."""
        return not isinstance(self.ends_with, Silence) and cause in self.ends_with
