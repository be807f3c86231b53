"""Signing in and out."""

from __future__ import annotations

import secrets

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug import Response

from webvote.access import official, public, signed_in
from webvote.languages import moment_text
from webvote.messages import translated
from webvote.pages.forms import EmptyForm, LogInForm
from webvote.pages.helpers import now, signed
from webvote.services import services
from webvote.use_cases.officials import (
    KnownBrowser,
    LogInLocked,
    LogInStarted,
    begin_log_in,
    finish_log_in,
    is_password_right,
    log_out,
)

BROWSER_COOKIE = "webvote_known"
_REMEMBERED = 180 * 24 * 3600

blueprint = Blueprint("accounts", __name__, url_prefix="/official")


@blueprint.route("/log-in", methods=["GET", "POST"])
@public
def log_in() -> ResponseReturnValue:
    """Name and password; slower and slower after failed attempts."""
    form = LogInForm()
    if form.validate_on_submit():
        with services().store.writing() as work:
            started = begin_log_in(work, form.name.data, now(), _known_browser())
        refusal = _refusal(started, form.password.data)
        if refusal is None and isinstance(started, LogInStarted):
            with services().store.writing() as work:
                found = finish_log_in(work, started, now())
            language = session.get("lang")
            session.clear()
            session.permanent = True
            session.update(official=found.id, session_version=found.session_version)
            if language:
                session["lang"] = language
            answer = redirect(_next_path())
            _remember_browser(answer, found.id)
            return answer
        form.password.errors = [refusal]
        return render_template("official/log_in.html", form=form), 403
    return render_template("official/log_in.html", form=form)


@blueprint.post("/log-out")
@official
def sign_out() -> ResponseReturnValue:
    """End every session of this official."""
    found = signed_in()
    if EmptyForm().validate_on_submit() and found is not None:
        with services().store.writing() as work:
            log_out(work, signed(), found.id)
        session.clear()
    return redirect(url_for("public.front"))


def _refusal(started: LogInStarted | LogInLocked, password: str) -> str | None:
    if isinstance(started, LogInLocked):
        return translated("log-in-locked", {"until": moment_text(started.until)})
    return None if is_password_right(started, password) else translated("log-in-wrong", {})


def _known_browser() -> KnownBrowser | None:
    try:
        official_id, token = _signer().loads(request.cookies.get(BROWSER_COOKIE, ""), max_age=_REMEMBERED)
    except BadSignature:
        return None
    return KnownBrowser(official_id=official_id, token=token)


def _remember_browser(answer: Response, official_id: int) -> None:
    """Let this browser be known at the next log-in of this official; it signs nobody in."""
    answer.set_cookie(
        BROWSER_COOKIE,
        _signer().dumps([official_id, secrets.token_urlsafe(18)]),
        max_age=_REMEMBERED,
        path=url_for("accounts.log_in"),
        secure=services().settings.https,
        httponly=True,
        samesite="Strict",
    )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(services().settings.secret_key, salt="known browser")


def _next_path() -> str:
    """Where to go after signing in: a path of this site, never another address."""
    path = request.args.get("next", "")
    if path.startswith("/official/") and "\\" not in path and "//" not in path:
        return path
    return url_for("officials.home")
