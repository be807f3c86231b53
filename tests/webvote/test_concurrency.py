"""Ballots at the same instant are all in the chain, once each, in one order."""

from __future__ import annotations

import io
import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from election.credentials import generate_credentials
from election.record.archive import read_archive
from election.record.chain import Entry, EntryKind, parse_event
from tests.webvote.driver import PASSWORD, PLAN, Official, Voter
from tests.webvote.postgres import scratch_schema
from webvote.app import create_app
from webvote.config import Settings
from webvote.outside.clock import SystemClock
from webvote.store.database import Store
from webvote.store.migrate import upgrade
from webvote.use_cases.log import Signed
from webvote.use_cases.officials import add_official

VOTERS = 8


def open_election(official: Official) -> str:
    slug = official.prepare(cards=VOTERS)
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    return slug


def check_chain(official: Official, slug: str, raws: Sequence[bytes]) -> None:
    """Every ballot once, and each event the child of the one before."""
    record = official.get(f"/e/{slug}/record.bel")
    assert record.content_length == len(record.data)
    entries = list(read_archive(io.BytesIO(record.data)))
    contents = [entry.content for entry in entries]
    assert all(contents.count(raw) == 1 for raw in raws)
    events: list[Entry] = [entry for entry in entries if entry.kind is EntryKind.EVENT]
    assert [parse_event(entry.content).height for entry in events] == list(range(len(raws) + 1))
    assert [parse_event(entry.content).parent for entry in events[1:]] == [entry.sha256 for entry in events[:-1]]
    assert f"Ballots in the box: {len(raws)}" in official.get(f"/e/{slug}/box").text


def test_on_sqlite_with_threads(app: Flask, official: Official) -> None:
    slug = open_election(official)
    voters = [Voter(app, slug, code) for code in official.codes]
    raws = [voter.make_ballot(0) for voter in voters]
    start = threading.Barrier(VOTERS)

    def cast(voter: Voter, raw: bytes) -> int:
        start.wait()
        return voter.send(raw).status_code

    with ThreadPoolExecutor(VOTERS) as pool:
        assert list(pool.map(cast, voters, raws)) == [201] * VOTERS
    check_chain(official, slug, raws)


def test_the_same_ballot_sent_many_times_at_once_is_in_the_box_once(app: Flask, official: Official) -> None:
    slug = open_election(official)
    raw = Voter(app, slug, official.codes[0]).make_ballot(0)
    start = threading.Barrier(VOTERS)

    def cast(_: int) -> tuple[int, object]:
        start.wait()
        answer = Voter(app, slug, official.codes[0]).send(raw)
        return answer.status_code, answer.get_json()["ballots"]

    with ThreadPoolExecutor(VOTERS) as pool:
        assert set(pool.map(cast, range(VOTERS))) == {(201, 1)}
    check_chain(official, slug, [raw])


def settings_for(url: str) -> Settings:
    return Settings(database=url, secret_key="k" * 40, base_url="http://localhost", testing=True)


def cast_in_process(url: str, slug: str, raw: bytes, start: Callable[[], object], answers: object) -> None:
    """One voter, one process: nothing is shared but the database."""
    app = create_app(settings_for(url))
    start()
    answer = app.test_client().post(f"/v/{slug}/ballots", data=raw)
    answers.put((answer.status_code, answer.get_json()))  # type: ignore[attr-defined]


@pytest.fixture
def postgres_url() -> Iterator[str]:
    try:
        with scratch_schema() as url:
            upgrade(url)
            yield url
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL on 127.0.0.1:5432: {error}")


@pytest.mark.postgres
def test_on_postgres_with_processes(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(postgres_url)
    with store.writing() as work:
        add_official(work, Signed(by="test", at=SystemClock().now()), name="Ane Official", password=PASSWORD)
    official = Official(create_app(settings_for(postgres_url), store=store))
    codes = generate_credentials(VOTERS)
    monkeypatch.setattr("webvote.use_cases.credentials.generate_credentials", lambda count: codes[:count])
    official.log_in()
    slug = open_election(official)
    app = create_app(settings_for(postgres_url), store=store)
    raws = [Voter(app, slug, code).make_ballot(1) for code in codes]
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(VOTERS), context.Queue()
    workers = [
        context.Process(target=cast_in_process, args=(postgres_url, slug, raw, start.wait, answers)) for raw in raws
    ]
    for worker in workers:
        worker.start()
    got = [answers.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join(timeout=30)
    assert [status for status, _ in got] == [201] * VOTERS
    assert sorted(answer["ballots"] for _, answer in got) == list(range(1, VOTERS + 1))
    check_chain(official, slug, raws)
    official.confirm_by_name(slug, "close")
    official.decrypt(slug, 1)
    official.count(slug)
    data = official.get(f"/e/{slug}/result.json").get_json()
    assert data["votes"][1]["votes"] == VOTERS
    store.close()


@pytest.mark.postgres
def test_on_postgres_two_officials_who_do_the_same_at_once_get_an_answer_each(postgres_url: str) -> None:
    """Elections with one name, people on one seat: the second waits for the first and is told what is wrong."""
    store = Store(postgres_url)
    app = create_app(settings_for(postgres_url), store=store)
    with store.writing() as work:
        add_official(work, Signed(by="test", at=SystemClock().now()), name="Ane Official", password=PASSWORD)
    officials = [Official(app) for _ in range(4)]
    for official in officials:
        assert official.log_in().status_code == 302
    start = threading.Barrier(len(officials))

    def together(act: Callable[[Official], TestResponse]) -> list[TestResponse]:
        def one(official: Official) -> TestResponse:
            start.wait()
            return act(official)

        with ThreadPoolExecutor(len(officials)) as pool:
            return list(pool.map(one, officials))

    plan = {**PLAN, "name": "Valg"}
    names = iter(("Valg", "VALG", "valg", "valg!"))
    answers = together(lambda each: each.post("/official/elections/new", **{**plan, "name": next(names)}))
    assert len({answer.headers["Location"] for answer in answers}) == len(officials)
    again = together(lambda each: each.post("/official/elections/new", **{**plan, "name": "Another"}))
    assert sorted(answer.status_code for answer in again) == [200, 200, 200, 302]
    council = "/official/council/" + officials[0].get("/").text.split('href="/council/')[1].split('"')[0] + "/"
    seat = {"place": "free/member/1", "decision": "Item 4", "since": "2025-11-12", "person": "Kirsten Politiker"}
    assert sorted(each.status_code for each in together(lambda each: each.post(council, **seat))) == [
        200,
        200,
        200,
        302,
    ]
    store.close()
