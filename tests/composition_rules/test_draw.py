"""The lot and the ranked choice: always valid, recomputable, uniform, and deaf to the order of the input."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest

from composition_rules.check import FindingState, check
from composition_rules.council import Council
from composition_rules.draw import (
    Chances,
    Drawn,
    NoChoice,
    Ranked,
    Selection,
    chances,
    choose_ranked,
    draw,
    selection_of,
)
from composition_rules.errors import DrawError, LotError
from composition_rules.mandate import Bound, Mandate, Seats
from composition_rules.people import PersonId
from tests.composition_rules.applicants import (
    DAY,
    GROUP,
    WORDS,
    keeping,
    person,
    random_case,
    requirement,
    seated,
    two_groups,
)


def recomputed(selection: Selection, hopeful: list[str], seed: str) -> tuple[int, list[str]]:
    """The recipe in the words of docs/lots.md, with nothing of the program but the rules themselves."""
    attempt = 1
    while True:
        hashed = {}
        for one in hopeful:
            text = seed + "/" + selection.place + "/" + str(attempt) + "/" + one
            hashed[hashlib.sha256(text.encode("utf-8")).hexdigest()] = one
        first = [hashed[number] for number in sorted(hashed)][: selection.seats]
        for case in selection.cases:
            if all(limit.at_least <= len(limit.counted & set(first)) <= limit.at_most for limit in case):
                return attempt, first
        attempt += 1


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_a_draw_is_what_the_recipe_gives_and_is_valid(start: int) -> None:
    attempts = []
    for number in range(start, start + 50):
        mandate, council, selection = random_case(random.Random(number))
        found, drawn = chances(selection), draw(selection, f"seed {number}")
        if isinstance(found, NoChoice):
            assert drawn == found
            continue
        assert isinstance(drawn, Drawn)
        hopeful = [each.person.id for each in found.chances if each.chance]
        assert (drawn.attempt, list(drawn.chosen)) == recomputed(selection, list(hopeful), f"seed {number}")
        assert drawn.attempt == len(drawn.failed) + 1
        assert all(each.broken == selection.broken_by(each.first) != () for each in drawn.failed)
        assert tuple(person for person, _ in drawn.numbers[: selection.seats]) == drawn.chosen
        assert_valid(mandate, council, selection, drawn.chosen)
        attempts.append(drawn.attempt)
    assert max(attempts) > 1


def assert_valid(mandate: Mandate, council: Council, selection: Selection, chosen: tuple[PersonId, ...]) -> None:
    """Seated, they break nothing: whatever ``check`` now calls impossible was so before."""
    people = {one.id: one for one in selection.applicants}
    lost = impossible(council, mandate)
    formed = seated(mandate, GROUP, *(people[each] for each in chosen), council=council)
    assert impossible(formed, mandate) <= lost
    own = [each for each in check(formed, mandate, on=DAY) if each.group == GROUP and "alternate" not in each.code]
    assert own
    assert {each.state for each in own} == {FindingState.MET}


def impossible(council: Council, mandate: Mandate) -> set[object]:
    return {
        (each.code, each.group, each.params.get("requirement"))
        for each in check(council, mandate, on=DAY)
        if each.state is FindingState.IMPOSSIBLE
    }


def test_every_valid_choice_is_drawn_equally_often() -> None:
    """Pearson's chi-square over 4000 seeds: 34 choices, 33 degrees of freedom, 0.1 % are beyond 63.9."""
    rules = (requirement(Bound.AT_LEAST, 1, WORDS[0]),)
    mandate = two_groups(Seats.exactly(3), Seats.exactly(0), rules)
    applicants = [person(f"p{number}", *WORDS[:1] if number < 4 else ()) for number in range(7)]
    council = Council(mandate_id=mandate.id)
    selection = selection_of(council, mandate, GROUP, seats=3, applicants=applicants, on=DAY)
    valid = [
        frozenset(each) for each in combinations([f"p{n}" for n in range(7)], 3) if {*each} & {"p0", "p1", "p2", "p3"}
    ]
    assert len(valid) == 34
    times: Counter[frozenset[PersonId]] = Counter()
    for number in range(4000):
        drawn = draw(selection, f"lottery {number}")
        assert isinstance(drawn, Drawn)
        times[frozenset(drawn.chosen)] += 1
    assert set(times) == set(valid)
    expected = Fraction(4000, 34)
    assert sum((times[each] - expected) ** 2 / expected for each in times) < Fraction(639, 10)
    found = chances(selection)
    assert isinstance(found, Chances)
    for each in found.chances:
        seen = Fraction(sum(number for choice, number in times.items() if each.person.id in choice), 4000)
        assert abs(seen - each.chance) < Fraction(3, 100)


def test_a_choice_is_not_an_equal_chance_for_each_person() -> None:
    mandate = two_groups(Seats.exactly(2), Seats.exactly(0), (requirement(Bound.AT_LEAST, 1, WORDS[0]),))
    applicants = [person("a", WORDS[0]), person("b"), person("c")]
    council = Council(mandate_id=mandate.id)
    found = chances(selection_of(council, mandate, GROUP, seats=2, applicants=applicants, on=DAY))
    assert isinstance(found, Chances)
    assert [each.chance for each in found.chances] == [1, Fraction(1, 2), Fraction(1, 2)]


def test_the_order_of_applicants_and_rules_changes_no_choice() -> None:
    chance = random.Random(5)
    for number in range(60):
        mandate, council, selection = random_case(random.Random(number))
        shuffled = chance.sample(selection.applicants, len(selection.applicants))
        again = selection_of(council, mandate, GROUP, seats=selection.seats, applicants=shuffled, on=DAY)
        assert again == selection
        assert again.fingerprint() == selection.fingerprint()
        turned = replace(selection, cases=tuple(case[::-1] for case in selection.cases)[::-1])
        one, other = draw(selection, "4 11 17"), draw(turned, "4 11 17")
        assert type(one) is type(other)
        if isinstance(one, Drawn) and isinstance(other, Drawn):
            assert (one.chosen, one.attempt) == (other.chosen, other.attempt)


def test_a_lot_that_would_take_too_long_is_refused() -> None:
    mandate = two_groups(Seats.exactly(7), Seats.exactly(0), (requirement(Bound.EXACTLY, 6, WORDS[0]),))
    applicants = [person(f"p{number}", *WORDS[:1] if number < 6 else ()) for number in range(60)]
    council = Council(mandate_id=mandate.id)
    selection = selection_of(council, mandate, GROUP, seats=7, applicants=applicants, on=DAY)
    with pytest.raises(DrawError) as refused:
        draw(selection, "4 11 17")
    assert refused.value.params == {"expected": 7151980, "most": 100_000}  # 386 206 920 choices, 54 valid


def test_a_seed_that_cannot_be_used_is_refused() -> None:
    *_, selection = random_case(random.Random(0))
    with pytest.raises(LotError):
        draw(selection, " ")


def test_nobody_without_a_chance_is_in_the_lot() -> None:
    mandate = two_groups(Seats.exactly(1), Seats.exactly(0), (requirement(Bound.ALL, None, WORDS[0]),))
    applicants = [person("a"), person("b", WORDS[0]), person("c", WORDS[0])]
    council = Council(mandate_id=mandate.id)
    drawn = draw(selection_of(council, mandate, GROUP, seats=1, applicants=applicants, on=DAY), "4 11")
    assert isinstance(drawn, Drawn)
    assert {each for each, _ in drawn.numbers} == {"b", "c"}
    assert drawn.failed == ()


def test_the_fingerprint_tells_every_change_of_the_list_and_the_rules() -> None:
    mandate = two_groups(Seats(least=1, most=2), Seats.exactly(0), (requirement(Bound.AT_LEAST, 1, WORDS[0]),))
    council = Council(mandate_id=mandate.id)
    people = [person("a"), person("b", WORDS[0])]

    def fingerprint(seats: int = 1, applicants: list[str] | None = None, number: int = 1) -> str:
        rule = requirement(Bound.AT_LEAST, number, WORDS[0])
        asked = replace(mandate, groups=(replace(mandate.groups[0], requirements=(rule,)), mandate.groups[1]))
        pool = people if applicants is None else [person(each) for each in applicants]
        return selection_of(council, asked, GROUP, seats=seats, applicants=pool, on=DAY).fingerprint()

    assert len({fingerprint(), fingerprint(seats=2), fingerprint(applicants=["a", "b"]), fingerprint(number=0)}) == 4
    selection = selection_of(council, mandate, GROUP, seats=1, applicants=people, on=DAY)
    written = "\n".join(selection.closed_list()) + "\n"
    assert hashlib.sha256(written.encode()).hexdigest() == selection.fingerprint() == fingerprint()


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_the_ranked_choice_is_the_best_of_all_valid_ones(start: int) -> None:
    passed_over = 0
    for number in range(start, start + 50):
        mandate, council, selection = random_case(random.Random(number))
        ranking = [one.id for one in selection.applicants]
        random.Random(number).shuffle(ranking)
        ranked = choose_ranked(selection, ranking)
        # In the order of the ranking the choices come best first: the first place decides, then the second …
        valid = (each for each in combinations(ranking, selection.seats) if selection.is_valid(each))
        best = next(valid, None)
        if isinstance(ranked, NoChoice):
            assert best is None
            continue
        assert ranked.chosen == best
        assert_valid(mandate, council, selection, ranked.chosen)
        passed_over += len(ranked.passed_over)
        for each in ranked.passed_over:
            better = [one for one in ranked.chosen if ranking.index(one) < ranking.index(each.person)]
            others = [one for one in ranking if one not in (*better, each.person)]
            with_them = [
                (*better, each.person, *rest) for rest in combinations(others, selection.seats - len(better) - 1)
            ]
            assert each.limits
            assert not any(map(keeping(selection, each.limits).is_valid, with_them))
    assert passed_over > 5


def test_only_the_ranked_can_be_chosen() -> None:
    mandate = two_groups(Seats.exactly(2), Seats.exactly(0), (requirement(Bound.AT_LEAST, 1, WORDS[0]),))
    applicants = [person("a"), person("b"), person("c", WORDS[0])]
    council = Council(mandate_id=mandate.id)
    selection = selection_of(council, mandate, GROUP, seats=2, applicants=applicants, on=DAY)
    ids = {one.name: one.id for one in applicants}
    unmet = choose_ranked(selection, [ids["B"], ids["A"]])
    assert isinstance(unmet, NoChoice)
    assert [limit.title.en for limit in unmet.limits] == ["Civil society, background:a (at least 1)"]
    ranked = choose_ranked(selection, [ids["B"], ids["A"], ids["C"]])
    assert isinstance(ranked, Ranked)
    assert ranked.chosen == ("b", "c")
    assert [each.person for each in ranked.passed_over] == ["a"]


@pytest.mark.parametrize(("ranking", "code"), [("aba", "draw-twice"), ("abx", "draw-stranger")])
def test_what_a_ranking_refuses(ranking: str, code: str) -> None:
    mandate = two_groups(Seats.exactly(2), Seats.exactly(0))
    council = Council(mandate_id=mandate.id)
    selection = selection_of(council, mandate, GROUP, seats=2, applicants=map(person, "abc"), on=DAY)
    with pytest.raises(DrawError) as refused:
        choose_ranked(selection, [PersonId(each) for each in ranking])
    assert refused.value.code == code
