"""Seats that stay open beside a choice: what people to come can bring, case by case, and who is shut out by it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

import pytest

from composition_rules.draw import (
    Chances,
    Drawn,
    NoChoice,
    Ranked,
    chances,
    choose_ranked,
    draw,
)
from composition_rules.errors import DrawError, SearchLimitError
from composition_rules.mandate import Bound, SeatGroupId, Seats
from composition_rules.people import PersonId
from tests.composition_rules.applicants import (
    GROUP,
    WORDS,
    keeping,
    person,
    requirement,
    seated,
    share,
    two_groups,
)
from tests.composition_rules.open_councils import (
    assert_chances,
    selected,
)

A, B = WORDS

TWO_CASES = two_groups(
    Seats.exactly(3),
    Seats(least=0, most=2),
    others=(requirement(Bound.AT_MOST, 0, A),),
    council=(requirement(Bound.MAJORITY, None, A), requirement(Bound.AT_LEAST, 1, B)),
)


def test_two_rules_that_open_seats_can_meet_only_one_at_a_time_shut_out_a_choice() -> None:
    """Without officials nobody has b; with one, those who have a are no majority: each could be met alone."""
    people = [person("a1", A), person("a2", A), person("a3", A), person("b", B), person("neither")]
    selection = selected(TWO_CASES, people, seats=3)
    valid = [("a1", "a2", "a3"), ("a1", "a2", "b"), ("a1", "a3", "b"), ("a2", "a3", "b")]
    assert_chances(selection, {frozenset(map(PersonId, each)) for each in valid})
    found = chances(selection)
    assert isinstance(found, Chances)
    assert [limit.title.en for limit in found.chances[-1].shut_out_by] == [
        "Integration Committee, background:a (the majority)",
        "Integration Committee, gender:b (at least 1)",
        f"{TWO_CASES.groups[1].title.en}, background:a (at most 0)",
    ]
    ranked = choose_ranked(selection, [PersonId(each) for each in ("neither", "a1", "a2", "b", "a3")])
    assert isinstance(ranked, Ranked)
    assert ranked.chosen == ("a1", "a2", "b")
    assert [each.person for each in ranked.passed_over] == ["neither"]
    assert ranked.passed_over[0].limits == found.chances[-1].shut_out_by


def test_the_cases_are_written_out_in_the_closed_list() -> None:
    people = [person("a1", A), person("a2", A), person("a3", A), person("b", B)]
    assert selected(TWO_CASES, people, seats=3).closed_list() == (
        "slagelse-integrationsudvalg-2024:civil-society: 3",
        "applicants: a1 a2 a3 b",
        "case 1 of 2",
        "Who has a seat cannot be given another: 0 to 0 of: ",
        "Integration Committee, background:a (the majority): 2 to 3 of: a1 a2 a3",
        "Integration Committee, gender:b (at least 1): 1 to 3 of: b",
        "case 2 of 2",
        "Who has a seat cannot be given another: 0 to 0 of: ",
        "Integration Committee, background:a (the majority): 3 to 3 of: a1 a2 a3",
        "Integration Committee, gender:b (at least 1): 0 to 3 of: b",
    )


def test_the_closed_list_alone_recomputes_a_draw_among_several_cases() -> None:
    people = [person("a1", A), person("a2", A), person("a3", A), person("b1", B), person("b2", B), person("neither")]
    selection = selected(TWO_CASES, people, seats=3)
    place, seats = selection.closed_list()[0].rsplit(": ", 1)
    applicants = selection.closed_list()[1].split()[1:]
    cases: list[list[tuple[int, int, list[str]]]] = []
    for line in selection.closed_list()[2:]:
        limit = re.fullmatch(r".*: (\d+) to (\d+) of: (.*)", line)
        if limit is None:
            cases.append([])
        else:
            cases[-1].append((int(limit[1]), int(limit[2]), limit[3].split()))

    def is_valid(first: Iterable[str]) -> bool:
        have = set(first)
        return any(all(low <= len(have & {*counted}) <= high for low, high, counted in case) for case in cases)

    hopeful = {one for choice in combinations(applicants, int(seats)) if is_valid(choice) for one in choice}
    assert hopeful == {"a1", "a2", "a3", "b1", "b2"}
    attempts = []
    for seed in map(str, range(40)):
        drawn, attempt, first = draw(selection, seed), 0, list[str]()
        while not first or not is_valid(first):
            attempt += 1
            lines = {one: f"{seed}/{place}/{attempt}/{one}".encode() for one in hopeful}
            first = sorted(hopeful, key=lambda one: hashlib.sha256(lines[one]).hexdigest())[: int(seats)]
        assert isinstance(drawn, Drawn)
        assert (drawn.attempt, list(drawn.chosen)) == (attempt, first)
        assert all(each.broken for each in drawn.failed)
        attempts.append(attempt)
    assert max(attempts) > 1


def test_the_reserved_seats_of_another_group_bring_only_whom_they_are_for() -> None:
    mandate = two_groups(Seats.exactly(2), Seats.exactly(2), council=(requirement(Bound.AT_LEAST, 3, A),))
    civil, culture = mandate.groups
    shared = replace(mandate, groups=(civil, replace(culture, shares=(share(1, A), share(1, None)))))
    people = [person("a", A), person("neither"), person("too", A)]
    one_is_enough, both_are_needed = selected(mandate, people, seats=2), selected(shared, people, seats=2)
    assert_chances(one_is_enough, {frozenset(map(PersonId, each)) for each in combinations(("a", "neither", "too"), 2)})
    assert_chances(both_are_needed, {frozenset({PersonId("a"), PersonId("too")})})
    found = chances(both_are_needed)
    assert isinstance(found, Chances)
    assert f"{culture.title.en}, reserved seats" in [limit.title.en for limit in found.chances[1].shut_out_by]


def test_any_number_that_open_seats_can_bring_makes_up_an_exact_number() -> None:
    """Up to two come elsewhere, all of them with a: as many as the chosen lack of two."""
    mandate = two_groups(
        Seats.exactly(2),
        Seats(least=0, most=2),
        others=(requirement(Bound.ALL, None, A),),
        council=(requirement(Bound.EXACTLY, 2, A),),
    )
    people = [person("a1", A), person("a2", A), person("n1"), person("n2")]
    selection = selected(mandate, people, seats=2)
    assert len(selection.cases) == 3
    assert_chances(selection, {frozenset((one.id, other.id)) for one, other in combinations(people, 2)})


def test_a_limit_of_one_case_is_kept_where_another_has_none() -> None:
    """Either nobody comes, and b must be among the chosen, or one with a does, and then one of the chosen at most."""
    mandate = two_groups(
        Seats.exactly(2),
        Seats(least=0, most=1),
        others=(requirement(Bound.ALL, None, A),),
        council=(requirement(Bound.AT_MOST, 2, A), requirement(Bound.AT_LEAST, 1, B)),
    )
    people = [person("a1", A), person("a2", A), person("b", B), person("neither")]
    pairs = {frozenset((one.id, other.id)) for one, other in combinations(people, 2)}
    assert_chances(selected(mandate, people, seats=2), pairs - {frozenset(map(PersonId, ("a1", "a2")))})


def test_groups_stay_empty_where_one_of_them_can_only_bring_whom_no_seat_is_open_to() -> None:
    mandate = two_groups(
        Seats.exactly(1),
        Seats(least=0, most=2),
        others=(requirement(Bound.AT_MOST, 0, A),),
        council=(requirement(Bound.ALL, None, A),),
    )
    civil, culture = mandate.groups
    third = replace(culture, id=SeatGroupId("third"), requirements=(), as_many_as=culture.id)
    mandate = replace(mandate, groups=(civil, culture, third))
    selection = selected(mandate, [person("a", A), person("neither")], seats=1)
    assert_chances(selection, {frozenset({PersonId("a")})})


def test_the_rules_of_the_group_bind_the_seats_that_are_filled_later() -> None:
    """One seat of three is filled now; the other two cannot bring what the group itself may not have."""
    rules = (requirement(Bound.AT_MOST, 1, A),)
    mandate = two_groups(Seats.exactly(3), Seats.exactly(0), rules, council=(requirement(Bound.AT_LEAST, 2, A),))
    selection = selected(mandate, [person("a", A), person("neither")], seats=1)
    found = chances(selection)
    assert isinstance(found, NoChoice)
    assert [limit.title.en for limit in found.limits] == [
        "Civil society, background:a (at most 1)",
        "Integration Committee, background:a (at least 2)",
    ]
    assert isinstance(chances(keeping(selection, found.limits[:1])), Chances)
    assert isinstance(chances(keeping(selection, found.limits[1:])), Chances)


def test_the_reserved_seats_that_are_filled_later_are_kept_for_those_they_are_for() -> None:
    mandate = two_groups(
        Seats.exactly(3),
        Seats.exactly(0),
        council=(requirement(Bound.EXACTLY, 1, A),),
        shares=(share(1, A), share(2, None)),
    )
    people = [person("a", A), person("b", B), person("neither")]
    sits = seated(mandate, GROUP, person("sits"))
    assert_chances(selected(mandate, people, seats=1), {frozenset({PersonId(each)}) for each in ("a", "b", "neither")})
    assert_chances(
        selected(mandate, people, seats=2, council=sits),
        {frozenset(map(PersonId, each)) for each in (("a", "b"), ("a", "neither"))},
    )
    two_of_a = replace(mandate, requirements=(requirement(Bound.AT_LEAST, 2, A),))
    found = chances(selected(two_of_a, people, seats=1))
    assert isinstance(found, NoChoice)
    assert [limit.title.en for limit in found.limits] == [
        "Civil society, seats for: background:a",
        "Integration Committee, background:a (at least 2)",
        "Civil society, reserved seats",
    ]


def test_a_rule_that_another_group_has_broken_leaves_no_choice_and_is_named() -> None:
    mandate = two_groups(Seats.exactly(1), Seats.exactly(1), others=(requirement(Bound.ALL, None, A),))
    council = seated(mandate, "culture", person("official"))
    found = chances(selected(mandate, [person("a", A)], seats=1, council=council))
    assert isinstance(found, NoChoice)
    assert [limit.title.en for limit in found.limits] == [f"{mandate.groups[1].title.en}, background:a (all)"]
    assert (found.limits[0].at_least, found.limits[0].at_most) == (0, -1)


def test_people_on_two_seats_leave_no_choice() -> None:
    mandate = two_groups(Seats.exactly(2), Seats.exactly(1))
    council = seated(mandate, "culture", person("twice"), council=seated(mandate, GROUP, person("twice")))
    found = chances(selected(mandate, [person("a")], seats=1, council=council))
    assert isinstance(found, NoChoice)
    assert [limit.title.en for limit in found.limits] == ["Who has a seat cannot be given another"]
    allowed = replace(mandate, one_seat_each=False)
    assert isinstance(chances(selected(allowed, [person("a")], seats=1, council=council)), Chances)


def test_a_group_grows_to_the_size_of_one_that_must_be_as_large() -> None:
    """Three sit there and one sits nowhere: two more than the one who is chosen come, and may bring the two of a."""
    mandate = two_groups(Seats(least=1, most=4), Seats(least=1, most=3), (requirement(Bound.EXACTLY, 2, A),))
    equal = replace(mandate, groups=(replace(mandate.groups[0], as_many_as=mandate.groups[1].id), mandate.groups[1]))
    people = [person("a", A), person("neither")]
    three = seated(equal, "culture", *map(person, ("x", "y", "z")))
    assert selected(equal, people, seats=1, council=three).sitting.to_come == 2
    assert isinstance(chances(selected(equal, people, seats=1, council=three)), Chances)
    assert isinstance(chances(selected(mandate, people, seats=1, council=three)), NoChoice)


def test_seats_that_no_number_of_members_can_complete_are_not_free() -> None:
    """Two equal groups of the council's five: however many are chosen, an odd number is never reached."""
    mandate = two_groups(Seats(least=1, most=4), Seats(least=1, most=4))
    equal = replace(
        mandate,
        groups=(replace(mandate.groups[0], as_many_as=mandate.groups[1].id), mandate.groups[1]),
        declared_seats=Seats.exactly(5),
    )
    with pytest.raises(DrawError, match="free: 0") as refused:
        selected(equal, map(person, "ab"), seats=2)
    assert refused.value.code == "draw-too-many-seats"


@pytest.mark.parametrize(("without", "valid"), [(7, {"a", "neither"}), (8, {"a"}), (9, {"a"}), (10, set())])
def test_a_group_without_a_limit_brings_a_majority_as_far_as_its_own_rules_let_it(
    without: int, valid: set[str]
) -> None:
    """It may have nine of a, and so many who sit lack it: ten with the chosen one are the majority over nine."""
    mandate = two_groups(
        Seats.exactly(1),
        Seats(least=0, most=None),
        others=(requirement(Bound.AT_MOST, 9, A),),
        council=(requirement(Bound.MAJORITY, None, A),),
    )
    third = replace(mandate.groups[1], id=SeatGroupId("third"), seats=Seats.exactly(without), requirements=())
    mandate = replace(mandate, groups=(*mandate.groups, third))
    council = seated(mandate, "third", *(person(f"x{number}") for number in range(without)))
    selection = selected(mandate, [person("a", A), person("neither")], seats=1, council=council)
    assert {one.id for one in selection.applicants if selection.is_valid([one.id])} == valid


def test_majorities_that_groups_without_a_limit_bring_against_each_other_are_weighed_to_the_end() -> None:
    """One group brings a and never b, the other b and never a: both majorities need those who sit to have both."""
    mandate = two_groups(
        Seats.exactly(1),
        Seats(least=4, most=None),
        others=(requirement(Bound.AT_MOST, 0, A),),
        council=(requirement(Bound.MAJORITY, None, A), requirement(Bound.MAJORITY, None, B)),
    )
    other = replace(
        mandate.groups[1],
        id=SeatGroupId("third"),
        seats=Seats(least=0, most=None),
        requirements=(requirement(Bound.AT_MOST, 0, B),),
    )
    mandate = replace(mandate, groups=(*mandate.groups, other))
    selection = selected(mandate, [person("a", A), person("both", A, B)], seats=1)
    assert [selection.is_valid([each.id]) for each in selection.applicants] == [False, True]


def test_more_seats_than_can_be_looked_at_are_refused() -> None:
    for most, refusal in ((None, SearchLimitError), (3, DrawError)):
        mandate = two_groups(Seats(least=1, most=most), Seats(least=0, most=None))
        with pytest.raises(refusal):
            selected(mandate, [person("a")], seats=10**9)


def test_too_many_forms_of_the_rest_stop_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composition_rules.draw.coming.MOST_FORMS", 3)
    mandate = two_groups(Seats.exactly(1), Seats(least=0, most=9), council=(requirement(Bound.MAJORITY, None, A),))
    with pytest.raises(SearchLimitError):
        selected(mandate, [person("a", A)], seats=1)
