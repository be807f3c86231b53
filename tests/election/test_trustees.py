"""Trustees' keys: their files, their proofs, and the key that they make together."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.errors import ElectionError, TrusteeError
from election.record.canonical import canonical_bytes
from election.trustees import (
    TrusteePrivateKey,
    election_public_key,
    generate_trustee,
    parse_trustee_private_key,
    parse_trustee_public_key,
    parse_trustees,
    trustee_public_key_to_json,
    trustees_to_bytes,
)
from tests.election.forging import ScriptedRng, changed

FIRST, SECOND = TrusteePrivateKey(mpz(1234567890), GROUP), TrusteePrivateKey(mpz(9876543210), GROUP)
KEYS = (FIRST.public(), SECOND.public())
RAW = trustees_to_bytes(KEYS)


def refusal(raw: bytes) -> str:
    with pytest.raises(ElectionError) as caught:
        parse_trustees(raw, GROUP)
    return caught.value.code


def test_the_keys_of_a_record_are_read_back() -> None:
    assert parse_trustees(RAW, GROUP) == KEYS
    assert trustees_to_bytes(parse_trustees(RAW, GROUP)) == RAW


def test_the_election_key_is_the_product_of_the_trustees_keys() -> None:
    assert election_public_key(KEYS, GROUP) == GROUP.power(GROUP.g, FIRST.secret + SECOND.secret)


def test_key_files_of_belenios_tool_are_read_and_written_the_same(tool_secrets: dict[str, Any]) -> None:
    for files in tool_secrets["trustee_keys"]:
        private = parse_trustee_private_key(files["privkey"].encode())
        assert private.file_content() == files["privkey"].strip().encode()
        public = parse_trustee_public_key(json.loads(files["pubkey"]))
        assert public.public_key == private.public().public_key
        assert canonical_bytes(trustee_public_key_to_json(public)) == files["pubkey"].strip().encode()


def test_a_generated_key_is_below_q() -> None:
    assert generate_trustee(rng=ScriptedRng(int(GROUP.q) - 1)).secret == GROUP.q - 1
    assert generate_trustee() != generate_trustee()


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"{}", b"12345", b'"0"', b'"012345"', b'"12345', b'"-1"', b'{"x":"12345"}', b"\xff", b'["12345"]'),
        *(b'"%d"' % int(GROUP.q), b'"' + b"9" * 100_000 + b'"'),
    ],
)
def test_a_file_without_a_key_is_refused_without_quoting_it(raw: bytes) -> None:
    with pytest.raises(TrusteeError) as caught:
        parse_trustee_private_key(raw)
    assert caught.value.code == "trustee-key-file"
    assert caught.value.params == {}
    assert caught.value.__cause__ is None


def test_no_repr_shows_the_secret() -> None:
    assert repr(FIRST) == str(FIRST) == "TrusteePrivateKey(<hidden>)"


def swap_proofs(message: Any) -> None:
    message[0][1]["pok"], message[1][1]["pok"] = message[1][1]["pok"], message[0][1]["pok"]


def outside_group(message: Any) -> None:
    message[0][1]["public_key"] = str(GROUP.p - KEYS[0].public_key)


def swapped_fields(message: Any) -> None:
    key = message[0][1]
    message[0][1] = {"public_key": key["public_key"], "pok": key["pok"]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda message: message.clear(), "trustee-none"),
        (lambda message: message.append(message[0]), "trustee-twice"),
        (lambda message: message[0].__setitem__(0, "Multiple"), "trustee-kind"),
        (lambda message: message[0].__setitem__(0, ["Single"]), "trustee-kind"),
        (lambda message: message[0].append("more"), "trustee-kind"),
        (lambda message: message[0].clear(), "trustee-kind"),
        (lambda message: message.__setitem__(0, "Single"), "shape-list"),
        (lambda message: message[0].__setitem__(1, "key"), "trustee-key-malformed"),
        (lambda message: message[0][1].pop("pok"), "trustee-key-malformed"),
        (lambda message: message[0][1].update(name="Grenå"), "trustee-key-malformed"),
        (lambda message: message[0][1].update(public_key="1"), "trustee-key-malformed"),
        (lambda message: message[0][1]["pok"].update(challenge=str(GROUP.q)), "trustee-key-malformed"),
        (outside_group, "trustee-key-outside-group"),
        (swap_proofs, "trustee-key-proof"),
        (swapped_fields, "trustees-not-canonical"),
    ],
)
def test_wrong_keys_are_refused_by_name(change: Callable[[Any], object], code: str) -> None:
    assert refusal(changed(RAW, change)) == code


def test_spaces_and_escapes_are_not_canonical() -> None:
    assert refusal(RAW + b"\n") == "trustees-not-canonical"
    assert refusal(RAW.replace(b"Single", b"\\u0053ingle", 1)) == "trustees-not-canonical"


def test_a_key_made_to_cancel_another_needs_a_secret_that_nobody_has() -> None:
    """Rogue key: the product would be the attacker's own key."""
    own = TrusteePrivateKey(mpz(31337), GROUP)
    rogue = own.public().public_key * GROUP.power(FIRST.public().public_key, GROUP.q - 1) % GROUP.p
    raw = changed(RAW, lambda message: message[1][1].update(public_key=str(rogue)))
    assert refusal(raw) == "trustee-key-proof"
