"""What would make the impossible possible, in the smallest steps: people to be added, or rules and decisions given up.

Each ``Repair`` is enough by itself; a reader chooses one. People first: the smallest number of people that is enough,
as one kind of person where one kind is enough. Then as few rules and decisions to give way as can be: for each part of
a minimal conflict one such set to which it belongs, if there is one. A rule gives way no further than it must.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from composition_rules.conflict import (
    Line,
    Part,
    Value,
    conflict_in,
    decision_params,
    leaving_out,
    parts_of,
    reading_order,
    title_of,
)
from composition_rules.feasible import DEFAULT_STEPS, Bounds, Filling, Model, Question
from composition_rules.giving_way import smallest_with, smallest_without
from composition_rules.mandate import Text
from composition_rules.people import Person, PersonId
from composition_rules.places import Candidate, Counts, Decision, Place, PlaceRule, Problem

_NEWCOMER = "newcomer:anybody"
_ALL_SETS = 4  # properties of one group, up to which every set of them is tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Steps that are enough when all of them are taken, and the ``problem`` as it then is."""

    steps: tuple[Line, ...]
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """Newcomers who may take these places and have these properties; ``rules`` are those that ask for them."""

    name: str
    places: tuple[Place, ...]
    rules: tuple[PlaceRule, ...]

    @property
    def properties(self) -> frozenset[str]:
        return frozenset(rule.property for rule in self.rules if rule.property is not None)

    def newcomers(self, number: int, *marks: str) -> list[Candidate]:
        """So many people of this kind."""
        return [
            Candidate(
                person=Person(id=PersonId(f"{self.name} {one}"), name="", properties=self.properties.union(marks)),
                places=frozenset(self.places),
            )
            for one in range(number)
        ]


def find_repairs(problem: Problem, *, steps: int = DEFAULT_STEPS) -> tuple[Repair, ...]:
    """Every smallest repair of a problem without a filling, people first; none when it has a filling.

    Raises:
        FillingError: the problem contradicts itself.
        SearchLimitError: the steps ended before there was an answer.
    """
    model = Model(problem, steps=steps)
    if model.is_possible(Question()):
        return ()
    found = [*_more_people(problem, steps), *_giving_way(model)]
    return tuple({repair.steps: repair for repair in found}.values())


def _more_people(problem: Problem, steps: int) -> Iterable[Repair]:
    kinds = _kinds(problem)
    model = Model(_with_newcomers(problem, kinds), steps=steps)
    filling = model.find(Question())
    if filling is None:
        return

    def is_enough(number: int) -> bool:
        return model.is_possible(Question(bounds={_NEWCOMER: (None, number)}))

    number = bisect_left(range(_people_with(_NEWCOMER, filling)), True, lo=1, key=is_enough)
    enough: list[_Kind] = []
    for kind in kinds:
        bounds = {other.name: (None, 0) for other in kinds if other != kind} | {_NEWCOMER: (None, number)}
        covered = any(one.places == kind.places and one.properties <= kind.properties for one in enough)
        if not covered and model.is_possible(Question(bounds=bounds)):
            enough.append(kind)
    for kind in enough:
        yield _with_people(problem, [(kind, number)])
    if not enough:
        yield _of_several_kinds(problem, model, kinds, number)


def _of_several_kinds(problem: Problem, model: Model, kinds: list[_Kind], number: int) -> Repair:
    """The smallest number of people when no one kind is enough: those of whom most is asked are avoided first."""
    bounds: dict[str, Bounds] = {_NEWCOMER: (None, number)}
    filling = model.find(Question(bounds=bounds))
    for kind in reversed(kinds):
        while kind.rules and (used := _people_with(kind.name, filling)):
            fewer = bounds | {kind.name: (None, used - 1)}
            possible = model.find(Question(bounds=fewer))
            if possible is None:
                bounds[kind.name] = (None, used)
                break
            filling, bounds = possible, fewer
    in_order = sorted(kinds, key=lambda kind: reading_order(problem, kind.places[0]))
    counted = [(kind, _people_with(kind.name, filling)) for kind in in_order]
    return _with_people(problem, [(kind, times) for kind, times in counted if times])


def _with_people(problem: Problem, counted: list[tuple[_Kind, int]]) -> Repair:
    people = [newcomer for kind, number in counted for newcomer in kind.newcomers(number)]
    return Repair(
        steps=tuple(_people_line(problem, kind, number) for kind, number in counted),
        problem=replace(problem, candidates=(*problem.candidates, *people)),
    )


def _kinds(problem: Problem) -> list[_Kind]:
    """Kinds of newcomers, those of whom least is asked first."""
    groups: dict[tuple[str, str], list[Place]] = {}
    for place in sorted(problem.places, key=lambda place: reading_order(problem, place)):
        groups.setdefault((place.group, place.role), []).append(place)
    kinds = []
    for places in groups.values():
        asking: dict[str, PlaceRule] = {}
        for rule in sorted(problem.rules, key=lambda rule: (rule.order, rule.name)):
            wants = rule.at_least or rule.counts is Counts.LACKING
            if rule.property and wants and not rule.preferred and rule.places & set(places):
                asking.setdefault(rule.property, rule)
        sizes = range(len(asking) + 1) if len(asking) <= _ALL_SETS else (0, 1, len(asking))
        kinds += [(tuple(places), rules) for size in sizes for rules in combinations(asking.values(), size)]
    kinds.sort(key=lambda kind: len(kind[1]))
    return [_Kind(name=f"newcomer:{n}", places=places, rules=rules) for n, (places, rules) in enumerate(kinds)]


def _with_newcomers(problem: Problem, kinds: list[_Kind]) -> Problem:
    """The problem with as many people of each kind as there are places, and rules that count them."""
    nothing, everywhere = Text(da="", en=""), frozenset(problem.places)
    newcomers = [newcomer for kind in kinds for newcomer in kind.newcomers(len(kind.places), kind.name, _NEWCOMER)]
    counting = [
        PlaceRule(name=name, title=nothing, places=everywhere, property=name)
        for name in (_NEWCOMER, *(kind.name for kind in kinds))
    ]
    return replace(problem, candidates=(*problem.candidates, *newcomers), rules=(*problem.rules, *counting))


def _people_with(word: str, filling: Filling | None) -> int:
    return 0 if filling is None else sum(seating.person.has(word) for seating in filling.seatings)


def _people_line(problem: Problem, kind: _Kind, number: int) -> Line:
    group = title_of(problem, kind.places[0])
    if not kind.rules:
        # The seats of "all others" ask for no property, and yet not for anybody.
        others = [rule.asks for rule in problem.rules if rule.none_of and rule.places & set(kind.places) and rule.asks]
        if others:
            params: tuple[tuple[str, Value], ...] = (("group", group), ("asks", others[0]), ("number", number))
            return Line(code="repair-more-people-for", params=params)
        return Line(code="repair-more-people", params=(("group", group), ("number", number)))
    words = [rule.asks or rule.title for rule in kind.rules]
    asks = Text(da=" + ".join(word.da for word in words), en=" + ".join(word.en for word in words))
    return Line(code="repair-more-people-with", params=(("group", group), ("asks", asks), ("number", number)))


def _giving_way(model: Model) -> Iterable[Repair]:
    """As few parts as can be; and for each part of a conflict as few, if it can be among them."""
    conflict = conflict_in(model)
    parts = parts_of(model)[::-1]  # first what gives way before others
    least = smallest_without(model, parts)
    concerned: list[Part] = [*conflict.rules, *conflict.decisions]
    found = (least, *(smallest_with(model, parts, (first,), len(least) - 1) for first in concerned))
    for given in dict.fromkeys(frozenset(each) for each in found if each is not None):
        yield _no_further_than_needed(model, given)


def _no_further_than_needed(model: Model, given_up: frozenset[Part]) -> Repair:
    """The parts in the order in which a reader knows them: decisions by their places, then the rules."""
    question = leaving_out(given_up)
    bounds = dict(question.bounds)
    decisions = [part for part in given_up if isinstance(part, Decision)]
    decisions.sort(key=lambda one: (reading_order(model.problem, one.place), one.person))
    steps = [Line(code="repair-take-back", params=decision_params(one, model.problem)) for one in decisions]
    for part in (rule for rule in model.rules if rule in given_up):
        for forms in _milder(part):

            def possible(form: tuple[Bounds, Line], rule: PlaceRule = part) -> bool:
                return model.is_possible(replace(question, bounds=bounds | {rule.name: form[0]}))

            if forms and possible(forms[-1]):
                asked, line = forms[bisect_left(forms, True, hi=len(forms) - 1, key=possible)]
                bounds[part.name] = asked
                steps.append(line)
                break
    return Repair(steps=tuple(steps), problem=_changed(model.problem, bounds, question.without))


def _changed(problem: Problem, bounds: Mapping[str, Bounds], without: frozenset[Decision]) -> Problem:
    """The problem with other bounds for the rules of these names, and without these decisions."""
    rules = (
        replace(rule, at_least=bounds[rule.name][0], at_most=bounds[rule.name][1]) if rule.name in bounds else rule
        for rule in problem.rules
    )
    decisions = tuple(one for one in problem.decisions if one not in without)
    return replace(problem, rules=tuple(rules), decisions=decisions)


def _milder(rule: PlaceRule) -> Iterable[list[tuple[Bounds, Line]]]:
    """Milder forms of a rule; in each list every form allows what the one before it allows. The last is no rule."""
    title = ("rule", rule.title)
    counted = not rule.less and rule.counts is not Counts.BALANCE
    if rule.at_least is not None and counted:
        code = "repair-reserve-less" if rule.share else "repair-ask-less"
        yield [
            ((least, rule.at_most), Line(code=code, params=(title, ("number", least), ("at_least", rule.at_least))))
            for least in range(rule.at_least - 1, -1, -1)
        ]
    if rule.at_most is not None and counted:
        code = "repair-allow-without" if rule.counts is Counts.LACKING else "repair-allow-more"
        yield [
            ((rule.at_least, most), Line(code=code, params=(title, ("number", most), ("at_most", rule.at_most))))
            for most in range(rule.at_most + 1, len(rule.places) + 1)
        ]
    yield [((None, None), Line(code="repair-set-aside", params=(title,)))]
