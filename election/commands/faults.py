"""How a command that works on files says what is wrong with them."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from election.commands.language import explain, say
from election.commands.output import NOT_MET, print_lines, unusable
from election.errors import ElectionError, RecordError

_OF_FILES: Final = {
    errno.ENOENT: "file-missing",
    errno.ENOTDIR: "file-missing",
    errno.EACCES: "file-forbidden",
    errno.EPERM: "file-forbidden",
    errno.EROFS: "file-forbidden",
    errno.EISDIR: "file-is-folder",
    errno.EEXIST: "file-is-no-folder",
    errno.ENOSPC: "file-no-room",
    errno.EDQUOT: "file-no-room",
    errno.ENAMETOOLONG: "file-name-long",
}


def checked(run: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """A command whose faults are said in the reader's language."""

    def guarded(options: argparse.Namespace) -> int:
        try:
            return run(options)
        except OSError as fault:
            return unusable(fault_of_file(fault, options.language))
        except ElectionError as fault:
            print_lines(explain(fault, options.language), sys.stderr)
            return NOT_MET

    return guarded


def fault_of_file(fault: OSError, language: str) -> str:
    """Why a file cannot be read or written, and what to do; where that is rare, in the words of the system."""
    code = _OF_FILES.get(fault.errno or 0, "file-other")
    return say(code, {"path": fault.filename or "-", "reason": fault.strerror or str(fault)}, language)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """What is wrong with the content of a file is said with the name of the file.

    Raises:
        RecordError: There was something (code file-unusable).
    """
    try:
        yield
    except ElectionError as fault:
        raise RecordError("file-unusable", path=str(path), reason=str(fault)) from fault
