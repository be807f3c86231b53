"""What several pages need: who signs, refusals beside a field, local time, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime

from flask import Response, request
from flask_babel import to_user_timezone, to_utc
from wtforms import Field

from composition_rules.errors import CompositionError
from election.errors import ElectionError, RecordError, RollFileError
from election.record.canonical import Json, load_json
from webvote.access import signed_in
from webvote.messages import explain
from webvote.pages.forms import PlanForm
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.use_cases.log import Signed

NOT_FOUND = 404


def now() -> datetime:
    """The present moment."""
    return services().clock.now()


def today() -> date:
    """The present day where the municipality is."""
    return to_user_timezone(now()).date()


def signed() -> Signed:
    """The signed-in official, at this moment."""
    official = signed_in()
    if official is None:
        raise RefusedError("log-in-wrong", status=403)
    return Signed(by=official.name, at=now())


def from_local(moment: datetime) -> datetime:
    """A local time, as typed into a form, in UTC."""
    return to_utc(moment).replace(tzinfo=now().tzinfo)


def to_local(moment: datetime) -> datetime:
    """A moment as a form shows it: in local time."""
    return to_user_timezone(moment).replace(tzinfo=None)


def outside_address(path: str) -> str:
    """A full address for paper and messages, as people reach it from outside."""
    return services().settings.base_url + path


def json_body(*names: str) -> dict[str, Json]:
    """The request as a JSON object that has these fields.

    Raises:
        RefusedError: It is something else.
    """
    try:
        message = load_json(request.get_data(cache=False))
    except RecordError as error:
        raise RefusedError("not-json", status=400) from error
    if not isinstance(message, dict) or any(name not in message for name in names):
        raise RefusedError("not-json", status=400)
    return message


def growing_file(pieces: Iterator[bytes], name: str, size: int, mimetype: str) -> Response:
    """A public file as it is now; the next who asks gets what was added since."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(size),
        "Cache-Control": "no-cache",
    }
    return Response(pieces, mimetype=mimetype, headers=headers)


def page_number(pages: int) -> int:
    """Which of ``pages`` pages is asked for; the nearest when there is no such page."""
    return max(1, min(request.args.get("page", 1, type=int), pages))


class Told:
    """Whether the block went well."""

    fine = True


@contextmanager
def told_on(field: Field, elsewhere: Mapping[str, Field] | None = None) -> Iterator[Told]:
    """Show a refusal beside the field that caused it, so that the form keeps what was typed.

    ``elsewhere`` names the field of each code that does not belong to ``field``.
    """
    told = Told()
    try:
        yield told
    except (RefusedError, ElectionError, CompositionError) as error:
        if isinstance(error, RefusedError) and error.status == NOT_FOUND:
            raise
        told.fine = False
        blamed = (elsewhere or {}).get(error.code, field)
        blamed.errors = [*blamed.errors, *faults_of(error)]


def plan_fields(form: PlanForm) -> dict[str, Field]:
    """Which field of an election's plan each refusal is about."""
    return {"closes-before-it-opens": form.closes_at, "too-few-marks": form.max_marks}


def faults_of(error: RefusedError | ElectionError | CompositionError) -> list[str]:
    """Every fault in words; a file of electors brings all of its faults at once."""
    if isinstance(error, RollFileError):
        return [explain(error), *(explain(fault) for fault in error.faults)]
    return [explain(error)]
