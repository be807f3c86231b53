"""``election mandate list`` and ``election mandate show ID``: the lines that they print."""

from __future__ import annotations

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.errors import CatalogueError
from composition_rules.show import show_mandate


def list_mandates(language: str) -> list[str]:
    """One line for each shipped mandate: its id, the council and the municipality, the seats."""
    ids = mandate_ids()
    width = max(map(len, ids))
    lines = []
    for mandate_id in ids:
        mandate = load_mandate(mandate_id)
        lines.append(f"{mandate_id:{width}}  {mandate.seats!s:>5}  {mandate.title.in_language(language)}")
    return lines


def show(mandate_id: str, language: str) -> list[str] | str:
    """The mandate as a person reads it; one sentence when none of that id is shipped."""
    try:
        return show_mandate(load_mandate(mandate_id), language)
    except CatalogueError as fault:
        return str(fault)
