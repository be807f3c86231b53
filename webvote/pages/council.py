"""The council's public page: seats, what is missing and why, who moves next."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webvote.access import public
from webvote.pages.helpers import today
from webvote.services import services
from webvote.use_cases.seats import picture_council

blueprint = Blueprint("council", __name__)


@blueprint.get("/council/<slug>")
@public
def page(slug: str) -> ResponseReturnValue:
    """The council today, or on the day that is asked for."""
    on = request.args.get("on", today(), type=date.fromisoformat)
    with services().store.reading() as work:
        picture = picture_council(work, slug, on)
    return render_template("council/council.html", picture=picture)
