"""Papers in parcels of equal value, as officers sort them: whose they are now, and what each of them is worth.

A ranking is looked at only when its papers move, and then loses everybody on it who does not stand: whoever once was
passed over, being elected or excluded, never stands again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from election.counting.papers import RankedPapers
from election.counting.stv.board import Board
from election.counting.trail import Amount

Moved = tuple[int, int | None, int, Amount]  # from whom, to whom or nobody, papers, votes together


class _Pile:
    """Rankings of the same first candidate, as text (see ``RankedPapers.written``), and the papers of each."""

    __slots__ = ("papers", "rankings")

    def __init__(self) -> None:
        self.rankings: list[str] = []
        self.papers: list[int] = []


class Parcels:
    """The papers of one count, held by candidate and by value."""

    def __init__(self, papers: RankedPapers) -> None:
        self._all = papers
        self._held: list[dict[Amount, _Pile]] = [{} for _ in papers.candidates]

    def hand_out(self, board: Board) -> None:
        """The first stage: each paper goes to its first preference at the value of one vote (rule 45)."""
        for candidate, pile in enumerate(self._sorted(self._all.written, self._all.rankings.values())):
            if pile.papers:
                self._held[candidate][board.unit] = pile
                board.votes[candidate] = board.unit * sum(pile.papers)

    def has_none(self, candidate: int) -> bool:
        """Whether a candidate holds no paper at all."""
        return not self._held[candidate]

    def move(self, board: Board, source: int, revalue: Callable[[Amount], Amount]) -> list[Moved]:
        """Hand the papers of ``source`` on to those who stand, each at its new value; what they leave is not told yet.

        ``board`` gets the votes of those who receive and of the papers that name nobody who stands.
        """
        standing = set(board.standing)
        passed_over = dict.fromkeys(each for each in range(len(self._held)) if each not in standing)
        moved: dict[int | None, tuple[int, Amount]] = {}
        for value, parcel in self._held[source].items():
            worth = revalue(value)
            text = self._all.between.join(parcel.rankings).translate(passed_over)
            left = sum(parcel.papers)
            for candidate, pile in enumerate(self._sorted(text, parcel.papers)):
                if number := sum(pile.papers):
                    _add(moved, candidate, number, worth)
                    left -= number
                    held = self._held[candidate].setdefault(worth, _Pile())
                    held.rankings += pile.rankings
                    held.papers += pile.papers
            if left:
                _add(moved, None, left, worth)
        self._held[source] = {}
        for to, (_, votes) in moved.items():
            if to is None:
                board.exhausted += votes
            else:
                board.votes[to] += votes
        return [(source, to, papers, votes) for to, (papers, votes) in moved.items()]

    def _sorted(self, text: str, papers: Iterable[int]) -> list[_Pile]:
        """Rankings by their first candidate; those without any are left out."""
        piles = [_Pile() for _ in self._held]
        put = {chr(place): (pile.rankings.append, pile.papers.append) for place, pile in enumerate(piles)}
        # No ranking at all is the empty text too: then there are no papers either.
        for ranking, number in zip(text.split(self._all.between), papers, strict=False):
            if ranking:
                put_ranking, put_papers = put[ranking[0]]
                put_ranking(ranking)
                put_papers(number)
        return piles


def _add(moved: dict[int | None, tuple[int, Amount]], to: int | None, papers: int, worth: Amount) -> None:
    before, votes = moved.get(to, (0, 0))
    moved[to] = before + papers, votes + papers * worth
