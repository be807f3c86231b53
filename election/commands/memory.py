"""A verification's memory in a temporary file: a record may be longer than the memory of the machine.

What lies there is all public. The file has no name and is gone when the command ends, however it ends.
"""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Self

from gmpy2 import mpz

# Kilobytes of the file that are kept in memory.
_CACHE = 4 * 1024
_TABLES = """
CREATE TABLE first (key BLOB PRIMARY KEY, claimant TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE last (credential BLOB PRIMARY KEY, elements BLOB NOT NULL) WITHOUT ROWID;
"""


class MemoryOnDisk:
    """A ``Memory`` (``election.verify``) whose size does not grow with the record."""

    def __init__(self) -> None:
        # An empty name is SQLite's own temporary file.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("PRAGMA temp_store = FILE")
        self._database.executescript(_TABLES)
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        if isinstance(value, sqlite3.Error):
            # The disk is full, or cannot be read any more.
            raise OSError(errno.EIO, str(value), tempfile.gettempdir()) from value

    def first(self, key: bytes, claimant: str) -> str:
        """Whoever claimed ``key`` first."""
        added = self._database.execute("INSERT OR IGNORE INTO first VALUES (?, ?)", (key, claimant)).rowcount
        if added:
            return claimant
        row = self._database.execute("SELECT claimant FROM first WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    def keep(self, credential: mpz, elements: Sequence[mpz]) -> bool:
        """Keep what a ballot encrypts, in place of the credential's earlier ballot; whether there was none."""
        key = _packed([credential])
        removed = self._database.execute("DELETE FROM last WHERE credential = ?", (key,)).rowcount
        self._database.execute("INSERT INTO last VALUES (?, ?)", (key, _packed(elements)))
        return not removed

    def last(self) -> Iterator[tuple[mpz, Sequence[mpz]]]:
        """Each credential and what its last ballot encrypts."""
        for credential, elements in self._database.execute("SELECT credential, elements FROM last"):
            yield _unpacked(credential)[0], _unpacked(elements)


def _packed(numbers: Sequence[mpz]) -> bytes:
    return b"".join(
        size.to_bytes(2) + int(number).to_bytes(size)
        for number in numbers
        for size in ((number.bit_length() + 7) // 8,)
    )


def _unpacked(raw: bytes) -> list[mpz]:
    numbers, place = [], 0
    while place < len(raw):
        start = place + 2
        place = start + int.from_bytes(raw[place:start])
        numbers.append(mpz(int.from_bytes(raw[start:place])))
    return numbers
