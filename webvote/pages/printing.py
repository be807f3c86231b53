"""The PDF of an election's cards, in the language of the page that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from flask import url_for
from flask_babel import gettext

from election.credentials import parse_credential
from webvote.languages import current_language, moment_text
from webvote.outside.cards import Card, CardContext, render_cards
from webvote.pages.helpers import outside_address
from webvote.services import services
from webvote.use_cases.credentials import CardsOrder


def print_cards(order: CardsOrder, codes: Sequence[str]) -> bytes:
    """One card for each code, in the order of the roll.

    Raises:
        RefusedError: A name or text cannot be printed.
    """
    election, settings = order.election, services().settings
    address = outside_address(url_for("voter.booth", slug=election.slug))
    electors = order.electors or (None,) * order.number
    language: Literal["da", "en"] = "da" if current_language() == "da" else "en"
    return render_cards(
        [
            Card(code=parse_credential(code), url=f"{address}#{code}", elector=elector)
            for code, elector in zip(codes, electors, strict=True)
        ],
        CardContext(
            election_name=election.name,
            authority=settings.organisation,
            closes_text=moment_text(election.closes_at),
            address_to_type=address.partition("://")[2],
            help_contact=settings.help_contact,
            language=language,
            translate=gettext,
        ),
    )
