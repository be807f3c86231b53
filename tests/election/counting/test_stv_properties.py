"""What holds for each of the three rules, whatever the papers are."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.counting.lots import DrawnLots, LotsRequired, decide
from election.counting.outcome import Completed
from election.counting.papers import RankedPapers
from election.counting.stv.count import StvRule, elect_by_transfer
from election.counting.trail import State
from tests.election.counting.ranked import RULES, LotsByName, count, elected, elections, names

rules = st.sampled_from(RULES)
few = st.integers(0, 3)
gone_people = st.sets(st.sampled_from(names(6)), max_size=3)


@settings(max_examples=300)
@given(rules, elections(), few, gone_people)
def test_everybody_has_one_place_and_no_place_stays_empty_while_somebody_is_left(
    rule: StvRule, election: tuple[RankedPapers, int], alternates: int, gone: set[str]
) -> None:
    papers, seats = election
    gone &= set(papers.candidates)
    outcome = count(papers, rule, seats, alternates=alternates, gone=gone)
    everybody = [place.candidate for place in (*outcome.elected, *outcome.alternates, *outcome.others)]
    assert sorted(everybody) == list(papers.candidates)
    standing = len(papers.candidates) - len(gone)
    assert len(outcome.elected) == min(seats, standing) == seats - outcome.vacant_seats
    assert len(outcome.alternates) == min(alternates, standing - len(outcome.elected))
    assert len(outcome.alternates) + outcome.vacant_alternates == alternates
    assert not {place.candidate for place in (*outcome.elected, *outcome.alternates)} & gone


@settings(max_examples=300)
@given(rules, elections(most=40), few, gone_people)
def test_every_step_adds_up_to_the_papers_that_name_somebody(
    rule: StvRule, election: tuple[RankedPapers, int], alternates: int, gone: set[str]
) -> None:
    papers, seats = election
    valid = papers.number - papers.without(gone).blank
    outcome = count(papers, rule, seats, alternates=alternates, gone=gone & set(papers.candidates))
    assert [step.number for step in outcome.trail] == list(range(1, len(outcome.trail) + 1))
    for step in outcome.trail:
        if step.standings:
            assert step.total == valid
        assert step.lost >= 0
        assert step.exhausted >= 0
        assert all(each.votes >= 0 for each in step.standings)
        assert all(each.votes == 0 for each in step.standings if each.state is State.GONE)
        assert rule is StvRule.SCOTTISH or step.lost == 0


@settings(max_examples=200)
@given(st.sampled_from([StvRule.SCOTTISH, StvRule.GREGORY]), elections(most=40))
def test_transfers_explain_every_change_of_votes(rule: StvRule, election: tuple[RankedPapers, int]) -> None:
    papers, seats = election
    steps = count(papers, rule, seats).trail
    for before, after in pairwise(steps):
        came = {each.of: each.votes for each in before.standings}
        for transfer in after.transfers:
            came[transfer.to or "nobody"] = came.get(transfer.to or "nobody", 0) + transfer.votes
            came[transfer.source] -= transfer.votes
        if after.transfers:
            came[after.people[0]] -= after.lost - before.lost
        assert came.pop("nobody", 0) == after.exhausted - before.exhausted
        assert came == {each.of: each.votes for each in after.standings}


@settings(max_examples=200)
@given(rules, elections(), few, st.randoms(use_true_random=False))
def test_the_order_in_which_papers_come_changes_nothing_not_even_the_trail(
    rule: StvRule, election: tuple[RankedPapers, int], alternates: int, random: Random
) -> None:
    papers, seats = election
    shuffled = list(papers.rankings.items())
    random.shuffle(shuffled)
    first = count(papers, rule, seats, alternates=alternates)
    second = count(
        RankedPapers(candidates=papers.candidates, rankings=dict(shuffled)), rule, seats, alternates=alternates
    )
    assert first == second
    assert first.trail == second.trail


@settings(max_examples=200)
@given(rules, elections(), few, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_on_the_ballot_changes_nothing(
    rule: StvRule, election: tuple[RankedPapers, int], alternates: int, random: Random
) -> None:
    papers, seats = election
    order = random.sample(range(len(papers.candidates)), len(papers.candidates))
    moved = RankedPapers(
        candidates=tuple(papers.candidates[place] for place in order),
        rankings={tuple(map(order.index, ranking)): number for ranking, number in papers.rankings.items()},
    )
    first, second = (count(each, rule, seats, alternates=alternates) for each in (papers, moved))
    assert elected(first) == elected(second)
    assert [place.candidate for place in first.alternates] == [place.candidate for place in second.alternates]


@settings(max_examples=200)
@given(rules, elections(most=30), few)
def test_names_mean_nothing_but_for_a_lot(rule: StvRule, election: tuple[RankedPapers, int], alternates: int) -> None:
    papers, seats = election
    renamed = RankedPapers(candidates=papers.candidates[::-1], rankings=papers.rankings)

    def run(which: RankedPapers) -> Completed | LotsRequired:
        return decide(lambda lots: elect_by_transfer(which, lots, rule=rule, seats=seats, alternates=alternates))

    first, second = run(papers), run(renamed)
    new_name = dict(zip(papers.candidates, renamed.candidates, strict=True))
    if isinstance(first, Completed):
        assert isinstance(second, Completed)
        assert {new_name[each.candidate] for each in first.elected} == {each.candidate for each in second.elected}
        assert [new_name[each.candidate] for each in first.alternates] == [each.candidate for each in second.alternates]
    else:
        assert isinstance(second, LotsRequired)
        assert {new_name[each] for each in first.tied} == set(second.tied)  # type: ignore[index]


@settings(max_examples=300)
@given(rules, elections(most=20))
def test_voters_who_put_the_same_people_first_get_as_many_of_them_as_they_have_quotas(
    rule: StvRule, election: tuple[RankedPapers, int]
) -> None:
    papers, seats = election
    valid = papers.number - papers.blank
    quota = valid // (seats + 1) + 1
    chosen = {papers.candidates.index(each) for each in elected(count(papers, rule, seats))}
    for size in range(1, len(papers.candidates) + 1):
        for coalition in map(set, combinations(range(len(papers.candidates)), size)):
            solid = sum(number for ranking, number in papers.rankings.items() if set(ranking[:size]) == coalition)
            assert len(chosen & coalition) >= min(solid // quota, size)


class LotsInOrder(DrawnLots):
    """Every lot falls in one order of all candidates."""

    def __init__(self, order: tuple[str, ...]) -> None:
        super().__init__()
        self._all = order

    def order(self, boundary, tied, **_):  # type: ignore[no-untyped-def, override]
        return tuple(sorted(tied, key=self._all.index))


@settings(max_examples=120, deadline=None)
@given(rules, elections(most_candidates=4, most=3), st.integers(0, 2))
def test_where_no_lot_is_asked_for_every_lot_gives_the_same_outcome_and_where_one_is_not(
    rule: StvRule, election: tuple[RankedPapers, int], alternates: int
) -> None:
    papers, seats = election
    outcomes = set()
    for order in permutations(papers.candidates):
        drawn = elect_by_transfer(papers, LotsInOrder(order), rule=rule, seats=seats, alternates=alternates)
        outcomes.add((frozenset(elected(drawn)), tuple(place.candidate for place in drawn.alternates)))
    outcome = decide(lambda lots: elect_by_transfer(papers, lots, rule=rule, seats=seats, alternates=alternates))
    if isinstance(outcome, Completed):
        assert outcomes == {(frozenset(elected(outcome)), tuple(each.candidate for each in outcome.alternates))}
    else:
        assert set(outcome.tied) <= set(papers.candidates)
        # Whoever asks for a lot must need it: one order of everybody falls so, another otherwise.
        assert len(outcomes) > 1


def test_the_lot_of_the_tests_is_asked_for_real_ties_only() -> None:
    with pytest.raises(AssertionError):
        LotsByName().order(None, ["a"], votes=1)  # type: ignore[arg-type]
