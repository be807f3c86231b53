"""The most votes win; alternates are the next by votes (block vote, limited vote, approval, one mark).

How many marks a paper may hold is settled before: here each candidate has a number of votes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from election.counting.lots import Boundary, DrawnLots
from election.counting.outcome import Completed, Place
from election.counting.ranking import Ranking
from election.counting.trail import Amount, Standing, State, Step
from election.ids import CandidateId


def elect_by_votes(
    votes: Mapping[CandidateId, Amount],
    lots: DrawnLots,
    *,
    seats: int,
    alternates: int = 0,
    alternates_ranked: bool = True,
    gone: Collection[CandidateId] = (),
    at: str = "",
) -> Completed:
    """The outcome of so many votes; ``votes`` names the candidates in the order of the ballot.

    Who is gone keeps the votes and takes no place: the next by votes moves up. A tie needs a lot where it stands
    between having a place and having none, or, with ``alternates_ranked``, between two alternates. ``at`` names the
    part of the election, where it has several: a list, a group.

    Raises:
        LotNeededError: The outcome needs a lot that was not drawn.
    """
    standing = {candidate: number for candidate, number in votes.items() if candidate not in gone}
    ranking = Ranking(standing)
    trail = Trail(votes, gone)
    trail.add("count-votes", params={"total": sum(votes.values())})
    # A lot for the last seat also orders those who become alternates by it, so seats come first.
    for boundary, cut in ((Boundary.SEAT, seats), (Boundary.ALTERNATE, seats + alternates)):
        tie = ranking.tie_across(cut)
        if tie is not None:
            to_choose = cut - ranking.place_of_first(tie)
            _settle(ranking, lots, trail, boundary, tie, votes=standing[tie[0]], to_choose=to_choose, at=at)
    if alternates_ranked:
        for tie in ranking.ties_within(seats, seats + alternates):
            order_of = Boundary.ALTERNATE_ORDER
            _settle(ranking, lots, trail, order_of, tie, votes=standing[tie[0]], to_choose=len(tie), at=at)
    order, last = ranking.order(), seats + alternates
    trail.elect(order[:seats])
    if order[seats:last]:
        trail.add("count-alternates" if alternates_ranked else "count-alternates-unranked", order[seats:last])
    if len(order) < seats:
        trail.add("count-vacant", params={"vacant": seats - len(order)})
    places = tuple(Place(candidate=each, votes=votes[each], by_lot=each in lots.settled) for each in order)
    left = tuple(Place(candidate=each, votes=votes[each], by_lot=False) for each in votes if each in gone)
    return Completed(
        elected=places[:seats],
        alternates=places[seats:last],
        others=places[last:] + left,
        vacant_seats=max(0, seats - len(places)),
        vacant_alternates=max(0, last - max(seats, len(places))),
        trail=trail.steps,
    )


class Trail:
    """The steps of a count in which no votes move."""

    def __init__(self, votes: Mapping[CandidateId, Amount], gone: Collection[CandidateId]) -> None:
        self._votes = votes
        self._state = {each: State.GONE if each in gone else State.STANDING for each in votes}
        self._steps: list[Step] = []

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that was told so far."""
        return tuple(self._steps)

    def add(
        self, code: str, people: Sequence[CandidateId] = (), params: Mapping[str, str | Amount] | None = None
    ) -> None:
        """Tell one step."""
        standings = tuple(Standing(each, number, self._state[each]) for each, number in self._votes.items())
        number = len(self._steps) + 1
        step = Step(number=number, code=code, people=tuple(people), params=params or {}, standings=standings)
        self._steps.append(step)

    def elect(self, people: Sequence[CandidateId]) -> None:
        """Tell who is elected."""
        self._state |= dict.fromkeys(people, State.ELECTED)
        self.add("count-elected" if people else "count-nobody-elected", people)


def _settle(
    ranking: Ranking,
    lots: DrawnLots,
    trail: Trail,
    boundary: Boundary,
    tie: tuple[CandidateId, ...],
    *,
    votes: Amount,
    to_choose: int,
    at: str,
) -> None:
    order = lots.order(boundary, tie, votes=votes, to_choose=to_choose, at=at, whole_order=True)
    ranking.settle(tie, order)
    code = "count-lot" if set(tie) <= lots.settled else "count-tie-without-effect"
    trail.add(code, order, {"votes": votes, "place": boundary.value})
