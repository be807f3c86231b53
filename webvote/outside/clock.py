"""The clock, as something that is handed in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time in UTC."""

    def now(self) -> datetime:
        """The present moment."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The present moment, to the second: finer times could join a person at a desk to a row in a table."""
        return datetime.now(UTC).replace(microsecond=0)
