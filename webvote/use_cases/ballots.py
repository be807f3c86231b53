"""Voting: opened, ballots accepted one by one, closed.

A ballot is checked before the transaction, which is slow and needs no lock, and put in the box under the lock.
"""

from __future__ import annotations

from dataclasses import dataclass

from election.ballots import Ballot, max_ballot_bytes, parse_ballot, tracker
from election.challenge import OpenedList, refuse_opened
from election.definition import ElectionDefinition
from election.errors import BallotError
from election.record.canonical import sha256_hex
from election.record.writer import ballot_entries, end_ballots_entries
from election.trustees.rehearsal import Override
from webvote.phases import Act, Phase, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import BoxedBallot, Election
from webvote.use_cases.definition import definition_of, reach
from webvote.use_cases.log import Signed, log_act
from webvote.use_cases.record import append_step, head_of
from webvote.use_cases.rehearsal import keys_awaited, verify_rehearsed


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRules:
    """What a ballot of this election must be, as far as it can be said before reading it."""

    definition: ElectionDefinition
    most_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the voter is told: the ballot's mark and its number in the box."""

    tracker: str
    number: int


def open_voting(work: UnitOfWork, signed: Signed, slug: str, override: Override | None = None) -> None:
    """Let ballots in, once every key that is wanted was shown.

    An ``override`` says who decided to open all the same, and why; it is recorded where one is needed.

    Raises:
        RefusedError: Not sealed yet, or opened before.
        TrusteeError: Too few keys were shown, and nobody decided otherwise with a reason.
    """
    election = work.elections.get_locked(slug)
    following = next_phase(election.phase, Act.OPEN)
    awaited = keys_awaited(election)
    verify_rehearsed(election, override if awaited else None)
    if awaited and override is not None:
        reach(election, following, signed, meeting=override.decided_by, decision=override.reason)
        names = ", ".join(name for each in awaited for name in each.names)
        about = {"untested": names, "decided_by": override.decided_by, "reason": override.reason}
        log_act(work, signed, "open-without-keys", slug, **about)
    else:
        reach(election, following, signed)
    log_act(work, signed, "open", slug)


def close_voting(work: UnitOfWork, signed: Signed, slug: str) -> None:
    """Let no more ballots in; the record says so from this moment.

    Raises:
        RefusedError: Voting is not open.
    """
    election = work.elections.get_locked(slug)
    following = next_phase(election.phase, Act.CLOSE)
    append_step(work, election, end_ballots_entries(head_of(election)))
    reach(election, following, signed)
    log_act(work, signed, "close", slug, ballots=election.ballots_number)


def check_card(work: UnitOfWork, slug: str, credential: str) -> Election:
    """The election, when voting is open and the public credential is on its list.

    Raises:
        RefusedError: It is not.
    """
    election = work.elections.get(slug)
    next_phase(election.phase, Act.CAST)
    if not work.records.has_credential(election, credential):
        raise RefusedError("credential-unknown", status=403)
    return election


def ballot_rules(work: UnitOfWork, slug: str) -> BallotRules:
    """What is needed to check a ballot.

    Raises:
        RefusedError: The election has no record yet.
    """
    election = work.elections.get(slug)
    if election.phase is Phase.PREPARING:
        raise RefusedError("cast-too-early")
    definition = definition_of(election)
    return BallotRules(definition=definition, most_bytes=max_ballot_bytes(definition))


def find_receipt(work: UnitOfWork, slug: str, raw: bytes) -> Receipt | None:
    """The receipt of a ballot that is in the box already: a voter whose connection broke asks again.

    Raises:
        RefusedError: It is not there, and voting is not open.
    """
    election = work.elections.get(slug)
    receipt = _receipt(work, election, tracker(raw))
    if receipt is None:
        next_phase(election.phase, Act.CAST)
    return receipt


def read_ballot(rules: BallotRules, raw: bytes) -> Ballot:
    """Read a ballot without judging its proofs.

    Raises:
        BallotError: Too large, of another election, malformed, or not in canonical form.
    """
    return parse_ballot(raw, rules.definition)


def refuse_early(work: UnitOfWork, slug: str, ballot: Ballot) -> None:
    """Refuse what needs no proof to be refused, before an hour of proofs could be asked for by a stranger.

    Raises:
        BallotError: The credential is not listed, or the ballot was opened.
        RefusedError: A ciphertext of it was seen before.
    """
    election = work.elections.get(slug)
    try:
        _check_against_box(work, election, ballot)
    except RefusedError:
        # A second sending of this very ballot may have overtaken us; accept_ballot gives it the same receipt.
        if _receipt(work, election, ballot.tracker) is None:
            raise


def accept_ballot(work: UnitOfWork, slug: str, ballot: Ballot) -> Receipt:
    """Put a verified ballot into the box, once, after all that came before.

    Raises:
        RefusedError: Voting has closed meanwhile, or a ciphertext of it was seen before.
        BallotError: The credential is not listed, or the ballot was opened.
    """
    election = work.elections.get_locked(slug)
    receipt = _receipt(work, election, ballot.tracker)
    if receipt is not None:
        return receipt
    next_phase(election.phase, Act.CAST)
    _check_against_box(work, election, ballot)
    sequence = append_step(work, election, ballot_entries(head_of(election), ballot.raw))
    election.ballots_number += 1
    number = election.ballots_number
    boxed = BoxedBallot(
        election_id=election.id, number=number, sequence=sequence, tracker=ballot.tracker, card=card_of(ballot)
    )
    work.records.add_ballot(boxed, ballot.ciphertext_digests())
    return Receipt(tracker=ballot.tracker, number=number)


def card_of(ballot: Ballot) -> str:
    """The card with which a ballot was made, as a digest of what the ballot tells of it."""
    return sha256_hex(str(ballot.credential).encode())


def _check_against_box(work: UnitOfWork, election: Election, ballot: Ballot) -> None:
    if not work.records.has_credential(election, str(ballot.credential)):
        raise BallotError("ballot-unknown-credential")
    digests = ballot.ciphertext_digests()
    _check_not_opened(work, election, ballot, digests)
    if len(set(digests)) != len(digests) or work.records.has_seen(election, digests):
        raise RefusedError("ballot-copy", status=400)


def _check_not_opened(work: UnitOfWork, election: Election, ballot: Ballot, digests: tuple[str, ...]) -> None:
    # A ballot that was opened shows how it votes; whoever took a part of it would show it too.
    found = work.openings.find(election, ballot.tracker)
    opened = OpenedList(
        trackers=frozenset(() if found is None else (found.tracker,)),
        elements=work.openings.known_elements(election, digests),
    )
    refuse_opened(ballot, opened)


def _receipt(work: UnitOfWork, election: Election, mark: str) -> Receipt | None:
    found = work.records.find_ballot(election, mark)
    return None if found is None else Receipt(tracker=found.tracker, number=found.number)
