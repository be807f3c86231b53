"""The JSON Schema for editors accepts what the parser accepts and refuses what is wrong in type, key or word."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from composition_rules.catalogue import mandate_ids
from composition_rules.parse.schema import mandate_schema
from tests.composition_rules.test_mandate_faults import GOOD, ONE_FAULT
from tests.composition_rules.test_wider_language import GOOD as PAGE
from tests.composition_rules.test_wider_language import ONE_FAULT as WIDER

SCHEMA = mandate_schema()
# Wrong in one key against another, or in what a schema cannot see: the parser alone refuses it.
BEYOND = {
    *("duplicate-id", "unknown-source", "lines-unusable", "seats-do-not-add-up", "alternates-do-not-add-up"),
    *("requirement-too-large", "alternates-of-none", "alternates-without-number", "personal-alternates"),
    *("order-needed", "order-needless", "nominator-needless", "bound-twice", "range-backwards", "unknown-group"),
    *("shares-do-not-add-up", "per-member-needless", "not-toml"),
    *("absences-needed", "absences-needless", "at-most-members-needless"),
}
EITHER = {"no bound", "shared by how many", "date with a time"}  # a key that another may stand for; a date as text


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """A reading of the few words of JSON Schema that ours uses; any other word fails."""
    known = {
        "$schema",
        "title",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "minItems",
        "uniqueItems",
    }
    assert schema.keys() <= known | {"maxItems", "enum", "const", "pattern", "minimum", "maximum", "anyOf", "format"}
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return any(value == one and type(value) is type(one) for one in schema.get("enum", [schema.get("const")]))
    match schema["type"]:
        case "integer":
            return type(value) is int and schema["minimum"] <= value <= schema.get("maximum", value)
        case "string":
            if schema.get("format") == "date":
                return isinstance(value, date)
            return isinstance(value, str) and re.search(schema.get("pattern", ""), value) is not None
        case "array":
            enough = isinstance(value, list) and schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 999)
            once = not schema.get("uniqueItems") or (
                isinstance(value, list) and len(set(map(str, value))) == len(value)
            )
            return enough and once and all(fits(one, schema["items"]) for one in value)
        case _:
            held = schema["properties"]
            keys = isinstance(value, dict) and value.keys() <= held.keys() and value.keys() >= set(schema["required"])
            return keys and all(fits(one, held[key]) for key, one in value.items())


def test_the_shipped_schema_is_that_of_the_code() -> None:
    shipped = (files("composition_rules") / "mandate.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == SCHEMA, "run `python -m scripts.mandate_schema`"


@pytest.mark.parametrize("name", mandate_ids())
def test_every_shipped_mandate_fits(name: str) -> None:
    raw = (files("composition_rules") / "mandates" / f"{name}.toml").read_text(encoding="utf-8")
    assert fits(tomllib.loads(raw), SCHEMA)


def test_the_example_of_the_page_fits() -> None:
    assert fits(tomllib.loads(PAGE), SCHEMA)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        (name, good.replace(part, instead, 1), code)
        for good, table in ((GOOD, ONE_FAULT), (PAGE, WIDER))
        for name, (part, instead, code, _) in table.items()
        if code != "not-toml"
    ],
    ids=lambda part: part if len(part) < 40 else "",
)
def test_a_planted_fault_is_refused_by_schema_and_parser_alike(name: str, text: str, code: str) -> None:
    if name in EITHER:
        return
    if code == "lines-unusable":
        return  # both ends wrong are seen by the schema, their order is not
    assert fits(tomllib.loads(text), SCHEMA) is (code in BEYOND)
