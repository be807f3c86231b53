"""What the readers of counting files share: all faults of a file at once, and text that can be trusted as text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from election.errors import CountFileError, CountInputError

MOST_FAULTS = 500  # a file of another kind has a fault in every line
MOST_CANDIDATES = 1000
MOST_NAME = 200

_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_INVISIBLE_BUT_NEEDED = frozenset("\u200c\u200d\u200e\u200f")


class Faults:
    """The faults of one file, gathered until it is known whether it can be used."""

    def __init__(self) -> None:
        self._found: list[CountInputError] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, fault: CountInputError) -> None:
        """Keep a fault and read on.

        Raises:
            CountFileError: so many were found that the file must be of another kind.
        """
        self._found.append(fault)
        if len(self._found) >= MOST_FAULTS:
            self._found.append(CountInputError("count-file-too-many", line=fault.params.get("line", 0)))
            self.verify_none()

    def verify_none(self) -> None:
        """Refuse the file if a fault was found.

        Raises:
            CountFileError: it holds every fault, in the order of the lines.
        """
        if self._found:
            raise CountFileError(tuple(sorted(self._found, key=lambda fault: int(fault.params.get("line", 0)))))


def file_lines(raw: bytes) -> list[bytes]:
    """The lines of a file of text, without their ends and without empty lines after the last.

    A byte-order mark of UTF-8 is welcome.

    Raises:
        CountFileError: The file is empty, no UTF-8, or holds a control character (codes count-file-empty,
            count-file-encoding, count-file-control).
    """
    faults = Faults()
    body = raw.removeprefix(codecs.BOM_UTF8)
    if not body.strip():
        faults.add(CountInputError("count-file-empty", line=1))
    for odd in _CONTROL.finditer(body):
        line = body.count(b"\n", 0, odd.start()) + 1
        faults.add(CountInputError("count-file-control", line=line, character=f"U+{body[odd.start()]:04X}"))
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as wrong:
        faults.add(CountInputError("count-file-encoding", line=body.count(b"\n", 0, wrong.start) + 1))
    faults.verify_none()
    lines = body.replace(b"\r\n", b"\n").split(b"\n")
    while not lines[-1].strip():
        lines.pop()
    return lines


def whole_number(text: str) -> int | None:
    """A whole number in its one way to be written, of at most nine digits; None for anything else."""
    return int(text) if _NUMBER.fullmatch(text) else None


def is_plain_name(name: str) -> bool:
    """Whether a name can be shown: not empty, not too long, no space at its ends, nothing that cannot be seen."""
    return (
        0 < len(name) <= MOST_NAME
        and name == name.strip()
        and not any(unicodedata.category(each) in _REFUSED_CATEGORIES - {"Cf"} for each in name)
        and not any(unicodedata.category(each) == "Cf" and each not in _INVISIBLE_BUT_NEEDED for each in name)
    )


def shown(raw: bytes | str) -> str:
    """A part of a file as it may stand in a message: short, and without anything that prints oddly."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text).strip()[:40]
