"""Random questions of who can fill which places, small enough to be asked by the thousand."""

from __future__ import annotations

import random
from dataclasses import replace

from composition_rules.conflict import find_conflict, leaving_out
from composition_rules.feasible import Infeasible, Model, find_filling
from composition_rules.mandate import Role, SeatGroupId, Text
from composition_rules.people import Person, PersonId
from composition_rules.places import Candidate, Counts, Decision, Place, PlaceRule, Problem

PROPERTIES = ("kind:a", "kind:b", "kind:c")


def text(words: str) -> Text:
    return Text(da=words, en=words)


def places(group: str, number: int, role: Role = Role.MEMBER) -> tuple[Place, ...]:
    return tuple(Place(group=SeatGroupId(group), role=role, number=n) for n in range(1, number + 1))


def rule(
    name: str, of: tuple[Place, ...], least: int | None = None, most: int | None = None, **more: object
) -> PlaceRule:
    return PlaceRule(name=name, title=text(name), places=frozenset(of), at_least=least, at_most=most, **more)  # type: ignore[arg-type]


def candidate(name: str, of: tuple[Place, ...], *properties: str) -> Candidate:
    person = Person(id=PersonId(name), name=name, properties=frozenset(properties))
    return Candidate(person=person, places=frozenset(of))


def random_problem(chance: random.Random) -> Problem:
    """Up to four groups, up to twelve people, filled seats, quotas of each kind, now and then a decision."""
    groups = {f"g{n}": places(f"g{n}", chance.randint(1, 4)) for n in range(chance.randint(1, 4))}
    if chance.random() < 0.3:
        groups["g0 alternates"] = places("g0", chance.randint(1, 2), Role.ALTERNATE)
    everything = tuple(place for of in groups.values() for place in of)
    rules = []
    for name, of in groups.items():
        least = len(of) if chance.random() < 0.6 else chance.randint(0, len(of))
        rules.append(rule(f"{name} filled", of, least, order=len(rules)))
    for number in range(chance.randint(0, 4)):
        rules.append(_quota(chance, number, everything, list(groups.values())))
    candidates = tuple(
        candidate(
            f"p{number:02}",
            tuple(
                place
                for of in chance.sample(list(groups.values()), chance.randint(1, len(groups)))
                for place in of
                if chance.random() < 0.95
            ),
            *(word for word in PROPERTIES if chance.random() < 0.45),
        )
        for number in range(chance.randint(max(0, len(everything) - 2), len(everything) + 4))
    )
    decisions = tuple(
        Decision(person=chance.choice(candidates).person.id, place=chance.choice(everything))
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2)) if candidates else 0)
    )
    return Problem(places=everything, rules=tuple(rules), candidates=candidates, decisions=decisions)


def _quota(
    chance: random.Random, number: int, everything: tuple[Place, ...], groups: list[tuple[Place, ...]]
) -> PlaceRule:
    of = (
        everything
        if chance.random() < 0.4
        else tuple({p for g in chance.sample(groups, chance.randint(1, len(groups))) for p in g})
    )
    word, kind = chance.choice(PROPERTIES), chance.random()
    bounds = {"order": 50 + number, "property": word}
    if kind < 0.15:
        return rule(f"quota {number}", of, 1, counts=Counts.BALANCE, **bounds)
    if kind < 0.5:
        return rule(f"quota {number}", of, chance.randint(1, len(of)), **bounds)
    if kind < 0.75:
        return rule(f"quota {number}", of, None, chance.randint(0, len(of) - 1), **bounds)
    exactly = chance.randint(0, len(of))
    return rule(f"quota {number}", of, exactly, exactly, **bounds)


def shuffled(problem: Problem, chance: random.Random) -> Problem:
    """The same problem with the order of every tuple changed."""
    return replace(
        problem,
        places=tuple(chance.sample(problem.places, len(problem.places))),
        rules=tuple(chance.sample(problem.rules, len(problem.rules))),
        candidates=tuple(chance.sample(problem.candidates, len(problem.candidates))),
        decisions=tuple(chance.sample(problem.decisions, len(problem.decisions))),
    )


def verify_conflict(problem: Problem) -> None:
    """The conflict of a problem, if it has one, cannot be met; without any one of its parts it can.

    Raises:
        AssertionError: it is no conflict, or not a minimal one.
    """
    conflict = find_conflict(problem)
    if conflict is None:
        return
    alone = replace(problem, rules=conflict.rules, decisions=conflict.decisions)
    assert isinstance(find_filling(alone), Infeasible)
    for part in (*conflict.rules, *conflict.decisions):
        assert Model(alone).decide(leaving_out([part])) is not None
