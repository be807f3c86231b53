"""Values as JSON, and the JSON Schema of that JSON, both read off the same frozen classes, so that they agree.

A number of votes is a text: whole (``12``), decimal where that is exact (``12.5``), else a fraction (``37/3``). Readers
of JSON that know no exact numbers cannot garble it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from election.counting.trail import Amount

AMOUNT = r"^-?[0-9]+(\.[0-9]+|/[0-9]+)?$"


def amount_text(amount: Amount) -> str:
    """A number exactly: whole, decimal where that ends, else a fraction."""
    number = Fraction(amount)
    decimals = decimals_of(number)
    return f"{number.numerator}/{number.denominator}" if decimals is None else fixed(number, decimals)


def decimals_of(amount: Amount) -> int | None:
    """How many decimals a number has; None where they do not end."""
    rest, twos, fives = Fraction(amount).denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def fixed(amount: Amount, decimals: int) -> str:
    """A number with so many decimals; what lies beyond them is rounded, half to even."""
    scaled = round(Fraction(amount) * 10**decimals)
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else sign + digits


def to_json(value: object) -> Any:
    """A value of frozen classes as JSON; numbers of type int stay numbers, see ``shape`` for amounts."""
    if is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        return {each.name: _member(getattr(value, each.name), hints[each.name]) for each in fields(value)}
    raise TypeError(value)


def schema_of(kind: Any) -> dict[str, Any]:
    """The schema of what ``to_json`` makes of a value of this type.

    Raises:
        TypeError: the type cannot stand in a document.
    """
    if kind == Amount:
        return {"type": "string", "pattern": AMOUNT}
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        if Fraction in parts:  # a text or an amount: both are texts
            return {"type": "string"}
        return {"anyOf": [schema_of(part) for part in parts]}
    if origin is tuple:
        return {"type": "array", "items": schema_of(parts[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(parts[1])}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        members = {each.name: schema_of(hints[each.name]) for each in fields(kind)}
        return {"type": "object", "properties": members, "required": [*members], "additionalProperties": False}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [each.value for each in kind]}
    plain = {bool: "boolean", int: "integer", str: "string", NoneType: "null", datetime: "string"}
    name = getattr(kind, "__supertype__", kind)
    if name not in plain:
        raise TypeError(kind)
    return {"type": plain[name]}


def _member(value: Any, kind: Any) -> Any:
    """A member of a class, by the type that it is declared with: an int where an amount stands is an amount."""
    if value is None or isinstance(value, bool | str):
        return value.value if isinstance(value, StrEnum) else value
    if is_dataclass(value):
        return to_json(value)
    parts = get_args(kind)
    if isinstance(value, tuple):
        return [_member(each, parts[0]) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _member(each, parts[1]) for key, each in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    return value if kind is int else amount_text(value)
