"""On which line each key of a TOML file stands, which ``tomllib`` does not say.

Leaves the validity of the file to ``tomllib``: the text handed in must have passed it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BASIC_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL_STRING = re.compile(r"'[^']*'")
# Up to two quotation marks may stand right before the three that close.
_LONG_BASIC_STRING = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL)
_LONG_LITERAL_STRING = re.compile(r"'''(?:[^']|'(?!''))*'{3,5}", re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_STRINGS = (_LONG_BASIC_STRING, _LONG_LITERAL_STRING, _BASIC_STRING, _LITERAL_STRING)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, of each key, table and list item of ``text``, which must be valid TOML.

    Items of a list are counted from 0 in a key path, as in Python.
    """
    return _Scanner(text).scan()


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of ``path``, or of the nearest table around it that is in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    """One walk over the text; ``_at`` is the offset of the next character."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._newlines = [found.start() for found in re.finditer("\n", text)]
        self._lines: dict[KeyPath, int] = {(): 1}
        self._last_item: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._key_and_value(table)
            self._skip(_BLANK)
        return self._lines

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Pass what ``pattern`` matches here, if anything, and return it."""
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found.group()

    def _note(self, path: KeyPath) -> None:
        self._lines.setdefault(path, bisect_right(self._newlines, self._at - 1) + 1)

    def _header(self) -> KeyPath:
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        path: KeyPath = ()
        names = self._names()
        for position, name in enumerate(names, start=1):
            path += (name,)
            self._note(path)
            if brackets == 2 and position == len(names):
                self._last_item[path] = self._last_item.get(path, -1) + 1
            if path in self._last_item:
                path += (self._last_item[path],)
                self._note(path)
        self._at += brackets
        return path

    def _names(self) -> list[str]:
        """The parts of a dotted key, up to the character behind it."""
        names = []
        while True:
            self._skip(_BLANK)
            names.append(self._name())
            self._skip(_BLANK)
            if self._text[self._at] != ".":
                return names
            self._at += 1

    def _name(self) -> str:
        quoted = self._skip(_BASIC_STRING) or self._skip(_LITERAL_STRING)
        if quoted:
            return str(tomllib.loads(f"name = {quoted}")["name"])
        return self._skip(_BARE_KEY)

    def _key_and_value(self, table: KeyPath) -> None:
        start = self._at
        names = self._names()
        behind, self._at = self._at, start
        path = table
        for name in names:
            path += (name,)
            self._note(path)
        self._at = behind + 1  # the equals sign
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        opening = self._text[self._at]
        if opening == "[":
            self._list(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            any(self._skip(pattern) for pattern in _STRINGS) or self._skip(_SCALAR)

    def _list(self, path: KeyPath) -> None:
        self._at += 1
        item = 0
        while self._next_is_not("]"):
            self._note((*path, item))
            self._value((*path, item))
            item += 1

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while self._next_is_not("}"):
            self._key_and_value(path)

    def _next_is_not(self, closing: str) -> bool:
        """Go to the next item of a list or inline table; pass its closing mark when there is none."""
        self._skip(_BLANK)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(_BLANK)
        if self._text[self._at] != closing:
            return True
        self._at += 1
        return False
