"""What a route may reach for: the store, the clock and the settings of this application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from webvote.config import Settings
from webvote.outside.clock import Clock
from webvote.store.database import Store

EXTENSION = "webvote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Put together once by ``create_app``."""

    store: Store
    clock: Clock
    settings: Settings


def services() -> Services:
    """The services of the application that answers this request."""
    return cast("Services", current_app.extensions[EXTENSION])
