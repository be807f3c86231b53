"""The archive file (.bel): an old-style tar that only grows (specification 4.4).

belenios-tool rebuilds the archive and compares the bytes, so there is one form only: v7 headers, every time the one of
the header document, no blocks at the end. Each prefix of the file that ends with an entry is itself an archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from election.errors import RecordError
from election.record.canonical import canonical_bytes, load_json
from election.record.chain import Entry, EntryKind
from election.record.shapes import fields, text, whole_number

_BLOCK = 512
_HEADER_NAME = "BELENIOS"
_VERSION = 1
_HASH_LENGTH = 64
# A document larger than this is no document of an election; reading it would only fill the memory.
MAX_ENTRY_BYTES = 256 * 2**20


def write_archive(entries: Iterable[Entry], timestamp: int) -> Iterator[bytes]:
    """The bytes of an archive, piece by piece; ``timestamp`` is the start of the election in seconds of Unix time."""
    yield _tar_entry(_HEADER_NAME, _header_document(timestamp), timestamp)
    for entry in entries:
        yield archive_piece(entry, timestamp)


def archive_piece(entry: Entry, timestamp: int) -> bytes:
    """The bytes by which one entry makes the archive longer."""
    return _tar_entry(f"{entry.sha256}.{entry.kind.value}.json", entry.content, timestamp)


def _refuse(fault: RecordError) -> None:
    raise fault


def read_archive(file: BinaryIO, take_fault: Callable[[RecordError], None] = _refuse) -> Iterator[Entry]:
    """The entries of an archive, read as a stream; every hash is checked.

    Where ``take_fault`` keeps a fault instead of raising it, an entry with a wrong name or time is left out and the
    next one is read; what cannot be read at all ends the reading.

    Raises:
        RecordError: Not an archive, cut off, or not in the one canonical form; names the entry.
    """
    yield from read_entries(file, read_header(file), take_fault)


def read_entries(
    file: BinaryIO, timestamp: int, take_fault: Callable[[RecordError], None] = _refuse, number: int = 1
) -> Iterator[Entry]:
    """The entries from where the file stands, which is behind its header or an entry; ``number`` is that of the next.

    Raises:
        RecordError: As ``read_archive``.
    """
    while (block := file.read(_BLOCK)) != b"":
        name, content, entry_time = _read_tar_entry(file, number, block)
        try:
            if entry_time != timestamp:
                raise RecordError("archive-time", entry=number)
            entry = _entry(name, content, number)
        except RecordError as fault:
            take_fault(fault)
        else:
            yield entry
        number += 1


def read_header(file: BinaryIO) -> int:
    """The time that every entry of an archive bears, from its first entry.

    Raises:
        RecordError: Not an archive, or not of the version that is known here.
    """
    name, content, timestamp = _read_tar_entry(file, 0)
    if name != _HEADER_NAME:
        raise RecordError("archive-header", entry=0)
    read = fields(load_json(content), "header", ("version", "timestamp"))
    if whole_number(read["version"], "version") != _VERSION:
        raise RecordError("archive-version", version=read["version"])
    if text(read["timestamp"], "timestamp") != str(timestamp) or _header_document(timestamp) != content:
        raise RecordError("archive-time", entry=0)
    return timestamp


def _header_document(timestamp: int) -> bytes:
    return canonical_bytes({"version": _VERSION, "timestamp": str(timestamp)})


def _entry(name: str, content: bytes, number: int) -> Entry:
    digest, _, rest = name.partition(".")
    kinds = {f"{kind.value}.json": kind for kind in EntryKind}
    if rest not in kinds or len(digest) != _HASH_LENGTH:
        raise RecordError("archive-name", entry=number)
    entry = Entry(kinds[rest], content)
    if entry.sha256 != digest:
        raise RecordError("archive-hash", entry=number)
    return entry


def _tar_header(name: str, size: int, timestamp: int) -> bytes:
    fixed = name.encode().ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + b"%011o\0%011o\0" % (size, timestamp)
    rest = b"0".ljust(_BLOCK - len(fixed) - 8, b"\0")
    # The checksum is taken with its own field full of spaces.
    checksum = sum(fixed) + sum(b" " * 8) + sum(rest)
    return fixed + b"%06o\0 " % checksum + rest


def _tar_entry(name: str, content: bytes, timestamp: int) -> bytes:
    return _tar_header(name, len(content), timestamp) + content + bytes(-len(content) % _BLOCK)


def _read_tar_entry(file: BinaryIO, number: int, block: bytes | None = None) -> tuple[str, bytes, int]:
    header = file.read(_BLOCK) if block is None else block
    try:
        name = header[:100].rstrip(b"\0").decode("ascii")
        size, timestamp = int(header[124:135], 8), int(header[136:147], 8)
    except (UnicodeDecodeError, ValueError):
        raise RecordError("archive-unreadable", entry=number) from None
    if size < 0 or size > MAX_ENTRY_BYTES or timestamp < 0 or _tar_header(name, size, timestamp) != header:
        raise RecordError("archive-unreadable", entry=number)
    content = file.read(size)
    padding = file.read(-size % _BLOCK)
    if len(content) != size or padding != bytes(-size % _BLOCK):
        raise RecordError("archive-cut", entry=number)
    return name, content, timestamp
