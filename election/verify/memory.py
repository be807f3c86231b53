"""What a verification remembers of the ballots that it has read: little for each, and where the caller wants it.

A record may be longer than the memory of the machine that reads it; the command line therefore hands in a memory
that lies in a temporary file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from gmpy2 import mpz


class Memory(Protocol):
    """Who came first with what, and the last ballot of each credential."""

    def first(self, key: bytes, claimant: str) -> str:
        """Whoever claimed ``key`` first: ``claimant`` where nobody did before."""

    def keep(self, credential: mpz, elements: Sequence[mpz]) -> bool:
        """Keep what a ballot encrypts, in place of the credential's earlier ballot; whether there was none."""

    def last(self) -> Iterator[tuple[mpz, Sequence[mpz]]]:
        """Each credential and what its last ballot encrypts, the order of the credentials' first ballots."""


class InMemory:
    """Keeps everything in the process."""

    def __init__(self) -> None:
        self._first: dict[bytes, str] = {}
        self._last: dict[mpz, tuple[mpz, ...]] = {}

    def first(self, key: bytes, claimant: str) -> str:
        """See ``Memory``."""
        return self._first.setdefault(key, claimant)

    def keep(self, credential: mpz, elements: Sequence[mpz]) -> bool:
        """See ``Memory``."""
        is_new = credential not in self._last
        self._last[credential] = tuple(elements)
        return is_new

    def last(self) -> Iterator[tuple[mpz, Sequence[mpz]]]:
        """See ``Memory``."""
        yield from self._last.items()
