"""Tally, decryption and credentials by us and by ``belenios-tool``: seconds of the processor, whole processes.

    python -m benchmarks.tally [--ballots 200] [--candidates 10] [--credentials 500]

``belenios-tool`` verifies every ballot on the way to a tally and to a decryption, which ours do not (that is
``election verify``); only the credentials are the same work. Ends with 1 when one of ours is slower.
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
from election.tally import decrypt_share, parse_tally, tally_ballots
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
_CREDENTIALS = """
import sys
from election.credentials import derive_credential, generate_credentials
from election.crypto.groups import BELENIOS_2048
codes = generate_credentials(int(sys.argv[1]))
print(len([derive_credential(code, "4S92PJQYHSkk7n", BELENIOS_2048).public for code in codes]))
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
        folder = Path(name)
        made = open_election([f"Candidate {number}" for number in range(options.candidates)], options.ballots)
        key = folder / "key.json"
        key.write_bytes(made.trustees[0].file_content())
        archive = _closed(made, options.ballots, folder)
        number = str(options.credentials)
        inside = ["--dir", name]
        group = ["--group", "BELENIOS-2048", "--uuid", "4S92PJQYHSkk7n"]
        work = {
            f"tally of {options.ballots} ballots": (
                [sys.executable, "-c", _READ + _TALLY, str(archive)],
                [tool, "election", "compute-encrypted-tally", *inside],
            ),
            "decryption of the tally": (
                [sys.executable, "-c", _READ + _DECRYPT, str(archive), str(key)],
                [tool, "election", "decrypt", "--trustee-id", "1", "--privkey", str(key), *inside],
            ),
            f"{number} credentials": (
                [sys.executable, "-c", _CREDENTIALS, number],
                [tool, "setup", "generate-credentials", "--count", number, *group, *inside],
            ),
        }
        ratios = [_compare(what, *commands) for what, commands in work.items()]
    return 0 if min(ratios) >= 1 else 1


def _compare(what: str, ours: list[str], theirs: list[str]) -> float:
    mine, other = timed(ours, [0]).processor, timed(theirs, [0]).processor
    print(f"{what}: ours {mine:.2f} s, belenios-tool {other:.2f} s, {other / mine:.2f} times as fast")
    return other / mine


def _closed(made: SmallElection, ballots: int, folder: Path) -> Path:
    for raw in cast_ballots(made, ballots):
        if made.head is None:
            raise SystemExit("the election has no first event")
        made.take(ballot_entries(made.head, raw))
    made.close()
    path = folder / f"{made.definition.uuid}.bel"
    path.write_bytes(b"".join(write_archive(made.entries, TIMESTAMP)))
    return path


if __name__ == "__main__":
    sys.exit(main())
