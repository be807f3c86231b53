"""A vacancy, and what may come of it: a closed list of outcomes, each with its reason and its clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from composition_rules.check.findings import Param, params_in
from composition_rules.council import Holding
from composition_rules.errors import CouncilError
from composition_rules.mandate import Cause, Clause, Role, SeatGroupId, Silence, Text
from composition_rules.people import Person, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A place that its holder leaves after ``last_day``, and why.

    ``lost`` is the property that the holder has no more (LOST_MEMBERSHIP), ``absences`` how often the holder stayed
    away unexcused (ABSENCE). Those who ``declined`` to step in are passed over.
    """

    group: SeatGroupId
    seat: int
    cause: Cause
    last_day: date
    role: Role = Role.MEMBER
    lost: str | None = None
    absences: int | None = None
    declined: frozenset[PersonId] = frozenset()

    @property
    def first_day(self) -> date:
        """The first day on which the place is empty.

        Raises:
            CouncilError: the calendar ends on the last day (code no-day-after).
        """
        if self.last_day == date.max:
            raise CouncilError("no-day-after", day=self.last_day.isoformat())
        return self.last_day + timedelta(days=1)

    def holder(self, held: tuple[Holding, ...]) -> Holding:
        """Who holds the place among those who hold one on the last day.

        Raises:
            CouncilError: nobody does (code seat-not-held).
        """
        for holding in held:
            if holding.place == (self.group, self.role, self.seat):
                return holding
        raise CouncilError("seat-not-held", group=self.group, seat=self.seat, day=self.last_day.isoformat())

    def open_until(self, leaver: Holding) -> date | None:
        """Until when a successor sits: as long as the holder would have; None where nothing is known of that."""
        return None if leaver.until == self.last_day else leaver.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why it is so: ``code`` names the sentence in ``messages.py``, ``params`` fill it; and the clause it rests on."""

    code: str
    clause: Clause
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)

    def params_in(self, language: str) -> dict[str, str | int]:
        """The params as words and numbers of one language."""
        return params_in(self.params, language)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """An alternate who does not step in, and why not."""

    person: Person
    reason: Reason


class Option(StrEnum):
    """What may be decided where the mandate does not settle it. The words are the codes of their sentences."""

    LEAVE_EMPTY = "option-leave-empty"
    BY_ELECTION = "option-by-election"
    APPOINT = "option-appoint"
    CHOOSE_ALTERNATE = "option-choose-alternate"
    DRAW_LOT = "option-draw-lot"
    END_SEAT = "option-end-seat"
    KEEP_SEAT = "option-keep-seat"
    CALL_IN_ALTERNATE = "option-call-in-alternate"
    WAIT_FOR_MEMBER = "option-wait-for-member"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsIn:
    """The alternate who holds ``alternate`` takes the seat, if all in ``consents`` agree."""

    alternate: Holding
    consents: tuple[Text, ...]
    reason: Reason
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRequired:
    """The mandate does not settle it: what may be decided, and among whom."""

    options: tuple[Option, ...]
    reason: Reason
    people: tuple[Person, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaysEmpty:
    """The mandate says that the place stays empty."""

    reason: Reason
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ByElection:
    """The mandate says that a by-election is held."""

    reason: Reason
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """The mandate says that somebody new is appointed, and by whom, if it says that."""

    by: Text | Silence
    consents: tuple[Text, ...]
    reason: Reason
    passed_over: tuple[PassedOver, ...] = ()


Outcome = StepsIn | DecisionRequired | StaysEmpty | ByElection | Appointed
