"""Count: the product of the ballots, opened by every trustee alone and enough members of each group."""

from __future__ import annotations

import json
from dataclasses import dataclass

from election.ballots import parse_ballot
from election.decryption import open_tally
from election.definition import ElectionDefinition
from election.opened import marks_counted
from election.record.canonical import Json
from election.record.writer import result_entries, share_entries, tally_entries
from election.shares import Share, parse_share, share_to_json, verify_share
from election.tally import EncryptedTally, parse_tally, tally_ballots
from election.trustees import parse_trustee_public_key
from webvote.phases import Act, Phase, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election
from webvote.use_cases.definition import definition_of, reach
from webvote.use_cases.log import Signed, log_act
from webvote.use_cases.record import append_step, head_of
from webvote.use_cases.trustees import (
    Awaited,
    check_code,
    find_trustee,
    holders,
    owner_of_record,
    still_awaited,
    trustee_items,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedShare:
    """A trustee's share that was made from this tally with this trustee's key."""

    number: int
    share: Share


def lacks_tally(election: Election) -> bool:
    """Whether voting is closed and the ballots are not multiplied yet."""
    return election.phase is Phase.CLOSED and election.encrypted_tally is None


def compute_tally(work: UnitOfWork, slug: str) -> EncryptedTally:
    """Multiply the ballots that count. Slow, and nothing can change them any more, so it needs no lock.

    Raises:
        RefusedError: Voting is not closed.
    """
    election = work.elections.get(slug)
    next_phase(election.phase, Act.DECRYPT)
    definition = definition_of(election)
    ballots = [parse_ballot(raw, definition) for raw in work.records.ballot_contents(election)]
    return tally_ballots(definition, ballots)


def publish_tally(work: UnitOfWork, signed: Signed, slug: str, tally: EncryptedTally) -> None:
    """Put the encrypted tally into the record; a second time changes nothing.

    Raises:
        RefusedError: Voting is not closed.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.DECRYPT)
    if election.encrypted_tally is not None:
        return
    append_step(work, election, tally_entries(head_of(election), tally))
    election.encrypted_tally, election.sized_tally = tally.content, tally.sized_content
    election.voters_number = tally.num_tallied
    log_act(work, signed, "publish-tally", slug, ballots_that_count=tally.num_tallied)


def tally_of(election: Election) -> EncryptedTally:
    """The encrypted tally.

    Raises:
        RefusedError: Voting is not closed yet.
    """
    if election.encrypted_tally is None or election.sized_tally is None:
        raise RefusedError("decrypt-too-early")
    return parse_tally(election.encrypted_tally, election.sized_tally, definition_of(election))


def check_trustee_share(work: UnitOfWork, slug: str, number: int, code: str, message: Json) -> CheckedShare:
    """Read a share and check it against the tally and the trustee's key.

    Raises:
        RefusedError: A wrong code, or not the time for it.
        TallyError: The share is wrong.
    """
    election = work.elections.get(slug)
    trustee = find_trustee(election, number)
    check_code(trustee, code)
    next_phase(election.phase, Act.DECRYPT)
    definition, tally = definition_of(election), tally_of(election)
    share = parse_share(message, definition)
    verify_share(share, parse_trustee_public_key(json.loads(trustee.public_key or "null")), tally, definition)
    return CheckedShare(number=number, share=share)


def accept_share(work: UnitOfWork, signed: Signed, slug: str, checked: CheckedShare) -> int:
    """Put a checked share into the record; returns how many are still needed. A second time changes nothing.

    Raises:
        RefusedError: Not the time for it.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.DECRYPT)
    trustee = find_trustee(election, checked.number)
    if trustee.share is None:
        owner = owner_of_record(election, trustee)
        append_step(work, election, share_entries(head_of(election), owner, checked.share))
        trustee.share = json.dumps(share_to_json(checked.share), separators=(",", ":"))
        log_act(work, signed, "trustee-share", slug, number=checked.number)
    return sum(each.number for each in shares_awaited(election))


def shares_awaited(election: Election) -> tuple[Awaited, ...]:
    """Which trustees must still use their keys before the votes can be counted."""
    wanted = [each.needed for each in holders(election)]
    return still_awaited(election, wanted, lambda trustee: trustee.share is not None)


def count(work: UnitOfWork, signed: Signed, slug: str) -> None:
    """Open the tally with the shares that came; the counts end the record.

    Raises:
        RefusedError: Not closed, or a share is missing that is needed.
        TallyError: The shares do not open the tally.
    """
    election = work.elections.get_locked(slug)
    following = next_phase(election.phase, Act.COUNT)
    for each in shares_awaited(election):
        raise RefusedError("count-shares-missing", number=each.number, names=", ".join(each.names))
    definition, tally = definition_of(election), tally_of(election)
    counts = open_tally(tally, _shares(election, definition), trustee_items(election), definition)
    append_step(work, election, result_entries(head_of(election), counts))
    election.counts = list(marks_counted(counts[0]))
    reach(election, following, signed)
    log_act(work, signed, "count", slug, counts=election.counts)


def _shares(election: Election, definition: ElectionDefinition) -> dict[int, Share]:
    return {
        owner_of_record(election, each): parse_share(json.loads(each.share), definition)
        for each in election.trustees
        if each.share
    }
