"""A recorded lot as the pages show it: whether it counts, and each person's line and number where there is a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from composition_rules.lots import open_lot
from election.counting.lots import Lot
from webvote.store.models import Election
from webvote.use_cases.result import ElectionResult, lot_of


class LotState(StrEnum):
    """Whether a lot counts."""

    COUNTS = "counts"
    SET_ASIDE = "set-aside"  # the tie that it answers is not there now
    TAKEN_BACK = "taken-back"  # recorded by mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A person in a lot from a seed: what is hashed for them, and the hash."""

    person: str
    line: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLot:
    """One recorded lot. ``drawn`` is empty where it was drawn by hand."""

    number: int
    lot: Lot
    state: LotState
    taken_back_at: datetime | None
    drawn: tuple[Drawn, ...]


def shown_lots(election: Election, result: ElectionResult) -> tuple[ShownLot, ...]:
    """Every lot that was recorded, in the order of recording."""
    shown = []
    for row in election.lots:
        lot = lot_of(row)
        state = LotState.COUNTS if lot in result.lots else LotState.SET_ASIDE
        shown.append(
            ShownLot(
                number=row.number,
                lot=lot,
                state=state if row.taken_back_at is None else LotState.TAKEN_BACK,
                taken_back_at=row.taken_back_at,
                drawn=_drawn(lot),
            )
        )
    return tuple(shown)


def _drawn(lot: Lot) -> tuple[Drawn, ...]:
    if lot.seed is None:
        return ()
    drawing = open_lot(lot.seed, f"{lot.boundary} {lot.at}".strip(), lot.order)
    return tuple(Drawn(person=each, line=drawing.text(1, each), hash=drawing.number(1, each)) for each in lot.order)
