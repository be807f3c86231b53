"""``election mandate list | show ID``: the shipped mandates as people read them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.errors import CatalogueError
from composition_rules.show import show_mandate
from election.commands.language import add_language, explain
from election.commands.output import MET, print_lines, unusable

if TYPE_CHECKING:
    from election.commands.output import Commands


def add_to(commands: Commands) -> None:
    """Add ``mandate`` and its actions."""
    parser = commands.add_parser("mandate", help="read the mandates of councils")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="list the shipped mandates")
    add_language(listing)
    listing.set_defaults(run=_list)
    showing = actions.add_parser("show", help="print one as a person reads it")
    showing.add_argument("id", metavar="ID")
    add_language(showing)
    showing.set_defaults(run=_show)


def _list(options: argparse.Namespace) -> int:
    """One line for each shipped mandate: its id, the seats, the title."""
    ids = mandate_ids()
    width = max(map(len, ids))
    mandates = [load_mandate(each) for each in ids]
    print_lines(
        f"{each.id:{width}}  {each.seats!s:>5}  {each.title.in_language(options.language)}" for each in mandates
    )
    return MET


def _show(options: argparse.Namespace) -> int:
    try:
        mandate = load_mandate(options.id)
    except CatalogueError as fault:
        return unusable(*explain(fault, options.language))
    print_lines(show_mandate(mandate, options.language))
    return MET
