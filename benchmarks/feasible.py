"""Who of 200 people can fill a council of 31 seats, by us and by HiGHS, in turn, in one run; and our explanations.

    python -m benchmarks.feasible [--runs 3]

Prints the median of each. Ends with 1 when the two disagree, or when a proof takes us a second or more. The times of
the conflict, its repairs and every possible place, which HiGHS does not tell, are of one run each.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from composition_rules.conflict import find_conflict
from composition_rules.feasible import Filling, find_filling
from composition_rules.fill import possible_places
from composition_rules.places import Counts, Place, PlaceRule, Problem
from composition_rules.repair import find_repairs
from tests.composition_rules.pools import candidate, places, rule
from tests.composition_rules.solver import highs_finds_a_filling

SIZES = (4, 4, 3, 3, 2, 2, 2, 2, 5, 4)
WORDS = tuple(f"kind:{letter}" for letter in "abcdef")


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"{sum(SIZES)} seats in {len(SIZES)} groups, 200 people of six properties, building the question included")
    print(f"median of {options.runs} runs")
    good = True
    for name, problem in _problems().items():
        ours, theirs = isinstance(find_filling(problem), Filling), highs_finds_a_filling(problem)
        seconds = median(lambda: find_filling(problem), options.runs)  # noqa: B023 - called within the turn
        highs = median(lambda: highs_finds_a_filling(problem), options.runs)  # noqa: B023
        answer = "possible" if ours else "impossible"
        print(f"  {name:34} {answer:10}  ours {seconds * 1000:7.1f} ms   HiGHS {highs * 1000:7.1f} ms")
        explained = (median(lambda: act(problem), 1) for act in (find_conflict, find_repairs, possible_places))  # noqa: B023
        print("      conflict {:.2f} s, repairs {:.2f} s, possible places {:.2f} s".format(*explained))
        good = good and ours is theirs and (ours or seconds < 1)
    return 0 if good else 1


def _problems() -> dict[str, Problem]:
    sound = _problem(())
    seats = sound.places
    third = frozenset(seats[8:11])
    few = tuple(
        one if index < 2 else replace(one, places=one.places - third) for index, one in enumerate(sound.candidates)
    )
    return {
        "only that seats are filled": sound,
        "six quotas that fit": _problem([rule(word, seats, 9, property=word) for word in WORDS]),
        "three seats open to two people": replace(sound, candidates=few),
        "least against most": _problem(
            [rule("least", seats, 12, property=WORDS[0]), rule("most", seats, None, 11, property=WORDS[0])]
        ),
        "six quotas that do not fit": _problem([rule(word, seats, 19, property=word) for word in WORDS]),
        "least, most and a majority": _problem(
            [
                *(rule(word, seats, 20, property=word) for word in WORDS[:4]),
                rule("most", seats, None, 9, property=WORDS[4]),
                rule("majority", seats, 1, property=WORDS[5], counts=Counts.BALANCE),
            ]
        ),
    }


def _problem(quotas: Sequence[PlaceRule]) -> Problem:
    """200 people, each open to one to three groups and with each property by three chances in ten."""
    chance = random.Random(0)  # noqa: S311 - the same people in every run
    groups: list[tuple[Place, ...]] = [places(f"group-{n}", size) for n, size in enumerate(SIZES)]
    people = tuple(
        candidate(
            f"person-{n:03}",
            tuple(place for group in chance.sample(groups, chance.randint(1, 3)) for place in group),
            *(word for word in WORDS if chance.random() < 0.3),
        )
        for n in range(200)
    )
    filled = [rule(f"filled-{n}", group, len(group)) for n, group in enumerate(groups)]
    seats = tuple(place for group in groups for place in group)
    return Problem(places=seats, rules=(*filled, *quotas), candidates=people)


def median(act: Callable[[], object], runs: int) -> float:
    """The median of the seconds that so many runs take."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    raise SystemExit(main())
