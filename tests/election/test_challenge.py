"""A ballot opened instead of cast: what it encrypts comes to light, and every way to hide it is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from gmpy2 import mpz
from hypothesis import given, settings
from hypothesis import strategies as st

from election.ballots import PreparedBallot, parse_ballot, prepare_ballot
from election.challenge import (
    OpenedList,
    check_opening,
    max_entry_bytes,
    open_ballot,
    opened_document,
    opened_entry,
    parse_opened,
    read_entry,
    refuse_opened,
)
from election.credentials import derive_credential
from election.crypto.elgamal import encrypt
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import RFC_3526_2048
from election.definition import ElectionDefinition, define_election, parse_election
from election.errors import BallotError, ChallengeError, ElectionError
from election.ids import ElectionUuid
from election.questions import RankedQuestion, question_of
from election.record.canonical import canonical_bytes
from election.trustees import generate_trustee
from tests.election.elections import a_contest
from tests.election.forging import changed, signed_anew

CODE, OTHER_CODE = "5Au-bVf-TRL-fK4-rxn", "s1x-dML-qJZ-6wF-FT7"
TRUSTEE = generate_trustee().public()


def define(uuid: str = "4S92PJQYHSkk7n", **changes: object) -> ElectionDefinition:
    contest = a_contest(**changes)  # type: ignore[arg-type]
    return define_election(
        uuid=ElectionUuid(uuid), name="Valg", description="", questions=[question_of(contest)], trustees=[TRUSTEE]
    )


def with_questions(*questions: dict[str, object]) -> ElectionDefinition:
    return parse_election(changed(define().content, lambda message: message.update(questions=list(questions))))


DEFINITION = define(max_marks=2)
PREPARED = prepare_ballot(DEFINITION, CODE, (0, 2))
OPENING = open_ballot(PREPARED, DEFINITION)
ENTRY = opened_entry(PREPARED.raw, OPENING)


def refusal(ballot: bytes, opening: bytes, definition: ElectionDefinition = DEFINITION) -> str:
    with pytest.raises(ElectionError) as caught:
        check_opening(ballot, opening, definition)
    assert isinstance(caught.value, ChallengeError | BallotError)
    str(caught.value)
    return caught.value.code


def selections(definition: ElectionDefinition, *chosen: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    prepared = prepare_ballot(definition, CODE, *chosen)
    return check_opening(prepared.raw, open_ballot(prepared, definition), definition).selections


@settings(max_examples=10, deadline=None)
@given(st.sets(st.integers(0, 2), max_size=2))
def test_an_opened_ballot_shows_the_marks_that_went_in(chosen: set[int]) -> None:
    assert selections(DEFINITION, tuple(sorted(chosen, reverse=True))) == (tuple(sorted(chosen)),)


def test_no_mark_without_blank_is_told_from_a_blank_vote_by_the_question_alone() -> None:
    without = with_questions({"answers": ["A", "B"], "min": 0, "max": 1, "question": "?"})
    assert selections(without, ()) == ((),)
    assert selections(define(), ()) == ((),)


def test_several_questions_are_opened_together() -> None:
    definition = with_questions(
        {"answers": ["A", "B"], "blank": True, "min": 1, "max": 1, "question": "Formand?"},
        {"answers": ["A", "B", "C"], "min": 1, "max": 3, "question": "Medlemmer?"},
    )
    assert selections(definition, (), (0, 1, 2)) == ((), (0, 1, 2))
    assert selections(definition, (1,), (2,)) == ((1,), (2,))


def test_the_randomness_is_shown_nowhere_but_in_the_opening() -> None:
    secret = str(PREPARED.randomness[0][0])
    assert secret in OPENING.decode()
    assert secret not in PREPARED.raw.decode() + repr(PREPARED)


def test_an_opening_tells_nothing_of_the_code_or_its_secret() -> None:
    secret = derive_credential(CODE, DEFINITION.uuid, DEFINITION.group).secret
    assert not [each for each in (str(secret), CODE, CODE.replace("-", "")) if each in ENTRY.decode()]


def of_another_ballot() -> bytes:
    return open_ballot(prepare_ballot(DEFINITION, CODE, (0, 2)), DEFINITION)


def one_more(message: dict[str, Any]) -> None:
    message["randomness"][0][1] = str((int(message["randomness"][0][1]) + 1) % int(GROUP.q))


def swapped(message: dict[str, Any]) -> None:
    secrets = message["randomness"][0]
    secrets[1], secrets[3] = secrets[3], secrets[1]


def plus_q(message: dict[str, Any]) -> None:
    message["randomness"][0][0] = str(int(message["randomness"][0][0]) + int(GROUP.q))


def leading_zero(message: dict[str, Any]) -> None:
    message["randomness"][0][0] = "0" + message["randomness"][0][0]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (one_more, "challenge-randomness"),
        (swapped, "challenge-randomness"),
        (plus_q, "challenge-malformed"),
        (leading_zero, "challenge-malformed"),
        (lambda message: message["randomness"][0].pop(), "challenge-length"),
        (lambda message: message["randomness"].append([]), "challenge-length"),
        (lambda message: message.update(randomness="1"), "challenge-malformed"),
        (lambda message: message.update(version=2), "challenge-version"),
        (lambda message: message.update(more=1), "challenge-malformed"),
        (lambda message: message.pop("ballot"), "challenge-malformed"),
        (lambda message: message.update(election_uuid="4S92PJQYHSkk7o"), "challenge-other-election"),
        (lambda message: message.update(election_hash="x"), "challenge-other-election"),
        (lambda message: message.update(ballot="x"), "challenge-other-ballot"),
        (lambda message: message.update(version=message.pop("version")), "challenge-not-canonical"),
    ],
)  # fmt: skip
def test_an_altered_opening_is_refused(change: Callable[[dict[str, Any]], object], code: str) -> None:
    assert refusal(PREPARED.raw, changed(OPENING, change)) == code


def test_an_opening_with_a_space_or_a_key_twice_is_refused() -> None:
    assert refusal(PREPARED.raw, OPENING.replace(b":", b": ", 1)) == "challenge-not-canonical"
    assert refusal(PREPARED.raw, OPENING.replace(b"{", b'{"version":1,', 1)) == "challenge-malformed"


def test_the_opening_of_another_ballot_is_refused_even_when_it_names_this_one() -> None:
    other = of_another_ballot()
    assert refusal(PREPARED.raw, other) == "challenge-other-ballot"
    mark = json.loads(OPENING)["ballot"]
    assert refusal(PREPARED.raw, changed(other, lambda m: m.update(ballot=mark))) == "challenge-randomness"


def test_an_opening_is_worth_nothing_in_another_election() -> None:
    elsewhere = define("4S92PJQYHSkk7o", max_marks=2)
    ballot = prepare_ballot(elsewhere, CODE, (0, 2))
    assert refusal(PREPARED.raw, OPENING, elsewhere) == "ballot-other-election"
    assert refusal(ballot.raw, OPENING, elsewhere) == "challenge-other-election"


def forged(numbers: dict[int, int]) -> tuple[bytes, bytes]:
    """A ballot in which some ciphertexts encrypt other numbers than the machine showed, with its true opening."""
    message = json.loads(PREPARED.raw)
    for place, number in numbers.items():
        secret = PREPARED.randomness[0][place]
        choice = encrypt(GROUP, DEFINITION.public_key, 0, secret)
        beta = choice.beta * GROUP.power(GROUP.g, mpz(number % GROUP.q)) % GROUP.p
        message["answers"][0]["choices"][place] = {"alpha": str(choice.alpha), "beta": str(beta)}
    raw = signed_anew(canonical_bytes(message), CODE, DEFINITION)
    return raw, open_ballot(PreparedBallot(raw=raw, randomness=PREPARED.randomness), DEFINITION)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({1: 2}, "challenge-number"),
        ({2: -1}, "challenge-number"),
        ({1: 2, 3: -1}, "challenge-number"),
        ({0: 1}, "challenge-blank-and-marks"),
        ({2: 1}, "ballot-proof"),  # a third mark, where two are allowed
        ({1: 0}, "ballot-proof"),  # the proofs were made for what the voter marked
    ],
)
def test_marks_hidden_elsewhere_come_to_light(numbers: dict[int, int], code: str) -> None:
    assert refusal(*forged(numbers)) == code


def test_a_machine_that_seals_another_choice_is_seen_by_the_names() -> None:
    cheating = prepare_ballot(DEFINITION, CODE, (1,))
    opened = check_opening(cheating.raw, open_ballot(cheating, DEFINITION), DEFINITION)
    assert opened.selections == ((1,),)


def test_a_ballot_that_would_not_be_taken_is_refused_though_its_opening_fits() -> None:
    message = json.loads(PREPARED.raw)
    message["signature"]["proof"]["response"] = "1"
    raw = canonical_bytes(message)
    assert refusal(raw, open_ballot(PreparedBallot(raw=raw, randomness=PREPARED.randomness), DEFINITION)) == (
        "ballot-signature"
    )


def test_an_opened_ballot_cannot_be_cast_nor_any_part_of_it_in_another() -> None:
    opened = parse_opened(opened_document([ENTRY]), DEFINITION)
    with pytest.raises(BallotError, match="no longer be cast"):
        refuse_opened(parse_ballot(PREPARED.raw, DEFINITION), opened)
    # Signed anew with another credential it has another tracker; its ciphertexts give it away.
    copy = parse_ballot(signed_anew(PREPARED.raw, OTHER_CODE, DEFINITION), DEFINITION)
    with pytest.raises(BallotError) as caught:
        refuse_opened(copy, opened)
    assert caught.value.code == "ballot-opened"
    fresh = parse_ballot(prepare_ballot(DEFINITION, CODE, (0, 2)).raw, DEFINITION)
    refuse_opened(fresh, opened)
    refuse_opened(parse_ballot(PREPARED.raw, DEFINITION), OpenedList())


def test_nobody_can_put_a_ballot_on_the_list_without_opening_it() -> None:
    def code_of(raw: bytes) -> str:
        with pytest.raises(ElectionError) as caught:
            parse_opened(raw, DEFINITION)
        str(caught.value)
        return caught.value.code

    good = opened_document([ENTRY])
    assert code_of(changed(good, lambda items: one_more(items[0]["opening"]))) == "challenge-randomness"
    assert code_of(changed(good, lambda items: items.append(items[0]))) == "challenge-twice"
    assert code_of(changed(good, lambda items: items[0].pop("opening"))) == "shape-missing"
    assert code_of(good.replace(b":", b": ", 1)) == "challenge-not-canonical"
    assert parse_opened(opened_document([]), DEFINITION) == OpenedList()


def test_a_ballot_and_its_opening_travel_as_one_document() -> None:
    assert read_entry(ENTRY) == (PREPARED.raw, OPENING)
    assert len(ENTRY) < max_entry_bytes(DEFINITION)
    for wrong in (ENTRY.replace(b":", b": ", 1), changed(ENTRY, lambda m: m.update(more=1)), OPENING, b"[]", b""):
        with pytest.raises(ElectionError):
            read_entry(wrong)


RANKED = define_election(
    uuid=ElectionUuid("4S92PJQYHSkk7n"),
    name="Valg",
    description="",
    questions=[RankedQuestion(("Dorte", "Emil", "Fatma"), "I hvilken rækkefølge?")],
    trustees=[generate_trustee(RFC_3526_2048).public()],
    group=RFC_3526_2048,
)


@pytest.mark.parametrize("ranking", [(), (1,), (2, 0, 1)])
def test_a_ranking_is_opened_in_its_order(ranking: tuple[int, ...]) -> None:
    assert selections(RANKED, ranking) == (ranking,)


def test_a_ranking_that_hides_something_beside_it_comes_to_light() -> None:
    prepared = prepare_ballot(RANKED, CODE, (2, 0, 1))
    message = json.loads(prepared.raw)
    choice = message["answers"][0]["choices"]
    element = mpz(choice["beta"]) * RANKED.group.power(RANKED.public_key, -prepared.randomness[0][0]) % RANKED.group.p
    # The ranking stands in the last bits; 2 to the power 100 stands before it.
    hidden = element + 2**100
    while not RANKED.group.has_member(hidden):
        hidden += 2**100
    mask = RANKED.group.power(RANKED.public_key, prepared.randomness[0][0])
    choice["beta"] = str(mask * hidden % RANKED.group.p)
    raw = signed_anew(canonical_bytes(message), CODE, RANKED)
    opening = open_ballot(PreparedBallot(raw=raw, randomness=prepared.randomness), RANKED)
    assert refusal(raw, opening, RANKED) == "challenge-ranking"
    other = changed(opening, lambda m: m.update(randomness=[["1"]]))
    assert refusal(raw, other, RANKED) == "challenge-randomness"
