"""How many choices are valid, in how many of them each applicant is, and which rules together shut somebody out.

Applicants who count for the same rules are one type, and only how many of a type are chosen matters. Type after type
it is counted in how many ways the limits come to be filled so far, and from the last type back in how many ways each
of these can be completed; the two together give every applicant's chance, in whole numbers and fractions. What passes
an upper limit of every case is dropped, what passes all lower ones is no longer told apart, so that there is little to
count. A choice is counted once, however many cases it keeps to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from composition_rules.draw.limits import Limit, alone
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
        kind = frozenset(number for number, demand in enumerate(selection.demands) if person.id in demand.counted)
        if kind not in shut_out:
            shut_out[kind] = blocking(selection.after(person.id))
        found.append(Chance(person=person, chance=Fraction(0), shut_out_by=shut_out[kind]))
    hopeful = sum(share > 0 for share in shares.values())
    return Chances(valid=valid, choices=comb(hopeful, selection.seats), chances=tuple(found))


def no_choice(selection: Selection) -> NoChoice:
    """Why a selection that has no valid choice has none."""
    return NoChoice(limits=blocking(selection), applicants=len(selection.applicants), seats=selection.seats)


def is_possible(selection: Selection) -> bool:
    """Whether there is a valid choice."""
    return _count(selection)[0] > 0


def blocking(selection: Selection) -> tuple[Limit, ...]:
    """Rules that no choice keeps to together, none of them needless; the first come first, each as asked by itself."""
    for demand in reversed(selection.demands):
        without = selection.without(demand)
        if not is_possible(without):
            selection = without
    return tuple(alone(selection.sitting, demand) for demand in selection.demands)


def _count(selection: Selection) -> tuple[int, Mapping[PersonId, int]]:
    """How many choices are valid, and in how many of them each applicant is."""
    seats, shares = selection.seats, dict.fromkeys((person.id for person in selection.applicants), 0)
    rules = [rule for rule in zip(*selection.cases, strict=True) if any(_binds(limit, seats) for limit in rule)]
    counted = [rule[0].counted for rule in rules]
    boxes = _boxes(rules, len(selection.cases), seats)
    if not boxes.all:
        return 0, shares
    kinds: dict[_State, list[Person]] = defaultdict(list)
    for person in selection.applicants:
        kinds[1, *(int(person.id in each) for each in counted)].append(person)
    start = boxes.saturated((len(selection.taken), *(len(each & selection.taken) for each in counted)))
    steps = [_Kind(vector, len(kinds[vector]), boxes) for vector in sorted(kinds)]
    layers: list[_Layer] = [{start: 1}]
    for step in steps:
        reached: defaultdict[_State, int] = defaultdict(int)
        for state, ways in layers[-1].items():
            for _, to, choices in step.moves(state):
                reached[to] += ways * choices
        layers.append(reached)
        if sum(map(len, layers)) > MOST_STATES:
            raise SearchLimitError("search-limit")
    completions = {state: 1 for state in layers[-1] if boxes.hold(state)}
    for step, layer in zip(reversed(steps), reversed(layers[:-1]), strict=True):
        earlier: _Layer = {}
        taken = 0
        for state, ways in layer.items():
            ends = [(number, choices * completions.get(to, 0)) for number, to, choices in step.moves(state)]
            earlier[state] = sum(each for _, each in ends)
            taken += ways * sum(number * each for number, each in ends)
        completions = earlier
        shares |= {person.id: taken // step.size for person in kinds[step.vector]}
    return completions.get(start, 0), shares


def _binds(limit: Limit, seats: int) -> bool:
    return limit.at_least > 0 or limit.at_most < seats


@dataclass(frozen=True, slots=True)
class _Boxes:
    """The cases as lower and upper ends for each number of a state; ``enough`` where there is no upper end to pass."""

    all: tuple[tuple[_State, _State], ...]
    enough: tuple[int | None, ...]

    def reachable(self, state: _State) -> bool:
        """Whether some case's upper ends are not passed yet."""
        return any(all(map(int.__le__, state, highs)) for _, highs in self.all)

    def hold(self, state: _State) -> bool:
        """Whether it keeps to every limit of one case."""
        return any(all(map(int.__ge__, state, lows)) and all(map(int.__le__, state, highs)) for lows, highs in self.all)

    def saturated(self, state: _State) -> _State:
        """Beyond every lower end it matters only how much is left to an upper one that can still be passed."""
        return tuple(
            now if enough is None else min(now, enough) for now, enough in zip(state, self.enough, strict=True)
        )


def _boxes(rules: Sequence[tuple[Limit, ...]], cases: int, seats: int) -> _Boxes:
    found = []
    for case in range(cases):
        lows = (seats, *(rule[case].at_least for rule in rules))
        highs = (seats, *(rule[case].at_most for rule in rules))
        if all(map(int.__le__, lows, highs)):
            found.append((lows, highs))
    open_above = [all(highs[number] >= seats for _, highs in found) for number in range(len(rules) + 1)]
    return _Boxes(
        tuple(found),
        tuple(
            max((lows[number] for lows, _ in found), default=0) if is_open else None
            for number, is_open in enumerate(open_above)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    """So many people who count for the same rules."""

    vector: _State
    size: int
    boxes: _Boxes

    def moves(self, state: _State) -> Iterator[tuple[int, _State, int]]:
        """How many of them are chosen, the state that is reached, and in how many ways."""
        for number in range(self.size + 1):
            counted = tuple(now + number * each for now, each in zip(state, self.vector, strict=True))
            if not self.boxes.reachable(counted):
                return
            yield number, self.boxes.saturated(counted), comb(self.size, number)
