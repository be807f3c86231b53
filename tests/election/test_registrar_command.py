"""``election registrar``: the three files it makes, what it refuses, and its list in a good record."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from election.__main__ import main
from election.credential_list import (
    credentials_document,
    credentials_fingerprint,
    import_credentials,
    parse_credentials,
)
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import GROUPS, Group
from election.errors import CredentialError
from election.record.writer import setup_entries
from election.registrar import parse_print_job
from tests.election.elections import make_election
from tests.election.tool_elections import TOOL, needs_tool

UUID = "4S92PJQYHSkk7n"
TEXTS = ["--name", "Dialogforum", "--authority", "Kommunen", "--closes", "24. november", "--address", "https://valg.example/v/d"]  # fmt: skip # noqa: E501
PUBLIC, PRIVATE, JOB = "public_creds.json", "private_creds.sealed.json", "print_job.json"


@pytest.fixture
def passphrase(tmp_path: Path) -> list[str]:
    file = tmp_path / "passphrase"
    file.write_text("fire ord på rad\n")
    return ["--passphrase-file", str(file)]


@pytest.fixture
def roll(tmp_path: Path) -> str:
    file = tmp_path / "roll.csv"
    file.write_text("nummer;navn;adresse\n7;Amina;Torvet 1\n12;Bohdan;Torvet 2\n")
    return str(file)


def make(folder: Path, passphrase: list[str], *arguments: str) -> int:
    return main(["registrar", "make", "--election-uuid", UUID, "--out", str(folder), *TEXTS, *passphrase, *arguments])


def codes(path: Path) -> list[str]:
    return [card.code for card in parse_print_job(path.read_bytes()).cards]


def test_three_files_are_made_and_the_secret_ones_are_the_owners(
    tmp_path: Path, passphrase: list[str], roll: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "cards"
    assert make(folder, passphrase, "--roll", roll, "--spare", "1") == 0
    assert sorted(file.name for file in folder.iterdir()) == sorted((PUBLIC, PRIVATE, JOB))
    assert {name: (folder / name).stat().st_mode & 0o777 for name in (PRIVATE, JOB)} == {PRIVATE: 0o600, JOB: 0o600}
    printed = capsys.readouterr().out
    public = (folder / PUBLIC).read_bytes().removesuffix(b"\n")
    assert credentials_fingerprint(public) in printed
    assert len(import_credentials(public, GROUP, credentials_fingerprint(public))) == 3
    for code in codes(folder / JOB):
        assert code not in printed + public.decode() + (folder / PRIVATE).read_text()


@pytest.mark.parametrize("existing", [PUBLIC, PRIVATE, JOB])
def test_no_file_is_written_over_and_none_beside_it(
    tmp_path: Path, passphrase: list[str], roll: str, existing: str
) -> None:
    (tmp_path / existing).write_text("kept")
    before = sorted(file.name for file in tmp_path.iterdir())
    assert make(tmp_path, passphrase, "--roll", roll) == 2
    assert sorted(file.name for file in tmp_path.iterdir()) == before
    assert (tmp_path / existing).read_text() == "kept"


def test_a_card_is_printed_again_with_the_code_it_had(
    tmp_path: Path, passphrase: list[str], roll: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, passphrase, "--roll", roll, "--spare", "1")
    again = ["registrar", "reprint", str(tmp_path / PRIVATE), *passphrase, "--out"]
    assert main([*again, str(tmp_path / "elector"), "--elector", "12", "--roll", roll]) == 0
    assert main([*again, str(tmp_path / "spare"), "--spare", "1"]) == 0
    job = parse_print_job((tmp_path / "elector").read_bytes())
    assert [(card.code, card.elector.name) for card in job.cards if card.elector] == [
        (codes(tmp_path / JOB)[1], "Bohdan")
    ]
    assert job.texts.closes == "24. november"
    assert codes(tmp_path / "spare") == codes(tmp_path / JOB)[2:]
    capsys.readouterr()
    assert main([*again, str(tmp_path / "x"), "--elector", "12"]) == 2
    assert "--roll" in capsys.readouterr().err
    assert main([*again, str(tmp_path / "x"), "--elector", "99", "--roll", roll]) == 2
    assert main([*again, str(tmp_path / "spare"), "--spare", "1"]) == 2
    (tmp_path / "passphrase").write_text("en anden sætning\n")
    assert main([*again, str(tmp_path / "x"), "--spare", "1"]) == 2
    assert not (tmp_path / "x").exists()


def test_a_card_for_the_door_is_printed_again_by_its_place(tmp_path: Path, passphrase: list[str]) -> None:
    assert make(tmp_path, passphrase, "--cards", "3") == 0
    again = ["registrar", "reprint", str(tmp_path / PRIVATE), *passphrase, "--out", str(tmp_path / "again")]
    assert main([*again, "--card", "2", "--language", "da"]) == 0
    assert codes(tmp_path / "again") == codes(tmp_path / JOB)[1:2]


def test_the_fingerprint_is_printed_again_and_held_against_the_one_that_was_noted(
    tmp_path: Path, passphrase: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, passphrase, "--cards", "2")
    noted = credentials_fingerprint((tmp_path / PUBLIC).read_bytes().removesuffix(b"\n"))
    asking = ["registrar", "fingerprint", str(tmp_path / PUBLIC)]
    capsys.readouterr()
    assert main(asking) == 0
    assert noted in capsys.readouterr().out
    assert main([*asking, "--noted", noted]) == 0
    assert main([*asking, "--noted", noted[:-1]]) == 1
    listed = json.loads((tmp_path / PUBLIC).read_bytes())
    (tmp_path / PUBLIC).write_text(json.dumps(listed[::-1], separators=(",", ":")))
    assert main(asking) == 1
    (tmp_path / PUBLIC).write_text("[]")
    assert main(asking) == 2


def test_weights_are_refused_by_name_where_no_mandate_gives_them(
    tmp_path: Path, passphrase: list[str], roll: str, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = tmp_path / "weights"
    weights.write_text("7,1\n12,2\n")
    assert make(tmp_path, passphrase, "--roll", roll, "--weights", str(weights)) == 2
    assert "Elector 12 would have 2 votes" in capsys.readouterr().err
    weights.write_text("7,1\n12;2\n")
    assert make(tmp_path, passphrase, "--roll", roll, "--weights", str(weights)) == 2
    assert "Line 2" in capsys.readouterr().err
    assert not (tmp_path / PUBLIC).exists()
    weights.write_text("7,1\n12,1\n")
    assert make(tmp_path, passphrase, "--roll", roll, "--weights", str(weights)) == 0


def test_weights_are_written_where_the_mandate_gives_them_and_for_no_other_seats(
    tmp_path: Path, passphrase: list[str], roll: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = (files("composition_rules") / "mandates" / "norddjurs-dialogforum-2024.toml").read_text(encoding="utf-8")
    mandate, weights = tmp_path / "mandate.toml", tmp_path / "weights"
    mandate.write_text(shipped.replace("[group.election]\n", "[group.election]\nweights = true\n"), encoding="utf-8")
    weights.write_text("12,2\n")
    weighted = ("--roll", roll, "--weights", str(weights), "--seats")
    assert make(tmp_path, passphrase, *weighted, "elected", "--mandate", "norddjurs-dialogforum-2024") == 2
    assert make(tmp_path, passphrase, *weighted, "free", "--mandate", str(mandate)) == 2
    assert capsys.readouterr().err.count("Elector 12 would have 2 votes") == 2
    assert make(tmp_path, passphrase, *weighted, "nobody", "--mandate", str(mandate)) == 2
    assert make(tmp_path, passphrase, *weighted, "elected") == 2
    assert "--mandate and --seats belong together" in capsys.readouterr().err
    assert make(tmp_path, passphrase, *weighted, "elected", "--mandate", str(mandate)) == 0
    listed = json.loads((tmp_path / PUBLIC).read_text())
    assert sum(each.endswith(",2") for each in listed) == 1


@pytest.mark.parametrize(
    "arguments", [["--cards", "0"], ["--cards", "2", "--spare", "-1"], ["--cards", "2", "--election-uuid", "x"]]
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, passphrase: list[str], arguments: list[str]) -> None:
    assert make(tmp_path, passphrase, *arguments) == 2
    assert not (tmp_path / PUBLIC).exists()


def test_every_fault_of_a_roll_is_said(
    tmp_path: Path, passphrase: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.csv").write_text("nummer;navn;adresse\n;Amina;A\n8;;B\n")
    assert make(tmp_path, passphrase, "--roll", str(tmp_path / "bad.csv")) == 2
    said = capsys.readouterr().err
    assert "Line 2" in said
    assert "Line 3" in said


def test_the_noted_fingerprint_is_found_in_the_record_and_another_is_missed(
    tmp_path: Path, passphrase: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, passphrase, "--cards", "3")
    document = (tmp_path / PUBLIC).read_bytes().removesuffix(b"\n")
    election = make_election()
    election.entries = []
    trustees = [key.public() for key in election.trustees]
    election.take(setup_entries(election.definition, trustees, parse_credentials(document, GROUP)))
    archive = str(election.save(tmp_path))
    noted = credentials_fingerprint(document)
    assert main(["verify", archive, "--credentials-fingerprint", noted]) == 0
    capsys.readouterr()
    assert main(["verify", archive, "--credentials-fingerprint", noted[::-1]]) == 1
    assert noted in capsys.readouterr().err


def test_the_list_is_made_in_the_group_of_the_election_and_tells_it(
    tmp_path: Path, passphrase: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(tmp_path, passphrase, "--cards", "2", "--group", "RFC-3526-2048") == 0
    assert "in the group RFC-3526-2048" in capsys.readouterr().out
    assert main(["registrar", "fingerprint", str(tmp_path / PUBLIC), "--language", "da"]) == 0
    assert "gruppen RFC-3526-2048" in capsys.readouterr().out
    assert make(tmp_path / "other", passphrase, "--cards", "2", "--group", "RFC-3526-3072") == 2
    assert "RFC-3526-2048" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


@needs_tool
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_belenios_tool_derives_the_credentials_that_the_registrar_lists(
    tmp_path: Path, passphrase: list[str], group: Group
) -> None:
    make(tmp_path, passphrase, "--cards", "2", "--group", group.name)
    assert TOOL
    derived = {
        subprocess.run(
            [TOOL, "setup", "generate-credentials", "--uuid", UUID, "--group", group.name, "--derive", code],
            capture_output=True,
            check=True,
            text=True,
        ).stdout.strip()
        for code in codes(tmp_path / JOB)
    }
    assert set(json.loads((tmp_path / PUBLIC).read_bytes())) == derived


@needs_tool
def test_a_list_of_belenios_tool_has_the_fingerprint_that_the_tool_prints_once_its_names_are_gone(
    tmp_path: Path,
) -> None:
    assert TOOL
    done = subprocess.run(
        [TOOL, "setup", "generate-credentials", "--uuid", UUID, "--group", "BELENIOS-2048", "--count", "3"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
        env={"BELENIOS_USE_URANDOM": "1"},
    )
    raw = next(tmp_path.glob("*.pubcreds")).read_bytes().removesuffix(b"\n")
    with pytest.raises(CredentialError, match="Names have no place"):
        import_credentials(raw, GROUP, credentials_fingerprint(raw))
    document = credentials_document(parse_credentials(raw, GROUP, names_allowed=True))
    noted = credentials_fingerprint(document)
    assert noted in done.stdout + done.stderr
    assert len(import_credentials(document, GROUP, noted)) == 3
