"""Both directions against ``belenios-tool``, a program that nobody here wrote."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from election.verify import verify_archive
from tests.election.elections import SmallElection, a_contest, cast_all, make_election

TOOL = shutil.which("belenios-tool")
pytestmark = pytest.mark.skipif(TOOL is None, reason="belenios-tool is not installed: run scripts/system-setup")


def tool(folder: Path, *arguments: str, given: bytes = b"") -> str:
    """Run belenios-tool in ``folder`` and give everything it prints."""
    assert TOOL
    done = subprocess.run(
        [TOOL, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        env=os.environ | {"BELENIOS_USE_URANDOM": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode() + done.stderr.decode()


def raw_output(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What the tool makes; its errors and remarks go to another stream."""
    assert TOOL
    done = subprocess.run(
        [TOOL, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        env=os.environ | {"BELENIOS_USE_URANDOM": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def refusal(folder: Path, *arguments: str) -> str:
    """Why the tool refuses to do something."""
    assert TOOL
    done = subprocess.run(
        [TOOL, *arguments], cwd=folder, capture_output=True, env=os.environ | {"BELENIOS_USE_URANDOM": "1"}, check=False
    )
    assert done.returncode != 0, done.stdout.decode()
    return done.stderr.decode()


def accepted_by_the_tool(election: SmallElection, folder: Path) -> None:
    election.save(folder)
    assert "all checks passed" in tool(folder, "election", "verify")


@pytest.mark.parametrize("trustees", [1, 2])
@pytest.mark.parametrize(
    ("changes", "selections", "expected"),
    [
        ({}, [(0,), (), (2,)], (1, 1, 0, 1)),
        ({"max_marks": 3}, [(0, 2), (), (0, 1, 2)], (1, 2, 1, 2)),
        ({"blank_allowed": False, "max_marks": 2}, [(0,), (1, 2), (2,)], (1, 1, 2)),
    ],
    ids=["one-mark", "up-to-three-marks", "no-blank"],
)
def test_the_tool_accepts_our_record_before_closing_after_closing_and_after_the_result(
    tmp_path: Path,
    trustees: int,
    changes: dict[str, object],
    selections: list[tuple[int, ...]],
    expected: tuple[int, ...],
) -> None:
    election = make_election(a_contest(**changes), trustees=trustees)  # type: ignore[arg-type]
    accepted_by_the_tool(election, tmp_path)
    cast_all(election, selections)
    election.vote(0, 1)
    election.vote(0, *selections[0])
    accepted_by_the_tool(election, tmp_path)
    tally = election.close()
    accepted_by_the_tool(election, tmp_path)
    assert election.count(tally) == (expected,)
    accepted_by_the_tool(election, tmp_path)


def test_the_tool_accepts_our_record_of_an_election_in_which_nobody_voted(tmp_path: Path) -> None:
    election = make_election()
    assert election.count(election.close()) == ((0, 0, 0, 0),)
    accepted_by_the_tool(election, tmp_path)


def test_we_accept_a_record_that_the_tool_made_alone_with_revotes_blanks_and_two_trustees(tmp_path: Path) -> None:
    codes = set_up_by_the_tool(tmp_path)
    for code, choice in zip([*codes, codes[0]], ["[[0,1,0]]", "[[1,0,0]]", "[[0,0,1]]", "[[0,0,1]]"], strict=True):
        vote_by_the_tool(tmp_path, code, choice)
    archive = next(tmp_path.glob("*.bel"))
    assert check_ours(archive).ballots == 4
    tool(tmp_path, "archive", "add-event", "--type=EndBallots")
    tool(
        tmp_path,
        "archive",
        "add-event",
        "--type=EncryptedTally",
        given=raw_output(tmp_path, "election", "compute-encrypted-tally"),
    )
    assert check_ours(archive).tally is not None
    for owner, key in enumerate(sorted(tmp_path.glob("*.privkey")), start=1):
        share = raw_output(tmp_path, "election", "decrypt", "--privkey", key.name, "--trustee-id", str(owner))
        tool(tmp_path, "archive", "add-event", "--type=PartialDecryption", given=share)
    result = raw_output(tmp_path, "election", "compute-result")
    tool(tmp_path, "archive", "add-event", "--type=Result", given=result)
    assert check_ours(archive).counts == ((1, 0, 2),)


def check_ours(archive: Path):  # type: ignore[no-untyped-def]
    with archive.open("rb") as file:
        return verify_archive(file)


def set_up_by_the_tool(folder: Path) -> list[str]:
    uuid = tool(folder, "setup", "generate-token").strip()
    group = ["--group", "BELENIOS-2048"]
    (folder / "voters.txt").write_text("a\nb\nc\n")
    tool(folder, "setup", "generate-credentials", "--uuid", uuid, *group, "--file", "voters.txt")
    next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
    codes = [line.split()[1] for line in next(folder.glob("*.privcreds")).read_text().splitlines()]
    tool(folder, "setup", "generate-trustee-key", *group)
    tool(folder, "setup", "generate-trustee-key", *group)
    keys = sorted(folder.glob("*.pubkey"))
    (folder / "public_keys.jsons").write_bytes(b"".join(key.read_bytes() for key in keys))
    tool(folder, "setup", "make-trustees")
    (folder / "template.json").write_text(
        '{"description":"D","name":"N","questions":[{"answers":["A","B"],"blank":true,"min":0,"max":1,'
        '"question":"Q?"}],"administrator":"a","credential_authority":"c"}'
    )
    tool(folder, "setup", "make-election", "--uuid", uuid, *group, "--template", "template.json")
    tool(folder, "archive", "init")
    for name in ("election.json", "trustees.json", "public_creds.json"):
        (folder / name).unlink()
    return codes


def vote_by_the_tool(folder: Path, code: str, choice: str) -> None:
    (folder / "code").write_text(code + "\n")
    (folder / "choice").write_text(choice + "\n")
    ballot = raw_output(folder, "election", "generate-ballot", "--privcred", "code", "--ballot", "choice")
    tool(folder, "archive", "add-event", "--type=Ballot", given=ballot)
