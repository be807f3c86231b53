"""Step 9: every share was made from this tally, by the trustee whom it names (4.18)."""

from __future__ import annotations

from election.definition import ElectionDefinition
from election.errors import RecordError, TallyError
from election.record.canonical import load_json
from election.record.shapes import fields, whole_number
from election.record.writer import owned_document
from election.shares import Share, parse_share, verify_share
from election.shuffles import check_shuffled
from election.tally import EncryptedTally
from election.trustees import ThresholdGroup, TrusteePublicKey, owners, trustee_keys
from election.verify.record import VerifiedRecord


def take_share(record: VerifiedRecord, documents: tuple[bytes, ...]) -> None:
    """Check one trustee's partial decryption; of a member of a group one that does not hold is left aside.

    Raises:
        ElectionError: Of nobody, a second one, before the shuffles, or of a trustee who is needed and malformed or not
            of this tally.
    """
    if record.tally is None:
        raise TallyError("share-without-tally")
    check_shuffled(record.tally, record.definition)
    # What says whose share it is must hold by itself: nobody else's word would do for leaving one aside.
    binding = fields(load_json(documents[1]), "owned_partial_decryption", ("owner", "payload"))
    owner = whole_number(binding["owner"], "owner")
    keys = trustee_keys(record.trustees)
    if not 1 <= owner <= len(keys):
        raise TallyError("share-owner", owner=owner, trustees=len(keys))
    if owner in record.shares or owner in record.left_aside:
        raise TallyError("share-twice", owner=owner)
    if documents[1] != owned_document(owner, documents[0]):
        raise TallyError("share-not-canonical")
    try:
        record.shares[owner] = _share(documents[0], keys[owner - 1], record.tally, record.definition)
    except TallyError as fault:
        if not _can_be_spared(record, owner):
            raise
        # As Belenios does since 3.3: one member of a group cannot stop the others by a share that does not hold.
        record.left_aside[owner] = fault


def _share(raw: bytes, key: TrusteePublicKey, tally: EncryptedTally, definition: ElectionDefinition) -> Share:
    try:
        message = load_json(raw)
    except RecordError as fault:
        raise TallyError("share-malformed", reason=str(fault)) from fault
    share = parse_share(message, definition)
    if share.content != raw:
        raise TallyError("share-not-canonical")
    verify_share(share, key, tally, definition)
    return share


def _can_be_spared(record: VerifiedRecord, owner: int) -> bool:
    return any(isinstance(item, ThresholdGroup) for item, numbers in owners(record.trustees) if owner in numbers)
