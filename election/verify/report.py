"""What an audit found, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from election.errors import VerificationError
from election.verify.record import VerifiedRecord
from election.verify.steps import Step


class StepState(StrEnum):
    """What is known of a step."""

    HOLDS = "holds"
    FAULTY = "faulty"
    NOT_REACHED = "not-reached"
    """the record has not come so far"""
    NOT_NEEDED = "not-needed"
    """the election asks no question that calls for it"""
    NOT_CHECKED = "not-checked"
    """an earlier fault took away what it would be checked against"""


@dataclass(frozen=True, slots=True)
class StepReport:
    """One step and what is known of it."""

    step: Step
    state: StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Every step, every fault in the order in which it was found, and what was read."""

    steps: tuple[StepReport, ...]
    faults: tuple[VerificationError, ...]
    record: VerifiedRecord | None
    """nothing where the first event could not be used"""

    @property
    def holds(self) -> bool:
        """Whether no fault was found."""
        return not self.faults


def reported(record: VerifiedRecord | None, faults: Sequence[VerificationError]) -> Report:
    """The report of an audit."""
    faulty = {fault.name for fault in faults}
    return Report(
        steps=tuple(StepReport(step, _state(step, record, faulty)) for step in Step),
        faults=tuple(faults),
        record=record,
    )


def _state(step: Step, record: VerifiedRecord | None, faulty: set[str]) -> StepState:
    if step in faulty:
        return StepState.FAULTY
    if step in (Step.ARCHIVE, Step.CHAIN):
        return StepState.HOLDS
    if record is None:
        return StepState.NOT_CHECKED
    if step is Step.SHUFFLES and not record.definition.has_ranked:
        return StepState.NOT_NEEDED
    reached = {
        Step.TALLY: record.tally is not None,
        Step.SHUFFLES: bool(record.shuffled_by),
        Step.DECRYPTIONS: bool(record.shares),
        Step.RESULT: record.counts is not None,
    }
    if reached.get(step, True):
        return StepState.HOLDS
    return StepState.NOT_CHECKED if faulty else StepState.NOT_REACHED
