"""Papers in parcels of equal value, as officers sort them: whose they are now, and what each of them is worth.

A ranking is looked at only when its papers move, and then loses everybody on it who does not stand: whoever once was
passed over, being elected or excluded, never stands again.
"""

from __future__ import annotations

from collections.abc import Callable

from election.counting.papers import RankedPapers
from election.counting.piles import Pile
from election.counting.stv.board import Board
from election.counting.trail import Amount

Moved = tuple[int, int | None, int, Amount]  # from whom, to whom or nobody, papers, votes together


class Parcels:
    """The papers of one count, held by candidate and by value."""

    def __init__(self, papers: RankedPapers) -> None:
        self._all = papers.pile
        self._held: list[dict[Amount, Pile]] = [{} for _ in papers.candidates]

    def hand_out(self, board: Board) -> int:
        """The first stage: each paper goes to its first preference at the value of one vote (rule 45).

        How many papers name somebody comes back.
        """
        valid = 0
        for candidate, pile in self._all.sort(()):
            self._held[candidate][board.unit] = pile
            board.votes[candidate] = board.unit * pile.papers
            valid += pile.papers
        return valid

    def has_none(self, candidate: int) -> bool:
        """Whether a candidate holds no paper at all."""
        return not self._held[candidate]

    def move(self, board: Board, source: int, revalue: Callable[[Amount], Amount]) -> list[Moved]:
        """Hand the papers of ``source`` on to those who stand, each at its new value; what they leave is not told yet.

        ``board`` gets the votes of those who receive and of the papers that name nobody who stands.
        """
        standing = set(board.standing)
        passed_over = [each for each in range(len(self._held)) if each not in standing]
        moved: dict[int | None, tuple[int, Amount]] = {}
        for value, parcel in self._held[source].items():
            worth = revalue(value)
            left = parcel.papers
            for candidate, pile in parcel.sort(passed_over):
                _add(moved, candidate, pile.papers, worth)
                left -= pile.papers
                held = self._held[candidate]
                if worth in held:
                    held[worth].add(pile)
                else:
                    held[worth] = pile
            if left:
                _add(moved, None, left, worth)
        self._held[source] = {}
        for to, (_, votes) in moved.items():
            if to is None:
                board.exhausted += votes
            else:
                board.votes[to] += votes
        return [(source, to, papers, votes) for to, (papers, votes) in moved.items()]


def _add(moved: dict[int | None, tuple[int, Amount]], to: int | None, papers: int, worth: Amount) -> None:
    before, votes = moved.get(to, (0, 0))
    moved[to] = before + papers, votes + papers * worth
