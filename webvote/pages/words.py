"""Filters and globals of the templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _

from composition_rules.check import Finding
from composition_rules.mandate import Silence, Text, in_words
from election.counting.outcome import WhyGone
from webvote.access import signed_in
from webvote.languages import current_language, day_text, moment_text
from webvote.messages import translated
from webvote.pages.tasks import Line
from webvote.phases import Phase
from webvote.security import csp_nonce
from webvote.services import services

_PHASES = {
    Phase.PREPARING: _("in preparation"),
    Phase.SEALED: _("sealed, opens soon"),
    Phase.OPEN: _("open"),
    Phase.CLOSED: _("closed, being counted"),
    Phase.COUNTED: _("counted, preliminary"),
    Phase.CERTIFIED: _("certified"),
    Phase.CONFIRMED: _("confirmed"),
}

# What the log of official acts says, by the code under which an act is stored.
ACTS = {
    "add-candidate": _("Candidate added"),
    "add-official": _("Official added"),
    "add-trustee": _("Trustee named"),
    "add-trustee-group": _("Group of trustees named"),
    "appoint": _("Appointed member entered"),
    "ask-for-cards": _("Number of cards at the door set"),
    "certify": _("Result certified"),
    "change-plan": _("Name, question or times changed"),
    "close": _("Election closed"),
    "confirm": _("Confirmation recorded"),
    "count": _("Votes counted"),
    "create-council": _("Council created"),
    "create-election": _("Election created"),
    "import-roll": _("Roll imported"),
    "log-in": _("Signed in"),
    "log-out": _("Signed out"),
    "make-cards": _("Cards made"),
    "nominate": _("Nomination entered"),
    "open": _("Election opened"),
    "open-without-keys": _("Decided to open although too few keys were tested"),
    "order-candidates": _("Order of the candidates changed"),
    "publish-tally": _("Ballots multiplied"),
    "record-gone": _("Candidate recorded as gone"),
    "record-lot": _("Lot recorded"),
    "rehearse": _("Trustee tested the key"),
    "remove-candidate": _("Candidate removed"),
    "remove-trustee": _("Trustee removed"),
    "renew-trustee-link": _("New link for a trustee"),
    "seal": _("Election sealed"),
    "take-back-gone": _("Candidate no longer recorded as gone"),
    "take-back-lot": _("Lot taken back"),
    "trustee-key": _("Trustee's key received"),
    "trustee-share": _("Trustee's key used"),
    "withdraw-appointment": _("Entry of a member withdrawn"),
    "withdraw-nomination": _("Entry of a nomination withdrawn"),
}

# Why a candidate takes no place: these words and nothing more, on every page.
GONE = {
    WhyGone.WITHDREW: _("withdrew"),
    WhyGone.DIED: _("died"),
    WhyGone.NOT_ELIGIBLE: _("not eligible"),
    WhyGone.DECLINED: _("elected, declines the seat"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LineGroup:
    """Neighbouring lines of the task list under one heading."""

    heading: str
    lines: tuple[Line, ...]


def install_words(app: Flask) -> None:
    """Give the templates their filters and globals."""
    app.add_template_filter(moment_text, "moment")
    app.add_template_filter(day_text, "day")
    app.add_template_filter(_groups, "groupby_heading")
    app.add_template_filter(lambda key, names: names[key], "name_in")
    app.context_processor(_globals)


def _globals() -> dict[str, Any]:
    settings = services().settings
    words: Mapping[str, Callable[..., object]] = {
        "csp_nonce": csp_nonce,
        "signed_in": signed_in,
        "in_language": _in_language,
        "sentence_of": _sentence_of,
        "explain_code": lambda code: translated(code, {}),
        "phase_text": lambda phase: str(_PHASES[phase]),
        "gone_text": lambda why: str(GONE[WhyGone(why)]),
        "act_text": lambda act: str(ACTS[act]),
        "is_past": _is_past,
    }
    return {**words, "help_contact": settings.help_contact, "page_owner": settings.organisation, "Phase": Phase}


def _in_language(text: Text | Silence) -> str:
    return in_words(text).in_language(current_language())


def _sentence_of(finding: Finding) -> str:
    days = {name: day_text(value) for name, value in finding.params.items() if isinstance(value, date)}
    return translated(finding.code, {**finding.params_in(current_language()), **days})


def _is_past(moment: datetime) -> bool:
    return moment <= services().clock.now()


def _groups(lines: Iterable[Line]) -> Sequence[LineGroup]:
    return [
        LineGroup(heading=heading, lines=tuple(members))
        for heading, members in groupby(lines, key=lambda line: line.heading)
    ]
