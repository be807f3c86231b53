"""Which installed fonts can print a text, so that no letter of a name is dropped.

The PDF library leaves out what its font lacks and only writes that to a log; here it is known beforehand. Leaves to
others: where the text goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF

FONT_DIRECTORIES = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")
BASE_FAMILY = "NotoSans"
CORE_FAMILY = "Helvetica"
# In the order in which they are asked for a letter that the base family lacks.
FURTHER_FAMILIES = (
    "NotoNaskhArabic", "NotoSansArabic", "NotoSansEthiopic", "NotoSansHebrew", "NotoSansArmenian", "NotoSansGeorgian",
    "NotoSansDevanagari", "NotoSansBengali", "NotoSansGurmukhi", "NotoSansGujarati", "NotoSansTamil",
    "NotoSansTelugu", "NotoSansKannada", "NotoSansMalayalam", "NotoSansSinhala", "NotoSansThai", "NotoSansLao",
    "NotoSansKhmer", "NotoSansMyanmar", "NotoSansSyriac", "NotoSansThaana", "NotoSansTifinagh",
)  # fmt: skip
# Latin, Greek and Cyrillic letters and punctuation stand beside each other as they are. Beyond them letters join,
# reorder or carry marks, and the shaping engine is needed; it is kept away from these, because the PDF library puts a
# Cyrillic letter that looks like a Latin one of the same line at a wrong distance.
_UNSHAPED = (range(0x0300), range(0x0370, 0x0483), range(0x048A, 0x0530), range(0x1E00, 0x2070))
# The core fonts know Latin-1 only; a dash or a quotation mark may become the plain one, a letter never.
_PLAIN = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "..."})
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200c\u200d\u200e\u200f"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """The families that together print a set of texts; without a folder, the core font of every PDF reader."""

    folder: Path | None
    further: tuple[str, ...]

    @property
    def family(self) -> str:
        return CORE_FAMILY if self.folder is None else BASE_FAMILY

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of ``text`` that none of the families has, in order and once each."""
        if self.folder is None:
            return tuple(dict.fromkeys(c for c in self.printable(text) if ord(c) > 0xFF))
        known = [_characters(_file(self.folder, family, "Regular")) for family in (BASE_FAMILY, *self.further)]
        return tuple(dict.fromkeys(c for c in text if not any(ord(c) in characters for characters in known)))

    def printable(self, text: str) -> str:
        """The text as it is handed to the PDF library."""
        return text.translate(_PLAIN).translate(_INVISIBLE) if self.folder is None else text

    def add_to(self, pdf: FPDF) -> None:
        """Make the families known to a document."""
        if self.folder is None:
            return
        for family in (BASE_FAMILY, *self.further):
            for style, name in (("", "Regular"), ("B", "Bold")):
                pdf.add_font(family, style, _file(self.folder, family, name))
        pdf.set_fallback_fonts(list(self.further), exact_match=False)


def choose_fonts(texts: Iterable[str], folder: Path | None) -> Fonts:
    """The base family, and of the others only those that some text needs."""
    if folder is None:
        return Fonts(folder=None, further=())
    wanted = {ord(character) for text in texts for character in text} - _characters(
        _file(folder, BASE_FAMILY, "Regular")
    )
    further: list[str] = []
    for family in FURTHER_FAMILIES:
        files = [_file(folder, family, name) for name in ("Regular", "Bold")]
        if wanted and all(file.exists() for file in files) and (known := _characters(files[0])) & wanted:
            further.append(family)
            wanted -= known
    return Fonts(folder=folder, further=tuple(further))


def installed_fonts(directories: Iterable[Path] = FONT_DIRECTORIES) -> Path | None:
    """The folder that holds the Noto fonts; ``None`` when they are not installed."""
    for directory in directories:
        for file in sorted(directory.rglob(f"{BASE_FAMILY}-Regular.ttf")):
            if _file(file.parent, BASE_FAMILY, "Bold").exists():
                return file.parent
    return None


def needs_shaping(text: str) -> bool:
    """Whether letters join, reorder or carry marks."""
    return not all(any(ord(character) in block for block in _UNSHAPED) for character in text)


def _file(folder: Path, family: str, style: str) -> Path:
    return folder / f"{family}-{style}.ttf"


@cache
def _characters(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())
