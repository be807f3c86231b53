"""``election council vacancy FILE``: who steps in when a member leaves or is away, and what the council then lacks."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from composition_rules.check import FindingState, check
from composition_rules.council import Council
from composition_rules.errors import CouncilError
from composition_rules.mandate import Cause, Role, SeatGroupId
from composition_rules.parse import CouncilFile
from composition_rules.people import PersonId
from composition_rules.show.councils import finding_lines
from composition_rules.show.successions import outcome_lines
from composition_rules.succession import (
    Absence,
    DecisionRequired,
    Option,
    StepsIn,
    Vacancy,
    substitution,
    succeed,
    succession,
    vacate,
)
from election.commands.files import add_council_file, day
from election.commands.language import add_language, say
from election.commands.output import MET, NOT_MET, print_lines

if TYPE_CHECKING:
    from election.commands.output import Commands

_LACKING = (FindingState.NOT_YET, FindingState.IMPOSSIBLE)


def add_to(actions: Commands, run: Callable[[argparse.Namespace], int]) -> None:
    """Add ``vacancy`` to the actions of ``council``; ``run`` reads the file and calls ``vacancy``."""
    parser = actions.add_parser("vacancy", help="who steps in when somebody leaves, and what the council then lacks")
    add_council_file(parser)
    parser.add_argument("--group", required=True, metavar="ID")
    parser.add_argument("--seat", required=True, type=int, metavar="N")
    parser.add_argument("--role", choices=[role.value for role in Role], default=Role.MEMBER.value)
    parser.add_argument("--cause", choices=[cause.value for cause in Cause], help="resignation if left out")
    parser.add_argument("--last-day", required=True, type=day, metavar="DATE", help="the last day on the place")
    parser.add_argument("--lost", metavar="PROPERTY", help="with lost-membership: what was lost")
    parser.add_argument("--absences", type=int, metavar="N", help="with absence: how many were unexcused")
    parser.add_argument("--declined", action="append", default=[], metavar="PERSON", help="who will not step in")
    parser.add_argument("--until", type=day, metavar="DATE", help="the member is away until then and keeps the seat")
    add_language(parser)
    parser.set_defaults(run=run)


def vacancy(file: CouncilFile, options: argparse.Namespace) -> int:
    """Print what comes of it; 1 where a decision is required.

    Raises:
        CouncilError: the vacancy or the absence cannot be, or somebody who declined is not in the file; ``--until``
            stands beside what ends a seat, or of an alternate (codes unknown-person, absence-keeps-seat).
    """
    known = [person.id for person in file.people]
    for word in options.declined:
        if word not in known:
            raise CouncilError("unknown-person", word=word)
    asked = Vacancy(
        group=SeatGroupId(options.group),
        seat=options.seat,
        role=Role(options.role),
        cause=Cause(options.cause or Cause.RESIGNATION),
        last_day=options.last_day,
        lost=options.lost,
        absences=options.absences,
        declined=frozenset(map(PersonId, options.declined)),
    )
    speak = partial(say, language=options.language)
    if options.until is not None:
        if asked.role is Role.ALTERNATE or (options.cause, asked.lost, asked.absences) != (None, None, None):
            raise CouncilError("absence-keeps-seat")
        absence = Absence(
            group=asked.group,
            seat=asked.seat,
            since=asked.first_day,
            until=options.until,
            declined=asked.declined,
        )
        sits_in = substitution(file.council, file.mandate, absence)
        print_lines(outcome_lines(sits_in, options.language, speak))
        return NOT_MET if isinstance(sits_in, DecisionRequired) else MET
    outcome = succession(file.council, file.mandate, asked)
    print_lines(outcome_lines(outcome, options.language, speak))
    to_decide = isinstance(outcome, DecisionRequired)
    if isinstance(outcome, DecisionRequired) and Option.END_SEAT in outcome.options:
        return NOT_MET
    act = partial(succeed, decision=asked.cause) if isinstance(outcome, StepsIn) else vacate
    after: Council = act(file.council, file.mandate, asked)
    findings = check(after, file.mandate, on=asked.first_day)
    lacking = [each for each in findings if each.state in _LACKING]
    print_lines(finding_lines(lacking, options.language, speak))
    return NOT_MET if to_decide else MET
