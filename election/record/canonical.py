"""Canonical bytes: the only place where bytes are made that are hashed or signed.

A message is compact JSON in UTF-8, its fields in the order of the specification (4.15: "serialized as a JSON compact
string, where object fields are ordered as specified"). Reading is strict: no duplicate keys, no fractions, no
constants that JSON does not know. Whoever parses a message compares the bytes it read with the canonical bytes of
what it understood, so that every message has exactly one form.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from typing import Any, Never

from election.errors import RecordError

# What json.loads gives; every parser narrows it at once.
Json = Any
# No message of the specification is nested deeper than a proof in a ballot: 6 levels.
_MAX_DEPTH = 16
# A value takes up to a hundred times its bytes once it is read. Where there are many, nearly all are big numbers (62
# bytes for each sign below in a proof, more in a ciphertext); short ones are many only in a result of ranked votes.
_MOST_SHORT_VALUES = 2**21
_BYTES_OF_LONG_VALUE = 32


def canonical_bytes(message: Json) -> bytes:
    """Compact UTF-8 JSON, fields in the order in which ``message`` holds them.

    Raises:
        RecordError: The message holds a character that UTF-8 cannot carry.
    """
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # belenios-tool writes DEL as an escape, json.dumps writes it bare.
    try:
        return text.replace("\x7f", "\\u007f").encode()
    except UnicodeEncodeError:
        raise RecordError("json-unreadable", position=0) from None


def load_json(raw: bytes) -> Json:
    """Strict JSON.

    Raises:
        RecordError: Not UTF-8, not JSON, nested too deeply, a key twice in one object, a number that is no small
            integer, or half a character (a lone surrogate), of which no bytes can be hashed.
    """
    if sum(map(raw.count, (b",", b"[", b"{"))) > _MOST_SHORT_VALUES + len(raw) // _BYTES_OF_LONG_VALUE:
        raise RecordError("json-values")
    try:
        text = raw.decode()
        message = json.loads(
            text,
            object_pairs_hook=_object_without_duplicates,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            parse_int=_parse_small_integer,
        )
    except UnicodeDecodeError as fault:
        raise RecordError("json-unreadable", position=fault.start) from None
    except json.JSONDecodeError as fault:
        raise RecordError("json-unreadable", position=fault.pos) from None
    except RecursionError:
        raise RecordError("json-depth", most=_MAX_DEPTH) from None
    _check_depth(message)
    _check_characters(text, message)
    return message


def _check_depth(message: Json) -> None:
    # What json.loads can just read, json.dumps or str() further down the stack perhaps cannot.
    level = _containers([message])
    for _ in range(_MAX_DEPTH):
        level = [inner for each in level for inner in _containers(each.values() if isinstance(each, dict) else each)]
    if level:
        raise RecordError("json-depth", most=_MAX_DEPTH)


def _check_characters(text: str, message: Json) -> None:
    # Only an escape can stand for half a character: strict UTF-8 cannot.
    if "\\ud" in text or "\\uD" in text:
        try:
            json.dumps(message, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise RecordError("json-unreadable", position=0) from None


def _containers(parts: Iterable[Json]) -> list[Json]:
    return [part for part in parts if isinstance(part, (dict, list))]


def _object_without_duplicates(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    message = dict(pairs)
    if len(message) != len(pairs):
        raise RecordError("json-duplicate-key")
    return message


def _refuse_number(text: str) -> Never:
    raise RecordError("json-number", number=text[:20])


def _parse_small_integer(text: str) -> int:
    # Big numbers are strings (4.2); a huge bare number would cost quadratic time to read.
    if len(text) > 18:
        _refuse_number(text)
    return int(text)


def sha256_hex(content: bytes) -> str:
    """SHA-256 in lower-case hexadecimal: the name of a document in the record (4.4)."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(content: bytes) -> str:
    """Base64 of SHA-256 without padding: fingerprint of an election, tracker of a ballot (4.15)."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
