"""What is committed names no registry and no machine, and leaves nothing to be done that nobody wrote down."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT

# Put together here, so that this file is not its own first finding.
FORBIDDEN = {
    "the address of a registry": re.compile(
        r"https?://[^\s\"']*(?:pypi|npmjs|registry|artifactory|nexus|/simple\b)|pythonhosted\.org"
        r"|^\s*(?:--(?:extra-)?index[-]url|--find-links|registry\s*[=])",
        re.IGNORECASE | re.MULTILINE,
    ),
    "a resolved address in a lock file": re.compile(r"\"resolved\":\s*\"https?:"),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:work|root|home/[a-z]\w*|Users/\w+)/"),
    "something to be done": re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b"),
}


def findings(name: str, text: str) -> Iterator[str]:
    """Where a text breaks a rule, by line."""
    for what, pattern in FORBIDDEN.items():
        for match in pattern.finditer(text):
            yield f"{name}:{text.count(chr(10), 0, match.start()) + 1} holds {what}: {match.group()}"


def committed_texts() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        file = ROOT / name
        if file.is_file() and b"\0" not in (raw := file.read_bytes()):
            yield name, raw.decode("utf-8")


def test_committed_files_are_clean() -> None:
    texts = dict(committed_texts())
    assert {"Makefile", "pyproject.toml", "requirements/run.txt"} <= set(texts)
    this = "tests/architecture/test_repository.py"
    assert [found for name, text in texts.items() if name != this for found in findings(name, text)] == []


def test_every_locked_package_carries_its_hashes() -> None:
    for name in ("run", "dev"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        packages = [part for part in re.split(r"\n(?=\S)", lock) if not part.startswith("#")]
        assert packages
        assert [part.splitlines()[0] for part in packages if "--hash=sha256:" not in part] == []


def test_the_running_lock_is_part_of_the_developers_lock() -> None:
    def versions(name: str) -> set[str]:
        lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        return set(re.findall(r"^[a-z0-9][^ \\]*==[^ \\]+", lock, re.MULTILINE))

    assert versions("run") <= versions("dev")


@pytest.mark.parametrize(
    "text",
    [
        "see https://" + "pypi.org/simple/flask",
        # Put together, so that no search of the repository finds what this file plants.
        "--index" + "-url somewhere",
        '"resolved"' + ': "https://example.dk/x.tgz"',
        "open('/" + "work/main/x')",
        "cd /" + "root/x",
        "# TO" + "DO later",
    ],
)
def test_a_planted_fault_is_found(text: str) -> None:
    assert list(findings("x", text))
