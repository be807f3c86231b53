"""The piles of ``piles`` with numpy, for very many papers: the same papers in the same piles, many times as fast.

Whole numbers only. All rankings stand in one array of bytes; a paper is where on it its first candidate left stands,
and sorting a pile moves that on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Self

import numpy as np
import numpy.typing as npt

from election.counting.piles import Ranking
from election.errors import ResultError

_CHUNK = 2**13  # papers looked through at once: what is worked out of them stays in the cache
_BITS = 32  # candidates looked for at once: the sum of a paper of 255 letters stays below 2**64


class ArrayPile:
    """Papers by where they stand in ``letters``, and how many are alike."""

    __slots__ = ("_at", "_border", "_letters", "_numbers", "papers")

    def __init__(
        self,
        letters: npt.NDArray[np.uint8],
        border: int,
        at: npt.NDArray[np.intp],
        numbers: npt.NDArray[np.integer],
        papers: int,
    ) -> None:
        self._letters = letters
        self._border = border
        self._at = [at]
        self._numbers = [numbers]
        self.papers = papers

    @classmethod
    def of(cls, rankings: Collection[Ranking], numbers: Sequence[int], candidates: int) -> Self:
        """One pile of all papers: fewer than 2**63, of fewer than 256 candidates.

        Raises:
            ResultError: A place is not that of a candidate, or comes twice on a paper (codes papers-unknown,
                papers-twice).
        """
        sizes = np.fromiter(map(len, rankings), np.intp, len(rankings))
        borders = np.cumsum(sizes + 1) - 1
        try:
            places = np.frombuffer(bytearray(chain.from_iterable(rankings)), np.uint8)
        except ValueError as beyond_bytes:
            raise ResultError("papers-unknown") from beyond_bytes
        if places.size and places.max() >= candidates:
            raise ResultError("papers-unknown")
        letters = np.full(places.size + sizes.size, candidates, np.uint8)
        between = np.zeros(letters.size, np.bool_)
        between[borders] = True
        letters[~between] = places
        if _has_twice(letters, borders, candidates):
            raise ResultError("papers-twice")
        of_each = np.array(numbers)
        return cls(letters, candidates, borders - sizes, of_each, int(of_each.sum(dtype=np.int64)))

    def add(self, other: Self) -> None:
        """Lay another pile on this one."""
        self._at += other._at
        self._numbers += other._numbers
        self.papers += other.papers

    def sort(self, passed_over: Collection[int]) -> Iterable[tuple[int, Self]]:
        """See ``Pile``."""
        at, numbers = np.concatenate(self._at), np.concatenate(self._numbers)
        passed = np.zeros(self._border + 1, np.bool_)
        passed[[*passed_over]] = True
        at += passed[self._letters[at]]  # most move at least once
        first = self._letters[at]
        moving = moved = np.flatnonzero(passed[first])
        while moving.size:
            at[moving] += 1
            moving = moving[passed[self._letters[at[moving]]]]
        first[moved] = self._letters[at[moved]]
        order = np.argsort(first, kind="stable")
        at, numbers = at[order], numbers[order]
        ends = np.bincount(first, minlength=self._border + 1).cumsum()
        papers = numbers.cumsum(dtype=np.int64)
        start = before = 0
        for place, end in enumerate(ends[:-1].tolist()):
            if start < end:
                until = int(papers[end - 1])
                yield place, type(self)(self._letters, self._border, at[start:end], numbers[start:end], until - before)
                start, before = end, until


def _has_twice(letters: npt.NDArray[np.uint8], borders: npt.NDArray[np.intp], candidates: int) -> bool:
    """Whether a paper names somebody twice.

    Each candidate is a power of two. The sum of a paper has as many binary ones as the paper has letters, or fewer if
    one of them comes twice.
    """
    ones = 0
    for first in range(0, candidates, _BITS):
        few = min(_BITS, candidates - first)
        powers = np.zeros(candidates + 1, np.uint64)
        powers[first : first + few] = np.left_shift(np.uint64(1), np.arange(few, dtype=np.uint64))
        start = 0
        for some in range(0, borders.size, _CHUNK):
            ends = borders[some : some + _CHUNK] + 1
            sums = powers[letters[start : ends[-1]]].cumsum()[ends - start - 1]  # modulo 2**64, as is their difference
            ones += int(np.bitwise_count(np.diff(sums, prepend=np.uint64(0))).sum(dtype=np.int64))
            start = int(ends[-1])
    return ones < letters.size - borders.size
