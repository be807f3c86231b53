"""Elections held with ``belenios-tool`` in a folder, step by step, for tests that compare its record with ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from election.crypto.groups import Group
from election.verify import VerifiedRecord, verify_archive

TOOL = shutil.which("belenios-tool")
needs_tool = pytest.mark.skipif(TOOL is None, reason="belenios-tool is not installed: run scripts/system-setup")
QUESTION_OF_THE_TOOL = {"answers": ["A", "B"], "blank": True, "min": 0, "max": 1, "question": "Q?"}


def tool(folder: Path, *arguments: str, given: bytes = b"") -> str:
    """Run belenios-tool in ``folder`` and give everything it prints."""
    done = _run(folder, *arguments, given=given)
    return done.stdout.decode() + done.stderr.decode()


def raw_output(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What the tool makes; its errors and remarks go to another stream."""
    return _run(folder, *arguments, given=given).stdout


def _run(
    folder: Path, *arguments: str, given: bytes = b"", refused: bool = False
) -> subprocess.CompletedProcess[bytes]:
    assert TOOL
    done = subprocess.run(
        [TOOL, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        env=os.environ | {"BELENIOS_USE_URANDOM": "1"},
        check=False,
    )
    assert (done.returncode != 0) is refused, (done.stdout + done.stderr).decode()
    return done


def threshold_step(folder: Path, group: Group, number: int, *arguments: str, given: bytes = b"") -> bytes:
    """One step by which the tool makes a threshold group."""
    words = ("setup", "generate-trustee-key-threshold", "--group", group.name, "--step", str(number))
    return raw_output(folder, *words, *arguments, given=given)


def refusal(folder: Path, *arguments: str) -> str:
    """Why the tool refuses to do something."""
    return _run(folder, *arguments, refused=True).stderr.decode()


@dataclass
class ToolElection:
    """A folder in which only the tool writes, and the codes of its electors."""

    folder: Path
    codes: list[str]

    @property
    def archive(self) -> Path:
        (path,) = self.folder.glob("*.bel")
        return path

    def vote(self, elector: int, *choices: list[int]) -> None:
        """Choices in the form of the tool: one list for each question."""
        (self.folder / "code").write_text(self.codes[elector] + "\n")
        (self.folder / "choices").write_text(json.dumps(choices) + "\n")
        ballot = raw_output(self.folder, "election", "generate-ballot", "--privcred", "code", "--ballot", "choices")
        self.add("Ballot", ballot)

    def add(self, kind: str, given: bytes = b"") -> None:
        tool(self.folder, "archive", "add-event", f"--type={kind}", given=given)

    def close(self) -> None:
        self.add("EndBallots")
        self.add("EncryptedTally", raw_output(self.folder, "election", "compute-encrypted-tally"))

    def shuffle(self, owner: int) -> None:
        self.add("Shuffle", raw_output(self.folder, "election", "shuffle", "--trustee-id", str(owner)))

    def decrypt(self) -> None:
        for owner, key in enumerate(sorted(self.folder.glob("*.privkey")), start=1):
            owned = ("--privkey", key.name, "--trustee-id", str(owner))
            self.add("PartialDecryption", raw_output(self.folder, "election", "decrypt", *owned))

    def count(self) -> Any:
        """The result as the tool writes it."""
        result = raw_output(self.folder, "election", "compute-result")
        self.add("Result", result)
        return json.loads(result)["result"]

    def verify(self) -> None:
        """By the tool."""
        assert "all checks passed" in tool(self.folder, "election", "verify")

    def verified(self) -> VerifiedRecord:
        """By us."""
        with self.archive.open("rb") as file:
            return verify_archive(file)


def set_up(
    folder: Path,
    questions: list[dict[str, Any]],
    *,
    group: str,
    weights: tuple[int, ...] = (1, 1, 1),
    trustees: int | bytes = 2,
) -> ToolElection:
    """An election of the tool with an elector for each weight, under new keys or the trustees of a document."""
    uuid = tool(folder, "setup", "generate-token").strip()
    options = ["--uuid", uuid, "--group", group]
    voters = [f"{number}@example.dk,elector{number},{weight}" for number, weight in enumerate(weights)]
    plain = [f"elector{number}" for number, _ in enumerate(weights)]
    (folder / "voters.txt").write_text("\n".join(plain if set(weights) == {1} else voters) + "\n")
    tool(folder, "setup", "generate-credentials", *options, "--file", "voters.txt")
    next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
    codes = [line.split()[1] for line in next(folder.glob("*.privcreds")).read_text().splitlines()]
    if isinstance(trustees, bytes):
        (folder / "trustees.json").write_bytes(trustees)
    else:
        for _ in range(trustees):
            tool(folder, "setup", "generate-trustee-key", "--group", group)
        keys = sorted(folder.glob("*.pubkey"))
        (folder / "public_keys.jsons").write_bytes(b"".join(key.read_bytes() for key in keys))
        tool(folder, "setup", "make-trustees")
    template = {
        "description": "D",
        "name": "N",
        "questions": questions,
        "administrator": "a",
        "credential_authority": "c",
    }
    (folder / "template.json").write_text(json.dumps(template))
    tool(folder, "setup", "make-election", *options, "--template", "template.json")
    tool(folder, "archive", "init")
    for name in ("election.json", "trustees.json", "public_creds.json"):
        (folder / name).unlink()
    return ToolElection(folder, codes)
