"""Marks: whoever was shown another record finds it out from a number and a hash that others read aloud."""

from __future__ import annotations

from pathlib import Path

import pytest

from election.__main__ import main
from election.commands.output import MET, NOT_MET
from election.errors import RecordError
from election.record.marks import Mark, check_marks, mark_of, parse_mark
from election.record.replay import replay
from tests.election.forging import BLANK, END, REVOTE, SECOND, Step, chained
from tests.election.test_diff import saved


def mark_after(steps: list[Step]) -> Mark:
    return [mark_of(step.head) for step in replay(chained(steps))][-1]


def refusal(steps: list[Step], *marks: Mark) -> str:
    with pytest.raises(RecordError) as caught:
        check_marks((step.head for step in replay(chained(steps))), marks)
    return caught.value.code


def test_a_record_holds_the_marks_of_all_that_it_was(steps: list[Step]) -> None:
    marks = [mark_after(steps[:events]) for events in range(1, END)]
    check_marks((step.head for step in replay(chained(steps))), marks)


def test_a_record_that_another_reader_was_shown_in_another_way_is_found_out(steps: list[Step]) -> None:
    shown = mark_after(steps[:END])
    without_blank = [*steps[:BLANK], *steps[SECOND:END]]
    assert refusal(without_blank, shown) == "mark-later"
    assert refusal([*without_blank, *steps[END:]], shown) == "mark-other"
    exchanged = [*steps[:BLANK], steps[SECOND], steps[BLANK], steps[REVOTE]]
    assert refusal(exchanged, mark_after(steps[: BLANK + 1])) == "mark-other"
    assert refusal(steps, mark_after(steps), shown, mark_after(without_blank)) == "mark-other"


def test_a_mark_is_read_back_as_people_write_it(steps: list[Step]) -> None:
    mark = mark_after(steps)
    written = str(mark)
    assert written.startswith("9:")
    assert parse_mark(written) == parse_mark(f" {written[:8].upper()} {written[8:]}\n") == mark


@pytest.mark.parametrize(
    "written", ["", "9", "9:", "09:" + "a" * 64, "9:" + "a" * 63, "9:" + "g" * 64, "٩:" + "a" * 64]
)
def test_what_is_no_mark_is_refused(written: str) -> None:
    with pytest.raises(RecordError) as caught:
        parse_mark(written)
    assert caught.value.code == "mark-malformed"


def test_the_commands_print_marks_and_compare_with_those_of_others(
    tmp_path: Path, steps: list[Step], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = saved(steps[:SECOND], tmp_path / "old.bel"), saved(steps[:END], tmp_path / "new.bel")
    assert main(["verify-diff", old, new]) == MET
    mark = capsys.readouterr().out.split("compare with others: ")[1].split()[0]
    assert mark == str(mark_after(steps[:END]))
    assert main(["verify", new, "--workers", "1", "--mark", mark, "--mark", str(mark_after(steps[:SECOND]))]) == MET
    assert f"compare with others: {mark}" in capsys.readouterr().out
    assert main(["verify", old, "--workers", "1", "--mark", mark]) == NOT_MET
    assert "this copy ends before it" in capsys.readouterr().err
    other = str(mark_after([*steps[:BLANK], steps[SECOND]]))
    assert main(["verify", new, "--workers", "1", "--mark", other, "--language", "da"]) == NOT_MET
    assert "andre protokoldata" in capsys.readouterr().err
