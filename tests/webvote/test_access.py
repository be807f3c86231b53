"""Who gets in: marks on endpoints, sessions, tokens in forms, slower and slower log-ins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.webvote.conftest import TestClock
from tests.webvote.driver import PASSWORD, Official
from webvote.access import Access, UndeclaredAccessError, require_declared_access
from webvote.app import create_app
from webvote.config import DEMO_SECRET_KEY, ConfigError, Settings
from webvote.store.database import Store
from webvote.use_cases.log import Signed
from webvote.use_cases.officials import add_official


def test_an_endpoint_without_an_access_mark_keeps_the_application_from_starting(app: Flask) -> None:
    app.view_functions["forgotten"] = lambda: "open to all"
    with pytest.raises(UndeclaredAccessError, match="forgotten"):
        require_declared_access(app)


@pytest.mark.parametrize("key", ["", "short", DEMO_SECRET_KEY])
def test_a_secret_key_that_others_could_know_keeps_the_application_from_starting(key: str, database_url: str) -> None:
    with pytest.raises(ConfigError, match="WEBVOTE_SECRET_KEY"):
        create_app(Settings(database=database_url, secret_key=key))


def test_every_official_page_sends_strangers_to_the_log_in(app: Flask) -> None:
    stranger = app.test_client()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "access", None) is Access.OFFICIAL and "GET" in (rule.methods or ()):
            path = rule.rule.replace("<slug>", "x").replace("<int:number>", "1").replace("<key>", "c1")
            answer = stranger.get(path)
            assert answer.status_code == 302, path
            assert "/official/log-in" in answer.headers["Location"]


def test_a_form_without_its_token_is_refused(official: Official) -> None:
    answer = official.client.post("/official/elections/new", data={"name": "x"})
    assert answer.status_code == 400
    assert "form-expired" in answer.text


def test_log_in_goes_on_to_the_page_that_was_asked_for_and_never_to_another_site(
    app: Flask, official: Official
) -> None:
    for target, expected in (
        ("/official/log", "/official/log"),
        ("https://evil.example/official/", "/official/"),
        ("//evil.example", "/official/"),
        ("/official/..\\evil", "/official/"),
    ):
        person = Official(app)
        answer = person.post(f"/official/log-in?next={target}", name="ane official", password=PASSWORD)
        assert answer.headers["Location"] == expected


def test_after_failed_attempts_even_the_right_password_waits(app: Flask, official: Official, clock: TestClock) -> None:
    person = Official(app)
    for _ in range(6):
        assert person.log_in("wrong password").status_code == 403
    answer = person.log_in()
    assert answer.status_code == 403
    assert "Too many attempts" in answer.text
    clock.pass_time(timedelta(minutes=1))
    assert person.log_in().status_code == 302


def test_strangers_who_guess_do_not_lock_out_the_official_in_a_browser_that_is_known(
    app: Flask, official: Official
) -> None:
    official.post("/official/log-out", "/official/elections/new")
    stranger = Official(app)
    for _ in range(8):
        stranger.log_in("wrong password")
    assert "Too many attempts" in stranger.log_in().text
    assert official.log_in().status_code == 302


def test_a_known_browser_gains_no_more_guesses_than_a_stranger(app: Flask, official: Official) -> None:
    official.post("/official/log-out", "/official/elections/new")
    for _ in range(6):
        assert official.log_in("wrong password").status_code == 403
    assert "Too many attempts" in official.log_in().text


def test_a_browser_is_known_for_the_official_who_used_it_and_cannot_be_made_up(
    app: Flask, official: Official, store: Store, clock: TestClock
) -> None:
    with store.writing() as work:
        add_official(work, Signed(by="test", at=clock.now()), name="Bo Official", password=PASSWORD)
    cookie = official.client.get_cookie("webvote_known", path="/official/log-in")
    assert cookie is not None
    assert cookie.http_only
    for name, value in (("Bo Official", cookie.value), ("Ane Official", cookie.value[:-1]), ("Ane Official", "x.y.z")):
        stranger = Official(app)
        stranger.client.set_cookie("webvote_known", value, path="/official/log-in")
        for _ in range(7):
            stranger.log_in("wrong password", name)
        other = Official(app)
        assert "Too many attempts" in other.log_in(name=name).text
        clock.pass_time(timedelta(hours=1))


def test_names_that_do_not_exist_are_treated_alike(app: Flask, official: Official) -> None:
    person = Official(app)
    answers = [person.log_in("wrong password", name).text for name in ("Ane Official", "Nobody")]
    assert "The name or the password is wrong." in answers[0]
    assert "The name or the password is wrong." in answers[1]
    for _ in range(6):
        person.log_in("wrong password", "Nobody")
    assert "Too many attempts" in person.log_in("wrong password", "Nobody").text


def test_signing_out_ends_a_copied_session_too(app: Flask, official: Official) -> None:
    copied = app.test_client()
    cookie = official.client.get_cookie("webvote")
    assert cookie is not None
    copied.set_cookie("webvote", cookie.value)
    assert copied.get("/official/").status_code == 200
    official.post("/official/log-out", "/official/elections/new")
    assert copied.get("/official/").status_code == 302


def test_pages_carry_the_headers_that_keep_them_safe(app: Flask, official: Official) -> None:
    answer = official.get("/official/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    nonces = {app.test_client().get("/").headers["Content-Security-Policy"] for _ in range(2)}
    assert len(nonces) == 2


def test_over_https_the_session_cookie_is_for_https_only(database_url: str) -> None:
    app = create_app(Settings(database=database_url, secret_key="k" * 40, base_url="https://valg.example.dk"))
    cookie = app.test_client().get("/official/log-in", base_url="https://valg.example.dk").headers["Set-Cookie"]
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_language_of_a_link_is_remembered(app: Flask) -> None:
    client = app.test_client()
    assert '<html lang="en"' in client.get("/?lang=en").text
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "da"}).text
    assert '<html lang="da"' in app.test_client().get("/").text


def test_the_official_log_is_chained_and_only_grows(official: Official, store: Store) -> None:
    official.create()
    page = official.get("/official/log").text
    assert "Election created" in page

    with pytest.raises(IntegrityError, match="only grows"), store.engine.begin() as connection:
        connection.execute(text("update official_log set by = 'somebody else'"))


@pytest.mark.parametrize("path", ["/e/%00", "/v/x%00y", "/council/%00", "/?lang=%00"])
def test_the_null_character_is_refused_before_it_meets_a_database(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code in {400, 404}


def test_the_null_character_in_a_form_is_refused(app: Flask, official: Official) -> None:
    assert official.log_in(name="Ane\0").status_code == 400
    answer = app.test_client().post("/v/x/card", json={"credential": "5\0"})
    assert answer.get_json()["code"] == "not-json"
