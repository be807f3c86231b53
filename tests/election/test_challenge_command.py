"""``election challenge check``: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from election.__main__ import main
from election.challenge import open_ballot
from tests.election.test_challenge import DEFINITION, ENTRY, OPENING, PREPARED, prepare_ballot


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    ballot, opening, election = (tmp_path / f"{name}.json" for name in ("ballot", "opening", "election"))
    ballot.write_bytes(PREPARED.raw)
    opening.write_bytes(OPENING + b"\n")
    election.write_bytes(DEFINITION.content)
    return str(ballot), str(opening), "--election", str(election)


def test_it_names_the_candidates_and_ends_with_0(files: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["challenge", "check", *files]) == 0
    printed = capsys.readouterr().out
    assert [name for name in ("Amina", "Bohdan", "Çiğdem") if f"[x] {name}" in printed] == ["Amina", "Çiğdem"]
    assert "encrypts:" in printed


def test_it_speaks_danish(files: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["challenge", "check", *files, "--language", "da"]) == 0
    assert "kan ikke længere afgives" in capsys.readouterr().out


def test_one_file_with_both_is_enough(files: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    Path(files[0]).write_bytes(ENTRY + b"\n")
    assert main(["challenge", "check", files[0], *files[2:]]) == 0
    assert "[x] Amina" in capsys.readouterr().out
    Path(files[0]).write_bytes(PREPARED.raw)
    assert main(["challenge", "check", files[0], *files[2:]]) == 2


def test_a_blank_vote_is_named(files: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    blank = prepare_ballot(DEFINITION, "5Au-bVf-TRL-fK4-rxn", ())
    Path(files[0]).write_bytes(blank.raw)
    Path(files[1]).write_bytes(open_ballot(blank, DEFINITION))
    assert main(["challenge", "check", *files]) == 0
    assert "a blank vote" in capsys.readouterr().out


def test_what_does_not_hold_ends_with_1(files: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    other = prepare_ballot(DEFINITION, "5Au-bVf-TRL-fK4-rxn", (0,))
    Path(files[0]).write_bytes(other.raw)
    assert main(["challenge", "check", *files]) == 1
    assert "another ballot" in capsys.readouterr().out


@pytest.mark.parametrize("place", [0, 1, 3])
def test_what_cannot_be_read_ends_with_2(
    files: tuple[str, ...], place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(files[place]).write_bytes(b"{}")
    assert main(["challenge", "check", *files]) == 2
    Path(files[place]).unlink()
    assert main(["challenge", "check", *files]) == 2
    assert capsys.readouterr().err.count("\n") >= 2
