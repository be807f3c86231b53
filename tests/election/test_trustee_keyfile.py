"""Key files: only the passphrase opens them, nothing in them can be altered, and nothing of the key shows."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.errors import TrusteeError
from election.record.canonical import canonical_bytes
from election.trustees import TrusteePrivateKey
from election.trustees.channels import derive_channel_keys
from election.trustees.keyfile import Hardness, is_sealed, seal, unseal
from election.trustees.secrets import TrusteeSecret, key_name, parse_plain, plain_content

PASSPHRASE = "korrekt hest batteri hæfteklamme"
QUICK = Hardness(passes=1, lanes=1, kibibytes=8)
SINGLE = TrusteePrivateKey(mpz(1234567890), GROUP)
MEMBER = derive_channel_keys("FuLq6vCLW8R3hb5Sd6Jgqc", GROUP)
SEALED = seal(SINGLE, PASSPHRASE, hardness=QUICK)


def code_of(raw: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(TrusteeError) as caught:
        unseal(raw, passphrase)
    assert str(SINGLE.secret) not in str(caught.value)
    return caught.value.code


def changed(change: Callable[[Any], object], raw: bytes = SEALED) -> bytes:
    message = json.loads(raw)
    change(message)
    return canonical_bytes(message)


@pytest.mark.parametrize("secret", [SINGLE, MEMBER], ids=["single", "member"])
def test_a_sealed_key_comes_back_and_shows_nothing(secret: TrusteeSecret) -> None:
    raw = seal(secret, PASSPHRASE, hardness=QUICK)
    assert unseal(raw, PASSPHRASE) == secret
    assert is_sealed(raw)
    assert plain_content(secret).strip(b'"\n') not in raw
    assert json.loads(raw)["name"] == key_name(secret)
    assert seal(secret, PASSPHRASE, hardness=QUICK) != raw


@pytest.mark.parametrize("secret", [SINGLE, MEMBER], ids=["single", "member"])
def test_a_plain_key_comes_back(secret: TrusteeSecret) -> None:
    raw = plain_content(secret)
    assert parse_plain(raw) == secret
    assert not is_sealed(raw)


def test_the_file_is_what_its_documentation_says() -> None:
    """Oracle: the steps of docs/trustees.md with the library alone."""
    message = json.loads(SEALED)
    sealed = base64.b64decode(message.pop("sealed"))
    kdf = message["kdf"]
    key = Argon2id(
        salt=base64.b64decode(kdf["salt"]),
        length=32,
        iterations=kdf["passes"],
        lanes=kdf["lanes"],
        memory_cost=kdf["kibibytes"],
    ).derive(PASSPHRASE.encode())
    header = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
    nonce = base64.b64decode(message["cipher"]["nonce"])
    assert AESGCM(key).decrypt(nonce, sealed, header) == b'"1234567890"\n'


def test_a_key_is_sealed_with_the_setting_of_rfc_9106() -> None:
    kdf = json.loads(seal(SINGLE, PASSPHRASE))["kdf"]
    assert (kdf["name"], kdf["passes"], kdf["lanes"], kdf["kibibytes"]) == ("argon2id", 3, 4, 65536)


def test_another_passphrase_does_not_open_it_and_a_short_one_is_not_taken() -> None:
    assert code_of(SEALED, PASSPHRASE + " ") == "passphrase-wrong"
    assert code_of(SEALED, "") == "passphrase-wrong"
    with pytest.raises(TrusteeError) as caught:
        seal(SINGLE, "x" * 11, hardness=QUICK)
    assert caught.value.code == "passphrase-short"


def test_a_passphrase_is_the_same_however_the_keyboard_writes_its_letters() -> None:
    raw = seal(SINGLE, "r\u00e5dhuset p\u00e5 torvet", hardness=QUICK)
    assert unseal(raw, "ra\u030adhuset pa\u030a torvet") == SINGLE


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.update(kind="member"), "passphrase-wrong"),
        (lambda m: m.update(name="0" * 16), "passphrase-wrong"),
        (lambda m: m["kdf"].update(passes=2), "passphrase-wrong"),
        (lambda m: m["kdf"].update(salt=base64.b64encode(bytes(16)).decode()), "passphrase-wrong"),
        (lambda m: m["cipher"].update(nonce=base64.b64encode(bytes(12)).decode()), "passphrase-wrong"),
        (lambda m: m.update(sealed=m["sealed"][4:]), "passphrase-wrong"),
        (lambda m: m.update(sealed=""), "passphrase-wrong"),
        (lambda m: m["kdf"].update(passes=0), "key-file-cost"),
        (lambda m: m["kdf"].update(passes=17), "key-file-cost"),
        (lambda m: m["kdf"].update(lanes=2), "key-file-cost"),
        (lambda m: m["kdf"].update(kibibytes=2**20 + 1), "key-file-cost"),
        (lambda m: m.update(version=2), "key-file-version"),
        (lambda m: m.update(format="other"), "key-file-kind"),
        (lambda m: m["kdf"].update(name="scrypt"), "key-file-version"),
        (lambda m: m["cipher"].update(name="aes-256-cbc"), "key-file-version"),
        (lambda m: m.update(more=1), "key-file-malformed"),
        (lambda m: m.pop("sealed"), "key-file-malformed"),
        (lambda m: m.update(sealed="#"), "key-file-malformed"),
        (lambda m: m["kdf"].update(salt="AAAA"), "key-file-malformed"),
        (lambda m: m["cipher"].update(nonce="AAAA"), "key-file-malformed"),
        (lambda m: m["kdf"].update(passes="3"), "key-file-malformed"),
        (lambda m: m.update(group="RFC-3526-2048"), "passphrase-wrong"),
    ],
)
def test_an_altered_file_is_refused(change: Callable[[Any], object], code: str) -> None:
    assert code_of(changed(change)) == code


@pytest.mark.parametrize("raw", [b"", b"{", b"{}", b"[]", b"\xff"])
def test_what_is_no_key_file_is_refused(raw: bytes) -> None:
    assert code_of(raw) == "key-file-malformed"
