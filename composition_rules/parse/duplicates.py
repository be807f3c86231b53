"""Ids that stand twice in a list of tables."""

from __future__ import annotations

from collections.abc import Iterable

from composition_rules.parse.reading import Table


def note_duplicates(tables: Iterable[Table], ids: Iterable[str], key: str = "id") -> None:
    """Note each id that an earlier table has too, apart from ids that were not read."""
    seen: set[str] = set()
    for table, word in zip(tables, ids, strict=True):
        if not table.present or table.faults.under((*table.path, key)):
            continue
        if word in seen:
            table.note("duplicate-id", key, word=word)
        seen.add(word)
