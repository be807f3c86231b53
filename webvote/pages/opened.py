"""Testing the machine: a ballot with its opening is taken, and everybody may see and check what was opened."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from election.ballots import parse_ballot, tracker
from election.challenge import check_opening, read_entry
from webvote.access import json_endpoint, public, voter
from webvote.pages.helpers import growing_file
from webvote.pages.public import require_record
from webvote.services import services
from webvote.use_cases.opened import (
    accept_opened,
    find_opened,
    opened_size,
    opening_rules,
    refuse_early,
    stream_opened,
)

blueprint = Blueprint("opened", __name__)


@blueprint.post("/v/<slug>/opened")
@voter
@json_endpoint
def take(slug: str) -> ResponseReturnValue:
    """Take a ballot that is tested instead of cast; from now on it cannot be cast."""
    with services().store.reading() as work:
        definition, most_bytes = opening_rules(work, slug)
    # Larger than any honest ballot with its opening: refused before it is read.
    request.max_content_length = most_bytes
    raw = request.get_data(cache=False)
    content, opening = read_entry(raw)
    with services().store.reading() as work:
        number = find_opened(work, slug, content)
    if number is None:
        ballot = parse_ballot(content, definition)
        with services().store.reading() as work:
            refuse_early(work, slug, ballot)
        check_opening(content, opening, definition)
        with services().store.writing() as work:
            number = accept_opened(work, slug, ballot, opening)
    return jsonify(tracker=tracker(content), opened=number), 201


@blueprint.get("/e/<slug>/opened")
@public
def page(slug: str) -> ResponseReturnValue:
    """How many ballots were opened, and what one of them says, computed by the browser that asks."""
    with services().store.reading() as work:
        found = work.elections.get(slug)
        require_record(found)
        number = work.openings.number(found)
    return render_template("public/opened.html", election=found, number=number)


@blueprint.get("/e/<slug>/opened.json")
@public
@json_endpoint
def data(slug: str) -> ResponseReturnValue:
    """Every opened ballot with its opening (docs/challenge.md)."""
    with services().store.reading() as work:
        found = work.elections.get(slug)
        require_record(found)
        last = work.openings.number(found)
        size = opened_size(work, found, last)
    pieces = stream_opened(services().store, found, last)
    return growing_file(pieces, f"{found.uuid}.opened.json", size, "application/json")
