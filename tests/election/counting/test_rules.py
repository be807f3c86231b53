"""What every rule keeps to, held through the registry that ``election count`` uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.counting.apportion import ListId
from election.counting.figures import Channel, ProtocolFigures, figures_of_papers
from election.counting.lists import AlternatesByList, CandidateList, ListOrder
from election.counting.lots import LotsRequired
from election.counting.marks import InvalidReason, MarkedPapers
from election.counting.outcome import Completed, WhyGone
from election.counting.papers import RankedPapers
from election.counting.results import result_document, result_json, result_schema
from election.counting.rules import Lists, Places, Rule, Votes, run_rule
from election.ids import CandidateId
from tests.election.counting.ranked import names
from tests.election.counting.test_results import misfits

IDS = names(6)
Papers = Mapping[tuple[int, ...], int]
LISTS = Lists(
    lists=(
        CandidateList(id=ListId("L"), candidates=IDS[:3], order=ListOrder.NUMBERED),
        CandidateList(id=ListId("M"), candidates=IDS[3:], order=ListOrder.SIDE_BY_SIDE),
    ),
    alternates=AlternatesByList(per_seat=1, more=1),
)
rules = st.sampled_from(Rule)
papers_of_six = st.dictionaries(
    st.permutations(range(6)).flatmap(lambda order: st.integers(0, 6).map(lambda length: tuple(order[:length]))),
    st.integers(1, 9),
    max_size=8,
)
places_of_six = st.builds(
    Places,
    seats=st.integers(1, 5),
    alternates=st.integers(0, 3),
    alternates_ranked=st.booleans(),
    gone=st.dictionaries(st.sampled_from(IDS), st.sampled_from(WhyGone), max_size=2),
)


def marked(rule: Rule, papers: Papers) -> MarkedPapers:
    """Each ranking as marks, for as many as the rule allows."""
    marks: dict[tuple[int, ...], int] = {}
    for ranking, number in papers.items():
        places = tuple(sorted(ranking[: rule.marks(2, 6)]))
        marks[places] = marks.get(places, 0) + number
    return MarkedPapers(candidates=IDS, marks=marks)


def tally(rule: Rule, papers: Papers) -> dict[CandidateId, int]:
    return marked(rule, papers).votes()


def votes_of(rule: Rule, papers: Papers) -> RankedPapers | Votes:
    return RankedPapers(candidates=IDS, rankings=papers) if rule.is_ranked else tally(rule, papers)


def counted(rule: Rule, votes: RankedPapers | Votes, places: Places, lists: Lists = LISTS) -> Completed | LotsRequired:
    return run_rule(rule, votes, places, lists=lists if rule.has_lists else None)


def people(outcome: Completed) -> tuple[set[CandidateId], list[CandidateId], set[CandidateId]]:
    groups = (outcome.elected, outcome.alternates, outcome.others)
    elected, alternates, others = ([each.candidate for each in group] for group in groups)
    return {*elected}, alternates, {*others}


@settings(max_examples=300)
@given(rules, papers_of_six, places_of_six)
def test_elected_alternates_and_others_are_disjoint_and_nobody_is_lost(
    rule: Rule, papers: Papers, places: Places
) -> None:
    outcome = counted(rule, votes_of(rule, papers), places)
    if isinstance(outcome, Completed):
        found = [each.candidate for each in (*outcome.elected, *outcome.alternates, *outcome.others)]
        assert sorted(found) == sorted(IDS)
        assert len(outcome.elected) + outcome.vacant_seats == places.seats
        assert not set(places.gone) & {each.candidate for each in (*outcome.elected, *outcome.alternates)}


@settings(max_examples=300)
@given(rules, papers_of_six, places_of_six)
def test_every_step_of_every_rule_adds_up_to_the_votes_that_were_cast(
    rule: Rule, papers: Papers, places: Places
) -> None:
    votes = votes_of(rule, papers)
    outcome = counted(rule, votes, places)
    if isinstance(outcome, Completed):
        cast = votes.without(places.gone).valid if isinstance(votes, RankedPapers) else sum(votes.values())
        assert {step.total for step in outcome.trail if step.standings} <= {cast}
        assert [step.number for step in outcome.trail] == [*range(1, len(outcome.trail) + 1)]
        told = {
            each: step.code for step in outcome.trail if step.code.startswith("count-gone-") for each in step.people
        }
        assert told == {each: f"count-gone-{why}" for each, why in places.gone.items()}


@settings(max_examples=300)
@given(rules, papers_of_six, places_of_six, st.randoms(use_true_random=False))
def test_the_order_of_papers_and_who_cast_which_change_nothing_not_even_the_trail(
    rule: Rule, papers: Papers, places: Places, random: Random
) -> None:
    shuffled = dict(random.sample([*papers.items()], len(papers)))
    first, second = (counted(rule, votes_of(rule, each), places) for each in (papers, shuffled))
    assert first == second
    if isinstance(first, Completed) and isinstance(second, Completed):
        assert first.trail == second.trail


@settings(max_examples=300)
@given(rules.filter(lambda rule: not rule.has_lists), papers_of_six, places_of_six, st.permutations(range(6)))
def test_names_mean_nothing(rule: Rule, papers: Papers, places: Places, order: list[int]) -> None:
    """Neutrality: whoever gets the papers of another gets their place too."""
    new_name = dict(zip(IDS, (IDS[place] for place in order), strict=True))
    renamed = {tuple(order[place] for place in ranking): number for ranking, number in papers.items()}
    first = counted(rule, votes_of(rule, papers), places)
    second = counted(
        rule,
        votes_of(rule, renamed) if rule.is_ranked else {new_name[each]: n for each, n in tally(rule, papers).items()},
        replace(places, gone={new_name[each]: why for each, why in places.gone.items()}),
    )
    if isinstance(first, LotsRequired):
        assert isinstance(second, LotsRequired)
        assert {new_name[CandidateId(each)] for each in first.tied} == set(second.tied)
        return
    assert isinstance(second, Completed)
    (elected, alternates, others), found = people(first), people(second)
    assert found[0] == {new_name[each] for each in elected}
    assert found[2] == {new_name[each] for each in others}
    if places.alternates_ranked or rule.is_ranked:
        assert found[1] == [new_name[each] for each in alternates]


@given(st.sampled_from([Rule.ONE_MARK, Rule.UP_TO_N_MARKS, Rule.APPROVAL]), papers_of_six, places_of_six, st.data())
def test_more_votes_cost_nobody_the_seat_where_the_most_votes_win(
    rule: Rule, papers: Papers, places: Places, data: st.DataObject
) -> None:
    votes = tally(rule, papers)
    before = counted(rule, votes, places)
    if isinstance(before, Completed) and before.elected:
        lucky = data.draw(st.sampled_from(before.elected)).candidate
        after = counted(rule, {**votes, lucky: votes[lucky] + data.draw(st.integers(1, 60))}, places)
        # Another lot may be needed now, but not one in which this candidate is.
        assert lucky in people(after)[0] if isinstance(after, Completed) else lucky not in after.tied


def test_the_transferable_vote_is_not_monotone() -> None:
    """The known example of 17 papers: two put the winner higher, and another wins. So no monotony is claimed for it."""
    before = RankedPapers(candidates=names(3), rankings={(0, 1, 2): 6, (2, 0, 1): 5, (1, 2, 0): 4, (1, 0, 2): 2})
    after = RankedPapers(candidates=names(3), rankings={(0, 1, 2): 8, (2, 0, 1): 5, (1, 2, 0): 4})
    for rule in (Rule.SCOTTISH_STV, Rule.GREGORY_STV, Rule.MEEK_STV):
        outcomes = [counted(rule, papers, Places(seats=1)) for papers in (before, after)]
        assert [people(each)[0] for each in outcomes if isinstance(each, Completed)] == [{"a"}, {"c"}]


@pytest.mark.parametrize("rule", Rule)
def test_the_document_of_every_rule_fits_the_schema(rule: Rule) -> None:
    papers = {(0, 1): 9, (1, 2): 6, (2,): 5, (3, 4): 4, (4, 5): 3, (5,): 1, (): 2}
    places = Places(seats=2, alternates=1, gone={IDS[2]: WhyGone.DIED})
    outcome = counted(rule, votes_of(rule, papers), places)
    assert isinstance(outcome, Completed)
    of_papers = RankedPapers(candidates=IDS, rankings=papers) if rule.is_ranked else marked(rule, papers)
    figures = figures_of_papers(replace(of_papers, invalid={InvalidReason.ENVELOPE: 2}))
    document = result_document(
        outcome,
        title="T",
        rule=rule,
        seats=2,
        names=dict(zip(IDS, IDS, strict=True)),
        gone=places.gone,
        figures=ProtocolFigures(per_channel={Channel.POSTAL: figures}),
    )
    written = json.loads(result_json(document))
    assert [*misfits(written, result_schema())] == []
    assert written["gone"] == [{"id": "c", "why": "died"}]
    assert [row["papers"] for row in written["figures"]] == [32, 32]
    assert {step["code"] for step in written["completed"]["trail"]} >= {"count-gone-died"}
