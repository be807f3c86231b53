"""Between the count and the certification: a lot from a seed, lots that are taken back, candidates who are gone."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from election.counting.lots import LotsRequired
from election.counting.outcome import WhyGone
from webvote.access import official
from webvote.pages.forms import EmptyForm, GoneForm, SeedForm
from webvote.pages.helpers import signed, told_on
from webvote.pages.lots import LotState, shown_lots
from webvote.pages.words import GONE
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.store.models import Election
from webvote.use_cases.gone import record_gone, take_back_gone
from webvote.use_cases.result import ElectionResult, lot_needed, record_seeded_lot, result_of, take_back_lot

blueprint = Blueprint("settling", __name__, url_prefix="/official/e/<slug>")


@blueprint.route("/lot/seed", methods=["GET", "POST"])
@official
def seed_page(slug: str) -> ResponseReturnValue:
    """Compute the lot from a seed that was published."""
    election = _election(slug)
    needed = lot_needed(election)
    form = SeedForm()
    if form.validate_on_submit():
        with told_on(form.seed) as told, services().store.writing() as work:
            record_seeded_lot(work, signed(), slug, seed=form.seed.data, source=form.source.data)
        if told.fine:
            flash(gettext("The lot is computed and recorded."), "success")
            return redirect(url_for("deciding.lot", slug=slug))
    return render_template(
        "official/seed.html",
        election=election,
        form=form,
        needed=needed,
        names={each.key: each.name for each in election.candidates},
    )


@blueprint.post("/lots/<int:number>/take-back")
@official
def take_back(slug: str, number: int) -> ResponseReturnValue:
    """Take back a lot that was recorded by mistake."""
    if EmptyForm().validate_on_submit():
        with services().store.writing() as work:
            take_back_lot(work, signed(), slug, number)
        flash(gettext("The lot is taken back. It stays on the page of the result, marked so."), "success")
    return redirect(url_for("deciding.lot", slug=slug))


@blueprint.route("/gone", methods=["GET", "POST"])
@official
def gone_page(slug: str) -> ResponseReturnValue:
    """Record who takes no place, and see what follows."""
    election = _election(slug)
    counted = result_of(election)
    if counted is None:
        raise RefusedError("leave-too-early")
    form = GoneForm()
    away = {each.candidate for each in counted.gone}
    # Nothing stands there to begin with: a death is not recorded by a form sent too early.
    standing = [(each.key, each.name) for each in election.candidates if each.key not in away]
    form.candidate.choices = [("", "–"), *standing]
    form.why.choices = [("", "–"), *((why.value, str(words)) for why, words in GONE.items())]
    if form.validate_on_submit():
        with told_on(form.candidate) as told, services().store.writing() as work:
            after = record_gone(
                work,
                signed(),
                slug,
                candidate=form.candidate.data,
                why=WhyGone(form.why.data),
                decision=form.decision.data,
            )
        if told.fine:
            flash(gettext("It is recorded, and the result is computed anew."), "success")
            _tell_of_lots(election, counted, after)
            return redirect(url_for("settling.gone_page", slug=slug))
    return render_template(
        "official/gone.html",
        election=election,
        form=form,
        empty=EmptyForm(),
        result=counted,
        names={each.key: each.name for each in election.candidates},
        lots_required=isinstance(counted.outcome, LotsRequired),
        set_aside=[each for each in shown_lots(election, counted) if each.state is LotState.SET_ASIDE],
    )


@blueprint.post("/gone/<key>/take-back")
@official
def back_again(slug: str, key: str) -> ResponseReturnValue:
    """Take back that a candidate is gone."""
    if EmptyForm().validate_on_submit():
        election = _election(slug)
        before = result_of(election)
        with services().store.writing() as work:
            after = take_back_gone(work, signed(), slug, key)
        flash(gettext("It is taken back, and the result is computed anew."), "success")
        if before is not None:
            _tell_of_lots(election, before, after)
    return redirect(url_for("settling.gone_page", slug=slug))


def _tell_of_lots(election: Election, before: ElectionResult, after: ElectionResult) -> None:
    """Say of each lot that it counts no more, or again: nothing that was drawn is lost silently."""
    names = {each.key: each.name for each in election.candidates}
    for lot in (*before.lots, *before.set_aside):
        people = ", ".join(names[each] for each in lot.order)
        if lot in before.lots and lot in after.set_aside:
            flash(gettext("This lot is set aside, for that tie is not there now: %(people)s.", people=people), "info")
        elif lot in before.set_aside and lot in after.lots:
            flash(gettext("This lot counts again: %(people)s.", people=people), "info")
    if isinstance(after.outcome, LotsRequired) and not isinstance(before.outcome, LotsRequired):
        flash(gettext("Now a lot must be drawn."), "info")


def _election(slug: str) -> Election:
    with services().store.reading() as work:
        return work.elections.get(slug)
