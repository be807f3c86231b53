"""Cards made away from the server: what may be known of them, what is kept, and what nobody is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from election.credential_list import (
    credentials_document,
    credentials_fingerprint,
    group_of_credentials,
    import_credentials,
    parse_credentials,
    verify_credentials_fingerprint,
)
from election.credentials import derive_credential
from election.crypto.groups import BELENIOS_2048, RFC_3526_2048, Group
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.errors import CredentialError, ElectionError, SealedFileError
from election.ids import ElectionUuid
from election.record.canonical import canonical_bytes
from election.registrar import (
    PRIVATE_FORM,
    CardKind,
    CardTexts,
    make_cards,
    parse_print_job,
    print_job,
    print_job_to_bytes,
    public_list,
    seal_cards,
    unseal_cards,
)
from election.roll import Elector
from election.sealed_file import seal
from tests.election.forging import changed
from tests.election.test_sealed_file import PASSPHRASE, SOFT

UUID = ElectionUuid("4S92PJQYHSkk7n")
TEXTS = CardTexts(
    name="Dialogforum",
    authority="Kommunen",
    closes="24. november kl. 20",
    address="https://valg.example/v/dialogforum",
    help="89 59 10 00",
    language="da",
)
ROLL = tuple(
    Elector(number=number, name=name, address=(f"Torvet {number}", "8500 Grenaa"))
    for number, name in (("7", "Amina"), ("12", "Bohdan"), ("3", "Çiğdem"))
)
CARDS = make_cards(UUID, TEXTS, electors=ROLL, spare=2)
PUBLIC = public_list(CARDS)
PRIVATE = seal_cards(CARDS, PUBLIC, PASSPHRASE, hardness=SOFT)


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(ElectionError) as caught:
        action()
    str(caught.value)
    return caught.value.code


def test_everybody_on_the_roll_gets_a_card_and_the_spare_ones_are_counted_apart() -> None:
    assert [(card.kind, card.number) for card in CARDS.cards] == [
        (CardKind.ELECTOR, "7"),
        (CardKind.ELECTOR, "12"),
        (CardKind.ELECTOR, "3"),
        (CardKind.SPARE, "1"),
        (CardKind.SPARE, "2"),
    ]
    assert len({card.code for card in CARDS.cards}) == 5


def test_cards_for_the_door_are_numbered_and_nobodys() -> None:
    cards = make_cards(UUID, TEXTS, door=3, spare=1)
    assert [(card.kind, card.number) for card in cards.cards] == [
        ("door", "1"), ("door", "2"), ("door", "3"), ("spare", "1"),
    ]  # fmt: skip
    job = print_job(cards.cards, TEXTS, {})
    assert [card.elector for card in job.cards] == [None] * 4


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({}, "registrar-nobody"),
        ({"spare": 4}, "registrar-nobody"),
        ({"door": -1}, "registrar-nobody"),
        ({"door": 1, "spare": -1}, "registrar-nobody"),
        ({"door": 1, "electors": ROLL}, "registrar-roll-and-door"),
    ],
)
def test_cards_for_nobody_or_for_both_are_refused(wanted: dict[str, Any], code: str) -> None:
    assert code_of(lambda: make_cards(UUID, TEXTS, **wanted)) == code


def test_the_public_list_is_every_cards_credential_in_numerical_order_and_nothing_else() -> None:
    listed = json.loads(PUBLIC)
    derived = [derive_credential(card.code, UUID, GROUP).public for card in CARDS.cards]
    assert [int(item) for item in listed] == sorted(map(int, derived))
    for secret in ("Amina", "Torvet", *(card.code for card in CARDS.cards)):
        assert secret not in PUBLIC.decode()


def test_the_list_can_be_imported_by_whoever_knows_its_fingerprint() -> None:
    noted = credentials_fingerprint(PUBLIC)
    assert list(import_credentials(PUBLIC + b"\n", GROUP, noted)) == [int(item) for item in json.loads(PUBLIC)]
    assert set(import_credentials(PUBLIC, GROUP, noted).values()) == {1}


def reordered(message: list[str]) -> None:
    message.reverse()


def one_twice(message: list[str]) -> None:
    message[1] = message[0]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (reordered, "credentials-order"),
        (lambda message: message.clear(), "credentials-empty"),
        (one_twice, "credential-twice"),
        (lambda message: message.append(str(GROUP.p - int(message[0]))), "element-outside-group"),
        (lambda message: message.append(message.pop() + ",0"), "credential-weight"),
        (lambda message: message.append(message.pop() + ",01"), "credential-weight"),
        (lambda message: message.append(message.pop() + ",2,Amina"), "credential-more"),
        (lambda message: message.append("0" + message.pop()), "number-leading-zero"),
        (lambda message: message.append(1), "shape-text"),
    ],
)
def test_a_list_with_a_fault_is_not_imported(change: Callable[[Any], object], code: str) -> None:
    raw = changed(PUBLIC, change)
    assert code_of(lambda: import_credentials(raw, GROUP, credentials_fingerprint(raw))) == code


@pytest.mark.parametrize(("made", "other"), [(BELENIOS_2048, RFC_3526_2048), (RFC_3526_2048, BELENIOS_2048)])
def test_a_list_is_of_one_group_and_known_by_its_numbers(made: Group, other: Group) -> None:
    # Half of the credentials of BELENIOS-2048 are squares, and so by chance elements of the other group as well.
    for public in [public_list(make_cards(UUID, TEXTS, door=1, group=made)) for _ in range(8)]:
        assert group_of_credentials(public) is made
        parse_credentials(public, made)
        assert code_of(partial(parse_credentials, public, other)) == "credentials-group"


def test_a_number_of_no_group_is_no_reason_to_name_another() -> None:
    foreign = changed(PUBLIC, lambda message: message.insert(0, str(GROUP.p - int(message[0]))))
    assert group_of_credentials(foreign) is GROUP
    assert code_of(lambda: parse_credentials(foreign, GROUP)) == "element-outside-group"
    assert group_of_credentials(b"[]") is None
    assert group_of_credentials(b'["x","1","-3"]') is None


def test_another_list_than_the_one_whose_fingerprint_was_noted_is_refused() -> None:
    fewer = changed(PUBLIC, lambda message: message.pop())
    noted = credentials_fingerprint(PUBLIC)
    assert code_of(lambda: import_credentials(fewer, GROUP, noted)) == "credentials-fingerprint"
    verify_credentials_fingerprint(PUBLIC, noted)


def test_nobody_has_more_votes_than_one_unless_the_mandate_says_so() -> None:
    assert code_of(lambda: public_list(CARDS, weights={"7": 2})) == "registrar-weights"
    assert public_list(CARDS, weights={"7": 1, "3": 1}) == PUBLIC


def test_weights_stand_beside_every_credential_where_the_mandate_has_them() -> None:
    document = public_list(CARDS, weights={"12": 5}, weighted=True)
    weights = parse_credentials(document, GROUP)
    heavy = derive_credential(CARDS.card(CardKind.ELECTOR, "12").code, UUID, GROUP).public
    assert {credential: weight for credential, weight in weights.items() if weight != 1} == {heavy: 5}
    assert all("," in item for item in json.loads(document))
    assert credentials_document(weights) == document


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ({"99": 1}, "registrar-no-card-elector"),
        ({"1": 1}, "registrar-no-card-elector"),
        ({"7": 0}, "credential-weight"),
    ],
)
def test_weights_of_nobody_or_below_one_are_refused(weights: dict[str, int], code: str) -> None:
    assert code_of(lambda: public_list(CARDS, weights=weights, weighted=True)) == code


def test_the_private_file_gives_the_cards_back_and_shows_neither_codes_nor_electors() -> None:
    assert unseal_cards(PRIVATE, PASSPHRASE) == CARDS
    for secret in ("Amina", "Dialogforum", *(card.code for card in CARDS.cards)):
        assert secret not in PRIVATE.decode()
    assert json.loads(PRIVATE)["fingerprint"] == credentials_fingerprint(PUBLIC)


def test_the_private_file_of_one_election_cannot_be_passed_off_as_that_of_another() -> None:
    for change in ({"uuid": "4S92PJQYHSkk7o"}, {"group": RFC_3526_2048.name}):
        other = changed(PRIVATE, lambda message, change=change: message.update(change))
        with pytest.raises(SealedFileError, match="altered"):
            unseal_cards(other, PASSPHRASE)


def test_the_private_file_says_the_group_of_the_election() -> None:
    cards = make_cards(UUID, TEXTS, door=1, group=RFC_3526_2048)
    raw = seal_cards(cards, public_list(cards), PASSPHRASE, hardness=SOFT)
    assert json.loads(raw)["group"] == RFC_3526_2048.name
    assert unseal_cards(raw, PASSPHRASE) == cards


def test_the_private_file_joins_a_code_to_a_number_and_never_to_a_name() -> None:
    with pytest.raises(CredentialError) as caught:
        print_job(CARDS.cards, TEXTS, {})
    assert caught.value.code == "registrar-not-on-roll"


def test_no_repr_shows_a_code() -> None:
    job = print_job(CARDS.cards, TEXTS, {elector.number: elector for elector in ROLL})
    for card in CARDS.cards:
        assert card.code not in repr(CARDS) + repr(job)


def test_a_print_job_says_what_stands_on_each_card() -> None:
    job = print_job(CARDS.cards, TEXTS, {elector.number: elector for elector in ROLL})
    assert parse_print_job(print_job_to_bytes(job)) == job
    assert [card.elector for card in job.cards] == [*ROLL, None, None]
    assert job.url(job.cards[0]) == f"https://valg.example/v/dialogforum#{CARDS.cards[0].code}"


@pytest.mark.parametrize(
    "change",
    [
        lambda message: message.update(version=2),
        lambda message: message.pop("texts"),
        lambda message: message["texts"].update(name=1),
        lambda message: message["cards"][0].update(code="5Au-bVf-TRL-fK4-rxm"),
        lambda message: message["cards"][0]["elector"].pop("address"),
    ],
)
def test_a_broken_print_job_is_refused_without_quoting_a_code(change: Callable[[Any], object]) -> None:
    raw = print_job_to_bytes(print_job(CARDS.cards, TEXTS, {elector.number: elector for elector in ROLL}))
    with pytest.raises(CredentialError) as caught:
        parse_print_job(changed(raw, change))
    assert caught.value.code == "registrar-job"
    assert "5Au" not in f"{caught.value} {caught.value!r}"


def test_a_kind_of_card_that_is_not_known_is_refused() -> None:
    texts = json.loads(print_job_to_bytes(print_job([], TEXTS, {})))["texts"]
    cards = [{"kind": "friend", "number": "1", "code": CARDS.cards[0].code}]
    content = canonical_bytes({"texts": texts, "cards": cards})
    about = {"uuid": UUID, "group": GROUP.name, "fingerprint": "f"}
    raw = seal(content, PASSPHRASE, form=PRIVATE_FORM, about=about, hardness=SOFT)
    assert code_of(lambda: unseal_cards(raw, PASSPHRASE)) == "registrar-card-kind"
