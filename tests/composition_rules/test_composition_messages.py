"""Every code has a sentence, and every sentence has a code that is used."""

from __future__ import annotations

import re
from pathlib import Path

import composition_rules
from composition_rules.check import FindingState
from composition_rules.duties import DutyState
from composition_rules.mandate import Role
from composition_rules.messages import SENTENCES

PACKAGE = Path(composition_rules.__file__).parent
MADE_UP = {  # codes put together from words, and one used elsewhere
    *(f"{role}s-requirement-{state}" for role in Role for state in FindingState),
    *(f"{what}-{state}" for what in ("shares", "total") for state in ("met", "not-yet", "impossible")),
    *(f"{places}-{how}" for places in ("seats", "alternates") for how in ("open", "enough")),
    *(f"{places}-do-not-add-up" for places in ("seats", "alternates")),
    *(f"{what}-{how}" for what in ("election", "nominator") for how in ("needed", "needless")),
    *(f"duty-{state}" for state in DutyState),
    # said by the package election: of records that it reads with our reader, and of the options of its commands
    *("unsupported-record-language", "bad-list-name", "bad-name-in-lot", "absence-keeps-seat"),
}


def test_every_sentence_belongs_to_a_code_in_the_package() -> None:
    source = "".join(path.read_text() for path in PACKAGE.rglob("*.py") if path.name != "messages.py")
    assert {code for code in SENTENCES if f'"{code}"' not in source} == MADE_UP & SENTENCES.keys()
    assert SENTENCES.keys() >= MADE_UP


def test_every_code_in_the_package_has_a_sentence() -> None:
    source = "".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    raised = re.findall(r'(?:note|Error|_single|sentence)\(\s*"([a-z0-9-]+)"', source)
    assert len(raised) > 20
    assert set(raised) <= SENTENCES.keys()


def test_no_sentence_needs_a_plural() -> None:
    for sentence in SENTENCES.values():
        assert "(s)" not in sentence
