"""The printed cards: eight to a sheet for the door, one letter each for a named roll.

Draws and returns the bytes of a PDF; writes no file and logs nothing, because each card carries a secret code. Leaves
to others: making the codes, forgetting them, and the languages (``translate``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

import qrcode
from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from qrcode.constants import ERROR_CORRECT_M

from election.messages import N_
from election.roll import Elector
from webvote.outside.fonts import Fonts, choose_fonts, installed_fonts, needs_shaping
from webvote.refusals import RefusedError

DOOR_COLUMNS, DOOR_ROWS = 2, 4
DOOR_WIDTH, DOOR_HEIGHT = 105.0, 74.25
DOOR_MARGIN = 8.0
DOOR_QR = 32.0
LETTER_QR = 44.0
LETTER_LEFT, LETTER_RIGHT = 20.0, 190.0
# The window of a Danish C5 or M65 envelope shows what stands here when the sheet is folded.
WINDOW_TOP, WINDOW_WIDTH, WINDOW_HEIGHT = 48.0, 85.0, 38.0

_TITLE = N_("Poll card")
_VOTE_BEFORE = N_("Vote before {closes}")
_TYPE = N_("Or type {address} and this code:")
_CODE = N_("Your code")
_ANONYMOUS = N_("Anonymous: nobody noted who got this card.")
_ONLY_ONCE = N_("Whoever holds this code can vote with it. Show it to nobody.")
_HELP = N_("Help: {contact}")
_STEPS = (
    N_("Point your phone's camera at the square. Or type {address} and your code."),
    N_("Choose, and check what you chose."),
    N_("Put your ballot in the box, and keep the mark that you are shown."),
)
_CHECKING = N_(
    "Check it yourself: look up your mark in the ballot box on the election's page. It shows that your ballot is"
    " there, and to nobody how you voted. You may vote again until the election closes; only your last vote counts."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One secret code, the address it opens, and whom it is for (nobody known, at the door)."""

    code: str = field(repr=False)
    url: str = field(repr=False)
    elector: Elector | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardContext:
    """What every card of an election says."""

    election_name: str
    authority: str
    closes_text: str
    address_to_type: str
    help_contact: str
    language: Literal["da", "en"] = "da"
    translate: Callable[[str], str] = str


def render_cards(cards: Sequence[Card], context: CardContext, *, fonts: Path | None = None) -> bytes:
    """A PDF of the letters of those who are named, then sheets of cards for the door.

    ``fonts`` is the folder of the Noto fonts; without it the installed ones are used, or the reader's own Helvetica.

    Raises:
        RefusedError: A name or text has letters that no installed font can print, or an address does not fit.
    """
    printer = _Printer(cards, context, installed_fonts() if fonts is None else fonts)
    return printer.print(cards)


class _Printer:
    def __init__(self, cards: Sequence[Card], context: CardContext, folder: Path | None) -> None:
        self.context = context
        self.fonts = _fonts_for(cards, context, folder if folder and folder.is_dir() else None)
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        self.pdf.set_lang(context.language)
        self.pdf.set_title(self.fonts.printable(context.election_name))
        self.fonts.add_to(self.pdf)

    def print(self, cards: Sequence[Card]) -> bytes:
        for index, card in enumerate(cards):
            if card.elector is not None:
                self._letter(index, card, card.elector)
        for place, (index, card) in enumerate((i, card) for i, card in enumerate(cards) if card.elector is None):
            self._door_card(index, place, card)
        printed = bytes(self.pdf.output())
        dropped = [font for font in self.pdf.fonts.values() if getattr(font, "missing_glyphs", None)]
        if dropped:
            # _fonts_for has looked at every text; what is dropped now is a fault of this module.
            raise AssertionError(f"{len(dropped)} fonts dropped letters from the cards")
        return printed

    # Parts

    def _text(self, key: str, **values: str) -> str:
        return self.context.translate(key).format(**values)

    def _write(self, text: str, *, size: float, width: float, bold: bool = False, gap: float = 0.0) -> None:
        """Write a paragraph at the current place, and move below it."""
        x = self.pdf.get_x()
        self.pdf.set_font(self.fonts.family, "B" if bold else "", size)
        self.pdf.set_text_shaping(self.fonts.folder is not None and needs_shaping(text))
        self.pdf.multi_cell(
            width, _leading(size), self.fonts.printable(text), align=Align.L, new_x=XPos.LEFT, new_y=YPos.NEXT
        )
        self.pdf.set_xy(x, self.pdf.get_y() + gap)

    def _lines(self, text: str, *, size: float, width: float) -> int:
        self.pdf.set_font(self.fonts.family, "", size)
        self.pdf.set_text_shaping(self.fonts.folder is not None and needs_shaping(text))
        lines = self.pdf.multi_cell(
            width, _leading(size), self.fonts.printable(text), dry_run=True, output=MethodReturnValue.LINES
        )
        return len(cast("list[str]", lines))

    def _square(self, index: int, url: str, *, left: float, top: float, side: float) -> None:
        rows = _matrix(url, index)
        module = side / len(rows)
        self.pdf.set_fill_color(0)
        for row, dark in enumerate(rows):
            for start, length in _runs(dark):
                self.pdf.rect(left + start * module, top + row * module, length * module, module, style="F")

    # At the door

    def _door_card(self, index: int, place: int, card: Card) -> None:
        row, column = divmod(place % (DOOR_COLUMNS * DOOR_ROWS), DOOR_COLUMNS)
        if row == column == 0:
            self.pdf.add_page()
            self._cutting_lines()
        left, top = column * DOOR_WIDTH + DOOR_MARGIN, row * DOOR_HEIGHT + DOOR_MARGIN
        inner = DOOR_WIDTH - 2 * DOOR_MARGIN
        beside = DOOR_QR + 6.0
        self._square(index, card.url, left=left, top=top, side=DOOR_QR)
        self.pdf.set_xy(left + beside, top - 1)
        self._write(self._text(_TITLE), size=9, width=inner - beside)
        self._write(self.context.election_name, size=11, width=inner - beside, bold=True, gap=0.5)
        self._write(self.context.authority, size=8.5, width=inner - beside, gap=0.5)
        closes = self._text(_VOTE_BEFORE, closes=self.context.closes_text)
        self._write(closes, size=9, width=inner - beside, bold=True)
        self.pdf.set_xy(left, max(top + DOOR_QR + 2, self.pdf.get_y() + 1))
        self._write(self._text(_TYPE, address=self.context.address_to_type), size=8.5, width=inner)
        self._write(card.code, size=15, width=inner, bold=True)
        self._write(self._text(_ANONYMOUS), size=8, width=inner)
        if self.context.help_contact:
            self._write(self._text(_HELP, contact=self.context.help_contact), size=8, width=inner)
        if self.pdf.get_y() > (row + 1) * DOOR_HEIGHT - 3:
            raise RefusedError("cards-text-too-long", status=422)

    def _cutting_lines(self) -> None:
        self.pdf.set_draw_color(160)
        self.pdf.set_line_width(0.1)
        self.pdf.set_dash_pattern(dash=1, gap=2)
        self.pdf.line(DOOR_WIDTH, 0, DOOR_WIDTH, DOOR_ROWS * DOOR_HEIGHT)
        for row in range(1, DOOR_ROWS):
            self.pdf.line(0, row * DOOR_HEIGHT, DOOR_COLUMNS * DOOR_WIDTH, row * DOOR_HEIGHT)

    # By letter

    def _letter(self, index: int, card: Card, elector: Elector) -> None:
        width = LETTER_RIGHT - LETTER_LEFT
        self.pdf.add_page()
        self.pdf.set_xy(LETTER_LEFT, 20)
        self._write(self.context.authority, size=10, width=width)
        self._address(elector)
        self.pdf.set_xy(LETTER_LEFT, 98)
        self._write(self._text(_TITLE), size=22, width=width, bold=True)
        self._write(self.context.election_name, size=14, width=width, bold=True, gap=2)
        closes = self._text(_VOTE_BEFORE, closes=self.context.closes_text)
        self._write(closes, size=12, width=width, gap=6)
        top = self.pdf.get_y()
        self._square(index, card.url, left=LETTER_LEFT, top=top, side=LETTER_QR)
        beside = LETTER_QR + 10
        self.pdf.set_xy(LETTER_LEFT + beside, top + 2)
        self._write(self._text(_CODE), size=10, width=width - beside)
        self._write(card.code, size=22, width=width - beside, bold=True, gap=4)
        self._write(self.context.address_to_type, size=13, width=width - beside, bold=True, gap=4)
        self._write(self._text(_ONLY_ONCE), size=10, width=width - beside)
        self.pdf.set_xy(LETTER_LEFT, max(top + LETTER_QR, self.pdf.get_y()) + 8)
        for number, step in enumerate(_STEPS, start=1):
            sentence = self._text(step, address=self.context.address_to_type)
            top = self.pdf.get_y()
            self._write(f"{number}.", size=11.5, width=8)
            self.pdf.set_xy(LETTER_LEFT + 8, top)
            self._write(sentence, size=11.5, width=width - 8)
            self.pdf.set_xy(LETTER_LEFT, self.pdf.get_y() + 2)
        self.pdf.set_xy(LETTER_LEFT, self.pdf.get_y() + 3)
        self._write(self._text(_CHECKING), size=10, width=width, gap=4)
        if self.context.help_contact:
            self._write(self._text(_HELP, contact=self.context.help_contact), size=11, width=width, bold=True)
        if self.pdf.get_y() > 287:
            raise RefusedError("cards-text-too-long", status=422)

    def _address(self, elector: Elector) -> None:
        """The window: as large as it fits, down to a size that a sorting machine still reads."""
        lines = (elector.name, *elector.address)
        for size in (11.0, 10.0, 9.0, 8.0):
            height = sum(self._lines(line, size=size, width=WINDOW_WIDTH) for line in lines) * _leading(size)
            if height <= WINDOW_HEIGHT:
                self.pdf.set_xy(LETTER_LEFT, WINDOW_TOP)
                for line in lines:
                    self._write(line, size=size, width=WINDOW_WIDTH)
                return
        raise RefusedError("cards-address-too-long", status=422, elector=elector.number)


def _fonts_for(cards: Sequence[Card], context: CardContext, folder: Path | None) -> Fonts:
    """The fonts that print every text of every card; refuses what they lack, naming all of it."""
    texts = [("", text) for text in _common_texts(context)]
    for card in cards:
        if card.elector is not None:
            texts += [(card.elector.number, line) for line in (card.elector.name, *card.elector.address)]
    fonts = choose_fonts((text for _, text in texts), folder)
    faults: dict[str, dict[str, None]] = {}
    for number, text in texts:
        if missing := fonts.missing(text):
            faults.setdefault(number, {}).update(dict.fromkeys(f"U+{ord(character):04X}" for character in missing))
    if not faults:
        return fonts
    if "" in faults:
        raise RefusedError("cards-text-without-font", status=422, characters=", ".join(faults[""]))
    electors = "; ".join(f"{number} ({', '.join(characters)})" for number, characters in faults.items())
    raise RefusedError("cards-names-without-font", status=422, electors=electors)


def _common_texts(context: CardContext) -> Iterator[str]:
    yield from (context.election_name, context.authority, context.closes_text, context.address_to_type)
    yield context.help_contact
    for key in (_TITLE, _VOTE_BEFORE, _TYPE, _CODE, _ANONYMOUS, _ONLY_ONCE, _HELP, *_STEPS, _CHECKING):
        yield context.translate(key)


def _leading(size: float) -> float:
    """The height of a line in millimetres for a letter size in points."""
    return size * 0.3528 * 1.25


def _matrix(url: str, index: int) -> list[list[bool]]:
    # Choosing the best of eight masks takes most of the time, and every reader takes any of them.
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=index % 8)
    code.add_data(url)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def _runs(dark: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules stand in a row: (start, length) of each unbroken run."""
    start = None
    for place, module in enumerate((*dark, False)):
        if module and start is None:
            start = place
        elif not module and start is not None:
            yield start, place - start
            start = None
