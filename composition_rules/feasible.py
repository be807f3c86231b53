"""Whether given people can fill given places under given rules: a filling, or the proof that there is none.

How it decides:

1. People with the same possible places and the same properties are one *type*; places under the same rules, open to
   the same types, are one *class*. How many of a type sit in a class is all that matters.
2. These numbers obey inequalities: a type has no more people than it has, a class no more places, each rule has its
   least and its most. Who fits several shares of reserved seats is counted for one of them, so such a type has a
   number for each. The exact simplex method holds them all against each other at once, so a lower bound of one
   rule meets the upper bound of another, and places without enough people are found as a matching finds them.
3. Where it answers in fractions, the search branches on one number: at most the whole part, or more. Every branch is
   looked at before the answer is "impossible". When the allowed steps end first, ``SearchLimitError`` is raised.

Everything is put in order first, so that the order of input cannot change the answer. ``fill.py`` makes proposals,
``conflict.py`` and ``repair.py`` explain why there are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from composition_rules.mandate import Role, Text
from composition_rules.people import Person
from composition_rules.places import Candidate, Decision, Place, PlaceRule, Problem
from composition_rules.simplex import Tableau

DEFAULT_STEPS = 20_000
EVERY_MEMBER = "every member"  # rows that count the people on all places; no clause, and no bounds unless asked
EVERY_PLACE = "every place"
_STEPS_ONWARDS = 100  # after the first answer of a tableau; its rows fill up with each, and a new one is faster

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """One person on one place."""

    person: Person
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """Who takes which place, in the order of the places."""

    seatings: tuple[Seating, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Infeasible:
    """No filling exists. Every possibility was excluded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to change before deciding: bounds of rules by name (no bounds at all set a rule aside), decisions left out.

    ``taken`` is a column that must not be empty. A preferred rule holds only where ``bounds`` names it.
    """

    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    without: frozenset[Decision] = frozenset()
    taken: int | None = None


_AS_IT_IS = Question()


@dataclass(frozen=True, slots=True)
class Column:
    """People of one type in one class of places."""

    people: tuple[Person, ...]
    places: tuple[Place, ...]
    open: bool  # by candidacy; else a decision alone puts them there
    decision: Decision | None
    share: str | None = None  # the rule for which they count, where several of one share fit them

    @property
    def most(self) -> int:
        """No more than there are people, no more than there are places."""
        return min(len(self.people), len(self.places))


class Model:
    """A problem made ready for many questions.

    Raises:
        FillingError: the problem contradicts itself (see ``Problem.verify``).
    """

    def __init__(self, problem: Problem, *, steps: int = DEFAULT_STEPS) -> None:
        problem.verify()
        self.problem = problem
        self.rules = tuple(sorted((*problem.rules, *_totals(problem)), key=lambda rule: (rule.order, rule.name)))
        self.decisions = tuple(sorted(set(problem.decisions), key=lambda one: (one.place.key, one.person)))
        self.columns = _columns(problem, self.rules, self.decisions)
        self._steps = steps
        limited = _capacities(self.columns, one_place_each=problem.one_place_each)
        self._limits = [most for _, most in limited]
        self._rows = [dict.fromkeys(numbers, 1) for numbers, _ in limited]
        self._rows += [
            dict.fromkeys((number for number, column in enumerate(self.columns) if column.decision == decision), 1)
            for decision in self.decisions
        ]
        count = [{number: _weight(rule, column) for number, column in enumerate(self.columns)} for rule in self.rules]
        self._rows += [{at: weight for at, weight in row.items() if weight} for row in count]
        # How many sit in groups that are held against each other says most: three equal groups never add up to eight.
        beside: frozenset[Place] = frozenset().union(*(rule.spans() for rule in self.rules if rule.less))
        self._branched_first = tuple(
            number
            for number, rule in enumerate(self.rules, len(self.columns) + len(self._rows) - len(self.rules))
            if rule.is_headcount() and not rule.places.isdisjoint(beside)
        )
        self._tableau, self._new_below = self._new_tableau(), 0

    def decide(self, question: Question = _AS_IT_IS) -> Filling | None:
        """A filling, or None when there is none. Which filling it is does not depend on earlier questions.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        numbers = self._answer(self._new_tableau(), question)
        return None if numbers is None else self._filling(numbers)

    def find(self, question: Question) -> Filling | None:
        """Some filling, or None when there is none: much faster than ``decide``, going on from the question before.

        Where the search begins can change which filling it meets first, never whether there is one.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        numbers = self._find(question)
        return None if numbers is None else self._filling(numbers)

    def met_by_some(self, question: Question) -> frozenset[PlaceRule | Decision] | None:
        """The rules and decisions, as they are in the problem, that one filling meets; None when there is no filling.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        numbers = self._find(question)
        if numbers is None:
            return None
        count = [sum(weight * numbers[at] for at, weight in row.items()) for row in self._rows[len(self._limits) :]]
        kept = count[: len(self.decisions)]
        ruled = zip(self.rules, count[len(self.decisions) :], strict=True)
        return frozenset(
            (
                *(decision for decision, number in zip(self.decisions, kept, strict=True) if number),
                *(rule for rule, number in ruled if rule.allows(number)),
            )
        )

    def is_possible(self, question: Question) -> bool:
        """Whether there is a filling.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        return self._find(question) is not None

    def _find(self, question: Question) -> tuple[int, ...] | None:
        if self._tableau.steps_left < self._new_below:
            self._tableau, self._new_below = self._new_tableau(), 0
        numbers = self._answer(self._tableau, question)
        self._new_below = self._new_below or self._tableau.steps_left - _STEPS_ONWARDS
        return numbers

    def _new_tableau(self) -> Tableau:
        return Tableau(len(self.columns), self._rows, self._steps)

    def _answer(self, tableau: Tableau, question: Question) -> tuple[int, ...] | None:
        for number, column in enumerate(self.columns):
            held = column.decision is not None and column.decision not in question.without
            tableau.bound(number, int(question.taken == number), column.most if column.open or held else 0)
        row = len(self.columns)
        for number, most in enumerate(self._limits, row):
            tableau.bound(number, None, most)
        row += len(self._limits)
        for number, decision in enumerate(self.decisions, row):
            tableau.bound(number, None if decision in question.without else 1, None)
        row += len(self.decisions)
        for number, rule in enumerate(self.rules, row):
            own: Bounds = (None, None) if rule.preferred else (rule.at_least, rule.at_most)
            tableau.bound(number, *question.bounds.get(rule.name, own))
        return self._whole_numbers(tableau)

    def _whole_numbers(self, tableau: Tableau) -> tuple[int, ...] | None:
        if not tableau.is_solvable():
            return None
        values = tableau.values
        order = (*self._branched_first, *range(len(self.columns)))
        broken = next((number for number in order if values[number].denominator != 1), None)
        if broken is None:
            return tuple(value.numerator for value in values[: len(self.columns)])
        low, high, whole = tableau.lows[broken], tableau.highs[broken], values[broken].__floor__()
        found = None
        for branch in ((low, whole), (whole + 1, high)):
            tableau.bound(broken, *branch)
            found = self._whole_numbers(tableau)
            if found is not None:
                break
        tableau.bound(broken, low, high)
        return found

    def _filling(self, numbers: tuple[int, ...]) -> Filling:
        """Give the places of each class, in order, to the people of each type, in order."""
        people_used: dict[tuple[tuple[Person, ...], str], int] = {}
        places_used: dict[tuple[Place, ...], int] = {}
        seatings = []
        for column, number in zip(self.columns, numbers, strict=True):
            once = (column.people, "" if self.problem.one_place_each else column.places[0].group)
            person_at = people_used.get(once, 0)
            place_at = places_used.get(column.places, 0)
            people_used[once], places_used[column.places] = person_at + number, place_at + number
            seatings += [
                Seating(person=person, place=place)
                for person, place in zip(
                    column.people[person_at : person_at + number],
                    column.places[place_at : place_at + number],
                    strict=True,
                )
            ]
        return Filling(seatings=tuple(sorted(seatings, key=lambda seating: seating.place.key)))


def find_filling(problem: Problem, *, steps: int = DEFAULT_STEPS) -> Filling | Infeasible:
    """Some filling that meets every required rule and holds to every decision, or that there is none.

    Raises:
        FillingError: the problem contradicts itself.
        SearchLimitError: the steps ended before there was an answer.
    """
    found = Model(problem, steps=steps).decide()
    return Infeasible() if found is None else found


def _totals(problem: Problem) -> tuple[PlaceRule, PlaceRule]:
    nothing = Text(da="", en="")
    members = frozenset(place for place in problem.places if place.role is Role.MEMBER)
    return (
        PlaceRule(name=EVERY_MEMBER, title=nothing, places=members),
        PlaceRule(name=EVERY_PLACE, title=nothing, places=frozenset(problem.places)),
    )


def _columns(problem: Problem, rules: tuple[PlaceRule, ...], decisions: tuple[Decision, ...]) -> tuple[Column, ...]:
    """Every type in every class that it may take or is decided into; a decision makes both a class of one."""
    asked: frozenset[str] = frozenset().union(*(rule.asked() for rule in rules))
    decided_people = {decision.person for decision in decisions}
    types: dict[object, list[Candidate]] = {}
    for candidate in sorted(problem.candidates, key=lambda candidate: candidate.person.id):
        alone = candidate.person.id if candidate.person.id in decided_people else ""
        key = (candidate.places, candidate.person.properties & asked, alone)
        types.setdefault(key, []).append(candidate)
    decided_places = {decision.place for decision in decisions}
    classes: dict[object, list[Place]] = {}
    for place in sorted(problem.places, key=lambda place: place.key):
        under = tuple((place in rule.places, place in rule.less) for rule in rules)
        open_to = tuple(number for number, of in enumerate(types.values()) if place in of[0].places)
        alone_place = place if place in decided_places else None
        classes.setdefault((place.group, under, open_to, alone_place), []).append(place)
    known = {(decision.person, decision.place): decision for decision in decisions}
    columns = []
    for of in types.values():
        people = tuple(candidate.person for candidate in of)
        for places in classes.values():
            decision = known.get((people[0].id, places[0]))
            is_open = places[0] in of[0].places
            if is_open or decision is not None:
                columns += [
                    Column(people, tuple(places), is_open, decision, share)
                    for share in _shares_for(people[0], places[0], rules)
                ]
    return tuple(columns)


def _shares_for(person: Person, place: Place, rules: tuple[PlaceRule, ...]) -> tuple[str | None, ...]:
    """The rules of one share between which it must be chosen; None alone where there is nothing to choose."""
    fitting = tuple(rule.name for rule in rules if rule.share and place in rule.places and rule.fits(person))
    return fitting if len(fitting) > 1 else (None,)


def _capacities(columns: tuple[Column, ...], *, one_place_each: bool) -> list[tuple[list[int], int]]:
    """For each type (in each group, with a place each) and each class: no more than there are."""
    types: dict[tuple[tuple[Person, ...], str], list[int]] = {}
    classes: dict[tuple[Place, ...], list[int]] = {}
    for number, column in enumerate(columns):
        types.setdefault((column.people, "" if one_place_each else column.places[0].group), []).append(number)
        classes.setdefault(column.places, []).append(number)
    sizes = [(numbers, len(people)) for (people, _), numbers in types.items()]
    sizes += [(numbers, len(places)) for places, numbers in classes.items()]
    return [(numbers, most) for numbers, most in sizes if len(numbers) > 1]


def _weight(rule: PlaceRule, column: Column) -> int:
    place = column.places[0]
    weight = rule.weight(column.people[0]) if place in rule.places else 0
    if rule.share and column.share not in (None, rule.name):
        weight = 0
    return weight - rule.times if place in rule.less else weight
