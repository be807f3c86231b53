"""A shuffle with its proof, and its verification, by us and by ``belenios-tool``, in turn, on one core, in one run.

    python -m benchmarks.shuffle [--ballots 200] [--candidates 5] [--runs 3]

Whole processes are timed, start included, on the same archive; what does not belong to the shuffle (starting, reading
and checking the ballots) is timed too and printed beside it. Ends with 1 when ours is slower than ``--at-least`` asks.
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

from election.crypto.groups import RFC_3526_2048
from election.questions import RankedQuestion
from tests.election.elections import SmallElection, make_election

_ENVIRONMENT = os.environ | {"BELENIOS_USE_URANDOM": "1"}


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, default=200)
    parser.add_argument("--candidates", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--at-least", type=float, default=1.0, help="times as fast as belenios-tool, verification")
    options = parser.parse_args()
    tool = shutil.which("belenios-tool")
    if tool is None:
        print("belenios-tool is not installed: run scripts/system-setup")
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        election = _closed(options.ballots, options.candidates)
        path = election.save(folder)
        ours = [sys.executable, "-m", "election"]
        shuffling = _medians(
            options.runs,
            {
                "ours": [*ours, "tally", "shuffle", str(path), "--trustee", "1", "--out", str(folder / "shuffle")],
                "belenios-tool": [tool, "election", "shuffle", "--dir", name, "--trustee-id", "1"],
            },
            folder / "shuffle",
        )
        verifying = {
            "ours": [*ours, "verify", str(path)],
            "belenios-tool": [tool, "election", "verify", "--dir", name],
        }
        before = _medians(options.runs, verifying)
        election.shuffle(election.tally())
        election.save(folder)
        after = _medians(options.runs, verifying)
    print(f"{options.ballots} ballots, {options.candidates} candidates, one core, median of {options.runs} runs")
    for name in shuffling:
        proof = after[name] - before[name]
        print(f"  {name:14} shuffle {shuffling[name]:6.2f} s (ballots included)", end="")
        print(f"   verify the shuffle {proof:6.2f} s ({proof / options.ballots * 1000:5.2f} ms a ballot)", end="")
        print(f"   verify the whole record {after[name]:6.2f} s")
    public, secret = _bare_exponentiations()
    print(f"  one bare exponentiation: {public * 1e6:.0f} µs, with a secret exponent {secret * 1e6:.0f} µs")
    made = shuffling["belenios-tool"] / shuffling["ours"]
    ratio = (after["belenios-tool"] - before["belenios-tool"]) / (after["ours"] - before["ours"])
    print(f"  ratio (belenios-tool / ours): shuffle {made:.2f}, verify the shuffle {ratio:.2f}")
    return 0 if ratio >= options.at_least else 1


def _closed(ballots: int, candidates: int) -> SmallElection:
    question = RankedQuestion(tuple(f"Candidate {number}" for number in range(candidates)), "Which order?")
    election = make_election(questions=[question], group=RFC_3526_2048, electors=ballots)
    for elector in range(ballots):
        first = elector % candidates
        election.answer(elector, (*range(first, candidates), *range(first)))
    election.close()
    return election


def _medians(runs: int, commands: dict[str, Sequence[str]], made: Path | None = None) -> dict[str, float]:
    """Seconds of each command; ``made`` is a file that it leaves and that must not be there the next time."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            if made is not None:
                made.unlink(missing_ok=True)
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=_ENVIRONMENT)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def _bare_exponentiations() -> tuple[float, float]:
    group = RFC_3526_2048
    base, exponent = group.power(group.g, mpz(group.q - 12345)), mpz(group.q - 2)
    seconds = []
    for power in (group.power, group.secret_power):
        start = time.perf_counter()
        for _ in range(100):
            power(base, exponent)
        seconds.append((time.perf_counter() - start) / 100)
    return seconds[0], seconds[1]


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.exit(main())
