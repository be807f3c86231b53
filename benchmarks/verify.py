"""Verification of the same archives by us and by ``belenios-tool``, in one run: on one core, then on two.

    python -m benchmarks.verify [--ballots 200 2000] [--candidates 10] [--runs 3]

Whole processes are timed, start included; every candidate list allows up to four marks, and blank. On one core the
seconds of the processor are compared, on two the seconds that pass. Ends with 1 when ours is slower on one core or
less than three times as fast on two.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gmpy2 import mpz

from benchmarks.making import MARKS, make_archive
from election.crypto.groups import BELENIOS_2048

ONE_CORE, TWO_CORES = 1, 3
_ENVIRONMENT = os.environ | {"BELENIOS_USE_URANDOM": "1"}


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds that passed, and seconds of the processor."""

    passed: float
    processor: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ballots", type=int, nargs="+", default=[200, 2000])
    parser.add_argument("--candidates", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    tool = shutil.which("belenios-tool")
    if tool is None:
        print("belenios-tool is not installed: run scripts/system-setup")
        return 2
    results = [_compare(tool, number, options.candidates, options.runs) for number in options.ballots]
    return 0 if all(results) else 1


def _compare(tool: str, ballots: int, candidates: int, runs: int) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        archive = make_archive(Path(folder), ballots, candidates=candidates)
        ours = [sys.executable, "-m", "election", "verify", str(archive), "--workers"]
        cores = sorted(os.sched_getaffinity(0))
        commands = {
            "belenios-tool": ([tool, "election", "verify", "--dir", folder], cores[:1]),
            "ours, one core": ([*ours, "1"], cores[:1]),
            "ours, two cores": ([*ours, "2"], cores[:2]),
        }
        taken: dict[str, list[Run]] = {name: [] for name in commands}
        for _ in range(runs):
            for name, (command, where) in commands.items():
                taken[name].append(timed(command, where))
    print(f"{ballots} ballots, {candidates} candidates, up to {MARKS} marks or blank, median of {runs}")
    for name, found in taken.items():
        passed, processor = _median(found, lambda run: run.passed), _median(found, lambda run: run.processor)
        print(f"  {name:16} {passed:8.2f} s passed, {processor:8.2f} s of the processor")
    theirs, alone, both = (taken[name] for name in commands)
    one_core = _median(theirs, lambda run: run.processor) / _median(alone, lambda run: run.processor)
    two_cores = _median(theirs, lambda run: run.passed) / _median(both, lambda run: run.passed)
    _print_floor(candidates, _median(alone, lambda run: run.processor) / ballots)
    print(f"  one core: {one_core:.2f} times as fast (at least {ONE_CORE} is asked)")
    print(f"  two cores: {two_cores:.2f} times as fast (at least {TWO_CORES} is asked)")
    return one_core >= ONE_CORE and two_cores >= TWO_CORES


def _print_floor(candidates: int, seconds_a_ballot: float) -> None:
    """How far from the cost of the exponentiations that the specification writes down, each done by itself."""
    choices = candidates + 1
    # Two branches for each choice, min to max and blank for the sum, two for "blank or nobody": four powers each.
    branches = 2 * choices + (min(MARKS, candidates) + 1) + 2
    powers, members = 4 * branches + 2, 2 * choices
    bare = bare_exponentiation()
    floor = powers * bare
    print(f"  a ballot: {powers} exponentiations by 4.12 to 4.14, and {members} elements to ask for membership")
    print(f"  one bare exponentiation: {bare * 1e6:.0f} µs; {powers} of them: {floor * 1e3:.1f} ms")
    print(f"  ours: {seconds_a_ballot * 1e3:.1f} ms a ballot, {seconds_a_ballot / floor:.2f} of that floor")


def timed(command: Sequence[str], cores: Sequence[int]) -> Run:
    """Run a program on some cores only."""
    begun = time.perf_counter()
    process = os.fork()
    if not process:
        os.sched_setaffinity(0, cores)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        os.execvpe(command[0], list(command), _ENVIRONMENT)  # noqa: S606
    _, status, usage = os.wait4(process, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return Run(time.perf_counter() - begun, usage.ru_utime + usage.ru_stime)


def bare_exponentiation() -> float:
    """Seconds of one power with an exponent as long as q."""
    group = BELENIOS_2048
    exponent = mpz(group.q - 2)
    begun = time.process_time()
    for _ in range(200):
        group.power(group.g, exponent)
    return (time.process_time() - begun) / 200


def _median(runs: Sequence[Run], what: Callable[[Run], float]) -> float:
    return statistics.median(map(what, runs))


if __name__ == "__main__":
    sys.exit(main())
