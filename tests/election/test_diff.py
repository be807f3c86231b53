"""``election verify-diff``: what came between two downloads, or the first thing that vanished or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from election.__main__ import main
from election.ballots import tracker
from election.commands.output import MET, NOT_MET, UNUSABLE
from election.record.archive import write_archive
from tests.election.elections import TIMESTAMP, SmallElection, make_election
from tests.election.forging import BLANK, END, FIRST, REVOTE, SECOND, TALLY, Step, chained, replaced, steps_of


def saved(steps: list[Step], path: Path, timestamp: int = TIMESTAMP) -> str:
    path.write_bytes(b"".join(write_archive(chained(steps), timestamp)))
    return str(path)


def compared(old: list[Step], new: list[Step], folder: Path) -> int:
    return main(["verify-diff", saved(old, folder / "old.bel"), saved(new, folder / "new.bel")])


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def test_a_later_copy_that_only_grew_ends_with_0_and_says_what_came(
    tmp_path: Path, steps: list[Step], said: pytest.CaptureFixture[str]
) -> None:
    assert compared(steps[:SECOND], steps[: TALLY + 1], tmp_path) == MET
    assert said.readouterr().out.splitlines()[:4] == [
        "The 3 events of the old copy stand unchanged at the beginning of the new one.",
        "New: 2 of kind Ballot.",
        "New: 1 of kind EndBallots.",
        "New: 1 of kind EncryptedTally.",
    ]


def test_the_same_copy_twice_holds(tmp_path: Path, steps: list[Step], said: pytest.CaptureFixture[str]) -> None:
    assert compared(steps, steps, tmp_path) == MET
    assert "Nothing new came." in said.readouterr().out


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("shrunk", "Ballot {blank} of event 2 is missing: the later copy ends before it."),
        ("dropped", "Ballot {blank} of event 2 is missing; the later copy has Ballot {second} in its place."),
        ("swapped", "Ballot {blank} of event 2 stands at event 3 of the later copy: the order was changed."),
        ("slipped in", "Ballot {blank} of event 2 stands at event 3 of the later copy: the order was changed."),
        ("closed early", "Ballot {blank} of event 2 is missing; the later copy has EndBallots in its place."),
    ],
)
def test_what_vanished_or_changed_is_named_and_ends_with_1(
    tmp_path: Path, steps: list[Step], said: pytest.CaptureFixture[str], name: str, first: str
) -> None:
    old = steps[:END]
    start, blank, second, revote = steps[:BLANK], steps[BLANK], steps[SECOND], steps[REVOTE]
    new = {
        "shrunk": start,
        "dropped": [*start, second, revote],
        "swapped": [*start, second, blank, revote],
        "slipped in": [*start, revote, blank, second],
        "closed early": [*start, *steps[END:]],
    }[name]
    assert compared(old, new, tmp_path) == NOT_MET
    marks = {"blank": tracker(blank[1][0]), "second": tracker(second[1][0])}
    assert said.readouterr().out.splitlines()[0] == first.format(**marks)


def test_another_election_is_no_continuation(
    tmp_path: Path, steps: list[Step], said: pytest.CaptureFixture[str]
) -> None:
    other: SmallElection = make_election(electors=1)
    assert compared(steps, steps_of(other.entries), tmp_path) == NOT_MET
    assert said.readouterr().out.startswith("Setup of event 0 is missing")


def test_another_time_in_the_header_is_seen(
    tmp_path: Path, steps: list[Step], said: pytest.CaptureFixture[str]
) -> None:
    old = saved(steps[:SECOND], tmp_path / "old.bel")
    new = saved(steps[:SECOND], tmp_path / "new.bel", TIMESTAMP + 1)
    assert main(["verify-diff", old, new]) == NOT_MET
    assert "differs in its form" in said.readouterr().out


def test_a_copy_that_is_no_record_or_is_missing_ends_with_2(
    tmp_path: Path, steps: list[Step], said: pytest.CaptureFixture[str]
) -> None:
    good = saved(steps[:SECOND], tmp_path / "good.bel")
    broken = tmp_path / "broken.bel"
    broken.write_bytes(Path(good).read_bytes()[:-512])
    for pair in ((good, str(broken)), (str(broken), good), (good, str(tmp_path / "none.bel"))):
        assert main(["verify-diff", *pair]) == UNUSABLE
        captured = said.readouterr()
        assert captured.out == ""
        assert captured.err


def test_the_danish_words_come_on_request(tmp_path: Path, steps: list[Step], said: pytest.CaptureFixture[str]) -> None:
    paths = saved(steps[:SECOND], tmp_path / "a.bel"), saved(replaced(steps[:SECOND], FIRST, b"{}"), tmp_path / "b.bel")
    assert main(["verify-diff", "--language", "da", *paths]) == NOT_MET
    assert "DE NYE PROTOKOLDATA" in said.readouterr().out
