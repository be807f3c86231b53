"""Reading the shape of a message: the right fields, the right types, nothing else.

Each function narrows untyped JSON and raises ``RecordError`` with the name of the place.
"""

from __future__ import annotations

from election.errors import RecordError
from election.record.canonical import Json

_MAX_SMALL_WEIGHT = 2**30 - 1
_MAX_WEIGHT_LENGTH = 30


def fields(message: Json, place: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Json]:
    """An object with all of ``required``, perhaps some of ``optional``, and no other field.

    Raises:
        RecordError: It is not.
    """
    if not isinstance(message, dict):
        raise RecordError("shape-object", place=place)
    for name in required:
        if name not in message:
            raise RecordError("shape-missing", place=place, field=name)
    for name in message:
        if name not in required and name not in optional:
            raise RecordError("shape-unknown", place=place, field=name[:40])
    return message


def items(message: Json, place: str) -> list[Json]:
    """A list.

    Raises:
        RecordError: It is not.
    """
    if not isinstance(message, list):
        raise RecordError("shape-list", place=place)
    return message


def text(message: Json, place: str) -> str:
    """A string.

    Raises:
        RecordError: It is not.
    """
    if not isinstance(message, str):
        raise RecordError("shape-text", place=place)
    return message


def whole_number(message: Json, place: str) -> int:
    """A whole number, not negative (in JSON ``true`` is no number).

    Raises:
        RecordError: It is not.
    """
    if not isinstance(message, int) or isinstance(message, bool) or message < 0:
        raise RecordError("shape-number", place=place)
    return message


def weight(message: Json, place: str) -> int:
    """A sum of weights: a whole number, or a string where belenios-tool writes one.

    Raises:
        RecordError: It is neither.
    """
    if isinstance(message, str) and message.isascii() and message.isdigit() and len(message) <= _MAX_WEIGHT_LENGTH:
        return int(message)
    return whole_number(message, place)


def weight_to_json(weight: int) -> Json:
    """The one form of a sum of weights: what the small integers of belenios-tool cannot hold is a string."""
    return weight if weight <= _MAX_SMALL_WEIGHT else str(weight)


def truth(message: Json, place: str) -> bool:
    """True or false.

    Raises:
        RecordError: It is neither.
    """
    if not isinstance(message, bool):
        raise RecordError("shape-truth", place=place)
    return message
