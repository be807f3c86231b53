"""The published election: what every voter is shown and every ballot refers to (specification 4.9, 4.10).

Its bytes never change; their fingerprint stands in every ballot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048, Group, group_named, parse_element
from election.errors import DefinitionError
from election.ids import ElectionUuid, is_election_uuid
from election.questions import Question, RankedQuestion, parse_question, question_to_json
from election.record.canonical import Json, canonical_bytes, fingerprint, load_json
from election.record.shapes import fields, items, text, whole_number
from election.trustees import TrusteeItem, election_public_key

VERSION = 1
_REQUIRED = ("version", "description", "name", "group", "public_key", "questions", "uuid")
_OPTIONAL = ("administrator", "credential_authority")
_TEXTS = ("description", "name", "group", "public_key", "uuid", *_OPTIONAL)


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

    @property
    def has_ranked(self) -> bool:
        """Whether any question is ranked: then votes are shuffled before they are opened."""
        return any(isinstance(question, RankedQuestion) for question in self.questions)


def define_election(
    *,
    uuid: ElectionUuid,
    name: str,
    description: str,
    questions: Sequence[Question],
    trustees: Sequence[TrusteeItem],
    administrator: str | None = None,
    credential_authority: str | None = None,
    group: Group = BELENIOS_2048,
) -> ElectionDefinition:
    """The document of an election under the trustees' common key.

    Raises:
        DefinitionError: No trustee, no question, one that nobody can answer or that the group cannot hold, or a text
            that cannot stand in the document.
    """
    if not trustees:
        raise DefinitionError("definition-no-trustee")
    message: dict[str, Json] = {
        "version": VERSION,
        "description": description,
        "name": name,
        "group": group.name,
        "public_key": str(election_public_key(trustees, group)),
        "questions": [question_to_json(question) for question in questions],
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
    for name in _TEXTS:
        text(read.get(name, ""), name)
    uuid = read["uuid"]
    if not is_election_uuid(uuid):
        raise DefinitionError("definition-uuid")
    group = group_named(read["group"])
    questions = tuple(parse_question(item, group) for item in items(read["questions"], "questions"))
    if not questions:
        raise DefinitionError("definition-no-question")
    canonical: dict[str, Json] = {name: read[name] for name in (*_REQUIRED, *_OPTIONAL) if name in read}
    canonical["questions"] = [question_to_json(question) for question in questions]
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


def verify_weights(definition: ElectionDefinition, weights: Iterable[int]) -> None:
    """Check, before an election opens, that the credentials' weights can be counted (3, "Weights"; 4.16).

    A record is not refused for them: as for belenios-tool it holds until somebody of another weight than 1 votes.

    Raises:
        DefinitionError: A question is ranked, and some credentials weigh more than one.
    """
    heavier = sum(weight != 1 for weight in weights)
    if heavier and definition.has_ranked:
        raise DefinitionError("definition-ranked-weights", number=heavier)
