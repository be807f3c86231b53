"""Typed identifiers and the source of randomness that is passed in.

Base58 and the shape of an election's identifier are from the Belenios specification 2.0, section 4.2.
"""

from __future__ import annotations

import secrets
from typing import NewType, Protocol

ElectionUuid = NewType("ElectionUuid", str)
CandidateId = NewType("CandidateId", str)

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
UUID_LENGTH = 14


class Rng(Protocol):
    """What the package asks of a source of randomness; the module ``secrets`` is the one to use."""

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        """An unbiased number from 0 up to, and not including, the bound."""


class SystemRng:
    """Randomness of the operating system."""

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        """See ``Rng``."""
        return secrets.randbelow(exclusive_upper_bound)


SYSTEM_RNG = SystemRng()


def random_base58(length: int, rng: Rng) -> str:
    """``length`` independent, uniform Base58 characters."""
    return "".join(BASE58[rng.randbelow(len(BASE58))] for _ in range(length))


def new_election_uuid(rng: Rng = SYSTEM_RNG) -> ElectionUuid:
    """A fresh identifier for an election (specification 4.2: at least 14 Base58 characters)."""
    return ElectionUuid(random_base58(UUID_LENGTH, rng))


def is_election_uuid(text: str) -> bool:
    """Whether ``text`` has the form that the specification asks of an election's identifier."""
    return len(text) >= UUID_LENGTH and all(character in BASE58 for character in text)
