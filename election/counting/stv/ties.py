"""Ties in a transferable vote: an earlier stage decides where the rule looks back, else a lot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from election.counting.lots import Boundary
from election.counting.stv.board import Board
from election.counting.trail import Amount


def first_of(board: Board, boundary: Boundary, tied: Sequence[int], *, look_back: bool) -> int:
    """The one of the tied to whom it happens: the one with most votes before, or to be excluded the one with fewest.

    Looking back goes from stage to stage into the past. Whoever an earlier stage sets apart is out of question, and
    only those still tied look further back; the Order speaks of two and leaves open what three do (rules 49(2), 51(2)).

    Raises:
        LotNeededError: Nothing but a lot can tell, and none was drawn.
    """
    if look_back:
        tied = _looked_back(board, tied, min if boundary is Boundary.EXCLUSION else max)
    if len(tied) == 1:
        return tied[0]
    return _by_lot(board, boundary, tied)[0]


def _by_lot(board: Board, boundary: Boundary, tied: Sequence[int]) -> list[int]:
    names = [board.candidates[each] for each in tied]
    votes = board.amount(board.votes[tied[0]])
    order = board.lots.order(boundary, names, votes=votes, at=board.at)
    drawn = sorted(tied, key=lambda each: order.index(board.candidates[each]))
    code = "count-lot" if set(names) <= board.lots.settled else "count-tie-without-effect"
    board.tell(code, drawn, {"votes": votes, "place": boundary.value})
    return drawn


def _looked_back(board: Board, tied: Sequence[int], extreme: Callable[[list[Amount]], Amount]) -> Sequence[int]:
    for stage in range(board.stage - 1, 0, -1):
        if len(tied) == 1:
            break
        votes = board.history[stage - 1]
        chosen = extreme([votes[each] for each in tied])
        left = [each for each in tied if votes[each] == chosen]
        if len(left) < len(tied):
            tied = left
            board.tell("stv-looked-back", tied, {"earlier": stage, "votes": board.amount(board.votes[tied[0]])})
    return tied
