"""One finding: a clause held against the council."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from composition_rules.mandate import Clause, SeatGroupId, Seats, Text
from composition_rules.people import Person

Param = str | int | date | Text | Seats


class FindingState(StrEnum):
    """How a council stands to one clause."""

    MET = "met"
    NOT_YET = "not-yet"
    IMPOSSIBLE = "impossible"  # adding people cannot meet it: somebody has to leave a place first
    WISH = "wish"  # preferred, not required, and not so: the council lacks nothing by it


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One clause held against the council.

    ``code`` names the sentence in ``messages.py`` and ``params`` what fills it; ``people`` are those concerned.
    """

    code: str
    state: FindingState
    group: SeatGroupId | None
    clause: Clause
    people: tuple[Person, ...] = ()
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)

    def params_in(self, language: str) -> dict[str, str | int]:
        """The params as words and numbers of one language, dates as 2024-09-10."""
        return params_in(self.params, language)


def params_in(params: Mapping[str, Param], language: str) -> dict[str, str | int]:
    """Params as words and numbers of one language, dates as 2024-09-10."""
    return {name: _plain(value, language) for name, value in params.items()}


def names_of(people: Iterable[Person]) -> str:
    """The names, in that order."""
    return ", ".join(person.name for person in people)


def _plain(value: Param, language: str) -> str | int:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, Seats):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
