"""A council of 31 seats: its check, and who of 200 people can fill it, by us and by HiGHS, in turn, in one run.

    python -m benchmarks.feasible [--runs 3]

Prints the median of each. Ends with 1 when the two disagree, when a proof takes us a second or more, or when a check
takes ten milliseconds or more.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from composition_rules.catalogue import load_mandate
from composition_rules.check import check
from composition_rules.council import Council, Holding
from composition_rules.feasible import Filling, find_filling
from composition_rules.mandate import Mandate, Role, SeatGroupId, Seats
from composition_rules.people import Person, PersonId
from composition_rules.places import Counts, Place, PlaceRule, Problem
from tests.composition_rules.pools import candidate, places, rule
from tests.composition_rules.solver import highs_finds_a_filling

SIZES = (4, 4, 3, 3, 2, 2, 2, 2, 5, 4)
WORDS = tuple(f"kind:{letter}" for letter in "abcdef")
DAY = date(2026, 1, 1)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    council, mandate = _full_council()
    checked = _median(lambda: check(council, mandate, on=DAY), options.runs * 10)
    print(f"check of a council of {mandate.seats} seats: {checked * 1000:.2f} ms")
    print(f"{sum(SIZES)} seats in {len(SIZES)} groups, 200 people of six properties, building the question included")
    print(f"median of {options.runs} runs")
    good = checked < 0.01
    for name, problem in _problems().items():
        ours, theirs = isinstance(find_filling(problem), Filling), highs_finds_a_filling(problem)
        seconds = _median(lambda: find_filling(problem), options.runs)  # noqa: B023 - called within the turn
        highs = _median(lambda: highs_finds_a_filling(problem), options.runs)  # noqa: B023
        answer = "possible" if ours else "impossible"
        print(f"  {name:34} {answer:10}  ours {seconds * 1000:7.1f} ms   HiGHS {highs * 1000:7.1f} ms")
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


def _full_council() -> tuple[Council, Mandate]:
    """The Norddjurs mandate with more of the free seats, so that it has 31, all of them held."""
    shipped = load_mandate("norddjurs-dialogforum-2024")
    wanted = Seats.exactly(31)
    more = Seats.exactly(wanted.least - shipped.seats.least)
    groups = tuple(
        replace(group, seats=group.seats + more) if group.id == "free" else group for group in shipped.groups
    )
    mandate = replace(shipped, groups=groups, declared_seats=wanted)
    holdings = tuple(
        Holding(
            person=Person(id=PersonId(f"{group.id}-{role}-{seat}"), name=f"{group.id} {role} {seat}"),
            group=SeatGroupId(group.id),
            seat=seat,
            role=role,
            route=group.route,
            decision="minute 1",
            since=DAY,
        )
        for group in mandate.groups
        for role in Role
        for seat in range(1, group.places(role).least + 1)
    )
    return Council(mandate_id=mandate.id, holdings=holdings), mandate


def _median(act: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    raise SystemExit(main())
