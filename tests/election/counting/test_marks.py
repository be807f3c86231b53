from __future__ import annotations

import random
from collections import Counter
from itertools import combinations

import pytest
from abcvoting import abcrules, preferences
from hypothesis import given
from hypothesis import strategies as st
from votelib.candidate import Person
from votelib.convert import ApprovalToSimpleVotes
from votelib.evaluate.core import Plurality, Tie

from election.counting.figures import figures_of_papers
from election.counting.marks import InvalidReason, MarkedPapers
from election.counting.most_votes import elect_by_votes
from election.errors import ResultError
from election.ids import CandidateId
from tests.election.counting.drawing import all_outcomes, completed, elected

IDS = tuple(CandidateId(letter) for letter in "abcdef")
PERSONS = tuple(Person(each) for each in IDS)  # to votelib each is equal to itself alone


def papers(chance: random.Random, most: int) -> list[tuple[int, ...]]:
    """A few papers, so that ties are common."""
    return [
        tuple(sorted(chance.sample(range(len(IDS)), chance.randint(0, most)))) for _ in range(chance.randint(1, 12))
    ]


def committees(votes: dict[CandidateId, int], seats: int) -> set[frozenset[str]]:
    """Everybody who can be elected together, whichever way the lots fall."""
    ways = all_outcomes(lambda lots: elect_by_votes(votes, lots, seats=seats))
    return {frozenset(elected(way)) for way in ways}


@pytest.mark.parametrize("most", [1, 3, len(IDS)], ids=["one mark", "three marks", "approval"])
def test_the_elected_are_those_of_votelib_and_the_tied_those_it_leaves_open(most: int) -> None:
    chance = random.Random(most)
    ties = 0
    for _ in range(1000):
        cast, seats = papers(chance, most), chance.randint(1, 4)
        votes = MarkedPapers(candidates=IDS, marks=Counter(cast)).at_most(most).votes()
        named = Counter(frozenset(PERSONS[place] for place in paper) for paper in cast)
        simple = dict.fromkeys(PERSONS, 0) | ApprovalToSimpleVotes().convert(named)
        theirs = Plurality().evaluate(simple, seats)
        sure = frozenset(each.name for each in theirs if not isinstance(each, Tie))
        tied = next((frozenset(each.name for each in way) for way in theirs if isinstance(way, Tie)), frozenset())
        ties += bool(tied)
        expected = {sure | frozenset(some) for some in combinations(tied, seats - len(sure))}
        assert committees(votes, seats) == expected
    assert ties > 100


def test_approval_elects_the_committees_of_abcvoting() -> None:
    chance = random.Random(7)
    several = 0
    for _ in range(300):
        cast, seats = papers(chance, len(IDS)), chance.randint(1, 4)
        profile = preferences.Profile(len(IDS), IDS)
        profile.add_voters([paper for paper in cast if paper] or [(0,)])
        if not any(cast):
            continue
        theirs = abcrules.compute("av", profile, committeesize=seats, resolute=False)
        expected = {frozenset(IDS[place] for place in committee) for committee in theirs}
        several += len(expected) > 1
        assert committees(MarkedPapers(candidates=IDS, marks=Counter(cast)).votes(), seats) == expected
    assert several > 30


def test_a_paper_with_more_marks_than_a_voter_has_is_not_marked_as_prescribed() -> None:
    given_papers = MarkedPapers(
        candidates=IDS[:3],
        marks={(0,): 3, (0, 1): 2, (): 4},
        invalid={InvalidReason.NOT_AS_PRESCRIBED: 1, InvalidReason.ENVELOPE: 5},
    )
    one = given_papers.at_most(1)
    assert one.votes() == {"a": 3, "b": 0, "c": 0}
    assert one.invalid == {InvalidReason.NOT_AS_PRESCRIBED: 3, InvalidReason.ENVELOPE: 5}
    assert (one.valid, one.blank, one.number) == (3, 4, given_papers.number)
    assert given_papers.at_most(2) == given_papers


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ({(0, 3): 1}, "papers-unknown"),
        ({(-1,): 1}, "papers-unknown"),
        ({(1, 0): 1}, "papers-marks-order"),
        ({(0, 0): 1}, "papers-marks-order"),
        ({(0, 2, 1): 1}, "papers-marks-order"),
        ({(0,): 0}, "papers-number"),
        ({(): -1}, "papers-number"),
    ],
)
def test_papers_that_cannot_be_are_refused(marks: dict[tuple[int, ...], int], code: str) -> None:
    with pytest.raises(ResultError) as refused:
        MarkedPapers(candidates=IDS[:3], marks=marks)
    assert refused.value.code == code


def test_a_candidate_stands_once() -> None:
    with pytest.raises(ResultError) as refused:
        MarkedPapers(candidates=(*IDS, IDS[0]), marks={})
    assert refused.value.code == "papers-candidate-twice"


marked = st.dictionaries(
    st.sets(st.integers(0, 5)).map(lambda places: tuple(sorted(places))), st.integers(1, 50), max_size=9
)
reasons = st.dictionaries(st.sampled_from(InvalidReason), st.integers(0, 9))


@given(marked, reasons, st.integers(1, 6))
def test_the_figures_of_papers_sum_and_no_paper_is_lost(
    marks: dict[tuple[int, ...], int], invalid: dict[InvalidReason, int], most: int
) -> None:
    cast = MarkedPapers(candidates=IDS, marks=marks, invalid=invalid)
    counted = cast.at_most(most)
    figures = figures_of_papers(counted)
    assert figures.papers == cast.number == figures.valid + figures.blank + sum(figures.invalid.values())
    assert sum(counted.votes().values()) == sum(len(of) * number for of, number in counted.marks.items())
    assert figures.valid <= sum(counted.votes().values()) <= most * figures.valid


@given(marked, st.permutations(range(6)))
def test_votes_go_with_the_candidates_whatever_their_order(marks: dict[tuple[int, ...], int], order: list[int]) -> None:
    votes = MarkedPapers(candidates=IDS, marks=marks).votes()
    moved = {tuple(sorted(order[place] for place in of)): number for of, number in marks.items()}
    names = tuple(IDS[order.index(place)] for place in range(6))
    assert MarkedPapers(candidates=names, marks=moved).votes() == votes


def test_blank_papers_are_votes_for_nobody() -> None:
    blank = MarkedPapers(candidates=IDS[:2], marks={(): 5})
    outcome = completed(lambda lots: elect_by_votes(blank.votes(), lots, seats=2))
    assert [place.votes for place in outcome.elected] == [0, 0]
