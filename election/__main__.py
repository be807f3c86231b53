"""Command line ``election``: every command stands in a module of its own under ``commands``.

It ends with 0 when everything holds, 1 when something does not, 2 when the input cannot be used at all.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from election.commands.output import INTERRUPTED, UNUSABLE, ReaderGoneError

# Each command and its module, which is imported when it is asked for: what prints on paper alone takes a second.
COMMANDS: Final = {
    "verify": "verify",
    "verify-diff": "diff",
    "watch": "watch",
    "mandate": "mandates",
    "draw": "draws",
    "council": "councils",
    "count": "counts",
    "office": "offices",
    "trustee": "trustees",
    "registrar": "registrar",
    "challenge": "challenges",
    "open": "opening",
    "ballot": "ballots",
    "tally": "tallies",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    parser = argparse.ArgumentParser(
        prog="election", description="Mandates and councils, direct elections, and their public records."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    given = sys.argv[1:] if arguments is None else arguments
    asked = given[0] if given else ""
    for module in [COMMANDS[asked]] if asked in COMMANDS else COMMANDS.values():
        import_module(f"election.commands.{module}").add_to(commands)
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except (BrokenPipeError, ReaderGoneError):
        # What is left unwritten goes nowhere, also at the end of Python.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNUSABLE
    except KeyboardInterrupt:
        # Nothing half-done is left: files are written whole or not at all.
        print(file=sys.stderr)
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main())
