"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webvote.access import official, public, signed_in
from webvote.languages import moment_text
from webvote.messages import translated
from webvote.pages.forms import EmptyForm, LogInForm
from webvote.pages.helpers import now, signed
from webvote.services import services
from webvote.use_cases.officials import (
    LogInLocked,
    LogInStarted,
    begin_log_in,
    finish_log_in,
    is_password_right,
    log_out,
)

blueprint = Blueprint("accounts", __name__, url_prefix="/official")


@blueprint.route("/log-in", methods=["GET", "POST"])
@public
def log_in() -> ResponseReturnValue:
    """Name and password; slower and slower after failed attempts."""
    form = LogInForm()
    if form.validate_on_submit():
        with services().store.writing() as work:
            started = begin_log_in(work, form.name.data, now())
        refusal = _refusal(started, form.password.data)
        if refusal is None and isinstance(started, LogInStarted):
            with services().store.writing() as work:
                found = finish_log_in(work, started, form.name.data, now())
            language = session.get("lang")
            session.clear()
            session.permanent = True
            session.update(official=found.id, session_version=found.session_version)
            if language:
                session["lang"] = language
            return redirect(_next_path())
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


def _next_path() -> str:
    """Where to go after signing in: a path of this site, never another address."""
    path = request.args.get("next", "")
    if path.startswith("/official/") and "\\" not in path and "//" not in path:
        return path
    return url_for("officials.home")
