"""The officials' overview, a new election, the task list of one, and the log."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.mandate import Silence
from election.contest import is_one_contest
from webvote.access import official
from webvote.languages import current_language, day_text
from webvote.pages.forms import NewElectionForm, PlanForm
from webvote.pages.helpers import from_local, now, page_number, plan_fields, signed, to_local, told_on
from webvote.pages.tasks import describe
from webvote.services import services
from webvote.use_cases.contest import ElectionPlan, create_election
from webvote.use_cases.log import verify_log
from webvote.use_cases.tasks import next_task, tasks_of

blueprint = Blueprint("officials", __name__, url_prefix="/official")

LOG_PAGE = 200
NEW_COUNCIL = "new"


@blueprint.get("/")
@official
def home() -> ResponseReturnValue:
    """Every election and council, and what is next in each."""
    with services().store.reading() as work:
        elections = [(each, next_task(tasks_of(work, each))) for each in work.elections.all()]
        councils = work.councils.all()
    return render_template(
        "official/home.html",
        elections=[(each, describe(each, task) if task else None) for each, task in elections],
        councils=councils,
    )


@blueprint.route("/elections/new", methods=["GET", "POST"])
@official
def new_election() -> ResponseReturnValue:
    """Begin an election for the elected seats of a mandate."""
    form = NewElectionForm()
    form.seats.choices = _elected_groups()
    with services().store.reading() as work:
        councils = work.councils.all()
    form.council.choices = [(NEW_COUNCIL, gettext("A new council")), *((each.slug, each.name) for each in councils)]
    if request.method == "GET":
        _suggest(form)
    if form.validate_on_submit():
        mandate_id, _, group_id = form.seats.data.partition("/")
        council = form.council.data if form.council.data not in {None, "", NEW_COUNCIL} else None
        with told_on(form.name, plan_fields(form)) as told, services().store.writing() as work:
            election = create_election(
                work, signed(), plan_of(form), mandate_id=mandate_id, group_id=group_id, council_slug=council
            )
        if told.fine:
            flash(gettext("The election is created. Continue with the candidates."), "success")
            return redirect(url_for("officials.tasks", slug=election.slug))
    return render_template("official/new_election.html", form=form)


@blueprint.get("/e/<slug>/")
@official
def tasks(slug: str) -> ResponseReturnValue:
    """The task list of one election."""
    with services().store.reading() as work:
        election = work.elections.get(slug)
        listed = tasks_of(work, election)
        upcoming = next_task(listed)
        log = work.log.entries(number=20, subject=slug)
    return render_template(
        "official/tasks.html",
        election=election,
        tasks=[describe(election, task) for task in listed],
        upcoming=describe(election, upcoming) if upcoming else None,
        log=log,
    )


@blueprint.get("/log")
@official
def log() -> ResponseReturnValue:
    """What officials did, and whether the chain of it is whole."""
    with services().store.reading() as work:
        pages = -(-verify_log(work) // LOG_PAGE)
        page = page_number(pages)
        entries = work.log.entries(start=(page - 1) * LOG_PAGE, number=LOG_PAGE)
    return render_template("official/log.html", entries=entries, page=page, more=page < pages)


def plan_of(form: PlanForm) -> ElectionPlan:
    """What the form says, in values."""
    return ElectionPlan(
        name=form.name.data,
        description=form.description.data or "",
        question=form.question.data,
        max_marks=form.max_marks.data,
        blank_allowed=form.blank_allowed.data,
        opens_at=from_local(form.opens_at.data),
        closes_at=from_local(form.closes_at.data),
    )


def _elected_groups() -> list[tuple[str, str]]:
    language = current_language()
    found = []
    for mandate_id in mandate_ids():
        mandate = load_mandate(mandate_id)
        for group in mandate.groups:
            if is_one_contest(group):
                title = f"{mandate.body.in_language(language)}: {group.title.in_language(language)}"
                places = gettext(
                    "%(seats)s seats, %(alternates)s alternates", seats=group.seats, alternates=group.alternates.number
                )
                adopted = "" if isinstance(mandate.adopted, Silence) else f", {day_text(mandate.adopted)}"
                found.append((f"{mandate.id}/{group.id}", f"{title} ({places}{adopted})"))
    return found


def _suggest(form: NewElectionForm) -> None:
    """What is usual, so that only the name has to be typed."""
    start = to_local(now()).replace(minute=0, second=0) + timedelta(days=7)
    form.opens_at.data, form.closes_at.data = start, start + timedelta(minutes=90)
    form.max_marks.data, form.blank_allowed.data = 1, True
    form.question.data = gettext("Whom do you choose?")
