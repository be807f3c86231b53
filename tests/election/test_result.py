"""From counts to people: a lot exactly where the outcome depends on it, and only the outcomes that the votes allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.contest import Contest
from election.counting.lots import Boundary, Lot, LotsRequired
from election.counting.outcome import Completed
from election.errors import ResultError
from election.ids import CandidateId
from election.result import Outcome, VoteCounts, determine_result, vote_counts
from tests.election.elections import a_contest

# Who is elected, and who is alternate: in order only where the mandate gives alternates an order.
Oracle = tuple[frozenset[str], tuple[str, ...] | frozenset[str]]


def contest_of(number: int, seats: int, alternates: int, *, ranked: bool = False) -> Contest:
    return a_contest(
        tuple(f"Kandidat {place}" for place in range(number)),
        seats=seats,
        alternates=alternates,
        alternates_ranked=ranked,
    )


def lot(boundary: Boundary, *order: str) -> Lot:
    return Lot(
        boundary=boundary,
        order=tuple(map(CandidateId, order)),
        method="slips in a bowl",
        drawn_by="the chair",
        witnesses=("a", "b"),
        drawn_at=datetime(2026, 11, 22, 20, 15, tzinfo=UTC),
    )


def result(contest: Contest, *votes: int, lots: tuple[Lot, ...] = ()) -> Outcome:
    return determine_result(contest, VoteCounts(blank=0, votes=votes), lots)


def summary(contest: Contest, outcome: Completed) -> Oracle:
    alternates = tuple(place.candidate for place in outcome.alternates)
    return (
        frozenset(place.candidate for place in outcome.elected),
        alternates if contest.alternates_ranked else frozenset(alternates),
    )


def possible_outcomes(contest: Contest, votes: tuple[int, ...]) -> set[Oracle]:
    """By brute force: every order of the candidates that the votes allow."""
    number = {each.id: count for each, count in zip(contest.candidates, votes, strict=True)}
    last = contest.seats + contest.alternates
    outcomes: set[Oracle] = set()
    for order in permutations(number):
        if all(number[first] >= number[second] for first, second in pairwise(order)):
            elected, alternates = order[: contest.seats], order[contest.seats : last]
            outcomes.add((frozenset(elected), alternates if contest.alternates_ranked else frozenset(alternates)))
    return outcomes


def drawn_outcomes(contest: Contest, votes: tuple[int, ...], lots: tuple[Lot, ...] = ()) -> Iterator[Oracle]:
    """By drawing every lot that is asked for in every way."""
    outcome = result(contest, *votes, lots=lots)
    if isinstance(outcome, Completed):
        yield summary(contest, outcome)
        return
    for order in permutations(outcome.tied):
        yield from drawn_outcomes(contest, votes, (*lots, lot(outcome.boundary, *order)))


elections = st.integers(1, 5).flatmap(
    lambda number: st.tuples(
        st.builds(contest_of, st.just(number), st.integers(1, 4), st.integers(0, 3), ranked=st.booleans()),
        st.tuples(*[st.integers(0, 3)] * number),
    )
)


@settings(max_examples=300)
@given(elections)
def test_a_lot_is_required_exactly_where_different_orders_of_equals_give_different_outcomes(
    election: tuple[Contest, tuple[int, ...]],
) -> None:
    contest, votes = election
    outcomes = possible_outcomes(contest, votes)
    outcome = result(contest, *votes)
    assert isinstance(outcome, LotsRequired) == (len(outcomes) > 1)
    if isinstance(outcome, Completed):
        assert {summary(contest, outcome)} == outcomes


@settings(max_examples=150)
@given(elections)
def test_the_lots_lead_to_all_the_outcomes_that_the_votes_allow_and_to_no_other(
    election: tuple[Contest, tuple[int, ...]],
) -> None:
    contest, votes = election
    assert set(drawn_outcomes(contest, votes)) == possible_outcomes(contest, votes)


@given(elections, st.randoms(use_true_random=False))
def test_everybody_has_one_place_and_every_lot_matters(
    election: tuple[Contest, tuple[int, ...]], random: Random
) -> None:
    contest, votes = election
    number = {each.id: count for each, count in zip(contest.candidates, votes, strict=True)}
    lots: tuple[Lot, ...] = ()
    while isinstance(outcome := result(contest, *votes, lots=lots), LotsRequired):
        assert len({number[each] for each in outcome.tied}) == 1
        assert number[outcome.tied[0]] == outcome.votes
        assert 0 < outcome.to_choose <= len(outcome.tied)
        drawn = [(*lots, lot(outcome.boundary, *order)) for order in permutations(outcome.tied)]
        assert len({oracle for each in drawn for oracle in drawn_outcomes(contest, votes, each)}) > 1
        lots = (*lots, lot(outcome.boundary, *random.sample(outcome.tied, len(outcome.tied))))
    places = [*outcome.elected, *outcome.alternates, *outcome.others]
    assert sorted(place.candidate for place in places) == sorted(number)
    assert [place.votes for place in places] == sorted(votes, reverse=True)
    assert len(outcome.elected) + outcome.vacant_seats == contest.seats
    assert len(outcome.alternates) + outcome.vacant_alternates == contest.alternates
    assert {place.candidate for place in places if place.by_lot} == {each for drawn in lots for each in drawn.order}
    assert result(contest, *votes, lots=lots) == outcome
    assert result(contest, *votes, lots=lots[::-1]) == outcome


@given(elections, st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_on_the_ballot_does_not_matter(
    election: tuple[Contest, tuple[int, ...]], random: Random
) -> None:
    contest, votes = election
    order = random.sample(range(len(votes)), len(votes))
    shuffled = replace(contest, candidates=tuple(contest.candidates[place] for place in order))
    first, second = result(contest, *votes), result(shuffled, *(votes[place] for place in order))
    if isinstance(first, Completed):
        assert isinstance(second, Completed)
        assert summary(contest, first) == summary(shuffled, second)
    else:
        assert isinstance(second, LotsRequired)
        assert replace(first, tied=tuple(sorted(first.tied))) == replace(second, tied=tuple(sorted(second.tied)))


# ------------------------------------------------------------------------------------------------------ by example

FOUR = contest_of(4, 1, 1)


def test_a_tie_at_the_last_seat_asks_for_a_lot_that_also_settles_the_alternate() -> None:
    assert result(FOUR, 5, 5, 1, 0) == LotsRequired(
        boundary=Boundary.SEAT, tied=(CandidateId("c0"), CandidateId("c1")), votes=5, to_choose=1
    )
    outcome = result(FOUR, 5, 5, 1, 0, lots=(lot(Boundary.SEAT, "c1", "c0"),))
    assert isinstance(outcome, Completed)
    assert [(place.candidate, place.by_lot) for place in (*outcome.elected, *outcome.alternates)] == [
        ("c1", True),
        ("c0", True),
    ]


def test_a_tie_across_both_boundaries_is_one_lot() -> None:
    outcome = result(FOUR, 5, 5, 5, 5, lots=(lot(Boundary.SEAT, "c3", "c1", "c0", "c2"),))
    assert isinstance(outcome, Completed)
    assert summary(FOUR, outcome) == (frozenset({"c3"}), frozenset({"c1"}))


def test_a_tie_at_the_last_alternate_asks_for_a_lot() -> None:
    assert result(FOUR, 9, 2, 2, 2) == LotsRequired(
        boundary=Boundary.ALTERNATE, tied=tuple(map(CandidateId, ("c1", "c2", "c3"))), votes=2, to_choose=1
    )


def test_two_ties_are_two_lots_one_after_the_other() -> None:
    contest = contest_of(6, 1, 3)
    votes = (7, 7, 7, 1, 1, 0)
    seat = lot(Boundary.SEAT, "c2", "c0", "c1")
    asked = result(contest, *votes, lots=(seat,))
    assert isinstance(asked, LotsRequired)
    assert (asked.boundary, asked.tied) == (Boundary.ALTERNATE, ("c3", "c4"))
    outcome = result(contest, *votes, lots=(seat, lot(Boundary.ALTERNATE, "c4", "c3")))
    assert isinstance(outcome, Completed)
    assert summary(contest, outcome) == (frozenset({"c2"}), frozenset({"c0", "c1", "c4"}))


@pytest.mark.parametrize("votes", [(5, 5, 1, 0), (5, 4, 1, 1), (0, 0, 0, 0)])
def test_a_tie_on_which_nothing_depends_needs_no_lot(votes: tuple[int, ...]) -> None:
    contest = contest_of(4, 2, 0) if votes[0] else contest_of(4, 4, 2)
    assert isinstance(result(contest, *votes), Completed)


def test_a_tie_among_alternates_needs_a_lot_only_where_the_mandate_ranks_them() -> None:
    assert isinstance(result(contest_of(4, 1, 2), 9, 3, 3, 0), Completed)
    asked = result(contest_of(4, 1, 2, ranked=True), 9, 3, 3, 0)
    assert isinstance(asked, LotsRequired)
    assert (asked.boundary, asked.to_choose) == (Boundary.ALTERNATE_ORDER, 2)


def test_fewer_candidates_than_seats_leave_seats_and_all_alternates_vacant() -> None:
    outcome = result(contest_of(2, 4, 3), 1, 0)
    assert isinstance(outcome, Completed)
    assert (len(outcome.elected), outcome.vacant_seats, outcome.vacant_alternates) == (2, 2, 3)
    assert not outcome.others


@pytest.mark.parametrize(
    ("votes", "lots", "code"),
    [
        ((5, 5, 1, 0), [("seat", "c0", "c2")], "lot-people"),
        ((5, 5, 1, 0), [("seat", "c0")], "lot-people"),
        ((5, 5, 1, 0), [("seat", "c0", "c1", "c2")], "lot-people"),
        ((5, 5, 1, 0), [("seat", "c0", "x")], "lot-people"),
        ((5, 5, 1, 0), [("seat",)], "lot-people"),
        ((5, 5, 1, 0), [("seat", "c0", "c1", "c1")], "lot-twice"),
        ((5, 5, 1, 0), [("seat", "c0", "c1"), ("seat", "c1", "c0")], "lot-twice"),
        ((5, 5, 1, 0), [("seat", "c0", "c1"), ("seat", "c2", "c3")], "lot-not-asked"),
        ((5, 5, 1, 0), [("seat", "c0", "c1"), ("alternate", "c0", "c1")], "lot-not-asked"),
        ((5, 5, 1, 0), [("alternate", "c0", "c1")], "lot-not-asked"),
        ((5, 4, 1, 0), [("seat", "c0", "c1")], "lot-not-asked"),
        ((5, 2, 2, 0), [("seat", "c1", "c2")], "lot-not-asked"),
        ((5, 2, 2, 0), [("alternate-order", "c1", "c2")], "lot-not-asked"),
        ((5, 2, 2, 0), [("alternate", "c1", "c3")], "lot-people"),
    ],
)
def test_a_lot_between_others_twice_or_not_asked_for_is_refused(
    votes: tuple[int, ...], lots: list[tuple[str, ...]], code: str
) -> None:
    with pytest.raises(ResultError) as caught:
        result(FOUR, *votes, lots=tuple(lot(Boundary(place), *people) for place, *people in lots))
    assert caught.value.code == code


def test_the_counts_of_the_tally_are_taken_apart() -> None:
    assert vote_counts(FOUR, (3, 1, 2, 0, 4)) == VoteCounts(blank=3, votes=(1, 2, 0, 4))
    no_blank = replace(FOUR, blank_allowed=False)
    assert vote_counts(no_blank, (1, 2, 0, 4)) == VoteCounts(blank=0, votes=(1, 2, 0, 4))
    for contest, counts in ((FOUR, (1, 2, 0, 4)), (no_blank, (3, 1, 2, 0, 4)), (FOUR, ()), (no_blank, ())):
        with pytest.raises(ResultError, match="numbers of votes"):
            vote_counts(contest, counts)


@pytest.mark.parametrize("votes", [(), (1, 2, 3), (1, 2, 3, 4, 5)])
def test_as_many_counts_as_candidates_are_needed(votes: tuple[int, ...]) -> None:
    with pytest.raises(ResultError, match="numbers of votes"):
        result(FOUR, *votes)
