"""Who stands at what during one count by a transferable vote, stage by stage, and the steps that tell it.

Votes are kept in units of the rule: hundred-thousandths of a vote under the Scottish rules, whole votes and exact
fractions of them under Gregory, billionths under Meek. Candidates are their places in the order of the ballot.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from election.counting.lots import Boundary, DrawnLots
from election.counting.outcome import exact
from election.counting.trail import Amount, Standing, State, Step, Transfer
from election.ids import CandidateId


class Board:
    """One count for so many ``seats``.

    The ``protected`` have a place already and are not excluded; ``free`` is how many seats are left for the others.
    ``at`` tells the count apart from others of the same election, for its lots.
    """

    def __init__(
        self,
        candidates: Sequence[CandidateId],
        lots: DrawnLots,
        *,
        seats: int,
        unit: int,
        gone: Collection[CandidateId] = (),
        protected: Collection[int] = (),
        at: str = "",
        steps: list[Step] | None = None,
    ) -> None:
        self.candidates = candidates
        self.lots = lots
        self.seats = seats
        self.unit = unit
        self.protected = frozenset(protected)
        self.state = [State.GONE if each in gone else State.STANDING for each in candidates]
        self.votes: list[Amount] = [0] * len(candidates)
        self.exhausted: Amount = 0
        self.lost: Amount = 0
        self.elected: list[int] = []  # without the protected, in the order of their election
        self.won_with: dict[int, Amount] = {}
        self.free = seats - len(self.protected)
        self.stage = 1
        self.history: list[tuple[Amount, ...]] = []
        self.steps = [] if steps is None else steps
        self._at = at
        self._amounts: dict[Amount, Amount] = {}

    @property
    def at(self) -> str:
        """The stage, as a lot is asked for at it."""
        return f"{self._at} stage {self.stage}".strip()

    @property
    def last_place(self) -> Boundary:
        """What two with a quota want where one place is left: a count apart is one for an alternate."""
        return Boundary.ALTERNATE if self._at else Boundary.SEAT

    @property
    def standing(self) -> list[int]:
        """Those who are neither elected nor excluded."""
        return [each for each, state in enumerate(self.state) if state is State.STANDING]

    @property
    def open(self) -> list[int]:
        """Those among the standing who can still win or lose a place."""
        return [each for each in self.standing if each not in self.protected]

    @property
    def is_settled(self) -> bool:
        """Whether no more are left than there are seats, or no seat is."""
        return self.free == 0 or len(self.open) <= self.free

    def end_stage(self) -> None:
        """Keep the votes at the end of a stage: ties look back at them."""
        self.history.append(tuple(self.votes))

    def elect(self, chosen: Iterable[int], code: str) -> None:
        """Tell that these have their place, those with the most votes first."""
        chosen = sorted(chosen, key=lambda each: -self.votes[each])
        for each in chosen:
            self.state[each] = State.ELECTED
        newly = [each for each in chosen if each not in self.protected]
        self.elected += newly
        self.won_with |= {each: self.votes[each] for each in newly}
        self.free -= len(newly)
        if chosen:
            self.tell(code, chosen)

    def elect_the_rest(self) -> None:
        """No more are left than there are seats."""
        if self.free:
            self.elect(self.open, "stv-elected-last")

    def amount(self, votes: Amount) -> Amount:
        """Units as votes."""
        known = self._amounts.get(votes)  # most stand as they stood
        if known is None:
            known = self._amounts[votes] = exact(
                Fraction(votes, self.unit) if votes % self.unit else votes // self.unit
            )
        return known

    def announce(self, code: str, people: Iterable[int] = (), params: Mapping[str, str | Amount] | None = None) -> None:
        """Add a step that comes before any paper is counted."""
        names = tuple(self.candidates[each] for each in people)
        self.steps.append(Step(number=len(self.steps) + 1, code=code, people=names, params=params or {}))

    def tell(
        self,
        code: str,
        people: Iterable[int] = (),
        params: Mapping[str, str | Amount] | None = None,
        transfers: Iterable[tuple[int, int | None, int, Amount]] = (),
    ) -> None:
        """Add a step; each transfer goes from whom to whom (or to nobody), as how many papers, at how much together."""
        names = self.candidates
        step = Step(
            number=len(self.steps) + 1,
            code=code,
            people=tuple(names[each] for each in people),
            params={"stage": self.stage} | dict(params or {}),
            standings=tuple(
                Standing(name, self.amount(votes), state)
                for name, votes, state in zip(names, self.votes, self.state, strict=True)
            ),
            transfers=tuple(
                Transfer(names[source], None if to is None else names[to], papers, self.amount(votes))
                for source, to, papers, votes in transfers
            ),
            exhausted=self.amount(self.exhausted),
            lost=self.amount(self.lost),
        )
        self.steps.append(step)
