"""The single transferable vote: seconds and memory of ours and of others on the same papers, in one run.

    python -m benchmarks.stv [--papers 100000 1000000] [--runs 3] [--pref-voting PYTHON]

30 candidates, 9 seats; each elector belongs to one of five groups and ranks 1 to 9 candidates by Plackett and Luce.
Time is of the processor, from Python tuples to the elected: each program's own papers are built within it, imports are
not. Each measurement has a process of its own, in turn; the median of the runs is printed, and the peak memory of the
process, the list of tuples included. We sort the papers with numpy (the extra ``fast``), as others may.

Meek is counted on 10 000 papers. pref_voting is not among our development tools, for it brings numba and much else:
install it anywhere (``python -m venv X; X/bin/pip install pref_voting``) and name that interpreter. It needs ten
minutes for them, so 1000 papers come first; whether both elect the same is told.

Ends with 1 where we are less than ``--at-least`` times as fast as pyrankvote or less than 20 times as fast as
pref_voting, or elect others than pref_voting does.
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
from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest
from pathlib import Path

CANDIDATES, SEATS, GROUPS, MOST = 30, 9, 5, 9
MEEK_PAPERS, FEW_MEEK_PAPERS = 10_000, 1_000
MEEK_AT_LEAST = 20
STOP_AFTER = 3600  # seconds
Rankings = list[tuple[int, ...]]
Measured = dict[str, object]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--at-least", type=float, default=10)
    parser.add_argument("--pref-voting", metavar="PYTHON", help="an interpreter that has pref_voting")
    parser.add_argument("--measure", nargs=2, metavar=("PROGRAM", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        _measure(*options.measure)
        return 0
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for papers in options.papers:
            file = _write_papers(Path(folder), papers)
            programs = ["scottish-stv", "gregory-stv", "pyrankvote", *(["votelib"] if papers <= 100_000 else [])]
            medians, _ = _compare(papers, file, [(program, sys.executable) for program in programs], options.runs)
            ratio = medians["pyrankvote"] / medians["scottish-stv"]
            print(f"  ratio to pyrankvote {ratio:.1f} (under {options.at_least:g} fails)")
            good = good and ratio >= options.at_least
        if options.pref_voting:
            for papers in (FEW_MEEK_PAPERS, MEEK_PAPERS):
                good = _compare_meek(papers, _write_papers(Path(folder), papers), options.pref_voting) and good
        else:
            file = _write_papers(Path(folder), MEEK_PAPERS)
            _compare(MEEK_PAPERS, file, [("meek-stv", sys.executable)], options.runs)
    return 0 if good else 1


def _compare_meek(papers: int, file: Path, interpreter: str) -> bool:
    other = "pref_voting stv_meek"
    medians, elected = _compare(papers, file, [("meek-stv", sys.executable), (other, interpreter)], 1)
    ratio, same = medians[other] / medians["meek-stv"], elected[other] == elected["meek-stv"]
    print(f"  ratio {ratio:.0f} (under {MEEK_AT_LEAST} fails), the elected are {'the same' if same else 'OTHERS'}")
    return same and ratio >= MEEK_AT_LEAST


def _compare(
    papers: int, file: Path, programs: Sequence[tuple[str, str]], runs: int
) -> tuple[dict[str, float], dict[str, list[int]]]:
    """The median of each program's seconds, and whom it elects."""
    print(f"{papers} papers, {CANDIDATES} candidates, {SEATS} seats, median of {runs}")
    seconds: dict[str, list[float]] = {program: [] for program, _ in programs}
    memory = dict.fromkeys(seconds, 0)
    elected = {}
    for _ in range(runs):
        for program, interpreter in programs:
            command = [interpreter, __file__, "--measure", program, str(file)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=STOP_AFTER)
            measured = json.loads(done.stdout)
            seconds[program].append(measured["seconds"])
            memory[program] = max(memory[program], measured["megabytes"])
            elected[program] = measured["elected"]
    medians = {program: statistics.median(values) for program, values in seconds.items()}
    for program, median in medians.items():
        print(f"  {program:22} {median:9.3f} s   peak {memory[program]:5} MB")
    return medians, elected


def _write_papers(folder: Path, papers: int) -> Path:
    """The same papers in every run: a line of bytes for each, so that every program reads the same tuples."""
    chance = random.Random(0)  # noqa: S311 - the same papers in every run
    groups = [[chance.expovariate(1) ** 2 + 1e-6 for _ in range(CANDIDATES)] for _ in range(GROUPS)]
    everybody = range(CANDIDATES)
    file = folder / str(papers)
    with file.open("wb") as out:
        for _ in range(papers):
            group = chance.choice(groups)
            # Whoever arrives first is preferred: exponential races give the order of Plackett and Luce.
            arrivals = [chance.expovariate(strength) for strength in group]
            length = min(MOST, 1 + int(chance.expovariate(1 / 3.6)))
            ranking = nsmallest(length, everybody, key=arrivals.__getitem__)
            out.write(bytes(place + 65 for place in ranking) + b"\n")
    return file


def _measure(program: str, file: str) -> None:
    rankings: Rankings = [tuple(letter - 65 for letter in line) for line in Path(file).read_bytes().splitlines()]
    run = {
        "pyrankvote": _pyrankvote,
        "votelib": _votelib,
        "pref_voting stv_meek": _pref_voting,
    }.get(program) or _ours(program)
    print(json.dumps(run(rankings)))


def _timed(count: Callable[[], Iterable[object]]) -> Measured:
    start = time.process_time()
    elected = count()
    seconds = time.process_time() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": seconds, "megabytes": megabytes, "elected": sorted(int(str(each)) for each in elected)}


def _ours(rule: str) -> Callable[[Rankings], Measured]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import election.counting.arrays  # noqa: F401 - imports are not measured, and this one comes late
    from election.counting.lots import decide
    from election.counting.outcome import Completed
    from election.counting.papers import RankedPapers
    from election.counting.stv.count import StvRule, elect_by_transfer
    from election.ids import CandidateId

    candidates = tuple(CandidateId(str(place)) for place in range(CANDIDATES))

    def count(rankings: Rankings) -> Iterable[object]:
        papers = RankedPapers.of(candidates, rankings)
        outcome = decide(lambda lots: elect_by_transfer(papers, lots, rule=StvRule(rule), seats=SEATS))
        assert isinstance(outcome, Completed)  # noqa: S101 - these papers need no lot
        return [place.candidate for place in outcome.elected]

    return lambda rankings: _timed(lambda: count(rankings))


def _pyrankvote(rankings: Rankings) -> Measured:
    from pyrankvote import Ballot, Candidate, single_transferable_vote

    candidates = [Candidate(str(place)) for place in range(CANDIDATES)]

    def count() -> Iterable[object]:
        ballots = [Ballot(ranked_candidates=[candidates[place] for place in ranking]) for ranking in rankings]
        result = single_transferable_vote(candidates, ballots, number_of_seats=SEATS)
        return [each.name for each in result.get_winners()]

    return _timed(count)


def _votelib(rankings: Rankings) -> Measured:
    from collections import Counter

    from votelib.component.transfer import Gregory
    from votelib.evaluate.core import Plurality
    from votelib.evaluate.sequential import TransferableVoteSelector

    selector = TransferableVoteSelector(transferer=Gregory(), retainer=Plurality())
    return _timed(lambda: selector.evaluate(Counter(rankings), SEATS))


def _pref_voting(rankings: Rankings) -> Measured:
    from collections import Counter

    from pref_voting.profiles_with_ties import ProfileWithTies
    from pref_voting.proportional_methods import stv_meek

    def count() -> Iterable[object]:
        counts = Counter(rankings)
        ranks = [{place: rank for rank, place in enumerate(ranking, 1)} for ranking in counts]
        profile = ProfileWithTies(ranks, rcounts=list(counts.values()), candidates=list(range(CANDIDATES)))
        return stv_meek(profile, num_seats=SEATS)

    return _timed(count)


if __name__ == "__main__":
    sys.exit(main())
