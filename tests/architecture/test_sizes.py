"""Small units: a file of at most 500 lines, a body of at most 60."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT, functions

MOST_LINES = 500
MOST_BODY_LINES = 60
ROOMS = ("composition_rules", "election", "webvote", "benchmarks", "tests")
# Written by Alembic: one long list of columns, never edited afterwards.
GENERATED = "webvote/store/migrations/versions/"


def long_bodies(name: str, source: str) -> Iterator[str]:
    """Functions whose body, without its docstring, is longer than it may be."""
    for function in functions(ast.parse(source)):
        body = function.body[1:] if ast.get_docstring(function) is not None else function.body
        if body and (lines := (body[-1].end_lineno or 0) - body[0].lineno + 1) > MOST_BODY_LINES:
            yield f"{name}:{function.lineno} {function.name} has {lines} lines"


def own_files(*endings: str) -> list[Path]:
    found = [file for room in ROOMS for file in (ROOT / room).rglob("*") if file.suffix in endings]
    return [file for file in found if GENERATED not in file.as_posix() and "node_modules" not in file.parts]


def test_no_file_is_too_long() -> None:
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in own_files(".py", ".js", ".css", ".html")}
    assert lengths
    assert {str(file.relative_to(ROOT)): lines for file, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_body_is_too_long() -> None:
    found = [
        line for file in own_files(".py") for line in long_bodies(str(file.relative_to(ROOT)), file.read_text("utf-8"))
    ]
    assert found == []


def test_a_planted_fault_is_found() -> None:
    long = "def f():\n    '''Words.'''\n" + "    g()\n" * (MOST_BODY_LINES + 1)
    assert list(long_bodies("x.py", long))
    assert not list(long_bodies("x.py", long.replace("    g()\n", "", 1)))
    assert list(long_bodies("x.py", "class C:\n" + "".join("    " + line + "\n" for line in long.splitlines())))
