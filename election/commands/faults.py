"""How a command that works on files says what is wrong with them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from election.commands.language import explain
from election.commands.output import NOT_MET, print_lines, unusable
from election.errors import ElectionError


def checked(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command whose faults are said in the reader's language."""

    def guarded(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except OSError as fault:
            return unusable(f"{fault.filename}: {fault.strerror}")
        except ElectionError as fault:
            print_lines(explain(fault, options.language), sys.stderr)
            return NOT_MET

    return guarded
