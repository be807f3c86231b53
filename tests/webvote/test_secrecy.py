"""The private credential is on the card and nowhere else; no table joins a name to a credential or a ballot."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

import pytest
from flask import Flask, request, request_started
from sqlalchemy import LargeBinary, inspect, select

from tests.webvote.driver import PASSWORD, Official, Voter
from webvote.store.database import Store
from webvote.store.models import Base


def everything_stored(store: Store) -> str:
    """Every cell of every table, as text."""
    cells: list[str] = []
    with store.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                cells += [value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row]
    return "\n".join(cells)


def forms_of(code: str) -> list[str]:
    bare = code.replace("-", "")
    return [code, bare, hashlib.sha256(code.encode()).hexdigest(), hashlib.sha256(bare.encode()).hexdigest()]


def test_private_credentials_are_in_no_table_log_line_or_request(
    app: Flask, official: Official, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    requests: list[str] = []

    def keep(sender: Flask) -> None:
        requests.append(f"{request.full_path} {request.headers} {request.get_data(as_text=True)}")

    request_started.connect(keep, app)
    slug = official.prepare(cards=3)
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    for code in official.codes:
        voter = Voter(app, slug, code)
        voter.client.get(f"/v/{slug}")
        voter.vote(0)
    official.confirm_by_name(slug, "close")
    official.decrypt(slug, 1)
    official.count(slug)
    stored, sent = everything_stored(store), "\n".join(requests)
    assert str(official.definition(slug).fingerprint) in stored  # the search looks where it should
    for place in (stored, sent, caplog.text):
        assert not [form for code in official.codes for form in forms_of(code) if form in place]
    assert official.links[1] not in stored
    assert official.links[1] not in caplog.text
    assert PASSWORD not in stored


def test_no_table_has_both_a_name_of_a_voter_and_a_credential_or_ballot(store: Store) -> None:
    of_people = {"roll_entry"}
    of_ballots = {"public_credential", "record_entry", "boxed_ballot", "ciphertext_digest"}
    for table in Base.metadata.sorted_tables:
        targets = {key.column.table.name for key in table.foreign_keys}
        assert not (table.name in of_people and targets & of_ballots)
        assert not (table.name in of_ballots and targets & of_people)
        if table.name in of_people:
            assert not any(isinstance(column.type, LargeBinary) for column in table.columns)
            assert not {"credential", "tracker", "ballot", "voted"} & set(table.columns.keys())
        if table.name in of_ballots:
            assert not {"name", "line", "elector", "number_on_roll", "at"} & set(table.columns.keys())


def test_the_models_are_what_the_migrations_make(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference: Any = compare_metadata(context, Base.metadata)
        assert difference == []
        assert set(inspect(connection).get_table_names()) >= set(Base.metadata.tables)
