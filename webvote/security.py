"""Response headers: what a browser may load, remember and tell others about these pages."""

from __future__ import annotations

import secrets
from itertools import chain

from flask import Flask, Response, current_app, g, request

from webvote.access import Access, access_of_request, answers_json, signed_in
from webvote.refusals import RefusedError
from webvote.services import services

# Every field of every form filled to its limit is less.
LARGEST_FORM = 256 * 2**10
LARGEST_FILE = 32 * 2**20


def limit_request() -> None:
    """Let signed-in officials send files where files are taken.

    From anybody else a form of that size would fill the memory: each of its bytes can be a field.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_files", False) and signed_in() is not None:
        request.max_content_length = LARGEST_FILE
        # A roll that is being previewed comes back as one field.
        request.max_form_memory_size = LARGEST_FILE


def csp_nonce() -> str:
    """The nonce of this response; a script without it does not run."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    nonce: str = g.csp_nonce
    return nonce


def content_security_policy(nonce: str) -> str:
    """Everything from this server, nothing inline, nothing framed.

    ``'self'`` beside the nonce is for the modules that the marked module imports and for its workers.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def install_headers(app: Flask) -> None:
    """Add the headers to every response."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = content_security_policy(csp_nonce())
        headers["Referrer-Policy"] = "no-referrer"
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "geolocation=(), microphone=(), payment=(), usb=()"
        if services().settings.https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if _must_not_be_kept():
            headers["Cache-Control"] = "no-store"
        return response


def refuse_null_characters() -> None:
    """No text of ours holds the character that databases cannot store.

    Raises:
        RefusedError: The address or a field of a form holds it.
    """
    if "\0" in request.path:
        raise RefusedError("not-found", status=404)
    values = () if answers_json() else chain.from_iterable(request.form.listvalues())
    if any("\0" in value for value in chain(values, request.args.values())):
        raise RefusedError("bad-request", status=400)


def _must_not_be_kept() -> bool:
    """Pages of officials, trustees and voters stay in no cache: the next person at the machine is another one."""
    if request.endpoint == "static":
        return False
    return request.path.startswith("/official") or access_of_request() is not Access.PUBLIC
