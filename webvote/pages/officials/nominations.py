"""Whom the bodies proposed that nominate, and councils of which nobody is elected."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.mandate import Route
from webvote.access import official
from webvote.languages import current_language
from webvote.pages.forms import CouncilForm, EmptyForm, NominationForm
from webvote.pages.helpers import signed, today, told_on
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.use_cases.contest import create_council
from webvote.use_cases.nominations import Proposal, members_of, nominate, withdraw_nomination
from webvote.use_cases.seats import CouncilPicture, picture_council

blueprint = Blueprint("nominations", __name__, url_prefix="/official")


@blueprint.route("/councils/new", methods=["GET", "POST"])
@official
def new_council() -> ResponseReturnValue:
    """Begin a council without an election."""
    form = CouncilForm()
    language = current_language()
    form.mandate.choices = [(each, load_mandate(each).title.in_language(language)) for each in mandate_ids()]
    if form.validate_on_submit():
        with told_on(form.name) as told, services().store.writing() as work:
            council = create_council(work, signed(), mandate_id=form.mandate.data, name=form.name.data)
        if told.fine:
            flash(gettext("The council is created. Enter its members."), "success")
            return redirect(url_for("seats.page", slug=council.slug))
    return render_template("official/new_council.html", form=form)


@blueprint.route("/council/<slug>/nominations", methods=["GET", "POST"])
@official
def page(slug: str) -> ResponseReturnValue:
    """Enter whom a body proposed, and see what was entered."""
    with services().store.reading() as work:
        picture = picture_council(work, slug, today())
    groups = [each for each in picture.mandate.groups if each.route is Route.NOMINATION]
    if not groups:
        raise RefusedError("nomination-other-group")
    form = NominationForm()
    _offer_choices(form, picture)
    if request.method == "GET":
        form.nominated_on.data = today()
        form.nominated_by.data = groups[0].nominated_by.in_language("da") if groups[0].nominated_by else ""
    if form.validate_on_submit() and not _is_future(form):
        proposal = Proposal(
            group_id=form.group.data,
            nominated_by=form.nominated_by.data,
            women=form.women.data,
            men=form.men.data,
            appointed=tuple(form.appointed.data),
            nominated_on=form.nominated_on.data,
            reason=form.reason.data,
        )
        elsewhere = {"nomination-nobody": form.women, "nomination-too-few": form.women}
        with told_on(form.appointed, elsewhere) as told, services().store.writing() as work:
            nominate(work, signed(), slug, proposal)
        if told.fine:
            flash(gettext("The nomination is entered."), "success")
            return redirect(url_for("nominations.page", slug=slug))
    return render_template("official/nominations.html", picture=picture, form=form, empty=EmptyForm())


@blueprint.post("/council/<slug>/nominations/<int:number>/withdraw")
@official
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Take back a nomination that was entered by mistake."""
    if EmptyForm().validate_on_submit():
        with services().store.writing() as work:
            withdraw_nomination(work, signed(), slug, number)
        flash(gettext("The nomination is taken back."), "success")
    return redirect(url_for("nominations.page", slug=slug))


def _offer_choices(form: NominationForm, picture: CouncilPicture) -> None:
    nominated = [each for each in picture.mandate.groups if each.route is Route.NOMINATION]
    form.group.choices = [(each.id, each.title.in_language(current_language())) for each in nominated]
    people = [name for each in nominated for name in members_of(picture.council.appointments, each.id)]
    form.appointed.choices = [(name, name) for name in dict.fromkeys(people)]


def _is_future(form: NominationForm) -> bool:
    if form.nominated_on.data <= today():
        return False
    form.nominated_on.errors = [*form.nominated_on.errors, gettext("This day has not come yet.")]
    return True
