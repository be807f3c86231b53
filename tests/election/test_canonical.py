"""Strict JSON: whatever the bytes are, a message or an error of the record comes out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.errors import RecordError
from election.record.canonical import canonical_bytes, fingerprint, load_json, sha256_hex

REFUSED = {
    "nothing": (b"", "json-unreadable"),
    "cut off": (b'{"a":', "json-unreadable"),
    "two documents": (b"{}{}", "json-unreadable"),
    "byte order mark": (b"\xef\xbb\xbf{}", "json-unreadable"),
    "not UTF-8": (b'"\xff"', "json-unreadable"),
    "surrogate in UTF-8": (b'"\xed\xa0\x80"', "json-unreadable"),
    "UTF-16": ('{"a":1}'.encode("utf-16"), "json-unreadable"),
    "bare control character": (b'"\x01"', "json-unreadable"),
    "single quotes": (b"{'a':1}", "json-unreadable"),
    "comment": (b"{}//", "json-unreadable"),
    "trailing comma": (b"[1,]", "json-unreadable"),
    "leading zero": (b"[01]", "json-unreadable"),
    "fraction": (b"[1.0]", "json-number"),
    "exponent": (b"[1e3]", "json-number"),
    "huge exponent": (b"[1e999999999]", "json-number"),
    "not a number": (b"[NaN]", "json-number"),
    "infinity": (b"[-Infinity]", "json-number"),
    "big number": (b"[9223372036854775808]", "json-number"),
    "number of a million digits": (b"[" + b"9" * 1_000_000 + b"]", "json-number"),
    "key twice": (b'{"a":1,"a":1}', "json-duplicate-key"),
    "key twice, once escaped": (b'{"a":1,"\\u0061":2}', "json-duplicate-key"),
    "17 levels": (b"[" * 17 + b"]" * 17, "json-depth"),
    "900 levels": (b'{"a":' * 900 + b"1" + b"}" * 900, "json-depth"),
    "100,000 levels": (b"[" * 100_000 + b"]" * 100_000, "json-depth"),
}


@pytest.mark.parametrize(("raw", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_strict_json_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(RecordError) as caught:
        load_json(raw)
    assert caught.value.code == code


def test_sixteen_levels_are_read() -> None:
    assert canonical_bytes(load_json(b"[" * 16 + b"]" * 16)) == b"[" * 16 + b"]" * 16


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\u0d8f1-.eE tnflN', max_size=60).map(str.encode))
def test_no_bytes_raise_anything_else(raw: bytes) -> None:
    try:
        message = load_json(raw)
        canonical_bytes(message)
    except RecordError:
        return
    assert message == json.loads(raw)


@given(st.recursive(st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(), st.lists, max_leaves=8))
def test_what_is_written_is_read_the_same(message: object) -> None:
    try:
        raw = canonical_bytes(message)
    except RecordError:
        return  # a lone surrogate
    assert load_json(raw) == message


def test_letters_stand_as_themselves_and_control_characters_as_belenios_tool_writes_them() -> None:
    expected = '"Å ط / \\\\ \\" \\u007f \\u0001 \\n"'
    assert canonical_bytes('Å ط / \\ " \x7f \x01 \n') == expected.encode()


def test_a_lone_surrogate_cannot_be_written() -> None:
    with pytest.raises(RecordError):
        canonical_bytes(load_json(b'"\\ud800"'))


def test_documents_are_named_in_hexadecimal_and_fingerprints_are_base64_without_padding() -> None:
    """SHA-256 of nothing, FIPS 180-4."""
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert fingerprint(b"") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"
