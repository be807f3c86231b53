"""Ranked papers: what they are, what they refuse, and what leaves them with a candidate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.counting.marks import InvalidReason
from election.counting.papers import RankedPapers
from election.counting.stv.count import StvRule
from election.errors import ResultError
from election.ids import CandidateId
from tests.election.counting.ranked import count, elections, names, papers_of


def test_equal_papers_are_counted_together_and_those_that_name_nobody_apart() -> None:
    papers = RankedPapers.of(names(3), [(0, 1), (2,), (0, 1), ()])
    assert papers.rankings == {(0, 1): 2, (2,): 1, (): 1}
    assert (papers.number, papers.blank) == (4, 1)


@pytest.mark.parametrize(
    ("code", "rankings"),
    [
        ("papers-unknown", {(0, 3): 1}),
        ("papers-unknown", {(-1,): 1}),
        ("papers-unknown", {(0, 255, 1): 1}),
        ("papers-unknown", {(0, 256): 1}),
        ("papers-twice", {(0, 1, 0): 1}),
        ("papers-twice", {(0, 1): 1, (2, 2): 1}),
        ("papers-number", {(0, 1): 0}),
        ("papers-number", {(): -1}),
    ],
)
def test_papers_that_cannot_be_are_refused(code: str, rankings: dict[tuple[int, ...], int]) -> None:
    with pytest.raises(ResultError) as refused:
        papers_of(3, rankings)
    assert refused.value.code == code


@pytest.mark.parametrize(("code", "ranking"), [("papers-unknown", (299, 300)), ("papers-twice", (299, 1, 299))])
def test_such_papers_are_refused_among_hundreds_of_candidates_too(code: str, ranking: tuple[int, ...]) -> None:
    candidates = tuple(CandidateId(str(number)) for number in range(300))
    assert RankedPapers(candidates=candidates, rankings={(299, 255, 0): 1}).number == 1
    with pytest.raises(ResultError) as refused:
        RankedPapers(candidates=candidates, rankings={ranking: 1})
    assert refused.value.code == code


def test_two_candidates_of_one_identifier_are_refused() -> None:
    with pytest.raises(ResultError) as refused:
        RankedPapers(candidates=names(2) + names(1), rankings={})
    assert refused.value.code == "papers-candidate-twice"


def test_who_is_gone_leaves_every_paper_and_the_others_move_up() -> None:
    papers = papers_of(3, {(0, 1, 2): 4, (1, 2): 3, (2, 1): 2, (1,): 1})
    assert papers.without({"b"}).rankings == {(0, 2): 4, (2,): 5, (): 1}


@given(elections(), st.sets(st.sampled_from(names(6))))
def test_no_paper_is_lost_when_somebody_goes(election: tuple[RankedPapers, int], gone: set[str]) -> None:
    papers = replace(election[0], invalid={InvalidReason.ENVELOPE: 2})
    left = papers.without(gone)
    assert (left.number, left.invalid) == (papers.number, papers.invalid)
    assert all(papers.candidates[place] not in gone for ranking in left.rankings for place in ranking)


# Letters that mean something to a pattern, the first beyond ASCII, the last of a byte, the first beyond it.
@pytest.mark.parametrize("number", [36, 42, 45, 46, 91, 92, 93, 94, 127, 128, 255, 256, 257, 700])
def test_whatever_the_number_of_candidates_papers_are_checked_and_counted_alike(number: int) -> None:
    rankings = {(0, 1, number - 1): 7, (number - 1, 2): 4, (2, number - 1, 0): 4, (1,): 3, (): 2}
    many = papers_of(number, rankings)
    assert [(place, pile.papers) for place, pile in many.pile.sort(())] == [(0, 7), (1, 3), (2, 4), (number - 1, 4)]
    for code, odd in (
        ("papers-twice", (3, 0, 1, 3)),
        ("papers-twice", (number - 1, number - 1)),
        ("papers-unknown", (0, number)),
        ("papers-unknown", (-1,)),
        ("papers-unknown", (10**9,)),
    ):
        with pytest.raises(ResultError) as refused:
            papers_of(number, {**rankings, odd: 1})
        assert refused.value.code == code
    few = papers_of(4, {tuple(min(place, 3) for place in ranking): papers for ranking, papers in rankings.items()})
    for rule in (StvRule.SCOTTISH, StvRule.GREGORY):
        of_few, of_many = (count(each, rule, 2) for each in (few, many))
        same = {"a": "a", "b": "b", "c": "c", "d": many.candidates[-1]}
        assert [(same[each.candidate], each.votes) for each in of_few.elected] == [
            (each.candidate, each.votes) for each in of_many.elected
        ]
