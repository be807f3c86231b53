"""Ranked elections for the tests: at random, with lots that follow the names, and stage by stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from random import Random

from hypothesis import strategies as st

from election.counting.lots import Boundary, DrawnLots
from election.counting.outcome import Completed
from election.counting.papers import RankedPapers
from election.counting.stv.count import StvRule, elect_by_transfer
from election.counting.trail import Amount, Step
from election.ids import CandidateId

Ranking = tuple[int, ...]
RULES = tuple(StvRule)


class LotsByName(DrawnLots):
    """Every lot falls in the order of the names."""

    def order(  # type: ignore[no-untyped-def]
        self, boundary: Boundary, tied, *, votes: Amount, to_choose: int = 1, at: str = "", whole_order: bool = False
    ):
        assert len(tied) > 1
        assert 0 < to_choose < len(tied)
        return tuple(sorted(tied))


def names(number: int) -> tuple[CandidateId, ...]:
    return tuple(CandidateId(chr(ord("a") + place)) for place in range(number))


def papers_of(number: int, rankings: dict[Ranking, int]) -> RankedPapers:
    return RankedPapers(candidates=names(number), rankings=rankings)


def count(
    papers: RankedPapers, rule: StvRule, seats: int, *, alternates: int = 0, gone: Collection[str] = ()
) -> Completed:
    left = frozenset(map(CandidateId, gone))
    return elect_by_transfer(papers, LotsByName(), rule=rule, seats=seats, alternates=alternates, gone=left)


def elected(completed: Completed) -> set[str]:
    return {place.candidate for place in completed.elected}


def stages(completed: Completed) -> list[Step]:
    """How everybody stands at the end of each stage of the first count."""
    last: dict[int, Step] = {}
    for step in completed.trail:
        if step.code == "stv-alternate":
            break
        if step.standings and isinstance(stage := step.params["stage"], int):
            last[stage] = step
    return [last[stage] for stage in sorted(last)]


def random_election(random: Random, *, most_candidates: int = 7, most: int = 30) -> tuple[RankedPapers, int]:
    """Papers in a few camps, so that surpluses, long chains of preferences and exhausted papers all happen."""
    number = random.randint(2, most_candidates)
    camps = [random.sample(range(number), number) for _ in range(random.randint(1, 4))]
    rankings: Counter[Ranking] = Counter()
    for _ in range(random.randint(1, 14)):
        order = list(random.choice(camps))
        for _ in range(random.randint(0, 3)):
            one, other = random.randrange(number), random.randrange(number)
            order[one], order[other] = order[other], order[one]
        rankings[tuple(order[: random.randint(0 if random.random() < 0.1 else 1, number)])] += random.randint(1, most)
    return papers_of(number, dict(rankings)), random.randint(1, number)


@st.composite
def elections(draw: st.DrawFn, *, most_candidates: int = 6, most: int = 6) -> tuple[RankedPapers, int]:
    number = draw(st.integers(1, most_candidates))
    order = st.permutations(range(number)).flatmap(
        lambda all_of_them: st.integers(0, number).map(lambda length: tuple(all_of_them[:length]))
    )
    rankings = draw(st.dictionaries(order, st.integers(1, most), max_size=10))
    return papers_of(number, rankings), draw(st.integers(1, 4))


def every_paper(papers: RankedPapers) -> Sequence[Ranking]:
    return [ranking for ranking, number in papers.rankings.items() for _ in range(number)]
