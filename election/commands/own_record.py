"""A record on this machine that a command makes longer: nothing enters it that ``election verify`` would refuse."""

from __future__ import annotations

import argparse
import io
import os
from dataclasses import dataclass
from pathlib import Path

from election.definition import ElectionDefinition, parse_election
from election.errors import RecordError
from election.record.archive import archive_piece, read_archive, read_header
from election.record.chain import Entry
from election.record.replay import replay
from election.verify import InMemory, VerifiedRecord, verify_archive


def add_record(parser: argparse.ArgumentParser) -> None:
    """The record that a command works on."""
    parser.add_argument("record", type=Path, metavar="RECORD", help="a .bel archive, or a folder that holds one")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRecord:
    """A record that was verified, and what is needed to make it longer."""

    path: Path
    raw: bytes
    verified: VerifiedRecord
    memory: InMemory

    def append(self, *entries: Entry) -> None:
        """Write entries to the end, after the record with them was verified too.

        Raises:
            ElectionError: They do not belong there, or would be left aside; nothing was written.
            OSError: The file cannot be written, or another program wrote to it meanwhile.
        """
        timestamp = read_header(io.BytesIO(self.raw))
        longer = b"".join(archive_piece(entry, timestamp) for entry in entries)
        verified = verify_archive(io.BytesIO(self.raw + longer))
        for owner, fault in verified.left_aside.items():
            if owner not in self.verified.left_aside:
                # Once in the record it would stay there, and its trustee could not decrypt again.
                raise fault
        with self.path.open("r+b") as file:
            if file.seek(0, os.SEEK_END) != len(self.raw):
                raise OSError(None, "another program wrote to the record", str(self.path))
            file.write(longer)
            file.flush()
            os.fsync(file.fileno())


def open_record(options: argparse.Namespace) -> OwnRecord:
    """The record that was named, verified.

    Raises:
        VerificationError: It does not hold.
        RecordError: The folder holds no record, or several (code record-folder).
        OSError: It cannot be read.
    """
    path = path_of(options)
    raw, memory = path.read_bytes(), InMemory()
    return OwnRecord(path=path, raw=raw, verified=verify_archive(io.BytesIO(raw), memory=memory), memory=memory)


def read_definition(options: argparse.Namespace) -> ElectionDefinition:
    """The election of the record that was named; the rest of the record is not read.

    Raises:
        ElectionError: The beginning of the record does not hold.
        OSError: It cannot be read.
    """
    with path_of(options).open("rb") as file:
        return parse_election(next(replay(read_archive(file))).documents[0].content)


def path_of(options: argparse.Namespace) -> Path:
    """The archive that was named; like belenios-tool, the only one of a folder.

    Raises:
        RecordError: The folder holds none, or several.
    """
    path: Path = options.record
    if not path.is_dir():
        return path
    found = sorted(path.glob("*.bel"))
    if len(found) != 1:
        raise RecordError("record-folder", path=str(path), number=len(found))
    return found[0]
