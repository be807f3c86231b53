"""The exact chances against every choice tried out, each judged by ``check``."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, product
from math import comb

import pytest

from composition_rules.check import FindingState, check
from composition_rules.council import Council
from composition_rules.draw import Chances, Limit, NoChoice, Selection, chances, selection_of
from composition_rules.errors import CouncilError, DrawError, SearchLimitError
from composition_rules.mandate import Bound, Mandate, Seats
from composition_rules.people import Person, PersonId, Spell
from tests.composition_rules.applicants import (
    DAY,
    GROUP,
    WORDS,
    keeping,
    person,
    random_case,
    requirement,
    seated,
    share,
    two_groups,
)

KINDS = [frozenset(each) for each in chain.from_iterable(combinations(WORDS, size) for size in range(3))]


def is_met(council: Council, mandate: Mandate, group: str | None = None) -> bool:
    """Whether ``check`` finds every seat (of the group) filled, every requirement met and nobody twice."""
    return all(
        finding.state is FindingState.MET
        for finding in check(council, mandate, on=DAY)
        if finding.code.startswith(("seats", "shares", "members", "person")) and group in (None, finding.group)
    )


def others_can_be_met(council: Council, mandate: Mandate) -> bool:
    """Whether the other group is not lost whoever is chosen: that is no matter of the choice."""
    return any(is_met(each, mandate, "culture") for each in completions(council, mandate))


def completions(council: Council, mandate: Mandate) -> Iterator[Council]:
    """The council with its open seats of the other group filled by people of every kind."""
    group = mandate.groups[1]
    open_seats = group.seats.least - sum(each.group == group.id for each in council.holdings)
    for kinds in product(KINDS, repeat=open_seats):
        people = (person(f"new{number}", *kind) for number, kind in enumerate(kinds))
        yield seated(mandate, group.id, *people, council=council)


def valid_choices(mandate: Mandate, council: Council, selection: Selection) -> list[frozenset[PersonId]]:
    found = []
    for choice in combinations(selection.applicants, selection.seats):
        formed = seated(mandate, GROUP, *choice, council=council)
        if any(is_met(each, mandate) for each in completions(formed, mandate)):
            found.append(frozenset(each.id for each in choice))
    return found


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_chances_are_those_of_all_choices_that_check_calls_met(start: int) -> None:
    answered: set[type] = set()
    for number in range(start, start + 50):
        mandate, council, selection = random_case(random.Random(number))
        if not others_can_be_met(council, mandate):
            continue
        expected = valid_choices(mandate, council, selection)
        found = chances(selection)
        answered.add(type(found))
        if isinstance(found, NoChoice):
            assert expected == [], number
            continue
        assert found.valid == len(expected), number
        assert {each.person.id: each.chance for each in found.chances} == {
            one.id: Fraction(sum(one.id in choice for choice in expected), len(expected))
            for one in selection.applicants
        }, number
        assert sum(each.chance for each in found.chances) == selection.seats
    assert answered == {Chances, NoChoice}


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_what_shuts_out_is_enough_and_holds_nothing_needless(start: int) -> None:
    shut_out = 0
    for number in range(start, start + 50):
        *_, selection = random_case(random.Random(number))
        found = chances(selection)
        if isinstance(found, NoChoice):
            assert_minimal(selection, found.limits, None)
            continue
        for each in found.chances:
            assert bool(each.shut_out_by) == (each.chance == 0)
            if each.chance == 0:
                shut_out += 1
                assert_minimal(selection, each.shut_out_by, each.person)
    assert shut_out > 10


def assert_minimal(selection: Selection, limits: tuple[Limit, ...], with_person: Person | None) -> None:
    """No choice (that holds the person) keeps to these limits; without any one of them some choice does."""
    choices = [
        [each.id for each in choice]
        for choice in combinations(selection.applicants, selection.seats)
        if with_person is None or with_person in choice
    ]
    assert not any(map(keeping(selection, limits).is_valid, choices))
    for left_out in limits:
        fewer = keeping(selection, [limit for limit in limits if limit is not left_out])
        assert any(map(fewer.is_valid, choices))


def test_two_hundred_applicants_are_counted_in_few_states() -> None:
    rules = tuple(
        requirement(bound, number, word)
        for bound, number, word in (
            (Bound.AT_LEAST, 2, WORDS[0]),
            (Bound.EXACTLY, 4, WORDS[1]),
            (Bound.AT_MOST, 3, "age:c"),
            (Bound.MAJORITY, None, "residence:d"),
        )
    )
    mandate = two_groups(Seats.exactly(7), Seats.exactly(0), rules)
    words = (*WORDS, "age:c", "residence:d")
    people = [
        person(f"p{number}", *(word for bit, word in enumerate(words) if number >> bit & 1)) for number in range(200)
    ]
    council = Council(mandate_id=mandate.id)
    found = chances(selection_of(council, mandate, GROUP, seats=7, applicants=people, on=DAY))
    assert isinstance(found, Chances)
    assert found.choices == comb(200, 7)
    assert sum(each.chance for each in found.chances) == 7
    # Written out: sixteen kinds of people, so many of each, and how many of a kind are taken.
    sizes = [sum(number % 16 == kind for number in range(200)) for kind in range(16)]
    assert found.valid == counted_by_kinds(sizes)


def counted_by_kinds(sizes: list[int]) -> int:
    """The same number by a sum over how many of each kind are taken, two kinds of a pair at a time."""
    ways = {(0, 0, 0, 0, 0): 1}
    for kind, size in enumerate(sizes):
        grown: dict[tuple[int, ...], int] = {}
        for state, number in ways.items():
            for taken in range(8 - state[0]):
                bits = (1, *(kind >> bit & 1 for bit in range(4)))
                to = tuple(had + taken * bit for had, bit in zip(state, bits, strict=True))
                grown[to] = grown.get(to, 0) + number * comb(size, taken)
        ways = grown
    return sum(n for (k, a, b, c, d), n in ways.items() if k == 7 and a >= 2 and b == 4 and c <= 3 and d >= 4)


def test_the_search_stops_before_it_holds_too_many_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("composition_rules.draw.counts.MOST_STATES", 20_000)
    words = [f"organisation:o{number}" for number in range(40)]
    rules = tuple(requirement(Bound.AT_MOST, 3, word) for word in words)
    mandate = two_groups(Seats.exactly(7), Seats.exactly(0), rules)
    chance = random.Random(1)
    people = [person(f"p{number}", *chance.sample(words, 12)) for number in range(150)]
    selection = selection_of(Council(mandate_id=mandate.id), mandate, GROUP, seats=7, applicants=people, on=DAY)
    with pytest.raises(SearchLimitError):
        chances(selection)


def test_a_wish_does_not_bind_but_is_named() -> None:
    wish = requirement(Bound.ALL, None, WORDS[0], preferred=True)
    mandate = two_groups(Seats.exactly(1), Seats.exactly(0), (wish,))
    council = Council(mandate_id=mandate.id)
    selection = selection_of(council, mandate, GROUP, seats=1, applicants=[person("a"), person("b", WORDS[0])], on=DAY)
    found = chances(selection)
    assert isinstance(found, Chances)
    assert [each.chance for each in found.chances] == [Fraction(1, 2), Fraction(1, 2)]
    assert [wish.en for wish in selection.wishes] == ["Civil society, background:a (all)"]


def test_an_open_seat_elsewhere_helps_until_it_is_taken() -> None:
    rule = requirement(Bound.AT_LEAST, 1, WORDS[0])
    mandate = two_groups(Seats.exactly(1), Seats.exactly(1), council=(rule,))
    applicants = [person("a"), person("b", WORDS[0])]
    empty = Council(mandate_id=mandate.id)
    full = seated(mandate, "culture", person("official"))
    for council, expected in ((empty, [Fraction(1, 2), Fraction(1, 2)]), (full, [0, 1])):
        found = chances(selection_of(council, mandate, GROUP, seats=1, applicants=applicants, on=DAY))
        assert isinstance(found, Chances)
        assert [each.chance for each in found.chances] == expected


def test_seats_without_a_limit_elsewhere_can_bring_anybody() -> None:
    mandate = two_groups(
        Seats.exactly(2), Seats(least=0, most=None), council=(requirement(Bound.MAJORITY, None, WORDS[0]),)
    )
    selection = selection_of(
        Council(mandate_id=mandate.id), mandate, GROUP, seats=2, applicants=[person("a"), person("b")], on=DAY
    )
    assert isinstance(chances(selection), Chances)


def test_a_property_counts_on_the_days_it_is_had() -> None:
    mandate = two_groups(Seats.exactly(1), Seats.exactly(0), (requirement(Bound.ALL, None, WORDS[0]),))
    ended = replace(person("a"), spells=(Spell(property=WORDS[0], until=DAY.replace(day=1, month=1)),))
    running = replace(person("b"), spells=(Spell(property=WORDS[0], until=DAY),))
    council = Council(mandate_id=mandate.id)
    found = chances(selection_of(council, mandate, GROUP, seats=1, applicants=[ended, running], on=DAY))
    assert isinstance(found, Chances)
    assert [each.chance for each in found.chances] == [0, 1]


def test_too_few_applicants_are_no_choice_and_no_rule_is_blamed() -> None:
    mandate = two_groups(Seats.exactly(2), Seats.exactly(0))
    council = Council(mandate_id=mandate.id)
    found = chances(selection_of(council, mandate, GROUP, seats=2, applicants=[person("a")], on=DAY))
    assert found == NoChoice(limits=(), applicants=1, seats=2)


@pytest.mark.parametrize(
    ("seats", "names", "code"),
    [
        (0, "ab", "draw-no-seats"),
        (-1, "ab", "draw-no-seats"),
        (4, "abcd", "draw-too-many-seats"),
        (1, "aba", "draw-twice"),
    ],
)
def test_what_a_choice_refuses(seats: int, names: str, code: str) -> None:
    mandate = two_groups(Seats(least=1, most=3), Seats.exactly(1))
    council = Council(mandate_id=mandate.id)
    with pytest.raises(DrawError) as refused:
        selection_of(council, mandate, GROUP, seats=seats, applicants=map(person, names), on=DAY)
    assert refused.value.code == code


def test_seats_promised_to_others_are_not_free() -> None:
    mandate = replace(two_groups(Seats(least=1, most=3), Seats.exactly(2)), declared_seats=Seats.exactly(4))
    council = Council(mandate_id=mandate.id)
    with pytest.raises(DrawError, match="free: 2"):
        selection_of(council, mandate, GROUP, seats=3, applicants=map(person, "abc"), on=DAY)


def test_a_group_that_must_be_as_large_as_another_is_not_made_larger() -> None:
    mandate = two_groups(Seats(least=1, most=3), Seats.exactly(2))
    civil, culture = mandate.groups
    for groups in (
        (replace(civil, as_many_as=culture.id), culture),
        (civil, replace(culture, as_many_as=civil.id)),
    ):
        bound = replace(mandate, groups=groups)
        with pytest.raises(DrawError) as refused:
            selection_of(Council(mandate_id=bound.id), bound, GROUP, seats=3, applicants=map(person, "abc"), on=DAY)
        assert refused.value.code == "draw-unequal"


def test_another_mandate_and_an_unknown_group_are_refused() -> None:
    mandate = two_groups(Seats.exactly(1), Seats.exactly(1))
    for council, group in (
        (Council(mandate_id=mandate.id), "nowhere"),
        (replace(Council(mandate_id=mandate.id), mandate_id=type(mandate.id)("other")), GROUP),
    ):
        with pytest.raises(CouncilError):
            selection_of(council, mandate, group, seats=1, applicants=[person("a")], on=DAY)


def test_a_reserved_seat_can_be_had_by_one_with_two_of_the_properties() -> None:
    mandate = two_groups(Seats.exactly(2), Seats.exactly(0), shares=(share(1, WORDS[0]), share(1, WORDS[1])))
    people = [person("both", *WORDS), person("first", WORDS[0]), person("neither"), person("second", WORDS[0])]
    council = Council(mandate_id=mandate.id)
    found = chances(selection_of(council, mandate, GROUP, seats=2, applicants=people, on=DAY))
    assert isinstance(found, Chances)
    assert found.valid == 2
    assert [each.chance for each in found.chances] == [1, Fraction(1, 2), 0, Fraction(1, 2)]


@pytest.mark.parametrize(
    ("bound", "number"), [(Bound.ALL, None), (Bound.AT_LEAST, 1), (Bound.EXACTLY, 1), (Bound.MAJORITY, None)]
)
def test_what_an_open_seat_elsewhere_must_bring_leaves_less_room_here(bound: Bound, number: int | None) -> None:
    for limit in (requirement(Bound.AT_MOST, 1, WORDS[0]), requirement(Bound.EXACTLY, 1, WORDS[0])):
        mandate = two_groups(
            Seats.exactly(1), Seats.exactly(1), others=(requirement(bound, number, WORDS[0]),), council=(limit,)
        )
        council = Council(mandate_id=mandate.id)
        people = [person("a", WORDS[0]), person("b")]
        found = chances(selection_of(council, mandate, GROUP, seats=1, applicants=people, on=DAY))
        assert isinstance(found, Chances)
        assert [each.chance for each in found.chances] == [0, 1]


def test_open_seats_help_no_further_than_the_number_of_the_council() -> None:
    rule = requirement(Bound.AT_LEAST, 2, WORDS[0])
    mandate = two_groups(Seats.exactly(1), Seats(least=0, most=2), council=(rule,))
    people = [person("a", WORDS[0]), person("b")]
    for declared, expected in ((Seats.exactly(2), [1, 0]), (Seats.exactly(3), [Fraction(1, 2), Fraction(1, 2)])):
        limited = replace(mandate, declared_seats=declared)
        council = Council(mandate_id=limited.id)
        found = chances(selection_of(council, limited, GROUP, seats=1, applicants=people, on=DAY))
        assert isinstance(found, Chances)
        assert [each.chance for each in found.chances] == expected


def test_reserved_seats_that_overlap_are_counted_together() -> None:
    a, b, c = "background:a", "background:b", "background:c"
    mandate = two_groups(
        Seats.exactly(4), Seats.exactly(0), shares=(share(1, a), share(1, b), share(1, c), share(1, None))
    )
    people = [person("p1", a, b), person("p2", a, b), person("p3", b, c), person("p4", b, c), person("p5")]
    council = Council(mandate_id=mandate.id)
    found = chances(selection_of(council, mandate, GROUP, seats=4, applicants=people, on=DAY))
    assert isinstance(found, Chances)
    assert found.valid == 4
    assert found.chances[-1].chance == 1
