"""How a count got to its outcome: every step as a value.

A step holds what happened (``code`` names its sentence in ``messages.py``, ``people`` and ``params`` fill it), which
papers went where at which value, and what everybody stands at afterwards. At every step the standings, the papers
that name nobody who is left (``exhausted``) and what rounding lost (``lost``) add up to the same total.
``election.counting.show`` renders a trail as a table, as JSON and as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

Amount = int | Fraction


class State(StrEnum):
    """How a candidate, or a list, stands after a step."""

    STANDING = "standing"
    ELECTED = "elected"
    EXCLUDED = "excluded"
    GONE = "gone"  # withdrew, died, declined


@dataclass(frozen=True, slots=True)
class Standing:
    """What a candidate, or a list, stands at; ``of`` is its id."""

    of: str
    votes: Amount
    state: State


@dataclass(frozen=True, slots=True)
class Transfer:
    """Papers that went from one to another; ``to`` is None where they name nobody who is left."""

    source: str
    to: str | None
    papers: int
    votes: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a count; ``number`` counts from 1."""

    number: int
    code: str
    people: tuple[str, ...] = ()
    params: Mapping[str, str | Amount] = field(default_factory=dict, hash=False)
    standings: tuple[Standing, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    exhausted: Amount = 0
    lost: Amount = 0

    @property
    def total(self) -> Amount:
        """Everything that was counted, wherever it stands after this step."""
        return sum((each.votes for each in self.standings), start=self.exhausted + self.lost)
