"""Write tests/vectors/belenios-tool/*.json anew: what belenios-tool itself makes, good cases only.

    python -m tests.election.record_tool_vectors

The tool draws its numbers by chance, so every run writes other files; each says by which commands it was made. Held are
an election by marks (BELENIOS-2048), one by rankings (RFC-3526-2048), one under a trustee alone and a group of two
out of three. The readers are those of tests/vectors. The secrets in these files open nothing but these files.
"""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from election.crypto.groups import BELENIOS_2048, RFC_3526_2048
from election.phases import EventType
from election.record.archive import read_archive
from election.record.chain import EntryKind
from election.record.replay import RecordStep, replay
from scripts.make_vectors import ALONE, FOLDER, OF_GROUP, OF_MARKED, OF_RANKED
from tests.election.matrix import group_of_the_tool, trustees_of_the_tool
from tests.election.tool_elections import ToolElection, raw_output, set_up, threshold_step
from tests.election.vector_readers import READERS

RECORDED: Final = FOLDER / "belenios-tool"
MARKED = {"answers": ["Amina", "Çiğdem"], "blank": True, "min": 1, "max": 1, "question": "Hvem?"}
RANKED = {"type": "NonHomomorphic", "value": {"answers": ["Dorte", "Emil"], "question": "I hvilken rækkefølge?"}}
# The first elector votes twice.
MARKS = ((0, [0, 1, 0]), (1, [1, 0, 0]), (2, [0, 0, 1]), (0, [0, 0, 1]))
RANKS = ((0, [1, 2]), (1, [0, 1]), (2, [0, 0]), (0, [2, 1]))

Made = tuple[str, str, Any, Any]
"""Kind, commands, input, output."""


class Held:
    """An election of the tool, read back from its archive."""

    def __init__(self, by: ToolElection) -> None:
        self.archive = by.archive.read_bytes()
        with by.archive.open("rb") as file:
            self.entries = list(read_archive(file))
        self.steps: list[RecordStep] = list(replay(self.entries))
        self.private_keys = [file.read_text().strip() for file in sorted(by.folder.glob("*.privkey"))]
        self.setup = dict(
            zip(("election", "trustees", "credentials", "setup"), self.of(EventType.SETUP)[0], strict=True)
        )
        tally, sized = self.of(EventType.ENCRYPTED_TALLY)[0]
        self.tally = {
            "election": self.setup["election"],
            "encrypted_tally": tally,
            "sized_encrypted_tally": sized,
        }
        self.ballots = [raw for (raw,) in self.of(EventType.BALLOT)]
        self.shares = [json.loads(raw) for raw, _ in self.of(EventType.PARTIAL_DECRYPTION)]
        self.owners = [json.loads(owned)["owner"] for _, owned in self.of(EventType.PARTIAL_DECRYPTION)]
        ((self.result,),) = self.of(EventType.RESULT)

    def of(self, kind: EventType) -> list[tuple[str, ...]]:
        """The documents of each event of a kind."""
        return [
            tuple(entry.content.decode() for entry in step.documents) for step in self.steps if step.event.type is kind
        ]

    def trustee(self, owner: int) -> Any:
        """The public key of a trustee alone."""
        return json.loads(self.setup["trustees"])[owner - 1][1]


def held(folder: Path, group: str, question: dict[str, Any], trustees: int = 2) -> Held:
    """Voted, shuffled where it must be, opened, and verified by the tool."""
    folder.mkdir()
    by = set_up(folder, [question], group=group, trustees=trustees)
    for elector, choices in RANKS if question is RANKED else MARKS:
        by.vote(elector, choices)
    by.close()
    if question is RANKED:
        for owner in range(1, trustees + 1):
            by.shuffle(owner)
        by.add("EndShuffles")
    by.decrypt()
    by.count()
    by.verify()
    return Held(by)


def of_marked(election: Held) -> Iterator[Made]:
    setup = election.setup | {"private_key": election.private_keys[0]}
    read = READERS["private_key"](election.private_keys[0])
    yield "private_key", "setup generate-trustee-key", election.private_keys[0], read
    yield "trustee_key", "setup generate-trustee-key", election.trustee(1), None
    yield "public_list", "setup generate-credentials", election.setup["credentials"], None
    yield "election", "setup make-election", election.setup["election"], READERS["election"](election.setup["election"])
    yield "setup", "archive init", setup, None
    given = {"election": election.setup["election"], "ballot": election.ballots[0]}
    yield "ballot", "election generate-ballot", given, None
    tallied = election.tally | {"ballots": election.ballots}
    yield "encrypted_tally", "election compute-encrypted-tally", tallied, None
    owner = election.owners[0]
    share = election.tally | {"trustee": election.trustee(owner), "partial_decryption": election.shares[0]}
    yield "partial_decryption", "election decrypt", share, None
    opened = election.tally | {"partial_decryptions": election.shares, "result": election.result}
    yield "result", "election compute-result", opened, None
    for entry in (each for each in election.entries if each.kind is EntryKind.EVENT):
        yield "event", "archive add-event", entry.content.decode(), None
        break
    chain = [{"kind": each.kind.value, "content": each.content.decode()} for each in election.entries]
    yield "event_chain", "archive init, archive add-event", chain, None
    yield "archive", "archive init, archive add-event", base64.b64encode(election.archive).decode(), None


def of_ranked(election: Held) -> Iterator[Made]:
    ballot = json.loads(election.ballots[0])
    document = {"election": election.setup["election"]}
    answer = document | {"credential": ballot["credential"], "answer": ballot["answers"][0]}
    yield "ranked_answer", "election generate-ballot", answer, None
    yield "ranked_ballot", "election generate-ballot", document | {"ballot": election.ballots[0]}, None
    tallied = election.tally | {"ballots": election.ballots}
    yield "ranked_tally", "election compute-encrypted-tally", tallied, None
    shuffles = [shuffle for shuffle, _ in election.of(EventType.SHUFFLE)]
    yield "shuffle", "election shuffle", election.tally | {"shuffle": shuffles[0]}, None
    proved = shuffle_proof(election, shuffles[0])
    yield "shuffle_proof", "election shuffle", proved, READERS["shuffle_proof"](proved)
    shuffled = election.tally | {"shuffles": shuffles}
    share = {"trustee": election.trustee(election.owners[0]), "partial_decryption": election.shares[0]}
    yield "ranked_partial_decryption", "election decrypt", shuffled | share, None
    opened = shuffled | {"partial_decryptions": election.shares, "result": election.result}
    yield "ranked_result", "election compute-result", opened, None
    steps = [
        {"type": step.event.type.value, "documents": [entry.content.decode() for entry in step.documents]}
        for step in election.steps
    ]
    yield "record", "archive init, archive add-event", steps, READERS["record"](steps)


def shuffle_proof(election: Held, shuffle: str) -> Any:
    """What the proof of the first shuffle says, apart from its election."""
    made, (before,) = json.loads(shuffle), json.loads(election.tally["encrypted_tally"])
    document = election.setup["election"]
    return {
        "public_key": json.loads(document)["public_key"],
        "election_hash": READERS["election"](document)["fingerprint"],
        "before": before,
        "after": made["ciphertexts"][0],
        "proof": made["proofs"][0],
    }


def of_group(folder: Path) -> Iterator[Made]:
    """The files of a dealing, step by step."""
    seeds = group_of_the_tool(folder, BELENIOS_2048)
    own = seeds[0].parent
    command = "setup generate-trustee-key-threshold --step "
    seed, second = (path.read_text().strip() for path in seeds[:2])
    certs = [json.loads(path.with_suffix(".cert").read_bytes()) for path in seeds]
    yield "channel_keys", command + "1", seed, READERS["channel_keys"](seed)
    yield "certificate", command + "1", certs[0], None
    dealt = [json.loads(line) for line in (own / "polynomials.jsons").read_text().splitlines()]
    verification = json.loads(certs[0]["message"])["verification"]
    published = {"verification": verification, "coefexps": dealt[0]["coefexps"]}
    yield "coefficients", command + "3", published, READERS["coefficients"](published)
    yield "polynomial", command + "3", {"certificates": certs, "dealer": 1, "polynomial": dealt[0]}, None
    routed = json.loads(seeds[1].with_suffix(".vinput").read_bytes())
    vinput = {"certificates": certs, "seed": second, "vinput": routed}
    yield "vinput", command + "4", vinput, READERS["vinput"](vinput)
    words = ("--certs", "certs.jsons", "--key", seeds[0].name)
    finished = threshold_step(own, BELENIOS_2048, 5, *words, given=seeds[0].with_suffix(".vinput").read_bytes())
    yield "voutput", command + "5", json.loads(finished), None
    sealed = {"seed": seed, "private_key": seeds[0].with_suffix(".dkey").read_text().strip()}
    yield "decryption_key", command + "6", sealed, READERS["decryption_key"](sealed)
    group = json.loads((own / "threshold.json").read_bytes())
    yield "threshold_parameters", command + "6", group, READERS["threshold_parameters"](group)


def of_mixture(folder: Path) -> Iterator[Made]:
    """An election under a trustee alone and two of three, opened by the first, the second and the fourth."""
    under = trustees_of_the_tool(folder, "two-of-three-and-a-single", BELENIOS_2048)
    own = folder / "mixture"
    own.mkdir()
    by = set_up(own, [MARKED], group=BELENIOS_2048.name, trustees=under.content)
    for elector, choices in MARKS:
        by.vote(elector, choices)
    by.close()
    for owner in (1, 2, 4):
        share = raw_output(own, "election", *under.keys[owner].words, "--trustee-id", str(owner))
        by.add("PartialDecryption", share)
    by.count()
    by.verify()
    election = Held(by)
    document = under.content.decode()
    yield "trustees", "setup make-trustees", document, READERS["trustees"](document)
    shares = dict(zip(map(str, election.owners), election.shares, strict=True))
    opened = {"trustees": document, "partial_decryptions": shares, "result": election.result}
    yield "threshold_result", "election compute-result", election.tally | opened, None


def recorded(folder: Path) -> Iterator[Made]:
    yield from of_marked(held(folder / "marked", BELENIOS_2048.name, MARKED))
    yield from of_ranked(held(folder / "ranked", RFC_3526_2048.name, RANKED))
    yield from of_group(folder)
    yield from of_mixture(folder)


def main() -> None:
    every = {**ALONE, **OF_MARKED, **OF_RANKED, **OF_GROUP}
    RECORDED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for kind, command, given, output in recorded(Path(folder)):
            case = {"name": "made by belenios-tool", "expected": "valid", "input": given}
            message = {
                "kind": kind,
                "section": every[kind][0],
                "made_by": f"belenios-tool 2.0 (Debian 2.0+dfsg-1): belenios-tool {command}",
                "group": (RFC_3526_2048 if kind in OF_RANKED else BELENIOS_2048).name,
                "cases": [case if output is None else case | {"output": output}],
            }
            (RECORDED / f"{kind}.json").write_text(json.dumps(message, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
