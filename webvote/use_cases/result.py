"""From counts to a certified result: the lot where one is needed, and the board's signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from election.contest import Contest
from election.counting.lots import Boundary, Lot, LotsRequired
from election.counting.outcome import Completed
from election.ids import CandidateId
from election.result import Outcome, VoteCounts, determine_result, vote_counts
from webvote.phases import Act, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, RecordedLot
from webvote.use_cases.contest import make_contest
from webvote.use_cases.definition import reach
from webvote.use_cases.log import Signed, log_act


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionResult:
    """The counts of an election and what follows from them so far."""

    contest: Contest
    counts: VoteCounts
    lots: tuple[Lot, ...]
    outcome: Outcome

    @property
    def valid_marks(self) -> int:
        """All marks for candidates together."""
        return sum(self.counts.votes)


def result_of(election: Election) -> ElectionResult | None:
    """The result, once the votes are counted. The same record gives the same result."""
    if election.counts is None:
        return None
    contest = make_contest(election)
    counts = vote_counts(contest, election.counts)
    lots = tuple(_lot(each) for each in election.lots)
    return ElectionResult(contest=contest, counts=counts, lots=lots, outcome=determine_result(contest, counts, lots))


def completed_of(election: Election) -> Completed | None:
    """Who is elected, once nothing is open any more."""
    result = result_of(election)
    return result.outcome if result is not None and isinstance(result.outcome, Completed) else None


def record_lot(
    work: UnitOfWork,
    signed: Signed,
    slug: str,
    *,
    order: Sequence[str],
    method: str,
    drawn_by: str,
    witnesses: Sequence[str],
    drawn_at: datetime,
) -> None:
    """Keep a lot that was drawn between the tied candidates.

    Raises:
        RefusedError: No lot is needed, or the lot is not about the tied people.
        ResultError: The lot does not fit the tie.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.DRAW)
    result = result_of(election)
    if result is None or not isinstance(result.outcome, LotsRequired):
        raise RefusedError("draw-not-needed")
    if sorted(order) != sorted(result.outcome.tied):
        raise RefusedError("draw-other-people")
    election.lots.append(
        RecordedLot(
            number=len(election.lots) + 1,
            boundary=result.outcome.boundary.value,
            drawn=list(order),
            method=method,
            drawn_by=drawn_by,
            witnesses=list(witnesses),
            drawn_at=drawn_at,
        )
    )
    # Computed again from the start, with the lot as input: a lot that does not fit is refused here.
    result_of(election)
    log_act(work, signed, "record-lot", slug, order=list(order), method=method, drawn_by=drawn_by)


def certify(work: UnitOfWork, signed: Signed, slug: str, *, decided_on: date, meeting: str, remarks: str) -> None:
    """The election board certifies the result. It can no longer change, and nobody is seated by it yet.

    Raises:
        RefusedError: Not counted, or a lot must be drawn first.
    """
    election = work.elections.get_locked(slug)
    following = next_phase(election.phase, Act.CERTIFY)
    if completed_of(election) is None:
        raise RefusedError("certify-lot-needed")
    reach(election, following, signed, decided_on=decided_on, meeting=meeting, decision=remarks)
    log_act(work, signed, "certify", slug, decided_on=decided_on.isoformat(), meeting=meeting)


def _lot(row: RecordedLot) -> Lot:
    return Lot(
        boundary=Boundary(row.boundary),
        order=tuple(CandidateId(each) for each in row.drawn),
        method=row.method,
        drawn_by=row.drawn_by,
        witnesses=tuple(row.witnesses),
        drawn_at=row.drawn_at,
    )
