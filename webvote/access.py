"""Who may use an endpoint. Each one says so, or the application refuses to start."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from webvote.services import services
from webvote.store.models import Official

View = TypeVar("View", bound=Callable[..., Any])


class Access(StrEnum):
    """Who may use an endpoint, and what proves it."""

    PUBLIC = "public"
    OFFICIAL = "official"  # a session
    VOTER = "voter"  # nothing but the content: a signed ballot, a public credential
    TRUSTEE = "trustee"  # a code in the body


class UndeclaredAccessError(Exception):
    """An endpoint does not say who may use it."""


def public(view: View) -> View:
    """Anybody may use this endpoint."""
    return _mark(view, Access.PUBLIC)


def official(view: View) -> View:
    """Only a signed-in official may use this endpoint."""
    return _mark(view, Access.OFFICIAL)


def voter(view: View) -> View:
    """A voter uses this endpoint; what it accepts is proved by its content."""
    return _mark(view, Access.VOTER)


def trustee(view: View) -> View:
    """A trustee uses this endpoint; a code in the body is asked for where something is accepted."""
    return _mark(view, Access.TRUSTEE)


def json_endpoint(view: View) -> View:
    """Problems of this endpoint are told as JSON."""
    view.__dict__["answers_json"] = True
    return view


def takes_files(view: View) -> View:
    """Officials send whole files to this endpoint; everywhere else requests are small."""
    view.__dict__["takes_files"] = True
    return view


def changes_nothing(view: View) -> View:
    """A form of this endpoint only asks, so it needs no token, and its visitors no cookie to keep one in."""
    view.__dict__["changes_nothing"] = True
    return view


def answers_json() -> bool:
    """Whether the present request is for an endpoint that speaks JSON."""
    view = current_app.view_functions.get(request.endpoint or "")
    return view is not None and getattr(view, "answers_json", False)


def access_of_request() -> Access | None:
    """Who may use the endpoint of the present request; nothing where there is none."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "access", None)


def _mark(view: View, access: Access) -> View:
    view.__dict__["access"] = access
    return view


def require_declared_access(app: Flask) -> None:
    """Refuse to start with an endpoint that nobody thought about.

    Raises:
        UndeclaredAccessError: Names the endpoints.
    """
    undeclared = sorted(
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not isinstance(getattr(view, "access", None), Access)
    )
    if undeclared:
        raise UndeclaredAccessError(f"no access declared: {', '.join(undeclared)}")


def guard() -> ResponseReturnValue | None:
    """Let nobody but officials through to their endpoints."""
    if access_of_request() is not Access.OFFICIAL:
        return None
    if signed_in() is not None:
        return None
    target = request.path if request.method == "GET" else None
    return redirect(url_for("accounts.log_in", next=target))


def signed_in() -> Official | None:
    """The official of the session, as long as the session was not ended."""
    if "official" not in g:
        g.official = _official_of_session()
    found: Official | None = g.official
    return found


def _official_of_session() -> Official | None:
    number, version = session.get("official"), session.get("session_version")
    if number is None:
        return None
    with services().store.reading() as work:
        found = work.officials.get(number)
    return found if found is not None and found.session_version == version else None
