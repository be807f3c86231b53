"""A lot is asked for only where the outcome depends on it, and goes in only where it was asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.counting.lots import Boundary, DrawnLots, Lot, LotsRequired, decide, seeded_lot
from election.counting.most_votes import elect_by_votes
from election.counting.outcome import Completed, Place
from election.errors import ResultError
from election.ids import CandidateId

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)


def ids(letters: str) -> tuple[CandidateId, ...]:
    return tuple(map(CandidateId, letters))


def by_hand(boundary: Boundary, order: str, at: str = "") -> Lot:
    return Lot(
        boundary=boundary,
        order=ids(order),
        method="slips in a bowl",
        drawn_by="the chair",
        witnesses=("a", "b"),
        drawn_at=NOW,
        at=at,
    )


def completed(elected: Sequence[CandidateId], alternates: Sequence[CandidateId] = ()) -> Completed:
    def places(people: Sequence[CandidateId]) -> tuple[Place, ...]:
        return tuple(Place(candidate=each, votes=1, by_lot=False) for each in people)

    return Completed(
        elected=places(elected), alternates=places(alternates), others=(), vacant_seats=0, vacant_alternates=0
    )


def leaves_out_twice(drawn: DrawnLots) -> Completed:
    """Of four tied people one is left out, then one more: who is elected depends on both lots."""
    first, *rest = drawn.order(Boundary.EXCLUSION, ids("abcd"), votes=1, at="step 1")
    second, *last = drawn.order(Boundary.EXCLUSION, sorted(rest), votes=1, at="step 2")
    assert first != second
    return completed(sorted(last))


def leaves_out_all_losers(drawn: DrawnLots) -> Completed:
    """Whoever of c and d goes first, a and b are elected."""
    drawn.order(Boundary.EXCLUSION, ids("cd"), votes=1, at="step 1")
    return completed(ids("ab"))


def test_a_tie_on_which_nothing_depends_needs_no_lot() -> None:
    outcome = decide(leaves_out_all_losers)
    assert isinstance(outcome, Completed)
    assert [place.candidate for place in outcome.elected] == list("ab")


def test_each_lot_on_which_the_outcome_depends_is_asked_for_in_its_turn() -> None:
    first = decide(leaves_out_twice)
    assert first == LotsRequired(boundary=Boundary.EXCLUSION, tied=ids("abcd"), votes=1, to_choose=1, at="step 1")
    lot = by_hand(Boundary.EXCLUSION, "dabc", "step 1")
    second = decide(leaves_out_twice, [lot])
    assert second == LotsRequired(boundary=Boundary.EXCLUSION, tied=ids("abc"), votes=1, to_choose=1, at="step 2")
    outcome = decide(leaves_out_twice, [lot, by_hand(Boundary.EXCLUSION, "bca", "step 2")])
    assert isinstance(outcome, Completed)
    assert [place.candidate for place in outcome.elected] == list("ac")


def test_a_lot_matters_when_only_a_later_lot_shows_it() -> None:
    def count(drawn: DrawnLots) -> Completed:
        first = drawn.order(Boundary.SURPLUS, ids("ab"), votes=3, at="step 1")[0]
        if first == "a":
            return completed(ids("ab"))
        return completed((*ids("a"), drawn.order(Boundary.EXCLUSION, ids("bc"), votes=1, at="step 2")[0]))

    outcome = decide(count)
    assert isinstance(outcome, LotsRequired)
    assert outcome.boundary is Boundary.SURPLUS


def test_the_order_of_alternates_is_part_of_the_outcome() -> None:
    def count(drawn: DrawnLots) -> Completed:
        return completed(
            ids("x"), drawn.order(Boundary.ALTERNATE_ORDER, ids("abc"), votes=2, to_choose=3, whole_order=True)
        )

    assert isinstance(decide(count), LotsRequired)


WRONG: dict[str, tuple[Callable[[DrawnLots], Completed], list[Lot], str]] = {
    "a lot for a tie without effect": (
        leaves_out_all_losers,
        [by_hand(Boundary.EXCLUSION, "dc", "step 1")],
        "lot-not-asked",
    ),
    "a lot for another kind of place": (
        leaves_out_twice,
        [by_hand(Boundary.SURPLUS, "abcd", "step 1")],
        "lot-not-asked",
    ),
    "a lot at another step": (leaves_out_twice, [by_hand(Boundary.EXCLUSION, "abcd", "step 7")], "lot-not-asked"),
    "a lot between other people": (leaves_out_twice, [by_hand(Boundary.EXCLUSION, "abc", "step 1")], "lot-people"),
    "a later lot than is asked for": (
        leaves_out_twice,
        [by_hand(Boundary.EXCLUSION, "dabc", "step 1"), by_hand(Boundary.EXCLUSION, "ab", "step 3")],
        "lot-not-asked",
    ),
    "a lot too many at the end": (
        lambda drawn: elect_by_votes(dict.fromkeys(ids("ab"), 1), drawn, seats=2),
        [by_hand(Boundary.SEAT, "ab")],
        "lot-not-asked",
    ),
    "the same lot twice": (
        leaves_out_twice,
        [by_hand(Boundary.EXCLUSION, "dabc", "step 1"), by_hand(Boundary.EXCLUSION, "abcd", "step 1")],
        "lot-twice",
    ),
    "a person twice in a lot": (leaves_out_twice, [by_hand(Boundary.EXCLUSION, "abcda", "step 1")], "lot-twice"),
}


@pytest.mark.parametrize(("count", "lots", "code"), WRONG.values(), ids=WRONG.keys())
def test_a_lot_that_was_not_asked_for_is_refused(
    count: Callable[[DrawnLots], Completed], lots: list[Lot], code: str
) -> None:
    with pytest.raises(ResultError) as caught:
        decide(count, lots)
    assert caught.value.code == code


def required(tied: str = "abcd", at: str = "step 1") -> LotsRequired:
    return LotsRequired(boundary=Boundary.EXCLUSION, tied=ids(tied), votes=1, to_choose=1, at=at)


def test_a_seed_gives_the_order_that_the_recipe_on_paper_gives() -> None:
    lot = seeded_lot(required(), seed="Lotto 2026-11-21: 3 7 12", drawn_by="the board", witnesses=(), drawn_at=NOW)
    texts = {each: f"Lotto 2026-11-21: 3 7 12/exclusion step 1/1/{each}" for each in "abcd"}
    assert lot.order == tuple(sorted("abcd", key=lambda each: hashlib.sha256(texts[each].encode()).hexdigest()))
    assert isinstance(decide(leaves_out_twice, [lot]), LotsRequired)  # accepted, and the next lot is asked for


def test_an_order_that_does_not_follow_from_its_seed_is_refused() -> None:
    lot = seeded_lot(required(), seed="3 7 12", drawn_by="the board", witnesses=(), drawn_at=NOW)
    for order in permutations(lot.order):
        if order != lot.order:
            with pytest.raises(ResultError) as caught:
                decide(leaves_out_twice, [replace(lot, order=order)])
            assert caught.value.code == "lot-seed-order"


def test_a_seed_that_shows_nothing_is_refused() -> None:
    with pytest.raises(ResultError) as caught:
        seeded_lot(required(), seed="  ", drawn_by="the board", witnesses=(), drawn_at=NOW)
    assert caught.value.code == "lot-seed-unusable"


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.integers(1, 4), st.data())
def test_whoever_is_gone_leaves_the_place_to_the_next_as_if_they_had_never_stood(
    numbers: list[int], seats: int, data: st.DataObject
) -> None:
    votes = {CandidateId(f"c{place}"): number for place, number in enumerate(numbers)}
    gone = data.draw(st.sets(st.sampled_from(sorted(votes))))
    without = {candidate: number for candidate, number in votes.items() if candidate not in gone}
    outcome = decide(lambda drawn: elect_by_votes(votes, drawn, seats=seats, alternates=2, gone=gone))
    expected = decide(lambda drawn: elect_by_votes(without, drawn, seats=seats, alternates=2))
    if isinstance(expected, LotsRequired):
        assert outcome == expected
    else:
        assert isinstance(outcome, Completed)
        assert (outcome.elected, outcome.alternates) == (expected.elected, expected.alternates)
        assert {place.candidate for place in outcome.others} >= gone
        assert {step.total for step in outcome.trail} == {sum(numbers)}
