"""Verification of one archive by us and by ``belenios-tool``, in turn, on one core, in one run.

    python -m benchmarks.verify [--ballots 60] [--candidates 6] [--runs 3]

Prints the median of each and the ratio; whole processes are timed, start included. Ends with 1 when ours is not at
least ``--at-least`` times as fast.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048
from tests.election.elections import a_contest, make_election

_ENVIRONMENT = os.environ | {"BELENIOS_USE_URANDOM": "1"}


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, default=60)
    parser.add_argument("--candidates", type=int, default=6)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--at-least", type=float, default=1.5)
    options = parser.parse_args()
    tool = shutil.which("belenios-tool")
    if tool is None:
        print("belenios-tool is not installed: run scripts/system-setup")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        archive = _make_archive(Path(folder), options.ballots, options.candidates)
        ours = [sys.executable, "-m", "election", "verify", str(archive)]
        theirs = [tool, "election", "verify", "--dir", folder]
        times: dict[str, list[float]] = {"ours": [], "belenios-tool": []}
        for _ in range(options.runs):
            times["ours"].append(_seconds(ours))
            times["belenios-tool"].append(_seconds(theirs))
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratio = medians["belenios-tool"] / medians["ours"]
    print(f"{options.ballots} ballots, {options.candidates} candidates, blank allowed, one core, {options.runs} runs")
    for name, median in medians.items():
        print(f"  {name:14} {median:7.3f} s (median; {median / options.ballots * 1000:6.2f} ms a ballot)")
    print(f"  one bare exponentiation: {_bare_exponentiation() * 1e6:.0f} µs")
    print(f"  ratio {ratio:.2f} (belenios-tool / ours; at least {options.at_least} is asked)")
    return 0 if ratio >= options.at_least else 1


def _make_archive(folder: Path, ballots: int, candidates: int) -> Path:
    names = [f"Candidate {number}" for number in range(candidates)]
    election = make_election(a_contest(names, seats=4, alternates=2), electors=ballots, trustees=2)
    for elector in range(ballots):
        # Every tenth ballot is blank.
        selection = () if elector % 10 == 0 else (elector % candidates,)
        election.vote(elector, *selection)
    election.count(election.close())
    return election.save(folder)


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=_ENVIRONMENT)
    return time.perf_counter() - start


def _bare_exponentiation() -> float:
    group = BELENIOS_2048
    exponent = mpz(group.q - 2)
    start = time.perf_counter()
    for _ in range(200):
        group.power(group.g, exponent)
    return (time.perf_counter() - start) / 200


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.exit(main())
