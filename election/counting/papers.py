"""Papers as the rules of counting read them: equal papers are one entry, and the order of entries means nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

from election.errors import ResultError
from election.ids import CandidateId


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPapers:
    """Papers that rank candidates: a ranking, as places in ``candidates`` from the first preference on, and how many.

    The empty ranking stands for papers that name nobody. ``candidates`` stand in the order of the ballot.

    Raises:
        ResultError: A candidate comes twice; a ranking names one that does not stand, or one twice; a ranking stands
            on less than one paper (codes papers-candidate-twice, papers-unknown, papers-twice, papers-number).
    """

    candidates: tuple[CandidateId, ...]
    rankings: Mapping[tuple[int, ...], int]

    def __post_init__(self) -> None:
        if len(set(self.candidates)) != len(self.candidates):
            raise ResultError("papers-candidate-twice")
        # All at once: a loop over a million rankings would take as long as the count.
        if not set(chain.from_iterable(self.rankings)) <= set(range(len(self.candidates))):
            raise ResultError("papers-unknown")
        if any(map(int.__ne__, map(len, self.rankings), map(len, map(frozenset, self.rankings)))):
            raise ResultError("papers-twice")
        if min(self.rankings.values(), default=1) < 1:
            raise ResultError("papers-number")

    @classmethod
    def of(cls, candidates: Iterable[CandidateId], papers: Iterable[tuple[int, ...]]) -> Self:
        """The papers one by one.

        Raises:
            ResultError: See above.
        """
        return cls(candidates=tuple(candidates), rankings=Counter(papers))

    @property
    def number(self) -> int:
        """How many papers there are, also those that name nobody."""
        return sum(self.rankings.values())

    @property
    def blank(self) -> int:
        """How many papers name nobody."""
        return self.rankings.get((), 0)

    def without(self, gone: Collection[CandidateId]) -> RankedPapers:
        """The same papers as if those who are gone had not been on them: everybody behind them moves up."""
        left = {place for place, candidate in enumerate(self.candidates) if candidate in gone}
        if not left:
            return self
        rankings: Counter[tuple[int, ...]] = Counter()
        for ranking, papers in self.rankings.items():
            rankings[tuple(place for place in ranking if place not in left)] += papers
        return RankedPapers(candidates=self.candidates, rankings=rankings)
