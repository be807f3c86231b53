"""The tables of ``docs/protocol.md`` name sections, modules, functions and tests that are there, and leave out none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "protocol.md").read_text("utf-8")
TESTS: dict[str, str] = {}
for _path in (ROOT / "tests").rglob("test_*.py"):  # two rooms may have a file of the same name
    TESTS[_path.name] = TESTS.get(_path.name, "") + _path.read_text("utf-8")
# The contents of the Belenios specification 2.0, but for what it says of itself (1, 2) and the parts of a section.
SECTIONS = (
    *("3.1", "3.1.1", "3.2", "3.3", "3.4", "3.5"),
    *("4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8", "4.9.1", "4.9.2", "4.10"),
    *("4.11.1", "4.11.2", "4.12", "4.13", "4.14", "4.15", "4.16", "4.17", "4.18", "4.19"),
    *("5.1", "5.2", "6 (tables 1 to 3)", "6 (tables 4 to 13)"),
)
ATTACKS = 20


def table_under(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading, without its head."""
    section = PAGE.split(f"\n## {heading}")[1]
    rows = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert rows is not None
    return [re.split(r" \| ", line.strip("| ")) for line in rows[0].splitlines()[2:]]


def expanded(name: str) -> list[str]:
    """``a/{b,c}.py`` is two names."""
    group = re.search(r"\{([^{}]*)\}", name)
    if group is None:
        return [name]
    return [each for one in group[1].split(",") for each in expanded(name[: group.start()] + one + name[group.end() :])]


NAMES = sorted({each for token in re.findall(r"`([^`\s]+)`", PAGE) for each in expanded(token)})


def test_every_section_of_the_specification_is_in_the_table_with_code_and_a_test() -> None:
    rows = table_under("Section → code → test")
    named = [each for row in rows for each in re.split(r", (?=\d)", row[0]) if row[0] != "beyond it"]
    assert sorted(named) == sorted(SECTIONS)
    for row in rows:
        assert len(row) == 5
        assert ".py`" in row[2]
        assert "test" in row[4]


def test_every_attack_has_a_test() -> None:
    rows = table_under("Published attacks → what answers them → test")
    assert len(rows) >= ATTACKS
    for row in rows:
        assert len(row) == 3
        assert re.search(r"test_\w+\.py|tests/", row[2]), row[0]


def test_every_test_that_is_named_is_there() -> None:
    files = set(re.findall(r"\b(test_\w+\.py)", PAGE))
    assert len(files) > 20
    assert files - TESTS.keys() == set()
    named = re.findall(r"`(?:[\w/]+/)?(test_\w+\.py)::(\w+)`((?:, `::\w+`)*)", PAGE)
    assert len(named) >= 20
    for file, first, more in named:
        for function in (first, *re.findall(r"::(\w+)", more)):
            assert f"def {function}(" in TESTS[file], f"{file}::{function}"


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith((".py", ".js"))])
def test_every_file_that_is_named_is_there(name: str) -> None:
    rooms = (ROOT, ROOT / "election", ROOT / "webvote", ROOT / "webvote" / "static" / "js")
    assert any((room / name).is_file() for room in rooms) or any((ROOT / "tests").rglob(name))


FILES = (".py", ".js", ".json", ".bel", ".gz")
FUNCTIONS = [name for name in NAMES if re.fullmatch(r"[a-z_/]+\.\w+(\.\w+)?", name) and not name.endswith(FILES)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_that_is_named_is_there(name: str) -> None:
    module, *parts = name.split(".")
    source = (ROOT / "election" / f"{module}.py").read_text("utf-8")
    for each in parts:
        assert re.search(rf"^\s*(def |class )?{each}\b", source, re.MULTILINE), name
