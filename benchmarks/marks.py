"""Up to nine marks: seconds and memory of ours, of a bare ``Counter`` and of others on the same papers, in one run.

    python -m benchmarks.marks [--papers 100000 1000000] [--runs 5] [--at-most 2]

30 candidates, 9 seats; each elector belongs to one of five groups and marks 1 to 9 candidates. Time is of the
processor, from the same Python tuples to the elected, the validation of every paper included where a program does it
(the bare ``Counter`` does not, and votelib only in its own row); imports are not. Each measurement has a process of its
own, in turn; the median of the runs is printed, and the peak memory of the process, the list of tuples included. Ends
with 1 where all do not elect the same, or where we take more than ``--at-most`` times as long as the bare ``Counter``.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from heapq import nsmallest
from itertools import chain
from pathlib import Path

CANDIDATES, SEATS, GROUPS, MOST = 30, 9, 5, 9
Papers = list[tuple[int, ...]]
Count = Callable[[Papers], Sequence[int]]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--at-most", type=float, default=2)
    parser.add_argument("--measure", nargs=2, metavar=("PROGRAM", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        _measure(*options.measure)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        good = [_compare(papers, _write_papers(Path(folder), papers), options) for papers in options.papers]
    return 0 if all(good) else 1


def _compare(papers: int, file: Path, options: argparse.Namespace) -> bool:
    print(f"{papers} papers, {CANDIDATES} candidates, {SEATS} seats, median of {options.runs}")
    found: dict[str, list[dict[str, float]]] = {program: [] for program in PROGRAMS}
    elected = set()
    for _ in range(options.runs):
        for program in PROGRAMS:
            command = [sys.executable, "-m", "benchmarks.marks", "--measure", program, str(file)]
            root = Path(__file__).resolve().parents[1]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=root)
            measured = json.loads(done.stdout.splitlines()[-1])
            elected.add(tuple(measured.pop("elected")))
            found[program].append(measured)
    medians = {program: statistics.median(each["seconds"] for each in runs) for program, runs in found.items()}
    for program, median in medians.items():
        memory = max(int(each["megabytes"]) for each in found[program])
        print(f"  {program:28} {median:8.3f} s   peak {memory:5} MB")
    ratio = medians["ours"] / medians["bare Counter"]
    print(f"  ratio {ratio:.2f} (ours / bare Counter; at most {options.at_most:g} is asked)")
    if len(elected) > 1:
        print("  they do not elect the same")
    return ratio <= options.at_most and len(elected) == 1


def _write_papers(folder: Path, papers: int) -> Path:
    """The same papers in every run: a line of bytes for each, so that every program reads the same tuples."""
    chance = random.Random(0)  # noqa: S311 - the same papers in every run
    groups = [[chance.expovariate(1) ** 2 + 1e-6 for _ in range(CANDIDATES)] for _ in range(GROUPS)]
    everybody = range(CANDIDATES)
    file = folder / str(papers)
    with file.open("wb") as out:
        for _ in range(papers):
            arrivals = [chance.expovariate(strength) for strength in chance.choice(groups)]
            number = min(MOST, 1 + int(chance.expovariate(1 / 3.6)))
            marks = nsmallest(number, everybody, key=arrivals.__getitem__)
            out.write(bytes(place + 65 for place in sorted(marks)) + b"\n")
    return file


def _measure(program: str, file: str) -> None:
    papers: Papers = [tuple(letter - 65 for letter in line) for line in Path(file).read_bytes().splitlines()]
    count = PROGRAMS[program]()
    start = time.process_time()
    elected = count(papers)
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "megabytes": megabytes, "elected": sorted(elected)}))


def _ours() -> Count:
    from election.counting.lots import decide
    from election.counting.many_marks import count_marks
    from election.counting.most_votes import elect_by_votes
    from election.counting.outcome import Completed
    from election.ids import CandidateId

    ids = tuple(CandidateId(str(place)) for place in range(CANDIDATES))

    def count(papers: Papers) -> Sequence[int]:
        votes = count_marks(ids, papers, most=MOST).votes
        outcome = decide(lambda lots: elect_by_votes(votes, lots, seats=SEATS))
        assert isinstance(outcome, Completed)  # noqa: S101 - there is no tie in these papers
        return [int(place.candidate) for place in outcome.elected]

    return count


def _bare() -> Count:
    def count(papers: Papers) -> Sequence[int]:
        votes = Counter(chain.from_iterable(papers))
        return [place for place, _ in votes.most_common(SEATS)]

    return count


def _votelib(*, validated: bool) -> Callable[[], Count]:
    def prepare() -> Count:
        from votelib.convert import ApprovalToSimpleVotes
        from votelib.evaluate.core import Plurality
        from votelib.vote import ApprovalVoteValidator

        names = [str(place) for place in range(CANDIDATES)]  # to its validator a candidate is a text

        def count(papers: Papers) -> Sequence[int]:
            alike = Counter(frozenset(names[place] for place in paper) for paper in papers)
            if validated:
                validator = ApprovalVoteValidator(vote_count_bounds=(1, MOST))
                for paper in alike:
                    validator.validate(paper)
            elected = Plurality().evaluate(ApprovalToSimpleVotes().convert(alike), SEATS)
            return [int(each) for each in elected]

        return count

    return prepare


def _abcvoting() -> Count:
    from abcvoting import abcrules, preferences

    def count(papers: Papers) -> Sequence[int]:
        profile = preferences.Profile(CANDIDATES)
        profile.add_voters(papers)
        (committee,) = abcrules.compute("av", profile, committeesize=SEATS, resolute=True)
        return [*committee]

    return count


PROGRAMS: dict[str, Callable[[], Count]] = {
    "bare Counter": _bare,
    "ours": _ours,
    "votelib": _votelib(validated=False),
    "votelib, papers validated": _votelib(validated=True),
    "abcvoting av": _abcvoting,
}


if __name__ == "__main__":
    sys.exit(main())
