"""Count sheets as a CSV file, in and out: a column for each channel, a row for each figure.

The header is ``figure``, ``of`` and the channels (``online``, ``kiosk``, ``paper``, ``postal``), each followed by the
name of a place where several are counted apart. A row is a figure (``votes`` of a candidate, ``invalid`` of a reason,
``blank``, ``valid``, ``papers``; and, all five or none, ``issued``, ``used``, ``returned``, ``void``, ``unused``). A
figure that does not sum is refused by its name. ``docs/formats.md`` tells the format to those who fill in sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from election.counting.blt import numbered_candidates
from election.counting.figures import Channel, CountSheet, IssuedPapers
from election.counting.marks import InvalidReason
from election.counting.papers_csv import reason_of, verify_names
from election.counting.reading import Faults, is_plain_name, shown, whole_number
from election.counting.tables import Table, csv_bytes
from election.errors import CountInputError, CountLineError

FIGURE = "figure"
ISSUED = ("issued", "used", "returned", "void", "unused")
PLAIN = ("papers", "valid", "blank")

_Row = tuple[int, list[int]]  # the line, and a number for each sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """The sheets of a file, and the names of the candidates in the order of their rows."""

    names: tuple[str, ...]
    sheets: tuple[CountSheet, ...]


def parse_sheets(raw: bytes, *, marks: Callable[[int], int]) -> SheetFile:
    """Read count sheets; ``marks`` tells how many a voter has among so many candidates.

    Raises:
        CountFileError: It holds every fault with its line; a figure that does not sum is named.
    """
    faults = Faults()
    table = Table(raw, (FIGURE,), faults)
    headings = [_heading(cell, faults) for cell in table.header[2:]]
    if table.header[1:2] != ["of"] or not headings:
        faults.add(CountInputError("sheet-header", line=1))
    for position, heading in enumerate(headings):
        if heading in headings[:position]:
            faults.add(CountInputError("sheet-column-twice", line=1, text=shown(table.header[2 + position])))
    rows = _Rows(faults)
    for line, cells in table.rows():
        rows.read(line, cells)
    names = tuple(rows.votes)
    verify_names(names, faults, line=rows.line_of_names)
    rows.verify_complete()
    faults.verify_none()
    sheets = [_sheet(rows, place, heading, marks(len(names)), faults) for place, heading in enumerate(headings)]
    faults.verify_none()
    return SheetFile(names=names, sheets=tuple(sheet for sheet in sheets if sheet is not None))


def sheets_csv(names: Sequence[str], sheets: Sequence[CountSheet]) -> bytes:
    """The sheets as a file; what was issued stands there where every sheet says it."""
    rows: list[list[str | int]] = [[FIGURE, "of", *(sheet.name for sheet in sheets)]]
    for candidate, name in zip(numbered_candidates(len(names)), names, strict=True):
        rows.append(["votes", name, *(sheet.votes[candidate] for sheet in sheets)])
    rows.append(["valid", "", *(sheet.valid for sheet in sheets)])
    rows.append(["blank", "", *(sheet.blank for sheet in sheets)])
    for reason in InvalidReason:
        rows.append(["invalid", reason.value, *(sheet.invalid.get(reason, 0) for sheet in sheets)])
    rows.append(["papers", "", *(sheet.papers for sheet in sheets)])
    issued = [sheet.issued for sheet in sheets if sheet.issued is not None]
    if len(issued) == len(sheets):
        rows += [[word, "", *(getattr(each, word) for each in issued)] for word in ISSUED]
    return csv_bytes(rows)


class _Rows:
    """The rows of a file by what they tell, each once."""

    def __init__(self, faults: Faults) -> None:
        self.votes: dict[str, _Row] = {}
        self.invalid: dict[InvalidReason, _Row] = {}
        self.plain: dict[str, _Row] = {}
        self._faults = faults
        self._last = 1

    @property
    def line_of_names(self) -> int:
        """The line of the first candidate."""
        return next((line for line, _ in self.votes.values()), 1)

    def read(self, line: int, cells: list[str]) -> None:
        """Keep one row."""
        self._last = line
        figure, of = cells[:2]
        row = line, [self._number(cell, line) for cell in cells[2:]]
        known: bool
        if figure == "votes":
            known = self.votes.setdefault(of, row) is not row
        elif figure == "invalid":
            known = self.invalid.setdefault(reason_of(of, line, self._faults), row) is not row
        elif figure in (*PLAIN, *ISSUED):
            known = self.plain.setdefault(figure, row) is not row
            if of:
                self._faults.add(CountInputError("sheet-of", line=line, text=shown(of), figure=figure))
        else:
            self._faults.add(CountInputError("sheet-figure", line=line, text=shown(figure)))
            return
        if known:
            self._faults.add(CountInputError("sheet-row-twice", line=line, text=shown(f"{figure} {of}")))

    def verify_complete(self) -> None:
        """Note what every sheet must say and this file does not."""
        needed = (*PLAIN, *(ISSUED if any(word in self.plain for word in ISSUED) else ()))
        for word in needed:
            if word not in self.plain:
                self._faults.add(CountInputError("sheet-missing", line=self._last, figure=word))

    def _number(self, cell: str, line: int) -> int:
        number = whole_number(cell)
        if number is None:
            self._faults.add(CountInputError("sheet-number", line=line, text=shown(cell)))
        return number or 0


def _heading(cell: str, faults: Faults) -> tuple[Channel, str]:
    """The channel and the place of a column."""
    word, _, place = cell.partition(" ")
    if word not in set(Channel) or (place and not is_plain_name(place)):
        faults.add(CountInputError("sheet-channel", line=1, text=shown(cell), known=", ".join(Channel)))
        return Channel.PAPER, cell
    return Channel(word), place


def _sheet(rows: _Rows, position: int, heading: tuple[Channel, str], marks: int, faults: Faults) -> CountSheet | None:
    """One column; a figure that contradicts the others is a fault in its own line."""
    plain = {word: numbers[position] for word, (_, numbers) in rows.plain.items()}
    channel, place = heading
    line_of = {"sheet-issued": "issued", "sheet-papers": "papers"}
    try:
        issued = IssuedPapers(**{word: plain[word] for word in ISSUED}) if "issued" in plain else None
        sheet = CountSheet(
            channel=channel,
            place=place,
            votes={
                candidate: numbers[position]
                for candidate, (_, numbers) in zip(
                    numbered_candidates(len(rows.votes)), rows.votes.values(), strict=True
                )
            },
            papers=plain["papers"],
            valid=plain["valid"],
            blank=plain["blank"],
            invalid={reason: numbers[position] for reason, (_, numbers) in rows.invalid.items()},
            issued=issued,
        )
        sheet.verify_marks(marks)
    except CountInputError as fault:
        line = rows.plain[line_of.get(fault.code, "valid")][0]
        faults.add(CountLineError(line, fault))
        return None
    return sheet
