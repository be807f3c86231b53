"""A database of an earlier version keeps its elections, and its trustees can show their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from tests.webvote.postgres import scratch_schema
from webvote.store.database import make_engine
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
