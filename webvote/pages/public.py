"""What anybody may see: elections, results, the ballot box and the record."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from election.counting.lots import LotsRequired
from election.counting.outcome import Completed
from election.counting.show import step_sentence
from election.record.marks import mark_of
from webvote.access import changes_nothing, json_endpoint, public
from webvote.messages import translated
from webvote.pages.forms import FindBallotForm
from webvote.pages.helpers import growing_file, page_number, today
from webvote.pages.lots import ShownLot, shown_lots
from webvote.phases import Phase
from webvote.refusals import RefusedError
from webvote.services import services
from webvote.store.models import Election
from webvote.use_cases.contest import mandate_of
from webvote.use_cases.definition import definition_of
from webvote.use_cases.record import archive_size, head_of, stream_archive
from webvote.use_cases.result import ElectionResult, result_of
from webvote.use_cases.seats import picture_council
from webvote.use_cases.trustees import holders

blueprint = Blueprint("public", __name__)

BALLOTS_A_PAGE = 100


@blueprint.get("/")
@public
def front() -> ResponseReturnValue:
    """The councils and the elections: now, coming, past."""
    with services().store.reading() as work:
        elections = [each for each in work.elections.all() if each.phase is not Phase.PREPARING]
        councils = [picture_council(work, each.slug, today()) for each in work.councils.all()]
    return render_template(
        "public/front.html",
        running=[each for each in elections if each.phase is Phase.OPEN],
        coming=[each for each in elections if each.phase is Phase.SEALED],
        past=[each for each in elections if each.phase.has_reached(Phase.CLOSED)],
        councils=councils,
    )


@blueprint.get("/e/<slug>")
@public
def election(slug: str) -> ResponseReturnValue:
    """One election: candidates, dates, how to vote."""
    found = _published(slug)
    return render_template(
        "public/election.html",
        election=found,
        group=mandate_of(found).group(found.group_id),
        holders=holders(found),
        has_result=found.phase.has_reached(Phase.COUNTED),
    )


@blueprint.route("/e/<slug>/box", methods=["GET", "POST"])
@public
@changes_nothing
def box(slug: str) -> ResponseReturnValue:
    """The ballot box: how many ballots, their marks, and where mine is."""
    form = FindBallotForm()
    asked = "".join((form.tracker.data or "").split()) if form.validate_on_submit() else ""
    with services().store.reading() as work:
        found = work.elections.get(slug)
        require_record(found)
        pages = max(1, -(-found.ballots_number // BALLOTS_A_PAGE))
        page = page_number(pages)
        ballots = work.records.ballots(found, start=(page - 1) * BALLOTS_A_PAGE, number=BALLOTS_A_PAGE)
        mine = work.records.find_ballot(found, asked) if asked else None
        later = work.records.later_ballot(mine) if mine is not None else None
    return render_template(
        "public/box.html",
        election=found,
        ballots=ballots,
        form=form,
        asked=asked,
        mine=mine,
        later=later,
        page=page,
        pages=pages,
        record_mark=mark_of(head_of(found)),
    )


@blueprint.get("/e/<slug>/record.bel")
@public
def record(slug: str) -> ResponseReturnValue:
    """The whole public record as an archive."""
    with services().store.reading() as work:
        found = work.elections.get(slug)
        require_record(found)
        last = work.records.length(found)
        size = archive_size(work, found, last)
    pieces = stream_archive(services().store, found, last)
    return growing_file(pieces, f"{found.uuid}.bel", size, "application/octet-stream")


@blueprint.get("/e/<slug>/election.json")
@public
@json_endpoint
def definition(slug: str) -> ResponseReturnValue:
    """The exact bytes of the published election."""
    found = _published(slug)
    return Response(definition_of(found).content, mimetype="application/json")


@blueprint.get("/e/<slug>/result")
@public
def result(slug: str) -> ResponseReturnValue:
    """The result in bars and in a table."""
    found, counted = _result(slug)
    votes = list(zip(counted.contest.candidates, counted.counts.votes, strict=True))
    return render_template(
        "public/result.html",
        election=found,
        group=mandate_of(found).group(found.group_id),
        result=counted,
        votes=sorted(votes, key=lambda each: -each[1]),
        most=max(1, counted.counts.blank, *counted.counts.votes),
        names=_names(counted),
        completed=counted.outcome if isinstance(counted.outcome, Completed) else None,
        lots_required=counted.outcome if isinstance(counted.outcome, LotsRequired) else None,
        lots=shown_lots(found, counted),
        trail=_sentences(counted),
        record_mark=mark_of(head_of(found)),
        holders=holders(found),
    )


@blueprint.get("/e/<slug>/result.json")
@public
@json_endpoint
def result_data(slug: str) -> ResponseReturnValue:
    """The result as data."""
    found, counted = _result(slug)
    outcome = counted.outcome
    return jsonify(
        election=found.uuid,
        state=found.phase.value,
        ballots=found.ballots_number,
        voters=found.voters_number,
        blank=counted.counts.blank,
        votes=[
            {"id": each.id, "candidate": each.name, "votes": votes}
            for each, votes in zip(counted.contest.candidates, counted.counts.votes, strict=True)
        ],
        gone=[{"candidate": _names(counted)[each.candidate], "why": each.why.value} for each in counted.gone],
        lots=[_lot_data(each, counted) for each in shown_lots(found, counted)],
        **_outcome_data(counted, outcome),
    )


def _outcome_data(counted: ElectionResult, outcome: Completed | LotsRequired) -> dict[str, object]:
    names = _names(counted)
    if isinstance(outcome, LotsRequired):
        return {"lot_required": {"between": [names[each] for each in outcome.tied], "places": outcome.to_choose}}
    return {
        "elected": [names[each.candidate] for each in outcome.elected],
        "alternates": [names[each.candidate] for each in outcome.alternates],
    }


def _lot_data(shown: ShownLot, counted: ElectionResult) -> dict[str, object]:
    """A lot, and with a seed everything that is needed to compute it again."""
    names, lot = _names(counted), shown.lot
    return {
        "order": [names[each] for each in lot.order],
        "ids": lot.order,
        "place": lot.boundary.value,
        "at": lot.at,
        "method": lot.method,
        "drawn_at": lot.drawn_at.isoformat(),
        "state": shown.state.value,
        "seed": lot.seed,
        "hashes": [{"line": each.line, "sha256": each.hash} for each in shown.drawn],
    }


def _names(counted: ElectionResult) -> dict[str, str]:
    return {each.id: each.name for each in counted.contest.candidates}


def _sentences(counted: ElectionResult) -> list[str]:
    """How the seats were decided, step by step."""
    if isinstance(counted.outcome, LotsRequired):
        return []
    return [step_sentence(step, _names(counted), translated) for step in counted.outcome.trail]


def _published(slug: str) -> Election:
    with services().store.reading() as work:
        found = work.elections.get(slug)
    require_record(found)
    return found


def require_record(found: Election) -> None:
    """Refuse to show anything of an election before it is sealed.

    Raises:
        RefusedError: It has no record yet.
    """
    if found.phase is Phase.PREPARING:
        raise RefusedError("no-record-yet", status=404)


def _result(slug: str) -> tuple[Election, ElectionResult]:
    found = _published(slug)
    counted = result_of(found)
    if counted is None:
        raise RefusedError("no-result-yet", status=404)
    return found, counted
