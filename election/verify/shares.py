"""Step 9: every share was made from this tally, by the trustee whom it names (4.18)."""

from __future__ import annotations

from election.errors import TallyError
from election.record.canonical import load_json
from election.record.shapes import fields, whole_number
from election.record.writer import owned_share_document
from election.tally import parse_share, verify_share
from election.verify.record import VerifiedRecord


def take_share(record: VerifiedRecord, documents: tuple[bytes, ...]) -> None:
    """Check one trustee's partial decryption.

    Raises:
        ElectionError: Malformed, of nobody, a second one, or not of this tally.
    """
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
