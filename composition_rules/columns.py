"""People of one type in one class of places: how many of them sit there is all that matters to the search.

People with the same possible places and the same properties are one type; places under the same rules, open to the
same types, are one class. What the numbers must obey is told in ``feasible.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

from composition_rules.people import Person
from composition_rules.places import Candidate, Decision, Place, PlaceRule, Problem


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


def columns_of(problem: Problem, rules: tuple[PlaceRule, ...], decisions: tuple[Decision, ...]) -> tuple[Column, ...]:
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


def capacities_of(columns: tuple[Column, ...], *, one_place_each: bool) -> list[tuple[list[int], int]]:
    """For each type (in each group, with a place each) and each class: no more than there are."""
    types: dict[tuple[tuple[Person, ...], str], list[int]] = {}
    classes: dict[tuple[Place, ...], list[int]] = {}
    for number, column in enumerate(columns):
        types.setdefault((column.people, "" if one_place_each else column.places[0].group), []).append(number)
        classes.setdefault(column.places, []).append(number)
    sizes = [(numbers, len(people)) for (people, _), numbers in types.items()]
    sizes += [(numbers, len(places)) for places, numbers in classes.items()]
    return [(numbers, most) for numbers, most in sizes if len(numbers) > 1]


def weight_of(rule: PlaceRule, column: Column) -> int:
    """What one person of a column counts for in a rule."""
    place = column.places[0]
    weight = rule.weight(column.people[0]) if place in rule.places else 0
    if rule.share and column.share not in (None, rule.name):
        weight = 0
    return weight - rule.times if place in rule.less else weight
