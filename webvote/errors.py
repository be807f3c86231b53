"""Every error becomes a page or a JSON problem, in the user's language. The only place that does so."""

from __future__ import annotations

from flask import Flask, g, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from composition_rules.errors import CatalogueError, CompositionError
from election.errors import ElectionError
from webvote.access import Access, access_of_request, answers_json
from webvote.messages import explain, translated
from webvote.refusals import RefusedError

_CODES = {404: "not-found", 405: "method", 413: "too-large", 500: "server-fault"}
_STATUS = {"ballot-too-large": 413, "ballot-unknown-credential": 403, "ballot-opened": 409}


def install_error_handlers(app: Flask) -> None:
    """Register the handlers."""

    @app.errorhandler(RefusedError)
    def refused(error: RefusedError) -> ResponseReturnValue:
        return problem(error.code, explain(error), error.status)

    @app.errorhandler(ElectionError)
    def refused_by_election(error: ElectionError) -> ResponseReturnValue:
        return problem(error.code, explain(error), _STATUS.get(error.code, 400))

    @app.errorhandler(CompositionError)
    def refused_by_composition(error: CompositionError) -> ResponseReturnValue:
        return problem(error.code, explain(error), 404 if isinstance(error, CatalogueError) else 400)

    @app.errorhandler(CSRFError)
    def form_expired(error: CSRFError) -> ResponseReturnValue:
        return problem("form-expired", translated("form-expired", {}), 400)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.code is not None and error.code < 400:
            return error.get_response()
        if isinstance(error, RequestEntityTooLarge) and answers_json():
            code = "ballot-refused-size" if access_of_request() is Access.VOTER else "too-large"
            return problem(code, translated(code, {}), 413)
        status = error.code or 500
        if status >= 500:
            # Perhaps it is the database that fails; the page that says so must not ask it who is signed in.
            g.setdefault("official", None)
        code = _CODES.get(status, "server-fault" if status >= 500 else "bad-request")
        return problem(code, translated(code, {}), status)


def problem(code: str, message: str, status: int) -> ResponseReturnValue:
    """What is told to whoever asked."""
    if answers_json():
        return jsonify(code=code, message=message), status
    return render_template("errors/problem.html", code=code, message=message, status=status), status
