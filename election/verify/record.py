"""What a verified record holds: what it proves, and no ballot."""

from __future__ import annotations

from dataclasses import dataclass, field

from gmpy2 import mpz

from election.definition import ElectionDefinition
from election.record.chain import Head
from election.tally import Counts, EncryptedTally, Share
from election.trustees import TrusteePublicKey


@dataclass(slots=True)
class VerifiedRecord:
    """What a verified record holds so far."""

    definition: ElectionDefinition
    trustees: tuple[TrusteePublicKey, ...]
    """empty only in an audit that found the trustees faulty"""
    weights: dict[mpz, int]
    """weight of each public credential"""
    head: Head
    ballots: int = 0
    """every accepted ballot, replaced ones too"""
    tally: EncryptedTally | None = None
    shares: dict[int, Share] = field(default_factory=dict)
    """by trustee, from 1"""
    counts: Counts | None = None
    voters: int = 0
    """credentials with an accepted ballot"""
