"""The pages, one module for each kind of person who uses them. Routes parse, call one use case and render."""

from __future__ import annotations

from flask import Flask

from webvote.pages import council, public, trustee, voter
from webvote.pages.officials import accounts, deciding, home, keys, preparing, seats, voting


def install_pages(app: Flask) -> None:
    """Register every blueprint."""
    for module in (public, voter, trustee, council, accounts, home, preparing, keys, voting, deciding, seats):
        app.register_blueprint(module.blueprint)
