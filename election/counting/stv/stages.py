"""Counting in stages, as the Scottish Local Government Elections Order 2007, Schedule 1, rules 45 to 52, prescribes.

A stage transfers one surplus, the largest first, or excludes one candidate. Whoever reaches the quota is elected at
the end of that stage and receives nothing more. ``docs/counting.md`` tells what the Order leaves open.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from election.counting.lots import Boundary
from election.counting.outcome import exact
from election.counting.papers import RankedPapers
from election.counting.stv.board import Board
from election.counting.stv.parcels import Parcels
from election.counting.stv.ties import first_of
from election.counting.trail import Amount, State

HUNDRED_THOUSANDTHS = 10**5
NewValue = Callable[[Amount, Amount, Amount], Amount]  # of a paper's value, the surplus and all votes


def truncated_value(value: Amount, surplus: Amount, votes: Amount) -> Amount:
    """To five decimal places, any remainder being ignored, where all three are hundred-thousandths (rule 48(3))."""
    return value * surplus // votes


def exact_value(value: Amount, surplus: Amount, votes: Amount) -> Amount:
    """The same, exactly."""
    return exact(Fraction(value * surplus) / votes)


def count_stages(board: Board, papers: RankedPapers, new_value: NewValue) -> None:
    """Count until every seat is filled or nobody is left.

    Raises:
        LotNeededError: The outcome needs a lot that was not drawn.
    """
    parcels = Parcels(papers)
    valid = parcels.hand_out(board)
    # Rule 46: any decimal places ignored, increased by one.
    quota = board.unit * (valid // (board.seats + 1) + 1)
    board.end_stage()
    board.tell("stv-first", (), {"papers": valid, "seats": board.seats, "quota": board.amount(quota)})
    waiting: list[int] = []  # elected, and a surplus to transfer
    while True:
        waiting += [each for each in elect_with(board, quota) if board.votes[each] > quota]
        if board.is_settled:
            board.elect_the_rest()  # rule 52: no further transfer
            return
        board.stage += 1
        if waiting:
            largest = max(board.votes[each] for each in waiting)
            source = first_of(
                board, Boundary.SURPLUS, [each for each in waiting if board.votes[each] == largest], look_back=True
            )
            waiting.remove(source)
            _transfer_surplus(board, parcels, source, quota, new_value)
        else:
            _exclude(board, parcels)
        board.end_stage()


def elect_with(board: Board, quota: Amount) -> list[int]:
    """Elect everybody who stands with the quota (rule 47).

    More than there are seats can reach it only where others are protected who did not, and so for one seat: then the
    most votes decide.

    Raises:
        LotNeededError: They are equal and no lot was drawn.
    """
    reached = [each for each in board.standing if board.votes[each] >= quota]
    ahead = [each for each in reached if each not in board.protected]
    if len(ahead) > board.free:
        most = max(board.votes[each] for each in ahead)
        equals = [each for each in ahead if board.votes[each] == most]
        ahead = [first_of(board, board.last_place, equals, look_back=False)]
    chosen = [each for each in reached if each in board.protected] + ahead
    board.elect(chosen, "stv-elected")
    return chosen


def _transfer_surplus(board: Board, parcels: Parcels, source: int, quota: Amount, new_value: NewValue) -> None:
    """Transfer what the source has above the quota, at a part of each paper's value (rule 48)."""
    votes = board.votes[source]
    surplus = votes - quota
    moved = parcels.move(board, source, lambda value: new_value(value, surplus, votes))
    board.votes[source] = quota
    board.lost += surplus - sum(each[3] for each in moved)
    board.tell("stv-surplus", [source], {"surplus": board.amount(surplus)}, moved)


def _exclude(board: Board, parcels: Parcels) -> None:
    """Exclude whoever has the fewest votes; the papers keep their value (rules 50 and 51)."""
    lowest = min(board.votes[each] for each in board.open)
    tied = [each for each in board.open if board.votes[each] == lowest]
    if len(tied) > 1 and len(tied) <= len(board.open) - board.free and all(map(parcels.has_none, tied)):
        # Nothing moves until all of them are excluded, so no lot is drawn on who goes first.
        board.tell("stv-no-papers", tied)
        excluded = tied[0]
    else:
        excluded = first_of(board, Boundary.EXCLUSION, tied, look_back=True)
    board.state[excluded] = State.EXCLUDED
    moved = parcels.move(board, excluded, lambda value: value)
    board.votes[excluded] = 0
    board.tell("stv-excluded", [excluded], {"votes": board.amount(lowest)}, moved)
