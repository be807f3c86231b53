"""In which language a page is shown: as asked for by link, remembered in the session, else as the browser asks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel import Locale
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, format_date, format_datetime, get_locale

# Each language in its own name; Danish is the default.
LANGUAGES: tuple[tuple[str, str], ...] = (("da", "Dansk"), ("en", "English"))
DEFAULT = "da"
CODES = tuple(code for code, _ in LANGUAGES)
TIME_ZONE = "Europe/Copenhagen"


def install_languages(app: Flask) -> None:
    """Choose a language for each request and give the templates what they need of it."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", TIME_ZONE)
    Babel(app, locale_selector=choose_language)

    @app.context_processor
    def language_globals() -> dict[str, Any]:
        return {"current_language": current_language(), "text_direction": text_direction(), "languages": LANGUAGES}


def choose_language() -> str:
    """The language of this request."""
    if not has_request_context():
        return DEFAULT
    asked = request.args.get("lang")
    if asked in CODES:
        session["lang"] = asked
        return asked
    remembered = session.get("lang")
    if remembered in CODES:
        return str(remembered)
    return request.accept_languages.best_match(CODES, DEFAULT) or DEFAULT


def current_language() -> str:
    """The code of the language of this page."""
    locale = get_locale()
    return locale.language if locale is not None else DEFAULT


def text_direction() -> str:
    """Whether this page is read from left to right or from right to left."""
    locale = get_locale() or Locale(DEFAULT)
    return str(locale.text_direction)


def moment_text(moment: datetime) -> str:
    """A moment as a person would say it, in the local time."""
    return str(format_datetime(moment, "d. MMMM yyyy HH:mm" if current_language() == "da" else "d MMMM yyyy, HH:mm"))


def day_text(day: date) -> str:
    """A day as a person would say it."""
    return str(format_date(day, "d. MMMM yyyy" if current_language() == "da" else "d MMMM yyyy"))
