"""Meek's method by the Reference Meek Rule of the Proportional Representation Foundation.

The rule (prfound.org/resources/reference/reference-meek-rule) prescribes nine decimals: what a candidate keeps of a
paper is rounded up, so that not a billionth is lost. Its letters stand at the lines that do them. Steps A to C are
its whole text but for T, ties: "a procedure" is to be defined, and here it is a lot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from election.counting.lots import Boundary
from election.counting.papers import RankedPapers
from election.counting.stv.board import Board
from election.counting.stv.parcels import Moved
from election.counting.stv.stages import elect_with
from election.counting.stv.ties import first_of
from election.counting.trail import State

BILLIONTHS = 10**9
_OMEGA = 10**3  # A: 0.000001

_Chain = tuple[int, ...]


class Chains:
    """How far each paper goes: through elected candidates to the first who still stands, or to nobody.

    Everything behind those who stand is out of reach until they are elected or excluded; so papers that agree until
    there are one entry. ``docs/counting.md`` has an example.
    """

    def __init__(self, rankings: Mapping[tuple[int, ...], int], board: Board) -> None:
        self._numbers = rankings
        self._rankings: dict[_Chain, list[tuple[int, ...]]] = {}
        self._papers: dict[_Chain, int] = {}
        self._add(list(filter(None, rankings)), board)

    def update(self, board: Board, changed: int) -> None:
        """Sort those papers anew that had gone to ``changed``, who was elected or excluded."""
        ended = [chain for chain in self._rankings if chain and chain[-1] == changed]
        for chain in ended:
            del self._papers[chain]
            self._add(self._rankings.pop(chain), board)

    def share_out(self, keep: Sequence[int]) -> tuple[list[int], int]:
        """Everybody's votes and what nobody gets, if each candidate keeps such a part of what reaches them.

        B.2.a: a paper of weight w gives a candidate w times the keep factor, rounded up, and keeps the rest.
        """
        votes = [0] * len(keep)
        exhausted = 0
        for chain, papers in self._papers.items():
            weight = BILLIONTHS
            for candidate in chain:
                kept = -(-weight * keep[candidate] // BILLIONTHS)
                votes[candidate] += kept * papers
                weight -= kept
            exhausted += weight * papers
        return votes, exhausted

    def flows(self, keep: Sequence[int]) -> list[Moved]:
        """What goes on from each candidate to the next on the papers, as the votes now stand."""
        moved: dict[tuple[int, int | None], tuple[int, int]] = {}
        for chain, papers in self._papers.items():
            weight = BILLIONTHS
            for source, to in zip(chain, (*chain[1:], None), strict=False):
                weight -= -(-weight * keep[source] // BILLIONTHS)
                if not weight:
                    break
                before, votes = moved.get((source, to), (0, 0))
                moved[source, to] = before + papers, votes + weight * papers
        order = sorted(moved, key=lambda way: (way[0], way[1] is None, way[1]))
        return [(source, to, *moved[source, to]) for source, to in order]

    def _add(self, rankings: Sequence[tuple[int, ...]], board: Board) -> None:
        ends = [state is State.STANDING for state in board.state]
        passes = [state is State.ELECTED for state in board.state]
        for ranking in rankings:
            reached = []
            for candidate in ranking:
                if ends[candidate]:
                    reached.append(candidate)
                    break
                if passes[candidate]:
                    reached.append(candidate)
            chain = tuple(reached)
            self._rankings.setdefault(chain, []).append(ranking)
            self._papers[chain] = self._papers.get(chain, 0) + self._numbers[ranking]


def count_meek(board: Board, papers: RankedPapers) -> None:
    """Count until every seat is filled or nobody is left.

    Raises:
        LotNeededError: The outcome needs a lot that was not drawn.
    """
    keep = [BILLIONTHS if state is State.STANDING else 0 for state in board.state]  # A
    chains = Chains(papers.rankings, board)
    quota, surplus = _share_out(board, chains, keep)
    board.tell(
        "stv-first",
        (),
        {"papers": papers.valid, "seats": board.seats, "quota": board.amount(quota)},
    )
    while not board.is_settled:  # B.1
        if board.stage > 1:
            quota, surplus = _iterate(board, chains, keep)
            _tell(board, chains, keep, quota)
        changed = elect_with(board, quota)  # B.2.c
        if not changed:
            changed = [_exclude(board, surplus)]
            keep[changed[0]] = 0
        for each in changed:
            chains.update(board, each)
        board.stage += 1  # B.4
    board.elect_the_rest()  # C.1


def _share_out(board: Board, chains: Chains, keep: Sequence[int]) -> tuple[int, int]:
    """Distribute the votes; the quota and the total surplus that follow."""
    votes, board.exhausted = chains.share_out(keep)
    board.votes = list(votes)
    quota = sum(votes) // (board.seats + 1) + 1  # B.2.b: truncated to 9 decimals, plus 0.000000001
    surplus = sum(number - quota for number, state in zip(votes, board.state, strict=True) if state is State.ELECTED)
    return quota, max(0, surplus)  # B.2.d


def _iterate(board: Board, chains: Chains, keep: list[int]) -> tuple[int, int]:
    """B.2: lower what the elected keep until they have no more than the quota, or somebody else reaches it."""
    before = None
    while True:
        quota, surplus = _share_out(board, chains, keep)
        if any(board.votes[each] >= quota for each in board.standing):
            return quota, surplus
        if surplus < _OMEGA or (before is not None and surplus >= before):  # B.2.e
            return quota, surplus
        before = surplus
        for each, state in enumerate(board.state):
            if state is State.ELECTED:  # B.2.f: twice rounded up
                wanted = -(-keep[each] * quota // BILLIONTHS)
                keep[each] = -(-wanted * BILLIONTHS // board.votes[each])


def _exclude(board: Board, surplus: int) -> int:
    """B.3: exclude whoever has the fewest votes; those within the surplus of them are tied with them."""
    lowest = min(board.votes[each] for each in board.open)
    tied = [each for each in board.open if board.votes[each] <= lowest + surplus]
    if len(tied) > 1 and len(tied) <= len(board.open) - board.free and not any(board.votes[each] for each in tied):
        board.tell("stv-no-papers", tied)
        excluded = tied[0]
    else:
        excluded = first_of(board, Boundary.EXCLUSION, tied, look_back=False)
    board.state[excluded] = State.EXCLUDED
    board.tell("stv-excluded-anew", [excluded], {"votes": board.amount(board.votes[excluded])})
    return excluded


def _tell(board: Board, chains: Chains, keep: Sequence[int], quota: int) -> None:
    kept = {
        f"keep {name}": board.amount(factor)
        for name, factor, state in zip(board.candidates, keep, board.state, strict=True)
        if state is State.ELECTED
    }
    board.tell("stv-shared", (), {"quota": board.amount(quota), **kept}, chains.flows(keep))
