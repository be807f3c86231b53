"""CSV as the readers of counting files take it: a header, rows of as many cells, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from election.counting.reading import Faults, file_lines, shown
from election.errors import CountInputError

SEPARATORS = (",", ";", "\t")


class Table:
    """The cells of a file, without spaces around them; the separator is what follows the first word of the header.

    Raises:
        CountFileError: The file is no text, or its first cell is not ``first`` (code csv-first-cell and those of
            ``file_lines``).
    """

    def __init__(self, raw: bytes, first: Sequence[str], faults: Faults) -> None:
        self._text = "\n".join(line.decode() for line in file_lines(raw))
        self._faults = faults
        header = self._text.partition("\n")[0]
        written = header.lstrip().removeprefix('"')
        word = next((each for each in first if written.startswith(each)), None)
        separator = written.removeprefix(word).removeprefix('"').lstrip(" ")[:1] if word else ""
        if separator not in SEPARATORS or not separator:
            faults.add(CountInputError("csv-first-cell", line=1, text=shown(header), expected="/".join(first)))
            faults.verify_none()
        self._rows = self._read(separator)
        self.header = next(self._rows)[1] if self._text else []

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row below the header, with its line; a row of another length is a fault."""
        for line, cells in self._rows:
            if not any(cells):
                self._faults.add(CountInputError("csv-empty-line", line=line))
            elif len(cells) != len(self.header):
                self._faults.add(CountInputError("csv-cells", line=line, found=len(cells), expected=len(self.header)))
            else:
                yield line, cells

    def _read(self, separator: str) -> Iterator[tuple[int, list[str]]]:
        """Every row; a quotation mark that is not closed ends the reading, for nothing after it can be trusted."""
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=separator, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error:
                self._faults.add(CountInputError("csv-quotation", line=line))
                self._faults.verify_none()
                return
            if cells is None:
                return
            yield line, [cell.strip(" \t") for cell in cells]


def csv_bytes(rows: Iterable[Iterable[str | int]]) -> bytes:
    """Rows as a CSV file with commas, in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
