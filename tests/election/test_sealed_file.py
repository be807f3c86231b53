"""Files that only a passphrase opens: whatever is altered, left out or asked for too much is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from election.errors import SealedFileError
from election.sealed_file import Hardness, seal, unseal
from tests.election.forging import changed

PASSPHRASE = "fire ord på rad"
SOFT = Hardness(passes=1, lanes=1, kibibytes=8)  # the tests try many; the files of people ask for 64 MiB
SECRET = b"the code of every card"


def sealed(**changes: Any) -> bytes:
    settings = {"form": "test", "about": {"uuid": "u"}, "hardness": SOFT} | changes
    return seal(SECRET, PASSPHRASE, **settings)


RAW = sealed()


def refusal(raw: bytes, passphrase: str = PASSPHRASE, form: str = "test", about: tuple[str, ...] = ("uuid",)) -> str:
    with pytest.raises(SealedFileError) as caught:
        unseal(raw, passphrase, form=form, about=about)
    str(caught.value)
    return caught.value.code


def test_the_passphrase_gives_back_what_was_sealed() -> None:
    opened = unseal(RAW, PASSPHRASE, form="test", about=("uuid",))
    assert (opened.content, opened.about) == (SECRET, {"uuid": "u"})
    assert SECRET.decode() not in RAW.decode() + repr(opened)


def test_the_usual_hardness_is_the_second_recommendation_of_rfc_9106() -> None:
    kdf = json.loads(sealed(hardness=None))["kdf"]
    assert (kdf["name"], kdf["passes"], kdf["lanes"], kdf["kibibytes"]) == ("argon2id", 3, 4, 65536)


def test_the_same_content_is_sealed_differently_each_time() -> None:
    assert json.loads(RAW)["sealed"] != json.loads(sealed())["sealed"]


def test_another_passphrase_opens_nothing() -> None:
    assert refusal(RAW, PASSPHRASE + " ") == "passphrase-wrong"


@pytest.mark.parametrize("passphrase", ["", "elleve tegn"])
def test_a_short_passphrase_is_refused_when_the_file_is_made(passphrase: str) -> None:
    with pytest.raises(SealedFileError, match="12"):
        seal(SECRET, passphrase, form="test", about={})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda message: message.update(uuid="other"), "passphrase-wrong"),
        (lambda message: message["kdf"].update(passes=2), "passphrase-wrong"),
        (lambda message: message["kdf"].update(salt="A" * 22 + "=="), "passphrase-wrong"),
        (lambda message: message["cipher"].update(nonce="A" * 16), "passphrase-wrong"),
        (lambda message: message.update(sealed=message["sealed"][4:]), "passphrase-wrong"),
        (lambda message: message.update(sealed="!"), "key-file-malformed"),
        (lambda message: message["kdf"].update(salt="AAAA"), "key-file-malformed"),
        (lambda message: message.pop("uuid"), "key-file-malformed"),
        (lambda message: message.update(more=1), "key-file-malformed"),
        (lambda message: message.update(uuid=1), "key-file-malformed"),
        (lambda message: message.update(version=2), "key-file-version"),
        (lambda message: message["kdf"].update(name="argon2i"), "key-file-version"),
        (lambda message: message["cipher"].update(name="aes-128-gcm"), "key-file-version"),
        (lambda message: message["kdf"].update(kibibytes=2**21), "key-file-cost"),
        (lambda message: message["kdf"].update(kibibytes=7), "key-file-cost"),
        (lambda message: message["kdf"].update(passes=0), "key-file-cost"),
        (lambda message: message["kdf"].update(lanes=17, kibibytes=200), "key-file-cost"),
    ],
)
def test_an_altered_file_is_refused(change: Callable[[dict[str, Any]], object], code: str) -> None:
    assert refusal(changed(RAW, change)) == code


def test_a_file_of_another_kind_is_refused() -> None:
    assert refusal(RAW, form="other") == "key-file-kind"
    assert refusal(b"not JSON") == "key-file-malformed"
