"""Codes on cards: what they derive, which typing errors are caught, what is never shown."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from election.credentials import derive_credential, generate_credentials, parse_credential
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.errors import CredentialError
from election.ids import BASE58, ElectionUuid
from election.record.archive import read_archive
from tests.election.forging import VECTORS, ScriptedRng

CODE = "5Au-bVf-TRL-fK4-rxn"
UUID = ElectionUuid("4S92PJQYHSkk7n")
# 58 characters share 53 checksums: these pairs, 53 apart, are one to the checksum.
TWINS = {frozenset(pair) for pair in zip("12345", "vwxyz", strict=True)}

bodies = st.text(alphabet=BASE58, min_size=14, max_size=14)


def checksum(characters: str) -> str:
    """Written a second time from 4.8, digit by digit."""
    remainder = 0
    for character in characters:
        remainder = (remainder * 58 + BASE58.index(character)) % 53
    return BASE58[53 - remainder]


def is_caught(typed: str) -> bool:
    try:
        parse_credential(typed)
    except CredentialError:
        return True
    return False


def refusal(typed: str) -> CredentialError:
    with pytest.raises(CredentialError) as caught:
        parse_credential(typed)
    return caught.value


def test_codes_of_belenios_tool_derive_the_credentials_that_it_published(tool_secrets: dict[str, Any]) -> None:
    with (VECTORS / f"{UUID}.bel").open("rb") as file:
        published = json.loads([entry.content for entry in read_archive(file)][2])
    derived = [str(derive_credential(code, UUID, GROUP).public) for code in tool_secrets["codes"]]
    assert sorted(derived) == sorted(published)


def test_the_public_credential_is_the_generator_to_the_secret_one() -> None:
    credential = derive_credential(CODE, UUID, GROUP)
    assert GROUP.power(GROUP.g, credential.secret) == credential.public
    assert credential.secret < GROUP.q


def test_a_code_is_worth_nothing_in_another_election() -> None:
    other = derive_credential(CODE, ElectionUuid("4S92PJQYHSkk7o"), GROUP)
    assert other.public != derive_credential(CODE, UUID, GROUP).public


def test_generated_codes_are_different_and_in_the_printed_form() -> None:
    codes = generate_credentials(50)
    assert len(set(codes)) == 50
    for code in codes:
        assert parse_credential(code) == code
        assert [len(group) for group in code.split("-")] == [3] * 5


def test_a_code_that_comes_twice_from_the_source_of_randomness_is_given_once() -> None:
    twice = [0] * 28
    first, second = generate_credentials(2, rng=ScriptedRng(*twice, *[1] * 14))
    assert first == "111-111-111-111-11v"
    assert second.startswith("222")


@pytest.mark.parametrize("count", [0, -1])
def test_no_cards_cannot_be_made(count: int) -> None:
    with pytest.raises(CredentialError, match="cannot be made"):
        generate_credentials(count)


@pytest.mark.parametrize(
    "typed",
    [
        "5AubVfTRLfK4rxn",
        " 5Au-bVf-TRL-fK4-rxn\n",
        "5Au bVf TRL fK4 rxn",
        "5Au\N{NO-BREAK SPACE}bVf\tTRL--fK4 - rxn",
        "5-A-u-b-V-f-T-R-L-f-K-4-r-x-n",
    ],
)
def test_spaces_and_dashes_do_not_matter(typed: str) -> None:
    assert parse_credential(typed) == CODE
    assert derive_credential(typed, UUID, GROUP) == derive_credential(CODE, UUID, GROUP)


@given(bodies)
def test_the_checksum_is_that_of_the_specification(body: str) -> None:
    assert parse_credential(body + checksum(body)).replace("-", "") == body + checksum(body)


@given(bodies, st.integers(0, 13), st.sampled_from(BASE58))
def test_one_wrong_character_is_caught_unless_it_is_the_twin_of_the_right(body: str, place: int, wrong: str) -> None:
    assume(wrong != body[place])
    typed = body[:place] + wrong + body[place + 1 :] + checksum(body)
    assert is_caught(typed) == (frozenset((body[place], wrong)) not in TWINS)


def test_one_wrong_character_in_three_hundred_and_thirty_escapes_the_checksum() -> None:
    pairs = list(itertools.permutations(BASE58, 2))
    escaped = [pair for pair in pairs if frozenset(pair) in TWINS]
    assert (len(escaped), len(pairs)) == (10, 3306)


@given(bodies, st.sampled_from(BASE58))
def test_a_wrong_last_character_is_always_caught(body: str, wrong: str) -> None:
    assume(wrong != checksum(body))
    assert refusal(body + wrong).code == "credential-checksum"


@given(bodies, st.integers(0, 12))
def test_two_neighbours_in_the_wrong_order_are_caught_unless_they_are_twins(body: str, place: int) -> None:
    first, second = body[place], body[place + 1]
    assume(first != second)
    typed = body[:place] + second + first + body[place + 2 :] + checksum(body)
    assert is_caught(typed) == (frozenset((first, second)) not in TWINS)


@pytest.mark.parametrize(
    ("typed", "code", "place", "group"),
    [
        ("0Au-bVf-TRL-fK4-rxn", "credential-lookalike", 1, 1),
        ("5Au-OVf-TRL-fK4-rxn", "credential-lookalike", 4, 2),
        ("5Au-bVf-TRI-fK4-rxn", "credential-lookalike", 9, 3),
        ("5Au-bVf-TRL-lK4-rxn", "credential-lookalike", 10, 4),
        ("5Au-bVf-TRL-fK4-rx!", "credential-character", 15, 5),
        ("5Æu-bVf-TRL-fK4-rxn", "credential-character", 2, 1),
        ("５Au-bVf-TRL-fK4-rxn", "credential-character", 1, 1),
    ],
)
def test_a_character_that_codes_do_not_have_is_named_with_its_place(
    typed: str, code: str, place: int, group: int
) -> None:
    error = refusal(typed)
    assert (error.code, error.params["place"], error.params["group"]) == (code, place, group)


@pytest.mark.parametrize("typed", ["", "-", "5Au-bVf-TRL-fK4-rx", "5Au-bVf-TRL-fK4-rxn1", CODE * 2])
def test_a_code_of_another_length_is_refused(typed: str) -> None:
    assert refusal(typed).code == "credential-length"


def test_no_error_and_no_repr_shows_a_code_or_its_secret() -> None:
    credential = derive_credential(CODE, UUID, GROUP)
    assert repr(credential) == str(credential) == "PrivateCredential(<hidden>)"
    for typed in (CODE[:-1] + "m", CODE + "1", CODE[:-1] + "!"):
        error = refusal(typed)
        assert not any(part in f"{error} {error!r}" for part in CODE.split("-"))
