"""``election draw``: chances first, then the lot or the ranking; 0, 1 and 2 as documented."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from election.__main__ import main
from election.commands.output import MET, NOT_MET, UNUSABLE

PAGE = (Path(__file__).parents[2] / "docs" / "lots.md").read_text(encoding="utf-8")
SEED = "Lotto 7/2 2026: 3 9 14 21 27 30 34"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "slagelse.toml"
    path.write_text(re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)[0], encoding="utf-8")
    return path


def run(file: Path, *arguments: str, seats: str = "5", group: str = "civil-society") -> int:
    return main(["draw", str(file), "--group", group, "--seats", seats, "--on", "2026-02-01", *arguments])


def test_chances_come_first_and_alone_when_nothing_else_is_asked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "--chances") == MET
    asked = capsys.readouterr().out.splitlines()
    assert "Amal Bashir (amal): chance 5/17 (29.4 %)." in asked
    assert run(file, "--seed", SEED) == MET
    drawn = capsys.readouterr().out.splitlines()
    assert drawn[: len(asked)] == asked
    assert drawn[-1].startswith("Drawn: Qasim Rahimi (qasim), Emil Krog (emil)")


def test_json_tells_the_whole_of_a_draw(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(file, "--seed", SEED, "--json") == MET
    written = json.loads(capsys.readouterr().out)
    assert written["chosen"] == ["qasim", "emil", "chidi", "svend", "hassan"]
    assert (written["attempt"], written["failed"], written["valid"]) == (1, [], 6188)
    assert list(written["shut_out_by"]) == ["gitte", "lars", "tove"]
    assert written["fingerprint"] in PAGE
    titles = {language: _shut_out(file, language, capsys) for language in ("da", "en")}
    assert all("work and/or residence" in title for title in titles["en"])
    assert all("arbejde og/eller bopæl" in title for title in titles["da"])


def _shut_out(file: Path, language: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert run(file, "--chances", "--json", "--language", language) == MET
    titles: list[str] = json.loads(capsys.readouterr().out)["shut_out_by"]["gitte"]
    return titles


def test_a_ranking_is_followed(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ranking = tmp_path / "ranking.txt"
    ranking.write_text("gitte\nbente\n\n dorte \nemil\njens\nmette\nole\n", encoding="utf-8")
    assert run(file, "--ranking", str(ranking), "--json") == MET
    written = json.loads(capsys.readouterr().out)
    assert written["chosen"] == ["bente", "dorte", "emil", "jens", "mette"]
    assert list(written["passed_over"]) == ["gitte"]


def test_a_ranking_too_short_is_no_choice(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ranking = tmp_path / "ranking.txt"
    ranking.write_text("bente\ndorte\n", encoding="utf-8")
    assert run(file, "--ranking", str(ranking)) == NOT_MET
    assert "Too few apply. Applicants: 2; seats: 5." in capsys.readouterr().out


def test_rules_that_cannot_be_met_are_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        file.read_text(encoding="utf-8").replace('id = "ulla"', 'id = "ulla2"').replace('"connection:slagelse", ', "")
    )
    file.write_text(text.replace('person = "ulla"', 'person = "ulla2"'), encoding="utf-8")
    assert run(file, "--seed", SEED) == NOT_MET
    printed = capsys.readouterr().out
    assert "No choice of 5 among 20 keeps to these rules together:" in printed
    assert "no choice can meet this beside those who have a seat already." in printed


def test_whoever_has_a_seat_is_no_applicant(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('name = "Ulla Berg"', 'name = "Ulla Berg"\ncandidate_for = ["civil-society"]'), "utf-8"
    )
    assert run(file, "--chances", "--json") == MET
    assert "ulla" not in json.loads(capsys.readouterr().out)["chances"]


@pytest.mark.parametrize(
    ("arguments", "seats", "group", "word"),
    [
        (("--seed", " "), "5", "civil-society", "seed of the lot is empty"),
        (("--chances",), "8", "civil-society", "free: 7"),
        (("--chances",), "0", "civil-society", "Ask for 1 or more"),
        (("--chances",), "5", "nowhere", "nowhere"),
        (("--ranking", "absent.txt"), "5", "civil-society", "absent.txt"),
    ],
)
def test_input_that_cannot_be_used(
    file: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], seats: str, group: str, word: str
) -> None:
    assert run(file, *arguments, seats=seats, group=group) == UNUSABLE
    assert word in capsys.readouterr().err


def test_a_file_with_faults_tells_each_with_its_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace("seat = 1", 'seat = "x"'), encoding="utf-8")
    assert run(file, "--chances") == UNUSABLE
    assert len(re.findall(r"Line \d+, holding\[\d\]\.seat", capsys.readouterr().err)) == 2


def test_a_ranking_that_is_not_utf_8_and_a_missing_file_are_unusable(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ranking = tmp_path / "ranking.txt"
    ranking.write_bytes(b"bente\n\xff\n")
    assert run(file, "--ranking", str(ranking)) == UNUSABLE
    assert run(tmp_path / "absent.toml", "--chances") == UNUSABLE
    assert "absent.toml" in capsys.readouterr().err


def test_a_mandate_of_ones_own_is_read_beside_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shipped = Path(__file__).parents[2] / "composition_rules/mandates/slagelse-integrationsudvalg-2024.toml"
    (file.parent / "own.toml").write_bytes(shipped.read_bytes())
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('mandate = "slagelse-integrationsudvalg-2024"', 'mandate = "own.toml"'), "utf-8")
    assert run(file, "--chances") == MET
    assert "Valid choices: 6188." in capsys.readouterr().out


def test_one_way_to_choose_is_asked_for(file: Path) -> None:
    with pytest.raises(SystemExit):
        run(file)
    with pytest.raises(SystemExit):
        run(file, "--chances", "--seed", SEED)
