"""A ranked election held in a folder from the command line, by us and by ``belenios-tool`` in turn."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import pytest

from election.__main__ import main
from election.commands.output import MET, NOT_MET, UNUSABLE
from election.commands.own_record import open_record
from election.crypto.groups import BELENIOS_2048, Group
from election.crypto.groups import RFC_3526_2048 as GROUP
from election.errors import RecordError
from election.ids import new_election_uuid
from election.opened import RankedVotes
from election.questions import RankedQuestion, question_to_json
from election.record.canonical import canonical_bytes, load_json
from election.record.writer import end_ballots_entries
from election.registrar import parse_print_job
from election.trustees import generate_trustee, trustees_to_bytes
from election.verify import verify_archive
from tests.election.tool_elections import needs_tool, tool

QUESTION = RankedQuestion(("Dorte", "Emil", "Fatma"), "I hvilken rækkefølge?")
VOTES = [[2, 1, 3], [1, 2, 3], [0, 1, 0], [1, 2, 0], [0, 0, 0]]


class Folder:
    """An election in a folder, with all its secrets beside it; the registrar's list is made in ``group``."""

    def __init__(self, path: Path, group: Group = GROUP) -> None:
        self.path = path
        uuid = new_election_uuid()
        keys = [generate_trustee(GROUP) for _ in range(2)]
        (path / "trustees.json").write_bytes(trustees_to_bytes([key.public() for key in keys]) + b"\n")
        (path / "passphrase").write_text("fire ord på rad\n")
        making = ["registrar", "make", "--cards", str(len(VOTES)), "--election-uuid", uuid, "--group", group.name]
        texts = ["--name", "N", "--authority", "c", "--closes", "kl. 16", "--address", "https://valg.example/v/n"]
        assert main([*making, *texts, "--passphrase-file", self / "passphrase", "--out", str(path)]) == MET
        codes = [card.code for card in parse_print_job((path / "print_job.json").read_bytes()).cards]
        names = {"description": "D", "name": "N", "administrator": "a", "credential_authority": "c"}
        (path / "questions.json").write_text(json.dumps(names | {"questions": [question_to_json(QUESTION)]}))
        for number, key in enumerate(keys, start=1):
            (path / f"{number}.privkey").write_bytes(key.file_content())
        for number, (code, vote) in enumerate(zip(codes, VOTES, strict=True)):
            (path / f"code{number}").write_text(code + "\n")
            (path / f"vote{number}").write_text(json.dumps([vote]))
        self.opening = ["open", str(path), "--election-uuid", uuid, "--group", GROUP.name]
        self.opening += ["--template", str(path / "questions.json")]

    def __truediv__(self, name: str) -> str:
        return str(self.path / name)

    def make_ballot(self, elector: int, capsys: pytest.CaptureFixture[str]) -> str:
        capsys.readouterr()
        given = ["--choices", self / f"vote{elector}", "--credential", self / f"code{elector}"]
        assert main(["ballot", "make", str(self.path), *given]) == MET
        path = self.path / f"ballot{elector}"
        path.write_text(capsys.readouterr().out)
        return str(path)


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Folder:
    made = Folder(tmp_path)
    assert main(made.opening) == MET
    assert "Fingerprint of the election" in capsys.readouterr().out
    return made


@needs_tool
def test_a_ranked_election_is_held_in_a_folder_and_the_tool_accepts_it_at_every_phase(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    def accepted() -> None:
        assert "all checks passed" in tool(folder.path, "election", "verify")

    record = str(folder.path)
    accepted()
    for elector in range(len(VOTES)):
        assert main(["ballot", "add", record, folder.make_ballot(elector, capsys)]) == MET
    accepted()
    assert main(["tally", "close", record]) == MET
    accepted()
    assert main(["tally", "shuffle", record, "--trustee", "1", "--out", folder / "shuffle1"]) == MET
    assert main(["tally", "add", record, folder / "shuffle1"]) == MET
    # The second trustee works with the tool; its file is one of ours.
    given = tool(folder.path, "election", "shuffle", "--trustee-id", "2").split("I: ")[0]
    (folder.path / "shuffle2").write_text("\n".join(line for line in given.split("\n") if line.startswith("{")) + "\n")
    assert main(["tally", "add", record, folder / "shuffle2"]) == MET
    accepted()
    assert main(["tally", "end-shuffles", record]) == MET
    (archive,) = folder.path.glob("*.bel")
    for owner in (1, 2):
        out = folder / f"share{owner}"
        key = ["--key", folder / f"{owner}.privkey", "--group", GROUP.name]
        own = ["--shuffle", folder / f"shuffle{owner}"]
        assert main(["trustee", "decrypt", str(archive), *key, *own, "--out", out]) == MET
        assert main(["tally", "add", record, out]) == MET
    assert main(["tally", "result", record]) == MET
    accepted()
    capsys.readouterr()
    assert main(["verify", str(archive)]) == MET
    told = capsys.readouterr().out
    assert "under the numbers of these trustees: 1, 2" in told
    assert "     1  Emil > Dorte > Fatma" in told
    assert "     1  (blank vote)" in told
    with archive.open("rb") as file:
        (counts,) = verify_archive(file).counts or ()
    assert isinstance(counts, RankedVotes)
    assert sorted(map(list, counts.numbers)) == sorted(VOTES)
    # 4 of the 5 rank somebody; Emil has 2 first preferences, Dorte 2, and the quota for one seat is 3. Fatma, whom
    # nobody put first, leaves; the tie between the others is for a lot.
    assert main(["count", str(archive), "--rule", "scottish-stv", "--seats", "2"]) == MET
    told = capsys.readouterr().out
    assert QUESTION.question in told
    assert "1 Dorte: 2" in told
    assert "2 Emil: 2" in told
    assert "4" in told.split("\n")[1]
    assert main(["count", str(archive), "--rule", "scottish-stv", "--seats", "1", "--json"]) == NOT_MET
    assert json.loads(capsys.readouterr().out)
    for wrong in (["--rule", "scottish-stv", "--question", "2"], ["--rule", "one-mark"]):
        assert main(["count", str(archive), *wrong, "--seats", "1"]) == UNUSABLE


def test_a_code_can_come_from_standard_input(
    folder: Folder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO((folder.path / "code0").read_text()))
    assert main(["ballot", "make", str(folder.path), "--choices", folder / "vote0"]) == MET
    printed = capsys.readouterr()
    (folder.path / "ballot").write_text(printed.out)
    assert main(["ballot", "add", str(folder.path), folder / "ballot"]) == MET
    assert (folder.path / "code0").read_text().strip() not in printed.out + printed.err


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ("[[1,1,2]]", "ranks two candidates alike"),
        ("[[1,3,0]]", "ranks two candidates alike"),
        ("[[1,2]]", "Give a list with 3 whole numbers from 0 to 3"),
        ("[[1,2,4]]", "Give a list with 3 whole numbers from 0 to 3"),
        ("[[1,2,3],[1]]", "answers 2 questions"),
        ("[[1,2,-3]]", "a whole number is expected"),
        ("{}", "a list is expected"),
        ("[[1,2", "JSON"),
    ],
)
def test_choices_that_answer_nothing_are_refused(
    folder: Folder, capsys: pytest.CaptureFixture[str], choices: str, said: str
) -> None:
    (folder.path / "vote0").write_text(choices)
    given = ["--choices", folder / "vote0", "--credential", folder / "code0"]
    assert main(["ballot", "make", str(folder.path), *given]) == NOT_MET
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err


def test_what_verification_would_refuse_never_enters_the_record(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    record = str(folder.path)
    ballot = folder.make_ballot(0, capsys)
    assert main(["ballot", "add", record, ballot]) == MET
    (archive,) = folder.path.glob("*.bel")
    before = archive.read_bytes()
    (folder.path / "nothing").write_bytes(b"")
    refused = [
        ["ballot", "add", record, ballot],  # the same once more
        ["ballot", "add", record, folder / "vote0"],
        ["tally", "add", record, folder / "nothing"],
        ["tally", "add", record, folder / "vote0"],
        ["tally", "shuffle", record, "--trustee", "1", "--out", folder / "out"],
        ["tally", "end-shuffles", record],
        ["tally", "result", record],
    ]
    for arguments in refused:
        assert main(arguments) == NOT_MET, arguments
    assert main(["ballot", "add", record, folder / "no such file"]) == UNUSABLE
    assert archive.read_bytes() == before
    capsys.readouterr()
    assert main(["count", str(archive), "--rule", "scottish-stv", "--seats", "1"]) == UNUSABLE
    assert "no result yet" in capsys.readouterr().err


def test_several_ballots_are_added_at_once_and_a_bad_one_ends_it(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    ballots = [folder.make_ballot(elector, capsys) for elector in (0, 1, 2)]
    assert main(["ballot", "add", str(folder.path), *ballots[:2], ballots[0], ballots[2]]) == NOT_MET
    assert main(["ballot", "add", str(folder.path), ballots[2]]) == MET
    (archive,) = folder.path.glob("*.bel")
    with archive.open("rb") as file:
        assert verify_archive(file).ballots == 3


def test_a_record_that_another_program_writes_to_meanwhile_is_left_alone(folder: Folder) -> None:
    (archive,) = folder.path.glob("*.bel")
    record = open_record(argparse.Namespace(record=archive))
    archive.write_bytes(archive.read_bytes() + b"more")
    before = archive.read_bytes()
    with pytest.raises(RecordError) as caught:
        record.append(*end_ballots_entries(record.verified.head)[0])
    assert caught.value.code == "record-changed"
    assert archive.read_bytes() == before


def test_trustees_shuffle_in_their_order_and_nobody_opens_the_votes_before(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    record = str(folder.path)
    for elector in range(2):
        assert main(["ballot", "add", record, folder.make_ballot(elector, capsys)]) == MET
    assert main(["tally", "close", record]) == MET
    (archive,) = folder.path.glob("*.bel")
    key = ["--key", folder / "1.privkey", "--group", GROUP.name, "--out", folder / "share"]
    capsys.readouterr()
    assert main(["trustee", "decrypt", str(archive), *key]) == NOT_MET
    assert "Shuffle first" in capsys.readouterr().err
    for number in (1, 2):
        assert main(["tally", "shuffle", record, "--trustee", str(number), "--out", folder / f"s{number}"]) == MET
    assert main(["tally", "add", record, folder / "s2"]) == MET
    assert main(["tally", "add", record, folder / "s1"]) == NOT_MET
    assert "Trustee 1 cannot shuffle after trustee 2" in capsys.readouterr().err


def test_a_folder_holds_one_record(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    (folder.path / "another.bel").write_bytes(b"")
    assert main(["tally", "close", str(folder.path)]) == NOT_MET
    assert "2 archives" in capsys.readouterr().err


def test_an_election_is_opened_once_and_only_with_what_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Folder(tmp_path)
    wrong = [part if part != GROUP.name else "BELENIOS-2048" for part in folder.opening]
    assert main(wrong) == NOT_MET
    short = [*folder.opening]
    short[short.index("--election-uuid") + 1] = "abc"
    assert main(short) == NOT_MET
    assert not list(tmp_path.glob("*.bel"))
    assert main(folder.opening) == MET
    assert main(folder.opening) == NOT_MET
    assert "exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "said"), [("en", "was made for the group BELENIOS-2048"), ("da", "er lavet til gruppen BELENIOS-2048")]
)
def test_an_election_is_not_opened_with_credentials_of_another_group(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    folder = Folder(tmp_path, BELENIOS_2048)
    capsys.readouterr()
    assert main([*folder.opening, "--language", language]) == NOT_MET
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("*.bel"))


@pytest.mark.parametrize(("language", "said"), [("en", "1 credentials have more votes"), ("da", "1 koder har")])
def test_a_ranked_election_is_not_opened_with_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    folder = Folder(tmp_path)
    first, *others = load_json((tmp_path / "public_creds.json").read_bytes())
    (tmp_path / "public_creds.json").write_bytes(canonical_bytes([f"{first},2", *(f"{each},1" for each in others)]))
    capsys.readouterr()
    assert main([*folder.opening, "--language", language]) == NOT_MET
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("*.bel"))


def test_a_trustee_whose_own_shuffle_is_not_in_the_record_decrypts_nothing(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server that shuffles in a trustee's name knows whose vote is whose, and the record looks the same."""
    record = str(folder.path)
    for elector in range(2):
        assert main(["ballot", "add", record, folder.make_ballot(elector, capsys)]) == MET
    assert main(["tally", "close", record]) == MET
    for name in ("mine", "of the server"):
        assert main(["tally", "shuffle", record, "--trustee", "1", "--out", folder / name]) == MET
    assert main(["tally", "add", record, folder / "of the server"]) == MET
    assert main(["tally", "end-shuffles", record]) == MET
    (archive,) = folder.path.glob("*.bel")
    decrypt = ["trustee", "decrypt", str(archive), "--key", folder / "1.privkey", "--group", GROUP.name]
    capsys.readouterr()
    for own, said in (([], "cannot show by whom"), (["--shuffle", folder / "mine"], "Whoever shuffled in your place")):
        assert main([*decrypt, *own, "--out", folder / "share"]) == NOT_MET
        assert said in capsys.readouterr().err
    assert not Path(folder / "share").exists()
    assert main([*decrypt, "--not-shuffled", "--out", folder / "share"]) == MET
