"""The private credential is on the card and nowhere else; no table joins a name to a credential or a ballot."""

from __future__ import annotations

import base64
import hashlib
import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request, request_started
from sqlalchemy import LargeBinary, inspect, select, text
from sqlalchemy.exc import OperationalError

from election.ballots import tracker
from tests.webvote.driver import CANDIDATES, PASSWORD, Official, Voter
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
    of_ballots = {
        "public_credential",
        "record_entry",
        "boxed_ballot",
        "ciphertext_digest",
        "opened_ballot",
        "opened_element",
    }
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


def test_a_fault_of_the_database_is_logged_without_what_was_to_be_stored(
    app: Flask, official: Official, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    slug = official.create()
    with store.engine.begin() as connection:
        connection.execute(text("drop table roll_entry"))
    app.testing = False
    content = base64.b64encode(b"nummer;navn;adresse\n1;Sigrid Storm;Nygade 1\n").decode()
    form = "/official/elections/new"
    answer = official.post(f"/official/e/{slug}/electors/roll/import", form, content=content)
    assert answer.status_code == 500
    assert "roll_entry" not in answer.text
    assert "roll_entry" in caplog.text
    with pytest.raises(OperationalError) as caught, store.engine.begin() as connection:
        connection.execute(text("insert into roll_entry values (:name)"), {"name": "Sigrid Storm"})
    assert "Sigrid Storm" not in f"{caught.value}{caplog.text}"


def test_a_roll_that_was_replaced_leaves_no_names_in_the_file(
    official: Official, store: Store, database_url: str
) -> None:
    slug = official.create()
    roll = "nummer;navn;adresse\n" + "".join(f"{n};Sigrid Storm {n};Nygade {n}\n" for n in range(500))
    content = base64.b64encode(roll.encode()).decode()
    official.post(f"/official/e/{slug}/electors/roll/import", "/official/elections/new", content=content)
    file = Path(database_url.removeprefix("sqlite:///"))
    store.close()
    assert b"Sigrid Storm" in file.read_bytes()
    official.door_cards(slug, 3)
    store.close()
    assert b"Sigrid Storm" not in b"".join(each.read_bytes() for each in file.parent.glob(file.name + "*"))


def test_nothing_of_an_election_in_preparation_is_shown_at_the_address_of_its_cards(
    app: Flask, official: Official
) -> None:
    slug = official.prepare(cards=1)
    page = app.test_client().get(f"/v/{slug}").text
    assert not [word for word in (*CANDIDATES, "Whom do you choose?") if word in page]
    official.confirm_by_name(slug, "seal")
    assert CANDIDATES[0] in app.test_client().get(f"/v/{slug}").text


def test_a_voter_gets_no_cookie_on_the_way_from_the_card_to_the_box(app: Flask, official: Official) -> None:
    slug = official.prepare(cards=1)
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    raw = Voter(app, slug, official.codes[0]).make_ballot(0)
    browser = app.test_client()
    answers = [
        browser.get(f"/v/{slug}"),
        browser.get(f"/e/{slug}/election.json"),
        browser.post(f"/v/{slug}/ballots", data=raw),
        browser.get(f"/e/{slug}/box"),
        browser.post(f"/e/{slug}/box", data={"tracker": tracker(raw)}),
    ]
    assert "as number 1" in answers[-1].text or "som nummer 1" in answers[-1].text
    assert not [answer.request.path for answer in answers if answer.headers.getlist("Set-Cookie")]
