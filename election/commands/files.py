"""What the commands read: a council file and the mandate it names, a mandate file, and the day that is asked for."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.mandate import Mandate
from composition_rules.parse import CouncilFile, parse_council, parse_mandate


def add_council_file(parser: argparse.ArgumentParser) -> None:
    """The council file that a command reads."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a council file (docs/councils.md)")


def add_day(parser: argparse.ArgumentParser) -> None:
    """The day that is asked for: today where none is named."""
    parser.add_argument("--on", type=day, default=_today(), metavar="DATE", help="the day; today if left out")


def day(written: str) -> datetime.date:
    """The day that a person wrote as the value of an option.

    Raises:
        ArgumentTypeError: it is no day, or is written in another way.
    """
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"“{written}” is no day. Write it as in 2025-12-31.") from fault


def read_council(path: Path) -> CouncilFile:
    """The council in a file; its mandate is a shipped one by id, or another by a path from where the file lies.

    Raises:
        OSError: a file cannot be opened.
        CouncilFileError: the council file has faults.
        MandateFileError: the mandate file that it names has faults.
    """

    def mandate_of(name: str) -> Mandate:
        return parse_mandate((path.parent / name).read_bytes()) if name.endswith(".toml") else load_mandate(name)

    return parse_council(path.read_bytes(), mandate_of)


def read_mandate(name: str) -> Mandate:
    """The shipped mandate of that id, else the one in the file of that name.

    Raises:
        CatalogueError: it is neither the id of a shipped mandate nor the name of a file.
        OSError: the file cannot be read.
        MandateFileError: the mandate file has faults.
    """
    path = Path(name)
    is_file = path.exists() or path.suffix == ".toml"
    return parse_mandate(path.read_bytes()) if is_file and name not in mandate_ids() else load_mandate(name)


def _today() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date()
