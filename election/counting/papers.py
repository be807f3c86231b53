"""Papers as the rules of counting read them: equal papers are one entry, and the order of entries means nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

from election.counting.marks import InvalidReason
from election.errors import ResultError
from election.ids import CandidateId


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPapers:
    """Papers that rank candidates: a ranking, as places in ``candidates`` from the first preference on, and how many.

    The empty ranking stands for papers that name nobody. ``candidates`` stand in the order of the ballot. ``written``
    holds the rankings as one text, in the order of ``rankings``: a letter for each place, ``between`` behind each but
    the last. Millions of papers are looked through and sorted as text many times as fast as one by one.

    ``invalid`` holds papers that count for nobody, by the reason.

    Raises:
        ResultError: A candidate comes twice; a ranking names one that does not stand, or one twice; a ranking stands
            on less than one paper (codes papers-candidate-twice, papers-unknown, papers-twice, papers-number).
    """

    candidates: tuple[CandidateId, ...]
    rankings: Mapping[tuple[int, ...], int]
    invalid: Mapping[InvalidReason, int] = field(default_factory=dict)
    written: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(set(self.candidates)) != len(self.candidates):
            raise ResultError("papers-candidate-twice")
        object.__setattr__(self, "written", _written(self.rankings, len(self.candidates)))
        if min(self.rankings.values(), default=1) < 1 or min(self.invalid.values(), default=0) < 0:
            raise ResultError("papers-number")

    @classmethod
    def of(cls, candidates: Iterable[CandidateId], papers: Iterable[tuple[int, ...]]) -> Self:
        """The papers one by one.

        Raises:
            ResultError: See above.
        """
        return cls(candidates=tuple(candidates), rankings=Counter(papers))

    @property
    def between(self) -> str:
        """What stands between two rankings in ``written``: the letter after that of the last place."""
        return chr(len(self.candidates))

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
        rankings: Counter[tuple[int, ...]] = Counter()
        for ranking, papers in self.rankings.items():
            rankings[tuple(place for place in ranking if place not in left)] += papers
        return RankedPapers(candidates=self.candidates, rankings=rankings, invalid=self.invalid)


_BYTES = 256  # the quick way to write places takes those that fit into a byte


def _written(rankings: Collection[tuple[int, ...]], candidates: int) -> str:
    """The rankings as one text, if each place on them is that of a candidate, and none twice on a paper.

    Raises:
        ResultError: One is not (codes papers-unknown, papers-twice).
    """
    between = chr(candidates)
    try:
        if candidates < _BYTES:
            text = between.encode("latin-1").join(map(bytes, rankings)).decode("latin-1")
        else:
            text = between.join("".join(map(chr, ranking)) for ranking in rankings)
    except (ValueError, OverflowError) as beyond_letters:
        raise ResultError("papers-unknown") from beyond_letters
    # The place after the last would look like one ranking more.
    if text.count(between) > max(0, len(rankings) - 1) or text.translate(dict.fromkeys(range(candidates + 1))):
        raise ResultError("papers-unknown")
    no_border = f"[^{re.escape(between)}]"
    if re.search(rf"({no_border}){no_border}*\1", text):
        raise ResultError("papers-twice")
    return text
