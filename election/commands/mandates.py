"""``election mandate list | show ID | lint FILE``: mandates as people read them, and held against the statutes."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.errors import CompositionError
from composition_rules.lint import LintFinding, examine, report_lines
from composition_rules.mandate import Mandate
from composition_rules.show import show_mandate
from election.commands.faults import fault_of_file
from election.commands.files import day, read_mandate
from election.commands.language import add_language, explain, say
from election.commands.output import MET, NOT_MET, print_lines, unusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from election.commands.output import Commands


def add_to(commands: Commands) -> None:
    """Add ``mandate`` and its actions."""
    parser = commands.add_parser("mandate", help="read the mandates of councils")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="list the shipped mandates")
    add_language(listing)
    listing.set_defaults(run=_list)
    showing = actions.add_parser("show", help="print one as a person reads it")
    showing.add_argument("mandate", metavar="ID", help="the id of a shipped mandate, or a mandate file")
    add_language(showing)
    showing.set_defaults(run=partial(_run, _show))
    linting = actions.add_parser("lint", help="hold one against the statutes: forbidden, missing, unstated, advisable")
    linting.add_argument("mandate", metavar="FILE", help="a mandate file, or the id of a shipped mandate")
    linting.add_argument("--on", type=day, metavar="DATE", help="the statutes of this day, as in 2022-01-01")
    add_language(linting)
    linting.set_defaults(run=partial(_run, _lint))


def _list(options: argparse.Namespace) -> int:
    """One line for each shipped mandate: its id, the seats, the title."""
    ids = mandate_ids()
    width = max(map(len, ids))
    mandates = [load_mandate(each) for each in ids]
    print_lines(
        f"{each.id:{width}}  {each.seats!s:>5}  {each.title.in_language(options.language)}" for each in mandates
    )
    return MET


def _show(mandate: Mandate, options: argparse.Namespace) -> int:
    print_lines(show_mandate(mandate, options.language))
    return MET


def _lint(mandate: Mandate, options: argparse.Namespace) -> int:
    report = examine(mandate, on=options.on)

    def sentence(finding: LintFinding) -> str:
        return say(finding.code, finding.params_in(options.language), options.language)

    print_lines(report_lines(report, sentence, options.language))
    return MET if report.lawful else NOT_MET


def _run(act: Callable[[Mandate, argparse.Namespace], int], options: argparse.Namespace) -> int:
    try:
        return act(read_mandate(options.mandate), options)
    except OSError as fault:
        return unusable(fault_of_file(fault, options.language))
    except CompositionError as fault:
        return unusable(*explain(fault, options.language))
