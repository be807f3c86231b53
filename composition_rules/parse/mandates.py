"""A file → ``Mandate``: its bytes, its tables, its totals. Leaves the seat groups to ``groups.py``."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

from composition_rules.errors import MandateError, MandateFileError
from composition_rules.mandate import Duty, LegalBasis, Mandate, MandateId, Office, Officers, OfficeRule, Term
from composition_rules.parse.clauses import Sources, read_clause, read_sources
from composition_rules.parse.groups import read_groups
from composition_rules.parse.lines import KeyPath, key_lines, line_of
from composition_rules.parse.reading import Faults, Table, note_duplicates

LANGUAGE: Final = 1
_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def parse_mandate(raw: bytes) -> Mandate:
    """The mandate in a TOML file.

    Raises:
        MandateFileError: the file has faults; ``faults`` holds each of them with key path, line and cure.
    """
    document, lines = _document(raw)
    faults = Faults(lines)
    top = Table(document, (), faults)
    language = top.integer("language", least=1)
    if language != LANGUAGE and not faults.under(("language",)):
        # Another version has other keys: faults against this one would mislead.
        line = line_of(lines, ("language",))
        raise _single("unsupported-language", path="language", line=line, number=language, known=LANGUAGE)
    mandate = _mandate(top)
    faults.raise_if_any()
    return mandate


def _document(raw: bytes) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """The tables of a file and the lines of their keys, once it is UTF-8 and TOML at all."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _single("not-utf8", path="", line=line) from error
    try:
        return tomllib.loads(text), key_lines(text)
    except (ValueError, RecursionError) as error:  # a number of too many digits, brackets nested too deep
        said = str(error)
        position = _POSITION.search(said)
        number = position.group(1) if position else None
        line = int(number) if number else text.rstrip().count("\n") + 1
        raise _single("not-toml", path="", line=line, detail=_POSITION.sub("", said)) from error


def _single(code: str, *, path: str, line: int, **params: str | int) -> MandateFileError:
    return MandateFileError((MandateError(code, path=path, line=line, **params),))


def _mandate(top: Table) -> Mandate:
    sources = read_sources(top)
    adopted = top.table("adopted")
    composition = top.table("composition")
    mandate = Mandate(
        id=MandateId(top.identifier("id")),
        title=top.text("title"),
        municipality=top.string("municipality"),
        body=top.text("body"),
        adopted=adopted.day("on"),
        adopted_by=adopted.text("by"),
        adoption=read_clause(adopted, sources),
        legal_basis=top.needed_word("legal_basis", LegalBasis),
        qualification=composition.text_or_none("qualification"),
        composition=read_clause(composition, sources),
        groups=read_groups(top, sources),
        term=_term(top.table("term"), sources),
        officers=_officers(top.table("officers"), sources),
        quorum=top.text_or_silence("quorum"),
        vacancies=top.text_or_silence("vacancies"),
        duties=_duties(top, sources),
        sources=tuple(sources.values()),
    )
    _note_totals(composition, mandate)
    return mandate


def _note_totals(composition: Table, mandate: Mandate) -> None:
    """Compare the declared totals with the groups, unless a fault in either would make that misleading."""
    for key, counted in (("seats", mandate.seats), ("alternates", mandate.alternates)):
        declared = composition.integer(key, least=0)
        if declared != counted and not _is_misread(composition.faults, key, len(mandate.groups)):
            composition.note(f"{key}-do-not-add-up", key, declared=declared, counted=counted)


def _is_misread(faults: Faults, key: str, groups: int) -> bool:
    """Whether a fault stands in the declared total of ``key`` or in what the groups add to it."""
    return (
        faults.at(("composition",))
        or faults.under(("composition", key))
        or faults.at(("group",))
        or any(faults.at(("group", number)) or faults.under(("group", number, key)) for number in range(groups))
    )


def _term(table: Table, sources: Sources) -> Term:
    return Term(
        years=table.integer("years", least=1),
        begins=table.text_or_silence("begins"),
        until_successor=table.boolean_or_silence("until_successor"),
        clause=read_clause(table, sources),
    )


def _officers(table: Table, sources: Sources) -> Officers:
    tables = table.tables("office", needed=True)
    offices = tuple(
        OfficeRule(office=office.needed_word("id", Office), title=office.text("title")) for office in tables
    )
    note_duplicates(tables, [rule.office for rule in offices])
    return Officers(
        offices=offices,
        chosen_by=table.text("chosen_by"),
        eligible=table.text_or_silence("eligible"),
        ballot=table.text_or_silence("ballot"),
        clause=read_clause(table, sources),
    )


def _duties(top: Table, sources: Sources) -> tuple[Duty, ...]:
    tables = top.tables("duty", needed=False)
    duties = tuple(
        Duty(
            id=table.identifier("id"),
            title=table.text("title"),
            at_least=table.integer("at_least", least=1),
            together_with=table.text_or_none("together_with"),
            clause=read_clause(table, sources),
        )
        for table in tables
    )
    note_duplicates(tables, [duty.id for duty in duties])
    return duties
