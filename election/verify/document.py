"""The report of a verification for other programs: JSON with a schema (``docs/verification.schema.json``)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from election.counting.documents import schema_of
from election.errors import ElectionError, VerificationError
from election.opened import QuestionCounts, RankedVotes, rankings_of
from election.questions import Question
from election.trustees import trustee_keys
from election.verify.record import VerifiedRecord
from election.verify.report import Report, StepState
from election.verify.steps import Step

FORMAT: Final = 1
NOT_PROVED: Final = ("not-proved-cards", "not-proved-phone", "not-proved-trustees", "not-proved-same")
"""What no record proves, whatever it holds; codes with a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEntry:
    """A step; ``number`` and ``name`` are those of ``docs/verifying.md``."""

    number: int
    name: str
    state: StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultEntry:
    """A fault: in which step, at which event (``null`` where it is of no event), which and why."""

    step: str
    event: int | None
    code: str
    params: Mapping[str, str]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionEntry:
    """The election of the record, and how far the record has come."""

    uuid: str
    name: str
    fingerprint: str
    events: int
    head: str
    trustees: int
    credentials: int
    ballots: int
    voters: int
    opened: int | None
    """ballots on the list of what was opened, none of which was cast; ``null`` where no list was looked at"""
    counted: int | None
    shares: tuple[int, ...]
    left_aside: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceEntry:
    """What could be chosen, and how many votes it has; ``blank`` has no name."""

    name: str
    blank: bool
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingEntry:
    """A ranking, the first preference first, and how many votes say it; nobody ranked is a blank vote."""

    candidates: tuple[str, ...]
    valid: bool
    """whether the ranks were 1, 2, 3 and so on, each once, and the vote held nothing else"""
    ranks: tuple[int, ...]
    """as they were given, for each candidate in the order of the ballot"""
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEntry:
    """A question and its counts."""

    question: str
    choices: tuple[ChoiceEntry, ...]
    """nothing where candidates are ranked"""
    rankings: tuple[RankingEntry, ...]
    """nothing where they are marked"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationDocument:
    """Everything that a verification found."""

    format: int
    holds: bool
    steps: tuple[StepEntry, ...]
    faults: tuple[FaultEntry, ...]
    election: ElectionEntry | None
    result: tuple[QuestionEntry, ...]
    not_proved: tuple[str, ...]


def verification_document(report: Report) -> VerificationDocument:
    """The document of a report."""
    record = report.record
    return VerificationDocument(
        format=FORMAT,
        holds=report.holds,
        steps=tuple(
            StepEntry(number=number, name=name_of(each.step), state=each.state)
            for number, each in enumerate(report.steps, start=1)
        ),
        faults=tuple(_fault(fault) for fault in report.faults),
        election=None if record is None else _election(record),
        result=() if record is None else result_of(record),
        not_proved=NOT_PROVED,
    )


def verification_json(document: VerificationDocument) -> bytes:
    """The document as JSON, its fields in the order of the schema."""
    return (json.dumps(asdict(document), ensure_ascii=True, indent=1) + "\n").encode()


def verification_schema() -> dict[str, Any]:
    """The JSON Schema of the document."""
    schema = schema_of(VerificationDocument)
    schema["properties"]["format"] = {"const": FORMAT}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Rådsvalg: verification of a record"}
    return head | schema


def name_of(step: Step | str) -> str:
    """The name of a step without its number."""
    return step.partition(" ")[2]


def result_of(record: VerifiedRecord) -> tuple[QuestionEntry, ...]:
    """The counts of each question with the names of what was counted; nothing before there is a result."""
    opened = zip(record.definition.questions, record.counts or (), strict=record.counts is not None)
    return tuple(
        QuestionEntry(
            question=question.question, choices=_choices(question, counts), rankings=_rankings(question, counts)
        )
        for question, counts in opened
    )


def _choices(question: Question, counts: QuestionCounts) -> tuple[ChoiceEntry, ...]:
    if isinstance(counts, RankedVotes):
        return ()
    names = [("", True)] * bool(question.blank) + [(answer, False) for answer in question.answers]
    return tuple(
        ChoiceEntry(name=name, blank=blank, votes=votes) for (name, blank), votes in zip(names, counts, strict=True)
    )


def _rankings(question: Question, counts: QuestionCounts) -> tuple[RankingEntry, ...]:
    """The most frequent first."""
    if not isinstance(counts, RankedVotes):
        return ()
    said = Counter(zip(counts.numbers, rankings_of(counts), strict=True))
    found = sorted(said.items(), key=lambda each: (-each[1], each[0][0], each[0][1] is None))
    return tuple(
        RankingEntry(
            candidates=tuple(question.answers[place] for place in ranking or ()),
            valid=ranking is not None,
            ranks=ranks,
            votes=votes,
        )
        for (ranks, ranking), votes in found
    )


def _fault(fault: VerificationError) -> FaultEntry:
    cause: ElectionError = fault.cause
    return FaultEntry(
        step=name_of(fault.name),
        event=fault.event,
        code=cause.code,
        params={name: str(value) for name, value in cause.params.items()},
        sentence=str(cause),
    )


def _election(record: VerifiedRecord) -> ElectionEntry:
    definition = record.definition
    return ElectionEntry(
        uuid=definition.uuid,
        name=definition.name,
        fingerprint=definition.fingerprint,
        events=record.head.height + 1,
        head=record.head.event,
        trustees=len(trustee_keys(record.trustees)),
        credentials=len(record.weights),
        ballots=record.ballots,
        voters=record.voters,
        opened=record.opened,
        counted=None if record.tally is None else record.tally.num_tallied,
        shares=tuple(sorted(record.shares)),
        left_aside=tuple(sorted(record.left_aside)),
    )
