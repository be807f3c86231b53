"""Strict TOML → ``Mandate``: unknown keys refused, every fault of the file at once, nothing half-parsed.

What the language means is described in ``docs/mandates.md``. Whether a mandate is lawful is left to others.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from composition_rules.errors import MandateError, MandateFileError
from composition_rules.mandate import (
    AlternateKind,
    AlternateOrder,
    Alternates,
    Clause,
    Duty,
    ElectionRules,
    LegalBasis,
    Mandate,
    MandateId,
    Office,
    Officers,
    OfficeRule,
    Requirement,
    Role,
    Route,
    SeatGroup,
    SeatGroupId,
    Source,
    SourceId,
    Term,
    TieRule,
    Uncontested,
)
from composition_rules.people import is_property
from composition_rules.reading import Faults, Table, note_duplicates
from composition_rules.toml_lines import key_lines

LANGUAGE: Final = 1
_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_NO_SOURCE: Final = Source(id=SourceId(""), title="", file="")
_Sources = Mapping[str, Source]


def parse_mandate(raw: bytes) -> Mandate:
    """The mandate in a TOML file.

    Raises:
        MandateFileError: the file has faults; ``faults`` holds each of them with key path, line and cure.
    """
    text, document = _document(raw)
    faults = Faults(key_lines(text))
    top = Table(document, (), faults)
    language = top.integer("language", least=1)
    if language != LANGUAGE and not faults.under(("language",)):
        _refuse("unsupported-language", path="language", line=key_lines(text)["language",], number=language)
    mandate = _mandate(top)
    faults.raise_if_any()
    return mandate


def _document(raw: bytes) -> tuple[str, dict[str, Any]]:
    """The text and the tables of a file, once it is UTF-8 and TOML at all."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise MandateFileError((MandateError("not-utf8", path="", line=line),)) from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        position = _POSITION.search(said)
        number = position.group(1) if position else None
        line = int(number) if number else text.rstrip().count("\n") + 1
        fault = MandateError("not-toml", path="", line=line, detail=_POSITION.sub("", said))
        raise MandateFileError((fault,)) from error


def _refuse(code: str, *, path: str, line: int, **params: str | int) -> NoReturn:
    raise MandateFileError((MandateError(code, path=path, line=line, **params),))


def _mandate(top: Table) -> Mandate:
    sources = _sources(top)
    adopted = top.table("adopted")
    composition = top.table("composition")
    mandate = Mandate(
        id=MandateId(top.identifier("id")),
        title=top.text("title"),
        municipality=top.string("municipality"),
        body=top.text("body"),
        adopted=adopted.day("on"),
        adopted_by=adopted.text("by"),
        adoption=_clause(adopted, sources),
        legal_basis=top.needed_word("legal_basis", LegalBasis),
        qualification=composition.text_or_none("qualification"),
        composition=_clause(composition, sources),
        groups=_groups(top, sources),
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
        faulty = composition.faults.under(("composition",)) or composition.faults.under(("group",))
        if not faulty and declared != counted:
            composition.note(f"{key}-do-not-add-up", key, declared=declared, counted=counted)


def _sources(top: Table) -> dict[str, Source]:
    tables = top.tables("source", needed=True)
    sources = [
        Source(id=SourceId(table.identifier("id")), title=table.string("title"), file=table.string("file"))
        for table in tables
    ]
    note_duplicates(tables, [source.id for source in sources])
    return {source.id: source for source in sources}


def _clause(around: Table, sources: _Sources) -> Clause:
    table = around.table("clause")
    source = table.string("source")
    if source and source not in sources:
        table.note("unknown-source", "source", word=source, known=", ".join(sources))
    lines = table.numbers("lines")
    if lines is None or len(lines) != 2 or not 1 <= lines[0] <= lines[1]:
        if "clause" in around:
            table.note("lines-unusable", "lines")
        lines = (1, 1)
    return Clause(
        source=sources.get(source, _NO_SOURCE),
        first_line=lines[0],
        last_line=lines[1],
        text=table.string("text"),
    )


def _term(table: Table, sources: _Sources) -> Term:
    return Term(
        years=table.integer("years", least=1),
        begins=table.text_or_silence("begins"),
        until_successor=table.boolean_or_silence("until_successor"),
        clause=_clause(table, sources),
    )


def _officers(table: Table, sources: _Sources) -> Officers:
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
        clause=_clause(table, sources),
    )


def _duties(top: Table, sources: _Sources) -> tuple[Duty, ...]:
    tables = top.tables("duty", needed=False)
    duties = tuple(
        Duty(
            id=table.identifier("id"),
            title=table.text("title"),
            at_least=table.integer("at_least", least=1),
            together_with=table.text_or_none("together_with"),
            clause=_clause(table, sources),
        )
        for table in tables
    )
    note_duplicates(tables, [duty.id for duty in duties])
    return duties


def _groups(top: Table, sources: _Sources) -> tuple[SeatGroup, ...]:
    tables = top.tables("group", needed=True)
    groups = tuple(_group(table, sources) for table in tables)
    note_duplicates(tables, [group.id for group in groups])
    return groups


def _group(table: Table, sources: _Sources) -> SeatGroup:
    seats = table.integer("seats", least=1)
    alternates = _alternates(table, seats)
    route = table.needed_word("route", Route)
    group = SeatGroup(
        id=SeatGroupId(table.identifier("id")),
        title=table.text("title"),
        seats=seats,
        alternates=alternates,
        route=route,
        filled_by=table.text("filled_by"),
        nominated_by=table.text_or_none("nominated_by"),
        drawn_from=table.text_or_none("drawn_from"),
        qualification=table.text_or_none("qualification"),
        requirements=tuple(
            _requirement(requirement, {Role.MEMBER: seats, Role.ALTERNATE: alternates.number}, sources)
            for requirement in table.tables("requirement", needed=False)
        ),
        election=_election(table),
        clause=_clause(table, sources),
    )
    if not table.faults.under((*table.path, "route")):
        _note_route(table, route)
    return group


def _note_route(table: Table, route: Route) -> None:
    """Hold the keys that belong to one route against the route that is written."""
    for key, owner, what in (
        ("election", Route.DIRECT_ELECTION, "election"),
        ("nominated_by", Route.NOMINATION, "nominator"),
    ):
        if route is owner and key not in table:
            table.note(f"{what}-needed", "route")
        if route is not owner and key in table:
            table.note(f"{what}-needless", key)


def _election(group: Table) -> ElectionRules | None:
    table = group.table_or_none("election")
    if table is None:
        return None
    return ElectionRules(
        franchise=table.text_or_silence("franchise"),
        candidacy=table.text_or_silence("candidacy"),
        marks=table.integer_or_silence("marks", least=1),
        ties=table.needed_word("ties", TieRule),
        uncontested=table.needed_word("uncontested", Uncontested),
    )


def _alternates(group: Table, seats: int) -> Alternates:
    table = group.table("alternates")
    alternates = Alternates(
        number=table.integer("number", least=0),
        kind=table.needed_word("kind", AlternateKind),
        order=table.word("order", AlternateOrder, optional=True),
    )
    if not group.faults.under(group.path) and table.present:
        _note_contradictions(table, alternates, seats)
    return alternates


def _note_contradictions(table: Table, alternates: Alternates, seats: int) -> None:
    number, kind = alternates.number, alternates.kind
    if kind is AlternateKind.NONE and number > 0:
        table.note("alternates-of-none", "number", number=number)
    elif kind is not AlternateKind.NONE and number == 0:
        table.note("alternates-without-number", "number", kind=kind)
    elif kind is AlternateKind.PERSONAL and number != seats:
        table.note("personal-alternates", "number", number=number, seats=seats)
    several = number > 1 and kind in (AlternateKind.SHARED, AlternateKind.POOL)
    if several and alternates.order is None:
        table.note("order-needed", "order")
    if alternates.order is not None and not several:
        table.note("order-needless", "order")


def _requirement(table: Table, places: Mapping[Role, int], sources: _Sources) -> Requirement:
    requirement = Requirement(
        at_least=table.integer("at_least", least=1),
        property=table.string("property"),
        title=table.text("title"),
        applies_to=table.needed_word("applies_to", Role),
        clause=_clause(table, sources),
    )
    if requirement.property and not is_property(requirement.property):
        table.note("bad-property", "property", word=requirement.property)
    most = places[requirement.applies_to]
    if requirement.at_least > most and not table.faults.under(table.path[:-2]):
        table.note("requirement-too-large", "at_least", at_least=requirement.at_least, places=most)
    return requirement
