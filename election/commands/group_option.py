"""The option that names the group of an election."""

from __future__ import annotations

import argparse

from election.crypto.groups import BELENIOS_2048, RFC_3526_2048, Group, group_named


def add_group(parser: argparse.ArgumentParser) -> None:
    """The group; a sealed key and a list of credentials know their own."""
    words = f"of the election: {RFC_3526_2048.name} where candidates are ranked; {BELENIOS_2048.name} if left out"
    parser.add_argument("--group", default=BELENIOS_2048.name, metavar="NAME", help=words)


def group_of(options: argparse.Namespace) -> Group:
    """The group that was named.

    Raises:
        GroupError: It is not known.
    """
    return group_named(options.group)
