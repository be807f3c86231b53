"""The JSON Schema of the mandate language, for editors, drawn from the reading code itself.

``SchemaTable`` goes through the same code as a file does and notes which keys it asks for and of what type, so that
the schema cannot say anything else than the parser. It leaves to the parser what one key says against another.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from composition_rules.mandate import OPEN, UNSTATED, Seats, Silence
from composition_rules.parse.councils import COUNCIL_LANGUAGE, read_records
from composition_rules.parse.lines import KeyPath
from composition_rules.parse.mandates import LANGUAGE, read_mandate
from composition_rules.parse.reading import ID_PATTERN, MOST, Faults, Table
from composition_rules.people import PROPERTY_PATTERN, PropertyKind

Schema = dict[str, Any]
_Word = TypeVar("_Word", bound=StrEnum)
_SILENT: Schema = {"const": UNSTATED.value}
_FILLED: Schema = {"type": "string", "pattern": r"\S"}


def mandate_schema() -> Schema:
    """The schema of a mandate file."""
    top = SchemaTable(())
    read_mandate(top)
    return _whole(top, "Rådsvalg: mandate of a council", LANGUAGE)


def council_schema() -> Schema:
    """The schema of a council file."""
    top = SchemaTable(())
    read_records(top)
    return _whole(top, "Rådsvalg: people and history of a council", COUNCIL_LANGUAGE)


def _whole(top: SchemaTable, title: str, language: int) -> Schema:
    top.integer("language", least=language)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    schema: Schema = head | top.schema()
    schema["properties"]["language"] = {"const": language}
    return schema


class SchemaTable(Table):
    """A table that is not there: every key is asked for, and its type is kept."""

    def __init__(self, path: KeyPath) -> None:
        super().__init__(None, path, Faults({}))
        self._types: dict[str, Schema | SchemaTable] = {}
        self._lists: dict[str, bool] = {}
        self._optional: set[str] = set()
        self._silent: set[str] = set()
        self._words: dict[str, list[str]] = {}

    def __contains__(self, key: str) -> bool:
        return True

    def schema(self) -> Schema:
        """What was asked for, as an object that holds no other key."""
        return {
            "type": "object",
            "properties": {key: self._schema_of(key) for key in sorted(self._types)},
            "required": sorted(self._types.keys() - self._optional),
            "additionalProperties": False,
        }

    def _schema_of(self, key: str) -> Schema:
        kept = self._types[key]
        schema = kept.schema() if isinstance(kept, SchemaTable) else kept
        if key in self._lists:
            schema = {"type": "array", "items": schema} | ({"minItems": 1} if self._lists[key] else {})
        if key in self._words:
            schema = {"anyOf": [schema, {"enum": self._words[key]}]}
        return {"anyOf": [schema, _SILENT]} if key in self._silent else schema

    def note(self, code: str, key: str, **params: str | int) -> None:
        """Nothing is wrong with a table that is not there."""

    def _left_in(self, key: str) -> bool:
        self._optional.add(key)
        return True

    def _is_silent(self, key: str) -> bool:
        self._silent.add(key)
        return False

    def string(self, key: str) -> str:
        """A text that is not empty."""
        self._types[key] = _FILLED
        return ""

    def identifier(self, key: str) -> str:
        """An id."""
        self._types[key] = {"type": "string", "pattern": f"^(?:{ID_PATTERN})$"}
        return ""

    def property_word(self, key: str) -> str:
        """A property of a known kind."""
        kinds = "|".join(PropertyKind)
        self._types[key] = {"type": "string", "pattern": f"^(?=(?:{kinds}):)(?:{PROPERTY_PATTERN})$"}
        return ""

    def identifiers(self, key: str, *, needed: bool) -> tuple[str, ...]:
        """A list of ids."""
        if not needed:
            self._optional.add(key)
        self.identifier(key)
        self._lists[key] = needed
        return ()

    def property_words(self, key: str) -> tuple[str, ...]:
        """A list of properties."""
        self._optional.add(key)
        self.property_word(key)
        self._lists[key] = False
        return ()

    def needed_word(self, key: str, words: type[_Word]) -> _Word:
        """One word of a closed list."""
        self._types[key] = {"enum": list(map(str, words))}
        return next(iter(words))

    def words_or_silence(self, key: str, words: type[_Word]) -> tuple[_Word, ...] | Silence:
        """A list of words of a closed list."""
        self._is_silent(key)
        known = {"enum": list(map(str, words))}
        self._types[key] = {"type": "array", "items": known, "minItems": 1, "uniqueItems": True}
        return ()

    def integer(self, key: str, *, least: int) -> int:
        """A whole number."""
        self._types[key] = {"type": "integer", "minimum": least, "maximum": MOST}
        return least

    def seats(self, key: str, *, least: int) -> Seats:
        """A number, a range, or ``open``."""
        number = {"type": "integer", "minimum": least, "maximum": MOST}
        ends = {end: {"type": "integer", "minimum": 0, "maximum": MOST} for end in ("least", "most")}
        span = {"type": "object", "properties": ends, "required": ["least"], "additionalProperties": False}
        self._types[key] = {"anyOf": [number, span, {"const": "open"}]}
        return OPEN

    def boolean_or_silence(self, key: str) -> bool | Silence:
        """True, false, or ``unstated``."""
        self._types[key] = {"enum": [True, False, UNSTATED.value]}
        return UNSTATED

    def flag(self, key: str) -> bool:
        """``true``, or left out."""
        self._optional.add(key)
        self._types[key] = {"const": True}
        return False

    def day(self, key: str) -> date:
        """A date: editors hand a date of TOML on as its text."""
        self._types[key] = {"type": "string", "format": "date"}
        return date.min

    def numbers(self, key: str) -> tuple[int, ...] | None:
        """The first and the last line."""
        self._types[key] = {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 2, "maxItems": 2}
        return None

    def table(self, key: str) -> Table:
        """A table inside this one."""
        inside = SchemaTable((*self.path, key))
        self._types[key] = inside
        return inside

    def table_or_word(self, key: str, words: type[_Word]) -> Table | _Word:
        """A table, or one word of a closed list."""
        self._words[key] = list(map(str, words))
        return self.table(key)

    def tables(self, key: str, *, needed: bool) -> tuple[Table, ...]:
        """A list of tables."""
        inside = SchemaTable((*self.path, key, 0))
        self._types[key] = inside
        self._lists[key] = needed
        if not needed:
            self._optional.add(key)
        return (inside,)
