"""The pages, one module for each kind of person who uses them. Routes parse, call one use case and render."""

from __future__ import annotations

from flask import Flask

from webvote.pages import council, opened, public, trustee, voter
from webvote.pages.officials import accounts, deciding, home, keys, nominations, preparing, seats, settling, voting


def install_pages(app: Flask) -> None:
    """Register every blueprint."""
    officials = (accounts, home, preparing, keys, voting, deciding, settling, seats, nominations)
    for module in (public, opened, voter, trustee, council, *officials):
        app.register_blueprint(module.blueprint)
