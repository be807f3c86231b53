"""The sources beside the tests, and whether a clause stands in one of them word for word."""

from __future__ import annotations

import re
from pathlib import Path

from composition_rules.mandate import Clause

SOURCES = Path(__file__).parent / "sources"


def verify_clause(clause: Clause) -> None:
    """The clause stands on its lines, and on no fewer.

    Raises:
        AssertionError: it does not.
    """
    text = (SOURCES / clause.source.file).read_text(encoding="utf-8").split("\n")
    lines = text[clause.first_line - 1 : clause.last_line]
    assert len(lines) == clause.last_line - clause.first_line + 1
    assert stands_in(clause.text, lines)
    assert not stands_in(clause.text, lines[1:])
    assert not stands_in(clause.text, lines[:-1])


def readings(lines: list[str]) -> tuple[str, str]:
    """The lines as running text, hyphens at the end of a line taken as dividing a word, or as part of it."""
    whole = "\n".join(lines)
    divided = re.sub(r"(\w)-\s*\n\s*(?=\w)", r"\1", whole)
    kept = re.sub(r"(\w-)\s*\n\s*(?=\w)", r"\1", whole)
    return " ".join(divided.split()), " ".join(kept.split())


def stands_in(text: str, lines: list[str]) -> bool:
    return any(" ".join(text.split()) in reading for reading in readings(lines))
