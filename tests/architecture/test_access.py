"""Every endpoint says who may use it, and those of officials let nobody else in."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from webvote.access import Access, UndeclaredAccessError, require_declared_access
from webvote.app import create_app
from webvote.config import Settings

# The only doors among the officials' addresses that stand open.
OPEN_AMONG_OFFICIALS = frozenset({"accounts.log_in"})


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(Settings(database=f"sqlite:///{tmp_path}/x.sqlite", trusted_surroundings=True, testing=True))


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def access_of(app: Flask, rule: Rule) -> object:
    return getattr(app.view_functions[rule.endpoint], "access", None)


def test_every_endpoint_declares_its_access(app: Flask) -> None:
    assert {rule.endpoint: access_of(app, rule) for rule in rules_of(app)}
    assert [rule.endpoint for rule in rules_of(app) if not isinstance(access_of(app, rule), Access)] == []


def test_the_application_refuses_to_start_with_an_undeclared_endpoint(app: Flask) -> None:
    def forgotten() -> str:
        return ""

    app.view_functions["forgotten"] = forgotten
    with pytest.raises(UndeclaredAccessError, match="forgotten"):
        require_declared_access(app)


def test_the_factory_checks_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(_app: Flask) -> None:
        raise UndeclaredAccessError("asked")

    monkeypatch.setattr("webvote.app.require_declared_access", refuse)
    with pytest.raises(UndeclaredAccessError, match="asked"):
        create_app(Settings(database=f"sqlite:///{tmp_path}/x.sqlite", trusted_surroundings=True, testing=True))


def test_addresses_of_officials_are_marked_as_theirs(app: Flask) -> None:
    theirs = [rule for rule in rules_of(app) if rule.rule.startswith("/official")]
    assert theirs
    wrong = [rule.endpoint for rule in theirs if access_of(app, rule) is not Access.OFFICIAL]
    assert set(wrong) <= OPEN_AMONG_OFFICIALS


def test_officials_endpoints_turn_strangers_away(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # so that the mark is what turns them away, not a missing token
    stranger = app.test_client()
    entered = []
    for rule in rules_of(app):
        if access_of(app, rule) is not Access.OFFICIAL:
            continue
        address = rule.rule
        for argument in rule.arguments:
            converter = rule._converters[argument].__class__.__name__
            value = "1" if converter == "IntegerConverter" else "x"
            address = address.replace(f"<{argument}>", value).replace(f"<int:{argument}>", value)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            answer = stranger.open(address, method=method)
            if answer.status_code != 302 or "/official/log-in" not in answer.location:
                entered.append(f"{method} {address}: {answer.status_code}")
    assert entered == []
