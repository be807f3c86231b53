"""The Dialogue Forum of Norddjurs: proposals against ``check``, and the situation of 2023 as docs/filling.md tells it.

The names are made up; the situation is not: two of four elected seats without a candidate, one person on two seats.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from composition_rules.check import FindingState, check
from composition_rules.conflict import Conflict, Line, conflict_lines, find_conflict
from composition_rules.fill import Proposal, possible_places, propose
from composition_rules.mandate import Role, SeatGroupId
from composition_rules.messages import sentence
from composition_rules.people import PersonId
from composition_rules.places import Candidacy, Decision, Place, Problem, candidate_for, problem_of
from composition_rules.repair import find_repairs
from tests.composition_rules.councils import BACKGROUND, COMMITTEE, FIRST_DAY, MANDATE, person, seated

GUIDE = " ".join((Path(__file__).parents[2] / "docs" / "filling.md").read_text("utf-8").replace("\n>", "\n").split())
APPOINTED = (
    "business-djursland",
    "unions",
    "leisure-council",
    "volunteer-council",
    "insight",
    "insight",
    "free",
    "free",
)


def seat(group: str, number: int) -> Place:
    return Place(group=SeatGroupId(group), role=Role.MEMBER, number=number)


def candidates_of_2023() -> tuple[Candidacy, ...]:
    """Samira stands for two groups, Yusuf for one; every other seat has the person it needs."""
    others = [candidate_for(MANDATE, person(f"Person {n}"), group) for n, group in enumerate(APPOINTED, 1)]
    return (
        candidate_for(MANDATE, person("Samira", BACKGROUND), "education", "elected"),
        candidate_for(MANDATE, person("Yusuf", BACKGROUND), "elected"),
        candidate_for(MANDATE, person("Birthe", COMMITTEE), "free"),
        *others,
    )


def situation(*decisions: tuple[str, str, int]) -> Problem:
    decided = [Decision(person=PersonId(who), place=seat(group, number)) for who, group, number in decisions]
    return problem_of(MANDATE, candidates_of_2023(), decided, roles=(Role.MEMBER,))


AS_LISTED = situation(("samira", "education", 1), ("samira", "elected", 1), ("yusuf", "elected", 2))
IN_ONE_SEAT = situation(("samira", "education", 1), ("yusuf", "elected", 2))


def english(lines: tuple[Line, ...]) -> list[str]:
    return [sentence(line.code, line.params_in("en")) for line in lines]


def repairs(problem: Problem) -> list[list[str]]:
    return [english(repair.steps) for repair in find_repairs(problem)]


def said(problem: Problem) -> list[str]:
    conflict = propose(problem)
    assert isinstance(conflict, Conflict)
    assert conflict == find_conflict(problem)
    return english(conflict_lines(conflict, problem))


def test_one_person_in_two_seats_is_a_conflict_of_two_decisions() -> None:
    assert said(AS_LISTED) == [
        "Decided: Samira takes place 1 of Educational institutions.",
        "Decided: Samira takes place 1 of Directly elected.",
        "Places that need a person each: 2. People who can take them: 1 (Samira).",
    ]


def test_with_one_seat_each_the_elected_seats_lack_people() -> None:
    assert said(IN_ONE_SEAT) == [
        "Directly elected: at least 4.",
        "Places that need a person each: 4. People who can take them: 2 (Samira, Yusuf).",
    ]


def test_three_people_more_with_the_background_repair_it() -> None:
    assert repairs(IN_ONE_SEAT)[0] == [
        "Directly elected: candidates with “refugee or immigrant background” to be added: 3."
    ]


def test_a_full_pool_gives_a_proposal_that_check_passes() -> None:
    more = [candidate_for(MANDATE, person(f"New {n}", BACKGROUND), "elected") for n in range(3)]
    problem = problem_of(MANDATE, (*candidates_of_2023(), *more), IN_ONE_SEAT.decisions, roles=(Role.MEMBER,))
    assert states(problem, Role.MEMBER) == {FindingState.MET}
    assert possible_places(problem)[PersonId("samira")] == (seat("education", 1),)


@pytest.mark.parametrize("seed", range(40))
def test_a_proposal_always_passes_check(seed: int) -> None:
    chance = random.Random(seed)
    groups = [group.id for group in MANDATE.groups]
    pool = [
        candidate_for(
            MANDATE,
            person(f"Person {n}", *(word for word in (BACKGROUND, COMMITTEE) if chance.random() < 0.6)),
            *chance.sample(groups, chance.randint(2, 5)),
        )
        for n in range(100)
    ]
    assert states(problem_of(MANDATE, pool)) == {FindingState.MET}


def states(problem: Problem, *roles: Role) -> set[FindingState]:
    """How the council that a proposal makes stands to the seats, alternates and requirements asked for."""
    proposal = propose(problem)
    assert isinstance(proposal, Proposal)
    return {
        finding.state
        for finding in check(seated(proposal.filling, MANDATE), MANDATE, on=FIRST_DAY)
        if not finding.code.startswith("office") and not (roles and finding.code.startswith("alternates"))
    }


def test_the_steps_of_a_repair_stand_in_the_order_of_the_mandate() -> None:
    people, rules = repairs(problem_of(MANDATE, (), roles=(Role.MEMBER,)))
    titles = [group.title.en for group in MANDATE.groups]
    for steps in (people, rules):
        named = [max((title for title in titles if line.startswith(title)), key=len) for line in steps]
        assert list(dict.fromkeys(named)) == titles
        assert named == sorted(named, key=titles.index)


def test_decisions_that_contradict_each_other_stand_in_the_order_of_the_mandate() -> None:
    twice = situation(("samira", "business-djursland", 1), ("samira", "education", 1))
    assert [line.split(" of ")[1] for line in said(twice)[:2]] == ["Educational institutions.", "Business Djursland."]


def test_the_guide_quotes_what_is_said() -> None:
    quoted = [*said(AS_LISTED), *said(IN_ONE_SEAT)]
    quoted += [line for problem in (AS_LISTED, IN_ONE_SEAT) for steps in repairs(problem) for line in steps]
    assert [line for line in quoted if line not in GUIDE] == []
