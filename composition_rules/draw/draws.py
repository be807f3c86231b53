"""The choice itself: by lot from a published seed, or by the ranking of whoever appoints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from composition_rules.draw.counts import Chances, NoChoice, blocking, chances, is_possible, no_choice
from composition_rules.draw.limits import Limit
from composition_rules.draw.selection import Selection
from composition_rules.errors import DrawError
from composition_rules.lots import Lot, open_lot
from composition_rules.people import PersonId

MOST_EXPECTED_ATTEMPTS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedAttempt:
    """An attempt whose first people break rules of the mandate."""

    number: int
    first: tuple[PersonId, ...]
    broken: tuple[Limit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The outcome of a lot: the people in the order drawn, and everything that recomputes it.

    ``numbers`` are all those in the lot with their numbers in the attempt that succeeded, in ascending order.
    """

    seed: str
    place: str
    chosen: tuple[PersonId, ...]
    attempt: int
    failed: tuple[FailedAttempt, ...]
    numbers: tuple[tuple[PersonId, str], ...]
    chances: Chances


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """Somebody ranked higher than the last who was taken; with those before them, the rules could not be met."""

    person: PersonId
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The best-ranked people the rules allow, in the order of the ranking."""

    chosen: tuple[PersonId, ...]
    passed_over: tuple[PassedOver, ...]


def draw(selection: Selection, seed: str) -> Drawn | NoChoice:
    """The lot among those who have a chance: the first people of the first attempt that keeps to every rule.

    All attempts being equally likely to give any choice, so are all valid choices (rejection sampling; J. von Neumann,
    Various techniques used in connection with random digits, 1951). That is not an equal chance for each person.

    Raises:
        DrawError: so few choices are valid that a lot would take too many attempts (code draw-too-rare).
        LotError: the seed or an id cannot be used (see ``lots.open_lot``).
        SearchLimitError: the chances cannot be counted.
    """
    counted = chances(selection)
    if isinstance(counted, NoChoice):
        return counted
    if counted.expected_attempts > MOST_EXPECTED_ATTEMPTS:
        raise DrawError("draw-too-rare", expected=counted.expected_attempts, most=MOST_EXPECTED_ATTEMPTS)
    lot = open_lot(seed, selection.place, [each.person.id for each in counted.chances if each.chance])
    failed: list[FailedAttempt] = []
    while broken := selection.broken_by(first := _first(lot, len(failed) + 1, selection.seats)):
        failed.append(FailedAttempt(number=len(failed) + 1, first=first, broken=broken))
    attempt = len(failed) + 1
    return Drawn(
        seed=lot.seed,
        place=lot.place,
        chosen=first,
        attempt=attempt,
        failed=tuple(failed),
        numbers=tuple((PersonId(person), lot.number(attempt, person)) for person in lot.order(attempt)),
        chances=counted,
    )


def choose_ranked(selection: Selection, ranking: Sequence[PersonId]) -> Ranked | NoChoice:
    """Best first, each person is taken if the rest can still be chosen, among those ranked, within every rule.

    Raises:
        DrawError: the ranking names somebody twice, or somebody who is no applicant (codes draw-twice, draw-stranger).
        SearchLimitError: the rules tell too many kinds of people apart.
    """
    known = {person.id for person in selection.applicants}
    for number, person in enumerate(ranking):
        if person not in known:
            raise DrawError("draw-stranger", person=person)
        if person in ranking[:number]:
            raise DrawError("draw-twice", person=person)
    among = selection.among(ranking)
    if not is_possible(among):
        return no_choice(among)
    chosen: list[PersonId] = []
    passed_over = []
    for person in ranking:
        if len(chosen) == selection.seats:
            break
        rest = among.after(*chosen, person)
        if is_possible(rest):
            chosen.append(person)
        else:
            passed_over.append(PassedOver(person=person, limits=blocking(rest)))
    return Ranked(chosen=tuple(chosen), passed_over=tuple(passed_over))


def _first(lot: Lot, attempt: int, seats: int) -> tuple[PersonId, ...]:
    return tuple(PersonId(person) for person in lot.order(attempt)[:seats])
