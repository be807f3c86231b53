"""Open, close, count."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from election.trustees.rehearsal import Override
from webvote.access import official
from webvote.pages.forms import EmptyForm, OverrideForm, TypeNameForm
from webvote.pages.helpers import signed, told_on
from webvote.phases import Phase
from webvote.services import services
from webvote.store.models import Election
from webvote.use_cases.ballots import close_voting, open_voting
from webvote.use_cases.rehearsal import keys_awaited
from webvote.use_cases.tally import compute_tally, count, lacks_tally, publish_tally, shares_awaited

blueprint = Blueprint("voting", __name__, url_prefix="/official/e/<slug>")


@blueprint.route("/open", methods=["GET", "POST"])
@official
def open_page(slug: str) -> ResponseReturnValue:
    """Open the election; where too few keys were shown only with a decision that is recorded."""
    election = _election(slug)
    awaited = keys_awaited(election) if election.phase is Phase.SEALED else ()
    form = OverrideForm() if awaited else EmptyForm()
    if form.validate_on_submit():
        override = Override(decided_by=form.decided_by.data, reason=form.reason.data) if awaited else None
        with services().store.writing() as work:
            open_voting(work, signed(), slug, override)
        flash(gettext("The election is open."), "success")
        return redirect(url_for("officials.tasks", slug=slug))
    return render_template("official/open.html", election=election, form=form, awaited=awaited)


@blueprint.route("/close", methods=["GET", "POST"])
@official
def close_page(slug: str) -> ResponseReturnValue:
    """Close the election and multiply the ballots."""
    election = _election(slug)
    form = TypeNameForm(election.name)
    if form.validate_on_submit():
        with told_on(form.typed_name) as told:
            # Closing again only finishes what an interruption left over.
            if not lacks_tally(election):
                with services().store.writing() as work:
                    close_voting(work, signed(), slug)
            with services().store.reading() as work:
                tally = compute_tally(work, slug)
            with services().store.writing() as work:
                publish_tally(work, signed(), slug, tally)
        if told.fine:
            flash(gettext("The election is closed. The trustees can use their keys now."), "success")
            return redirect(url_for("officials.tasks", slug=slug))
    return render_template("official/close.html", election=election, form=form)


@blueprint.route("/count", methods=["GET", "POST"])
@official
def count_page(slug: str) -> ResponseReturnValue:
    """Count the votes once every trustee has used their key."""
    form = EmptyForm()
    if form.validate_on_submit():
        with services().store.writing() as work:
            count(work, signed(), slug)
        flash(gettext("The votes are counted. The result is preliminary until it is certified."), "success")
        return redirect(url_for("officials.tasks", slug=slug))
    election = _election(slug)
    return render_template("official/count.html", election=election, form=form, awaited=shares_awaited(election))


def _election(slug: str) -> Election:
    with services().store.reading() as work:
        return work.elections.get(slug)
