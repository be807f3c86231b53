"""Every code has a sentence, every sentence can be filled in, and the catalogue for translators holds them all."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from composition_rules.messages import SENTENCES as COMPOSITION
from election.messages import SENTENCES as ELECTION
from webvote.messages import SENTENCES

ROOT = Path(__file__).parents[2]
RAISED = re.compile(r'(?:RefusedError|BallotError|translated)\(\s*"([a-z-]+)"|(?:note=|append\()"([a-z]+-[a-z-]+)"')


def test_every_code_that_is_used_has_a_sentence() -> None:
    known = {*SENTENCES, *ELECTION, *COMPOSITION}
    for file in (ROOT / "webvote").rglob("*.py"):
        for found in RAISED.finditer(file.read_text("utf-8")):
            assert (found[1] or found[2]) in known, file


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_a_whole_sentence_with_fields_by_name(code: str) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name is not None]
    assert all(name.isidentifier() for name in fields)


def test_translators_get_every_sentence(tmp_path: Path) -> None:
    catalogue = tmp_path / "messages.pot"
    command = [str(Path(sys.executable).with_name("pybabel")), "-q", "extract", "-F", "webvote/babel.cfg"]
    keywords = ["-k", "N_", "-k", "lazy_gettext"]
    subprocess.run([*command, *keywords, "-o", str(catalogue), "."], cwd=ROOT, check=True)
    with catalogue.open("rb") as file:
        collected = {message.id for message in read_po(file)}
    for sentence in (*SENTENCES.values(), *ELECTION.values(), *COMPOSITION.values(), "Put my ballot in the box"):
        assert sentence in collected
