"""Everything the mandate language can say: against a solver of another make, against ``check``, and itself."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from composition_rules.check import FindingState, check
from composition_rules.conflict import leaving_out, parts_of
from composition_rules.errors import MandateFileError
from composition_rules.feasible import Filling, Infeasible, Model, Question, find_filling
from composition_rules.fill import Proposal, possible_places, propose
from composition_rules.mandate import Mandate, Role
from composition_rules.parse import parse_mandate
from composition_rules.people import PersonId
from composition_rules.places import Decision, Problem
from composition_rules.repair import Repair, find_repairs
from tests.composition_rules.councils import FIRST_DAY, seated
from tests.composition_rules.mandate_text import written
from tests.composition_rules.pools import random_problem, shuffled, verify_conflict
from tests.composition_rules.random_mandates import Pool, random_pool
from tests.composition_rules.solver_of_mandates import highs_fills

pools = st.integers(min_value=0, max_value=2**32).map(lambda seed: random_pool(random.Random(seed)))


def lacking(filling: Filling, mandate: Mandate) -> list[str]:
    """What a council of this filling does not meet, apart from offices and the record of nominations."""
    bad = (FindingState.NOT_YET, FindingState.IMPOSSIBLE)
    codes = [each.code for each in check(seated(filling, mandate), mandate, on=FIRST_DAY) if each.state in bad]
    return [code for code in codes if not code.startswith(("office", "nomination"))]


@pytest.mark.parametrize("start", range(0, 2000, 250))
def test_a_solver_that_reads_the_mandate_itself_agrees_on_thousands(start: int) -> None:
    """Each mandate goes through its text and the parser; one that asks for more people than it has places cannot."""
    answers, from_text = [], 0
    for seed in range(start, start + 250):
        pool = random_pool(random.Random(seed))
        read = through_its_text(pool)
        from_text += read is not None
        found = find_filling((read or pool).problem())
        answers.append(isinstance(found, Filling))
        assert isinstance(found, Filling) is highs_fills(pool), seed
        assert not isinstance(found, Filling) or lacking(found, pool.mandate) == [], seed
    assert 50 < sum(answers) < 200
    assert from_text > 100


def through_its_text(pool: Pool) -> Pool | None:
    """The pool with its mandate written and read again; None where the parser refuses more people than places."""
    try:
        read = parse_mandate(written(pool.mandate))
    except MandateFileError as refused:
        if {fault.code for fault in refused.faults} != {"requirement-too-large"}:
            raise
        return None
    assert read == pool.mandate
    return replace(pool, mandate=read)


@given(pool=pools)
def test_a_proposal_passes_check_and_honours_what_it_says(pool: Pool) -> None:
    proposal = propose(pool.problem())
    if not isinstance(proposal, Proposal):
        return
    assert lacking(proposal.filling, pool.mandate) == []
    findings = check(seated(proposal.filling, pool.mandate), pool.mandate, on=FIRST_DAY)
    wishes = [each for each in findings if each.state is FindingState.WISH]
    assert len(wishes) == len(proposal.passed_over)


@given(pool=pools, data=st.data())
def test_another_person_never_makes_a_mandate_impossible(pool: Pool, data: st.DataObject) -> None:
    like = data.draw(st.sampled_from(pool.candidates))
    newcomer = replace(like, person=replace(like.person, id=PersonId("new")))
    more = replace(pool, candidates=(*pool.candidates, newcomer))
    assert isinstance(find_filling(more.problem()), Filling) or isinstance(find_filling(pool.problem()), Infeasible)


@given(pool=pools, chance=st.randoms(use_true_random=False))
def test_the_order_of_people_decisions_and_rules_changes_nothing(pool: Pool, chance: random.Random) -> None:
    other = replace(
        pool,
        candidates=tuple(chance.sample(pool.candidates, len(pool.candidates))),
        decisions=tuple(chance.sample(pool.decisions, len(pool.decisions))),
    )
    assert propose(shuffled(other.problem(), chance)) == propose(pool.problem())


@given(pool=pools, chance=st.randoms(use_true_random=False))
def test_the_order_changes_nothing_of_who_could_take_what(pool: Pool, chance: random.Random) -> None:
    assert possible_places(shuffled(pool.problem(), chance)) == possible_places(pool.problem())


@pytest.mark.parametrize("seed", range(5000, 5060))
def test_who_could_take_what_is_what_the_solver_says_of_each_person_put_there(seed: int) -> None:
    pool = random_pool(random.Random(seed))
    problem = pool.problem()
    decided = {(each.person, each.place) for each in pool.decisions}
    told = possible_places(problem)
    room = {(group.id, role): group.places(role) for group in pool.mandate.groups for role in Role}
    for one in problem.candidates:
        here = {place for place in problem.places if place in one.places or (one.person.id, place) in decided}
        # A place beyond those that the mandate must have is there for anybody; which one it is says nothing.
        for place in (place for place in here if room[place.group, place.role].fixed):
            put = Decision(person=one.person.id, place=place)
            asked = highs_fills(replace(pool, decisions=(*pool.decisions, put)))
            assert (place in told[one.person.id]) is asked, (one.person.id, place)


@given(pool=pools)
def test_any_clause_left_out_of_a_conflict_leaves_its_rest_possible(pool: Pool) -> None:
    verify_conflict(pool.problem())


# A decision that stays, here an alternate's, can be what lets another stay.
@example(pool=random_pool(random.Random(4136339814)))
@given(pool=pools)
def test_a_repair_is_enough_and_needs_each_of_its_steps(pool: Pool) -> None:
    problem = pool.problem()
    repairs = find_repairs(problem)
    assert bool(repairs) is isinstance(find_filling(problem), Infeasible)
    for repair in repairs:
        assert isinstance(find_filling(repair.problem), Filling)
        for less in one_step_less(problem, repair):
            assert isinstance(find_filling(less), Infeasible)


@pytest.mark.parametrize("start", range(0, 120, 30))
def test_fewer_rules_and_decisions_than_a_repair_gives_up_are_never_enough(start: int) -> None:
    sizes = []
    for seed in range(start, start + 30):
        for problem in (random_pool(random.Random(seed)).problem(), random_problem(random.Random(seed))):
            model = Model(problem)
            if model.is_possible(Question()):
                continue
            given = [
                [rule for rule in problem.rules if rule not in repair.problem.rules] + list(gone)
                for repair in find_repairs(problem)
                if repair.problem.candidates == problem.candidates
                for gone in [set(problem.decisions) - set(repair.problem.decisions)]
            ]
            size = min(map(len, given))
            assert {len(each) for each in given} == {size}, seed
            fewer = combinations(parts_of(model), size - 1)
            assert not any(model.is_possible(leaving_out(without)) for without in fewer), seed
            sizes.append(size)
    assert max(sizes) > 2


def one_step_less(problem: Problem, repair: Repair) -> list[Problem]:
    """The repaired problem with one newcomer fewer, one rule as it was, or one decision standing again."""
    mended = repair.problem
    before = {rule.name: rule for rule in problem.rules}
    people = [
        replace(mended, candidates=tuple(one for one in mended.candidates if one != left))
        for left in mended.candidates
        if left not in problem.candidates
    ]
    rules = [
        replace(mended, rules=tuple(before[rule.name] if rule is changed else rule for rule in mended.rules))
        for changed in mended.rules
        if changed != before[changed.name]
    ]
    decisions = [
        replace(mended, decisions=(*mended.decisions, one)) for one in problem.decisions if one not in mended.decisions
    ]
    return [*people, *rules, *decisions]


@given(pool=pools)
def test_an_alternate_of_a_ranged_group_stands_in_for_a_member_who_is_there(pool: Pool) -> None:
    proposal = propose(pool.problem())
    if not isinstance(proposal, Proposal):
        return
    held = {(each.place.group, each.place.role, each.place.number) for each in proposal.filling.seatings}
    for group in pool.mandate.groups:
        each = group.alternates.per_member
        if group.alternates.kind != "personal" or group.seats.fixed or (each is not None and each.most is None):
            continue
        of_each = 1 if each is None or each.most is None else each.most
        seats = {
            (number + of_each - 1) // of_each for at, role, number in held if (at, role) == (group.id, Role.ALTERNATE)
        }
        assert all((group.id, Role.MEMBER, seat) in held for seat in seats)
