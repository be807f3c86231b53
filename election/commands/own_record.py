"""A record on this machine that a command makes longer: nothing enters it that ``election verify`` would refuse."""

from __future__ import annotations

import argparse
import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from election.definition import ElectionDefinition, parse_election
from election.errors import RecordError
from election.record.archive import archive_piece, read_archive, read_header
from election.record.chain import Entry
from election.record.replay import replay
from election.verify import ALONE, FirstFault, InMemory, Verification, VerifiedRecord


def add_record(parser: argparse.ArgumentParser) -> None:
    """The record that a command works on."""
    parser.add_argument("record", type=Path, metavar="RECORD", help="a .bel archive, or a folder that holds one")


@dataclass(slots=True, kw_only=True)
class OwnRecord:
    """A record that was verified, and what is needed to make it longer."""

    path: Path
    size: int
    """in bytes, of what was verified"""
    timestamp: int
    verified: VerifiedRecord
    verification: Verification
    memory: InMemory

    def append(self, *entries: Entry) -> None:
        """Write entries to the end once they were verified there; what was verified before is not verified again.

        Raises:
            ElectionError: They do not belong there, or would be left aside, or another program wrote to the record
                meanwhile (code record-changed); nothing was written, and this value is of no more use.
            OSError: The file cannot be written.
        """
        before = set(self.verified.left_aside)
        for entry in entries:
            self.verification.take_entry(entry)
        self.verification.settle()
        for owner, fault in self.verified.left_aside.items():
            if owner not in before:
                # Once in the record it would stay there, and its trustee could not decrypt again.
                raise fault
        with self.path.open("r+b") as file:
            # Two programs that both verified the record would else both find it unchanged, and write into each other.
            fcntl.flock(file, fcntl.LOCK_EX)
            if file.seek(0, os.SEEK_END) != self.size:
                raise RecordError("record-changed", path=str(self.path))
            self.size += file.write(b"".join(archive_piece(entry, self.timestamp) for entry in entries))
            file.flush()
            os.fsync(file.fileno())


def open_record(options: argparse.Namespace) -> OwnRecord:
    """The record that was named, verified.

    Raises:
        VerificationError: It does not hold.
        RecordError: The folder holds no record, or several (code record-folder).
        OSError: It cannot be read.
    """
    path, memory = path_of(options), InMemory()
    verification = Verification(FirstFault(), ALONE, memory)
    with path.open("rb") as file:
        verified = verification.run(read_archive(file))
        if verified is None:  # then a fault was raised; said again for the reader of types
            raise RecordError("record-dangling", number=0)
        size = file.tell()
        file.seek(0)
        timestamp = read_header(file)
    return OwnRecord(
        path=path, size=size, timestamp=timestamp, verified=verified, verification=verification, memory=memory
    )


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
