"""An officer's count of single papers by the Order's words, to compare with: slow, and made of other parts than ours.

Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1, rules 45 to 52. Each paper is an object that
lies with somebody at some value; nothing is kept but the papers, and every total is counted from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor


def five_places(surplus: Fraction, value: Fraction, credited: Fraction) -> Fraction:
    """A divided by B to five decimal places, any remainder being ignored (rule 48(3))."""
    return Fraction(floor(surplus * value / credited * 100_000), 100_000)


def fraction(surplus: Fraction, value: Fraction, credited: Fraction) -> Fraction:
    return surplus * value / credited


@dataclass
class Paper:
    preferences: tuple[int, ...]
    value: Fraction = Fraction(1)
    lies_with: int | None = None


@dataclass
class Stage:
    votes: list[Fraction]
    nontransferable: Fraction
    elected: tuple[int, ...]
    waiting: int  # surpluses


@dataclass
class Count:
    papers: list[Paper]
    candidates: int
    seats: int
    transfer_value: Callable[[Fraction, Fraction, Fraction], Fraction] = five_places
    together: bool = False  # all surpluses of a stage at once, as votelib does: not in the Order
    elected: list[int] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)
    settled: dict[int, Fraction] = field(default_factory=dict)  # surplus transferred: credited with the quota since
    stages: list[Stage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.papers = [paper for paper in self.papers if paper.preferences]
        self.quota = Fraction(len(self.papers) // (self.seats + 1) + 1)
        for paper in self.papers:
            paper.lies_with = paper.preferences[0]
        self.end_of_stage()
        while len(self.elected) < self.seats and (surplus := self.surpluses()) | set(self.continuing()):
            if self.together and surplus:
                self.transfer_together(sorted(surplus))
            elif surplus:
                self.transfer(self.pick(sorted(surplus), max))
            else:
                self.exclude(self.pick(self.continuing(), min))
            self.end_of_stage()

    def credited(self, candidate: int) -> Fraction:
        if candidate in self.settled:
            return self.settled[candidate]
        return sum((paper.value for paper in self.papers if paper.lies_with == candidate), start=Fraction(0))

    def continuing(self) -> list[int]:
        return [each for each in range(self.candidates) if each not in self.elected and each not in self.excluded]

    def surpluses(self) -> set[int]:
        return {each for each in self.elected if each not in self.settled and self.credited(each) > self.quota}

    def end_of_stage(self) -> None:
        now = [each for each in self.continuing() if self.credited(each) >= self.quota]  # rule 47
        self.elected += now
        if len(self.elected) < self.seats and len(self.continuing()) <= self.seats - len(self.elected):  # rule 52
            now += self.continuing()
            self.elected += self.continuing()
        lying = (paper.value for paper in self.papers if paper.lies_with is None)
        self.stages.append(
            Stage(
                votes=[self.credited(each) for each in range(self.candidates)],
                nontransferable=sum(lying, start=Fraction(0)),
                elected=tuple(sorted(now)),
                waiting=len(self.surpluses()),
            )
        )

    def pick(self, among: Sequence[int], extreme: Callable[[list[Fraction]], Fraction]) -> int:
        """Rules 49 and 51; the lot falls on the first on the ballot."""
        for stage in reversed(self.stages):
            best = extreme([stage.votes[each] for each in among])
            among = [each for each in among if stage.votes[each] == best]
        return among[0]

    def hand_on(self, paper: Paper, value: Fraction) -> None:
        open_to = self.continuing()
        paper.lies_with = next((each for each in paper.preferences if each in open_to), None)
        paper.value = value

    def transfer(self, source: int) -> None:
        credited = self.credited(source)
        for paper in [paper for paper in self.papers if paper.lies_with == source]:
            self.hand_on(paper, self.transfer_value(credited - self.quota, paper.value, credited))
        self.settled[source] = self.quota

    def transfer_together(self, sources: Sequence[int]) -> None:
        for source in sources:
            self.transfer(source)

    def exclude(self, candidate: int) -> None:
        self.excluded.append(candidate)
        for paper in [paper for paper in self.papers if paper.lies_with == candidate]:
            self.hand_on(paper, paper.value)
