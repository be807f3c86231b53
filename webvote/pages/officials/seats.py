"""People who are appointed to a council without an election."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from composition_rules.mandate import Role
from webvote.access import official
from webvote.languages import current_language
from webvote.pages.forms import AppointForm, EmptyForm
from webvote.pages.helpers import signed, today, told_on
from webvote.services import services
from webvote.use_cases.seats import CouncilPicture, appoint, is_entered, picture_council, withdraw_appointment

blueprint = Blueprint("seats", __name__, url_prefix="/official/council/<slug>")


@blueprint.route("/", methods=["GET", "POST"])
@official
def page(slug: str) -> ResponseReturnValue:
    """Enter who was appointed, and see what the council still lacks."""
    form = AppointForm()
    picture = _picture(slug)
    _offer_choices(form, picture)
    if request.method == "GET":
        form.since.data = today()
    if form.validate_on_submit():
        group_id, role, seat = form.place.data.split("/")
        with told_on(form.place) as told, services().store.writing() as work:
            appoint(
                work,
                signed(),
                slug,
                group_id=group_id,
                role=Role(role),
                seat=int(seat),
                person=form.person.data,
                properties=form.properties.data or (),
                decision=form.decision.data,
                since=form.since.data,
            )
        if told.fine:
            flash(gettext("%(person)s is entered.", person=form.person.data), "success")
            return redirect(url_for("seats.page", slug=slug))
    return render_template("official/seats.html", picture=picture, form=form, empty=EmptyForm())


@blueprint.post("/appointments/<int:number>/withdraw")
@official
def withdraw(slug: str, number: int) -> ResponseReturnValue:
    """Take back an entry that was made by mistake."""
    if EmptyForm().validate_on_submit():
        with services().store.writing() as work:
            withdraw_appointment(work, signed(), slug, number)
    return redirect(url_for("seats.page", slug=slug))


def _picture(slug: str) -> CouncilPicture:
    with services().store.reading() as work:
        return picture_council(work, slug, today())


def _offer_choices(form: AppointForm, picture: CouncilPicture) -> None:
    language = current_language()
    words = {Role.MEMBER: gettext("member"), Role.ALTERNATE: gettext("alternate")}
    form.place.choices = [
        (
            f"{row.group.id}/{seat.role}/{seat.number}",
            f"{row.group.title.in_language(language)}: {words[seat.role]} {seat.number}",
        )
        for row in picture.rows
        for seat in (*row.members, *row.alternates)
        if is_entered(row.group, seat.role) and seat.state == "vacant" and seat.appointment_id is None
    ]
    form.properties.choices = sorted(
        (word, title.in_language(language)) for word, title in picture.mandate.properties().items()
    )
