"""Papers in parcels of equal value, as officers sort them: whose they are now, and what each of them is worth.

A ranking is looked at only when its papers move, and then goes to the first candidate on it who is still standing:
whoever once was passed over, being elected or excluded, never stands again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from election.counting.stv.board import Board
from election.counting.trail import Amount

Moved = tuple[int, int | None, int, Amount]  # from whom, to whom or nobody, papers, votes together


class Parcels:
    """The papers of one count. ``rankings`` are told apart by their place in a list, which is quicker than by value."""

    def __init__(self, rankings: Mapping[tuple[int, ...], int], candidates: int) -> None:
        self._rankings = list(rankings)
        self._papers = list(rankings.values())
        self._held: list[dict[Amount, list[int]]] = [{} for _ in range(candidates)]

    def hand_out(self, board: Board) -> None:
        """The first stage: each paper goes to its first preference at the value of one vote (rule 45)."""
        piles: list[list[int]] = [[] for _ in self._held]
        put = [pile.append for pile in piles]
        for place, ranking in enumerate(self._rankings):
            if ranking:
                put[ranking[0]](place)
        for candidate, pile in enumerate(piles):
            if pile:
                self._held[candidate][board.unit] = pile
                board.votes[candidate] = board.unit * self._number(pile)

    def has_none(self, candidate: int) -> bool:
        """Whether a candidate holds no paper at all."""
        return not self._held[candidate]

    def move(self, board: Board, source: int, revalue: Callable[[Amount], Amount]) -> list[Moved]:
        """Hand the papers of ``source`` on to those who stand, each at its new value; what they leave is not told yet.

        ``board`` gets the votes of those who receive and of the papers that name nobody who stands.
        """
        standing = set(board.standing)
        may_receive = [each in standing for each in range(len(self._held))]
        moved: dict[int | None, tuple[int, Amount]] = {}
        for value, parcel in self._held[source].items():
            worth = revalue(value)
            *piles, nobody = self._sorted(parcel, may_receive)
            for to, pile in [*enumerate(piles), (None, nobody)]:
                if not pile:
                    continue
                number = self._number(pile)
                papers, votes = moved.get(to, (0, 0))
                moved[to] = papers + number, votes + number * worth
                if to is not None:
                    self._held[to].setdefault(worth, []).extend(pile)
        self._held[source] = {}
        for to, (_, votes) in moved.items():
            if to is None:
                board.exhausted += votes
            else:
                board.votes[to] += votes
        return [(source, to, papers, votes) for to, (papers, votes) in moved.items()]

    def _number(self, pile: Sequence[int]) -> int:
        return sum(map(self._papers.__getitem__, pile))

    def _sorted(self, parcel: Sequence[int], may_receive: Sequence[bool]) -> list[list[int]]:
        """The parcel by who gets each ranking, and last those that nobody gets."""
        piles: list[list[int]] = [[] for _ in range(len(self._held) + 1)]
        put = [pile.append for pile in piles]
        rankings = self._rankings
        for place in parcel:
            for candidate in rankings[place]:
                if may_receive[candidate]:
                    put[candidate](place)
                    break
            else:
                put[-1](place)
        return piles
