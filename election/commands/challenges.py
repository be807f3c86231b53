"""``election challenge check BALLOT.json OPENING.json --election ELECTION.json``: what an opened ballot encrypts.

The page of the voter gives one file that holds both, and then it is the only one to be named.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from election.challenge import OpenedBallot, check_opening, read_entry
from election.commands.faults import fault_of_file
from election.commands.language import add_language, explain, say
from election.commands.output import MET, NOT_MET, print_lines, unusable
from election.definition import ElectionDefinition, parse_election
from election.errors import BallotError, ChallengeError, ElectionError
from election.questions import RankedQuestion

if TYPE_CHECKING:
    from election.commands.output import Commands

# Then the files were not made for this check; every other fault is one of the ballot or of the machine.
_UNUSABLE = frozenset({"ballot-malformed", "challenge-malformed", "challenge-version"})


def add_to(commands: Commands) -> None:
    """Add ``challenge`` and its action."""
    parser = commands.add_parser("challenge", help="test the machine that made a ballot, instead of casting it")
    actions = parser.add_subparsers(dest="action", required=True)
    checking = actions.add_parser("check", help="say what an opened ballot encrypts (docs/challenge.md)")
    checking.add_argument("ballot", type=Path, metavar="BALLOT.json")
    checking.add_argument(
        "opening", type=Path, metavar="OPENING.json", nargs="?", help="unless the ballot's file has it"
    )
    checking.add_argument("--election", type=Path, required=True, metavar="ELECTION.json")
    add_language(checking)
    checking.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    language: str = options.language
    try:
        ballot, election = _read(options.ballot), _read(options.election)
        opening = None if options.opening is None else _read(options.opening)
    except OSError as fault:
        return unusable(fault_of_file(fault, options.language))
    try:
        definition = parse_election(election)
    except ElectionError as fault:
        return unusable(f"{options.election}:", *explain(fault, language))
    try:
        both = read_entry(ballot) if opening is None else (ballot, opening)
    except ElectionError as fault:
        return unusable(*explain(fault, language))
    try:
        opened = check_opening(*both, definition)
    except (BallotError, ChallengeError) as fault:
        if fault.code in _UNUSABLE:
            return unusable(*explain(fault, language))
        print_lines(explain(fault, language))
        return NOT_MET
    print_lines(_report(opened, definition, language))
    return MET


def _read(path: Path) -> bytes:
    # A text editor or a download may end a file with a new line; no document does.
    return path.read_bytes().removesuffix(b"\n")


def _report(opened: OpenedBallot, definition: ElectionDefinition, language: str) -> Iterator[str]:
    yield say("challenge-shows", {"tracker": opened.ballot.tracker, "election": definition.name}, language)
    for question, selection in zip(definition.questions, opened.selections, strict=True):
        yield f"  {question.question}"
        if selection and isinstance(question, RankedQuestion):
            yield from (f"    {rank}. {question.answers[place]}" for rank, place in enumerate(selection, start=1))
        elif selection:
            yield from (f"    [x] {question.answers[place]}" for place in selection)
        else:
            yield "    " + say(
                "challenge-shows-blank"
                if question.blank or isinstance(question, RankedQuestion)
                else "challenge-shows-nothing",
                {},
                language,
            )
    yield say("challenge-shown", {}, language)
