"""Cards printed from a registrar's print job, on a machine without a server. Truth: zxing and poppler."""

from __future__ import annotations

from pathlib import Path

import pytest

from election.ids import ElectionUuid
from election.registrar import CardTexts, make_cards, print_job, print_job_to_bytes
from election.roll import Elector
from tests.webvote.test_cards import codes_on, pages_of, text_of
from webvote.__main__ import main

TEXTS = CardTexts(
    name="Dialogforum 2026",
    authority="Norddjurs Kommune",
    closes="30. november kl. 16.30",
    address="https://valg.example.dk/v/dialogforum",
    help="12 34 56 78",
    language="da",
)
ROLL = (Elector(number="7", name="Åse Ørsted", address=("Kirkestien 3", "8500 Grenaa")),)
CARDS = make_cards(ElectionUuid("4S92PJQYHSkk7n"), TEXTS, electors=ROLL, spare=1)


@pytest.fixture
def job(tmp_path: Path) -> Path:
    path = tmp_path / "job.json"
    path.write_bytes(print_job_to_bytes(print_job(CARDS.cards, TEXTS, {"7": ROLL[0]})) + b"\n")
    return path


def test_each_card_carries_the_address_with_its_own_code(job: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "printed.pdf"
    assert main(["cards", str(job), str(pdf)]) == 0
    assert pdf.stat().st_mode & 0o777 == 0o600
    read = [code.text for page in pages_of(pdf.read_bytes(), tmp_path) for code in codes_on(page)]
    assert read == [f"{TEXTS.address}#{card.code}" for card in CARDS.cards]
    text = text_of(pdf.read_bytes())
    assert "Åse Ørsted" in text
    assert "Valgkort" in text
    assert all(card.code in text for card in CARDS.cards)


def test_nothing_is_written_over_another_file(job: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = tmp_path / "printed.pdf"
    pdf.write_text("kept")
    assert main(["cards", str(job), str(pdf)]) == 2
    assert pdf.read_text() == "kept"
    assert str(pdf) in capsys.readouterr().err


def test_a_broken_job_is_refused(job: Path, tmp_path: Path) -> None:
    job.write_text("{}")
    assert main(["cards", str(job), str(tmp_path / "printed.pdf")]) == 2
    assert not (tmp_path / "printed.pdf").exists()
