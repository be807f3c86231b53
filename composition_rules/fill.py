"""One proposal for the places, and every place that each person could take.

A proposal holds to every decision and meets every required rule. Then, one after the other:

1. each preferred rule, in the order of the mandate, is honoured if that is possible beside those before it;
2. as many places of members are filled as can be, then as many places as can be;
3. what is still open is settled by the order of the places and of the people's ids, never by the order of input.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from composition_rules.conflict import Conflict, conflict_in
from composition_rules.feasible import (
    DEFAULT_STEPS,
    EVERY_MEMBER,
    EVERY_PLACE,
    Bounds,
    Filling,
    Model,
    Question,
)
from composition_rules.mandate import Role
from composition_rules.people import PersonId
from composition_rules.places import Place, PlaceRule, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A filling, the preferred rules it honours and those it could not."""

    filling: Filling
    honoured: tuple[PlaceRule, ...]
    passed_over: tuple[PlaceRule, ...]


def propose(problem: Problem, *, steps: int = DEFAULT_STEPS) -> Proposal | Conflict:
    """The proposal described above, or the rules and decisions that cannot stand together.

    Raises:
        FillingError: the problem contradicts itself.
        SearchLimitError: the steps ended before there was an answer.
    """
    model = Model(problem, steps=steps)
    filling = model.decide()
    if filling is None:
        return conflict_in(model)
    bounds: dict[str, Bounds] = {}
    honoured, passed_over = [], []
    for rule in (rule for rule in model.rules if rule.preferred):
        asked = bounds | {rule.name: (rule.at_least, rule.at_most)}
        better = model.decide(Question(bounds=asked))
        if better is None:
            passed_over.append(rule)
        else:
            filling, bounds = better, asked
            honoured.append(rule)
    for name in (EVERY_MEMBER, EVERY_PLACE):
        filling, bounds = _fullest(model, filling, bounds, name)
    return Proposal(filling=filling, honoured=tuple(honoured), passed_over=tuple(passed_over))


def possible_places(problem: Problem, *, steps: int = DEFAULT_STEPS) -> Mapping[PersonId, tuple[Place, ...]]:
    """For each person every place they take in some filling; no place at all when there is no filling.

    Raises:
        FillingError: the problem contradicts itself.
        SearchLimitError: the steps ended before there was an answer.
    """
    model = Model(problem, steps=steps)
    found: dict[PersonId, set[Place]] = {candidate.person.id: set() for candidate in problem.candidates}
    columns = model.columns if model.is_possible(Question()) else ()
    for number, column in enumerate(columns):
        # People of one type, and places of one class, can stand in for each other.
        if model.is_possible(Question(taken=number)):
            for person in column.people:
                found[person.id].update(column.places)
    return {person: tuple(sorted(places, key=lambda place: place.key)) for person, places in sorted(found.items())}


def _fullest(model: Model, filling: Filling, bounds: dict[str, Bounds], name: str) -> tuple[Filling, dict[str, Bounds]]:
    """The filling with the most people on the places that ``name`` counts, and the bounds that keep it so."""
    while True:
        taken = sum(name == EVERY_PLACE or one.place.role is Role.MEMBER for one in filling.seatings)
        asked = bounds | {name: (taken + 1, None)}
        fuller = model.decide(Question(bounds=asked))
        if fuller is None:
            return filling, bounds | {name: (taken, None)}
        filling = fuller
