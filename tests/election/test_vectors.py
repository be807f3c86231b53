"""The test vectors: what each case holds is what it says, and the script makes the same bytes again."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from election.errors import ElectionError
from scripts.make_vectors import FOLDER, vectors
from tests.election.tool_elections import TOOL, needs_tool
from tests.election.vector_readers import READERS

FILES = sorted(FOLDER.glob("*.json"))
RECORDED = sorted((FOLDER / "belenios-tool").glob("*.json"))
# A tracker is a hash, generators and steps are computed: nothing can be wrong with them.
NEVER_WRONG = {"tracker", "shuffle_generators", "shuffle_steps"}


def _cases() -> Iterator[Any]:
    for file in (*FILES, *RECORDED):
        message = json.loads(file.read_bytes())
        by = "of belenios-tool, " if file in RECORDED else ""
        for case in message["cases"]:
            yield pytest.param(message["kind"], case, id=f"{message['kind']}: {by}{case['name']}")


@pytest.mark.parametrize(("kind", "case"), [*_cases()])
def test_each_case_comes_out_as_it_says(kind: str, case: Any) -> None:
    if case["expected"] == "valid":
        assert READERS[kind](case["input"]) == case.get("output")
        return
    with pytest.raises(ElectionError) as caught:
        READERS[kind](case["input"])
    assert caught.value.code == case["expected"]


def test_every_file_has_a_reader_and_good_and_bad_cases() -> None:
    assert {file.stem for file in FILES} == set(READERS)
    for file in FILES:
        message = json.loads(file.read_bytes())
        expected = [case["expected"] for case in message["cases"]]
        assert message["kind"] == file.stem
        assert "valid" in expected
        assert len(set(expected)) > 1 or file.stem in NEVER_WRONG
        names = [(case["name"], case["expected"]) for case in message["cases"] if case["expected"] != "valid"]
        assert len(set(names)) == len(names)


def test_the_script_makes_the_same_bytes_again() -> None:
    made = vectors()
    assert {name for name, content in made.items() if (FOLDER / f"{name}.json").read_bytes() != content} == set()
    assert set(made) == {file.stem for file in FILES}


def test_the_table_names_every_kind_and_what_the_tool_made() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| [^|]+ \| (yes|—) \| [^|]+ \| [^|]+ \|$", (FOLDER / "README.md").read_text(), re.M
    )
    assert sorted(kind for kind, _ in rows) == sorted(READERS)
    assert {kind for kind, made in rows if made == "yes"} == {file.stem for file in RECORDED}


def test_what_the_tool_made_says_by_which_command() -> None:
    for file in RECORDED:
        message = json.loads(file.read_bytes())
        assert message["kind"] == file.stem
        assert message["made_by"].startswith("belenios-tool 2.0 (Debian 2.0+dfsg-1): belenios-tool ")
        assert [case["expected"] for case in message["cases"]] == ["valid"]


@needs_tool
def test_belenios_tool_derives_the_same_credentials() -> None:
    assert TOOL
    for case in json.loads((FOLDER / "credential.json").read_bytes())["cases"]:
        if case["expected"] == "valid":
            given = case["input"]
            asked = ["--uuid", given["uuid"], "--group", "BELENIOS-2048", "--derive", given["code"]]
            done = subprocess.run([TOOL, "setup", "generate-credentials", *asked], capture_output=True, check=True)
            assert done.stdout.decode().strip() == case["output"]["public"]


@needs_tool
def test_belenios_tool_verifies_the_archive(tmp_path: Path) -> None:
    assert TOOL
    for case in json.loads((FOLDER / "archive.json").read_bytes())["cases"]:
        if case["expected"] == "valid":
            (tmp_path / "vector.bel").write_bytes(base64.b64decode(case["input"]))
            done = subprocess.run([TOOL, "election", "verify"], cwd=tmp_path, capture_output=True, check=False)
            assert "all checks passed" in (done.stdout + done.stderr).decode()
