"""Whether given people can fill given places under given rules: a filling, or the proof that there is none.

How it decides:

1. How many people of one type sit in one class of places is all that matters (``columns.py``).
2. These numbers obey inequalities: a type has no more people than it has, a class no more places, each rule has its
   least and its most. Who fits several shares of reserved seats is counted for one of them, so such a type has a
   number for each. The exact simplex method holds them all against each other at once, so a lower bound of one
   rule meets the upper bound of another, and places without enough people are found as a matching finds them.
3. Where it answers in fractions, the search branches on one number: more than the whole part, or at most that. Every
   branch is looked at before the answer is "impossible". When the allowed steps end first, ``SearchLimitError`` is
   raised.
4. A filling found before is held against each further question first, and so is each proof that there is none.

Everything is put in order first, so that the order of input cannot change the answer. ``fill.py`` makes proposals,
``conflict.py`` and ``repair.py`` explain why there are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from composition_rules.columns import capacities_of, columns_of, weight_of
from composition_rules.mandate import Role, Text
from composition_rules.people import Person
from composition_rules.places import Decision, Place, PlaceRule, Problem
from composition_rules.simplex import Tableau

DEFAULT_STEPS = 20_000
EVERY_MEMBER = "every member"  # rows that count the people on all places; no clause, and no bounds unless asked
EVERY_PLACE = "every place"
_STEPS_ONWARDS = 500  # of one tableau: its rows fill up and its answers break into fractions; a new one is faster

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

    ``taken`` is a column that must not be empty. A preferred rule holds only where ``bounds`` names it. A decision left
    out closes a place that nothing else opens to its person; one of those ``loosened`` need not hold either, but may.
    """

    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    without: frozenset[Decision] = frozenset()
    loosened: frozenset[Decision] = frozenset()
    taken: int | None = None


_AS_IT_IS = Question()


@dataclass(frozen=True, slots=True)
class _Met:
    """A filling found before: the values of all variables, and which of them the problem as it is does not allow."""

    values: tuple[int, ...]
    beyond: tuple[int, ...]

    @classmethod
    def of(cls, values: tuple[int, ...], as_it_is: Sequence[Bounds]) -> _Met:
        """What the problem allows is looked at once: a question changes little of it."""
        return cls(values, tuple(at for at, value in enumerate(values) if not _is_within(value, as_it_is[at])))

    def answers(self, changes: Mapping[int, Bounds], as_it_is: Sequence[Bounds]) -> bool:
        """Whether the filling is one under these changed bounds too."""
        asked = (*changes.items(), *((at, as_it_is[at]) for at in self.beyond if at not in changes))
        return all(_is_within(self.values[at], bounds) for at, bounds in asked)


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
        self.columns = columns_of(problem, self.rules, self.decisions)
        self._steps = steps
        limited = capacities_of(self.columns, one_place_each=problem.one_place_each)
        limits = [dict.fromkeys(numbers, 1) for numbers, _ in limited]
        kept = [
            dict.fromkeys((number for number, column in enumerate(self.columns) if column.decision == decision), 1)
            for decision in self.decisions
        ]
        count = [{number: weight_of(rule, column) for number, column in enumerate(self.columns)} for rule in self.rules]
        counted = [{at: weight for at, weight in row.items() if weight} for row in count]
        self._rows = (*limits, *kept, *counted)
        self._first_decision = len(self.columns) + len(limits)
        self._first_rule = self._first_decision + len(kept)
        self._as_it_is: tuple[Bounds, ...] = (
            *((0, column.most) for column in self.columns),
            *((None, most) for _, most in limited),
            *((1, None) for _ in self.decisions),
            *((None, None) if rule.preferred else (rule.at_least, rule.at_most) for rule in self.rules),
        )
        # How many sit in groups that are held against each other says most: three equal groups never add up to eight.
        beside: frozenset[Place] = frozenset().union(*(rule.spans() for rule in self.rules if rule.less))
        self._branched_first = tuple(
            number
            for number, rule in enumerate(self.rules, self._first_rule)
            if rule.is_headcount() and not rule.places.isdisjoint(beside)
        )
        self._tableau, self._changed = self._new_tableau(), dict[int, Bounds]()
        self._met: list[_Met] = []
        self._blamed: set[int] = set()

    def decide(self, question: Question = _AS_IT_IS) -> Filling | None:
        """A filling, or None when there is none. Which filling it is does not depend on earlier questions.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        tableau = self._new_tableau()
        for variable, bounds in self._changes(question).items():
            tableau.bound(variable, *bounds)
        numbers = self._whole_numbers(tableau)
        return None if numbers is None else self._filling(numbers)

    def find(self, question: Question) -> Filling | None:
        """Some filling, or None when there is none: much faster than ``decide``, going on from earlier questions.

        What was asked before can change which filling it meets first, never whether there is one.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        numbers = self._find(question)
        return None if numbers is None else self._filling(numbers)

    def is_possible(self, question: Question) -> bool:
        """Whether there is a filling.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        return self._find(question) is not None

    def blamed(self, question: Question) -> frozenset[PlaceRule | Decision] | None:
        """The rules and decisions that a proof rests on: not all can stand. None when there is a filling.

        What the question leaves out is not among them.

        Raises:
            SearchLimitError: the steps ended before there was an answer (code search-limit).
        """
        self._blamed = set()
        if self._find(question) is not None:
            return None
        decided = (each for at, each in enumerate(self.decisions, self._first_decision) if at in self._blamed)
        ruled = (each for at, each in enumerate(self.rules, self._first_rule) if at in self._blamed)
        return frozenset((*decided, *ruled))

    def _find(self, question: Question) -> tuple[int, ...] | None:
        changes = self._changes(question)
        for met in self._met:
            if met.answers(changes, self._as_it_is):
                return met.values[: len(self.columns)]
        if self._steps - self._tableau.steps_left > _STEPS_ONWARDS:
            self._tableau, self._changed = self._new_tableau(self._tableau), {}
        for variable in self._changed.keys() - changes.keys():
            self._tableau.bound(variable, *self._as_it_is[variable])
        for variable, bounds in changes.items():
            self._tableau.bound(variable, *bounds)
        self._changed = changes
        numbers = self._whole_numbers(self._tableau)
        if numbers is not None:
            sums = (sum(weight * numbers[at] for at, weight in row.items()) for row in self._rows)
            self._met.append(_Met.of((*numbers, *sums), self._as_it_is))
        return numbers

    def _new_tableau(self, before: Tableau | None = None) -> Tableau:
        tableau = Tableau(len(self.columns), self._rows, self._steps, before)
        for variable, bounds in enumerate(self._as_it_is):
            tableau.bound(variable, *bounds)
        return tableau

    def _changes(self, question: Question) -> dict[int, Bounds]:
        """The variables that the question bounds in another way than the problem."""
        changes: dict[int, Bounds] = {}
        for number, column in enumerate(self.columns):
            if column.decision in question.without and not column.open:
                changes[number] = (0, 0)
        if question.taken is not None:
            changes[question.taken] = (1, changes.get(question.taken, self._as_it_is[question.taken])[1])
        for number, decision in enumerate(self.decisions, self._first_decision):
            if decision in question.without or decision in question.loosened:
                changes[number] = (None, None)
        for number, rule in enumerate(self.rules, self._first_rule):
            if rule.name in question.bounds:
                changes[number] = question.bounds[rule.name]
        return changes

    def _whole_numbers(self, tableau: Tableau) -> tuple[int, ...] | None:
        if not tableau.is_solvable():
            self._blamed |= tableau.blamed
            return None
        values = tableau.values
        order = (*self._branched_first, *range(len(self.columns)))
        broken = next((number for number in order if values[number].denominator != 1), None)
        if broken is None:
            return tuple(value.numerator for value in values[: len(self.columns)])
        low, high, whole = tableau.lows[broken], tableau.highs[broken], values[broken].__floor__()
        found = None
        for branch in ((whole + 1, high), (low, whole)):
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


def _is_within(value: int, bounds: Bounds) -> bool:
    low, high = bounds
    return (low is None or low <= value) and (high is None or value <= high)


def _totals(problem: Problem) -> tuple[PlaceRule, PlaceRule]:
    nothing = Text(da="", en="")
    members = frozenset(place for place in problem.places if place.role is Role.MEMBER)
    return (
        PlaceRule(name=EVERY_MEMBER, title=nothing, places=members),
        PlaceRule(name=EVERY_PLACE, title=nothing, places=frozenset(problem.places)),
    )
