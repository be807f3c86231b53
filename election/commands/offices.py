"""``election office FILE``: where the vote for a chair or deputy stands, round by round, and what must come next."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from composition_rules.errors import CompositionError
from election.commands.faults import fault_of_file
from election.commands.files import read_mandate
from election.commands.language import add_language, explain, say
from election.commands.output import MET, NOT_MET, print_lines, unusable
from election.commands.records import OfficeFile, parse_lots, parse_office
from election.commands.required_lots import lot_lines
from election.counting.lots import LotsRequired
from election.counting.offices import (
    KOMMUNESTYRELSESLOVEN_24,
    Elected,
    NextRound,
    NoRule,
    OfficeOutcome,
    Rules,
    elect_officer,
)
from election.counting.show import Say, step_sentence
from election.errors import ElectionError, ResultError
from election.offices import rounds_of

if TYPE_CHECKING:
    from election.commands.output import Commands


class _Law(StrEnum):
    """Rules that stand in no mandate."""

    SECTION_24 = "kommunestyrelsesloven-24"


def add_to(commands: Commands) -> None:
    """Add ``office``."""
    parser = commands.add_parser("office", help="follow the vote for a chair or deputy, round by round")
    parser.add_argument("file", type=Path, metavar="FILE", help="the candidates and the rounds so far (TOML)")
    parser.add_argument("--mandate", metavar="ID", help="the rounds of this mandate: a shipped one, or a mandate file")
    parser.add_argument("--law", choices=[*_Law], help="the rounds of this law")
    parser.add_argument("--lots", type=Path, metavar="FILE", help="the lots that were drawn (TOML)")
    parser.add_argument("--seed", help="a published seed: shows the lot that it gives")
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    speak = partial(say, language=options.language)
    try:
        rules = _rules(options)
        vote = parse_office(options.file.read_bytes())
        lots = parse_lots(options.lots.read_bytes()) if options.lots else ()
        outcome = elect_officer(rules, vote.candidates, vote.rounds, lots)
        lines = list(_lines(outcome, vote, options.seed, speak))
    except OSError as fault:
        return unusable(fault_of_file(fault, options.language))
    except (ElectionError, CompositionError) as fault:
        return unusable(*explain(fault, options.language))
    print_lines(lines)
    return MET if isinstance(outcome, Elected) else NOT_MET


def _rules(options: argparse.Namespace) -> Rules:
    """The rounds of the vote.

    Raises:
        CatalogueError: There is no such mandate.
        MandateFileError: The mandate file has faults.
        ResultError: Not exactly one of mandate and law is given (code office-which-rules).
        OSError: The mandate file cannot be read.
    """
    if bool(options.mandate) is bool(options.law):
        raise ResultError("office-which-rules")
    return rounds_of(read_mandate(options.mandate)) if options.mandate else KOMMUNESTYRELSESLOVEN_24


def _lines(outcome: OfficeOutcome, vote: OfficeFile, seed: str | None, speak: Say) -> Iterator[str]:
    """The rounds as they went, and what follows from them."""
    if isinstance(outcome, LotsRequired):
        yield from lot_lines(outcome, {}, seed, speak)
        return
    for step in outcome.trail:
        if step.code == "office-votes":
            votes = ", ".join(f"{each.of} {each.votes}" for each in step.standings)
            yield f"{step_sentence(step, {}, speak)} {votes}."
        else:
            yield step_sentence(step, {}, speak)
    people = ", ".join(vote.candidates)
    if isinstance(outcome, NextRound):
        if not outcome.trail:
            yield speak("office-first-round", {"people": people})
        yield speak(f"office-asks-{outcome.rule.majority_of}", {"round": outcome.number})
    elif isinstance(outcome, NoRule) and not outcome.trail:
        yield speak(outcome.code, {"round": outcome.round, "people": people})
