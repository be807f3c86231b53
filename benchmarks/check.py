"""``check`` of a council of 31 seats beside pages of the web app, in turn, in one run.

    python -m benchmarks.check [--runs 30]

Prints the median of each and their ratio: the public front page of an empty database, the cheapest there is, and the
public page of a council. That council has the 14 seats of the shipped mandate, 10 of them and their alternates held, so
its page is less work than one of 31 would be. Ends with 1 when the check takes half as long as that page, or longer.
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
from webvote.store import models
from webvote.store.database import Store
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
    front, viewed = _page_views(options.runs)
    print(f"check of a council of {mandate.seats} seats: {checked * 1000:.2f} ms")
    print(f"the public front page: {front * 1000:.2f} ms, {front / checked:.1f} times as long")
    print(f"the page of a council: {viewed * 1000:.2f} ms, {viewed / checked:.1f} times as long")
    return 0 if 2 * checked < viewed else 1


def _page_views(runs: int) -> tuple[float, float]:
    """The seconds of the front page, then of the page of a council."""
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'empty.sqlite'}"
        upgrade(database)
        app = create_app(Settings(database=database, secret_key="k" * 40, base_url="http://localhost"), clock=_Clock())
        client = app.test_client()

        def seconds(address: str) -> float:
            if client.get(address).status_code != 200:  # also warms the templates up
                raise AssertionError
            return median(lambda: client.get(address), runs)

        front = seconds("/")
        with app.app_context():
            _keep_council(services().store)
        council = seconds("/council/norddjurs")
        with app.app_context():
            services().store.close()
    return front, council


def _keep_council(store: Store) -> None:
    """A council with everybody that is not elected."""
    mandate = load_mandate("norddjurs-dialogforum-2024")
    kept = models.Council(slug="norddjurs", name="Norddjurs", mandate_id=mandate.id, created_at=_Clock().now())
    with store.writing() as work:
        work.councils.add(kept)
        for group in mandate.groups:
            for role in Role if group.election is None else ():
                for seat in range(1, group.places(role).least + 1):
                    appointment = models.Appointment(
                        group_id=group.id,
                        role=role.value,
                        seat=seat,
                        person=f"{group.id} {role} {seat}",
                        properties=[],
                        decision="minute 1",
                        since=DAY,
                    )
                    appointment.council = kept
                    work.councils.add_appointment(appointment)


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
