"""A choice is valid when somebody imaginable can complete the council: every choice and every completion tried out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest

from composition_rules.council import Council
from composition_rules.draw import (
    Ranked,
    Selection,
    choose_ranked,
    selection_of,
)
from composition_rules.errors import DrawError
from composition_rules.feasible import Filling, find_filling
from composition_rules.mandate import UNSTATED, Mandate, Role, Seats
from composition_rules.people import Person, PersonId
from composition_rules.places import Candidacy, Decision, Place, candidate_for, problem_of
from tests.composition_rules.applicants import (
    DAY,
    GROUP,
    person,
    seated,
)
from tests.composition_rules.open_councils import (
    KINDS,
    assert_chances,
    completions,
    is_met,
    own_size,
    random_open_council,
)

Choice = tuple[Person, ...]


def choices_where(people: list[Person], seats: int, is_valid: Callable[[Choice], bool]) -> set[frozenset[PersonId]]:
    """Applicants with the same properties stand in for each other, so each kind of choice is judged once."""
    known: dict[frozenset[tuple[frozenset[str], int]], bool] = {}
    found = set()
    for choice in combinations(people, seats):
        kind = frozenset(Counter(one.properties for one in choice).items())
        if kind not in known:
            known[kind] = is_valid(choice)
        if known[kind]:
            found.add(frozenset(one.id for one in choice))
    return found


def assert_ranked(selection: Selection, expected: set[frozenset[PersonId]]) -> None:
    """The ranked choice is the first of the expected, the best first."""
    ranking = [one.id for one in selection.applicants]
    best = next((each for each in combinations(ranking, selection.seats) if frozenset(each) in expected), None)
    ranked = choose_ranked(selection, ranking)
    assert best == (ranked.chosen if isinstance(ranked, Ranked) else None)


@pytest.mark.parametrize("start", range(0, 120, 40))
def test_the_valid_choices_are_those_that_somebody_can_complete(start: int) -> None:
    answered: Counter[object] = Counter()
    for number in range(start, start + 40):
        mandate, council, seats, people = random_open_council(random.Random(number))
        try:
            selection = selection_of(council, mandate, GROUP, seats=seats, applicants=people, on=DAY)
        except DrawError:
            assert own_size(mandate, seated(mandate, GROUP, *people[:seats], council=council)) is None, number
            continue

        def can_be_completed(choice: Choice, mandate: Mandate = mandate, council: Council = council) -> bool:
            formed = seated(mandate, GROUP, *choice, council=council)
            return any(is_met(each, mandate) for each in completions(mandate, formed))

        expected = choices_where(people, seats, can_be_completed)
        assert_chances(selection, expected)
        assert_ranked(selection, expected)
        answered[bool(expected)] += 1
        answered["several cases"] += len(selection.cases) > 1
    assert answered[True] >= 5
    assert answered[False] >= 5
    assert answered["several cases"] >= (start == 0)


def test_groups_without_a_limit_are_completed_as_the_search_for_places_completes_them() -> None:
    partial = 0
    for number in range(60):
        chance = random.Random(number)
        mandate, council, seats, people = random_open_council(chance)
        own, other, *rest = mandate.groups
        if own.as_many_as or other.shares:
            continue
        other = replace(other, seats=Seats(least=other.seats.least, most=None))
        mandate = replace(mandate, groups=(own, other, *rest), declared_seats=UNSTATED)
        selection = selection_of(council, mandate, GROUP, seats=seats, applicants=people, on=DAY)

        def has_filling(
            choice: Choice, mandate: Mandate = mandate, council: Council = council, size: int = selection.sitting.size
        ) -> bool:
            return is_filled(mandate, seated(mandate, GROUP, *choice, council=council), size)

        expected = choices_where(people, seats, has_filling)
        assert_chances(selection, expected)
        partial += 0 < len(expected) < len(list(combinations(people, seats)))
    assert partial >= 5


def is_filled(mandate: Mandate, council: Council, size: int) -> bool:
    """Whether the search for places, which shares nothing with the draw, fills the rest from people of every kind."""
    own = replace(mandate.groups[0], seats=Seats.exactly(size))
    mandate = replace(mandate, groups=(own, *mandate.groups[1:]))
    sitting = [(each.person.id, each.group, each.seat) for each in council.holdings]
    if mandate.one_seat_each is not False and len({each for each, *_ in sitting}) < len(sitting):
        return False
    held = {
        PersonId(f"{group}-{seat}"): replace(each.person, id=PersonId(f"{group}-{seat}"))
        for each, (_, group, seat) in zip(council.holdings, sitting, strict=True)
    }
    decisions = [
        Decision(person=PersonId(f"{group}-{seat}"), place=Place(group=group, role=Role.MEMBER, number=seat))
        for _, group, seat in sitting
    ]
    candidacies = [Candidacy(person=one, parts=frozenset()) for one in held.values()]
    candidacies += [
        candidate_for(mandate, person(f"new {group.id} {kind} {number}", *KINDS[kind]), group.id)
        for group in mandate.groups
        for kind in range(len(KINDS))
        for number in range(12)
    ]
    problem = problem_of(mandate, candidacies, decisions, roles=(Role.MEMBER,))
    return isinstance(find_filling(problem), Filling)
