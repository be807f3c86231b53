"""How much a stranger may send, and that what is sent to officials waits in no file."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from election.roll import parse_roll
from tests.webvote.driver import Official, message_of
from webvote.security import LARGEST_FILE, LARGEST_FORM
from webvote.serving import LARGEST_ANSWER_IN_MEMORY, SERVER_LIMITS, serve
from webvote.store.database import Store

LARGE_ROLL = "nummer;navn;adresse\n" + "".join(f"{n};Person {n};Nygade {n}, 8500 Grenaa\n" for n in range(12_000))


@pytest.mark.parametrize("path", ["/official/log-in", "/official/e/x/electors/roll", "/e/x/box", "/"])
def test_a_stranger_cannot_fill_the_memory_with_a_form(app: Flask, path: str) -> None:
    body = b"a&" * (LARGEST_FORM // 2 + 1)
    answer = app.test_client().post(path, data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {405, 413}


def test_an_official_can_send_a_large_roll_and_import_it(official: Official) -> None:
    slug = official.create()
    raw = LARGE_ROLL.encode()
    assert len(raw) > LARGEST_FORM
    assert "Person 11" in official.upload_roll(slug, raw).text
    content = base64.b64encode(raw).decode()
    answer = official.post(f"/official/e/{slug}/electors/roll/import", "/official/elections/new", content=content)
    assert answer.status_code == 302
    assert f"Electors on the roll: {len(parse_roll(raw))}" in official.get(f"/official/e/{slug}/").text


def test_the_server_takes_no_more_than_a_file_and_keeps_the_cards_out_of_temporary_files(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr("waitress.serve", lambda application, **settings: given.update(settings))
    serve(app, host="127.0.0.1", port=1, threads=1)
    assert given.items() >= SERVER_LIMITS.items()
    assert LARGEST_FILE < given["max_request_body_size"] <= 2 * LARGEST_FILE
    # 5,000 cards, as many as can be asked for at the door, are some 8 MiB.
    assert given["outbuf_overflow"] == LARGEST_ANSWER_IN_MEMORY > 100 * 2**20


@pytest.mark.parametrize("number", ["0", "-4", "2", "9" * 17, "9" * 30, "9" * 5000, "x"])
def test_a_page_that_is_not_there_is_answered_with_the_nearest(official: Official, number: str) -> None:
    slug = official.prepare(cards=1)
    official.confirm_by_name(slug, "seal")
    assert official.get(f"/e/{slug}/box?page={number}").status_code == 200
    assert official.get(f"/official/log?page={number}").status_code == 200


def test_half_a_character_in_the_code_of_a_trustee_is_refused(official: Official) -> None:
    slug = official.create()
    number = official.name_trustee(slug, "Trustee 1")
    body = b'{"code":"\\ud800","public_key":{},"answer":{},"partial_decryption":{}}'
    for act in ("key", "answer", "decryption"):
        answer = official.client.post(f"/trustee/{slug}/{number}/{act}", data=body)
        assert message_of(answer) == (400, "not-json")


def test_a_trustee_who_hands_in_too_large_a_file_is_not_told_of_ballots(official: Official) -> None:
    slug = official.create()
    number = official.name_trustee(slug, "Trustee 1")
    for act in ("key", "answer", "decryption"):
        answer = official.client.post(f"/trustee/{slug}/{number}/{act}", data=b"x" * 1_000_001)
        assert message_of(answer) == (413, "too-large")


def test_the_voter_compares_the_address_of_the_card_and_not_what_a_proxy_or_a_forger_asked_for(
    app: Flask, official: Official
) -> None:
    slug = official.prepare(cards=1)
    page = app.test_client().get(f"/v/{slug}", headers={"Host": "valg.evil.example"}).text
    assert "evil" not in page
    assert '<strong dir="ltr">http://localhost/</strong>' in page


def test_a_fault_of_the_database_is_a_page_and_tells_nothing_of_the_inside(
    app: Flask, official: Official, store: Store
) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("drop table official"))
    app.testing = False
    answer = official.get("/official/")
    assert answer.status_code == 500
    assert "Something went wrong here, not with you." in answer.text
    assert not [word for word in ("Traceback", "sqlite", "select", "SELECT") if word in answer.text]
