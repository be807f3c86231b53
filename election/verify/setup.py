"""Steps 3 to 5: the first event, on which everything after it rests (specification 4.5 to 4.10)."""

from __future__ import annotations

from election.credential_list import credentials_fingerprint, parse_credentials
from election.crypto.membership import check_members
from election.definition import ElectionDefinition, parse_election, verify_election_key
from election.errors import RecordError
from election.ids import Rng
from election.record.canonical import canonical_bytes
from election.record.chain import Entry
from election.record.replay import RecordStep
from election.trustees import TrusteeItem, parse_trustees
from election.verify.record import VerifiedRecord
from election.verify.steps import Faults, Step, attempt


def verify_setup(step: RecordStep, faults: Faults, rng: Rng) -> VerifiedRecord | None:
    """What the first event sets up; nothing where its faults were kept and no ballot can be judged."""
    election, trustees, credentials, binding = step.documents
    attempt(faults, Step.CHAIN, lambda: _check_binding(binding, election, trustees, credentials))
    # (3) the election
    definition = attempt(faults, Step.ELECTION, lambda: _election(election.content))
    if definition is None:
        return None
    # (4) the trustees
    keys = attempt(faults, Step.TRUSTEES, lambda: _trustees(trustees.content, definition))
    # (5) the credentials
    weights = attempt(
        faults,
        Step.CREDENTIALS,
        lambda: parse_credentials(credentials.content, definition.group, names_allowed=True, rng=rng),
    )
    if weights is None:
        return None
    return VerifiedRecord(
        definition=definition,
        trustees=keys or (),
        weights=weights,
        credentials_fingerprint=credentials_fingerprint(credentials.content),
        head=step.head,
    )


def _check_binding(binding: Entry, election: Entry, trustees: Entry, credentials: Entry) -> None:
    names = ("election", "trustees", "credentials")
    expected = dict(zip(names, (election.sha256, trustees.sha256, credentials.sha256), strict=True))
    if binding.content != canonical_bytes(expected):
        raise RecordError("record-setup")


def _election(raw: bytes) -> ElectionDefinition:
    definition = parse_election(raw)
    check_members(definition.group, [definition.public_key])
    return definition


def _trustees(raw: bytes, definition: ElectionDefinition) -> tuple[TrusteeItem, ...]:
    keys = parse_trustees(raw, definition.group)
    verify_election_key(definition, keys)
    return keys
