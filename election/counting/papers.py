"""Papers as the rules of counting read them: equal papers are one entry, and the order of entries means nothing."""

from __future__ import annotations

import re
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
        _verify_places(self.rankings, len(self.candidates))
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


_BETWEEN = b"\xff"
_TWICE = re.compile(rb"([^\xff])[^\xff]*\1", re.DOTALL)


def _verify_places(rankings: Collection[tuple[int, ...]], candidates: int) -> None:
    """Refuse places that nobody has, and a place twice on a paper.

    A loop over a million rankings would take as long as their count: so where places fit into bytes, the rankings are
    written behind one another and looked through as one text.
    """
    if candidates < _BETWEEN[0]:
        try:
            written = _BETWEEN.join(map(bytes, rankings))
        except ValueError as beyond_bytes:
            raise ResultError("papers-unknown") from beyond_bytes
        # A place 255 would look like one ranking more.
        known = written.count(_BETWEEN) < max(1, len(rankings)) and not written.translate(
            None, bytes(range(candidates)) + _BETWEEN
        )
        twice = _TWICE.search(written) is not None
    else:
        known = set(chain.from_iterable(rankings)) <= set(range(candidates))
        twice = any(len(set(ranking)) < len(ranking) for ranking in rankings)
    if not known:
        raise ResultError("papers-unknown")
    if twice:
        raise ResultError("papers-twice")
