"""After the count: the lot, the election board's certification, the municipal council's confirmation."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from election.counting.lots import LotsRequired
from webvote.access import official
from webvote.languages import day_text
from webvote.pages.forms import CertifyForm, ConfirmForm, EmptyForm, LotForm
from webvote.pages.helpers import from_local, now, signed, to_local, today, told_on
from webvote.pages.lots import shown_lots
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.store.models import Election
from webvote.use_cases.result import certify, record_lot, result_of
from webvote.use_cases.seats import confirm, picture_council

blueprint = Blueprint("deciding", __name__, url_prefix="/official/e/<slug>")


@blueprint.route("/lot", methods=["GET", "POST"])
@official
def lot(slug: str) -> ResponseReturnValue:
    """Record the lot that was drawn between tied candidates; see the lots that were recorded."""
    election = _election(slug)
    counted = result_of(election)
    if counted is None:
        raise RefusedError("draw-too-early")
    needed = counted.outcome if isinstance(counted.outcome, LotsRequired) else None
    form = _lot_form(election, needed)
    if form.validate_on_submit():
        with told_on(form.order) as told, services().store.writing() as work:
            record_lot(
                work,
                signed(),
                slug,
                order=[field.data for field in form.order],
                method=form.method.data,
                drawn_by=form.drawn_by.data,
                witnesses=[line.strip() for line in form.witnesses.data.splitlines() if line.strip()],
                drawn_at=from_local(form.drawn_at.data),
            )
        if told.fine:
            flash(gettext("The lot is recorded."), "success")
            return redirect(url_for("officials.tasks", slug=slug))
    return render_template(
        "official/lot.html",
        election=election,
        form=form,
        needed=needed,
        names={each.key: each.name for each in election.candidates},
        lots=shown_lots(election, counted),
        empty=EmptyForm(),
    )


@blueprint.route("/certify", methods=["GET", "POST"])
@official
def certify_page(slug: str) -> ResponseReturnValue:
    """The election board certifies the result."""
    form = CertifyForm()
    election = _election(slug)
    counted = result_of(election)
    if request.method == "GET":
        form.decided_on.data = today()
    if form.validate_on_submit() and not _is_future(form) and not _is_before_count(form, election):
        with told_on(form.decided_on) as told, services().store.writing() as work:
            certify(
                work,
                signed(),
                slug,
                decided_on=form.decided_on.data,
                meeting=form.meeting.data,
                remarks=form.remarks.data or "",
            )
        if told.fine:
            flash(gettext("The result is certified. The municipal council decides next."), "success")
            return redirect(url_for("officials.tasks", slug=slug))
    lot_needed = counted is not None and isinstance(counted.outcome, LotsRequired)
    return render_template("official/certify.html", election=election, form=form, lot_needed=lot_needed)


@blueprint.route("/confirm", methods=["GET", "POST"])
@official
def confirm_page(slug: str) -> ResponseReturnValue:
    """Enter the municipal council's decision."""
    form = ConfirmForm()
    if request.method == "GET":
        form.decided_on.data = today()
    if form.validate_on_submit() and not _is_future(form):
        with told_on(form.decided_on) as told, services().store.writing() as work:
            confirm(
                work,
                signed(),
                slug,
                decided_on=form.decided_on.data,
                meeting=form.meeting.data,
                decision=form.decision.data,
            )
        if told.fine:
            flash(gettext("The confirmation is recorded. The elected members are seated."), "success")
            return redirect(url_for("officials.tasks", slug=slug))
    with services().store.reading() as work:
        election = work.elections.get(slug)
        picture = picture_council(work, election.council.slug, today())
    return render_template("official/confirm.html", election=election, form=form, picture=picture)


def _lot_form(election: Election, needed: LotsRequired | None) -> LotForm:
    names = {each.key: each.name for each in election.candidates}
    tied = needed.tied if needed is not None else ()
    form = LotForm()
    while len(form.order) < len(tied):
        form.order.append_entry()
    for field in form.order:
        field.choices = [("", "–"), *((each, names[each]) for each in tied)]
    if request.method == "GET":
        form.drawn_at.data = to_local(now())
    return form


def _is_future(form: CertifyForm | ConfirmForm) -> bool:
    if form.decided_on.data <= today():
        return False
    form.decided_on.errors = [*form.decided_on.errors, gettext("This day has not come yet.")]
    return True


def _is_before_count(form: CertifyForm, election: Election) -> bool:
    counted = election.milestone("counted")
    if counted is None or form.decided_on.data >= to_local(counted.at).date():
        return False
    day = day_text(to_local(counted.at).date())
    error = gettext("The votes were counted on %(day)s. Write that day or a later one.", day=day)
    form.decided_on.errors = [*form.decided_on.errors, error]
    return True


def _election(slug: str) -> Election:
    with services().store.reading() as work:
        return work.elections.get(slug)
