"""The sheet on which a trustee's key survives its file: each part as letters to type and as a code to scan.

No text of others stands on it, so that the fonts of every PDF reader are enough; who owns it is written by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import qrcode
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from qrcode.constants import ERROR_CORRECT_M

_LEFT, _WIDTH = 20.0, 170.0
_QR = 30.0
_ROW = 36.0
_FIRST_ROW, _LAST = 84.0, 280.0
_FURTHER_ROW = 24.0
_DASHES = str.maketrans({"–": "-", "—": "-", "“": '"', "”": '"', "’": "'", "…": "..."})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """What the sheet says, in the reader's language."""

    title: str
    warning: str
    use: str
    owner: str
    key: str
    page: str
    """with ``{page}`` and ``{pages}``"""


def render_recovery_sheet(lines: Sequence[str], words: SheetWords) -> bytes:
    """A PDF with a row for each line of the key."""
    pages = _pages(len(lines))
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title(words.title.translate(_DASHES))
    for page, rows in enumerate(pages, start=1):
        pdf.add_page()
        _heading(pdf, words, words.page.format(page=page, pages=len(pages)), first=page == 1)
        top = _FIRST_ROW if page == 1 else _FURTHER_ROW
        for row, place in enumerate(rows):
            _part(pdf, lines[place], top + row * _ROW)
    return bytes(pdf.output())


def _pages(parts: int) -> list[range]:
    """Which parts stand on which page."""
    on_first = int((_LAST - _FIRST_ROW) // _ROW)
    on_further = int((_LAST - _FURTHER_ROW) // _ROW)
    pages = [range(min(parts, on_first))]
    while pages[-1].stop < parts:
        start = pages[-1].stop
        pages.append(range(start, min(parts, start + on_further)))
    return pages


def _heading(pdf: FPDF, words: SheetWords, page: str, *, first: bool) -> None:
    pdf.set_xy(_LEFT, 14)
    _write(pdf, page, 9, "")
    if not first:
        return
    _write(pdf, words.title, 20, "B")
    for text in (words.warning, words.use):
        _write(pdf, text, 10.5, "")
    pdf.set_y(pdf.get_y() + 3)
    for text in (words.key, words.owner):
        _write(pdf, text, 10.5, "")


def _write(pdf: FPDF, text: str, size: float, style: str) -> None:
    pdf.set_font("Helvetica", style, size)
    pdf.set_x(_LEFT)
    pdf.multi_cell(_WIDTH, size * 0.5, text.translate(_DASHES), new_x=XPos.LEFT, new_y=YPos.NEXT, align="L")
    pdf.set_y(pdf.get_y() + 1)


def _part(pdf: FPDF, line: str, top: float) -> None:
    _square(pdf, line, top)
    form, sheet, number, *letters = line.split(" ")
    pdf.set_xy(_LEFT + _QR + 8, top + 2)
    pdf.set_font("Courier", "B", 15)
    rows = [f"{form} {sheet} {number}", " ".join(letters[:5]), " ".join(letters[5:])]
    for row in filter(None, rows):
        pdf.set_x(_LEFT + _QR + 8)
        pdf.cell(_WIDTH - _QR - 8, 9, row, new_x=XPos.LEFT, new_y=YPos.NEXT)


def _square(pdf: FPDF, line: str, top: float) -> None:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(line)
    matrix = code.get_matrix()
    module = _QR / len(matrix)
    pdf.set_fill_color(0)
    for row, cells in enumerate(matrix):
        column = 0
        for dark, run in groupby(cells):
            length = len(list(run))
            if dark:
                pdf.rect(_LEFT + column * module, top + row * module, length * module, module, style="F")
            column += length
