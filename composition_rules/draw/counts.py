"""How many choices keep to every limit, in how many of them each applicant is, and which limits shut somebody out.

Applicants who count for the same limits are one type, and only how many of a type are chosen matters. Type after type
it is counted in how many ways the limits come to be filled so far, and from the last type back in how many ways each
of these can be completed; the two together give every applicant's chance, in whole numbers and fractions. What passes
an upper limit is dropped, what passes a lower one is no longer told apart, so that there is little to count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb

from composition_rules.draw.limits import Limit
from composition_rules.draw.selection import Selection
from composition_rules.errors import SearchLimitError
from composition_rules.people import Person, PersonId

MOST_STATES = 200_000

_State = tuple[int, ...]  # how many are chosen, then how many of them count for each limit
_Layer = dict[_State, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """In which part of the valid choices an applicant is; with none, the rules that together shut the person out."""

    person: Person
    chance: Fraction
    shut_out_by: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How many choices are valid, of how many there are, and each applicant's chance in the order of their ids."""

    valid: int
    choices: int
    chances: tuple[Chance, ...]

    @property
    def expected_attempts(self) -> int:
        """How many attempts a lot among those who have a chance takes on the average, rounded up."""
        return -(-self.choices // self.valid)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoChoice:
    """No choice keeps to these rules together; without any one of them there is one.

    No rule at all: there are fewer applicants than seats.
    """

    limits: tuple[Limit, ...]
    applicants: int
    seats: int


def chances(selection: Selection) -> Chances | NoChoice:
    """Each applicant's exact chance when every valid choice is equally likely, or why there is none.

    Raises:
        SearchLimitError: the rules tell so many kinds of people apart that they cannot be counted (code search-limit).
    """
    valid, shares = _count(selection)
    if not valid:
        return no_choice(selection)
    shut_out: dict[frozenset[int], tuple[Limit, ...]] = {}
    found = []
    for person in selection.applicants:
        if shares[person.id]:
            found.append(Chance(person=person, chance=Fraction(shares[person.id], valid)))
            continue
        kind = frozenset(number for number, limit in enumerate(selection.limits) if person.id in limit.counted)
        if kind not in shut_out:
            names = [at for at, _ in blocking(selection.after(person.id))]
            shut_out[kind] = tuple(selection.limits[at] for at in names)
        found.append(Chance(person=person, chance=Fraction(0), shut_out_by=shut_out[kind]))
    hopeful = sum(share > 0 for share in shares.values())
    return Chances(valid=valid, choices=comb(hopeful, selection.seats), chances=tuple(found))


def no_choice(selection: Selection) -> NoChoice:
    """Why a selection that has no valid choice has none."""
    limits = tuple(limit for _, limit in blocking(selection))
    return NoChoice(limits=limits, applicants=len(selection.applicants), seats=selection.seats)


def is_possible(selection: Selection) -> bool:
    """Whether there is a valid choice."""
    return _count(selection)[0] > 0


def blocking(selection: Selection) -> tuple[tuple[int, Limit], ...]:
    """Limits, with their numbers, that no choice keeps to together, none of them needless; the first come first."""
    kept = dict(enumerate(selection.limits))
    for number in reversed(range(len(selection.limits))):
        without = tuple(limit for at, limit in kept.items() if at != number)
        if not is_possible(replace(selection, limits=without)):
            del kept[number]
    return tuple(kept.items())


def _count(selection: Selection) -> tuple[int, Mapping[PersonId, int]]:
    """How many choices are valid, and in how many of them each applicant is."""
    limits = [each for each in selection.limits if each.at_least > 0 or each.at_most < selection.seats]
    kinds: dict[_State, list[Person]] = defaultdict(list)
    for person in selection.applicants:
        kinds[1, *(int(person.id in limit.counted) for limit in limits)].append(person)
    lows = (selection.seats, *(limit.at_least for limit in limits))
    highs = (selection.seats, *(min(limit.at_most, selection.seats) for limit in limits))
    if any(low > high for low, high in zip(lows, highs, strict=True)) or min(highs) < 0:
        return 0, dict.fromkeys((person.id for person in selection.applicants), 0)
    steps = [_Kind(vector, len(kinds[vector]), lows, highs) for vector in sorted(kinds)]
    layers: list[_Layer] = [{(0,) * len(lows): 1}]
    for step in steps:
        reached: defaultdict[_State, int] = defaultdict(int)
        for state, ways in layers[-1].items():
            for _, to, choices in step.moves(state):
                reached[to] += ways * choices
        layers.append(reached)
        if sum(map(len, layers)) > MOST_STATES:
            raise SearchLimitError("search-limit")
    completions = {state: 1 for state in layers[-1] if all(map(int.__ge__, state, lows))}
    shares: dict[PersonId, int] = {}
    for step, layer in zip(reversed(steps), reversed(layers[:-1]), strict=True):
        earlier: _Layer = {}
        taken = 0
        for state, ways in layer.items():
            ends = [(number, choices * completions.get(to, 0)) for number, to, choices in step.moves(state)]
            earlier[state] = sum(each for _, each in ends)
            taken += ways * sum(number * each for number, each in ends)
        completions = earlier
        shares |= {person.id: taken // step.size for person in kinds[step.vector]}
    return completions.get((0,) * len(lows), 0), shares


@dataclass(frozen=True, slots=True)
class _Kind:
    """So many people who count for the same limits."""

    vector: _State
    size: int
    lows: _State
    highs: _State

    def moves(self, state: _State) -> Iterator[tuple[int, _State, int]]:
        """How many of them are chosen, the state that is reached, and in how many ways."""
        for number in range(self.size + 1):
            counted = tuple(now + number * each for now, each in zip(state, self.vector, strict=True))
            if any(map(int.__gt__, counted, self.highs)):
                return
            yield number, self._saturated(counted), comb(self.size, number)

    def _saturated(self, counted: _State) -> _State:
        """Beyond the lower limit it matters only how much is left to an upper one that can still be passed."""
        return tuple(
            min(now, low) if high == self.highs[0] else now
            for now, low, high in zip(counted, self.lows, self.highs, strict=True)
        )
