"""The sources of a mandate, and the clauses quoted from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from composition_rules.mandate import UNSTATED, Clause, Rule, Silence, Source, SourceId, Text
from composition_rules.parse.duplicates import note_duplicates
from composition_rules.parse.reading import Table

Sources = Mapping[str, Source]
_NO_SOURCE: Final = Source(id=SourceId(""), title="", file="")


def read_sources(top: Table) -> dict[str, Source]:
    """The [[source]] tables, by id."""
    tables = top.tables("source", needed=True)
    sources = [
        Source(
            id=SourceId(table.identifier("id")),
            title=table.string("title"),
            file=table.string("file"),
            address=table.string_or_none("address"),
        )
        for table in tables
    ]
    note_duplicates(tables, [source.id for source in sources])
    return {source.id: source for source in sources}


def read_clause(around: Table, sources: Sources) -> Clause:
    """The clause that the table ``around`` rests on."""
    return _clause(around.table("clause"), sources, written="clause" in around)


def read_clauses(around: Table, sources: Sources) -> tuple[Clause, ...]:
    """The [[clause]] tables of a table that may rest on several, or on none."""
    return tuple(_clause(table, sources, written=True) for table in around.tables("clause", needed=False))


def _clause(table: Table, sources: Sources, *, written: bool) -> Clause:
    source = table.string("source")
    if source and source not in sources:
        table.note("unknown-source", "source", word=source, known=", ".join(sources))
    lines = table.numbers("lines")
    if lines is None or len(lines) != 2 or not 1 <= lines[0] <= lines[1]:
        if written:
            table.note("lines-unusable", "lines")
        lines = (1, 1)
    return Clause(
        source=sources.get(source, _NO_SOURCE),
        first_line=lines[0],
        last_line=lines[1],
        text=table.string("text"),
    )


def read_rule(around: Table, key: str, sources: Sources) -> Rule | Silence:
    """A rule in words with its clause, or ``unstated``."""
    table = around.table_or_silence(key)
    if isinstance(table, Silence):
        return UNSTATED
    return Rule(text=Text(da=table.string("da"), en=table.string("en")), clause=read_clause(table, sources))
