"""Elections held with ``belenios-tool`` in a folder, step by step, for tests that compare its record with ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from election.verify import VerifiedRecord, verify_archive
from tests.election.test_belenios_tool import raw_output, tool


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
