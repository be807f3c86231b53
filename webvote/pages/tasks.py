"""The lines of the task list in words, each with the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import lazy_gettext as _

from webvote.messages import translated
from webvote.store.models import Election
from webvote.use_cases.tasks import Task, TaskState

# key: (heading, what is done, endpoint)
LINES = {
    "plan": (_("Prepare"), _("Name, question and times"), "preparing.plan"),
    "candidates": (_("Candidates"), _("Enter the candidates"), "preparing.candidates"),
    "electors": (_("Electors"), _("Say who may vote"), "preparing.electors"),
    "trustees": (_("Keys and cards"), _("Name the trustees and get their keys"), "keys.trustees"),
    "cards": (_("Keys and cards"), _("Make the cards"), "keys.cards"),
    "rehearse": (_("Keys and cards"), _("The trustees test their keys"), "keys.trustees"),
    "seal": (_("Keys and cards"), _("Seal the election"), "keys.seal_page"),
    "open": (_("Vote"), _("Open the election"), "voting.open_page"),
    "close": (_("Vote"), _("Close the election"), "voting.close_page"),
    "decrypt": (_("Count"), _("The trustees use their keys"), "keys.trustees"),
    "count": (_("Count"), _("Count the votes"), "voting.count_page"),
    "lot": (_("Count"), _("Draw and record the lot"), "deciding.lot"),
    "gone": (_("Count"), _("Record who withdrew, died, is not eligible or declines"), "settling.gone_page"),
    "certify": (_("Certify"), _("Certify the result"), "deciding.certify_page"),
    "confirm": (_("After"), _("Enter the municipal council's confirmation"), "deciding.confirm_page"),
}
STATES = {TaskState.DONE: _("Done"), TaskState.READY: _("Ready"), TaskState.WAITING: _("Waiting")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the list, ready to be shown."""

    key: str
    heading: str
    title: str
    address: str
    state: TaskState
    state_text: str
    note: str
    at: datetime | None
    by: str


def describe(election: Election, task: Task) -> Line:
    """A task in words."""
    heading, title, endpoint = LINES[task.key]
    return Line(
        key=task.key,
        heading=str(heading),
        title=str(title),
        address=url_for(endpoint, slug=election.slug),
        state=task.state,
        state_text=str(STATES[task.state]),
        note=translated(task.note, dict(task.params)) if task.note else "",
        at=task.at,
        by=task.by,
    )
