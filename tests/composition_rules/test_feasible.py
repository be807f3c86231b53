"""Who can fill which places: answers are exact, complete and do not depend on the order of input."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.conflict import find_conflict
from composition_rules.errors import FillingError, SearchLimitError
from composition_rules.feasible import Filling, Infeasible, Model, Question, find_filling
from composition_rules.fill import Proposal, possible_places, propose
from composition_rules.mandate import Role
from composition_rules.matching import hall_set
from composition_rules.people import PersonId
from composition_rules.places import Counts, Decision, PlaceRule, Problem
from composition_rules.repair import find_repairs
from tests.composition_rules.pools import PROPERTIES, candidate, places, random_problem, rule, shuffled, verify_conflict
from tests.composition_rules.solver import highs_finds_a_filling

SEATS = places("council", 3)
FILLED = rule("filled", SEATS, 3)
PEOPLE = tuple(candidate(name, SEATS, "kind:a") for name in ("Ali", "Eva", "Ida"))
problems = st.integers(min_value=0, max_value=2**32).map(lambda seed: random_problem(random.Random(seed)))


def broken_rules(problem: Problem, filling: Filling) -> list[str]:
    """What a filling breaks, counted anew."""
    broken = []
    at = {seating.place: seating.person for seating in filling.seatings}
    open_to = {one.person.id: one.places for one in problem.candidates}
    decided = {(one.person, one.place) for one in problem.decisions}
    if len({person.id for person in at.values()}) < len(filling.seatings) or len(at) < len(filling.seatings):
        broken.append("a person or a place twice")
    if any(place not in open_to[who.id] and (who.id, place) not in decided for place, who in at.items()):
        broken.append("a place that is not open")
    if not decided <= {(person.id, place) for place, person in at.items()}:
        broken.append("a decision")
    for one in problem.rules:
        counted = sum(one.weight(person) for place, person in at.items() if place in one.places)
        low = one.at_least is not None and counted < one.at_least
        high = one.at_most is not None and counted > one.at_most
        if not one.preferred and (low or high):
            broken.append(one.name)
    return broken


@pytest.mark.parametrize("start", range(0, 3000, 500))
def test_a_solver_of_another_make_agrees_on_thousands_of_problems(start: int) -> None:
    answers = []
    for seed in range(start, start + 500):
        problem = random_problem(random.Random(seed))
        found = find_filling(problem)
        answers.append(isinstance(found, Filling))
        assert isinstance(found, Filling) is highs_finds_a_filling(problem), seed
        assert not isinstance(found, Filling) or broken_rules(problem, found) == [], seed
    assert 100 < sum(answers) < 400


@given(problem=problems, chance=st.randoms(use_true_random=False))
def test_the_order_of_input_never_changes_an_answer(problem: Problem, chance: random.Random) -> None:
    other = shuffled(problem, chance)
    assert propose(other) == propose(problem)
    assert possible_places(other) == possible_places(problem)


@given(problem=problems, data=st.data())
def test_another_person_never_makes_the_possible_impossible(problem: Problem, data: st.DataObject) -> None:
    words = data.draw(st.sets(st.sampled_from(PROPERTIES)))
    more = replace(problem, candidates=(*problem.candidates, candidate("new", problem.places, *words)))
    assert isinstance(find_filling(more), Filling) or isinstance(find_filling(problem), Infeasible)


@given(problem=problems)
def test_a_proposal_breaks_nothing_and_is_there_when_there_is_a_filling(problem: Problem) -> None:
    proposal = propose(problem)
    assert isinstance(proposal, Proposal) is isinstance(find_filling(problem), Filling)
    assert not isinstance(proposal, Proposal) or broken_rules(problem, proposal.filling) == []


@given(problem=problems)
def test_without_any_one_part_of_a_conflict_its_rest_is_possible(problem: Problem) -> None:
    verify_conflict(problem)


@given(problem=problems)
def test_a_person_can_take_a_place_when_deciding_it_leaves_a_filling(problem: Problem) -> None:
    possible = possible_places(problem)
    for one in problem.candidates[:2]:
        for place in sorted(one.places, key=lambda place: place.key):
            decided = replace(problem, decisions=(*problem.decisions, Decision(person=one.person.id, place=place)))
            assert (place in possible[one.person.id]) is isinstance(find_filling(decided), Filling)


@given(problem=problems)
def test_the_impossible_has_a_repair_and_the_possible_has_none(problem: Problem) -> None:
    assert bool(find_repairs(problem)) is isinstance(find_filling(problem), Infeasible)


@given(problem=problems, chance=st.randoms(use_true_random=False))
def test_what_was_asked_before_changes_no_answer(problem: Problem, chance: random.Random) -> None:
    model = Model(problem)
    for _ in range(6):
        rules = chance.sample(problem.rules, chance.randint(0, len(problem.rules)))
        bounds = {one.name: chance.choice(((None, None), (1, None), (None, 1), (2, 3))) for one in rules}
        without = chance.sample(problem.decisions, chance.randint(0, len(problem.decisions)))
        taken = chance.choice((None, *range(len(model.columns))))
        question = Question(bounds=bounds, without=frozenset(without), taken=taken)
        assert model.is_possible(question) is (Model(problem).decide(question) is not None)


def test_least_and_most_of_the_same_seats_are_held_against_each_other() -> None:
    least, most = rule("two", SEATS, 2, property="kind:a"), rule("one", SEATS, None, 1, property="kind:a", order=1)
    people = (*PEOPLE, candidate("Bo", SEATS), candidate("Per", SEATS))
    conflict = find_conflict(Problem(places=SEATS, rules=(FILLED, least, most), candidates=people))
    assert conflict is not None
    assert conflict.rules == (least, most)
    assert conflict.hall is None


def test_a_majority_is_more_with_than_without() -> None:
    majority = rule("majority", SEATS, 1, property="kind:b", counts=Counts.BALANCE)
    people = (*PEOPLE, candidate("Bo", SEATS, "kind:b"), candidate("Per", SEATS, "kind:b"))
    problem = Problem(places=SEATS, rules=(FILLED, majority), candidates=people)
    assert isinstance(find_filling(problem), Filling)
    assert isinstance(find_filling(replace(problem, candidates=people[:-1])), Infeasible)


def test_preferred_rules_are_honoured_in_their_order() -> None:
    def wish(word: str, order: int) -> PlaceRule:
        return rule(word, SEATS, 2, property=word, preferred=True, order=order)

    one, two, three = wish("kind:b", 1), wish("kind:c", 2), wish("kind:a", 3)
    people = (*PEOPLE, *(candidate(f"{word} {n}", SEATS, word) for word in ("kind:b", "kind:c") for n in (1, 2)))
    proposal = propose(Problem(places=SEATS, rules=(FILLED, two, three, one), candidates=people))
    assert isinstance(proposal, Proposal)
    assert (proposal.honoured, proposal.passed_over) == ((one,), (two, three))


def test_places_that_may_stay_empty_are_filled_where_people_are_left() -> None:
    range_of_seats = rule("one to three", SEATS, 1, 3)
    proposal = propose(Problem(places=SEATS, rules=(range_of_seats,), candidates=PEOPLE[:2]))
    assert isinstance(proposal, Proposal)
    assert [seating.person.name for seating in proposal.filling.seatings] == ["Ali", "Eva"]


def test_an_alternate_is_another_person_than_the_members() -> None:
    spare = places("council", 1, Role.ALTERNATE)
    people = tuple(candidate(name, (*SEATS, *spare)) for name in ("Ali", "Eva", "Ida"))
    rules = (FILLED, rule("spare", spare, 1))
    assert isinstance(find_filling(Problem(places=(*SEATS, *spare), rules=rules, candidates=people)), Infeasible)


def test_a_hall_set_names_every_place_that_is_open_to_these_people_only() -> None:
    ali, eva = PersonId("Ali"), PersonId("Eva")
    found = hall_set({SEATS[0]: frozenset({ali}), SEATS[1]: frozenset({ali}), SEATS[2]: frozenset({ali, eva})})
    assert found is not None
    assert (found.places, found.people) == (SEATS[:2], (ali,))
    assert hall_set({SEATS[0]: frozenset({ali}), SEATS[2]: frozenset({ali, eva})}) is None


def test_a_search_that_is_stopped_gives_no_answer() -> None:
    with pytest.raises(SearchLimitError, match="does not mean that there is none"):
        find_filling(Problem(places=SEATS, rules=(FILLED,), candidates=PEOPLE), steps=0)


ELSEWHERE = places("elsewhere", 1)
FAULTS = {
    "place-twice": {"places": (*SEATS, SEATS[0])},
    "rule-twice": {"rules": (FILLED, FILLED)},
    "candidate-twice": {"candidates": (*PEOPLE, PEOPLE[0])},
    "place-unknown": {"candidates": (candidate("Bo", ELSEWHERE),)},
    "decision-on-stranger": {"decisions": (Decision(person=PersonId("Bo"), place=SEATS[0]),)},
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_question_that_contradicts_itself_is_refused(code: str) -> None:
    sound = Problem(places=SEATS, rules=(FILLED,), candidates=PEOPLE)
    with pytest.raises(FillingError) as refused:
        find_filling(replace(sound, **FAULTS[code]))  # type: ignore[arg-type]
    assert refused.value.code == code
    assert str(refused.value)
