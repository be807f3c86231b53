"""Choices as belenios-tool reads them from a file: one list of small numbers for each question."""

from __future__ import annotations

from typing import assert_never

from election.answers import Selection
from election.definition import ElectionDefinition
from election.errors import BallotError
from election.questions import MarkedQuestion, Question, RankedQuestion
from election.ranked_answers import ranking_of
from election.record.canonical import Json, load_json
from election.record.shapes import items, whole_number


def parse_choices(raw: bytes, definition: ElectionDefinition) -> tuple[Selection, ...]:
    """Selections from the lists of a file: 0 or 1 for each choice, blank first where allowed; ranks where asked.

    Raises:
        BallotError: Not a list for each question, or numbers that do not answer it (codes ballot-questions,
            choices-shape, selection-ranks).
        RecordError: Not JSON, or no numbers.
    """
    answers = items(load_json(raw), "choices")
    if len(answers) != len(definition.questions):
        raise BallotError("ballot-questions", expected=len(definition.questions), found=len(answers))
    return tuple(
        _selection(place, question, answer)
        for place, (question, answer) in enumerate(zip(definition.questions, answers, strict=True), start=1)
    )


def _selection(place: int, question: Question, answer: Json) -> Selection:
    numbers = [whole_number(number, "choices") for number in items(answer, "choices")]
    match question:
        case MarkedQuestion():
            _check(place, numbers, expected=question.choices, most=1)
            marks = numbers[1:] if question.blank else numbers
            if question.blank and numbers[0] == any(marks):
                raise BallotError("choices-blank", question=place)
            return tuple(number for number, mark in enumerate(marks) if mark)
        case RankedQuestion():
            _check(place, numbers, expected=len(question.answers), most=len(question.answers))
            ranking = ranking_of(numbers)
            if ranking is None:
                raise BallotError("selection-ranks", question=place)
            return ranking
        case _:
            assert_never(question)


def _check(place: int, numbers: list[int], *, expected: int, most: int) -> None:
    if len(numbers) != expected or max(numbers, default=0) > most:
        raise BallotError("choices-shape", question=place, expected=expected, most=most)
