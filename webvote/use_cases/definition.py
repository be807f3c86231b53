"""Seal an election: from here on its record is public, and what voters are shown never changes."""

from __future__ import annotations

import calendar
import hashlib
from datetime import date
from functools import lru_cache

from gmpy2 import mpz

from election.definition import ElectionDefinition, define_election, parse_election
from election.errors import ElectionError
from election.ids import ElectionUuid
from election.questions import question_of
from election.record.writer import setup_entries
from webvote.phases import Act, Phase, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, ElectorsKind, Milestone
from webvote.use_cases.contest import make_contest
from webvote.use_cases.log import Signed, log_act
from webvote.use_cases.record import append_step
from webvote.use_cases.trustees import trustee_items


def lacks_before_sealing(work: UnitOfWork, election: Election) -> tuple[str, ...]:
    """The codes of everything that must be done before the election can be sealed."""
    lacks = []
    if not election.candidates:
        lacks.append("seal-no-candidates")
    elif election.max_marks > len(election.candidates):
        lacks.append("seal-too-many-marks")
    if election.electors_kind is ElectorsKind.UNDECIDED:
        lacks.append("seal-no-electors")
    if not election.trustees:
        lacks.append("seal-no-trustees")
    elif any(each.public_key is None for each in election.trustees):
        lacks.append("seal-keys-missing")
    if election.cards_made_at is None:
        lacks.append("seal-no-cards")
    elif work.records.credentials_number(election) != election.electors_number:
        lacks.append("seal-cards-other-number")
    return tuple(lacks)


def what_is_sealed(work: UnitOfWork, election: Election) -> str:
    """A digest of everything that sealing would publish or settle now; empty while it could publish nothing."""
    try:
        definition = _define(election)
    except ElectionError:
        return ""
    times = (election.opens_at.isoformat(), election.closes_at.isoformat())
    parts = (definition.fingerprint, work.records.smallest_credential(election), *times)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def seal(work: UnitOfWork, signed: Signed, slug: str, *, shown: str | None = None) -> None:
    """Publish the election, its trustees' keys and its public credentials as the first event of the record.

    ``shown`` is the digest of what the official was shown.

    Raises:
        RefusedError: Too late, something is lacking, or something was changed after it was shown.
        ElectionError: The parts do not make an election.
    """
    election = work.elections.get_locked(slug)
    following = next_phase(election.phase, Act.SEAL)
    lacks = lacks_before_sealing(work, election)
    if lacks:
        raise RefusedError(lacks[0])
    definition, trustees = _define(election), trustee_items(election)
    if shown is not None and shown != what_is_sealed(work, election):
        raise RefusedError("seal-changed-meanwhile")
    credentials = [mpz(value) for value in work.records.credentials(election)]
    append_step(work, election, setup_entries(definition, trustees, credentials))
    election.definition, election.fingerprint = definition.content, definition.fingerprint
    election.record_timestamp = calendar.timegm(signed.at.utctimetuple())
    reach(election, following, signed)
    log_act(work, signed, "seal", slug, fingerprint=definition.fingerprint, credentials=len(credentials))


def _define(election: Election) -> ElectionDefinition:
    return define_election(
        uuid=ElectionUuid(election.uuid),
        name=election.name,
        description=election.description,
        questions=[question_of(make_contest(election))],
        trustees=trustee_items(election),
    )


def definition_of(election: Election) -> ElectionDefinition:
    """The published election.

    Raises:
        RefusedError: The election is not sealed yet.
    """
    if election.definition is None:
        raise RefusedError("no-record-yet", status=404)
    return _parsed(election.definition)


@lru_cache(maxsize=16)
def _parsed(content: bytes) -> ElectionDefinition:
    # Every ballot needs it, and its bytes never change.
    return parse_election(content)


def reach(
    election: Election,
    phase: Phase,
    signed: Signed,
    *,
    decided_on: date | None = None,
    meeting: str = "",
    decision: str = "",
) -> None:
    """Note that the election has come one step further, who took it and when."""
    election.phase = phase
    election.milestones.append(
        Milestone(
            kind=phase.value, at=signed.at, by=signed.by, decided_on=decided_on, meeting=meeting, decision=decision
        )
    )
