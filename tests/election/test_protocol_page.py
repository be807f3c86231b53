"""The tables of ``docs/protocol.md`` name tests and modules that are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "protocol.md").read_text("utf-8")
TESTS: dict[str, str] = {}
for _path in (ROOT / "tests").rglob("test_*.py"):  # two rooms may have a file of the same name
    TESTS[_path.name] = TESTS.get(_path.name, "") + _path.read_text("utf-8")


def test_every_test_that_is_named_is_there() -> None:
    files = set(re.findall(r"\b(test_\w+\.py)", PAGE))
    assert len(files) > 20
    assert files - TESTS.keys() == set()
    named = re.findall(r"`(test_\w+\.py)::(\w+)`(?:, `::(\w+)`)?", PAGE)
    assert len(named) >= 8
    for file, *functions in named:
        for function in filter(None, functions):
            assert f"def {function}(" in TESTS[file], f"{file}::{function}"


def test_every_function_of_verification_that_is_named_is_there() -> None:
    named = re.findall(r"`(verify|tally|ballots|credential_list|definition)(/\w+)?\.(\w+)", PAGE)
    assert named
    for module, part, name in named:
        if name == "py":
            continue
        found = (ROOT / "election").glob(f"{module}{part}.py" if part else f"{module}.py")
        assert any(re.search(rf"(def|class) {name}\b", path.read_text("utf-8")) for path in found), (module, part, name)
