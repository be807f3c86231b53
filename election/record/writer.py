"""The events of an election, as entries to append (specification 4.4, table of the typical sequence).

Each function takes the head of the chain and gives the entries and the new head. Nothing is judged here: ballots and
shares are checked before they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gmpy2 import mpz

from election.credential_list import credentials_document
from election.definition import ElectionDefinition
from election.opened import Counts, counts_to_bytes
from election.phases import EventType, check_move
from election.record.canonical import canonical_bytes, sha256_hex
from election.record.chain import Entry, Head, extend
from election.shares import Share
from election.shuffles import Shuffle
from election.tally import EncryptedTally
from election.trustees import TrusteeItem, trustees_to_bytes

Step = tuple[tuple[Entry, ...], Head]


def setup_entries(
    definition: ElectionDefinition, trustees: Sequence[TrusteeItem], public_credentials: Iterable[mpz]
) -> Step:
    """The first event: election, trustees, credentials and the document that binds them."""
    credentials = credentials_document(dict.fromkeys(public_credentials, 1))
    return setup_entries_of(definition, trustees_to_bytes(trustees), credentials)


def setup_entries_of(definition: ElectionDefinition, trustees: bytes, credentials: bytes) -> Step:
    """The same from the documents of others, which are not judged here."""
    documents = (definition.content, trustees, credentials)
    names = ("election", "trustees", "credentials")
    binding = {name: sha256_hex(document) for name, document in zip(names, documents, strict=True)}
    return _step(None, EventType.SETUP, (*documents, canonical_bytes(binding)))


def ballot_entries(head: Head, raw: bytes) -> Step:
    """A ballot that was accepted."""
    return _step(head, EventType.BALLOT, (raw,))


def end_ballots_entries(head: Head) -> Step:
    """No ballot comes after this."""
    return _step(head, EventType.END_BALLOTS, ())


def tally_entries(head: Head, tally: EncryptedTally) -> Step:
    """The encrypted tally."""
    return _step(head, EventType.ENCRYPTED_TALLY, (tally.content, tally.sized_content))


def shuffle_entries(head: Head, owner: int, shuffle: Shuffle) -> Step:
    """The shuffle of trustee number ``owner`` (from 1)."""
    return _step(head, EventType.SHUFFLE, (shuffle.content, owned_document(owner, shuffle.content)))


def end_shuffles_entries(head: Head) -> Step:
    """No shuffle comes after this."""
    return _step(head, EventType.END_SHUFFLES, ())


def share_entries(head: Head, owner: int, share: Share) -> Step:
    """The partial decryption of trustee number ``owner`` (from 1)."""
    return _step(head, EventType.PARTIAL_DECRYPTION, (share.content, owned_share_document(owner, share)))


def owned_share_document(owner: int, share: Share) -> bytes:
    """The document that says whose share it is (4.18)."""
    return owned_document(owner, share.content)


def owned_document(owner: int, content: bytes) -> bytes:
    """The document that says whose shuffle (4.17) or share (4.18) it is."""
    return canonical_bytes({"owner": owner, "payload": sha256_hex(content)})


def result_entries(head: Head, counts: Counts) -> Step:
    """The counts; nothing comes after this."""
    return _step(head, EventType.RESULT, (counts_to_bytes(counts),))


def _step(head: Head | None, kind: EventType, documents: tuple[bytes, ...]) -> Step:
    check_move(head.type if head else None, kind)
    return extend(head, kind, documents)
