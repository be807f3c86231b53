"""Findings on ranges, bounds, shares, equal groups and terms that the Norddjurs mandate does not have."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from composition_rules.check import Finding, FindingState, check
from composition_rules.council import Council, Holding
from composition_rules.mandate import (
    OPEN,
    UNSTATED,
    AlternateKind,
    Alternates,
    Bound,
    Mandate,
    Requirement,
    Role,
    SeatGroup,
    SeatGroupId,
    Seats,
    Share,
    Term,
    Text,
)
from composition_rules.messages import english
from composition_rules.people import Person
from tests.composition_rules.councils import MANDATE, person

MET, NOT_YET, IMPOSSIBLE, WISH = FindingState
ON = date(2026, 3, 1)
HERE = "residence:here"
TERM = MANDATE.term
assert isinstance(TERM, Term)


def words(text: str) -> Text:
    return Text(da=text, en=text)


def group(name: str, seats: Seats, **changes: object) -> SeatGroup:
    none = Alternates(number=Seats.exactly(0), kind=AlternateKind.NONE, order=None, per_member=None)
    base = replace(MANDATE.group("free"), requirements=(), seats=seats, alternates=none)
    return replace(base, id=SeatGroupId(name), title=words(name), **changes)  # type: ignore[arg-type]


def mandate(*groups: SeatGroup, **changes: object) -> Mandate:
    silent = replace(MANDATE, groups=groups, declared_seats=UNSTATED, declared_alternates=UNSTATED, officers=UNSTATED)
    return replace(silent, **changes)  # type: ignore[arg-type]


def requirement(bound: Bound, number: int | None = None, *, preferred: bool = False) -> Requirement:
    clause = MANDATE.composition
    return Requirement(
        bound=bound, number=number, property=HERE, title=words("resident"), applies_to=Role.MEMBER,
        preferred=preferred, clause=clause,
    )  # fmt: skip


def findings(of: Mandate, people: dict[str, list[Person]], *, since: date = ON, on: date = ON) -> list[Finding]:
    council = Council(mandate_id=of.id)
    for name, members in people.items():
        for seat, who in enumerate(members, start=1):
            held = Holding(
                person=who, group=SeatGroupId(name), seat=seat, role=Role.MEMBER, route=of.group(name).route,
                decision="minute 1", since=since,
            )  # fmt: skip
            council = council.seat(held, mandate=of)
    return list(check(council, of, on=on))


def crowd(residents: int, others: int) -> list[Person]:
    return [person(f"R{n}", HERE) for n in range(residents)] + [person(f"O{n}") for n in range(others)]


def the_state(found: list[Finding], part: str) -> FindingState:
    (one,) = (each for each in found if part in each.code)
    assert english(one)
    assert one.params_in("da").keys() == one.params_in("en").keys()
    return one.state


@pytest.mark.parametrize(
    ("bound", "number", "residents", "others", "state"),
    [
        (Bound.AT_LEAST, 2, 2, 0, MET),
        (Bound.AT_LEAST, 2, 1, 5, NOT_YET),  # a seventh seat is open
        (Bound.AT_LEAST, 2, 1, 6, IMPOSSIBLE),
        (Bound.AT_MOST, 1, 0, 0, MET),
        (Bound.AT_MOST, 1, 1, 6, MET),
        (Bound.AT_MOST, 1, 2, 0, IMPOSSIBLE),
        (Bound.EXACTLY, 1, 0, 0, NOT_YET),
        (Bound.EXACTLY, 1, 1, 4, MET),
        (Bound.EXACTLY, 1, 2, 0, IMPOSSIBLE),
        (Bound.EXACTLY, 1, 0, 7, IMPOSSIBLE),
        (Bound.ALL, None, 3, 0, MET),
        (Bound.ALL, None, 3, 1, IMPOSSIBLE),
        (Bound.MAJORITY, None, 2, 0, NOT_YET),  # five sit at least, so three are a majority
        (Bound.MAJORITY, None, 3, 0, MET),
        (Bound.MAJORITY, None, 3, 3, NOT_YET),  # half is no majority, but a seventh may still come
        (Bound.MAJORITY, None, 4, 3, MET),
        (Bound.MAJORITY, None, 3, 4, IMPOSSIBLE),
    ],
)
def test_each_bound_over_five_to_seven_seats(
    bound: Bound, number: int | None, residents: int, others: int, state: FindingState
) -> None:
    asked = requirement(bound, number)
    for whole in (False, True):  # of the group, and of the council that is this group
        one = group("a", Seats(least=5, most=7), requirements=() if whole else (asked,))
        rules = mandate(one, requirements=(asked,) if whole else ())
        assert the_state(findings(rules, {"a": crowd(residents, others)}), "requirement") is state


def test_with_open_seats_nothing_that_may_be_added_is_impossible() -> None:
    for bound, number in ((Bound.AT_LEAST, 3), (Bound.EXACTLY, 3), (Bound.MAJORITY, None)):
        rules = mandate(group("a", OPEN, requirements=(requirement(bound, number),)))
        assert the_state(findings(rules, {"a": crowd(1, 9)}), "requirement") is NOT_YET


def test_what_cannot_be_met_names_who_stands_in_the_way() -> None:
    most = mandate(group("a", OPEN, requirements=(requirement(Bound.AT_MOST, 1),)))
    (found,) = (each for each in findings(most, {"a": crowd(2, 1)}) if "requirement" in each.code)
    assert [each.name for each in found.people] == ["R0", "R1"]
    assert english(found) == (
        "a: members with “resident”: 2; required: at most 1; seats still empty: no limit. "
        "This cannot be met with these members: R0, R1."
    )


def test_a_preference_is_a_wish_and_nothing_is_lacking() -> None:
    rules = mandate(group("a", Seats.exactly(2), requirements=(requirement(Bound.ALL, preferred=True),)))
    assert the_state(findings(rules, {"a": crowd(1, 1)}), "requirement") is WISH
    assert the_state(findings(rules, {"a": crowd(2, 0)}), "requirement") is MET


@pytest.mark.parametrize(
    ("seats", "number", "code"),
    [
        (Seats(least=5, most=7), 4, "seats-empty"),
        (Seats(least=5, most=7), 5, "seats-enough"),
        (Seats.exactly(5), 5, "seats-filled"),
        (OPEN, 0, "seats-open"),
    ],
)
def test_seats_of_a_range(seats: Seats, number: int, code: str) -> None:
    found = findings(mandate(group("a", seats)), {"a": crowd(number, 0)})[0]
    assert found.code == code
    assert english(found)


@pytest.mark.parametrize(("number", "state"), [(6, NOT_YET), (7, MET), (9, MET), (10, IMPOSSIBLE)])
def test_a_total_narrower_than_its_groups(number: int, state: FindingState) -> None:
    rules = mandate(group("a", Seats(least=5, most=12)), declared_seats=Seats(least=7, most=9))
    assert the_state(findings(rules, {"a": crowd(number, 0)}), "total-") is state


def shared(*properties: str | None) -> Mandate:
    shares = tuple(Share(seats=1, property=each, title=words(each or "others")) for each in properties)
    return mandate(group("a", Seats.exactly(len(shares)), shares=shares))


VN, TR = "background:vn", "background:tr"


@pytest.mark.parametrize(
    ("people", "state"),
    [
        ([], NOT_YET),
        ([person("A", VN), person("B", TR), person("C")], MET),
        ([person("A", VN), person("B", VN)], IMPOSSIBLE),
        ([person("A"), person("B")], IMPOSSIBLE),  # one seat only for all others
        ([person("A", VN, TR), person("B", VN)], NOT_YET),  # the first of them takes the other seat
        ([person("A", VN), person("B", VN, TR), person("C")], MET),
        ([person("A", VN, TR), person("B", VN), person("C", TR)], IMPOSSIBLE),
    ],
)
def test_one_seat_for_each_of_a_list_and_one_for_all_others(people: list[Person], state: FindingState) -> None:
    assert the_state(findings(shared(VN, TR, None), {"a": people}), "shares") is state
    assert the_state(findings(shared(VN, TR, None), {"a": people[::-1]}), "shares") is state


@pytest.mark.parametrize(("one", "other", "state"), [(3, 3, MET), (4, 3, NOT_YET), (3, 4, NOT_YET), (6, 3, IMPOSSIBLE)])
def test_two_groups_of_the_same_size(one: int, other: int, state: FindingState) -> None:
    rules = mandate(group("a", Seats(least=3, most=7)), group("b", Seats(least=3, most=5), as_many_as=SeatGroupId("a")))
    people = [person(f"P{n}") for n in range(one + other)]
    assert the_state(findings(rules, {"a": people[:one], "b": people[one:]}), "groups-") is state


@pytest.mark.parametrize(
    ("since", "last"),
    [
        (date(2026, 1, 1), date(2029, 12, 31)),
        (date(2028, 5, 1), date(2029, 12, 31)),
        (date(2025, 3, 1), date(2025, 12, 31)),
    ],
)
def test_a_term_that_follows_the_municipal_period(since: date, last: date) -> None:
    follows = replace(TERM, years=UNSTATED, municipal_period=True)
    rules = mandate(group("a", Seats.exactly(1)), term=follows)
    assert the_state(findings(rules, {"a": crowd(1, 0)}, since=since, on=last), "every-term-running") is MET
    after = findings(rules, {"a": crowd(1, 0)}, since=since, on=last.replace(year=last.year + 1, month=1, day=1))
    assert the_state(after, "period-expired") is NOT_YET


def test_a_group_with_a_term_of_its_own_and_one_who_stays_until_a_successor_is_there() -> None:
    short = replace(TERM, years=2, until_successor=True)
    rules = mandate(group("a", Seats.exactly(1), term=short), group("b", Seats.exactly(1)))
    people = {"a": [person("A")], "b": [person("B")]}
    assert the_state(findings(rules, people), "every-term-running") is MET
    found = findings(rules, people, on=date(2028, 3, 1))
    assert [english(each) for each in found if "term" in each.code] == [
        "a: the term of A ended on 2028-02-29. A stays until a successor is there: find one."
    ]


@pytest.mark.parametrize(("allowed", "codes"), [(UNSTATED, 1), (True, 1), (False, 0)])
def test_one_person_in_two_seats_where_the_mandate_allows_it(allowed: object, codes: int) -> None:
    rules = mandate(group("a", Seats.exactly(1)), group("b", Seats.exactly(1)), one_seat_each=allowed)
    found = findings(rules, {"a": [person("A")], "b": [person("A")]})
    assert [each.code for each in found].count("person-in-two-seats") == codes


def test_nothing_is_found_of_terms_and_offices_that_are_not_stated() -> None:
    rules = mandate(group("a", Seats.exactly(1)), term=UNSTATED)
    assert [each.code for each in findings(rules, {})] == ["seats-empty", "nobody-twice"]
