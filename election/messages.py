"""One English sentence for each error code. ``N_`` marks it for translation; nothing is translated here."""

from __future__ import annotations

from collections.abc import Mapping


def N_(text: str) -> str:
    """Mark a sentence for the translators' catalogue."""
    return text


SENTENCES: dict[str, str] = {
    # roll
    "roll-unusable": N_("The roll was not imported: {number} faults."),
    # verify
    "verification-failed": N_("Step {step}: {reason}"),
}


def sentence(code: str, params: Mapping[str, str | int]) -> str:
    """The English sentence of ``code``, filled in."""
    return SENTENCES[code].format(**params)
