"""A whole election by transferable vote: who is elected, the alternates in order, and who refills a seat later."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import assert_never

from election.counting.lots import DrawnLots
from election.counting.outcome import Completed, Place
from election.counting.papers import RankedPapers
from election.counting.stv.board import Board
from election.counting.stv.meek import BILLIONTHS, count_meek
from election.counting.stv.stages import HUNDRED_THOUSANDTHS, count_stages, exact_value, truncated_value
from election.counting.trail import Step
from election.errors import ResultError
from election.ids import CandidateId


class StvRule(StrEnum):
    """The rules by name; ``docs/counting.md`` says how they differ."""

    SCOTTISH = "scottish-stv"
    GREGORY = "gregory-stv"
    MEEK = "meek-stv"


def elect_by_transfer(
    papers: RankedPapers,
    lots: DrawnLots,
    *,
    rule: StvRule,
    seats: int,
    alternates: int = 0,
    gone: Collection[CandidateId] = (),
) -> Completed:
    """The outcome of an election.

    Who is gone is taken off every paper before the count, and everybody behind them moves up; papers that then name
    nobody do not count towards the quota. Each alternate is whoever gets one seat more out of the same papers, when
    those elected and the alternates before cannot be excluded.

    Raises:
        LotNeededError: The outcome needs a lot that was not drawn.
    """
    count = _Count(papers, lots, rule, gone)
    elected, board = count.fill(seats)
    chosen: list[Place] = []
    left = sum(each not in gone for each in papers.candidates) - len(elected)
    for number in range(1, min(alternates, left) + 1):
        chosen += count.add_alternate(number, seats + number, [*elected, *chosen])
    return count.completed(elected, chosen, board, seats=seats, alternates=alternates)


def refill_seat(
    papers: RankedPapers,
    lots: DrawnLots,
    *,
    rule: StvRule,
    elected: Collection[CandidateId],
    leaving: CandidateId,
    gone: Collection[CandidateId] = (),
) -> Completed:
    """Who gets the seat of an elected person who leaves, by a countback of the same papers.

    The papers are counted anew for as many seats without whoever is leaving or gone, and the other elected cannot be
    excluded: so they keep their seats, and who profits most from the papers of the one who leaves gets the empty one.

    Raises:
        LotNeededError: The outcome needs a lot that was not drawn.
        ResultError: Whoever leaves, or somebody called elected, is not so (code countback-not-elected).
    """
    if leaving not in elected:
        raise ResultError("countback-not-elected", candidate=leaving)
    for each in elected:
        if each not in papers.candidates or (each in gone and each != leaving):
            raise ResultError("countback-not-elected", candidate=each)
    count = _Count(papers, lots, rule, {leaving, *gone})
    staying = [place for place, each in enumerate(papers.candidates) if each in elected and each != leaving]
    refilled, board = count.fill(len(staying) + 1, staying, leaving=papers.candidates.index(leaving))
    return count.completed(refilled, [], board, seats=1, alternates=0)


class _Count:
    """The counts that one outcome needs, and one trail of them all."""

    def __init__(self, papers: RankedPapers, lots: DrawnLots, rule: StvRule, gone: Collection[CandidateId]) -> None:
        self._papers = papers.without(gone)
        self._lots = lots
        self._rule = rule
        self._gone = gone
        self._steps: list[Step] = []

    def fill(self, seats: int, staying: Collection[int] = (), leaving: int | None = None) -> tuple[list[Place], Board]:
        """The people who fill the seats that nobody keeps."""
        board = self._board(seats, staying, "")
        if leaving is not None:
            board.announce("stv-refill", [leaving])
        return self._run(board), board

    def add_alternate(self, number: int, seats: int, before: Collection[Place]) -> list[Place]:
        """One more alternate, after those who have their places."""
        taken = {each.candidate for each in before}
        protected = [place for place, each in enumerate(self._papers.candidates) if each in taken]
        board = self._board(seats, protected, f"alternate {number}")
        board.announce("stv-alternate", (), {"alternate": number, "seats": seats})
        chosen = self._run(board)
        board.tell("stv-alternate-chosen", board.elected, {"alternate": number})
        return chosen

    def completed(
        self, elected: list[Place], chosen: list[Place], board: Board, *, seats: int, alternates: int
    ) -> Completed:
        """The outcome; the votes of the others are those at the end of ``board``."""
        placed = {each.candidate for each in (*elected, *chosen)}
        kept = {self._papers.candidates[each] for each in board.protected}
        if len(elected) < seats:
            board.tell("count-vacant", (), {"vacant": seats - len(elected)})
        others = sorted(
            (place for place, each in enumerate(self._papers.candidates) if each not in placed | kept),
            key=lambda place: self._papers.candidates[place] in self._gone,
        )
        return Completed(
            elected=tuple(elected),
            alternates=tuple(chosen),
            others=tuple(self._place(each, board) for each in others),
            vacant_seats=seats - len(elected),
            vacant_alternates=alternates - len(chosen),
            trail=tuple(self._steps),
        )

    def _board(self, seats: int, protected: Collection[int], at: str) -> Board:
        return Board(
            self._papers.candidates,
            self._lots,
            seats=seats,
            unit=_unit(self._rule),
            gone=self._gone,
            protected=protected,
            at=at,
            steps=self._steps,
        )

    def _run(self, board: Board) -> list[Place]:
        match self._rule:
            case StvRule.SCOTTISH:
                count_stages(board, self._papers, truncated_value)
            case StvRule.GREGORY:
                count_stages(board, self._papers, exact_value)
            case StvRule.MEEK:
                count_meek(board, self._papers)
            case _:
                assert_never(self._rule)
        return [self._place(each, board) for each in board.elected]

    def _place(self, candidate: int, board: Board) -> Place:
        name = self._papers.candidates[candidate]
        return Place(
            candidate=name,
            votes=board.amount(board.won_with.get(candidate, board.votes[candidate])),
            by_lot=name in self._lots.settled,
        )


def _unit(rule: StvRule) -> int:
    match rule:
        case StvRule.SCOTTISH:
            return HUNDRED_THOUSANDTHS
        case StvRule.GREGORY:
            return 1
        case StvRule.MEEK:
            return BILLIONTHS
        case _:
            assert_never(rule)
