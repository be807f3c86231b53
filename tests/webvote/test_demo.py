"""The demonstration is what it says: two Norddjurs elections, one finished with a lot, one open, all of it real."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from composition_rules.check import FindingState
from election.ballots import cast_ballot
from election.counting.outcome import Completed
from election.definition import parse_election
from election.trustees import parse_trustee_private_key
from election.verify import verify_archive
from tests.webvote.test_cards import codes_on, pages_of
from webvote.__main__ import main
from webvote.app import create_app
from webvote.demo.run import Demo, describe, prepare_demo
from webvote.outside.clock import SystemClock
from webvote.services import services
from webvote.store.database import Store
from webvote.use_cases.result import result_of
from webvote.use_cases.seats import picture_council

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return prepare_demo(tmp_path_factory.mktemp("demo") / "instance", BASE)


@pytest.fixture(scope="module")
def app(demo: Demo) -> Iterator[Flask]:
    application = create_app(demo.settings)
    yield application
    with application.app_context():
        services().store.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def store(app: Flask) -> Store:
    with app.app_context():
        return services().store


def test_the_finished_record_holds_with_47_ballots_of_45_voters_with_60_cards(demo: Demo, client: FlaskClient) -> None:
    record = verify_archive(io.BytesIO(client.get(f"/e/{demo.finished.slug}/record.bel").data))
    assert len(record.weights) == 60
    assert record.ballots == 47
    assert record.tally is not None
    assert record.tally.num_tallied == 45
    assert record.counts == ((4, 11, 9, 8, 5, 5, 3),)


def test_a_lot_gave_the_last_seat_and_two_alternates_are_lacking(demo: Demo, store: Store) -> None:
    with store.reading() as work:
        result = result_of(work.elections.get(demo.finished.slug))
    assert result is not None
    assert isinstance(result.outcome, Completed)
    assert [(each.candidate, each.by_lot) for each in result.outcome.elected] == [
        ("c1", False),
        ("c2", False),
        ("c3", False),
        ("c5", True),
    ]
    assert [each.candidate for each in result.outcome.alternates] == ["c4", "c6"]
    assert result.outcome.vacant_alternates == 2


def test_the_finished_council_is_confirmed_and_lacks_only_what_the_demonstration_left_out(
    demo: Demo, store: Store
) -> None:
    with store.reading() as work:
        picture = picture_council(work, demo.finished.council, SystemClock().now().date())
    lacking = [(finding.code, finding.group) for finding in picture.findings if finding.state is not FindingState.MET]
    assert {group for _, group in lacking} == {"unions", "elected", None}
    assert all(finding.state is not FindingState.IMPOSSIBLE for finding in picture.findings)


def test_the_printed_cards_open_the_booth_and_vote(demo: Demo, client: FlaskClient, tmp_path: Path) -> None:
    addresses = {code.text for page in pages_of(demo.cards.read_bytes(), tmp_path) for code in codes_on(page)}
    assert addresses == {f"{BASE}/v/{demo.open.slug}#{code}" for code in demo.open.codes}
    assert client.get(f"/v/{demo.open.slug}").status_code == 200
    definition = parse_election(client.get(f"/e/{demo.open.slug}/election.json").data)
    answer = client.post(f"/v/{demo.open.slug}/ballots", data=cast_ballot(definition, demo.open.codes[0], (0,)))
    assert answer.status_code == 201


def test_the_printed_password_and_the_key_file_are_the_right_ones(demo: Demo, client: FlaskClient) -> None:
    text = describe(demo)
    page = client.get("/official/log-in").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    password = re.search(r"password (\S+)", text)
    assert token
    assert password
    form = {"csrf_token": token[1], "name": "Valgleder", "password": password[1]}
    assert client.post("/official/log-in", data=form).status_code == 302
    key = parse_trustee_private_key(demo.trustee_key.read_bytes())
    definition = parse_election(client.get(f"/e/{demo.open.slug}/election.json").data)
    assert key.public().public_key == definition.public_key


def test_a_second_start_begins_anew(demo: Demo, tmp_path: Path) -> None:
    again = prepare_demo(tmp_path / "instance", BASE)
    assert set(again.open.codes).isdisjoint(demo.open.codes)
    assert again.password != demo.password


def test_the_council_is_not_called_confirmed_on_a_day_before_the_decision(demo: Demo, client: FlaskClient) -> None:
    address = f"/council/{demo.finished.council}"
    assert "confirmed-" in client.get(address).text
    assert "confirmed-" not in client.get(f"{address}?on=2020-01-01").text


def test_a_taken_port_is_named_before_anything_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["demo", "--port", str(port)]) == 2
    assert f"webvote demo --port {port + 1}" in capsys.readouterr().err
    assert not list(tmp_path.glob("instance/demo*"))
