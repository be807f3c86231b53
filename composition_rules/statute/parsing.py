"""Strict TOML → ``Statute``, read with the same tables and the same faults as a mandate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from composition_rules.errors import StatuteFileError
from composition_rules.mandate import Clause, Route, Text
from composition_rules.parse.clauses import Sources, read_clause, read_sources
from composition_rules.parse.duplicates import note_duplicates
from composition_rules.parse.files import open_file
from composition_rules.parse.reading import Table
from composition_rules.people import PropertyKind
from composition_rules.statute.asks import (
    AppointedBy,
    Ask,
    AskKind,
    ElectionWords,
    EqualSides,
    EveryMember,
    LongestTerm,
    Marks,
    Members,
    Mentions,
    MunicipalTerm,
    NoMoreAlternates,
    NoReservedSeats,
    NoRoute,
    Notice,
    OnlyRoute,
    OwnChair,
    PersonalAlternates,
    Side,
)
from composition_rules.statute.statutes import Statute, StatuteId, StatuteRule, StatuteVersion

STATUTE_LANGUAGE: Final = 1


def parse_statute(raw: bytes) -> Statute:
    """The statute in a TOML file.

    Raises:
        StatuteFileError: the file has faults; ``faults`` holds each of them with key path, line and cure.
    """
    top = open_file(raw, StatuteFileError, language=STATUTE_LANGUAGE, unsupported="unsupported-statute-language")
    sources = read_sources(top)
    statute = Statute(
        id=StatuteId(top.identifier("id")),
        title=top.text("title"),
        every_council=top.flag("every_council"),
        versions=_versions(top, sources),
        sources=tuple(sources.values()),
    )
    top.faults.raise_if_any()
    return statute


def _versions(top: Table, sources: Sources) -> tuple[StatuteVersion, ...]:
    """The [[version]] tables, each later than the one before."""
    tables = top.tables("version", needed=True)
    versions = tuple(_version(table, sources) for table in tables)
    for table, before, version in zip(tables[1:], versions, versions[1:], strict=False):
        since, until = version.since, before.until
        if since is None or until is None or since <= until:
            table.note("versions-overlap", "since")
    return versions


def _version(table: Table, sources: Sources) -> StatuteVersion:
    since = table.day_or_none("since")
    until = table.day_or_none("until")
    if until is not None and since is not None and until < since and not table.faults.under(table.path):
        table.note("ends-before-it-begins", "until", since=since.isoformat(), until=until.isoformat())
    dated = until is not None or since is not None
    clause: Clause | None = read_clause(table, sources) if dated or table.has("clause") else None
    rules = table.tables("rule", needed=True)
    read = tuple(_rule(rule, sources) for rule in rules)
    note_duplicates(rules, [rule.id for rule in read])
    return StatuteVersion(since=since, until=until, clause=clause, confirm=table.text_or_none("confirm"), rules=read)


def _rule(table: Table, sources: Sources) -> StatuteRule:
    return StatuteRule(
        id=table.identifier("id"),
        title=table.text("title"),
        asks=_READERS[table.needed_word("kind", AskKind)](table),
        clause=read_clause(table, sources),
    )


def _texts(table: Table, key: str) -> tuple[Text, ...]:
    tables = table.tables(key, needed=True)
    return tuple(Text(da=each.string("da"), en=each.string("en")) for each in tables)


_READERS: Final[Mapping[AskKind, Callable[[Table], Ask]]] = {
    AskKind.MEMBERS: lambda at: Members(seats=at.seats("seats", least=1), side=at.word_or_none("side", Side)),
    AskKind.EQUAL_SIDES: lambda _: EqualSides(),
    AskKind.ONLY_ROUTE: lambda at: OnlyRoute(route=at.needed_word("route", Route)),
    AskKind.NO_ROUTE: lambda at: NoRoute(route=at.needed_word("route", Route)),
    AskKind.APPOINTED_BY: lambda at: AppointedBy(by=at.text("by"), called=_texts(at, "called")),
    AskKind.NO_RESERVED_SEATS: lambda _: NoReservedSeats(),
    AskKind.EVERY_MEMBER: lambda at: EveryMember(has=at.needed_word("has", PropertyKind)),
    AskKind.PERSONAL_ALTERNATES: lambda _: PersonalAlternates(),
    AskKind.NO_MORE_ALTERNATES: lambda _: NoMoreAlternates(),
    AskKind.MUNICIPAL_TERM: lambda _: MunicipalTerm(),
    AskKind.LONGEST_TERM: lambda at: LongestTerm(years=at.integer("years", least=1)),
    AskKind.MARKS: lambda at: Marks(exactly=at.integer("exactly", least=1)),
    AskKind.WORDING: lambda at: Mentions(of=at.needed_word("of", ElectionWords), mention=_texts(at, "mention")),
    AskKind.OWN_CHAIR: lambda _: OwnChair(),
    AskKind.NOTICE: lambda at: Notice(route=at.word_or_none("route", Route)),
}
