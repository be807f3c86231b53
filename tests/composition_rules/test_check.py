"""Findings: what is met, what is not yet, what cannot be met with these people, in a secretary's order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.check import Finding, FindingState, check
from composition_rules.council import Council, Holding
from composition_rules.errors import CouncilError
from composition_rules.mandate import MandateId, Office, Role
from composition_rules.messages import english
from tests.composition_rules.councils import (
    BACKGROUND,
    COMMITTEE,
    FIRST_DAY,
    MANDATE,
    council,
    full_council,
    full_holdings,
    holding,
    office,
    person,
)

MET, NOT_YET, IMPOSSIBLE = FindingState.MET, FindingState.NOT_YET, FindingState.IMPOSSIBLE


def findings(of: Council, on: date = FIRST_DAY) -> tuple[Finding, ...]:
    return check(of, MANDATE, on=on)


def said(of: Council, code: str, on: date = FIRST_DAY) -> list[str]:
    return [english(finding) for finding in findings(of, on) if finding.code == code]


def test_a_full_and_qualified_council_lacks_nothing() -> None:
    assert {finding.state for finding in findings(full_council())} == {MET}


def test_findings_come_group_by_group_and_then_for_the_council() -> None:
    assert [(finding.group, finding.code) for finding in findings(council())] == [
        ("education", "seats-empty"),
        ("education", "alternates-lacking"),
        ("business-djursland", "seats-empty"),
        ("business-djursland", "alternates-lacking"),
        ("unions", "seats-empty"),
        ("unions", "alternates-lacking"),
        ("leisure-council", "seats-empty"),
        ("leisure-council", "alternates-lacking"),
        ("volunteer-council", "seats-empty"),
        ("elected", "seats-empty"),
        ("elected", "alternates-lacking"),
        ("elected", "members-requirement-not-yet"),
        ("elected", "alternates-requirement-not-yet"),
        ("insight", "seats-empty"),
        ("insight", "alternates-lacking"),
        ("free", "seats-empty"),
        ("free", "members-requirement-not-yet"),
        (None, "nobody-twice"),
        (None, "terms-running"),
        (None, "office-empty"),
        (None, "office-empty"),
    ]


def test_empty_seats_say_how_many_and_who_fills_them() -> None:
    two = council(*(holding(person(name, BACKGROUND), "elected", n) for n, name in enumerate(("Ali", "Mia"), 1)))
    (finding,) = (f for f in findings(two) if f.group == "elected" and f.code == "seats-empty")
    assert english(finding) == "Directly elected: empty seats: 2 of 4. To be filled by: direct election."
    assert finding.params_in("da")["group"] == "Direkte valgte"
    assert [someone.name for someone in finding.people] == ["Ali", "Mia"]
    assert finding.clause is MANDATE.group("elected").clause


def test_a_requirement_says_how_many_more_are_needed() -> None:
    one = council(holding(person("Ali", BACKGROUND), "elected"))
    assert said(one, "members-requirement-not-yet")[0] == (
        "Directly elected: members with “refugee or immigrant background”: 1; required: at least 4; still needed: 3."
    )


def test_three_free_members_and_none_of_the_committee_cannot_meet_the_clause() -> None:
    names = ("Ida", "Jens", "Kim")
    three = council(*(holding(person(name), "free", seat) for seat, name in enumerate(names, 1)))
    (finding,) = (f for f in findings(three) if f.state is IMPOSSIBLE)
    assert finding.code == "members-requirement-impossible"
    assert [someone.name for someone in finding.people] == list(names)
    assert finding.clause.text == "heraf skal mindst én være medlem af Arbejdsmarkedsudvalget."
    assert english(finding).endswith("seats still empty: 0. This cannot be met with these members: Ida, Jens, Kim.")


def test_two_free_members_and_one_free_seat_can_still_meet_it() -> None:
    two = council(*(holding(person(name), "free", seat) for seat, name in enumerate(("Ida", "Jens"), 1)))
    assert [f.state for f in findings(two) if f.code.startswith("members-requirement") and f.group == "free"] == [
        NOT_YET
    ]


def test_one_of_three_from_the_committee_is_enough() -> None:
    held = council(holding(person("Ida", COMMITTEE), "free", 2))
    assert said(held, "members-requirement-met") == [
        "Other members: members with “member of the Labour Market Committee”: 1; required: at least 1."
    ]


def test_an_elected_member_without_the_background_makes_all_four_impossible_at_once() -> None:
    one = council(holding(person("Per"), "elected"))
    assert [f.people[0].name for f in findings(one) if f.state is IMPOSSIBLE] == ["Per"]


def test_an_alternate_without_the_background_is_found_too() -> None:
    one = council(holding(person("Per"), "elected", 4, Role.ALTERNATE))
    assert [f.code for f in findings(one) if f.state is IMPOSSIBLE] == ["alternates-requirement-impossible"]


def test_one_person_in_two_seats_as_after_the_norddjurs_election_of_2023() -> None:
    ali = person("Ali", BACKGROUND)
    twice = council(holding(ali, "education"), holding(ali, "elected", 2))
    (finding,) = (f for f in findings(twice) if f.code == "person-in-two-seats")
    assert finding.state is IMPOSSIBLE
    assert finding.people == (ali,)
    assert english(finding).startswith("Ali holds more than one seat: Educational institutions 1; Directly elected 2.")
    assert finding.params_in("da")["places"] == "Uddannelsesinstitutionerne 1; Direkte valgte 2"


@pytest.mark.parametrize(("seat_group", "spare_group"), [("free", "education"), ("education", "insight")])
def test_an_alternate_who_sits_elsewhere_cannot_step_in(seat_group: str, spare_group: str) -> None:
    ali = person("Ali", COMMITTEE)
    both = council(holding(ali, seat_group), holding(ali, spare_group, 1, Role.ALTERNATE))
    (finding,) = (f for f in findings(both) if f.code == "alternate-elsewhere")
    assert (finding.state, finding.group) == (NOT_YET, spare_group)
    assert "(alternate)" in english(finding)


@pytest.mark.parametrize(
    ("since", "last_day", "next_day"),
    [
        (date(2025, 1, 1), date(2028, 12, 31), date(2029, 1, 1)),
        (date(2024, 9, 10), date(2028, 9, 9), date(2028, 9, 10)),
        (date(2024, 2, 29), date(2028, 2, 28), date(2028, 2, 29)),
        (date(2096, 2, 29), date(2100, 2, 28), date(2100, 3, 1)),  # 2100 has no 29 February
    ],
)
def test_a_term_of_four_years_ends_the_day_before_its_first_day_comes_round(
    since: date, last_day: date, next_day: date
) -> None:
    held = council(holding(person("Ida"), "education", since=since))
    assert said(held, "term-expired", last_day) == []
    assert said(held, "term-expired", next_day) == [
        f"Educational institutions: the term of Ida began on {since} and ended on {last_day} (4 years)."
    ]


def test_whoever_sits_past_the_term_still_fills_the_seat() -> None:
    held = council(holding(person("Ida"), "education"))
    assert "seats-filled" in [f.code for f in findings(held, date(2030, 1, 1)) if f.group == "education"]


def test_chair_and_deputy_are_asked_for_one_by_one() -> None:
    ida = person("Ida")
    chaired = council(holding(ida, "education"), offices=(office(ida, Office.CHAIR),))
    assert said(chaired, "office-filled") == ["Chair: Ida."]
    assert said(chaired, "office-empty") == [
        "Deputy chair: not chosen yet. To be chosen by: the Dialogue Forum for Integration."
    ]


def test_a_chair_who_has_left_the_council_is_found() -> None:
    ida = person("Ida")
    left = council(holding(ida, "education", until=FIRST_DAY), offices=(office(ida, Office.CHAIR),))
    assert said(left, "officer-without-seat", FIRST_DAY) == []
    assert said(left, "officer-without-seat", date(2025, 1, 2)) == [
        "Chair: Ida, who is not a member on this day. The council should choose again."
    ]


def test_a_day_before_the_council_was_formed_finds_it_empty() -> None:
    assert findings(full_council(), date(2024, 12, 31)) == findings(council())


def test_another_mandate_or_a_place_outside_it_is_refused() -> None:
    with pytest.raises(CouncilError):
        check(replace(council(), mandate_id=MandateId("other")), MANDATE, on=FIRST_DAY)
    with pytest.raises(CouncilError):
        check(replace(council(), holdings=(holding(person("Ida"), "free", 9),)), MANDATE, on=FIRST_DAY)


@given(st.permutations(full_holdings()), st.integers(0, 23))
def test_the_order_of_the_decisions_never_changes_the_findings(holdings: list[Holding], number: int) -> None:
    some = set(full_holdings()[:number])
    shuffled = council(*(held for held in holdings if held in some))
    assert findings(shuffled) == findings(council(*full_holdings()[:number]))


@given(st.sets(st.sampled_from(full_holdings())), st.sampled_from(full_holdings()))
def test_one_more_qualified_person_never_makes_anything_impossible(some: set[Holding], more: Holding) -> None:
    before = council(*some)
    after = council(*some, *(() if more in some else (more,)))
    assert [f for f in findings(after) if f.state is IMPOSSIBLE] == []
    assert sum(f.state is NOT_YET for f in findings(after)) <= sum(f.state is NOT_YET for f in findings(before))
