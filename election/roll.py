"""The roll: who may vote, read from a CSV file with all its faults at once.

A roll is UTF-8 text (a byte-order mark is welcome), UTF-16 with its mark, or the Windows-1252 that Danish
spreadsheets still write. Windows-1252 has no signature, so it is believed only where every letter above ASCII is
one that names around here use; anything else is refused rather than garbled onto a letter.

Knows nothing of credentials: nothing here joins an elector to a code.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from election.errors import RollError, RollFileError

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("nummer", "number"),
    "name": ("navn", "name"),
    "address": ("adresse", "address"),
    "postcode": ("postnummer", "postcode"),
    "city": ("by", "city"),
}
_MISSING = {"number": "roll-no-number", "name": "roll-no-name", "address": "roll-no-address"}
REQUIRED_COLUMNS = tuple(_MISSING)
SEPARATORS = (";", ",", "\t")
MAX_CELL_CHARACTERS = 120
MAX_ADDRESS_LINES = 4

_CANONICAL_COLUMN = {written: column for column, names in COLUMNS.items() for written in names}
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_WINDOWS_1252_BEYOND_ASCII = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŠšŽžŸ’´–§°\xa0")
_LETTERS_BEYOND_ASCII = re.compile(r"[À-ÿŠšŽžŸ]{3}")
_INVISIBLE_BUT_NEEDED = frozenset("\u200c\u200d\u200e\u200f\u00ad")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Elector:
    """One person who may vote: the number in the roll, the name, and the lines of the address."""

    number: str
    name: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    line: int
    columns: tuple[str, ...]
    written: tuple[str, ...]


def parse_roll(raw: bytes) -> tuple[Elector, ...]:
    """Read a roll from the bytes of a CSV file, in the order of its lines.

    Raises:
        RollFileError: the roll cannot be used; it holds every fault with its line.
    """
    text = _decode(raw)
    rows, faults = _split(text)
    if not rows:
        raise RollFileError(tuple(faults) or (RollError("roll-empty"),))
    header, header_faults = _read_header(rows[0])
    if header is None:
        raise RollFileError(_by_line([*header_faults, *faults]))
    electors: list[tuple[int, Elector]] = []
    for row in rows[1:]:
        elector, row_faults = _read_elector(row, header)
        faults.extend(row_faults)
        if elector is not None:
            electors.append((row.line, elector))
    faults.extend(_repetitions(electors))
    if len(rows) == 1 and not faults:
        faults.append(RollError("roll-no-electors", line=header.line))
    if faults:
        raise RollFileError(_by_line(faults))
    return tuple(elector for _, elector in electors)


def _by_line(faults: list[RollError]) -> tuple[RollError, ...]:
    return tuple(sorted(faults, key=lambda fault: int(fault.params.get("line", 0))))


# Text


def _decode(raw: bytes) -> str:
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise RollFileError((RollError("roll-spreadsheet"),))
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_strictly(raw, "utf-16")
    if b"\x00" in raw:
        raise RollFileError((RollError("roll-not-text"),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return _decode_windows_1252(raw, raw.count(b"\n", 0, fault.start) + 1)


def _decode_strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise RollFileError((RollError("roll-not-text"),)) from None


def _decode_windows_1252(raw: bytes, line: int) -> str:
    """Believe Windows-1252 only where the result reads like names and addresses of this region."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise RollFileError((RollError("roll-encoding", line=line),)) from None
    beyond_ascii = {character for character in text if ord(character) > 0x7F}
    # Cyrillic, Greek or Arabic in an eight-bit code comes out as long runs of accented letters.
    if not beyond_ascii <= _WINDOWS_1252_BEYOND_ASCII or _LETTERS_BEYOND_ASCII.search(text):
        raise RollFileError((RollError("roll-encoding", line=line),))
    return text


# Rows and header


def _split(text: str) -> tuple[list[_Row], list[RollError]]:
    """Split into rows that have something in them; a broken quotation ends the reading."""
    rows: list[_Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            return rows, [RollError("roll-quotation", line=line)]
        if cells is None:
            return rows, []
        if any(cell.strip() for cell in cells):
            rows.append(_Row(line=line, cells=tuple(cells)))


def _separator(text: str) -> str:
    """The separator under which the first line names the most columns we know; a semicolon when none does."""
    first = next((line for line in _LINE_BREAK.split(text) if line.strip()), "")

    def known(separator: str) -> int:
        return sum(_column_key(cell.strip().strip('"')) in _CANONICAL_COLUMN for cell in first.split(separator))

    best = max(SEPARATORS, key=lambda separator: (known(separator), first.count(separator)))
    return best if best in first else ";"


def _column_key(written: str) -> str:
    return " ".join(unicodedata.normalize("NFC", written).split()).casefold()


def _read_header(row: _Row) -> tuple[_Header | None, list[RollError]]:
    faults: list[RollError] = []
    columns = [_CANONICAL_COLUMN.get(_column_key(cell), "") for cell in row.cells]
    for position, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
        if not column:
            faults.append(RollError("roll-unknown-column", line=row.line, column=_shown(cell), known=_known_columns()))
        elif column in columns[:position]:
            faults.append(RollError("roll-column-twice", line=row.line, column=_shown(cell)))
    for required in REQUIRED_COLUMNS:
        if required not in columns:
            faults.append(RollError("roll-missing-column", line=row.line, column="/".join(COLUMNS[required])))
    if faults:
        return None, faults
    return _Header(line=row.line, columns=tuple(columns), written=tuple(_shown(cell) for cell in row.cells)), []


def _known_columns() -> str:
    return ", ".join("/".join(names) for names in COLUMNS.values())


def _shown(cell: str) -> str:
    """A cell as it may stand in a message: short, and without anything that prints oddly."""
    visible = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cell)
    return visible.strip()[:40]


# One elector


def _read_elector(row: _Row, header: _Header) -> tuple[Elector | None, list[RollError]]:
    expected, found = len(header.columns), len(row.cells)
    surplus = row.cells[expected:]
    if found < expected or any(cell.strip() for cell in surplus):
        code = "roll-too-few-fields" if found < expected else "roll-too-many-fields"
        return None, [RollError(code, line=row.line, found=found, expected=expected)]
    faults: list[RollError] = []
    values: dict[str, tuple[str, ...]] = {}
    for column, written, cell in zip(header.columns, header.written, row.cells[:expected], strict=True):
        values[column], cell_faults = _read_cell(column, written, cell, row.line)
        faults.extend(cell_faults)
    if faults:
        return None, faults
    place = " ".join((*values.get("postcode", ()), *values.get("city", ())))
    address = (*values["address"], place) if place else values["address"]
    return Elector(number=values["number"][0], name=values["name"][0], address=address), []


def _read_cell(column: str, written: str, cell: str, line: int) -> tuple[tuple[str, ...], list[RollError]]:
    """The lines of a cell (only an address may have several), tidied."""
    pieces = _LINE_BREAK.split(cell.strip()) if column == "address" else [cell.strip()]
    odd = sorted({character for piece in pieces for character in piece if _is_refused(character)})
    if odd:
        characters = ", ".join(f"U+{ord(character):04X}" for character in odd)
        return (), [RollError("roll-control-character", line=line, column=written, characters=characters)]
    lines = tuple(tidied for piece in pieces if (tidied := _tidy(piece)))
    if not lines and column in REQUIRED_COLUMNS:
        return (), [RollError(_MISSING[column], line=line, column=written)]
    if any(len(text) > MAX_CELL_CHARACTERS for text in lines):
        return (), [RollError("roll-too-long", line=line, column=written, most=MAX_CELL_CHARACTERS)]
    if len(lines) > MAX_ADDRESS_LINES:
        return (), [RollError("roll-address-lines", line=line, column=written, most=MAX_ADDRESS_LINES)]
    return lines, []


def _is_refused(character: str) -> bool:
    return unicodedata.category(character) in _REFUSED_CATEGORIES and character not in _INVISIBLE_BUT_NEEDED


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# Between electors


def _repetitions(electors: list[tuple[int, Elector]]) -> Iterator[RollError]:
    numbers: dict[str, int] = {}
    people: dict[tuple[str, str], int] = {}
    for line, elector in electors:
        first = numbers.setdefault(elector.number.casefold(), line)
        if first != line:
            yield RollError("roll-number-twice", line=line, first=first, elector=elector.number)
        first = people.setdefault(_person_key(elector), line)
        if first != line:
            yield RollError("roll-person-twice", line=line, first=first, name=elector.name)


def _person_key(elector: Elector) -> tuple[str, str]:
    """The name and the address as a reader would compare them: without case, punctuation or invisible marks."""
    return _letters(elector.name), _letters(" ".join(elector.address))


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = (character for character in folded if character not in _INVISIBLE_BUT_NEEDED)
    return " ".join("".join(" " if unicodedata.category(c)[0] in "PZ" else c for c in kept).split())
