"""The published election has one form, and says only what can be voted on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.definition import ElectionDefinition, define_election, parse_election, verify_election_key
from election.errors import DefinitionError, ElectionError
from election.ids import ElectionUuid, is_election_uuid, new_election_uuid
from election.questions import question_of
from election.record.archive import read_archive
from election.trustees import TrusteePrivateKey
from tests.election.elections import a_contest
from tests.election.forging import VECTORS, changed

UUID = ElectionUuid("4S92PJQYHSkk7n")
TRUSTEE = TrusteePrivateKey(mpz(123456789), GROUP).public()


def define(**changes: object) -> ElectionDefinition:
    return define_election(
        uuid=UUID,
        name="Valg — \x7f",
        description='"\\/',
        questions=[question_of(a_contest(**changes))],  # type: ignore[arg-type]
        trustees=[TRUSTEE],
    )


RAW = define().content


RANKED: dict[str, Any] = {"type": "NonHomomorphic", "value": {"answers": ["a"], "question": "?"}}


def refusal(raw: bytes) -> str:
    with pytest.raises(ElectionError) as caught:
        parse_election(raw)
    return caught.value.code


def question(**changes: object) -> Callable[[Any], object]:
    return lambda message: message["questions"][0].update(changes)


def test_a_definition_is_read_back_from_its_document() -> None:
    for changes in ({}, {"blank_allowed": False, "max_marks": 3}):
        definition = define(**changes)
        assert parse_election(definition.content) == definition


def test_the_document_says_what_the_contest_says() -> None:
    (asked,) = define(max_marks=2).questions
    assert (asked.answers, asked.blank, asked.minimum, asked.maximum) == (("Amina", "Bohdan", "Çiğdem"), True, 1, 2)
    assert asked.choices == 4
    (asked,) = define(blank_allowed=False).questions
    assert asked.blank is None
    assert asked.choices == 3


def test_the_fingerprint_is_the_one_that_belenios_tool_puts_into_ballots() -> None:
    with (VECTORS / f"{UUID}.bel").open("rb") as file:
        documents = [entry.content for entry in read_archive(file)]
    definition = parse_election(documents[0])
    assert definition.uuid == UUID
    assert f'"election_hash":"{definition.fingerprint}"'.encode() in documents[5]


def test_an_election_without_trustees_is_refused() -> None:
    with pytest.raises(DefinitionError, match="No trustee"):
        define_election(uuid=UUID, name="", description="", questions=[question_of(a_contest())], trustees=[])


def test_the_key_must_be_that_of_the_trustees() -> None:
    definition = define()
    verify_election_key(definition, [TRUSTEE])
    other = TrusteePrivateKey(mpz(987654321), GROUP).public()
    for trustees in ([other], [TRUSTEE, other], []):
        with pytest.raises(DefinitionError, match="not the product"):
            verify_election_key(definition, trustees)


def test_blank_may_be_left_out_or_be_false_but_not_null() -> None:
    left_out = parse_election(changed(RAW, lambda message: message["questions"][0].pop("blank")))
    false = parse_election(changed(RAW, question(blank=False)))
    assert left_out.questions[0].choices == false.questions[0].choices == 3
    assert left_out.fingerprint != false.fingerprint
    assert refusal(changed(RAW, question(blank=None))) == "shape-truth"


def test_no_mark_at_all_may_be_allowed() -> None:
    assert parse_election(changed(RAW, question(min=0, max=0))).questions[0].maximum == 0


REFUSED: dict[str, tuple[Callable[[Any], object], str]] = {
    "version 2": (lambda message: message.update(version=2), "definition-version"),
    "version in words": (lambda message: message.update(version="1"), "shape-number"),
    "version true": (lambda message: message.update(version=True), "shape-number"),
    "short identifier": (lambda message: message.update(uuid="4S92PJQYHSkk7"), "definition-uuid"),
    "identifier with a slash": (lambda message: message.update(uuid="../4S92PJQYHSkk7n"), "definition-uuid"),
    "identifier no text": (lambda message: message.update(uuid=["4"] * 14), "shape-text"),
    "unknown group": (lambda message: message.update(group="RFC-3526-3072"), "group-unknown"),
    "custom group": (lambda message: message.update(group={"p": "23"}), "shape-text"),
    "key 0": (lambda message: message.update(public_key="0"), "element-trivial"),
    "key 1": (lambda message: message.update(public_key="1"), "element-trivial"),
    "key too large": (lambda message: message.update(public_key=str(GROUP.p)), "number-out-of-range"),
    "key with a leading zero": (lambda message: message.update(public_key="02"), "number-leading-zero"),
    "name no text": (lambda message: message.update(name=None), "shape-text"),
    "description no text": (lambda message: message.update(description=[[[[]]]]), "shape-text"),
    "administrator null": (lambda message: message.update(administrator=None), "shape-text"),
    "unknown field": (lambda message: message.update(credential_autority="x"), "shape-unknown"),
    "no question": (lambda message: message.update(questions=[]), "definition-no-question"),
    "questions no list": (lambda message: message.update(questions={}), "shape-list"),
    "no identifier": (lambda message: message.pop("uuid"), "shape-missing"),
    "no candidates": (question(answers=[], max=0, min=0), "definition-marks"),
    "more marks than candidates": (question(max=4), "definition-marks"),
    "more marks at least than at most": (question(min=2), "definition-marks"),
    "negative minimum": (question(min=-1), "shape-number"),
    "ranked question in a group that holds no numbers": (
        lambda message: message["questions"].append(RANKED),
        "definition-ranked-group",
    ),
    "unknown kind of question": (
        lambda message: message["questions"].append({"type": "Lists", "value": {}}),
        "definition-question-type",
    ),
    "kind that is no text": (
        lambda message: message["questions"].append({"type": 1, "value": {}}),
        "definition-question-type",
    ),
    "kind and no more": (lambda message: message["questions"].append({"type": "NonHomomorphic"}), "shape-missing"),
    "unknown field of a ranked question": (
        lambda message: message["questions"].append({**RANKED, "value": {**RANKED["value"], "blank": True}}),
        "shape-unknown",
    ),
    "nobody to rank": (
        lambda message: message["questions"].append({**RANKED, "value": {"answers": [], "question": "?"}}),
        "definition-ranked-group",
    ),
    "candidate no text": (question(answers=["a", 1]), "shape-text"),
    "unknown field of a question": (question(extra=1), "shape-unknown"),
}


@pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED)
def test_a_definition_that_cannot_be_is_refused(change: Callable[[Any], object], code: str) -> None:
    assert refusal(changed(RAW, change)) == code


NOT_CANONICAL = {
    "line end": RAW + b"\n",
    "space": RAW.replace(b'"version":1', b'"version": 1'),
    "swapped fields": changed(RAW, lambda message: message.update(description=message.pop("description"))),
    "swapped fields of a question": changed(RAW, lambda m: m["questions"][0].update(min=m["questions"][0].pop("min"))),
    "escaped letter": RAW.replace(b"Amina", b"\\u0041mina"),
    "escaped slash": RAW.replace(b"/", b"\\/"),
    "bare DEL": RAW.replace(b"\\u007f", b"\x7f"),
    "capital escape": RAW.replace(b"\\u007f", b"\\u007F"),
    "letters as escapes": RAW.replace("Ç".encode(), b"\\u00c7"),
}


@pytest.mark.parametrize("raw", NOT_CANONICAL.values(), ids=NOT_CANONICAL)
def test_a_definition_in_another_spelling_is_refused(raw: bytes) -> None:
    assert raw != RAW
    assert refusal(raw) == "definition-not-canonical"


def test_a_field_twice_is_refused() -> None:
    assert refusal(RAW.replace(b'"name":', b'"name":"x","name":')) == "json-duplicate-key"


def test_a_lone_surrogate_is_refused() -> None:
    assert refusal(RAW.replace(b"Amina", b"\\ud800")) == "json-unreadable"


def test_identifiers_are_base58_of_at_least_fourteen_characters() -> None:
    assert is_election_uuid(new_election_uuid())
    assert new_election_uuid() != new_election_uuid()
    assert is_election_uuid("1" * 30)
    for text in ("", "1" * 13, "0" * 14, "1" * 13 + "l", "1" * 14 + "\n", "１" * 14):
        assert not is_election_uuid(text)


def test_of_several_faults_the_first_in_the_order_of_the_document_is_named_in_every_process() -> None:
    def spoil(message: Any) -> None:
        message.update(description=1, name=2, group=3, public_key=4, uuid=5)

    with pytest.raises(ElectionError, match=r"^description: a text is expected\.$"):
        parse_election(changed(RAW, spoil))
