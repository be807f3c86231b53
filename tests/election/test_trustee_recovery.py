"""The recovery sheet. Truth: what an independent reader (zxing, poppler) finds on the rendered page."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from gmpy2 import mpz
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import RFC_3526_2048 as WIDE
from election.errors import TrusteeError
from election.paper.recovery_sheet import SheetWords, render_recovery_sheet
from election.trustees import TrusteePrivateKey
from election.trustees.channels import derive_channel_keys
from election.trustees.recovery import _check, recover, recovery_lines, sheet_name
from election.trustees.secrets import TrusteeSecret

SINGLE = TrusteePrivateKey(mpz(2) ** 250 + 12345, GROUP)
MEMBER = derive_channel_keys("FuLq6vCLW8R3hb5Sd6Jgqc", GROUP)
WIDE_SINGLE = TrusteePrivateKey(mpz(3) ** 1200, WIDE)
WIDE_MEMBER = derive_channel_keys("FuLq6vCLW8R3hb5Sd6Jgqc", WIDE)
EVERY = pytest.mark.parametrize(
    "secret", [SINGLE, MEMBER, WIDE_SINGLE, WIDE_MEMBER], ids=["single", "member", "wide-single", "wide-member"]
)
WORDS = SheetWords(
    title="Gendannelsesark til en nøgleholders nøgle",
    warning="Den, der har arket, har nøglen – læg det i en kuvert.",
    use="Skriv linjerne af.",
    owner="Nøgleholder: ______",
    key="Nøgle 0123, ark ABCD",
    page="Side {page} af {pages}",
)


def refusal(*lines: str) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(TrusteeError) as caught:
        recover(lines)
    return caught.value.code, caught.value.params


def pages_of(pdf: bytes, folder: Path) -> list[Image.Image]:
    (folder / "sheet.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", "150", "-gray", "-png", "sheet.pdf", "page"]
    assert subprocess.run(command, cwd=folder, check=True, capture_output=True).stderr == b""
    return [Image.open(file).convert("L") for file in sorted(folder.glob("page*.png"))]


@EVERY
def test_the_codes_on_the_printed_page_give_the_key_back_in_any_order(secret: TrusteeSecret, tmp_path: Path) -> None:
    pages = pages_of(render_recovery_sheet(recovery_lines(secret), WORDS), tmp_path)
    found = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
    assert sorted(found) == sorted(recovery_lines(secret))
    assert recover(found[::-1]) == secret


@EVERY
def test_the_letters_on_the_printed_page_give_the_key_back(secret: TrusteeSecret) -> None:
    pdf = render_recovery_sheet(recovery_lines(secret), WORDS)
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()
    assert "Gendannelsesark til en nøgleholders nøgle" in text
    typed: list[str] = []
    for line in text.splitlines():
        if line.startswith("RV1"):
            typed.append(line)
        elif typed and line.replace(" ", "").isalnum() and line.isupper():
            typed[-1] += " " + line
    assert recover(typed) == secret


def test_a_key_of_the_usual_group_fits_two_lines() -> None:
    assert [len(recovery_lines(secret)) for secret in (MEMBER, SINGLE, WIDE_SINGLE)] == [2, 2, 14]


def test_every_code_is_large_enough_for_a_phone_and_pages_are_numbered(tmp_path: Path) -> None:
    pdf = render_recovery_sheet(recovery_lines(WIDE_SINGLE), WORDS)
    pages = pages_of(pdf, tmp_path)
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()
    assert [f"Side {page} af {len(pages)}" in text for page in range(1, len(pages) + 1)] == [True] * len(pages)
    for page in pages:
        for code in zxingcpp.read_barcodes(page):
            assert (code.position.top_right.x - code.position.top_left.x) / 150 * 25.4 >= 25


@settings(max_examples=60, deadline=None)
@given(st.integers(1, int(GROUP.q) - 1), st.randoms(use_true_random=False))
def test_every_key_comes_back_however_it_is_typed(number: int, chance: object) -> None:
    secret = TrusteePrivateKey(mpz(number), GROUP)
    lines = list(recovery_lines(secret))
    typed = [line.lower().replace(" ", "  ") + "\t" for line in lines] + ["", "  "] + lines[:1]
    chance.shuffle(typed)  # type: ignore[attr-defined]
    assert recover(typed) == secret


def test_letters_that_look_like_digits_may_be_typed_as_them() -> None:
    lines = recovery_lines(WIDE_SINGLE)
    assert any(letter in line.split(" ", 3)[3] for line in lines for letter in "OIB")
    typed = []
    for line in lines:
        *head, letters = line.split(" ", 3)
        typed.append(" ".join([*head, letters.replace("O", "0").replace("I", "1").replace("B", "8")]))
    assert recover(typed) == WIDE_SINGLE


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_mistyped_letter_is_accepted(data: st.DataObject) -> None:
    lines = list(recovery_lines(SINGLE))
    place = data.draw(st.integers(0, len(lines) - 1))
    position = data.draw(st.integers(0, len(lines[place]) - 1))
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
    line = lines[place]
    if line[position] in (" ", letter):
        return
    lines[place] = line[:position] + letter + line[position + 1 :]
    code, params = refusal(*lines)
    assert code in ("recovery-mistyped", "recovery-unreadable")
    assert params["line"] == place + 1


def test_what_is_wrong_is_named() -> None:
    lines = recovery_lines(WIDE_SINGLE)
    assert refusal() == ("recovery-empty", {})
    assert refusal("", " ") == ("recovery-empty", {})
    assert refusal(*lines[:3], *lines[5:]) == ("recovery-missing", {"parts": "4, 5", "of": 14})
    assert refusal(lines[0], "hello") == ("recovery-unreadable", {"line": 2})
    swapped = lines[6].split(" ")
    swapped[3], swapped[4] = swapped[4], swapped[3]
    assert refusal(lines[0], " ".join(swapped)) == ("recovery-mistyped", {"line": 2, "part": 7, "of": 14})
    other = recovery_lines(SINGLE)
    expected = {"line": 2, "sheet": sheet_name(SINGLE), "first": sheet_name(WIDE_SINGLE)}
    assert refusal(lines[0], other[0]) == ("recovery-other-sheet", expected)


def forged(lines: tuple[str, ...], part: int, letters: str) -> str:
    """A line whose own check is right."""
    form, sheet, number, *_ = lines[part].split(" ")
    words = " ".join(letters[start : start + 5] for start in range(0, len(letters), 5))
    line = f"{form} {sheet} {number} {words}"
    return f"{line} {_check(line)}"


def test_lines_that_are_right_alone_but_not_together_are_refused() -> None:
    lines = recovery_lines(SINGLE)
    other = forged(lines, 1, "A" * 24)
    like = recovery_lines(TrusteePrivateKey(SINGLE.secret + 1, GROUP))[1].split(" ")[3:-1]
    assert refusal(lines[0], forged(lines, 1, "".join(like))) == ("recovery-whole", {})
    assert refusal(lines[0], other)[0] == "recovery-whole"
    assert refusal(*lines, other) == ("recovery-part-differs", {"line": 3, "part": 2})


def test_an_error_of_the_whole_does_not_quote_the_key() -> None:
    with pytest.raises(TrusteeError) as caught:
        recover([recovery_lines(SINGLE)[0], forged(recovery_lines(SINGLE), 1, "B" * 24)])
    assert (caught.value.params, caught.value.__cause__) == ({}, None)
