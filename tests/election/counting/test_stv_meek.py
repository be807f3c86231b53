"""Meek by the Reference Meek Rule: against a slow exact count of another make, and the rule's own letters."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from random import Random

import pytest

from election.counting.lots import LotsRequired, decide
from election.counting.outcome import Completed
from election.counting.stv.count import StvRule, elect_by_transfer
from election.counting.trail import State
from tests.election.counting.meek_slowly import Slowly, TooCloseError
from tests.election.counting.ranked import count, elected, papers_of, random_election

NEAR = Fraction(1, 10**5)  # the rule stops repeating when a millionth of a vote is left to move


@pytest.mark.parametrize("seed", range(6))
def test_the_same_people_are_elected_and_excluded_with_the_same_votes_up_to_what_the_rule_leaves(seed: int) -> None:
    random = Random(seed)
    compared = exclusions = 0
    for _ in range(250):
        papers, seats = random_election(random, most=40)
        seats = min(seats, len(papers.candidates) // 2)
        try:
            slow = Slowly(papers.rankings, len(papers.candidates), seats)
        except TooCloseError:
            continue
        compared += 1
        ours = count(papers, StvRule.MEEK, seats)
        assert elected(ours) == {papers.candidates[each] for each in slow.elected}
        steps = [step for step in ours.trail if step.code == "stv-excluded-anew"]
        assert [step.people for step in steps] == [(papers.candidates[each],) for each in slow.excluded]
        for step, votes in zip(steps, slow.at_exclusion, strict=True):
            exclusions += 1
            for place, each in enumerate(step.standings):
                assert abs(each.votes - votes[place]) < NEAR
    assert compared > 150
    assert exclusions > 50


def test_the_keep_factors_and_the_quota_are_the_rules_own_to_the_billionth() -> None:
    # By hand: a has 4 of 6 votes, 2 seats. Quota 6/3, truncated, plus a billionth. a keeps 2.000000001 / 4, rounded
    # up: 0.500000001; of each of the 3 papers that go on, 0.499999999 is left.
    papers = papers_of(3, {(0, 1): 3, (0,): 1, (1,): 1, (2,): 1})
    steps = count(papers, StvRule.MEEK, 2).trail
    shared = next(step for step in steps if step.code == "stv-shared")
    billionth = Fraction(1, 10**9)
    assert next(step for step in steps if step.code == "stv-first").params["quota"] == 2 + billionth
    assert shared.params["keep a"] == Fraction(1, 2) + billionth
    assert [each.votes for each in shared.standings] == [2 + 4 * billionth, 1 + 3 * (Fraction(1, 2) - billionth), 1]
    assert shared.exhausted == Fraction(1, 2) - billionth
    # What is exhausted lowers the quota: 5.500000001 / 3, truncated, plus a billionth.
    assert shared.params["quota"] == Fraction(1833333334, 10**9)


@pytest.mark.parametrize("seed", range(3))
def test_each_stage_shares_every_paper_out_by_its_keep_factors_rounded_up(seed: int) -> None:
    random = Random(seed)
    through_several = 0
    for _ in range(150):
        papers, seats = random_election(random)
        for step in count(papers, StvRule.MEEK, seats).trail:
            if step.code != "stv-shared":
                continue
            keep = {each.of: Fraction(each.state is State.STANDING) for each in step.standings}
            keep |= {name[5:]: Fraction(part) for name, part in step.params.items() if name.startswith("keep ")}
            votes = dict.fromkeys(keep, Fraction(0))
            left = Fraction(0)
            for ranking, number in papers.rankings.items():
                weight = Fraction(bool(ranking))
                for place in ranking:
                    name = papers.candidates[place]
                    part = Fraction(ceil(weight * keep[name] * 10**9), 10**9)
                    votes[name] += number * part
                    weight -= part
                left += number * weight
            assert {each.of: each.votes for each in step.standings} == votes
            assert step.exhausted == left
            assert step.params["quota"] == Fraction(sum(votes.values()) * 10**9 // (seats + 1) + 1, 10**9)
            through_several += sum(0 < part < 1 for part in keep.values()) > 1
    assert through_several > 20


def test_papers_go_to_candidates_who_are_elected_already_and_on_from_them() -> None:
    # Under the Scottish rules the papers of c pass a by; Meek lets a keep a part of them.
    papers = papers_of(4, {(0,): 50, (2, 0, 3): 12, (1,): 15, (3,): 20})
    flows = {(each.source, each.to) for step in count(papers, StvRule.MEEK, 2).trail for each in step.transfers}
    assert ("a", "d") in flows
    assert ("c", "d") in {
        (each.source, each.to) for step in count(papers, StvRule.SCOTTISH, 2).trail for each in step.transfers
    }


def test_candidates_within_the_surplus_of_the_lowest_are_tied_and_a_lot_is_drawn_where_it_matters() -> None:
    outcome = decide(
        lambda lots: elect_by_transfer(papers_of(3, {(0,): 5, (1,): 3, (2,): 3}), lots, rule=StvRule.MEEK, seats=2)
    )
    assert isinstance(outcome, LotsRequired)
    assert set(outcome.tied) == {"b", "c"}
    assert outcome.at == "stage 2"
    indifferent = decide(
        lambda lots: elect_by_transfer(papers_of(3, {(0,): 5, (1,): 3, (2,): 3}), lots, rule=StvRule.MEEK, seats=1)
    )
    assert isinstance(indifferent, Completed)


def test_votes_that_differ_by_less_than_the_surplus_left_are_equal() -> None:
    # a and b get the same by their papers; the decimals alone put them 0.000000089 apart.
    papers = papers_of(5, {(4,): 1, (4, 3, 0): 6, (4, 3, 1, 2, 0): 3, (4, 3): 3, (4, 1, 3, 2, 0): 2})
    step = next(step for step in count(papers, StvRule.MEEK, 3).trail if step.code == "count-tie-without-effect")
    votes = {each.of: each.votes for each in step.standings}
    assert step.people == ("a", "b")
    assert 0 < abs(votes["a"] - votes["b"]) < Fraction(1, 10**6)
