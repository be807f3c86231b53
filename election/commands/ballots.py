"""``election ballot make | add``: a ballot from choices in a file, and a ballot into the record."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from election.ballots import cast_ballot, tracker
from election.choices import parse_choices
from election.commands.faults import checked
from election.commands.language import add_language, say
from election.commands.output import MET, print_lines
from election.commands.own_record import add_record, open_record, read_definition
from election.record.writer import ballot_entries

if TYPE_CHECKING:
    from election.commands.output import Commands


def add_to(commands: Commands) -> None:
    """Add ``ballot`` and its actions."""
    parser = commands.add_parser("ballot", help="make ballots, and take them into a record")
    actions = parser.add_subparsers(dest="action", required=True)
    making = actions.add_parser("make", help="seal choices; prints the ballot")
    add_record(making)
    making.add_argument("--choices", type=Path, required=True, metavar="FILE", help="JSON, as for belenios-tool")
    # Never an argument: every process of the machine could read the code there.
    making.add_argument(
        "--credential", type=Path, metavar="FILE", help="the code, in a file; from standard input if left out"
    )
    making.set_defaults(run=checked(_make))
    adding = actions.add_parser("add", help="check ballots and add them to the record")
    add_record(adding)
    adding.add_argument("ballots", type=Path, nargs="+", metavar="BALLOT")
    adding.set_defaults(run=checked(_add))
    for each in (making, adding):
        add_language(each)


def _make(options: argparse.Namespace) -> int:
    definition = read_definition(options)
    selections = parse_choices(options.choices.read_bytes(), definition)
    code = options.credential.read_text("utf-8", "replace") if options.credential else sys.stdin.readline()
    ballot = cast_ballot(definition, code.strip(), *selections)
    print_lines([ballot.decode()])
    print_lines([say("ballot-made", {"tracker": tracker(ballot)}, options.language)], sys.stderr)
    return MET


def _add(options: argparse.Namespace) -> int:
    record = open_record(options)
    for path in options.ballots:
        raw = path.read_bytes().removesuffix(b"\n")
        entries, _ = ballot_entries(record.verified.head, raw)
        record.append(*entries)
        print_lines([say("ballot-added", {"tracker": tracker(raw)}, options.language)])
    return MET
