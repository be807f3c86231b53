"""The printed cards. Truth: what an independent reader (zxing, poppler) finds on the rendered page."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from election.roll import Elector
from webvote.outside.cards import Card, CardContext, render_cards
from webvote.outside.fonts import installed_fonts
from webvote.refusals import RefusedError

DOTS_PER_INCH = 150
CONTEXT = CardContext(
    election_name="Dialogforum for integration 2026",
    authority="Norddjurs Kommune",
    closes_text="30. november 2026 kl. 16.30",
    address_to_type="valg.example.dk/k",
    help_contact="Borgerservice 12 34 56 78",
)
ELECTORS = (
    Elector(number="1", name="Åse Ørsted", address=("Kirkestien 3", "8500 Grenaa")),
    Elector(number="2", name="سارا محمدی (علی)", address=("Søvej 12, 2. tv.", "8585 Glesborg")),
    Elector(number="3", name="ሰላም ገብረ", address=("c/o Олена Шевченко", "Vej 1", "8500 Grenaa")),
    Elector(number="4", name="Nguyễn Thị Ánh", address=("राम प्रसाद", "8500 Grenaa")),
)


def card(index: int, elector: Elector | None = None) -> Card:
    code = f"abc-DEF-ghj-KLM-{index + 111:03d}"
    return Card(code=code, url=f"https://valg.example.dk/v/dialogforum-2026#{code}", elector=elector)


def pages_of(pdf: bytes, folder: Path) -> list[Image.Image]:
    (folder / "cards.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-gray", "-png", "cards.pdf", "page"]
    # Poppler reports an unknown font or a broken page on its error output.
    assert subprocess.run(command, cwd=folder, check=True, capture_output=True).stderr == b""
    pages = []
    for file in sorted(folder.glob("page*.png")):
        with Image.open(file) as page:
            pages.append(page.convert("L"))
        file.unlink()
    return pages


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, check=True, capture_output=True)
    return done.stdout.decode()


def codes_on(page: Image.Image) -> list[zxingcpp.Barcode]:
    return list(zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode))


def side_in_millimetres(found: zxingcpp.Barcode) -> float:
    return (found.position.top_right.x - found.position.top_left.x) / DOTS_PER_INCH * 25.4


def test_every_square_of_the_door_cards_opens_its_own_card(tmp_path: Path) -> None:
    cards = [card(index) for index in range(19)]  # every mask twice, and a last sheet that is not full
    pages = pages_of(render_cards(cards, CONTEXT), tmp_path)
    found = [codes_on(page) for page in pages]
    assert [len(codes) for codes in found] == [8, 8, 3]
    assert sorted(code.text for codes in found for code in codes) == sorted(each.url for each in cards)
    assert all(side_in_millimetres(code) >= 25 for codes in found for code in codes)


def test_a_door_card_says_what_it_is() -> None:
    text = text_of(render_cards([card(0)], CONTEXT))
    for said in ("abc-DEF-ghj-KLM-111", "Dialogforum for", "Norddjurs Kommune", "16.30", "valg.example.dk/k"):
        assert said in text
    assert "Anonymous: nobody noted who got this card." in text
    assert "Borgerservice 12 34 56 78" in text


def test_a_code_stands_beside_its_own_square(tmp_path: Path) -> None:
    pdf = render_cards([card(index) for index in range(8)], CONTEXT)
    (page,) = pages_of(pdf, tmp_path)
    for found in codes_on(page):
        left, top = found.position.top_left.x, found.position.top_left.y
        # The quarter-sheet column and the row this square stands in, cut out of the page.
        box = ["-x", str(left - 20), "-y", str(top - 20), "-W", "560", "-H", "400", "-r", str(DOTS_PER_INCH)]
        done = subprocess.run(["pdftotext", *box, "-", "-"], input=pdf, check=True, capture_output=True)
        assert found.text.rpartition("#")[2] in done.stdout.decode()


def test_each_letter_carries_its_elector_and_its_code(tmp_path: Path) -> None:
    cards = [card(index, elector) for index, elector in enumerate(ELECTORS)]
    pdf = render_cards(cards, CONTEXT)
    pages = pages_of(pdf, tmp_path)
    texts = text_of(pdf).split("\f")
    assert len(pages) == len(cards)
    for each, page, text in zip(cards, pages, texts[:-1], strict=True):
        (found,) = codes_on(page)
        assert found.text == each.url
        assert side_in_millimetres(found) >= 25
        assert each.code in text
        assert each.elector is not None
        assert each.elector.address[-1] in text
        for said in ("Poll card", "valg.example.dk/k", "1.", "2.", "3.", "Check it yourself", "Borgerservice"):
            assert said in text
    assert "Åse Ørsted" in texts[0]
    assert "c/o Олена Шевченко" in texts[2]


def test_letters_come_before_cards_for_the_door(tmp_path: Path) -> None:
    pages = pages_of(render_cards([card(0), card(1, ELECTORS[0]), card(2)], CONTEXT), tmp_path)
    assert [len(codes_on(page)) for page in pages] == [1, 2]


def test_the_address_stands_in_the_window_however_long(tmp_path: Path) -> None:
    long = Elector(number="9", name="Ida " * 29, address=("Strandvej " * 11, "Stuen", "c/o Lis", "8500 Grenaa"))
    (page,) = pages_of(render_cards([card(0, long)], CONTEXT), tmp_path)
    unit = DOTS_PER_INCH / 25.4
    below_the_window = page.crop((0, int(87 * unit), page.width, int(96 * unit)))
    beside_the_window = page.crop((int(107 * unit), int(40 * unit), page.width, int(90 * unit)))
    assert below_the_window.getextrema() == beside_the_window.getextrema() == (255, 255)


def test_an_address_that_fits_no_window_is_refused_with_its_number() -> None:
    endless = Elector(number="9", name="W" * 120, address=("W" * 120,) * 5)
    with pytest.raises(RefusedError) as caught:
        render_cards([card(0, endless)], CONTEXT)
    assert (caught.value.code, caught.value.params) == ("cards-address-too-long", {"elector": "9"})


def test_texts_that_overflow_a_card_are_refused() -> None:
    context = CardContext(
        election_name="Et meget langt navn " * 20,
        authority="",
        closes_text="",
        address_to_type="valg.example.dk",
        help_contact="",
    )
    for elector in (None, ELECTORS[0]):
        with pytest.raises(RefusedError) as caught:
            render_cards([card(0, elector)], context if elector is None else _lengthened(context))
        assert caught.value.code == "cards-text-too-long"


def _lengthened(context: CardContext) -> CardContext:
    return CardContext(
        election_name=context.election_name * 8,
        authority="",
        closes_text="",
        address_to_type=context.address_to_type,
        help_contact="",
    )


def test_sentences_are_translated() -> None:
    danish = CardContext(
        election_name="Valg",
        authority="Norddjurs",
        closes_text="kl. 16.30",
        address_to_type="valg.dk",
        help_contact="1234",
        translate=lambda text: {"Poll card": "Valgkort", "Vote before {closes}": "Stem før {closes}"}.get(text, text),
    )
    text = text_of(render_cards([card(0), card(1, ELECTORS[0])], danish))
    assert text.count("Valgkort") == 2
    assert text.count("Stem før kl. 16.30") == 2


# Letters that no font has


def test_without_fonts_latin_names_are_printed_and_others_refused(tmp_path: Path) -> None:
    # Typographic marks become plain; letters are never touched.
    latin = Elector(number="1", name="Zoë O\u2019Neill–Ærø", address=("Søvej 1",))
    text = text_of(render_cards([card(0, latin), card(1)], CONTEXT, fonts=tmp_path / "none"))
    assert "Zoë O'Neill-Ærø" in text
    cards = [card(index, elector) for index, elector in enumerate(ELECTORS[1:3])]
    with pytest.raises(RefusedError) as caught:
        render_cards(cards, CONTEXT, fonts=tmp_path / "none")
    assert caught.value.code == "cards-names-without-font"
    electors = str(caught.value.params["electors"])
    assert electors.startswith("2 (U+0633, ")
    assert "; 3 (U+1230, " in electors


def test_a_letter_that_no_font_has_is_refused_with_the_elector() -> None:
    with pytest.raises(RefusedError) as caught:
        render_cards([card(0, Elector(number="7", name="Ida 王", address=("Vej 1",)))], CONTEXT)
    assert caught.value.params == {"electors": "7 (U+738B)"}


def test_an_election_name_that_no_font_has_is_refused() -> None:
    context = CardContext(election_name="王", authority="", closes_text="", address_to_type="valg.dk", help_contact="")
    with pytest.raises(RefusedError) as caught:
        render_cards([card(0)], context)
    assert (caught.value.code, caught.value.params) == ("cards-text-without-font", {"characters": "U+738B"})


def test_no_name_loses_a_letter(tmp_path: Path) -> None:
    """A name in each script leaves ink that the same letter without the name does not have."""
    assert installed_fonts() is not None
    blank = Elector(number="1", name=".", address=(".",))
    (without,) = pages_of(render_cards([card(0, blank)], CONTEXT), tmp_path)
    unit = DOTS_PER_INCH / 25.4
    window = (int(20 * unit), int(47 * unit), int(105 * unit), int(53 * unit))

    def ink(page: Image.Image) -> int:
        return sum(page.crop(window).histogram()[:128])

    for elector in ELECTORS:
        (page,) = pages_of(render_cards([card(0, elector)], CONTEXT), tmp_path)
        assert ink(page) > ink(without) + 20 * len(elector.name)


# Secrets


def test_codes_are_neither_shown_nor_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shown = card(0, ELECTORS[1])
    render_cards([shown, card(1)], CONTEXT)
    assert "KLM" not in repr(shown)
    assert "KLM" not in caplog.text
