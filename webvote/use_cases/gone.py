"""Who takes no place after the count: withdrew, died, is not eligible, or was elected and declines.

The counts stay as they are; the next by votes moves up. Until the result is certified it can be taken back.
"""

from __future__ import annotations

from election.counting.lots import LotsRequired
from election.counting.outcome import WhyGone
from election.ids import CandidateId
from webvote.phases import Act, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, GoneCandidate
from webvote.use_cases.log import Signed, log_act
from webvote.use_cases.result import ElectionResult, result_of


def record_gone(
    work: UnitOfWork, signed: Signed, slug: str, *, candidate: str, why: WhyGone, decision: str
) -> ElectionResult:
    """Record that a candidate takes no place; the result without them.

    Raises:
        RefusedError: Not counted, certified already, nobody has this key, recorded already, or somebody declines a
            seat that they did not get.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.LEAVE)
    names = {each.key: each.name for each in election.candidates}
    if candidate not in names:
        raise RefusedError("no-such-candidate", status=404)
    before = _counted(election)
    if any(each.candidate == candidate for each in before.gone):
        raise RefusedError("gone-already", person=names[candidate])
    if why is WhyGone.DECLINED and not _is_elected(before, CandidateId(candidate)):
        raise RefusedError("gone-not-elected", person=names[candidate])
    election.gone.append(GoneCandidate(candidate=candidate, why=why.value, decision=decision.strip()))
    after = _counted(election)
    detail = {"name": names[candidate], "why": why.value, "decision": decision.strip()}
    log_act(work, signed, "record-gone", slug, **detail, **_lots_changed(before, after))
    return after


def take_back_gone(work: UnitOfWork, signed: Signed, slug: str, candidate: str) -> ElectionResult:
    """Take back what was recorded by mistake; the result with the candidate.

    Raises:
        RefusedError: Not counted, certified already, or it is not recorded of this candidate.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.LEAVE)
    before = _counted(election)
    for row in election.gone:
        if row.candidate == candidate:
            election.gone.remove(row)
            after = _counted(election)
            name = next(each.name for each in election.candidates if each.key == candidate)
            log_act(work, signed, "take-back-gone", slug, name=name, why=row.why, **_lots_changed(before, after))
            return after
    raise RefusedError("no-such-gone", status=404)


def _counted(election: Election) -> ElectionResult:
    result = result_of(election)
    if result is None:
        raise RefusedError("leave-too-early")
    return result


def _is_elected(result: ElectionResult, candidate: CandidateId) -> bool:
    """Whether the seat is theirs, or would be whichever way an open lot falls."""
    if not isinstance(result.outcome, LotsRequired):
        return any(place.candidate == candidate for place in result.outcome.elected)
    votes = {each.id: number for each, number in zip(result.contest.candidates, result.counts.votes, strict=True)}
    return votes[candidate] > result.outcome.votes


def _lots_changed(before: ElectionResult, after: ElectionResult) -> dict[str, list[str]]:
    """For the log: which lots count no more, and which count again."""
    changes = {
        "lots_set_aside": [each for each in before.lots if each in after.set_aside],
        "lots_counting_again": [each for each in before.set_aside if each in after.lots],
    }
    return {name: [" ".join(each.order) for each in lots] for name, lots in changes.items() if lots}
