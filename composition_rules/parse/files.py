"""The bytes of a file → its top table, once they are UTF-8, TOML and of a version that is known."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from composition_rules.errors import FileError, MandateError
from composition_rules.parse.lines import KeyPath, key_lines, line_of
from composition_rules.parse.reading import Faults, Table

_POSITION: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def open_file(raw: bytes, kind: type[FileError], *, language: int, unsupported: str) -> Table:
    """The top table of a file in version ``language`` of its language.

    Raises:
        FileError: of that ``kind``: the file is no text, no TOML, or of another version (code ``unsupported``).
    """
    document, lines = _document(raw, kind)
    top = Table(document, (), Faults(lines, kind))
    written = top.integer("language", least=1)
    if written != language and not top.faults.under(("language",)):
        # Another version has other keys: faults against this one would mislead.
        line = line_of(lines, ("language",))
        raise _single(kind, unsupported, path="language", line=line, number=written, known=language)
    return top


def refuse_other_kind(top: Table, *, own: str, other: str, code: str) -> None:
    """A file that lacks the key ``own`` and has the key ``other`` is of another kind: say that and nothing else.

    Raises:
        FileError: of the kind that was asked for (code ``code``).
    """
    if own not in top and other in top:
        top.note(code, other)
        raise top.faults.as_error()


def _document(raw: bytes, kind: type[FileError]) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """The tables of a file and the lines of their keys, once it is UTF-8 and TOML at all."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _single(kind, "not-utf8", path="", line=line) from error
    try:
        return tomllib.loads(text), key_lines(text)
    except (ValueError, RecursionError) as error:  # a number of too many digits, brackets nested too deep
        said = str(error)
        position = _POSITION.search(said)
        number = position.group(1) if position else None
        line = int(number) if number else text.rstrip().count("\n") + 1
        raise _single(kind, "not-toml", path="", line=line, detail=_POSITION.sub("", said)) from error


def _single(kind: type[FileError], code: str, *, path: str, line: int, **params: str | int) -> FileError:
    return kind((MandateError(code, path=path, line=line, **params),))
