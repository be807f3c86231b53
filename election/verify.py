"""Verification of a whole public record, in numbered steps; raises at the first fault.

 1. archive      the file has the one canonical form, every document the hash it is named by (4.4)
 2. chain        every event follows the one before; nothing is missing, repeated or out of order (4.4)
 3. election     the published election is well-formed, in a known group (4.9, 4.10)
 4. trustees     every trustee proved to know a secret; their keys make up the election's key (4.5, 4.7)
 5. credentials  every public credential is a different element of the group (4.8)
 6. ballots      every ballot is canonical, of this election, signed by a listed credential, proved to follow the
                 rules, and no copy of another (4.11 to 4.15)
 7. tally        the encrypted tally is the product of the last ballot of each credential (4.16)
 8. decryptions  every share was made from this tally with the trustee's key (4.18)
 9. result       the counts are what the shares open (4.19)

What it cannot show: that the credentials went to the right people, that a voter's phone encrypted what the voter
chose, and that trustees did not meet to open a single ballot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, TypeVar

from gmpy2 import mpz

from election.ballots import Ballot, parse_ballot, verify_ballot_proofs
from election.crypto.groups import parse_element
from election.crypto.membership import check_members
from election.definition import ElectionDefinition, parse_election, verify_election_key
from election.errors import (
    BallotError,
    CredentialError,
    ElectionError,
    GroupError,
    RecordError,
    TallyError,
    VerificationError,
)
from election.ids import SYSTEM_RNG, Rng
from election.phases import EventType
from election.record.archive import read_archive
from election.record.canonical import canonical_bytes, load_json
from election.record.chain import Entry, Head
from election.record.replay import RecordStep, replay
from election.record.shapes import fields, items, text, whole_number
from election.record.writer import owned_share_document
from election.tally import (
    Counts,
    EncryptedTally,
    Share,
    parse_counts,
    parse_share,
    parse_tally,
    tally_ballots,
    verify_counts,
    verify_share,
    verify_tally,
)
from election.trustees import TrusteePublicKey, parse_trustees

_T = TypeVar("_T")
# Ballots whose elements are asked for membership together.
_BATCH = 256


@dataclass(slots=True)
class VerifiedRecord:
    """What a verified record holds so far."""

    definition: ElectionDefinition
    trustees: tuple[TrusteePublicKey, ...]
    weights: dict[mpz, int]
    """weight of each public credential"""
    head: Head
    ballots: list[Ballot] = field(default_factory=list)
    """every accepted ballot in the order of the record, replaced ones too"""
    tally: EncryptedTally | None = None
    shares: dict[int, Share] = field(default_factory=dict)
    """by trustee, from 1"""
    counts: Counts | None = None


def verify_archive(file: BinaryIO, *, rng: Rng = SYSTEM_RNG) -> VerifiedRecord:
    """Verify a ``.bel`` file.

    Raises:
        VerificationError: The first fault and the step that found it.
    """
    return verify_record(read_archive(file), rng=rng)


def verify_record(entries: Iterable[Entry], *, rng: Rng = SYSTEM_RNG) -> VerifiedRecord:
    """Verify the entries of a record.

    Raises:
        VerificationError: The first fault and the step that found it.
    """
    steps = _guarded("2 chain", replay(_guarded("1 archive", iter(entries))))
    setup = next(steps)
    record = _verify_setup(setup, rng)
    verifier = _Verifier(record, rng)
    for step in steps:
        verifier.take(step)
    verifier.finish_ballots()
    return record


def _guarded(step: str, source: Iterator[_T]) -> Iterator[_T]:
    """Name the step of any fault that comes out of ``source``."""
    while True:
        try:
            item = next(source)
        except StopIteration:
            return
        except VerificationError:
            raise
        except ElectionError as fault:
            raise VerificationError(step, fault) from fault
        yield item


def _in_step(step: str, action: Callable[[], _T]) -> _T:
    try:
        return action()
    except ElectionError as fault:
        raise VerificationError(step, fault) from fault


def _verify_setup(step: RecordStep, rng: Rng) -> VerifiedRecord:
    election, trustees, credentials, binding = step.documents
    _in_step("2 chain", lambda: _check_binding(binding, election, trustees, credentials))
    # (3) the election
    definition = _in_step("3 election", lambda: parse_election(election.content))
    _in_step("3 election", lambda: check_members(definition.group, [definition.public_key]))
    # (4) the trustees
    keys = _in_step("4 trustees", lambda: parse_trustees(trustees.content, definition.group))
    _in_step("4 trustees", lambda: verify_election_key(definition, keys))
    # (5) the credentials
    weights = _in_step("5 credentials", lambda: parse_public_credentials(credentials.content, definition, rng))
    return VerifiedRecord(definition=definition, trustees=keys, weights=weights, head=step.head)


def _check_binding(binding: Entry, election: Entry, trustees: Entry, credentials: Entry) -> None:
    names = ("election", "trustees", "credentials")
    expected = dict(zip(names, (election.sha256, trustees.sha256, credentials.sha256), strict=True))
    if binding.content != canonical_bytes(expected):
        raise RecordError("record-setup")


def parse_public_credentials(raw: bytes, definition: ElectionDefinition, rng: Rng = SYSTEM_RNG) -> dict[mpz, int]:
    """Public credentials and their weights (4.8); belenios-tool may add a weight and a name after commas.

    Raises:
        ElectionError: Malformed, not canonical, one twice, or one outside the group.
    """
    weights: dict[mpz, int] = {}
    message = load_json(raw)
    for item in items(message, "credentials"):
        number, *rest = text(item, "credentials").split(",", 2)
        credential = parse_element(number, definition.group)
        if credential in weights:
            raise CredentialError("credential-twice")
        weights[credential] = _parse_weight(rest[0]) if rest else 1
    if canonical_bytes(message) != raw:
        raise CredentialError("credentials-not-canonical")
    check_members(definition.group, list(weights), rng=rng)
    return weights


def _parse_weight(weight: str) -> int:
    if not weight.isascii() or not weight.isdigit() or weight.startswith("0") or len(weight) > 18:
        raise CredentialError("credential-weight")
    return int(weight)


class _Verifier:
    """Takes the steps after the set-up, in order."""

    def __init__(self, record: VerifiedRecord, rng: Rng) -> None:
        self._record = record
        self._rng = rng
        self._waiting: list[Ballot] = []
        self._owner_of: dict[mpz, str] = {}
        self._trackers: set[str] = set()

    def take(self, step: RecordStep) -> None:
        kind = step.event.type
        if kind is EventType.BALLOT:
            self._named("6 ballots", step, self._take_ballot)
        else:
            self.finish_ballots()
        if kind is EventType.ENCRYPTED_TALLY:
            self._named("7 tally", step, self._take_tally)
        elif kind is EventType.PARTIAL_DECRYPTION:
            self._named("8 decryptions", step, self._take_share)
        elif kind is EventType.RESULT:
            self._named("9 result", step, self._take_result)
        self._record.head = step.head

    def finish_ballots(self) -> None:
        """Ask for membership of the ballots that still wait for it."""
        waiting, self._waiting = self._waiting, []
        elements = [element for ballot in waiting for element in ballot.elements()]
        try:
            check_members(self._record.definition.group, elements, rng=self._rng)
        except GroupError as fault:
            owners = [ballot for ballot in waiting for _ in ballot.elements()]
            tracker = owners[int(fault.params["position"])].tracker
            raise VerificationError("6 ballots", BallotError("ballot-outside-group-of", tracker=tracker)) from fault

    def _named(self, name: str, step: RecordStep, action: Callable[[tuple[bytes, ...]], None]) -> None:
        documents = tuple(entry.content for entry in step.documents)
        try:
            action(documents)
        except ElectionError as fault:
            raise VerificationError(f"{name}, event {step.event.height}", fault) from fault

    def _take_ballot(self, documents: tuple[bytes, ...]) -> None:
        record = self._record
        ballot = parse_ballot(documents[0], record.definition)
        if ballot.credential not in record.weights:
            raise BallotError("ballot-unknown-credential")
        self._check_fresh(ballot)
        verify_ballot_proofs(ballot, record.definition)
        record.ballots.append(ballot)
        self._waiting.append(ballot)
        if len(self._waiting) >= _BATCH:
            self.finish_ballots()

    def _check_fresh(self, ballot: Ballot) -> None:
        # Replay (Cortier and Smyth 2011) and clash (Küsters, Truderung and Vogt 2012).
        if ballot.tracker in self._trackers:
            raise BallotError("ballot-twice", tracker=ballot.tracker)
        self._trackers.add(ballot.tracker)
        for element in ballot.elements():
            if (earlier := self._owner_of.setdefault(element, ballot.tracker)) != ballot.tracker:
                raise BallotError("ballot-copied", tracker=ballot.tracker, earlier=earlier)

    def _take_tally(self, documents: tuple[bytes, ...]) -> None:
        record = self._record
        published = parse_tally(documents[0], documents[1], record.definition)
        verify_tally(published, tally_ballots(record.definition, record.ballots, record.weights))
        record.tally = published

    def _take_share(self, documents: tuple[bytes, ...]) -> None:
        record = self._record
        if record.tally is None:
            raise TallyError("share-without-tally")
        binding = fields(load_json(documents[1]), "owned_partial_decryption", ("owner", "payload"))
        owner = whole_number(binding["owner"], "owner")
        if not 1 <= owner <= len(record.trustees):
            raise TallyError("share-owner", owner=owner, trustees=len(record.trustees))
        if owner in record.shares:
            raise TallyError("share-twice", owner=owner)
        share = parse_share(load_json(documents[0]), record.definition)
        if share.content != documents[0] or documents[1] != owned_share_document(owner, share):
            raise TallyError("share-not-canonical")
        verify_share(share, record.trustees[owner - 1], record.tally, record.definition)
        record.shares[owner] = share

    def _take_result(self, documents: tuple[bytes, ...]) -> None:
        record = self._record
        if record.tally is None or len(record.shares) != len(record.trustees):
            raise TallyError("share-missing", expected=len(record.trustees), found=len(record.shares))
        shares = [record.shares[owner] for owner in sorted(record.shares)]
        published = parse_counts(documents[0], record.definition)
        verify_counts(published, record.tally, shares, record.definition)
        record.counts = published
