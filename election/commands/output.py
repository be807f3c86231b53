"""What every command shares: its exit codes, and how it prints what others wrote."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    # A command adds its parser here and sets ``run``, a function from the options to the exit code, as a default.
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

MET: Final = 0  # everything holds
NOT_MET: Final = 1  # the input was read, and something in it does not hold
UNUSABLE: Final = 2  # the input cannot be used at all
INTERRUPTED: Final = 130  # somebody pressed Ctrl-C; what a shell gives then


class ReaderGoneError(Exception):
    """Whoever reads has read enough (``| head``). No ``OSError``, so that no command takes it for a fault of a file."""


def unusable(*lines: str) -> int:
    """Say on the error stream why the input cannot be used; gives the exit code."""
    print_lines(lines, sys.stderr)
    return UNUSABLE


def print_lines(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Print lines that may hold what others wrote.

    It must not move the cursor, hide a line or add one, nor stop the program on a terminal that lacks the letters.
    """
    to = stream or sys.stdout
    encoding = to.encoding or "utf-8"
    for line in lines:
        safe = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in line)
        try:
            to.write(safe.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        except BrokenPipeError as gone:
            raise ReaderGoneError from gone
