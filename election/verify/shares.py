"""Step 9: every share was made from this tally, by the trustee whom it names (4.18)."""

from __future__ import annotations

from election.errors import TallyError
from election.record.canonical import load_json
from election.record.shapes import fields, whole_number
from election.record.writer import owned_share_document
from election.tally import check_shuffled, parse_share, verify_share
from election.trustees import ThresholdGroup, owners, trustee_keys
from election.verify.record import VerifiedRecord


def take_share(record: VerifiedRecord, documents: tuple[bytes, ...]) -> None:
    """Check one trustee's partial decryption; one that does not hold, of a member of a group, is left aside.

    Raises:
        ElectionError: Malformed, of nobody, a second one, before the shuffles, or of a trustee who is needed and not
            of this tally.
    """
    if record.tally is None:
        raise TallyError("share-without-tally")
    check_shuffled(record.tally, record.definition)
    binding = fields(load_json(documents[1]), "owned_partial_decryption", ("owner", "payload"))
    owner = whole_number(binding["owner"], "owner")
    keys = trustee_keys(record.trustees)
    if not 1 <= owner <= len(keys):
        raise TallyError("share-owner", owner=owner, trustees=len(keys))
    if owner in record.shares or owner in record.left_aside:
        raise TallyError("share-twice", owner=owner)
    share = parse_share(load_json(documents[0]), record.definition)
    if share.content != documents[0] or documents[1] != owned_share_document(owner, share):
        raise TallyError("share-not-canonical")
    try:
        verify_share(share, keys[owner - 1], record.tally, record.definition)
    except TallyError as fault:
        if not _can_be_spared(record, owner):
            raise
        # As Belenios does since 3.3: one member of a group cannot stop the others by a share that does not hold.
        record.left_aside[owner] = fault
        return
    record.shares[owner] = share


def _can_be_spared(record: VerifiedRecord, owner: int) -> bool:
    return any(isinstance(item, ThresholdGroup) for item, numbers in owners(record.trustees) if owner in numbers)
