"""Ranges, open numbers and bounds of the mandate language as rules over places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from composition_rules.catalogue import load_mandate
from composition_rules.feasible import Filling, Infeasible, find_filling
from composition_rules.fill import Proposal, propose
from composition_rules.mandate import Bound, Mandate, Requirement, Role, Seats
from composition_rules.places import Decision, Place, PlaceRule, candidate_for, problem_of
from tests.composition_rules.councils import COMMITTEE, MANDATE, person

MEMBERS = (Role.MEMBER,)
FREE = MANDATE.group("free")  # three seats, at least one of them with COMMITTEE
RANGE = Seats(least=2, most=4)


def asked(bound: Bound, number: int | None = None, *, preferred: bool = False) -> Requirement:
    return replace(FREE.requirements[0], bound=bound, number=number, preferred=preferred)


def alone(*requirements: Requirement, seats: Seats = FREE.seats, whole: tuple[Requirement, ...] = ()) -> Mandate:
    """A mandate of one group."""
    group = replace(FREE, seats=seats, requirements=requirements)
    return replace(MANDATE, groups=(group,), requirements=whole, declared_seats=seats)


def quotas(mandate: Mandate) -> list[PlaceRule]:
    return [rule for rule in problem_of(mandate, (), roles=MEMBERS).rules if rule.property is not None]


def can_be_filled(mandate: Mandate, having: int, lacking: int) -> bool:
    people = [person(f"With {n}", COMMITTEE) for n in range(having)] + [person(f"None {n}") for n in range(lacking)]
    pool = [candidate_for(mandate, one, roles=MEMBERS) for one in people]
    return isinstance(find_filling(problem_of(mandate, pool, roles=MEMBERS)), Filling)


def test_a_range_has_its_most_places_and_asks_for_its_least() -> None:
    mandate = alone(seats=RANGE)
    (filled,) = problem_of(mandate, (), roles=MEMBERS).rules
    assert (len(filled.places), filled.at_least, filled.at_most) == (4, 2, None)
    assert [can_be_filled(mandate, 0, people) for people in (1, 2, 5)] == [False, True, True]


def test_a_range_is_filled_as_far_as_there_are_people() -> None:
    mandate = alone(seats=RANGE)
    pool = [candidate_for(mandate, person(f"P{n}"), roles=MEMBERS) for n in range(3)]
    proposal = propose(problem_of(mandate, pool, roles=MEMBERS))
    assert isinstance(proposal, Proposal)
    assert len(proposal.filling.seatings) == 3


@pytest.mark.parametrize(
    ("requirement", "bounds", "possible"),
    [
        (asked(Bound.AT_LEAST, 2), (2, None), [False, False, True, True]),
        (asked(Bound.AT_MOST, 1), (None, 1), [True, True, False, False]),
        (asked(Bound.EXACTLY, 2), (2, 2), [False, False, True, False]),
        (asked(Bound.MAJORITY), (2, None), [False, False, True, True]),
        (asked(Bound.ALL), (None, 0), [False, False, False, True]),
    ],
)
def test_each_bound_of_three_seats(
    requirement: Requirement, bounds: tuple[int | None, int | None], possible: list[bool]
) -> None:
    for mandate in (alone(requirement), alone(whole=(requirement,))):
        (rule,) = quotas(mandate)
        assert (rule.at_least, rule.at_most) == bounds
        assert [can_be_filled(mandate, having, 3 - having) for having in range(4)] == possible


def test_the_majority_of_an_even_number_is_more_than_half() -> None:
    assert quotas(alone(asked(Bound.MAJORITY), seats=Seats.exactly(4)))[0].at_least == 3


def test_what_is_preferred_stays_a_wish() -> None:
    mandate = alone(asked(Bound.ALL, preferred=True))
    assert [rule.preferred for rule in quotas(mandate)] == [True]
    assert can_be_filled(mandate, 0, 3)


def test_a_rule_of_the_whole_council_spans_every_member() -> None:
    mandate = load_mandate("koege-integrationsraad")
    whole = quotas(mandate)
    assert [(len(rule.places), rule.at_least, rule.preferred) for rule in whole] == [
        (15, 8, False),
        (15, 1, True),
        (15, 1, True),
    ]
    assert {place.group for place in whole[0].places} == {group.id for group in mandate.groups}


def test_a_declared_total_within_the_ranges_is_a_rule() -> None:
    mandate = replace(alone(asked(Bound.AT_LEAST, 1), seats=RANGE), declared_seats=Seats.exactly(3))
    total = problem_of(mandate, (), roles=MEMBERS).rules[-1]
    assert (len(total.places), total.at_least, total.at_most) == (4, 3, 3)
    pool = [candidate_for(mandate, person(f"P{n}", COMMITTEE), roles=MEMBERS) for n in range(5)]
    filling = find_filling(problem_of(mandate, pool, roles=MEMBERS))
    assert not isinstance(filling, Infeasible)
    assert len(filling.seatings) == 3


@pytest.mark.parametrize(
    ("bound", "having", "lacking", "possible"),
    [
        (Bound.MAJORITY, 2, 0, True),
        (Bound.MAJORITY, 2, 9, True),
        (Bound.MAJORITY, 1, 9, False),
        (Bound.ALL, 2, 9, True),
        (Bound.ALL, 1, 9, False),
    ],
)
def test_more_than_half_and_all_are_asked_of_those_who_sit(
    bound: Bound, having: int, lacking: int, possible: bool
) -> None:
    for mandate in (alone(asked(bound), seats=RANGE), alone(seats=RANGE, whole=(asked(bound),))):
        assert can_be_filled(mandate, having, lacking) is possible


@pytest.mark.parametrize(("people", "places"), [(0, 0), (1, 1), (7, 7)])
def test_an_open_number_has_a_place_for_each_who_may_take_one(people: int, places: int) -> None:
    mandate = alone(seats=Seats(least=3, most=None))
    pool = [candidate_for(mandate, person(f"P{n}"), roles=MEMBERS) for n in range(people)]
    problem = problem_of(mandate, pool, roles=MEMBERS)
    assert all(len(one.places) == places for one in problem.candidates)
    assert isinstance(find_filling(problem), Filling) is (people >= 3)
    assert len(problem.places) >= 3  # so that repairs have places for those who are lacking


def test_a_place_decided_beyond_the_people_of_an_open_number_is_there() -> None:
    mandate = alone(seats=Seats(least=1, most=None))
    decided = Decision(person=person("P").id, place=Place(group=FREE.id, role=Role.MEMBER, number=40))
    problem = problem_of(mandate, [candidate_for(mandate, person("P"), roles=MEMBERS)], [decided], roles=MEMBERS)
    filling = find_filling(problem)
    assert isinstance(filling, Filling)
    assert [seating.place.number for seating in filling.seatings] == [40]
