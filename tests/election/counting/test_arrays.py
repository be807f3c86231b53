"""Papers sorted with numpy: the same papers in the same piles, so the same bytes of every result and trail."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.counting import piles
from election.counting.arrays import ArrayPile
from election.counting.lots import LotsRequired, decide
from election.counting.outcome import Completed
from election.counting.papers import PapersApart, RankedPapers
from election.counting.piles import TextPile, pile_of
from election.counting.results import result_document, result_json
from election.counting.stv.count import StvRule, elect_by_transfer, refill_seat
from election.errors import ResultError
from election.ids import CandidateId
from tests.election.counting.ranked import RULES, LotsByName, Ranking, elections, every_paper, names, random_election

ELECTIONS = 1_000
COUNTED_IN_STAGES = (StvRule.SCOTTISH, StvRule.GREGORY)


@contextmanager
def many_are(papers: int) -> Iterator[None]:
    """From so many rankings on numpy sorts them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(piles, "MANY", papers)
        yield


def with_numpy(papers: RankedPapers, *, apart: bool) -> RankedPapers:
    with many_are(0):
        if apart:
            again = RankedPapers.of(papers.candidates, every_paper(papers))
            assert isinstance(again.rankings, PapersApart)
        else:
            again = RankedPapers(candidates=papers.candidates, rankings=papers.rankings)
    assert isinstance(again.pile, ArrayPile)
    assert isinstance(papers.pile, TextPile)
    assert again == papers
    return again


def outcomes(
    papers: RankedPapers, rule: StvRule, seats: int, alternates: int, gone: set[CandidateId]
) -> tuple[Completed, *tuple[Completed | LotsRequired, ...]]:
    """A count with lots, the same without, and who follows the first elected."""
    drawn = elect_by_transfer(papers, LotsByName(), rule=rule, seats=seats, alternates=alternates, gone=gone)
    asked = decide(
        lambda lots: elect_by_transfer(papers, lots, rule=rule, seats=seats, alternates=alternates, gone=gone)
    )
    if not drawn.elected:
        return drawn, asked
    elected = [each.candidate for each in drawn.elected]
    return drawn, asked, refill_seat(papers, LotsByName(), rule=rule, elected=elected, leaving=elected[0], gone=gone)


def as_bytes(outcome: Completed | LotsRequired) -> bytes:
    """The result as it is published, the trail in it."""
    everybody = {each: each for each in names(9)}
    return result_json(result_document(outcome, title="", rule="any", seats=1, names=everybody))


def test_many_elections_give_the_same_outcome_and_trail_with_numpy_and_without() -> None:
    chance = Random(20261122)
    kinds: Counter[type[Completed | LotsRequired]] = Counter()
    for number in range(ELECTIONS):
        papers, seats = random_election(chance, most_candidates=9, most=chance.choice((2, 30)))
        gone = {each for each in papers.candidates if chance.random() < 0.1}
        rule, alternates = COUNTED_IN_STAGES[number % 2], chance.randint(0, 2)
        quick = with_numpy(papers, apart=number % 3 == 0)
        with many_are(0):  # those without the gone are sorted with numpy too
            of_arrays = outcomes(quick, rule, seats, alternates, gone)
        of_texts = outcomes(papers, rule, seats, alternates, gone)
        assert of_arrays == of_texts
        assert of_arrays[0].trail == of_texts[0].trail
        kinds += Counter(map(type, of_texts))
        if number % 50 == 0:
            assert [*map(as_bytes, of_arrays)] == [*map(as_bytes, of_texts)]
    assert min(kinds[Completed], kinds[LotsRequired]) > ELECTIONS // 10


@settings(max_examples=50)
@given(st.sampled_from(RULES), elections(), st.integers(0, 2), st.sets(st.sampled_from(names(6)), max_size=2))
def test_every_rule_gives_the_same_bytes_with_numpy_and_without(
    rule: StvRule, election: tuple[RankedPapers, int], alternates: int, gone: set[CandidateId]
) -> None:
    papers, seats = election
    gone &= set(papers.candidates)
    expected = [*map(as_bytes, outcomes(papers, rule, seats, alternates, gone))]
    for apart in (True, False):
        quick = with_numpy(papers, apart=apart)
        with many_are(0):
            assert [*map(as_bytes, outcomes(quick, rule, seats, alternates, gone))] == expected


def sorted_through(pile: piles.Pile, orders: list[list[int]]) -> list[object]:
    """Every pile there comes, when piles are sorted again and again and laid together."""
    told: list[object] = []
    passed: list[int] = []
    held = dict(pile.sort(()))
    for order in orders:
        passed = [*passed, *order]
        for source in order:
            for place, moved in held.pop(source).sort(passed) if source in held else ():
                told.append((source, place, moved.papers))
                if place in held:
                    held[place].add(moved)
                else:
                    held[place] = moved
        told.append([(place, each.papers) for place, each in sorted(held.items())])
    return told


@pytest.mark.parametrize("candidates", [1, 2, 31, 32, 33, 64, 65, 200, 254, 255])
def test_whatever_the_number_of_candidates_the_piles_are_the_same(candidates: int) -> None:
    chance = Random(candidates)
    rankings: Counter[Ranking] = Counter()
    for _ in range(400):
        ranking = tuple(chance.sample(range(candidates), chance.randint(0, min(candidates, 12))))
        rankings[ranking] += chance.choice((1, 2, 10**12))
    everybody = [*range(candidates)]
    chance.shuffle(everybody)
    orders = [everybody[start : start + 1 + candidates // 5] for start in range(0, candidates, 1 + candidates // 5)]
    numbers = [*rankings.values()]
    both = [sorted_through(kind.of(rankings, numbers, candidates), orders) for kind in (TextPile, ArrayPile)]
    assert both[0] == both[1]


@pytest.mark.parametrize("candidates", [3, 32, 33, 64, 100, 255])
@pytest.mark.parametrize("kind", [TextPile, ArrayPile])
def test_a_paper_that_cannot_be_is_found_among_many(kind: type[TextPile | ArrayPile], candidates: int) -> None:
    last = candidates - 1
    good = [(0, last), (last, 1, 0), (), (1,)] * 20_000  # more than are looked through at once
    numbers = [1] * (len(good) + 1)
    assert kind.of([*good, ()], numbers, candidates).papers == len(numbers)
    for place in (0, 50_000, len(good)):
        for code, odd in (
            ("papers-twice", (last, 0, last)),
            ("papers-twice", (last, last)),
            ("papers-twice", (0,) * 300),
            ("papers-unknown", (0, candidates)),
            ("papers-unknown", (-1,)),
            ("papers-unknown", (256,)),
            ("papers-unknown", (10**30,)),
        ):
            with pytest.raises(ResultError) as refused:
                kind.of([*good[:place], odd, *good[place:]], numbers, candidates)
            assert refused.value.code == code


def test_few_papers_or_too_many_candidates_or_papers_are_sorted_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [(place % 3,) for place in range(piles.MANY)]
    assert isinstance(pile_of(many, [1] * len(many), 255), ArrayPile)
    assert isinstance(pile_of(many[1:], [1] * (len(many) - 1), 255), TextPile)
    assert isinstance(pile_of(many, [1] * len(many), 256), TextPile)
    assert isinstance(pile_of(many, [2**62, 2**62, *[1] * (len(many) - 2)], 255), TextPile)
    assert isinstance(RankedPapers.of(names(3), many).pile, ArrayPile)
    monkeypatch.setitem(sys.modules, "numpy", None)  # as where it is not installed
    alone = RankedPapers.of(names(3), many)
    assert isinstance(alone.pile, TextPile)
    assert alone.number == len(many)


def test_papers_apart_are_put_together_when_somebody_asks() -> None:
    papers = PapersApart([(0, 1), (1,), (0, 1), ()])
    assert papers == {(0, 1): 2, (1,): 1, (): 1} == dict(papers)
    assert (papers.get((1, 0)), (1, 0) in papers, len(papers)) == (None, False, 3)


def test_a_count_of_many_papers_is_the_same_however_they_come() -> None:
    chance = Random(1)
    camps = [chance.sample(range(12), 12) for _ in range(4)]
    each = []
    for _ in range(piles.MANY + 2_000):
        order = list(chance.choice(camps))
        one, other = chance.randrange(12), chance.randrange(12)
        order[one], order[other] = order[other], order[one]
        each.append(tuple(order[: chance.randint(0, 12)]))
    apart = RankedPapers.of(names(12), each)
    together = RankedPapers(candidates=names(12), rankings=Counter(each))
    assert (type(apart.pile), type(together.pile)) == (ArrayPile, TextPile)
    for rule in COUNTED_IN_STAGES:
        of_arrays, of_texts = (
            elect_by_transfer(papers, LotsByName(), rule=rule, seats=5) for papers in (apart, together)
        )
        assert of_arrays == of_texts
        assert of_arrays.trail == of_texts.trail
