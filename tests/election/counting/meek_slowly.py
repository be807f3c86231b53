"""Meek's method as its definition says, with fractions and far beyond nine decimals, to compare with.

Candidate by candidate, paper by paper: an elected candidate keeps the part of each paper that leaves exactly the
quota. The parts are found by repetition until nothing moves by more than a part in 10^15, and only then is anybody
elected or excluded: so this shares no step, no rounding and no stopping rule with what it is compared to.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

ENOUGH = Fraction(1, 10**15)
CLOSE = Fraction(1, 10**4)  # decisions nearer than this are left to the rule's own decimals


class TooCloseError(Exception):
    """A decision hangs on less than the compared rule promises to see."""


class Slowly:
    def __init__(self, rankings: Mapping[tuple[int, ...], int], candidates: int, seats: int) -> None:
        self.rankings = {ranking: number for ranking, number in rankings.items() if ranking}
        self.seats = seats
        self.keep = {each: Fraction(1) for each in range(candidates)}
        self.elected: list[int] = []
        self.excluded: list[int] = []
        self.at_exclusion: list[dict[int, Fraction]] = []
        while len(self.elected) < seats and len(self.elected) + len(self.hopeful()) > seats:
            self.converge()
            now = [each for each in self.hopeful() if self.votes[each] >= self.quota]
            if any(abs(self.votes[each] - self.quota) < CLOSE for each in self.hopeful()):
                raise TooCloseError
            if now:
                self.elected += now
            else:
                self.exclude()
        if len(self.elected) < seats:
            self.elected += self.hopeful()

    def hopeful(self) -> list[int]:
        return [each for each in self.keep if each not in self.elected and each not in self.excluded]

    def share_out(self) -> None:
        self.votes = dict.fromkeys(self.keep, Fraction(0))
        for ranking, number in self.rankings.items():
            left = Fraction(number)
            for each in ranking:
                part = left * self.keep[each]
                self.votes[each] += part
                left -= part
        self.quota = sum(self.votes.values()) / (self.seats + 1)

    def converge(self) -> None:
        moved = Fraction(1)
        while moved > ENOUGH:
            self.share_out()
            moved = Fraction(0)
            for each in self.elected:
                keep = (self.keep[each] * self.quota / self.votes[each]).limit_denominator(10**18)
                moved = max(moved, abs(keep - self.keep[each]))
                self.keep[each] = keep
        self.share_out()

    def exclude(self) -> None:
        order = sorted(self.hopeful(), key=self.votes.__getitem__)
        if self.votes[order[1]] - self.votes[order[0]] < CLOSE:
            raise TooCloseError
        self.at_exclusion.append(dict(self.votes))
        self.excluded.append(order[0])
        self.keep[order[0]] = Fraction(0)
