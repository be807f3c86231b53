"""From counts to people: who is elected, who is alternate, or which lot must be drawn first.

The counting itself stands in ``counting``; here a contest meets what the tally opened.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from election.contest import Contest
from election.counting.lots import Lot, LotsRequired, decide
from election.counting.most_votes import elect_by_votes
from election.counting.outcome import Completed, Gone
from election.errors import ResultError
from election.ids import CandidateId

Outcome = Completed | LotsRequired


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCounts:
    """What was counted in one contest: blank ballots, and the votes of each candidate in the contest's order."""

    blank: int
    votes: tuple[int, ...]


def vote_counts(contest: Contest, counts: Sequence[int]) -> VoteCounts:
    """The counts of a contest from the numbers that the tally opens (blank first where allowed).

    Raises:
        ResultError: Not as many numbers as choices.
    """
    blank, votes = (counts[0], tuple(counts[1:])) if contest.blank_allowed and counts else (0, tuple(counts))
    if len(votes) != len(contest.candidates):
        raise ResultError("result-size", expected=len(contest.candidates), found=len(votes))
    return VoteCounts(blank=blank, votes=votes)


def determine_result(
    contest: Contest, counts: VoteCounts, lots: Sequence[Lot] = (), *, gone: Sequence[Gone] = ()
) -> Outcome:
    """Who is elected and who is alternate; the same inputs give the same outcome.

    Whoever is ``gone`` (withdrew, died, declined) takes no place: the same counts are read anew without them.

    Raises:
        ResultError: A recorded lot that was not asked for, is not between the tied people, or comes twice; somebody
            gone who does not stand, or twice (codes gone-unknown, gone-twice).
    """
    if len(counts.votes) != len(contest.candidates):
        raise ResultError("result-size", expected=len(contest.candidates), found=len(counts.votes))
    votes = {each.id: number for each, number in zip(contest.candidates, counts.votes, strict=True)}
    left = verify_gone(gone, votes)
    return decide(
        lambda drawn: elect_by_votes(
            votes,
            drawn,
            seats=contest.seats,
            alternates=contest.alternates,
            alternates_ranked=contest.alternates_ranked,
            gone=left,
        ),
        lots,
    )


def verify_gone(gone: Sequence[Gone], candidates: Collection[CandidateId]) -> frozenset[CandidateId]:
    """Those who take no place.

    Raises:
        ResultError: Somebody does not stand, or is named twice (codes gone-unknown, gone-twice).
    """
    left: set[CandidateId] = set()
    for each in gone:
        if each.candidate not in candidates:
            raise ResultError("gone-unknown", candidate=each.candidate)
        if each.candidate in left:
            raise ResultError("gone-twice", candidate=each.candidate)
        left.add(each.candidate)
    return frozenset(left)
