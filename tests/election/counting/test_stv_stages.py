"""The Scottish rules and exact Gregory against an officer's count from the Order's words, and against votelib."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
import votelib.component.transfer
import votelib.evaluate.core
from votelib.evaluate.sequential import TransferableVoteSelector

from election.counting.outcome import Completed
from election.counting.papers import RankedPapers
from election.counting.stv.count import StvRule
from election.counting.trail import State
from tests.election.counting.order_2007 import Count, Paper, five_places, fraction
from tests.election.counting.ranked import count, elected, every_paper, papers_of, random_election, stages

TRANSFER_VALUE = {StvRule.SCOTTISH: five_places, StvRule.GREGORY: fraction}


def officers_count(papers: RankedPapers, rule: StvRule, seats: int, *, together: bool = False) -> Count:
    sheets = [Paper(ranking) for ranking in every_paper(papers)]
    return Count(sheets, len(papers.candidates), seats, TRANSFER_VALUE[rule], together)


def assert_same_stages(ours: Completed, theirs: Count) -> None:
    steps = stages(ours)
    assert len(steps) == len(theirs.stages)
    total = sum(1 for paper in theirs.papers if paper.preferences)
    so_far: set[int] = set()
    for step, stage in zip(steps, theirs.stages, strict=True):
        so_far |= set(stage.elected)
        assert [each.votes for each in step.standings] == stage.votes
        assert step.exhausted == stage.nontransferable
        assert {place for place, each in enumerate(step.standings) if each.state is State.ELECTED} == so_far
        assert step.total == total


@pytest.mark.parametrize("rule", TRANSFER_VALUE)
@pytest.mark.parametrize("seed", range(4))
def test_every_figure_of_every_stage_is_that_of_an_officer_who_follows_the_order(rule: StvRule, seed: int) -> None:
    random = Random(seed)
    seen: Counter[str] = Counter()
    for _ in range(500):
        papers, seats = random_election(random, most=random.choice((3, 30)))
        ours = count(papers, rule, seats)
        assert_same_stages(ours, officers_count(papers, rule, seats))
        seen.update({step.code for step in ours.trail})
    # Nothing to be proud of if the elections never came to it.
    assert {"stv-surplus", "stv-excluded", "stv-elected-last", "stv-looked-back"} <= set(seen)


def votelibs_choice(papers: RankedPapers, seats: int) -> set[str] | None:
    """Whom votelib elects; nobody where it meets a tie, which it refuses."""
    selector = TransferableVoteSelector(
        transferer=votelib.component.transfer.Gregory(), retainer=votelib.evaluate.core.Plurality()
    )
    votes = {
        tuple(papers.candidates[place] for place in ranking): number
        for ranking, number in papers.rankings.items()
        if ranking
    }
    try:
        return set(selector.evaluate(votes, seats))
    except NotImplementedError:
        return None


@pytest.mark.parametrize("seed", range(8))
def test_exact_gregory_elects_whom_votelib_elects_but_where_two_surpluses_wait(seed: int) -> None:
    random = Random(1000 + seed)
    compared = apart = 0
    for _ in range(400):
        papers, seats = random_election(random, most=60)
        named = {place for ranking in papers.rankings for place in ranking}
        theirs = votelibs_choice(papers, seats) if len(named) == len(papers.candidates) else None
        if theirs is None:
            continue
        compared += 1
        ours = count(papers, StvRule.GREGORY, seats)
        if elected(ours) != theirs:
            # votelib transfers all surpluses of a stage together: whoever the first elects still gets of the second.
            apart += 1
            together = officers_count(papers, StvRule.GREGORY, seats, together=True)
            assert {papers.candidates[place] for place in together.elected} == theirs
            assert any(stage.waiting > 1 for stage in officers_count(papers, StvRule.GREGORY, seats).stages)
    assert compared > 150
    assert apart <= compared // 50


def test_two_waiting_surpluses_are_transferred_one_after_the_other_as_the_order_says() -> None:
    # a and b are elected at once; the surplus of a elects c, so that of b passes c by.
    papers = papers_of(5, {(0, 2): 18, (1, 2, 3): 14, (2,): 5, (3,): 4, (4,): 7})
    ours = count(papers, StvRule.GREGORY, 4)
    surpluses = [step for step in ours.trail if step.code == "stv-surplus"]
    assert [step.people for step in surpluses[:2]] == [("a",), ("b",)]
    assert [transfer.to for transfer in surpluses[1].transfers] == ["d"]


def test_that_order_is_why_votelib_elects_others_here() -> None:
    papers = papers_of(5, {(4, 3, 0, 2): 13, (2, 3, 1, 0, 4): 17})
    assert elected(count(papers, StvRule.GREGORY, 4)) == {"a", "c", "d", "e"}
    assert votelibs_choice(papers, 4) == {"b", "c", "d", "e"}
