"""Prepare: the plan, the candidates, the electors."""

from __future__ import annotations

import base64

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from election.roll import Elector, parse_roll
from webvote.access import official, takes_files
from webvote.languages import current_language
from webvote.pages.forms import CandidateForm, DoorForm, EmptyForm, PlanForm, RollForm, RollPreviewForm
from webvote.pages.helpers import plan_fields, signed, to_local, told_on
from webvote.pages.officials.home import plan_of
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.store.models import Election
from webvote.use_cases.contest import add_candidate, change_plan, raise_candidate, remove_candidate, requirements_of
from webvote.use_cases.roll import ask_for_cards, import_roll

blueprint = Blueprint("preparing", __name__, url_prefix="/official/e/<slug>")

SHOWN_ELECTORS = 2000


@blueprint.route("/plan", methods=["GET", "POST"])
@official
def plan(slug: str) -> ResponseReturnValue:
    """Change name, question, marks and times."""
    election = _election(slug)
    form = PlanForm(obj=election)
    if request.method == "GET":
        form.opens_at.data, form.closes_at.data = to_local(election.opens_at), to_local(election.closes_at)
    if form.validate_on_submit():
        with told_on(form.name, plan_fields(form)) as told, services().store.writing() as work:
            change_plan(work, signed(), slug, plan_of(form))
        if told.fine:
            return redirect(url_for("officials.tasks", slug=slug))
    return render_template("official/plan.html", election=election, form=form)


@blueprint.route("/candidates", methods=["GET", "POST"])
@official
def candidates(slug: str) -> ResponseReturnValue:
    """Add a candidate; the list is in the order of the ballot."""
    election = _election(slug)
    form = CandidateForm()
    requirements = requirements_of(election)
    form.properties.choices = [(each.property, each.title.in_language(current_language())) for each in requirements]
    if form.validate_on_submit():
        with told_on(form.name) as told, services().store.writing() as work:
            add_candidate(
                work,
                signed(),
                slug,
                name=form.name.data,
                presentation=form.presentation.data or "",
                properties=form.properties.data or (),
            )
        if told.fine:
            return redirect(url_for("preparing.candidates", slug=slug))
    listed = sorted(election.candidates, key=lambda each: each.position)
    titles = {each.property: each.title.in_language(current_language()) for each in requirements}
    return render_template(
        "official/candidates.html", election=election, candidates=listed, titles=titles, form=form, empty=EmptyForm()
    )


@blueprint.post("/candidates/<key>/remove")
@official
def remove(slug: str, key: str) -> ResponseReturnValue:
    """Take a candidate off the list."""
    if EmptyForm().validate_on_submit():
        with services().store.writing() as work:
            remove_candidate(work, signed(), slug, key)
    return redirect(url_for("preparing.candidates", slug=slug))


@blueprint.post("/candidates/<key>/up")
@official
def up(slug: str, key: str) -> ResponseReturnValue:
    """Move a candidate one place up."""
    if EmptyForm().validate_on_submit():
        with services().store.writing() as work:
            raise_candidate(work, signed(), slug, key)
    return redirect(url_for("preparing.candidates", slug=slug))


@blueprint.get("/electors")
@official
def electors(slug: str) -> ResponseReturnValue:
    """Choose between a named roll and cards at the door."""
    return _electors_page(slug, RollForm(), DoorForm())


@blueprint.post("/electors/roll")
@official
@takes_files
def roll(slug: str) -> ResponseReturnValue:
    """Show the roll as it was understood. Nothing is stored yet."""
    form = RollForm()
    if form.validate_on_submit():
        raw = form.roll.data.read()
        read: tuple[Elector, ...] = ()
        with told_on(form.roll) as told:
            read = parse_roll(raw)
        if told.fine:
            preview = RollPreviewForm(formdata=None, content=base64.b64encode(raw).decode())
            return render_template(
                "official/roll_preview.html",
                election=_election(slug),
                electors=read,
                form=preview,
                shown=SHOWN_ELECTORS,
            )
    return _electors_page(slug, form, DoorForm(formdata=None))


@blueprint.post("/electors/roll/import")
@official
@takes_files
def keep_roll(slug: str) -> ResponseReturnValue:
    """Store the roll that was shown."""
    form = RollPreviewForm()
    if form.validate_on_submit():
        read = parse_roll(_decoded(form.content.data))
        with services().store.writing() as work:
            import_roll(work, signed(), slug, read)
        flash(gettext("The roll is imported. Electors: %(number)s", number=len(read)), "success")
    return redirect(url_for("officials.tasks", slug=slug))


@blueprint.post("/electors/door")
@official
def door(slug: str) -> ResponseReturnValue:
    """Ask for cards at the door."""
    form = DoorForm()
    if form.validate_on_submit():
        with told_on(form.number) as told, services().store.writing() as work:
            ask_for_cards(work, signed(), slug, form.number.data)
        if told.fine:
            flash(gettext("Cards at the door: %(number)s", number=form.number.data), "success")
            return redirect(url_for("officials.tasks", slug=slug))
    return _electors_page(slug, RollForm(formdata=None), form)


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except ValueError as error:
        raise RefusedError("bad-request", status=400) from error


def _electors_page(slug: str, roll_form: RollForm, door_form: DoorForm) -> ResponseReturnValue:
    with services().store.reading() as work:
        election = work.elections.get(slug)
        listed = work.elections.roll(election, number=SHOWN_ELECTORS)
    return render_template(
        "official/electors.html", election=election, electors=listed, roll_form=roll_form, door_form=door_form
    )


def _election(slug: str) -> Election:
    with services().store.reading() as work:
        return work.elections.get(slug)
