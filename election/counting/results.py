"""The result of a count for other programs: JSON with a schema (``docs/result.schema.json``), and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from election.counting.documents import amount_text, schema_of, to_json
from election.counting.figures import Figures, IssuedPapers, ProtocolFigures
from election.counting.lots import LotsRequired
from election.counting.outcome import Completed, WhyGone
from election.counting.tables import csv_bytes
from election.ids import CandidateId

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCandidate:
    """A candidate, and the name on the ballot."""

    id: CandidateId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneCandidate:
    """A candidate who takes no place, and why."""

    id: CandidateId
    why: WhyGone


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFigures:
    """The figures of one channel, or of ``all``; ``issued`` where the sheets say what became of printed papers."""

    channel: str
    papers: int
    valid: int
    blank: int
    invalid: Mapping[str, int]
    issued: IssuedPapers | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDocument:
    """Everything that is published of a count."""

    format: int
    title: str
    rule: str
    seats: int
    candidates: tuple[NamedCandidate, ...]
    gone: tuple[GoneCandidate, ...]
    figures: tuple[PaperFigures, ...]
    completed: Completed | None
    lot_required: LotsRequired | None


def result_document(
    outcome: Completed | LotsRequired,
    *,
    title: str,
    rule: str,
    seats: int,
    names: Mapping[CandidateId, str],
    gone: Mapping[CandidateId, WhyGone] | None = None,
    figures: ProtocolFigures | None = None,
) -> ResultDocument:
    """The document of an outcome: either ``completed`` or ``lot_required`` is there."""
    return ResultDocument(
        format=FORMAT,
        title=title,
        rule=rule,
        seats=seats,
        candidates=tuple(NamedCandidate(id=each, name=name) for each, name in names.items()),
        gone=tuple(GoneCandidate(id=each, why=why) for each, why in (gone or {}).items()),
        figures=() if figures is None else protocol_rows(figures),
        completed=outcome if isinstance(outcome, Completed) else None,
        lot_required=outcome if isinstance(outcome, LotsRequired) else None,
    )


def protocol_rows(figures: ProtocolFigures) -> tuple[PaperFigures, ...]:
    """The figures of each channel, and of all together."""
    channels = tuple(_row(channel, each) for channel, each in figures.per_channel.items())
    return (*channels, _row("all", figures.overall))


def result_json(document: ResultDocument) -> bytes:
    """The document as JSON in plain ASCII, its fields in the order of the schema."""
    return (json.dumps(to_json(document), indent=1) + "\n").encode()


def result_schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    schema = schema_of(ResultDocument)
    schema["properties"]["format"] = {"const": FORMAT}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Rådsvalg: result of a count"}
    return head | schema


def result_csv(completed: Completed, names: Mapping[CandidateId, str], figures: ProtocolFigures) -> bytes:
    """One row for each candidate: the place, the number among those with such a place, id, name, votes, by lot.

    Then one for each figure of each channel and of ``all``: ``figure``, nothing, the channel, the figure's name as on a
    count sheet, how many papers, nothing.
    """
    rows: list[Sequence[str | int]] = [("place", "number", "id", "name", "votes", "by_lot")]
    groups = (("elected", completed.elected), ("alternate", completed.alternates), ("other", completed.others))
    for word, places in groups:
        for number, each in enumerate(places, start=1):
            votes = amount_text(each.votes)
            rows.append((word, number, each.candidate, names[each.candidate], votes, "yes" if each.by_lot else "no"))
    for row in protocol_rows(figures):
        rows += [("figure", "", row.channel, name, number, "") for name, number in _named(row)]
    return csv_bytes(rows)


def _row(channel: str, figures: Figures) -> PaperFigures:
    return PaperFigures(
        channel=channel,
        papers=figures.papers,
        valid=figures.valid,
        blank=figures.blank,
        invalid={reason.value: number for reason, number in figures.invalid.items()},
        issued=figures.issued,
    )


def _named(row: PaperFigures) -> Iterator[tuple[str, int]]:
    """Each figure of a channel by its name."""
    yield from (("valid", row.valid), ("blank", row.blank))
    yield from ((f"invalid {reason}", number) for reason, number in row.invalid.items())
    yield "papers", row.papers
    if row.issued is not None:
        yield from ((each.name, getattr(row.issued, each.name)) for each in fields(row.issued))
