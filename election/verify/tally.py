"""Step 7: the encrypted tally is the product of the ballots that count (4.16)."""

from __future__ import annotations

from election.tally import multiply, parse_tally, verify_tally
from election.verify.memory import Memory
from election.verify.record import VerifiedRecord


def take_tally(record: VerifiedRecord, memory: Memory, documents: tuple[bytes, ...]) -> None:
    """Check the published tally against the ballots that were accepted.

    Raises:
        ElectionError: Malformed, or another product.
    """
    published = parse_tally(documents[0], documents[1], record.definition)
    weighed = ((elements, record.weights[credential]) for credential, elements in memory.last())
    verify_tally(published, multiply(record.definition, weighed))
    record.tally = published
