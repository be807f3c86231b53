"""The voter: the booth, whether a card may vote, and the ballot itself.

Nothing here has a session: a ballot is judged by its content, and no name comes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from election.ballots import verify_ballot
from webvote.access import json_endpoint, voter
from webvote.languages import moment_text
from webvote.pages.helpers import json_body, now, outside_address
from webvote.phases import Phase
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.store.models import Candidate, Election
from webvote.use_cases.ballots import (
    Receipt,
    accept_ballot,
    ballot_rules,
    check_card,
    find_receipt,
    read_ballot,
    refuse_early,
)

blueprint = Blueprint("voter", __name__)

LARGEST_CARD_REQUEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """An election as the booth shows it."""

    slug: str
    uuid: str
    name: str
    question: str
    max_marks: int
    blank_allowed: bool
    phase: str
    opens_text: str
    closes_text: str
    paper_text: str = ""


@blueprint.get("/v/<slug>")
@voter
def booth(slug: str) -> ResponseReturnValue:
    """The booth. The card's code is in the fragment of the address and never comes here."""
    with services().store.reading() as work:
        found = work.elections.get(slug)
    # Before the seal nothing of an election is public; the card has its name.
    candidates: list[Candidate] = [] if found.phase is Phase.PREPARING else found.candidates
    return render_template(
        "voter/booth.html",
        election=_booth(found),
        candidates=sorted(candidates, key=lambda each: each.position),
        site=outside_address("/"),
    )


@blueprint.post("/v/<slug>/card")
@voter
@json_endpoint
def card(slug: str) -> ResponseReturnValue:
    """Whether the card with this public credential may vote now."""
    request.max_content_length = LARGEST_CARD_REQUEST
    credential = json_body("credential")["credential"]
    if not isinstance(credential, str) or not (credential.isascii() and credential.isdigit()):
        raise RefusedError("not-json", status=400)
    with services().store.reading() as work:
        found = check_card(work, slug, credential)
    return jsonify(phase=found.phase.value)


@blueprint.post("/v/<slug>/ballots")
@voter
@json_endpoint
def cast(slug: str) -> ResponseReturnValue:
    """Put a ballot into the box."""
    with services().store.reading() as work:
        rules = ballot_rules(work, slug)
    # Larger than any honest ballot: refused before it is read.
    request.max_content_length = rules.most_bytes
    raw = request.get_data(cache=False)
    with services().store.reading() as work:
        receipt = find_receipt(work, slug, raw)
    if receipt is not None:
        return _in_the_box(receipt)
    ballot = read_ballot(rules, raw)
    with services().store.reading() as work:
        refuse_early(work, slug, ballot)
    verify_ballot(ballot, rules.definition)
    with services().store.writing() as work:
        receipt = accept_ballot(work, slug, ballot)
    return _in_the_box(receipt)


def _in_the_box(receipt: Receipt) -> ResponseReturnValue:
    return jsonify(tracker=receipt.tracker, ballots=receipt.number), 201


def _booth(found: Election) -> Booth:
    if found.phase in {Phase.PREPARING, Phase.SEALED}:
        phase = "not_open"
    else:
        phase = "open" if found.phase is Phase.OPEN else "closed"
    return Booth(
        slug=found.slug,
        uuid=found.uuid,
        name=found.name,
        question="" if found.phase is Phase.PREPARING else found.question,
        max_marks=found.max_marks,
        blank_allowed=found.blank_allowed,
        phase=phase,
        opens_text=moment_text(found.opens_at) if found.opens_at > now() else "",
        closes_text=moment_text(_closing(found)),
    )


def _closing(found: Election) -> datetime:
    """When voting ended; until then, when it is to end."""
    closed = found.milestone("closed")
    return found.closes_at if closed is None else closed.at
