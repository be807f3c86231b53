"""Candidates by votes, and where a tie stands in the way of a place."""

from __future__ import annotations

from collections.abc import Mapping

from election.counting.trail import Amount
from election.ids import CandidateId


class Ranking:
    """Candidates in descending order of votes, as groups that nothing has separated yet."""

    def __init__(self, votes: Mapping[CandidateId, Amount]) -> None:
        levels: dict[Amount, list[CandidateId]] = {}
        for candidate, number in votes.items():
            levels.setdefault(number, []).append(candidate)
        self._groups = [tuple(levels[number]) for number in sorted(levels, reverse=True)]
        self.by_lot: set[CandidateId] = set()

    def order(self) -> tuple[CandidateId, ...]:
        """All candidates; those of one group stand in the order of the ballot."""
        return tuple(candidate for group in self._groups for candidate in group)

    def place_of_first(self, group: tuple[CandidateId, ...]) -> int:
        """How many candidates come before the group."""
        return self.order().index(group[0])

    def tie_across(self, cut: int) -> tuple[CandidateId, ...] | None:
        """The group of which some come before place ``cut`` and some after."""
        for group in self._groups:
            first = self.place_of_first(group)
            if first < cut < first + len(group):
                return group
        return None

    def ties_within(self, start: int, end: int) -> list[tuple[CandidateId, ...]]:
        """The groups of several that lie wholly between two places."""
        return [
            group
            for group in self._groups
            if len(group) > 1 and start <= self.place_of_first(group) and self.place_of_first(group) < end
        ]

    def settle(self, tie: tuple[CandidateId, ...], order: tuple[CandidateId, ...]) -> None:
        """Put a group in the order in which a lot was drawn."""
        self.by_lot |= set(tie)
        where = self._groups.index(tie)
        self._groups[where : where + 1] = [(candidate,) for candidate in order]
