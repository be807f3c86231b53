"""Tally, decryption and credentials by us and by ``belenios-tool``: seconds of the processor, whole processes.

    python -m benchmarks.tally [--ballots 200] [--candidates 10] [--credentials 500]

``belenios-tool`` verifies every ballot on the way to a tally and to a decryption. So do our commands, and that is the
same work (ours also write the record and verify what they write); beside it stands what the tally and the decryption
alone take of us. Ends with 1 when one of ours is slower.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.making import cast_ballots, open_election
from benchmarks.verify import timed
from election.record.archive import write_archive
from election.record.chain import Head
from election.record.writer import ballot_entries
from tests.election.elections import TIMESTAMP, SmallElection

_READ = """
import sys
from pathlib import Path
from election.ballots import parse_ballot
from election.definition import parse_election
from election.phases import EventType
from election.record.archive import read_archive
from election.record.replay import replay
from election.shares import decrypt_share
from election.tally import parse_tally, tally_ballots
from election.trustees import parse_trustee_private_key
steps = replay(read_archive(Path(sys.argv[1]).open("rb")))
definition = parse_election(next(steps).documents[0].content)
"""
_TALLY = """
ballots = [step.documents[0].content for step in steps if step.event.type is EventType.BALLOT]
print(tally_ballots(definition, [parse_ballot(raw, definition) for raw in ballots]).num_tallied)
"""
_DECRYPT = """
documents = [step.documents for step in steps if step.event.type is EventType.ENCRYPTED_TALLY][0]
tally = parse_tally(documents[0].content, documents[1].content, definition)
key = parse_trustee_private_key(Path(sys.argv[2]).read_bytes())
print(len(decrypt_share(key, tally, definition).content))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, default=200)
    parser.add_argument("--candidates", type=int, default=10)
    parser.add_argument("--credentials", type=int, default=500)
    options = parser.parse_args()
    tool = shutil.which("belenios-tool")
    if tool is None:
        print("belenios-tool is not installed: run scripts/system-setup")
        return 2
    with tempfile.TemporaryDirectory() as name:
        ratios = [_compare(what, *commands) for what, commands in _work(tool, Path(name), options).items()]
    return 0 if min(ratios) >= 1 else 1


def _work(tool: str, folder: Path, options: argparse.Namespace) -> dict[str, tuple[list[str], list[str]]]:
    """For each piece of work the process of ours and that of belenios-tool."""
    made = open_election([f"Candidate {number}" for number in range(options.candidates)], options.ballots)
    key = folder / "key.json"
    key.write_bytes(made.trustees[0].file_content())
    for raw in cast_ballots(made, options.ballots):
        made.take(ballot_entries(_head(made), raw))
    waiting = _saved(made, folder / "waiting.bel")
    made.close()
    (folder / "closed").mkdir()
    closed = _saved(made, folder / "closed" / f"{made.definition.uuid}.bel")
    number, inside = str(options.credentials), ["--dir", str(closed.parent)]
    group = ["--group", "BELENIOS-2048", "--uuid", made.definition.uuid]
    (folder / "passphrase").write_text("correct horse battery staple")
    cards = ["--passphrase-file", str(folder / "passphrase"), "--out", str(folder / "cards")]
    cards += ["--election-uuid", made.definition.uuid, "--address", "https://vote.example/v/n"]
    cards += ["--name", "N", "--authority", "A", "--closes", "20:00"]
    ours = [sys.executable, "-m", "election"]
    sharing = ["--key", str(key), "--out", str(folder / "share")]
    tallying = [tool, "election", "compute-encrypted-tally", *inside]
    decrypting = [tool, "election", "decrypt", "--trustee-id", "1", "--privkey", str(key), *inside]
    return {
        f"tally of {options.ballots} ballots, each verified": (
            [*ours, "tally", "close", str(waiting)],
            tallying,
        ),
        "    of which the tally alone": ([sys.executable, "-c", _READ + _TALLY, str(closed)], tallying),
        "decryption of the tally, each ballot verified": (
            [*ours, "trustee", "decrypt", str(closed), *sharing],
            decrypting,
        ),
        "    of which the decryption alone": (
            [sys.executable, "-c", _READ + _DECRYPT, str(closed), str(key)],
            decrypting,
        ),
        f"{number} credentials, ours on cards and sealed": (
            [*ours, "registrar", "make", "--cards", number, *cards],
            [tool, "setup", "generate-credentials", "--count", number, *group, *inside],
        ),
    }


def _compare(what: str, ours: list[str], theirs: list[str]) -> float:
    mine, other = timed(ours, [0]).processor, timed(theirs, [0]).processor
    print(f"{what}: ours {mine:.2f} s, belenios-tool {other:.2f} s, {other / mine:.2f} times as fast")
    return other / mine


def _head(made: SmallElection) -> Head:
    if made.head is None:
        raise SystemExit("the election has no first event")
    return made.head


def _saved(made: SmallElection, path: Path) -> Path:
    path.write_bytes(b"".join(write_archive(made.entries, TIMESTAMP)))
    return path


if __name__ == "__main__":
    sys.exit(main())
