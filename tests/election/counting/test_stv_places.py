"""Alternates, refilled seats, people who leave, too few of anything: ordinary paths in every rule."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.counting.lots import Boundary, Lot, LotsRequired, decide
from election.counting.outcome import Completed
from election.counting.papers import RankedPapers
from election.counting.stv.count import StvRule, elect_by_transfer, refill_seat
from election.counting.trail import State
from election.errors import ResultError
from election.ids import CandidateId
from election.messages import SENTENCES
from tests.election.counting.ranked import RULES, LotsByName, count, elected, elections, names, papers_of

every_rule = pytest.mark.parametrize("rule", RULES)


def refilled(papers: RankedPapers, rule: StvRule, seated: set[str], leaving: str) -> Completed:
    return refill_seat(
        papers, LotsByName(), rule=rule, elected={CandidateId(each) for each in seated}, leaving=CandidateId(leaving)
    )


# Two camps of 60 and 40 papers: a, b, c behind one another in the one, x, y in the other.
CAMPS = RankedPapers(
    candidates=tuple(map(CandidateId, "abcxy")),
    rankings={(0, 1, 2): 34, (1, 0, 2): 26, (3, 4): 31, (4, 3): 9},
)


@every_rule
def test_the_next_alternate_is_who_gets_one_seat_more_out_of_the_same_papers(rule: StvRule) -> None:
    # Quota of three seats 26: a and b have theirs, x hers. The fourth seat: quota 21, so y gets 19 and c 60 - 42.
    outcome = count(CAMPS, rule, 3, alternates=2)
    assert elected(outcome) == {"a", "b", "x"}
    assert [place.candidate for place in outcome.alternates] == ["y", "c"]


@every_rule
def test_a_seat_that_falls_vacant_goes_to_the_camp_that_had_it_where_the_first_alternate_is_of_the_other(
    rule: StvRule,
) -> None:
    assert [place.candidate for place in refilled(CAMPS, rule, {"a", "b", "x"}, "b").elected] == ["c"]
    assert [place.candidate for place in refilled(CAMPS, rule, {"a", "b", "x"}, "x").elected] == ["y"]


@settings(max_examples=200)
@given(st.sampled_from(RULES), elections(most=20), st.integers(1, 3))
def test_alternates_do_not_depend_on_how_many_of_them_are_asked_for(
    rule: StvRule, election: tuple[RankedPapers, int], alternates: int
) -> None:
    papers, seats = election
    fewer, more = (count(papers, rule, seats, alternates=each) for each in (alternates - 1, alternates))
    assert elected(fewer) == elected(more)
    assert more.alternates[: len(fewer.alternates)] == fewer.alternates


@settings(max_examples=200)
@given(st.sampled_from(RULES), elections(most=20), st.data())
def test_a_refilled_seat_moves_nobody_else(
    rule: StvRule, election: tuple[RankedPapers, int], data: st.DataObject
) -> None:
    papers, seats = election
    seated = elected(count(papers, rule, seats))
    leaving = data.draw(st.sampled_from(sorted(seated)))
    outcome = refilled(papers, rule, seated, leaving)
    assert len(outcome.elected) == min(1, len(papers.candidates) - len(seated)) == 1 - outcome.vacant_seats
    assert not elected(outcome) & seated
    assert {place.candidate for place in outcome.others} | elected(outcome) == (
        set(papers.candidates) - seated | {leaving}
    )
    assert outcome.trail[0].code == "stv-refill"
    assert outcome.trail[0].people == (leaving,)
    kept = seated - {leaving}
    assert all(each.state is not State.EXCLUDED for step in outcome.trail for each in step.standings if each.of in kept)


@every_rule
def test_who_is_called_elected_and_is_not_cannot_leave_or_keep_a_seat(rule: StvRule) -> None:
    for seated, leaving, gone in (("ab", "x", ""), ("abq", "a", ""), ("ab", "a", "b")):
        with pytest.raises(ResultError) as refused:
            refill_seat(
                CAMPS,
                LotsByName(),
                rule=rule,
                elected=[CandidateId(each) for each in seated],
                leaving=CandidateId(leaving),
                gone=[CandidateId(each) for each in gone],
            )
        assert refused.value.code == "countback-not-elected"


@every_rule
def test_whoever_is_named_twice_or_does_not_stand_costs_nobody_a_place(rule: StvRule) -> None:
    seated = tuple(sorted(elected(count(CAMPS, rule, 3))))
    once, twice = (
        refill_seat(CAMPS, LotsByName(), rule=rule, elected=named, leaving=seated[0]) for named in (seated, seated * 2)
    )
    assert once == twice
    assert len(twice.elected) == 1
    alternates = len(CAMPS.candidates) - 3
    assert len(count(CAMPS, rule, 3, alternates=alternates, gone={"nobody"}).alternates) == alternates


@every_rule
def test_a_tie_for_a_refilled_seat_needs_a_lot_too(rule: StvRule) -> None:
    papers = papers_of(3, {(0, 1): 5, (0, 2): 5})
    seated = [CandidateId("a")]

    def outcome(*lots: Lot) -> Completed | LotsRequired:
        return decide(lambda drawn: refill_seat(papers, drawn, rule=rule, elected=seated, leaving=seated[0]), lots)

    asked = outcome()
    assert isinstance(asked, LotsRequired)
    assert asked.boundary is Boundary.EXCLUSION
    drawn = Lot(
        boundary=asked.boundary,
        order=("c", "b"),
        method="slips in a bowl",
        drawn_by="the chair",
        witnesses=(),
        drawn_at=datetime(2026, 11, 22, tzinfo=UTC),
        at=asked.at,
    )
    settled = outcome(drawn)
    assert isinstance(settled, Completed)
    assert [(place.candidate, place.by_lot) for place in settled.elected] == [("b", True)]


@every_rule
def test_where_two_have_a_quota_for_the_one_empty_seat_the_most_votes_or_a_lot_decide(rule: StvRule) -> None:
    # Quota of two seats 4, or less; a keeps a seat with fewer votes than either.
    seated = [CandidateId("a"), CandidateId("d")]
    ahead = papers_of(4, {(0,): 1, (1,): 5, (2,): 6})
    assert elected(refilled(ahead, rule, set(seated), "d")) == {"c"}
    equal = papers_of(4, {(0,): 1, (1,): 5, (2,): 5})
    asked = decide(lambda drawn: refill_seat(equal, drawn, rule=rule, elected=seated, leaving=seated[1]))
    assert isinstance(asked, LotsRequired)
    assert (asked.boundary, set(asked.tied), asked.votes) == (Boundary.SEAT, {"b", "c"}, 5)


@every_rule
def test_a_tie_for_an_alternate_is_told_apart_from_one_in_the_first_count(rule: StvRule) -> None:
    papers = papers_of(3, {(0,): 9, (1,): 2, (2,): 2})
    asked = decide(lambda lots: elect_by_transfer(papers, lots, rule=rule, seats=1, alternates=1))
    assert isinstance(asked, LotsRequired)
    assert asked.at.startswith("alternate 1 stage ")


@every_rule
def test_as_many_candidates_as_seats_or_fewer_are_all_elected(rule: StvRule) -> None:
    papers = papers_of(2, {(0,): 9})
    assert elected(count(papers, rule, 2)) == {"a", "b"}
    fewer = count(papers, rule, 4, alternates=1)
    assert elected(fewer) == {"a", "b"}
    assert (fewer.vacant_seats, fewer.vacant_alternates) == (2, 1)
    assert fewer.trail[-1].code == "count-vacant"
    nobody = count(RankedPapers(candidates=(), rankings={}), rule, 2)
    assert (nobody.elected, nobody.vacant_seats) == ((), 2)


@every_rule
def test_without_papers_or_with_empty_ones_only_a_lot_decides(rule: StvRule) -> None:
    for rankings in ({}, {(): 7}):
        asked = decide(lambda lots, each=rankings: elect_by_transfer(papers_of(3, each), lots, rule=rule, seats=1))
        assert isinstance(asked, LotsRequired)
        assert set(asked.tied) == set(names(3))


@every_rule
def test_empty_papers_do_not_raise_the_quota(rule: StvRule) -> None:
    first = count(papers_of(3, {(0,): 6, (1,): 3, (): 50}), rule, 1).trail[0]
    assert first.params["papers"] == 9
    assert first.params["quota"] == count(papers_of(3, {(0,): 6, (1,): 3}), rule, 1).trail[0].params["quota"]


@every_rule
def test_who_withdrew_is_passed_over_from_the_first_stage_on(rule: StvRule) -> None:
    papers = papers_of(3, {(0, 1): 6, (2,): 5, (0,): 4})
    outcome = count(papers, rule, 1, gone={"a"})
    assert elected(outcome) == {"b"}
    assert outcome.trail[0].params["papers"] == 11
    assert outcome.others[-1].candidate == "a"
    assert {each.state for step in outcome.trail for each in step.standings if each.of == "a"} == {State.GONE}


@every_rule
def test_many_candidates_without_a_paper_need_no_lot_to_be_excluded(rule: StvRule) -> None:
    # 11 people in any of 39 916 800 orders: nothing depends on it, and nothing is tried.
    outcome = decide(
        lambda lots: elect_by_transfer(papers_of(14, {(0, 3): 7, (1,): 5, (2,): 4}), lots, rule=rule, seats=1)
    )
    assert isinstance(outcome, Completed)
    assert "stv-no-papers" in {step.code for step in outcome.trail}


@every_rule
@settings(max_examples=50)
@given(elections(), st.integers(0, 2))
def test_every_step_has_a_sentence_that_its_values_fill(
    rule: StvRule, election: tuple[RankedPapers, int], alternates: int
) -> None:
    papers, seats = election
    for step in count(papers, rule, seats, alternates=alternates).trail:
        assert SENTENCES[step.code].format(**step.params, people=", ".join(step.people))
