"""The cards of a registrar's print job, drawn without a server: ``webvote cards JOB.json CARDS.pdf``.

Leaves to others: making the job (``election registrar make``), and destroying it and the PDF once they are printed.
"""

from __future__ import annotations

import os
from gettext import NullTranslations, translation
from pathlib import Path
from typing import Literal

from election.registrar import PrintJob, parse_print_job
from webvote.outside.cards import Card, CardContext, render_cards

_TRANSLATIONS = Path(__file__).parents[1] / "translations"


def print_job_pdf(job: PrintJob) -> bytes:
    """The letters and cards of a print job, in its own language.

    Raises:
        RefusedError: a name or text cannot be printed.
    """
    language: Literal["da", "en"] = "da" if job.texts.language == "da" else "en"
    found: NullTranslations = translation("messages", _TRANSLATIONS, [language], fallback=True)
    return render_cards(
        [Card(code=card.code, url=job.url(card), elector=card.elector) for card in job.cards],
        CardContext(
            election_name=job.texts.name,
            authority=job.texts.authority,
            closes_text=job.texts.closes,
            address_to_type=job.texts.address.partition("://")[2] or job.texts.address,
            help_contact=job.texts.help,
            language=language,
            translate=found.gettext,
        ),
    )


def print_cards_file(job: Path, pdf: Path) -> int:
    """Write the PDF of a print job, never over another file and readable by its owner only; gives the number of cards.

    Raises:
        CredentialError: the job cannot be read.
        RefusedError: a name or text cannot be printed.
        OSError: a file cannot be read, or the PDF is there already.
    """
    read = parse_print_job(job.read_bytes().removesuffix(b"\n"))
    content = print_job_pdf(read)
    with os.fdopen(os.open(pdf, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
    return len(read.cards)
