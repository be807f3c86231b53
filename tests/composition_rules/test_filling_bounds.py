"""Ranges and bounds of the mandate language as rules over places, and what is refused rather than passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from composition_rules.catalogue import load_mandate
from composition_rules.errors import FillingError
from composition_rules.feasible import Filling, Infeasible, find_filling
from composition_rules.fill import Proposal, propose
from composition_rules.mandate import (
    OPEN,
    AlternateKind,
    Bound,
    Mandate,
    Requirement,
    Role,
    SeatGroup,
    SeatGroupId,
    Seats,
    Share,
)
from composition_rules.places import PlaceRule, candidate_for, places_of, problem_of
from tests.composition_rules.councils import COMMITTEE, MANDATE, person
from tests.composition_rules.pools import text

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


def refused(mandate: Mandate, *roles: Role) -> tuple[str, str | int, str | int | None]:
    with pytest.raises(FillingError) as raised:
        problem_of(mandate, (), roles=roles or MEMBERS)
    error = raised.value
    assert str(error.params["group"]) in str(error)
    return error.code, error.params["group"], error.params.get("rule")


def test_a_range_has_its_most_places_and_asks_for_its_least() -> None:
    mandate = alone(seats=RANGE)
    (filled,) = problem_of(mandate, (), roles=MEMBERS).rules
    assert (len(places_of(mandate.groups[0], Role.MEMBER)), filled.at_least, filled.at_most) == (4, 2, None)
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
        (asked(Bound.ALL), (3, None), [False, False, False, True]),
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


@pytest.mark.parametrize("bound", [Bound.MAJORITY, Bound.ALL])
@pytest.mark.parametrize("preferred", [False, True])
def test_half_or_all_of_a_range_is_refused(bound: Bound, preferred: bool) -> None:
    requirement = asked(bound, preferred=preferred)
    assert refused(alone(requirement, seats=RANGE)) == ("filling-rule-unknown", "free", bound.value)
    assert refused(alone(seats=RANGE, whole=(requirement,))) == ("filling-rule-unknown", MANDATE.id, bound.value)


def changed(group: SeatGroup) -> Mandate:
    return replace(MANDATE, groups=(group,), declared_seats=group.seats)


@pytest.mark.parametrize(
    ("group", "rule"),
    [
        (replace(FREE, shares=(Share(seats=3, property=None, title=text("others")),)), "shares"),
        (replace(FREE, as_many_as=SeatGroupId("insight")), "as_many_as"),
    ],
)
def test_shares_and_equal_groups_are_refused(group: SeatGroup, rule: str) -> None:
    assert refused(changed(group)) == ("filling-rule-unknown", "free", rule)


def test_a_number_without_limit_is_refused() -> None:
    mandate = alone(seats=Seats(least=3, most=None))
    assert refused(mandate) == ("filling-number-open", "free", None)
    with pytest.raises(FillingError, match="upper limit"):
        candidate_for(mandate, person("Somebody"))


def test_open_alternates_stop_only_who_asks_for_them() -> None:
    mandate = changed(replace(FREE, alternates=replace(FREE.alternates, kind=AlternateKind.UNSTATED, number=OPEN)))
    assert len(problem_of(mandate, (), roles=MEMBERS).places) == 3
    assert refused(mandate, Role.MEMBER, Role.ALTERNATE)[0] == "filling-number-open"


def test_alternates_that_come_and_go_with_a_member_are_refused() -> None:
    per_member = replace(FREE.alternates, kind=AlternateKind.PERSONAL, number=RANGE, per_member=None)
    mandate = changed(replace(FREE, seats=RANGE, requirements=(), alternates=per_member))
    assert refused(mandate, *Role) == ("filling-rule-unknown", "free", "alternates, personal")
    assert len(problem_of(load_mandate("koege-integrationsraad"), ()).places) == 45


def test_two_seats_for_one_person_are_refused() -> None:
    mandate = replace(MANDATE, one_seat_each=False)
    assert refused(mandate) == ("filling-rule-unknown", MANDATE.id, "one_seat_each = false")


@pytest.mark.parametrize(
    ("mandate", "code"),
    [
        ("handicapraad-lov", "filling-rule-unknown"),
        ("slagelse-integrationsudvalg-2024", "filling-rule-unknown"),
        ("svendborg-integrationsraad-2025", "filling-rule-unknown"),
        ("aeldreraad-lov", "filling-number-open"),
    ],
)
def test_shipped_mandates_beyond_the_search_are_refused(mandate: str, code: str) -> None:
    assert refused(load_mandate(mandate))[0] == code


@pytest.mark.parametrize("mandate", ["gentofte-integrationsraad-2018", "odense-integrationsraad", "dnir-eksempel-2023"])
def test_shipped_mandates_of_fixed_numbers_are_read(mandate: str) -> None:
    read = load_mandate(mandate)
    assert len(problem_of(read, (), roles=MEMBERS).places) == read.seats.least
