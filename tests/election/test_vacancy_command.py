"""``election council vacancy``: who steps in, what the council then lacks, and with which code it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from election.__main__ import main
from election.commands.output import MET, NOT_MET, UNUSABLE
from tests.election.test_council_command import council


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "council.toml"
    path.write_text(council(), encoding="utf-8")
    return str(path)


def run(file: str, *options: str, last: str = "2025-06-30") -> int:
    return main(["council", "vacancy", file, "--seat", "1", "--last-day", last, *options])


def test_the_alternate_steps_in_and_the_alternates_place_and_the_chair_are_lacking(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "--group", "education", "--cause", "death") == MET
    printed = capsys.readouterr().out
    assert "Education-Alternate-1 steps in" in printed
    assert "[kommissorium:73-75]" in printed
    assert "Consent is asked of: Education-Alternate-1" in printed
    assert "alternates lacking: 1" in printed
    assert "Chair: not chosen yet" in printed


def test_whom_a_decision_is_required_of_ends_with_one(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--group", "elected", "--language", "da") == NOT_MET
    printed = capsys.readouterr().out
    assert "Skal afgøres:" in printed
    assert "Elected-Alternate-1, Elected-Alternate-2" in printed
    assert run(file, "--group", "education", "--declined", "education-alternate-1") == NOT_MET
    assert "Passed over: Education-Alternate-1 declined." in capsys.readouterr().out
    assert run(file, "--group", "education", "--cause", "moved-away") == NOT_MET
    assert "let the member keep the seat" in capsys.readouterr().out


def test_a_place_of_an_alternate_and_an_absence(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--group", "education", "--role", "alternate") == NOT_MET
    assert "the place 1 of an alternate is empty" in capsys.readouterr().out
    assert run(file, "--group", "education", "--until", "2025-12-31") == NOT_MET
    assert "wait until the member is back" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--group", "nobody"), "no seat group"),
        (("--group", "education", "--declined", "stranger"), "stranger"),
        (("--group", "education", "--cause", "lost-membership"), "Say which property"),
        (("--group", "education", "--until", "2025-01-01"), "before the first day"),
        (("--group", "education", "--until", "2025-12-31", "--role", "alternate"), "keeps the seat"),
        (("--group", "education", "--until", "2025-12-31", "--cause", "death"), "keeps the seat"),
        (("--group", "education", "--until", "2025-12-31", "--absences", "3"), "keeps the seat"),
    ],
)
def test_what_cannot_be_ends_with_two(
    file: str, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    assert run(file, *options) == UNUSABLE
    assert said in capsys.readouterr().err
    assert run(file, "--group", "education", last="2020-01-01") == UNUSABLE
    assert run("no such file", "--group", "education") == UNUSABLE
