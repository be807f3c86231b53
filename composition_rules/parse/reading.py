"""Reads typed values out of a TOML table and collects what is wrong, instead of stopping at the first fault.

A reader that finds a fault notes it and hands back a placeholder, so that reading goes on to the next fault. The
placeholders never leave the package: ``parse_mandate`` raises when any fault was noted. Leaves to it what the keys
mean.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from composition_rules.errors import FileError, MandateError, MandateFileError
from composition_rules.mandate import OPEN, UNSTATED, Seats, Silence, Text, Wording
from composition_rules.parse.lines import KeyPath, line_of
from composition_rules.people import is_property

MOST: Final = 999
ID_PATTERN: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ID = re.compile(ID_PATTERN)
_Word = TypeVar("_Word", bound=StrEnum)
_NO_TEXT: Final = Text(da="", en="")


class Faults:
    """The faults of one file, and every table opened in it."""

    def __init__(self, lines: dict[KeyPath, int], kind: type[FileError] = MandateFileError) -> None:
        self._lines = lines
        self._kind = kind
        self._found: list[MandateError] = []
        self.tables: list[Table] = []

    def note(self, code: str, path: KeyPath, **params: str | int) -> None:
        """Note one fault at the key ``path``."""
        self._found.append(MandateError(code, path=_as_written(path), line=line_of(self._lines, path), **params))

    def at(self, path: KeyPath) -> bool:
        """Whether a fault was noted at ``path`` itself."""
        return any(fault.path == _as_written(path) for fault in self._found)

    def under(self, path: KeyPath) -> bool:
        """Whether a fault was noted at ``path`` or inside it."""
        written = _as_written(path)
        return any(re.match(re.escape(written) + r"($|[.\[])", fault.path) for fault in self._found)

    def raise_if_any(self) -> None:
        """Report unknown keys of every opened table, then raise all faults at once.

        Raises:
            FileError: something was noted. It is of the kind that the file asks for.
        """
        for table in self.tables:
            table.note_unknown_keys()
        if self._found:
            raise self.as_error()

    def as_error(self) -> FileError:
        """What was noted so far, in the order of the lines."""
        return self._kind(tuple(sorted(self._found, key=lambda fault: fault.line)))


class Table:
    """One TOML table. The keys asked for are the keys it may have; ``raw`` is None where the table is missing."""

    def __init__(self, raw: dict[str, Any] | None, path: KeyPath, faults: Faults) -> None:
        self.path = path
        self.faults = faults
        self._raw = raw
        self._asked: list[str] = []
        faults.tables.append(self)

    def __contains__(self, key: str) -> bool:
        return self._raw is not None and key in self._raw

    @property
    def present(self) -> bool:
        """Whether the table is in the file at all."""
        return self._raw is not None

    def has(self, key: str) -> bool:
        """Whether ``key`` is there; it is one that may be left out."""
        return self._left_in(key)

    def note(self, code: str, key: str, **params: str | int) -> None:
        """Note a fault at ``key`` of this table."""
        self.faults.note(code, (*self.path, key), **params)

    def note_unknown_keys(self) -> None:
        """Note each key that nobody asked for."""
        for key in self._raw or ():
            if key not in self._asked:
                self.note("unknown-key", key, known=", ".join(self._asked))

    def _take(self, key: str, *, optional: bool = False) -> Any:
        """The raw value of ``key``, None when it is missing."""
        self._asked.append(key)
        if self._raw is None:
            return None
        if key not in self._raw and not optional:
            self.note("missing-key", key, name=key)
        return self._raw.get(key)

    def string(self, key: str) -> str:
        """A text in quotation marks that is not empty."""
        value = self._take(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.note("not-a-string", key)
            return ""
        if not value.strip():
            self.note("empty-text", key)
        return value.strip()

    def string_or_silence(self, key: str) -> str | Silence:
        """A string, or ``unstated``."""
        return UNSTATED if self._is_silent(key) else self.string(key)

    def identifier(self, key: str) -> str:
        """An id: small letters, digits and single hyphens."""
        value = self.string(key)
        if value and not _ID.fullmatch(value):
            self.note("bad-id", key, word=value)
        return value

    def word_or_none(self, key: str, words: type[_Word]) -> _Word | None:
        """One word of a closed list that may be left out."""
        return self.needed_word(key, words) if self._left_in(key) else None

    def property_word(self, key: str) -> str:
        """A property: a kind, a colon and a name."""
        value = self.string(key)
        if value and not is_property(value):
            self.note("bad-property", key, word=value)
        return value

    def identifiers(self, key: str, *, needed: bool) -> tuple[str, ...]:
        """A list of ids, each once, in which one may have to be."""
        words = self._strings(key, needed=needed)
        for number, word in words:
            if not _ID.fullmatch(word):
                self.faults.note("bad-id", (*self.path, key, number), word=word)
        return tuple(word for _, word in words)

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts, each once, of which there must be one."""
        return tuple(word for _, word in self._strings(key, needed=True))

    def property_words(self, key: str) -> tuple[str, ...]:
        """A list of properties, each once, that may be left out."""
        words = self._strings(key, needed=False)
        for number, word in words:
            if not is_property(word):
                self.faults.note("bad-property", (*self.path, key, number), word=word)
        return tuple(word for _, word in words)

    def _strings(self, key: str, *, needed: bool) -> list[tuple[int, str]]:
        """The texts of a list with their positions; those that are none, or stand twice, are noted."""
        value = self._take(key, optional=not needed)
        if value is not None and (not isinstance(value, list) or (needed and not value)):
            self.note("not-a-list-of-words", key)
            return []
        found: dict[str, int] = {}
        for number, word in enumerate(value or ()):
            if not isinstance(word, str):
                self.faults.note("not-a-string", (*self.path, key, number))
            elif word in found:
                self.faults.note("listed-twice", (*self.path, key, number), word=word)
            else:
                found[word] = number
        return [(number, word) for word, number in found.items()]

    def needed_word(self, key: str, words: type[_Word]) -> _Word:
        """One word of a closed list."""
        value = self.string(key)
        for word in words:
            if value == word.value:
                return word
        if value:
            self.note("unknown-word", key, word=value, known=", ".join(words))
        return next(iter(words))

    def words_or_silence(self, key: str, words: type[_Word]) -> tuple[_Word, ...] | Silence:
        """Some words of a closed list, each once, or ``unstated``."""
        if self._is_silent(key):
            return UNSTATED
        value = self._take(key)
        found = tuple(word for each in value for word in words if each == word) if isinstance(value, list) else ()
        if value is not None and (not found or len(found) != len(value) or len(set(found)) != len(found)):
            self.note("words-unusable", key, known=", ".join(words))
        return found

    def integer(self, key: str, *, least: int) -> int:
        """A whole number from ``least`` to 999."""
        value = self._take(key)
        if value is None:
            return least
        if isinstance(value, bool) or not isinstance(value, int):
            self.note("not-an-integer", key)
            return least
        if value < least:
            self.note("number-too-small", key, number=value, least=least)
        if value > MOST:
            self.note("number-too-large", key, number=value, most=MOST)
        return value

    def integer_or_silence(self, key: str, *, least: int) -> int | Silence:
        """A whole number, or ``unstated``."""
        return UNSTATED if self._is_silent(key) else self.integer(key, least=least)

    def integer_or_none(self, key: str, *, least: int) -> int | None:
        """A whole number that may be left out."""
        return self.integer(key, least=least) if self._left_in(key) else None

    def seats(self, key: str, *, least: int) -> Seats:
        """A number of places: one number, a table with ``least`` and perhaps ``most``, or ``open``."""
        value = self._raw.get(key) if self._raw is not None else None
        if value == "open":
            self._asked.append(key)
            return OPEN
        if not isinstance(value, dict):
            return Seats.exactly(self.integer(key, least=least))
        table = self.table(key)
        lowest, most = table.integer("least", least=0), table.integer_or_none("most", least=0)
        if most is not None and most < max(lowest, least) and not self.faults.under(table.path):
            table.note("range-backwards", "most", least=max(lowest, least))
        return Seats(least=lowest, most=most)

    def seats_or_none(self, key: str, *, least: int) -> Seats | None:
        """A number of places that may be left out."""
        return self.seats(key, least=least) if self._left_in(key) else None

    def seats_or_silence(self, key: str, *, least: int) -> Seats | Silence:
        """A number of places, or ``unstated``."""
        return UNSTATED if self._is_silent(key) else self.seats(key, least=least)

    def flag(self, key: str) -> bool:
        """``true`` where something holds; left out where it does not."""
        if not self._left_in(key):
            return False
        value = self._take(key)
        if value is not True:
            self.note("not-true", key)
        return value is True

    def boolean_or_silence(self, key: str) -> bool | Silence:
        """True, false, or ``unstated``."""
        if self._is_silent(key):
            return UNSTATED
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            self.note("not-a-boolean", key)
        return bool(value)

    def day(self, key: str) -> date:
        """A date without a time."""
        value = self._take(key)
        if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
            self.note("not-a-date", key)
        return value if type(value) is date else date.min

    def moment(self, key: str) -> datetime:
        """A date with a time and its distance from UTC."""
        value = self._take(key)
        if value is not None and (not isinstance(value, datetime) or value.tzinfo is None):
            self.note("not-a-moment", key)
        return value if isinstance(value, datetime) else datetime.min.replace(tzinfo=UTC)

    def day_or_none(self, key: str) -> date | None:
        """A date that may be left out."""
        return self.day(key) if self._left_in(key) else None

    def numbers(self, key: str) -> tuple[int, ...] | None:
        """A list of whole numbers, None when it is anything else."""
        value = self._take(key, optional=True)
        if not isinstance(value, list) or not all(type(item) is int for item in value):
            return None
        return tuple(value)

    def text(self, key: str) -> Text:
        """The same words in Danish and English."""
        table = self.table(key)
        return Text(da=table.string("da"), en=table.string("en"))

    def text_or_none(self, key: str) -> Text | None:
        """A text that may be left out."""
        return self.text(key) if self._left_in(key) else None

    def string_or_none(self, key: str) -> str | None:
        """A string that may be left out."""
        return self.string(key) if self._left_in(key) else None

    def text_or_silence(self, key: str) -> Text | Silence:
        """A text, or ``unstated``."""
        return UNSTATED if self._is_silent(key) else self.text(key)

    def wording_or_silence(self, key: str) -> Wording | Silence:
        """A text with its version, or ``unstated``."""
        if self._is_silent(key):
            return UNSTATED
        table = self.table(key)
        text = Text(da=table.string("da"), en=table.string("en"))
        return Wording(version=table.string("version"), text=text)

    def _left_in(self, key: str) -> bool:
        """Whether a key that may be left out is there."""
        if key not in self:
            self._asked.append(key)
        return key in self

    def _is_silent(self, key: str) -> bool:
        if self._raw is None or self._raw.get(key) != UNSTATED.value:
            return False
        self._asked.append(key)
        return True

    def table(self, key: str) -> Table:
        """A table inside this one."""
        return self._inside(self._take(key), (*self.path, key))

    def table_or_none(self, key: str) -> Table | None:
        """A table that may be left out."""
        return self.table(key) if self._left_in(key) else None

    def table_or_silence(self, key: str) -> Table | Silence:
        """A table, or ``unstated``."""
        return UNSTATED if self._is_silent(key) else self.table(key)

    def table_or_word(self, key: str, words: type[_Word]) -> Table | _Word:
        """A table, or one word of a closed list."""
        is_table = self._raw is not None and isinstance(self._raw.get(key), dict)
        return self.table(key) if is_table else self.needed_word(key, words)

    def tables(self, key: str, *, needed: bool) -> tuple[Table, ...]:
        """A list of tables; at least one when ``needed``."""
        value = self._take(key, optional=True)
        path = (*self.path, key)
        if value is not None and not isinstance(value, list):
            self.note("not-a-list", key, table=key)
            return ()
        if needed and not value and self._raw is not None:
            self.faults.note("empty-list", path, table=key)
        return tuple(self._inside(item, (*path, number)) for number, item in enumerate(value or ()))

    def _inside(self, value: Any, path: KeyPath) -> Table:
        if value is not None and not isinstance(value, dict):
            self.faults.note("not-a-table", path)
            value = None
        return Table(value, path, self.faults)


def _as_written(path: KeyPath) -> str:
    """A key path as a person writes it, list items counted from 1; the empty path is the file."""
    written = ""
    for part in path:
        written += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if written else part
    return written
