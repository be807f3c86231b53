"""What an election asks: to mark candidates, or to rank them (specification 4.9).

Marks are added up while they are encrypted (homomorphic questions); the answers to a ranked question are shuffled and
then opened one by one (non-homomorphic questions).
"""

from __future__ import annotations

from dataclasses import dataclass

from election.contest import Contest
from election.crypto.embedding import most_numbers
from election.crypto.groups import Group
from election.errors import DefinitionError
from election.record.canonical import Json
from election.record.shapes import fields, items, text, truth, whole_number

RANKED_TYPE = "NonHomomorphic"


@dataclass(frozen=True, slots=True)
class MarkedQuestion:
    """A homomorphic question (4.9.1): between ``minimum`` and ``maximum`` of the answers, or blank where allowed."""

    answers: tuple[str, ...]
    blank: bool | None
    """None where the election leaves the field out, which means False."""
    minimum: int
    maximum: int
    question: str

    @property
    def choices(self) -> int:
        """Ciphertexts in an answer: one for each candidate, and one for blank where allowed."""
        return len(self.answers) + bool(self.blank)


@dataclass(frozen=True, slots=True)
class RankedQuestion:
    """A non-homomorphic question (4.9.2): a number for each of the answers, here its rank from 1, or 0 for none."""

    answers: tuple[str, ...]
    question: str

    @property
    def blank(self) -> None:
        """There is no choice "blank": whoever ranks nobody votes blank."""
        return

    @property
    def choices(self) -> int:
        """Ciphertexts in an answer: all numbers stand in one."""
        return 1


Question = MarkedQuestion | RankedQuestion


def question_of(contest: Contest, *, minimum: int = 1) -> MarkedQuestion:
    """The question by which the candidates of a contest are marked."""
    return MarkedQuestion(
        answers=tuple(candidate.name for candidate in contest.candidates),
        blank=contest.blank_allowed or None,
        minimum=minimum,
        maximum=contest.max_marks,
        question=contest.question,
    )


def ranked_question_of(contest: Contest) -> RankedQuestion:
    """The question by which the candidates of a contest are ranked; marks and blank votes are no matter of it."""
    return RankedQuestion(answers=tuple(candidate.name for candidate in contest.candidates), question=contest.question)


def parse_question(message: Json, group: Group) -> Question:
    """A question from its wire form.

    Raises:
        ElectionError: Malformed, of an unknown type, or asking what nobody can answer (codes definition-question-type,
            definition-marks, definition-ranked-group, definition-ranked-answers and those of ``shapes``).
    """
    if isinstance(message, dict) and "type" in message:
        return _parse_ranked(message, group)
    read = fields(message, "question", ("answers", "min", "max", "question"), ("blank",))
    question = MarkedQuestion(
        answers=_answers(read["answers"]),
        blank=truth(read["blank"], "blank") if "blank" in read else None,
        minimum=whole_number(read["min"], "min"),
        maximum=whole_number(read["max"], "max"),
        question=text(read["question"], "question"),
    )
    if not question.answers or not question.minimum <= question.maximum <= len(question.answers):
        raise DefinitionError("definition-marks", minimum=question.minimum, maximum=question.maximum)
    return question


def question_to_json(question: Question) -> Json:
    """Fields in the order of 4.9."""
    if isinstance(question, RankedQuestion):
        return {"type": RANKED_TYPE, "value": {"answers": list(question.answers), "question": question.question}}
    message: dict[str, Json] = {"answers": list(question.answers)}
    if question.blank is not None:
        message["blank"] = question.blank
    return message | {"min": question.minimum, "max": question.maximum, "question": question.question}


def _parse_ranked(message: Json, group: Group) -> RankedQuestion:
    outer = fields(message, "question", ("type", "value"))
    if outer["type"] != RANKED_TYPE:
        raise DefinitionError("definition-question-type", type=str(outer["type"])[:40])
    read = fields(outer["value"], "question", ("answers", "question"))
    question = RankedQuestion(answers=_answers(read["answers"]), question=text(read["question"], "question"))
    most = most_numbers(group)
    if not most:
        raise DefinitionError("definition-ranked-group", group=group.name)
    if not 1 <= len(question.answers) <= most:
        raise DefinitionError("definition-ranked-answers", found=len(question.answers), most=most)
    return question


def _answers(message: Json) -> tuple[str, ...]:
    return tuple(text(answer, "answers") for answer in items(message, "answers"))
