"""Papers as the rules of counting read them: equal papers are one entry, and the order of entries means nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from election.counting.marks import InvalidReason
from election.counting.piles import Pile, Ranking, pile_of, sorts_quickly
from election.errors import ResultError
from election.ids import CandidateId


class PapersApart(Mapping[Ranking, int]):
    """Papers one by one; which of them are equal is found out when somebody asks."""

    def __init__(self, papers: Iterable[Ranking]) -> None:
        self.papers = tuple(papers)

    @cached_property
    def _together(self) -> dict[Ranking, int]:
        return dict(Counter(self.papers))

    def __getitem__(self, ranking: Ranking) -> int:
        return self._together[ranking]

    def __iter__(self) -> Iterator[Ranking]:
        return iter(self._together)

    def __len__(self) -> int:
        return len(self._together)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPapers:
    """Papers that rank candidates: a ranking, as places in ``candidates`` from the first preference on, and how many.

    The empty ranking stands for papers that name nobody. ``candidates`` stand in the order of the ballot. ``pile``
    holds the same papers for a count that sorts them. ``invalid`` holds papers that count for nobody, by the reason.

    Raises:
        ResultError: A candidate comes twice; a ranking names one that does not stand, or one twice; a ranking stands
            on less than one paper (codes papers-candidate-twice, papers-unknown, papers-twice, papers-number).
    """

    candidates: tuple[CandidateId, ...]
    rankings: Mapping[Ranking, int]
    invalid: Mapping[InvalidReason, int] = field(default_factory=dict)
    pile: Pile = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(set(self.candidates)) != len(self.candidates):
            raise ResultError("papers-candidate-twice")
        each: Collection[Ranking] = self.rankings
        numbers: Sequence[int]
        if isinstance(self.rankings, PapersApart):
            each = self.rankings.papers
            numbers = memoryview(b"\1" * len(each))
        else:
            numbers = [*self.rankings.values()]
            if min(numbers, default=1) < 1:
                raise ResultError("papers-number")
        if min(self.invalid.values(), default=0) < 0:
            raise ResultError("papers-number")
        object.__setattr__(self, "pile", pile_of(each, numbers, len(self.candidates)))

    @classmethod
    def of(cls, candidates: Iterable[CandidateId], papers: Iterable[Ranking]) -> Self:
        """The papers one by one.

        Raises:
            ResultError: See above.
        """
        papers = tuple(papers)
        # Finding equal papers takes longer than to sort very many twice.
        return cls(
            candidates=tuple(candidates),
            rankings=PapersApart(papers) if sorts_quickly(len(papers)) else Counter(papers),
        )

    @property
    def number(self) -> int:
        """How many papers there are: valid, blank and invalid ones."""
        return sum(self.rankings.values()) + sum(self.invalid.values())

    @property
    def valid(self) -> int:
        """How many papers count for somebody."""
        return sum(self.rankings.values()) - self.blank

    @property
    def blank(self) -> int:
        """How many papers name nobody."""
        return self.rankings.get((), 0)

    def without(self, gone: Collection[CandidateId]) -> RankedPapers:
        """The same papers as if those who are gone had not been on them: everybody behind them moves up."""
        left = {place for place, candidate in enumerate(self.candidates) if candidate in gone}
        if not left:
            return self
        rankings: Counter[Ranking] = Counter()
        for ranking, papers in self.rankings.items():
            rankings[tuple(place for place in ranking if place not in left)] += papers
        return RankedPapers(candidates=self.candidates, rankings=rankings, invalid=self.invalid)
