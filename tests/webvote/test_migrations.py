"""A database of an earlier version keeps its elections, and its trustees can show their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import Connection, Engine, text

from tests.webvote.driver import Official, message_of
from tests.webvote.postgres import scratch_schema
from tests.webvote.test_opened import Tester
from webvote.store.database import Store, make_engine
from webvote.store.migrate import alembic_config

_BEFORE = "0002"
_COUNCIL = "insert into council (id, slug, name, mandate_id, created_at) values (1, 'c', 'C', 'm', '2025-01-01')"
_ELECTIONS = """insert into election (id, uuid, slug, council_id, group_id, name, description, question, max_marks,
    blank_allowed, opens_at, closes_at, phase, electors_kind, electors_number, ballots_number)
    values (:id, :name, :name, 1, 'elected', 'Valg', '', 'Hvem?', 1, true, '2025-11-30', '2025-12-01', 'sealed',
    'door', 1, 0)"""
_TRUSTEE = "insert into trustee (id, election_id, number, name, code_hash, public_key) values (1, 1, 1, 'A', 'h', '{}')"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield make_engine(f"sqlite:///{tmp_path / 'old.sqlite'}")
        return
    try:
        with scratch_schema() as url:
            made = make_engine(url)
            yield made
            made.dispose()
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL on 127.0.0.1:5432: {error}")


def move(connection: Connection, act: Callable[[Config, str], None], revision: str) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    act(config, revision)


def _has_groups(connection: Connection) -> bool:
    return connection.dialect.has_table(connection, "trustee_group")


def test_an_election_that_was_open_before_rehearsals_and_tests_goes_on_to_its_result(
    app: Flask, official: Official, store: Store
) -> None:
    slug = official.prepare(cards=2)
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    tester, voter = (Tester(app, official, slug, card) for card in (0, 1))
    for act, revision in ((command.downgrade, _BEFORE), (command.upgrade, "head")):
        with store.engine.begin() as connection:
            move(connection, act, revision)
    tasks = official.get(f"/official/e/{slug}/").text
    assert "Voting was opened before keys were tested here." in tasks
    assert "too few keys" not in tasks + official.get(f"/e/{slug}").text
    assert tester.open().status_code == 201
    tester.vote(0)
    voter.vote(1)
    official.confirm_by_name(slug, "close")
    assert official.decrypt(slug, 1).status_code == 201
    official.count(slug)
    assert "key tested before voting" not in official.get(f"/e/{slug}/result").text
    votes = official.get(f"/e/{slug}/result.json").get_json()["votes"]
    assert [each["votes"] for each in votes][:3] == [1, 1, 0]


def test_an_election_that_was_sealed_before_rehearsals_asks_for_one(official: Official, store: Store) -> None:
    slug = official.prepare(cards=1)
    official.confirm_by_name(slug, "seal")
    for act, revision in ((command.downgrade, _BEFORE), (command.upgrade, "head")):
        with store.engine.begin() as connection:
            move(connection, act, revision)
    assert "Too few trustees have tested" in official.post(f"/official/e/{slug}/open").text
    assert official.open(slug).status_code == 302


def test_ballots_that_were_opened_before_count_for_their_cards(
    app: Flask, official: Official, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webvote.use_cases.opened.MOST_WITH_A_CARD", 1)
    slug = official.prepare(cards=2)
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    assert Tester(app, official, slug).open().status_code == 201
    for act, revision in ((command.downgrade, "0004"), (command.upgrade, "head")):
        with store.engine.begin() as connection:
            move(connection, act, revision)
    assert message_of(Tester(app, official, slug).open()) == (409, "opened-too-often")
    assert Tester(app, official, slug, card=1).open().status_code == 201


def test_elections_and_trustees_of_an_earlier_version_get_a_rehearsal_each(engine: Engine) -> None:
    with engine.begin() as connection:
        move(connection, command.upgrade, _BEFORE)
        connection.execute(text(_COUNCIL))
        for number in (1, 2):
            connection.execute(text(_ELECTIONS), {"id": number, "name": f"e{number}"})
        connection.execute(text(_TRUSTEE))
        move(connection, command.upgrade, "head")
        nonces = [nonce for (nonce,) in connection.execute(text("select rehearsal_nonce from election"))]
        assert {len(nonce) for nonce in nonces} == {22}
        assert len(set(nonces)) == 2
        kept = connection.execute(text("select name, code_hash, public_key, answer, group_id from trustee")).one()
        assert tuple(kept) == ("A", "h", "{}", None, None)
        move(connection, command.downgrade, _BEFORE)
        assert not _has_groups(connection)
        assert connection.execute(text("select name from trustee")).scalar_one() == "A"
