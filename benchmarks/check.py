"""``check`` of a council of 31 seats beside one page of the web app, in turn, in one run.

    python -m benchmarks.check [--runs 30]

Prints the median of each and their ratio. The page is the public front page of an empty database, the cheapest there
is. Ends with 1 when the check takes as long as the page, or longer.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.feasible import median
from composition_rules.catalogue import load_mandate
from composition_rules.check import check
from composition_rules.council import Council, Holding
from composition_rules.mandate import Mandate, Role, SeatGroupId, Seats
from composition_rules.people import Person, PersonId
from webvote.app import create_app
from webvote.config import Settings
from webvote.services import services
from webvote.store.migrate import upgrade

DAY = date(2026, 1, 1)


class _Clock:
    def now(self) -> datetime:
        return datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()
    council, mandate = full_council()
    checked = median(lambda: check(council, mandate, on=DAY), options.runs)
    viewed = _page_view(options.runs)
    print(f"check of a council of {mandate.seats} seats: {checked * 1000:.2f} ms")
    print(f"the public front page: {viewed * 1000:.2f} ms, {viewed / checked:.1f} times as long")
    return 0 if checked < viewed else 1


def _page_view(runs: int) -> float:
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'empty.sqlite'}"
        upgrade(database)
        app = create_app(Settings(database=database, secret_key="k" * 40, base_url="http://localhost"), clock=_Clock())
        client = app.test_client()
        if client.get("/").status_code != 200:  # also warms the templates up
            raise AssertionError
        seconds = median(lambda: client.get("/"), runs)
        with app.app_context():
            services().store.close()
    return seconds


def full_council() -> tuple[Council, Mandate]:
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


if __name__ == "__main__":
    raise SystemExit(main())
