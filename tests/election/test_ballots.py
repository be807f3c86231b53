"""Ballots: honest ones pass, and every other spelling or copy of one is refused as a ballot."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.ballots import (
    Ballot,
    cast_ballot,
    last_ballots,
    max_ballot_bytes,
    parse_ballot,
    tracker,
    verify_ballot,
)
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.definition import ElectionDefinition, define_election
from election.errors import BallotError, CredentialError
from election.ids import ElectionUuid
from election.questions import question_of
from election.record.canonical import canonical_bytes
from election.trustees import generate_trustee
from tests.election.elections import SmallElection, a_contest
from tests.election.forging import FIRST, REVOTE, SECOND, Step, changed, signed_anew

UUID = ElectionUuid("4S92PJQYHSkk7n")
CODE, OTHER_CODE = "5Au-bVf-TRL-fK4-rxn", "s1x-dML-qJZ-6wF-FT7"
TRUSTEE = generate_trustee().public()


def define(names: tuple[str, ...] = ("Amina", "Bohdan", "Çiğdem"), **changes: object) -> ElectionDefinition:
    return define_election(
        uuid=UUID, name="Valg", description="", questions=[question_of(a_contest(names, **changes))], trustees=[TRUSTEE]
    )


DEFINITION = define()
RAW = cast_ballot(DEFINITION, CODE, (1,))


def refusal(raw: bytes, definition: ElectionDefinition = DEFINITION) -> str:
    """The code of the error that refuses a ballot, in reading it or in checking it."""
    with pytest.raises(BallotError) as caught:
        verify_ballot(parse_ballot(raw, definition), definition)
    str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    ("changes", "selection"),
    [({}, ()), ({}, (2,)), ({"max_marks": 3}, (0, 1, 2)), ({"blank_allowed": False, "max_marks": 2}, (0, 2))],
)
def test_an_honest_ballot_passes(changes: dict[str, object], selection: tuple[int, ...]) -> None:
    definition = define(**changes)  # type: ignore[arg-type]
    raw = cast_ballot(definition, CODE, selection)
    ballot = parse_ballot(raw, definition)
    verify_ballot(ballot, definition)
    assert ballot.raw == raw
    assert ballot.tracker == tracker(raw)
    assert len(ballot.tracker) == 43
    assert len(set(ballot.ciphertext_digests())) == 2 * definition.questions[0].choices


def test_the_same_choice_twice_gives_two_ballots_with_nothing_in_common() -> None:
    first, second = (parse_ballot(cast_ballot(DEFINITION, CODE, (1,)), DEFINITION) for _ in range(2))
    assert first.tracker != second.tracker
    assert not set(first.ciphertext_digests()) & set(second.ciphertext_digests())


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        ((3,), "selection-unknown"),
        ((-1,), "selection-unknown"),
        ((1, 1), "selection-unknown"),
        ((0, 1), "selection-number"),
    ],
)
def test_marks_that_are_not_allowed_make_no_ballot(selection: tuple[int, ...], code: str) -> None:
    with pytest.raises(BallotError) as caught:
        cast_ballot(DEFINITION, CODE, selection)
    assert caught.value.code == code


def test_an_empty_ballot_where_blank_is_not_allowed_is_not_made() -> None:
    with pytest.raises(BallotError, match="between 1 and 1"):
        cast_ballot(define(blank_allowed=False), CODE, ())


def test_as_many_selections_as_questions_are_needed() -> None:
    with pytest.raises(BallotError, match="answers 2 questions"):
        cast_ballot(DEFINITION, CODE, (0,), (1,))


def test_a_mistyped_code_makes_no_ballot() -> None:
    with pytest.raises(CredentialError):
        cast_ballot(DEFINITION, CODE[:-1] + "m", (1,))


def swap(container: Any, name: str) -> None:
    container[name] = container.pop(name)


SPELLINGS: dict[str, tuple[bytes, str]] = {
    "line end": (RAW + b"\n", "ballot-not-canonical"),
    "space": (RAW.replace(b'"answers":', b'"answers": '), "ballot-not-canonical"),
    "swapped fields": (changed(RAW, lambda m: swap(m, "election_uuid")), "ballot-not-canonical"),
    "swapped parts of a ciphertext": (
        changed(RAW, lambda m: swap(m["answers"][0]["choices"][0], "alpha")),
        "ballot-not-canonical",
    ),
    "escaped letter": (RAW.replace(b'"4S92', b'"\\u0034S92'), "ballot-not-canonical"),
    "escaped name": (RAW.replace(b'"signature"', b'"\\u0073ignature"'), "ballot-not-canonical"),
    "field twice": (RAW.replace(b'"answers":', b'"election_uuid":"x","answers":'), "ballot-malformed"),
    "unknown field": (changed(RAW, lambda m: m.update(weight=2)), "ballot-malformed"),
    "unknown field of an answer": (changed(RAW, lambda m: m["answers"][0].update(x=1)), "ballot-malformed"),
    "missing field": (changed(RAW, lambda m: m.pop("credential")), "ballot-malformed"),
    "leading zero": (changed(RAW, lambda m: m.update(credential="0" + m["credential"])), "ballot-malformed"),
    "number instead of text": (RAW.replace(b'"response":"', b'"response":1,"x":"', 1), "ballot-malformed"),
    "not JSON": (RAW[:-1], "ballot-malformed"),
    "not UTF-8": (RAW[:-1] + b"\xff", "ballot-malformed"),
    "byte order mark": (b"\xef\xbb\xbf" + RAW, "ballot-malformed"),
    "list": (b"[" + RAW + b"]", "ballot-malformed"),
    "nothing": (b"", "ballot-malformed"),
    "deep": (b"[" * 2000 + b"]" * 2000, "ballot-malformed"),
    "surrogate in the signature": (
        RAW.replace(b'"signature":{"hash":"', b'"signature":{"hash":"\\ud800'),
        "ballot-malformed",
    ),
    "credential of one": (changed(RAW, lambda m: m.update(credential="1")), "ballot-malformed"),
    "no answer": (changed(RAW, lambda m: m.update(answers=[])), "ballot-questions"),
    "answer twice": (changed(RAW, lambda m: m["answers"].append(m["answers"][0])), "ballot-too-large"),
    "other identifier": (changed(RAW, lambda m: m.update(election_uuid="5S92PJQYHSkk7n")), "ballot-other-election"),
    "other fingerprint": (changed(RAW, lambda m: m.update(election_hash="x" * 43)), "ballot-other-election"),
    "identifier no text": (changed(RAW, lambda m: m.update(election_uuid=None)), "ballot-other-election"),
    "choice too few": (changed(RAW, lambda m: m["answers"][0]["choices"].pop()), "answer-length"),
    "proof too few": (changed(RAW, lambda m: m["answers"][0]["individual_proofs"].pop()), "answer-length"),
    "part of a proof too few": (changed(RAW, lambda m: m["answers"][0]["overall_proof"].pop()), "answer-length"),
    "part of the blank proof too many": (
        changed(RAW, lambda m: m["answers"][0].update(blank_proof=[{"challenge": "1", "response": "1"}] * 3)),
        "answer-length",
    ),
    "no blank proof": (changed(RAW, lambda m: m["answers"][0].pop("blank_proof")), "ballot-malformed"),
    "hash of the signature": (changed(RAW, lambda m: m["signature"].update(hash="x" * 43)), "ballot-signature"),
    "too large": (RAW + b" " * 100_000, "ballot-too-large"),
}


@pytest.mark.parametrize(("raw", "code"), SPELLINGS.values(), ids=SPELLINGS)
def test_another_spelling_of_a_ballot_is_refused(raw: bytes, code: str) -> None:
    assert raw != RAW
    assert refusal(raw) == code


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_no_byte_of_a_ballot_can_be_changed(place: int, difference: int) -> None:
    refusal(RAW[:place] + bytes([RAW[place] ^ difference]) + RAW[place + 1 :])


@given(st.integers(0, len(RAW) - 1), st.integers(0, 40), st.binary(max_size=3))
def test_no_part_of_a_ballot_can_be_cut_or_put_in(place: int, cut: int, put: bytes) -> None:
    raw = RAW[:place] + put + RAW[place + cut :]
    if raw != RAW:
        refusal(raw)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["0", "1", str(GROUP.p - 1)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(json_values, st.sampled_from(["election_uuid", "election_hash", "credential", "answers", "signature"]))
def test_no_value_in_any_field_raises_anything_but_a_ballot_error(value: object, name: str) -> None:
    message = json.loads(RAW) | {name: value}
    refusal(json.dumps(message, separators=(",", ":")).encode())


@settings(max_examples=30)
@given(json_values, st.sampled_from(["choices", "individual_proofs", "overall_proof", "blank_proof"]))
def test_no_value_in_an_answer_raises_anything_but_a_ballot_error(value: object, name: str) -> None:
    message = json.loads(RAW)
    message["answers"][0][name] = value
    refusal(json.dumps(message, separators=(",", ":")).encode())


def test_the_signature_binds_everything_before_it() -> None:
    other = cast_ballot(DEFINITION, CODE, (1,))
    for name in ("answers", "signature"):
        mixed = json.loads(RAW) | {name: json.loads(other)[name]}
        assert refusal(canonical_bytes(mixed)) == "ballot-signature"


def test_answers_signed_by_another_elector_or_for_another_election_are_refused() -> None:
    assert refusal(signed_anew(RAW, OTHER_CODE, DEFINITION)) == "ballot-proof"
    other = define(("Amina", "Bohdan", "Dalia"))
    relabelled = changed(RAW, lambda m: m.update(election_hash=other.fingerprint))
    assert refusal(signed_anew(relabelled, CODE, other), other) == "ballot-proof"


def shift(name: str, place: int = 0) -> Callable[[Any], None]:
    def change(message: Any) -> None:
        proofs = message["answers"][0][name]
        proof = proofs[place][0] if name == "individual_proofs" else proofs[place]
        proof["response"] = str((int(proof["response"]) + 1) % int(GROUP.q))

    return change


@pytest.mark.parametrize("name", ["individual_proofs", "overall_proof", "blank_proof"])
def test_each_proof_is_checked_also_when_the_signature_is_good(name: str) -> None:
    assert refusal(signed_anew(changed(RAW, shift(name)), CODE, DEFINITION)) == "ballot-proof"
    assert refusal(signed_anew(changed(RAW, shift(name, -1)), CODE, DEFINITION)) == "ballot-proof"


@pytest.mark.parametrize("number", [1, 2, 3, 7, 25])
@pytest.mark.parametrize("blank", [True, False])
def test_the_limit_on_size_is_never_exceeded_by_an_honest_ballot_and_near_it(number: int, blank: bool) -> None:
    definition = define(tuple(f"Kandidat {place}" for place in range(number)), blank_allowed=blank, max_marks=number)
    longest = len(cast_ballot(definition, CODE, tuple(range(number))))
    assert longest <= max_ballot_bytes(definition) <= 1.05 * longest


def test_the_limit_on_size_holds_for_the_longest_numbers() -> None:
    """Every element and scalar of a ballot written with as many digits as there can be."""

    def longest(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: longest(part, key) for key, part in value.items()}
        if isinstance(value, list):
            return [longest(part, name) for part in value]
        if name in ("alpha", "beta", "credential"):
            return "9" * len(str(GROUP.p))
        return "9" * len(str(GROUP.q)) if name in ("challenge", "response") else value

    raw = json.dumps(longest(json.loads(RAW)), separators=(",", ":")).encode()
    assert len(RAW) < len(raw) <= max_ballot_bytes(DEFINITION) <= len(raw) + 50


def test_the_last_ballot_of_each_credential_counts_in_the_order_of_the_record(
    finished: SmallElection, steps: list[Step]
) -> None:
    places = (FIRST, SECOND, REVOTE)
    first, second, revote = (parse_ballot(steps[place][1][0], finished.definition) for place in places)
    assert first.credential == revote.credential
    assert last_ballots([first, second, revote]) == (second, revote)
    assert last_ballots([first, revote, second]) == (revote, second)
    assert last_ballots([revote, first]) == (first,)
    assert last_ballots([]) == ()


@given(st.lists(st.sampled_from("abcd"), max_size=12))
def test_the_last_ballots_are_those_after_which_no_other_of_the_credential_comes(electors: list[str]) -> None:
    ballots: list[Any] = [_Cast(elector, place) for place, elector in enumerate(electors)]
    expected = [each for each in ballots if each.credential not in electors[each.place + 1 :]]
    assert list(last_ballots(ballots)) == expected


class _Cast:
    def __init__(self, credential: str, place: int) -> None:
        self.credential = credential
        self.place = place


def test_a_ballot_tells_nothing_of_its_answers_before_it_is_opened() -> None:
    """All choices look alike: the same fields, the same number of parts."""

    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shape(part) for key, part in value.items()}
        return [shape(part) for part in value] if isinstance(value, list) else ""

    shapes = [shape(json.loads(cast_ballot(DEFINITION, CODE, selection))) for selection in ((), (0,), (2,))]
    assert shapes[0] == shapes[1] == shapes[2]
    assert isinstance(parse_ballot(RAW, DEFINITION), Ballot)
