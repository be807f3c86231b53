"""``election verify``: 0 when everything holds, 1 with the fault named, 2 when the input cannot be used."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from election.__main__ import COMMANDS, main
from election.commands.output import MET, NOT_MET, UNUSABLE
from election.definition import define_election
from election.ids import ElectionUuid
from election.questions import question_of
from election.record.archive import write_archive
from election.record.writer import setup_entries
from election.trustees import generate_trustee
from tests.election.elections import TIMESTAMP, SmallElection, a_contest, make_election
from tests.election.forging import RESULT, VECTORS, Step, chained, replaced

Run = tuple[int, str, str]
Verify = Callable[[Path], Run]


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verify:
    def run(path: Path) -> Run:
        code = main(["verify", str(path)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def archive_of(steps: list[Step], path: Path) -> Path:
    path.write_bytes(b"".join(write_archive(chained(steps), TIMESTAMP)))
    return path


def test_a_good_record_ends_with_0_and_says_what_holds_and_what_does_not(
    verify: Verify, tmp_path: Path, finished: SmallElection
) -> None:
    code, out, err = verify(finished.save(tmp_path))
    assert (code, err) == (MET, "")
    lines = out.splitlines()
    assert lines[0] == "Dialogforum for Integration"
    assert finished.definition.fingerprint in lines[1]
    assert "  4 ballots from 3 of 4 credentials" in out
    assert [line.split() for line in lines if line.startswith("    ")] == [
        ["1", "(blank", "vote)"],
        ["0", "Amina"],
        ["1", "Bohdan"],
        ["1", "Çiğdem"],
    ]
    assert "Not proved, and not provable from the record:" in lines
    assert lines[-1] == "ALL CHECKS HOLD"


@pytest.mark.parametrize(("events", "said"), [(3, "not been tallied"), (7, "0 of 2 trustees"), (8, "1 of 2 trustees")])
def test_an_unfinished_record_ends_with_0_and_says_how_far_it_is(
    verify: Verify, tmp_path: Path, steps: list[Step], events: int, said: str
) -> None:
    code, out, _ = verify(archive_of(steps[:events], tmp_path / "e.bel"))
    assert code == MET
    assert said in out
    assert "there is no result yet" in out


def test_a_record_of_belenios_tool_ends_with_0(verify: Verify) -> None:
    code, out, _ = verify(VECTORS / "4S92PJQYHSkk7n.bel")
    assert code == MET
    assert '     1  Aa "q" / é ط' in out


def test_a_fault_ends_with_1_and_names_its_step(verify: Verify, tmp_path: Path, steps: list[Step]) -> None:
    path = archive_of(replaced(steps, RESULT, b'{"result":[[1,0,0,2]]}'), tmp_path / "e.bel")
    code, out, err = verify(path)
    assert (code, err) == (NOT_MET, "")
    lines = out.splitlines()
    assert (
        "FAULT in step 10 (result), event 9: The published counts are not those that the trustees' shares open."
        in lines
    )
    assert lines[-1] == "THE RECORD IS NOT GOOD: 1 faults"
    assert "ALL CHECKS HOLD" not in out


def test_a_record_cut_off_ends_with_1(verify: Verify, tmp_path: Path, finished: SmallElection) -> None:
    path = tmp_path / "e.bel"
    path.write_bytes(finished.archive()[:-512])
    assert verify(path)[0] == NOT_MET


@pytest.mark.parametrize(
    "content", [b"", b"Hvem skal sidde i dialogforum?\n" * 100, b"\x00" * 2048, b"PK\x03\x04" + b"\xff" * 5000, b"B"]
)
def test_a_file_that_is_no_archive_ends_with_2(verify: Verify, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "e.bel"
    path.write_bytes(content)
    code, out, err = verify(path)
    assert (code, out) == (UNUSABLE, "")
    assert err == f"{path}: not a .bel archive. Download the record again.\n"


def test_an_archive_of_a_later_version_ends_with_2(verify: Verify, tmp_path: Path) -> None:
    path = tmp_path / "e.bel"
    path.write_bytes(b"".join(write_archive([], TIMESTAMP)).replace(b'"version":1', b'"version":2'))
    assert verify(path)[0] == UNUSABLE


def test_a_missing_file_a_directory_and_a_forbidden_name_end_with_2(verify: Verify, tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "e.bel", ": there is no such file, or no such folder to write it in. Look at the name."),
        (tmp_path, " is a folder. Name a file."),
        (tmp_path / ("x" * 300), ": the name is too long. Take a shorter one."),
    ):
        code, out, err = verify(path)
        assert (code, out) == (UNUSABLE, "")
        assert err == f"{path}{reason}\n"


@pytest.mark.parametrize("arguments", [[], ["verify"], ["recount", "e.bel"], ["verify", "a.bel", "b.bel"]])
def test_a_command_that_is_not_understood_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == UNUSABLE
    assert "usage: election" in capsys.readouterr().err


def hostile_record(name: str) -> bytes:
    trustee = generate_trustee().public()
    definition = define_election(
        uuid=ElectionUuid("4S92PJQYHSkk7n"),
        name=name,
        description="",
        questions=[question_of(a_contest())],
        trustees=[trustee],
    )
    entries, _ = setup_entries(definition, [trustee], [])
    return b"".join(write_archive(entries, TIMESTAMP))


def test_what_a_record_says_cannot_move_the_cursor_or_add_a_line(verify: Verify, tmp_path: Path) -> None:
    path = tmp_path / "e.bel"
    path.write_bytes(hostile_record("Valg\x1b[2J\nALL CHECKS HOLD\r\u202e"))
    code, out, _ = verify(path)
    assert code == MET
    assert out.splitlines()[0] == r"Valg\x1b[2J\nALL CHECKS HOLD\r\u202e"
    assert out.count("\nALL CHECKS HOLD\n") == 1


def test_a_fault_that_quotes_what_would_move_the_cursor_is_printed(
    verify: Verify, tmp_path: Path, steps: list[Step]
) -> None:
    path = archive_of(replaced(steps, RESULT, b'{"\\u202e\\u001b":1,"result":[]}'), tmp_path / "e.bel")
    code, out, _ = verify(path)
    assert code == NOT_MET
    assert r"\u202e\x1b" in out


def test_a_terminal_without_the_letters_gets_escapes_and_the_same_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, finished: SmallElection
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))
    assert main(["verify", str(finished.save(tmp_path))]) == MET
    sys.stdout.flush()
    assert rb"\u011fdem" in raw.getvalue()


def test_the_installed_module_runs_as_a_program(tmp_path: Path) -> None:
    election: SmallElection = make_election()
    path = election.save(tmp_path)
    for target, code in ((path, MET), (tmp_path / "none.bel", UNUSABLE)):
        done = subprocess.run(
            [sys.executable, "-m", "election", "verify", str(target)], capture_output=True, check=False, env=os.environ
        )
        assert done.returncode == code


def test_a_reader_who_has_read_enough_gets_no_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "election", "mandate", "show", "norddjurs-dialogforum-2024"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (UNUSABLE, b"")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_module_by_which_it_is_found(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    assert f"usage: election {name}" in capsys.readouterr().out
