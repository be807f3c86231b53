"""Lots (lodtrækning): where a count needs one, what was drawn, and whether the outcome depends on it at all.

A counting rule asks ``DrawnLots`` for the order of tied people. Where no such lot was drawn the count stops; ``decide``
then counts every way in which the lot could fall. Does the same outcome follow from all of them, no lot is needed;
else the answer is ``LotsRequired``, a lot is drawn, recorded, and goes in as input to the same count.

A lot is drawn by hand before witnesses, or follows from a published seed by the recipe of ``composition_rules.lots``,
the one that also chooses among applicants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations, islice, permutations
from typing import TypeVar

from composition_rules.errors import LotError
from composition_rules.lots import lot_order
from election.counting.outcome import Completed
from election.counting.trail import Amount
from election.errors import ResultError

MOST_WAYS = 200  # ways a lot can fall that are tried before one is asked for

_Id = TypeVar("_Id", bound=str)


class Boundary(StrEnum):
    """The place for which a lot is drawn. The first drawn gets the place, or is the one whom the word names."""

    SEAT = "seat"
    ALTERNATE = "alternate"
    ALTERNATE_ORDER = "alternate-order"
    LIST_SEAT = "list-seat"  # which list gets the seat
    EXCLUSION = "exclusion"  # who is excluded first
    SURPLUS = "surplus"  # whose surplus is transferred first
    NEXT_ROUND = "next-round"  # who goes on to the next round of the vote for an office
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A lot (lodtrækning) as drawn and recorded.

    ``order`` holds the tied people, or lists, as drawn: the first drawn comes first. ``at`` is the ``at`` of the
    ``LotsRequired`` that it answers. With a ``seed`` the order is the one that the recipe gives.
    """

    boundary: Boundary
    order: tuple[str, ...]
    method: str
    drawn_by: str
    witnesses: tuple[str, ...]
    drawn_at: datetime
    at: str = ""
    seed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LotsRequired:
    """The outcome depends on a tie: ``to_choose`` of the ``tied`` get the place.

    ``at`` tells apart the places of one kind within a count: the step, the list, the round.
    """

    boundary: Boundary
    tied: tuple[str, ...]
    votes: Amount
    to_choose: int
    at: str = ""

    @property
    def place(self) -> str:
        """What is drawn for, as the recipe of the seed names it."""
        return f"{self.boundary} {self.at}".strip()

    @property
    def why(self) -> str:
        """The code of the sentence that says why it matters."""
        return f"lot-for-{self.boundary}"


class LotNeededError(Exception):
    """The count cannot go on without this lot. Never leaves ``decide``."""

    def __init__(self, required: LotsRequired, *, whole_order: bool) -> None:
        super().__init__(required.place)
        self.required = required
        self.whole_order = whole_order


_Key = tuple[Boundary, str, frozenset[str]]


class DrawnLots:
    """The lots of one count: what was drawn, and what is supposed while it is found out whether a lot matters.

    Raises:
        ResultError: Two lots for the same place and people, a person twice in a lot, or an order that does not follow
            from its seed (codes lot-twice, lot-seed-order, lot-seed-unusable).
    """

    def __init__(self, lots: Iterable[Lot] = (), *, supposed: Mapping[_Key, tuple[str, ...]] | None = None) -> None:
        self._drawn: dict[_Key, tuple[str, ...]] = {}
        self._supposed = supposed or {}
        self._used: set[_Key] = set()
        self._settled: set[str] = set()
        for lot in lots:
            key = lot.boundary, lot.at, frozenset(lot.order)
            if key in self._drawn or len(key[2]) != len(lot.order):
                raise ResultError("lot-twice", place=lot.boundary.value)
            _verify_seed(lot)
            self._drawn[key] = lot.order

    @property
    def settled(self) -> frozenset[str]:
        """Everybody whose place a drawn lot decided so far."""
        return frozenset(self._settled)

    def order(
        self,
        boundary: Boundary,
        tied: Sequence[_Id],
        *,
        votes: Amount,
        to_choose: int = 1,
        at: str = "",
        whole_order: bool = False,
    ) -> tuple[_Id, ...]:
        """The order in which the tied were drawn. With ``whole_order`` each place in it matters, not only who is first.

        Raises:
            LotNeededError: No such lot was drawn.
        """
        key = boundary, at, frozenset(tied)
        drawn = self._drawn.get(key)
        if drawn is None and key in self._supposed:
            drawn = self._supposed[key]
        elif drawn is not None:
            self._used.add(key)
            self._settled |= key[2]
        if drawn is None:
            required = LotsRequired(boundary=boundary, tied=tuple(tied), votes=votes, to_choose=to_choose, at=at)
            raise LotNeededError(required, whole_order=whole_order)
        return tuple(sorted(tied, key=drawn.index))

    def verify_used(self, open_lot: LotsRequired | None = None) -> None:
        """Refuse lots that the count did not ask for; ``open_lot`` is the one that it still asks for.

        Raises:
            ResultError: For this place a lot is needed, but between other people (code lot-people), or no lot is
                needed for that place (yet) (lot-not-asked).
        """
        _verify_none_left([key for key in self._drawn if key not in self._used], open_lot)


def decide(count: Callable[[DrawnLots], Completed], lots: Sequence[Lot] = ()) -> Completed | LotsRequired:
    """Run a count with the lots that were drawn; what is not drawn is asked for only where the outcome depends on it.

    Raises:
        ResultError: A recorded lot that was not asked for, is not between the tied people, comes twice, or does not
            follow from its seed.
    """
    DrawnLots(lots)  # they do not contradict themselves
    waiting = {(lot.boundary, lot.at, frozenset(lot.order)): lot for lot in lots}
    asked: list[Lot] = []
    supposed: dict[_Key, tuple[str, ...]] = {}
    while True:
        try:
            completed = count(DrawnLots(asked, supposed=supposed))
        except LotNeededError as needed:
            required = needed.required
            # A lot that was drawn counts only where it would have been asked for.
            if not _matters(count, asked, supposed, needed):
                supposed[_key(required)] = required.tied
            elif (lot := waiting.pop(_key(required), None)) is not None:
                asked.append(lot)
            else:
                _verify_none_left(waiting, required)
                return required
        else:
            _verify_none_left(waiting)
            return completed


def seeded_lot(
    required: LotsRequired, *, seed: str, drawn_by: str, witnesses: Sequence[str], drawn_at: datetime
) -> Lot:
    """The lot that a published seed gives.

    Raises:
        ResultError: The seed cannot be used (code lot-seed-unusable).
    """
    return Lot(
        boundary=required.boundary,
        order=_order_by_seed(seed, required.place, required.tied),
        method="seed",
        drawn_by=drawn_by,
        witnesses=tuple(witnesses),
        drawn_at=drawn_at,
        at=required.at,
        seed=seed,
    )


def _matters(
    count: Callable[[DrawnLots], Completed],
    lots: Sequence[Lot],
    supposed: Mapping[_Key, tuple[str, ...]],
    needed: LotNeededError,
) -> bool:
    """Whether two ways in which the lot can fall lead to different people; also when there are too many ways to try."""
    outcomes = set()
    waiting = [{**supposed, **way} for way in _ways(needed)]
    tried = 0
    while waiting:
        if (tried := tried + 1) > MOST_WAYS or len(waiting) > MOST_WAYS:
            return True
        supposing = waiting.pop()
        try:
            completed = count(DrawnLots(lots, supposed=supposing))
        except LotNeededError as next_needed:
            waiting += [{**supposing, **way} for way in _ways(next_needed)]
            continue
        elected = frozenset(place.candidate for place in completed.elected)
        outcomes.add((elected, tuple(place.candidate for place in completed.alternates)))
        if len(outcomes) > 1:
            return True
    return False


def _ways(needed: LotNeededError) -> Iterator[dict[_Key, tuple[str, ...]]]:
    """Every way in which the lot can fall, as far as it matters; one more than are tried at most."""
    required = needed.required
    first = permutations(required.tied) if needed.whole_order else combinations(required.tied, required.to_choose)
    for chosen in islice(first, MOST_WAYS + 1):
        rest = tuple(each for each in required.tied if each not in chosen)
        yield {_key(required): (*chosen, *rest)}


def _verify_none_left(left: Iterable[_Key], open_lot: LotsRequired | None = None) -> None:
    """Refuse lots that the count did not ask for; ``open_lot`` is the one that it still asks for."""
    for key in left:
        asked = open_lot is not None and (open_lot.boundary, open_lot.at) == key[:2]
        raise ResultError("lot-people" if asked else "lot-not-asked", place=key[0].value)


def _key(required: LotsRequired) -> _Key:
    return required.boundary, required.at, frozenset(required.tied)


def _verify_seed(lot: Lot) -> None:
    if lot.seed is None:
        return
    place = f"{lot.boundary} {lot.at}".strip()
    if _order_by_seed(lot.seed, place, lot.order) != lot.order:
        raise ResultError("lot-seed-order", place=place, seed=lot.seed)


def _order_by_seed(seed: str, place: str, people: Sequence[str]) -> tuple[str, ...]:
    try:
        return lot_order(seed, place, people)
    except LotError as fault:
        raise ResultError("lot-seed-unusable", reason=str(fault)) from fault
