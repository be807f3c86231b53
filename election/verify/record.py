"""What a verified record holds: what it proves, and no ballot."""

from __future__ import annotations

from dataclasses import dataclass, field

from gmpy2 import mpz

from election.definition import ElectionDefinition
from election.errors import TallyError
from election.opened import Counts
from election.record.chain import Head
from election.shares import Share
from election.tally import EncryptedTally
from election.trustees import TrusteeItem


@dataclass(slots=True)
class VerifiedRecord:
    """What a verified record holds so far."""

    definition: ElectionDefinition
    trustees: tuple[TrusteeItem, ...]
    """empty only in an audit that found the trustees faulty"""
    weights: dict[mpz, int]
    """weight of each public credential"""
    credentials_fingerprint: str
    """of the list of credentials, which the registrar noted down when it was made"""
    head: Head
    ballots: int = 0
    """every accepted ballot, replaced ones too"""
    tally: EncryptedTally | None = None
    """as published, and from the first shuffle on with the ranked votes of the last one"""
    shuffled_by: list[int] = field(default_factory=list)
    """trustees, from 1"""
    shares: dict[int, Share] = field(default_factory=dict)
    """by trustee, from 1"""
    left_aside: dict[int, TallyError] = field(default_factory=dict)
    """shares of members of threshold groups that do not hold; the others are enough or the result is refused"""
    counts: Counts | None = None
    voters: int = 0
    """credentials with an accepted ballot"""
    opened: int | None = None
    """ballots on the list of what was opened; nothing where no list was given, or it does not hold"""
