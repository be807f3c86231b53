"""Step 10: the counts are what the shares open (4.19)."""

from __future__ import annotations

from election.errors import TallyError
from election.tally import item_shares, parse_counts, verify_counts
from election.verify.record import VerifiedRecord


def take_result(record: VerifiedRecord, documents: tuple[bytes, ...]) -> None:
    """Check the published counts.

    Raises:
        ElectionError: Malformed, too few shares, or other counts.
    """
    if record.tally is None:
        raise TallyError("share-without-tally")
    shares = item_shares(record.trustees, record.shares, record.definition)
    published = parse_counts(documents[0], record.definition)
    verify_counts(published, record.tally, shares, record.definition)
    record.counts = published
