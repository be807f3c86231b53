"""The rehearsal: each trustee opens a test ciphertext, so that a lost key is found before anybody votes.

It can be held as soon as all keys are there, while a lost one can still be replaced, and until voting opens.
"""

from __future__ import annotations

from election.crypto.groups import BELENIOS_2048
from election.record.canonical import Json, canonical_bytes
from election.trustees.rehearsal import (
    Override,
    Rehearsal,
    RehearsalTest,
    answer_to_bytes,
    parse_answer,
    rehearse,
    verify_ready,
)
from webvote.phases import Phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election
from webvote.use_cases.log import Signed, log_act
from webvote.use_cases.trustees import (
    Awaited,
    check_code,
    find_trustee,
    has_every_key,
    owner_of_record,
    still_awaited,
    trustee_items,
)


def rehearsal_test(election: Election) -> RehearsalTest:
    """What every trustee is asked to open.

    Raises:
        RefusedError: A key is still awaited.
    """
    if not has_every_key(election):
        raise RefusedError("rehearse-too-early")
    return RehearsalTest(trustees=trustee_items(election), group=BELENIOS_2048, nonce=election.rehearsal_nonce)


def accept_answer(work: UnitOfWork, signed: Signed, slug: str, number: int, code: str, message: Json) -> None:
    """Keep how a trustee opened the test, after its proof was checked. A second time changes nothing.

    Raises:
        RefusedError: A wrong code, not the time for it, or the answer is another trustee's.
        TrusteeError: The answer is malformed, or was not made with the trustee's key for this test.
    """
    election = work.elections.get_locked(slug)
    trustee = find_trustee(election, number)
    check_code(trustee, code)
    if election.phase.has_reached(Phase.OPEN):
        raise RefusedError("rehearse-too-late")
    test = rehearsal_test(election)
    answer = parse_answer(canonical_bytes(message), BELENIOS_2048)
    if answer.owner != owner_of_record(election, trustee):
        raise RefusedError("rehearsal-of-other", status=400)
    if trustee.answer is not None:
        return
    rehearse(test, [*_kept(election).answers.values(), answer])
    trustee.answer = answer_to_bytes(answer).decode()
    log_act(work, signed, "rehearse", slug, number=number)


def keys_awaited(election: Election) -> tuple[Awaited, ...]:
    """Which trustees should still show their keys before voting opens.

    Raises:
        RefusedError: Not all keys are there.
    """
    wanted = [each.wanted for each in _kept(election).readiness()]
    return still_awaited(election, wanted, lambda trustee: trustee.answer is not None)


def verify_rehearsed(election: Election, override: Override | None) -> None:
    """Check that voting may open.

    Raises:
        TrusteeError: Too few keys were shown and nobody decided otherwise with a reason, or an answer does not hold.
        RefusedError: Not all keys are there.
    """
    kept = _kept(election)
    verify_ready(rehearse(kept.test, tuple(kept.answers.values())), override)


def _kept(election: Election) -> Rehearsal:
    """The answers that came; each was checked then."""
    answers = {
        owner: parse_answer(each.answer.encode(), BELENIOS_2048)
        for owner, each in enumerate(election.trustees, start=1)
        if each.answer is not None
    }
    return Rehearsal(test=rehearsal_test(election), answers=answers)
