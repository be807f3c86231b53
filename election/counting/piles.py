"""Papers that rank candidates, in piles that can be sorted: the rankings as one text, looked through as a whole.

``arrays`` does the same with numpy, for very many papers; ``pile_of`` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from importlib.util import find_spec
from typing import Protocol, Self

from election.errors import ResultError

Ranking = tuple[int, ...]  # places of candidates, from the first preference on

MANY = 10_000  # rankings: to import numpy for fewer takes longer than to sort them without
_NUMBERS = 2**63  # numpy's whole numbers end here
_BYTES = 256  # the quick way to write places takes those that fit into a byte


class Pile(Protocol):
    """Rankings, and on how many papers each of them stands."""

    @property
    def papers(self) -> int:
        """How many papers lie here."""

    def add(self, other: Self) -> None:
        """Lay another pile on this one."""

    def sort(self, passed_over: Collection[int]) -> Iterable[tuple[int, Self]]:
        """The papers by the first candidate who is not passed over, in the order of the ballot.

        Those that name nobody else are left out. Whoever is passed over once is so for good.
        """


def sorts_quickly(rankings: int) -> bool:
    """Whether there are so many rankings that numpy sorts them, and it is installed (an extra)."""
    return rankings >= MANY and find_spec("numpy") is not None


def pile_of(rankings: Collection[Ranking], numbers: Sequence[int], candidates: int) -> Pile:
    """One pile of all papers.

    Raises:
        ResultError: A place is not that of a candidate, or comes twice on a paper (codes papers-unknown,
            papers-twice).
    """
    if candidates < _BYTES and sorts_quickly(len(rankings)) and sum(numbers) < _NUMBERS:
        from election.counting.arrays import ArrayPile  # slow to import

        return ArrayPile.of(rankings, numbers, candidates)
    return TextPile.of(rankings, numbers, candidates)


class TextPile:
    """Rankings as pieces of text: a letter for each place, ``between`` from one ranking to the next."""

    __slots__ = ("_between", "_numbers", "_pieces")

    def __init__(self, between: str, pieces: list[str], numbers: list[int]) -> None:
        self._between = between
        self._pieces = pieces
        self._numbers = numbers

    @classmethod
    def of(cls, rankings: Collection[Ranking], numbers: Sequence[int], candidates: int) -> Self:
        """One pile of all papers.

        Raises:
            ResultError: A place is not that of a candidate, or comes twice on a paper (codes papers-unknown,
                papers-twice).
        """
        return cls(chr(candidates), [_written(rankings, candidates)], [*numbers])

    @property
    def papers(self) -> int:
        """How many papers lie here."""
        return sum(self._numbers)

    def add(self, other: Self) -> None:
        """Lay another pile on this one."""
        self._pieces += other._pieces
        self._numbers += other._numbers

    def sort(self, passed_over: Collection[int]) -> Sequence[tuple[int, Self]]:
        """See ``Pile``."""
        text = self._between.join(self._pieces)
        if passed_over:
            text = text.translate(dict.fromkeys(passed_over))
        places = range(ord(self._between))
        piles = [type(self)(self._between, [], []) for _ in places]
        put = {chr(place): (piles[place]._pieces.append, piles[place]._numbers.append) for place in places}
        # No ranking at all is the empty text too: then there are no papers either.
        for ranking, number in zip(text.split(self._between), self._numbers, strict=False):
            if ranking:
                put_ranking, put_number = put[ranking[0]]
                put_ranking(ranking)
                put_number(number)
        return [(place, pile) for place, pile in enumerate(piles) if pile._numbers]


def _written(rankings: Collection[Ranking], candidates: int) -> str:
    """The rankings as one text: millions of papers are looked through in it many times as fast as one by one."""
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
