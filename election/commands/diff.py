"""``election verify-diff OLD.bel NEW.bel``: nothing vanished and nothing changed between two downloads of a record."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from election.commands.faults import fault_of_file
from election.commands.language import add_language, explain, say
from election.commands.output import MET, NOT_MET, print_lines, unusable
from election.errors import RecordError
from election.record.archive import read_archive, read_header
from election.record.growth import Growth, check_growth
from election.record.marks import mark_of
from election.record.replay import RecordStep, replay

if TYPE_CHECKING:
    from election.commands.output import Commands


class CopyError(Exception):
    """One of the copies is broken by itself."""

    def __init__(self, path: Path, cause: RecordError) -> None:
        super().__init__(path, cause)
        self.path = path
        self.cause = cause


def add_to(commands: Commands) -> None:
    """Add ``verify-diff``."""
    parser = commands.add_parser("verify-diff", help="check that a record only grew between two downloads")
    parser.add_argument("old", type=Path, metavar="OLD.bel")
    parser.add_argument("new", type=Path, metavar="NEW.bel")
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    language = options.language
    try:
        growth = compare(options.old, options.new)
    except OSError as fault:
        return unusable(fault_of_file(fault, language))
    except CopyError as fault:
        reason = explain(fault.cause, language)[0]
        return unusable(say("copy-broken", {"path": fault.path, "reason": reason}, language))
    except RecordError as fault:
        print_lines([*explain(fault, language), say("growth-not", {}, language)])
        return NOT_MET
    print_lines(growth_lines(growth, language))
    return MET


def compare(old: Path, new: Path) -> Growth:
    """What came between the two files.

    Raises:
        CopyError: A file is no whole record.
        RecordError: The second does not begin with the first.
    """
    with old.open("rb") as earlier, new.open("rb") as later:
        growth = check_growth(_steps(earlier, old), _steps(later, new))
        earlier.seek(0)
        later.seek(0)
        if read_header(earlier) != read_header(later):
            raise RecordError("growth-header")
        return growth


def _steps(file: BinaryIO, path: Path) -> Iterator[RecordStep]:
    try:
        yield from replay(read_archive(file))
    except RecordError as fault:
        raise CopyError(path, fault) from fault


def growth_lines(growth: Growth, language: str) -> list[str]:
    """What came, one line for each kind of event, and what that does not prove."""
    lines = [say("growth-same", {"events": growth.events}, language)]
    lines += [say("growth-added", {"kind": kind.value, "number": number}, language) for kind, number in growth.added]
    if not growth.added:
        lines.append(say("growth-nothing", {}, language))
    lines.append(say("report-mark", {"mark": mark_of(growth.head)}, language))
    return [*lines, say("growth-only", {}, language)]
