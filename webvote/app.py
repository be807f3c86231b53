"""The application factory."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from webvote.access import guard, require_declared_access
from webvote.config import Settings
from webvote.errors import install_error_handlers
from webvote.languages import install_languages
from webvote.outside.clock import Clock, SystemClock
from webvote.pages import install_pages
from webvote.pages.words import install_words
from webvote.security import LARGEST_FORM, install_headers, limit_request, refuse_null_characters
from webvote.services import EXTENSION, Services
from webvote.store.database import Store


def create_app(settings: Settings, *, clock: Clock | None = None, store: Store | None = None) -> Flask:
    """Put the application together.

    Raises:
        ConfigError: The secret key is one that others could know.
        UndeclaredAccessError: An endpoint does not say who may use it.
    """
    settings.require_safe_secret()
    app = Flask("webvote")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SESSION_COOKIE_NAME="webvote",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=8),
        WTF_CSRF_TIME_LIMIT=None,
        # We ask browsers to send no referrer, so it cannot be asked for here; the token and SameSite protect.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.extensions[EXTENSION] = Services(
        store=store or Store(settings.database), clock=clock or SystemClock(), settings=settings
    )
    install_languages(app)
    install_error_handlers(app)
    install_headers(app)
    install_pages(app)
    # Before anything reads a form.
    app.before_request(limit_request)
    _protect_forms(app)
    app.before_request(refuse_null_characters)
    app.before_request(guard)
    install_words(app)
    require_declared_access(app)
    return app


def _protect_forms(app: Flask) -> None:
    """Ask for a token where something is changed.

    JSON endpoints have no session, and what they accept proves itself.
    """
    csrf = CSRFProtect(app)
    for view in app.view_functions.values():
        if getattr(view, "answers_json", False) or getattr(view, "changes_nothing", False):
            csrf.exempt(view)
