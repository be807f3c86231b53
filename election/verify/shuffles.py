"""Step 8: each shuffle holds the votes that were there before, and the trustees shuffled in their order (4.17).

The specification asks every trustee to shuffle. One who shuffles honestly is enough, so a record in which some did not
is accepted; ``VerifiedRecord.shuffled_by`` says who did.
"""

from __future__ import annotations

from election.errors import TallyError
from election.ids import Rng
from election.record.canonical import load_json
from election.record.shapes import fields, whole_number
from election.record.writer import owned_document
from election.shuffles import parse_shuffle, verify_shuffled, with_shuffle
from election.trustees import trustee_keys
from election.verify.record import VerifiedRecord


def take_shuffle(record: VerifiedRecord, rng: Rng, documents: tuple[bytes, ...]) -> None:
    """Check one trustee's shuffle; the tally then holds the shuffled votes.

    Raises:
        ElectionError: Malformed, of nobody, out of turn, or not of the votes before it.
    """
    if record.tally is None or not record.definition.has_ranked:
        raise TallyError("shuffle-not-asked")
    binding = fields(load_json(documents[1]), "owned_shuffle", ("owner", "payload"))
    owner = whole_number(binding["owner"], "owner")
    trustees = len(trustee_keys(record.trustees))
    if not 1 <= owner <= trustees:
        raise TallyError("shuffle-owner", owner=owner, trustees=trustees)
    if record.shuffled_by and owner <= record.shuffled_by[-1]:
        raise TallyError("shuffle-order", owner=owner, after=record.shuffled_by[-1])
    shuffle = parse_shuffle(documents[0], record.definition)
    if documents[1] != owned_document(owner, documents[0]):
        raise TallyError("shuffle-not-canonical")
    verify_shuffled(shuffle, record.tally, record.definition, rng=rng)
    record.tally = with_shuffle(record.tally, shuffle, record.definition)
    record.shuffled_by.append(owner)
