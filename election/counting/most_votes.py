"""The most votes win; alternates are the next by votes (block vote, limited vote, approval, one mark).

How many marks a paper may hold is settled before: here each candidate has a number of votes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from election.counting.lots import Boundary, DrawnLots
from election.counting.outcome import Completed, Place
from election.counting.ranking import Ranking
from election.ids import CandidateId


def elect_by_votes(
    votes: Mapping[CandidateId, int],
    lots: DrawnLots,
    *,
    seats: int,
    alternates: int = 0,
    alternates_ranked: bool = True,
    gone: Collection[CandidateId] = (),
) -> Completed:
    """The outcome of so many votes; ``votes`` names the candidates in the order of the ballot.

    Who is gone keeps the votes and takes no place: the next by votes moves up. A tie needs a lot where it stands
    between having a place and having none, or, with ``alternates_ranked``, between two alternates.

    Raises:
        LotNeededError: The outcome needs a lot that was not drawn.
    """
    standing = {candidate: number for candidate, number in votes.items() if candidate not in gone}
    ranking = Ranking(standing)
    # A lot for the last seat also orders those who become alternates by it, so seats come first.
    for boundary, cut in ((Boundary.SEAT, seats), (Boundary.ALTERNATE, seats + alternates)):
        tie = ranking.tie_across(cut)
        if tie is not None:
            to_choose = cut - ranking.place_of_first(tie)
            ranking.settle(
                tie, lots.order(boundary, tie, votes=standing[tie[0]], to_choose=to_choose, whole_order=True)
            )
    if alternates_ranked:
        for tie in ranking.ties_within(seats, seats + alternates):
            order = lots.order(
                Boundary.ALTERNATE_ORDER, tie, votes=standing[tie[0]], to_choose=len(tie), whole_order=True
            )
            ranking.settle(tie, order)
    return _completed(votes, ranking, lots, seats=seats, last=seats + alternates)


def _completed(
    votes: Mapping[CandidateId, int], ranking: Ranking, lots: DrawnLots, *, seats: int, last: int
) -> Completed:
    order = ranking.order()
    places = tuple(Place(candidate=each, votes=votes[each], by_lot=each in lots.settled) for each in order)
    gone = tuple(Place(candidate=each, votes=votes[each], by_lot=False) for each in votes if each not in order)
    return Completed(
        elected=places[:seats],
        alternates=places[seats:last],
        others=places[last:] + gone,
        vacant_seats=max(0, seats - len(places)),
        vacant_alternates=max(0, last - max(seats, len(places))),
    )
