"""``election draw FILE --group ID --seats N``: choose members among the applicants of a council file.

Before anything is drawn the chances are printed, and the fingerprint of the list, which is published while the seed is
still unknown.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from composition_rules.conflict import Line
from composition_rules.draw import (
    Chances,
    Drawn,
    Limit,
    NoChoice,
    Ranked,
    Selection,
    chances,
    choose_ranked,
    draw,
    selection_of,
)
from composition_rules.draw.words import chances_lines, drawn_lines, no_choice_lines, ranked_lines, selection_lines
from composition_rules.errors import CompositionError
from composition_rules.mandate import Role
from composition_rules.parse import CouncilFile
from composition_rules.people import PersonId
from election.commands.faults import fault_of_file
from election.commands.files import add_council_file, add_day, read_council
from election.commands.language import add_language, explain, say
from election.commands.output import MET, NOT_MET, print_lines, unusable

if TYPE_CHECKING:
    from election.commands.output import Commands

Outcome = Drawn | Ranked | NoChoice | None  # None: only the chances were asked for


def add_to(commands: Commands) -> None:
    """Add ``draw``."""
    parser = commands.add_parser("draw", help="choose members among applicants, by lot or by a ranking")
    add_council_file(parser)
    parser.add_argument("--group", required=True, metavar="ID", help="the seat group")
    parser.add_argument("--seats", required=True, type=int, metavar="N", help="how many seats to fill")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--chances", action="store_true", help="only print the chances and the fingerprint")
    way.add_argument("--seed", metavar="TEXT", help="draw by lot from this published seed")
    way.add_argument("--ranking", type=Path, metavar="FILE", help="ids of applicants, one a line, the best first")
    add_day(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        selection = _selection(read_council(options.file), options.group, options.seats, options.on)
        counted = chances(selection)
        outcome = _choose(selection, counted, options)
    except OSError as fault:
        return unusable(fault_of_file(fault, options.language))
    except UnicodeDecodeError:
        return unusable(f"{options.ranking}: {say('not-utf8', {}, options.language)}")
    except CompositionError as fault:
        return unusable(*explain(fault, options.language))
    if options.json:
        print_lines(
            [json.dumps(_as_json(selection, counted, outcome, options.language), ensure_ascii=False, sort_keys=True)]
        )
    else:
        print_lines(_sentences(_lines(selection, counted, outcome), options.language))
    return NOT_MET if isinstance(counted, NoChoice) or isinstance(outcome, NoChoice) else MET


def _selection(file: CouncilFile, group: str, seats: int, day: datetime.date) -> Selection:
    """The applicants are the candidates for the group who have no seat on that day."""
    members = {each.person.id for each in file.council.on(day) if each.role is Role.MEMBER}
    applicants = [each.person for each in file.candidates if group in each.groups and each.person.id not in members]
    return selection_of(file.council, file.mandate, group, seats=seats, applicants=applicants, on=day)


def _choose(selection: Selection, counted: Chances | NoChoice, options: argparse.Namespace) -> Outcome:
    if isinstance(counted, NoChoice) or options.chances:
        return None
    if options.ranking is None:
        return draw(selection, options.seed)
    listed = options.ranking.read_text(encoding="utf-8").splitlines()
    return choose_ranked(selection, [PersonId(line.strip()) for line in listed if line.strip()])


def _sentences(lines: Iterable[Line], language: str) -> Iterable[str]:
    return (say(line.code, line.params_in(language), language) for line in lines)


def _lines(selection: Selection, counted: Chances | NoChoice, outcome: Outcome) -> list[Line]:
    first = selection_lines(selection)
    first += no_choice_lines(counted) if isinstance(counted, NoChoice) else chances_lines(counted)
    match outcome:
        case None:
            return first
        case Drawn():
            return first + drawn_lines(outcome, selection)
        case Ranked():
            return first + ranked_lines(outcome, selection)
        case NoChoice():
            return first + no_choice_lines(outcome)
        case _:
            assert_never(outcome)


def _as_json(selection: Selection, counted: Chances | NoChoice, outcome: Outcome, language: str) -> dict[str, object]:
    """The whole of it; a chance is written as a fraction, a rule by its title in that language."""

    def titles(limits: Iterable[Limit]) -> list[str]:
        return [limit.title.in_language(language) for limit in limits]

    written: dict[str, object] = {
        "place": selection.place,
        "seats": selection.seats,
        "closed_list": selection.closed_list(),
        "fingerprint": selection.fingerprint(),
        "valid": 0 if isinstance(counted, NoChoice) else counted.valid,
    }
    unmet = next((each for each in (counted, outcome) if isinstance(each, NoChoice)), None)
    if unmet is not None:
        written["conflict"] = titles(unmet.limits)
    if isinstance(counted, Chances):
        written["chances"] = {each.person.id: str(each.chance) for each in counted.chances}
        written["shut_out_by"] = {
            each.person.id: titles(each.shut_out_by) for each in counted.chances if not each.chance
        }
    if isinstance(outcome, Drawn):
        written |= {
            "seed": outcome.seed,
            "chosen": outcome.chosen,
            "attempt": outcome.attempt,
            "failed": [
                {"attempt": each.number, "first": each.first, "broken": titles(each.broken)} for each in outcome.failed
            ],
            "numbers": outcome.numbers,
        }
    if isinstance(outcome, Ranked):
        written["chosen"] = outcome.chosen
        written["passed_over"] = {each.person: titles(each.limits) for each in outcome.passed_over}
    return written
