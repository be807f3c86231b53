"""A statute: what it says of a council, in the versions that held one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NewType

from composition_rules.mandate import Clause, Source, Text
from composition_rules.statute.asks import Ask

StatuteId = NewType("StatuteId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatuteRule:
    """One rule of a statute: its words in brief, what it asks of a mandate, and where it stands."""

    id: str
    title: Text
    asks: Ask
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class StatuteVersion:
    """What a statute says from ``since`` to ``until``, both included.

    ``since`` is None where no source tells it, ``until`` None where no later version is known. ``clause`` is
    what the days are read from. ``confirm`` says what must still be seen before anybody relies on this version,
    such as the act itself where only its draft was found.
    """

    since: date | None
    until: date | None
    clause: Clause | None
    confirm: Text | None
    rules: tuple[StatuteRule, ...]

    def holds_on(self, day: date) -> bool:
        """Whether this is what the statute says on ``day``."""
        began = self.since is None or self.since <= day
        return began and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """A statute on councils; ``every_council`` is true of one that holds whatever the legal basis of the council."""

    id: StatuteId
    title: Text
    every_council: bool
    versions: tuple[StatuteVersion, ...]
    sources: tuple[Source, ...]

    def version_on(self, day: date) -> StatuteVersion | None:
        """What the statute says on ``day``; None where no version is known to hold then."""
        return next((version for version in self.versions if version.holds_on(day)), None)

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause that is quoted, version by version."""
        found = []
        for version in self.versions:
            found += [version.clause] if version.clause is not None else []
            found += [rule.clause for rule in version.rules]
        return tuple(found)
