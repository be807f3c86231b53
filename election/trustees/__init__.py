"""Trustees: who holds the keys that open the tally, and never a single ballot (specification 3.1.1, 4.5 to 4.7).

A trustee alone, whose key is needed; or a group of whom a threshold is enough, so that a lost key voids nothing.
"""

from election.trustees.combination import Factors, every_sub_factors, sub_factors
from election.trustees.document import (
    TrusteeItem,
    election_public_key,
    owner_of,
    owners,
    parse_trustees,
    trustee_keys,
    trustees_to_bytes,
)
from election.trustees.keys import (
    TrusteePrivateKey,
    TrusteePublicKey,
    generate_trustee,
    parse_trustee_private_key,
    parse_trustee_public_key,
    trustee_public_key_to_json,
    verify_trustee_public_key,
)
from election.trustees.threshold import ThresholdGroup

__all__ = [
    "Factors",
    "ThresholdGroup",
    "TrusteeItem",
    "TrusteePrivateKey",
    "TrusteePublicKey",
    "election_public_key",
    "every_sub_factors",
    "generate_trustee",
    "owner_of",
    "owners",
    "parse_trustee_private_key",
    "parse_trustee_public_key",
    "parse_trustees",
    "sub_factors",
    "trustee_keys",
    "trustee_public_key_to_json",
    "trustees_to_bytes",
    "verify_trustee_public_key",
]
