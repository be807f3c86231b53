"""From counts to a certified result: the lot where one is needed, and the board's signature.

The result is computed anew each time, from the counts, the lots that were recorded and those who are gone. A lot
counts as long as it answers a tie that is there. So when somebody goes and the tie with them, the lot is set aside by
itself; when they come back it counts again, and nobody can have it drawn a second time in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from composition_rules.lots import canonical_seed
from election.contest import Contest
from election.counting.lots import Boundary, Lot, LotsRequired, seeded_lot
from election.counting.outcome import Completed, Gone, WhyGone
from election.errors import ResultError
from election.ids import CandidateId
from election.result import Outcome, VoteCounts, determine_result, vote_counts
from webvote.phases import Act, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, RecordedLot
from webvote.use_cases.contest import make_contest
from webvote.use_cases.definition import reach
from webvote.use_cases.log import Signed, log_act

# A lot for a tie that is not there, or that is between other people now.
_NOT_ASKED = frozenset({"lot-not-asked", "lot-people"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionResult:
    """The counts of an election and what follows from them so far.

    ``lots`` are those on which the outcome rests, ``set_aside`` those that answer no tie any more.
    """

    contest: Contest
    counts: VoteCounts
    gone: tuple[Gone, ...]
    lots: tuple[Lot, ...]
    set_aside: tuple[Lot, ...]
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
    gone = tuple(
        Gone(candidate=CandidateId(each.candidate), why=WhyGone(each.why), decision=each.decision)
        for each in election.gone
    )
    drawn = [lot_of(each) for each in election.lots if each.taken_back_at is None]
    lots = _fitting(contest, counts, drawn, gone)
    return ElectionResult(
        contest=contest,
        counts=counts,
        gone=gone,
        lots=lots,
        set_aside=tuple(each for each in drawn if each not in lots),
        outcome=determine_result(contest, counts, lots, gone=gone),
    )


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
    """Keep a lot that was drawn by hand between the tied candidates.

    Raises:
        RefusedError: Not counted, certified already, no lot is needed, or the lot is not about the tied people.
    """
    election = _drawing(work, slug)
    needed = lot_needed(election)
    if sorted(order) != sorted(needed.tied):
        raise RefusedError("draw-other-people")
    lot = Lot(
        boundary=needed.boundary,
        order=tuple(order),
        method=method,
        drawn_by=drawn_by,
        witnesses=tuple(witnesses),
        drawn_at=drawn_at,
        at=needed.at,
    )
    _keep(work, signed, election, lot)


def record_seeded_lot(work: UnitOfWork, signed: Signed, slug: str, *, seed: str, source: str) -> None:
    """Compute the lot between the tied candidates from a published seed; ``source`` says where the seed was published.

    Raises:
        RefusedError: Not counted, certified already, or no lot is needed.
        LotError: The seed cannot be used.
    """
    election = _drawing(work, slug)
    seed = canonical_seed(seed)
    lot = seeded_lot(lot_needed(election), seed=seed, drawn_by=signed.by, witnesses=(), drawn_at=signed.at)
    _keep(work, signed, election, replace(lot, method=source))


def take_back_lot(work: UnitOfWork, signed: Signed, slug: str, number: int) -> None:
    """Take back a lot that was recorded by mistake. It stays to be seen, and counts no more.

    Raises:
        RefusedError: Not counted, certified already, or there is no such lot.
    """
    election = _drawing(work, slug)
    for lot in election.lots:
        if lot.number == number and lot.taken_back_at is None:
            lot.taken_back_at = signed.at
            log_act(work, signed, "take-back-lot", slug, number=number, order=lot.drawn, method=lot.method)
            return
    raise RefusedError("no-such-lot", status=404)


def lot_needed(election: Election) -> LotsRequired:
    """The lot that must be drawn now.

    Raises:
        RefusedError: The votes are not counted, or no lot is needed.
    """
    result = result_of(election)
    if result is None:
        raise RefusedError("draw-too-early")
    if not isinstance(result.outcome, LotsRequired):
        raise RefusedError("draw-not-needed")
    return result.outcome


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


def _drawing(work: UnitOfWork, slug: str) -> Election:
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.DRAW)
    return election


def _keep(work: UnitOfWork, signed: Signed, election: Election, lot: Lot) -> None:
    number = len(election.lots) + 1
    election.lots.append(
        RecordedLot(
            number=number,
            boundary=lot.boundary.value,
            drawn=list(lot.order),
            method=lot.method,
            drawn_by=lot.drawn_by,
            witnesses=list(lot.witnesses),
            drawn_at=lot.drawn_at,
            at=lot.at,
            seed=lot.seed,
            taken_back_at=None,
        )
    )
    detail = {"method": lot.method, "drawn_by": lot.drawn_by, "seed": lot.seed}
    log_act(work, signed, "record-lot", election.slug, number=number, order=list(lot.order), **detail)


def _fitting(contest: Contest, counts: VoteCounts, drawn: Sequence[Lot], gone: Sequence[Gone]) -> tuple[Lot, ...]:
    """The lots that the count asks for. One lot can make room for another, so each is tried until none fits."""
    fitting: tuple[Lot, ...] = ()
    waiting = list(drawn)
    while found := next((each for each in waiting if _fits(contest, counts, (*fitting, each), gone)), None):
        waiting.remove(found)
        fitting += (found,)
    return fitting


def _fits(contest: Contest, counts: VoteCounts, lots: Sequence[Lot], gone: Sequence[Gone]) -> bool:
    try:
        determine_result(contest, counts, lots, gone=gone)
    except ResultError as error:
        if error.code not in _NOT_ASKED:
            raise
        return False
    return True


def lot_of(row: RecordedLot) -> Lot:
    """A lot as it was recorded."""
    return Lot(
        boundary=Boundary(row.boundary),
        order=tuple(CandidateId(each) for each in row.drawn),
        method=row.method,
        drawn_by=row.drawn_by,
        witnesses=tuple(row.witnesses),
        drawn_at=row.drawn_at,
        at=row.at,
        seed=row.seed,
    )
