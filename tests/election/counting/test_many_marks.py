from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.counting.blt import numbered_candidates
from election.counting.many_marks import MarkCount, count_marks
from election.counting.marks import MarkedPapers
from election.errors import ResultError

IDS = numbered_candidates(5)
Papers = list[tuple[int, ...]]


def grouped(papers: Papers, most: int, number: int = len(IDS)) -> MarkCount | str:
    """The other way to count: equal papers together."""
    try:
        kept = MarkedPapers(candidates=numbered_candidates(number), marks=Counter(papers)).at_most(most)
    except ResultError as fault:
        return fault.code
    return MarkCount(votes=kept.votes(), valid=kept.valid, blank=kept.blank, too_many=sum(kept.invalid.values()))


def one_by_one(papers: Papers, most: int, number: int = len(IDS)) -> MarkCount | str:
    try:
        return count_marks(numbered_candidates(number), papers, most=most)
    except ResultError as fault:
        return fault.code


any_marks = st.lists(st.integers(-1, 6), max_size=4).map(tuple)
good_marks = st.sets(st.integers(0, 4)).map(lambda places: tuple(sorted(places)))


@given(st.lists(good_marks, max_size=20), st.integers(1, 5))
def test_papers_one_by_one_come_to_the_same_as_equal_ones_together(papers: Papers, most: int) -> None:
    assert one_by_one(papers, most) == grouped(papers, most)


@given(st.lists(good_marks, max_size=5), any_marks, st.lists(good_marks, max_size=5))
def test_one_wrong_paper_among_good_ones_is_found(before: Papers, odd: tuple[int, ...], after: Papers) -> None:
    papers = [*before, odd, *after]
    assert one_by_one(papers, 5) == grouped(papers, 5)


@pytest.mark.parametrize("number", [127, 128, 129, 300])
def test_ballots_of_many_candidates_are_counted_too(number: int) -> None:
    chance = random.Random(number)
    papers = [tuple(sorted(chance.sample(range(number), chance.randint(0, 9)))) for _ in range(500)]
    assert one_by_one(papers, 9, number) == grouped(papers, 9, number)
    papers[250] = (number - 1, number - 1)
    assert one_by_one(papers, 9, number) == "papers-marks-order"
    papers[250] = (0, number)
    assert one_by_one(papers, 9, number) == "papers-unknown"


def test_no_paper_is_no_vote() -> None:
    assert one_by_one([], 3) == MarkCount(votes=dict.fromkeys(IDS, 0), valid=0, blank=0, too_many=0)
