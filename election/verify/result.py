"""Step 10: the counts are what the shares open (4.19)."""

from __future__ import annotations

from election.decryption import verify_opened_by
from election.errors import TallyError
from election.opened import parse_counts
from election.verify.record import VerifiedRecord


def take_result(record: VerifiedRecord, documents: tuple[bytes, ...]) -> None:
    """Check the published counts.

    Raises:
        ElectionError: Malformed, too few shares, or other counts.
    """
    if record.tally is None:
        raise TallyError("share-without-tally")
    published = parse_counts(documents[0], record.definition)
    record.counts = verify_opened_by(published, record.tally, record.shares, record.trustees, record.definition)
