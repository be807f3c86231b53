"""Whether given people can fill given places under given rules: a filling, or the proof that there is none.

How it decides:

1. People with the same possible places and the same properties are one *type*; places under the same rules, open to
   the same types, are one *class*. How many of a type sit in a class is all that matters.
2. These numbers obey inequalities: a type has no more people than it has, a class no more places, each rule has its
   least and its most. The exact simplex method holds them all against each other at once, so a lower bound of one
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
        rows = [*_capacities(self.columns)]
        self._limits = [most for _, most in rows]
        count = [{number: _weight(rule, column) for number, column in enumerate(self.columns)} for rule in self.rules]
        self._rows = [row for row, _ in rows]
        self._rows += [{at: weight for at, weight in row.items() if weight} for row in count]

    def decide(self, question: Question = _AS_IT_IS) -> Filling | None:
        """A filling, or None when there is none.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        # Anew each time: so an answer does not depend on the questions before, and rows have not filled up by them.
        self._tableau = Tableau(len(self.columns), self._rows, self._steps)
        first_row = len(self.columns)
        for number, column in enumerate(self.columns):
            held = column.decision is not None and column.decision not in question.without
            low = int(held or question.taken == number)
            self._tableau.bound(number, low, column.most if column.open or held else 0)
        for number, most in enumerate(self._limits, first_row):
            self._tableau.bound(number, None, most)
        for number, rule in enumerate(self.rules, first_row + len(self._limits)):
            own: Bounds = (None, None) if rule.preferred else (rule.at_least, rule.at_most)
            self._tableau.bound(number, *question.bounds.get(rule.name, own))
        numbers = self._whole_numbers()
        return None if numbers is None else self._filling(numbers)

    def _whole_numbers(self) -> tuple[int, ...] | None:
        tableau = self._tableau
        if not tableau.is_solvable():
            return None
        values = tableau.values[: len(self.columns)]
        broken = next((number for number, value in enumerate(values) if value.denominator != 1), None)
        if broken is None:
            return tuple(value.numerator for value in values)
        low, high, whole = tableau.lows[broken], tableau.highs[broken], values[broken].__floor__()
        found = None
        for branch in ((low, whole), (whole + 1, high)):
            tableau.bound(broken, *branch)
            found = self._whole_numbers()
            if found is not None:
                break
        tableau.bound(broken, low, high)
        return found

    def _filling(self, numbers: tuple[int, ...]) -> Filling:
        """Give the places of each class, in order, to the people of each type, in order."""
        people_used: dict[tuple[Person, ...], int] = {}
        places_used: dict[tuple[Place, ...], int] = {}
        seatings = []
        for column, number in zip(self.columns, numbers, strict=True):
            person_at = people_used.get(column.people, 0)
            place_at = places_used.get(column.places, 0)
            people_used[column.people], places_used[column.places] = person_at + number, place_at + number
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
    asked = {rule.property for rule in rules}
    decided_people = {decision.person for decision in decisions}
    types: dict[object, list[Candidate]] = {}
    for candidate in sorted(problem.candidates, key=lambda candidate: candidate.person.id):
        alone = candidate.person.id if candidate.person.id in decided_people else ""
        key = (candidate.places, candidate.person.properties & asked, alone)
        types.setdefault(key, []).append(candidate)
    decided_places = {decision.place for decision in decisions}
    classes: dict[object, list[Place]] = {}
    for place in sorted(problem.places, key=lambda place: place.key):
        under = tuple(number for number, rule in enumerate(rules) if place in rule.places)
        open_to = tuple(number for number, of in enumerate(types.values()) if place in of[0].places)
        classes.setdefault((under, open_to, place if place in decided_places else None), []).append(place)
    known = {(decision.person, decision.place): decision for decision in decisions}
    columns = []
    for of in types.values():
        for places in classes.values():
            decision = known.get((of[0].person.id, places[0]))
            is_open = places[0] in of[0].places
            if is_open or decision is not None:
                people = tuple(candidate.person for candidate in of)
                columns.append(Column(people, tuple(places), is_open, decision))
    return tuple(columns)


def _capacities(columns: tuple[Column, ...]) -> list[tuple[dict[int, int], int]]:
    """For each type and each class that several columns share: no more than there are."""
    types: dict[tuple[Person, ...], list[int]] = {}
    classes: dict[tuple[Place, ...], list[int]] = {}
    for number, column in enumerate(columns):
        types.setdefault(column.people, []).append(number)
        classes.setdefault(column.places, []).append(number)
    sizes = [(numbers, len(people)) for people, numbers in types.items()]
    sizes += [(numbers, len(places)) for places, numbers in classes.items()]
    return [(dict.fromkeys(numbers, 1), most) for numbers, most in sizes if len(numbers) > 1]


def _weight(rule: PlaceRule, column: Column) -> int:
    return rule.weight(column.people[0]) if column.places[0] in rule.places else 0
