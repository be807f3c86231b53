"""Lots for tests: drawn by name, or in every way in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import permutations

from election.counting.lots import Boundary, DrawnLots, Lot, LotsRequired, decide
from election.counting.outcome import Completed
from election.messages import sentence

Count = Callable[[DrawnLots], Completed]


class ByName(DrawnLots):
    """Every lot falls in the order of the names."""

    def order(self, boundary: Boundary, tied: Sequence[str], **_: object) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(sorted(tied))


def lot(boundary: Boundary, *order: str, at: str = "") -> Lot:
    return Lot(
        boundary=boundary,
        order=order,
        method="slips in a bowl",
        drawn_by="the chair",
        witnesses=("a", "b"),
        drawn_at=datetime(2026, 11, 22, 20, 15, tzinfo=UTC),
        at=at,
    )


def all_outcomes(count: Count, lots: tuple[Lot, ...] = ()) -> Iterator[Completed]:
    """What comes of drawing every lot that is asked for in every way."""
    outcome = decide(count, lots)
    if isinstance(outcome, Completed):
        yield outcome
        return
    for order in permutations(outcome.tied):
        yield from all_outcomes(count, (*lots, lot(outcome.boundary, *order, at=outcome.at)))


def completed(count: Count, *lots: Lot) -> Completed:
    outcome = decide(count, lots)
    assert isinstance(outcome, Completed), outcome
    return outcome


def required(count: Count, *lots: Lot) -> LotsRequired:
    outcome = decide(count, lots)
    assert isinstance(outcome, LotsRequired), outcome
    return outcome


def elected(outcome: Completed) -> tuple[str, ...]:
    return tuple(place.candidate for place in outcome.elected)


def alternates(outcome: Completed) -> tuple[str, ...]:
    return tuple(place.candidate for place in outcome.alternates)


def told(outcome: Completed) -> list[str]:
    """The trail in English."""
    return [sentence(step.code, {**step.params, "people": ", ".join(step.people)}) for step in outcome.trail]
