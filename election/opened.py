"""What an opened tally says of each question: a number of votes for each choice, or every ranked vote (4.19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import assert_never

from gmpy2 import mpz

from election.crypto.elgamal import discrete_logarithms
from election.crypto.embedding import decode_numbers, has_only_numbers
from election.crypto.groups import Group
from election.crypto.powers import fixed_base
from election.definition import ElectionDefinition
from election.errors import TallyError
from election.questions import MarkedQuestion, Question, RankedQuestion
from election.ranked_answers import ranking_of
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import fields, items, weight, weight_to_json, whole_number


@dataclass(frozen=True, slots=True)
class RankedVotes:
    """The opened answers to a ranked question, in the order of the last shuffle, which says nothing of who voted."""

    numbers: tuple[tuple[int, ...], ...]
    """for each vote the number of each candidate, whatever it is: electors can encrypt what is no ranking"""
    spoilt: frozenset[int] = field(default=frozenset(), compare=False)
    """Places of votes whose element holds more than these numbers; only whoever has the shares can tell. No program
    makes such a vote, but a trustee can, in the place of any other, by a wrong share whose proof holds
    (docs/protocol.md): its numbers are chance, or chosen by trying, and say nothing of what was cast."""


QuestionCounts = tuple[int, ...] | RankedVotes
"""The votes of each choice, blank first where allowed; or every vote of a ranked question."""

Counts = tuple[QuestionCounts, ...]


def marks_counted(counts: QuestionCounts) -> tuple[int, ...]:
    """The votes of each choice of a question by which candidates are marked.

    Raises:
        TypeError: The question is a ranked one.
    """
    if isinstance(counts, RankedVotes):
        raise TypeError("a ranked question has no numbers of votes")
    return counts


def rankings_of(votes: RankedVotes) -> tuple[tuple[int, ...] | None, ...]:
    """For each vote the places of the candidates, the first preference first; nothing where it is no ranking."""
    return tuple(None if place in votes.spoilt else ranking_of(ranks) for place, ranks in enumerate(votes.numbers))


def open_question(group: Group, question: Question, elements: Sequence[mpz], bound: int) -> QuestionCounts:
    """What decrypted elements say, where no number of votes can exceed ``bound``.

    Raises:
        TallyError: They are no possible count.
    """
    match question:
        case MarkedQuestion():
            counts = discrete_logarithms(group, tuple(elements), bound)
            if None in counts:
                raise TallyError("tally-unopened")
            return tuple(count for count in counts if count is not None)
        case RankedQuestion():
            return _votes(group, question, elements)
        case _:
            assert_never(question)


def verify_opened(
    group: Group, question: Question, elements: Sequence[mpz], bound: int, published: QuestionCounts
) -> QuestionCounts:
    """Check published counts against the decrypted elements; gives them with the votes that only these show as spoilt.

    No logarithm is taken: weights of a record made to waste time would make that last for years.

    Raises:
        TallyError: They say something else.
    """
    if isinstance(question, RankedQuestion):
        votes = _votes(group, question, elements)
        if published != votes:
            raise TallyError("result-wrong")
        return votes
    g = fixed_base(group, group.g)
    for count, element in zip(marks_counted(published), elements, strict=True):
        # Without the bound, a count plus the order of the group would open the same element.
        if count > bound or g.power(mpz(count)) != element:
            raise TallyError("result-wrong")
    return published


def counts_to_bytes(counts: Counts) -> bytes:
    """The ``result`` document of the record (4.19)."""
    return canonical_bytes({"result": [opened_to_json(question) for question in counts]})


def parse_counts(raw: bytes, definition: ElectionDefinition) -> Counts:
    """The counts of a ``result`` document.

    Raises:
        ElectionError: Malformed or of the wrong size.
    """
    read = fields(load_json(raw), "result", ("result",))
    message = items(read["result"], "result")
    if len(message) != len(definition.questions):
        raise TallyError("tally-shape", expected=str(len(definition.questions)), found=str(len(message)))
    counts = tuple(parse_opened(of, question) for of, question in zip(message, definition.questions, strict=True))
    if counts_to_bytes(counts) != raw:
        raise TallyError("result-not-canonical")
    return counts


def parse_opened(message: Json, question: Question) -> QuestionCounts:
    """The part of a ``result`` document on one question.

    Raises:
        ElectionError: Malformed, or of the wrong size (code tally-shape and those of ``shapes``).
    """
    match question:
        case MarkedQuestion():
            counts = tuple(weight(count, "result") for count in items(message, "result"))
            _check_size(counts, question.choices)
            return counts
        case RankedQuestion():
            votes = tuple(
                tuple(whole_number(number, "result") for number in items(vote, "result"))
                for vote in items(message, "result")
            )
            for vote in votes:
                _check_size(vote, len(question.answers))
            return RankedVotes(votes)
        case _:
            assert_never(question)


def opened_to_json(counts: QuestionCounts) -> Json:
    """The part of a ``result`` document on one question."""
    if isinstance(counts, RankedVotes):
        return [list(vote) for vote in counts.numbers]
    return [weight_to_json(count) for count in counts]


def _votes(group: Group, question: RankedQuestion, elements: Sequence[mpz]) -> RankedVotes:
    count = len(question.answers)
    return RankedVotes(
        tuple(decode_numbers(group, element, count) for element in elements),
        frozenset(place for place, element in enumerate(elements) if not has_only_numbers(group, element, count)),
    )


def _check_size(found: Sequence[int], expected: int) -> None:
    if len(found) != expected:
        raise TallyError("tally-shape", expected=str(expected), found=str(len(found)))
