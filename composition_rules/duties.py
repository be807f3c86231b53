"""The duties of a council as dated obligations: how often each was done in a year, and what is still due by when.

A mandate says how many times a year; the last day is 31 December, for no source gives another as a date (words such
as “before 1 December” are shown beside it). Years are counted from the one in which the mandate began to hold, and
not before the council had its first member. A first or last year that is not whole asks for as much as any other: no
source says that it asks for less.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from composition_rules.council import Council, DutyDone
from composition_rules.mandate import Duty, InForce, Mandate


class DutyState(StrEnum):
    """How a duty of one year stands on a day."""

    DONE = "done"
    DUE = "due"  # there is still time
    OVERDUE = "overdue"
    ABOVE = "above"  # done more often than the mandate allows


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One duty in one year: what was done of it, and how many times are lacking, by which day at the latest."""

    duty: Duty
    year: int
    done: tuple[DutyDone, ...]
    lacking: int
    latest: date
    state: DutyState

    @property
    def code(self) -> str:
        """The sentence in ``messages.py``."""
        return f"duty-{self.state}"

    def params_in(self, language: str) -> dict[str, str | int]:
        """What fills the sentence, in one language."""
        return {
            "duty": self.duty.title.in_language(language),
            "year": self.year,
            "done": len(self.done),
            "required": self.duty.at_least,
            "most": self.duty.at_most or "–",
            "lacking": self.lacking,
            "latest": self.latest.isoformat(),
        }


def obligations(council: Council, mandate: Mandate, *, on: date) -> tuple[Obligation, ...]:
    """Every duty in the year before the day ``on`` and in its own, year by year, in the order of the mandate.

    Raises:
        CouncilError: the council belongs to another mandate, or did a duty that the mandate does not have.
    """
    council.verify(mandate)
    first = _first_year(council, mandate)
    years = range(max(first, on.year - 1), on.year + 1) if first is not None else ()
    return tuple(_obligation(duty, year, council.duties_done, on) for year in years for duty in mandate.duties)


def _first_year(council: Council, mandate: Mandate) -> int | None:
    """The year in which there was both a mandate and a member; None for a council that never had one."""
    seated = min((holding.since.year for holding in council.holdings), default=None)
    if seated is None:
        return None
    if isinstance(mandate.in_force, InForce):
        return max(seated, mandate.in_force.since.year)
    return max(seated, mandate.adopted.year) if isinstance(mandate.adopted, date) else seated


def _obligation(duty: Duty, year: int, records: tuple[DutyDone, ...], on: date) -> Obligation:
    done = tuple(each for each in records if each.duty == duty.id and each.on.year == year and each.on <= on)
    lacking, latest = max(0, duty.at_least - len(done)), date(year, 12, 31)
    if duty.at_most is not None and len(done) > duty.at_most:
        state = DutyState.ABOVE
    elif not lacking:
        state = DutyState.DONE
    else:
        state = DutyState.OVERDUE if latest < on else DutyState.DUE
    ordered = tuple(sorted(done, key=lambda each: each.on))
    return Obligation(duty=duty, year=year, done=ordered, lacking=lacking, latest=latest, state=state)
