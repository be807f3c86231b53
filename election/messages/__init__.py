"""One English sentence for each code. ``N_`` marks it for translation; nothing is translated here."""

from __future__ import annotations

from collections.abc import Mapping

from election.messages.challenges import CHALLENGE_SENTENCES
from election.messages.core import CORE_SENTENCES
from election.messages.counting import COUNTING_SENTENCES
from election.messages.marking import N_
from election.messages.ranked import RANKED_SENTENCES
from election.messages.registrar import REGISTRAR_SENTENCES
from election.messages.trustees import TRUSTEE_SENTENCES

__all__ = ["N_", "SENTENCES", "sentence"]

SENTENCES: dict[str, str] = {
    **CORE_SENTENCES,
    **TRUSTEE_SENTENCES,
    **CHALLENGE_SENTENCES,
    **COUNTING_SENTENCES,
    **RANKED_SENTENCES,
    **REGISTRAR_SENTENCES,
}


def sentence(code: str, params: Mapping[str, str | int]) -> str:
    """The English sentence of ``code``, filled in."""
    return SENTENCES[code].format(**params)
