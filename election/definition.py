"""The published election: what every voter is shown and every ballot refers to (specification 4.9, 4.10).

Its bytes never change; their fingerprint stands in every ballot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.contest import Contest
from election.crypto.groups import BELENIOS_2048, Group, group_named, parse_element
from election.errors import DefinitionError
from election.ids import ElectionUuid, is_election_uuid
from election.record.canonical import Json, canonical_bytes, fingerprint, load_json
from election.record.shapes import fields, items, text, truth, whole_number
from election.trustees import TrusteeItem, election_public_key

VERSION = 1
_REQUIRED = ("version", "description", "name", "group", "public_key", "questions", "uuid")
_OPTIONAL = ("administrator", "credential_authority")


@dataclass(frozen=True, slots=True)
class Question:
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
class ElectionDefinition:
    """The election as published: ``content`` is the document itself, everything else is read from it."""

    uuid: ElectionUuid
    name: str
    description: str
    group: Group
    public_key: mpz
    questions: tuple[Question, ...]
    content: bytes
    fingerprint: str


def define_election(
    *,
    uuid: ElectionUuid,
    name: str,
    description: str,
    contest: Contest,
    trustees: Sequence[TrusteeItem],
    administrator: str | None = None,
    credential_authority: str | None = None,
    group: Group = BELENIOS_2048,
) -> ElectionDefinition:
    """The document of an election with one contest under the trustees' common key.

    Raises:
        DefinitionError: No trustee, or a text that cannot stand in the document.
    """
    if not trustees:
        raise DefinitionError("definition-no-trustee")
    question = Question(
        answers=tuple(candidate.name for candidate in contest.candidates),
        blank=contest.blank_allowed or None,
        minimum=1,
        maximum=contest.max_marks,
        question=contest.question,
    )
    message: dict[str, Json] = {
        "version": VERSION,
        "description": description,
        "name": name,
        "group": group.name,
        "public_key": str(election_public_key(trustees, group)),
        "questions": [_question_to_json(question)],
        "uuid": uuid,
    }
    if administrator is not None:
        message["administrator"] = administrator
    if credential_authority is not None:
        message["credential_authority"] = credential_authority
    return parse_election(canonical_bytes(message))


def parse_election(raw: bytes) -> ElectionDefinition:
    """The election from its document; whether its key is that of the trustees is asked by ``verify_election_key``.

    Raises:
        ElectionError: Malformed, not canonical, of another version or in a group that is not of the specification.
    """
    read = fields(load_json(raw), "election", _REQUIRED, _OPTIONAL)
    if whole_number(read["version"], "version") != VERSION:
        raise DefinitionError("definition-version", version=read["version"])
    for name in read.keys() - {"version", "questions"}:
        text(read[name], name)
    uuid = read["uuid"]
    if not is_election_uuid(uuid):
        raise DefinitionError("definition-uuid")
    group = group_named(read["group"])
    questions = tuple(_parse_question(item) for item in items(read["questions"], "questions"))
    if not questions:
        raise DefinitionError("definition-no-question")
    canonical: dict[str, Json] = {name: read[name] for name in (*_REQUIRED, *_OPTIONAL) if name in read}
    canonical["questions"] = [_question_to_json(question) for question in questions]
    if canonical_bytes(canonical) != raw:
        raise DefinitionError("definition-not-canonical")
    return ElectionDefinition(
        uuid=ElectionUuid(uuid),
        name=read["name"],
        description=read["description"],
        group=group,
        public_key=parse_element(read["public_key"], group),
        questions=questions,
        content=raw,
        fingerprint=fingerprint(raw),
    )


def verify_election_key(definition: ElectionDefinition, trustees: Sequence[TrusteeItem]) -> None:
    """Check that ballots are encrypted to the trustees together and to nobody else (3.1.1).

    Raises:
        DefinitionError: The key is not the product of the trustees' keys.
    """
    if election_public_key(trustees, definition.group) != definition.public_key:
        raise DefinitionError("definition-key")


def _parse_question(message: Json) -> Question:
    if isinstance(message, dict) and "type" in message:
        raise DefinitionError("definition-question-type", type=str(message["type"])[:40])
    read = fields(message, "question", ("answers", "min", "max", "question"), ("blank",))
    question = Question(
        answers=tuple(text(answer, "answers") for answer in items(read["answers"], "answers")),
        blank=truth(read["blank"], "blank") if "blank" in read else None,
        minimum=whole_number(read["min"], "min"),
        maximum=whole_number(read["max"], "max"),
        question=text(read["question"], "question"),
    )
    if not question.answers or not question.minimum <= question.maximum <= len(question.answers):
        raise DefinitionError("definition-marks", minimum=question.minimum, maximum=question.maximum)
    return question


def _question_to_json(question: Question) -> Json:
    message: dict[str, Json] = {"answers": list(question.answers)}
    if question.blank is not None:
        message["blank"] = question.blank
    return message | {"min": question.minimum, "max": question.maximum, "question": question.question}
