"""What a mandate requires of people: how many must have a property, and seats that belong to those with one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from composition_rules.mandate import Bound, Requirement, Role, Seats, Share
from composition_rules.parse.clauses import Sources, read_clause
from composition_rules.parse.reading import Table
from composition_rules.people import PropertyKind, kind_of

Places = Mapping[Role, Seats]
_COUNTED: Final = (Bound.AT_LEAST, Bound.AT_MOST, Bound.EXACTLY)
_NAMED: Final = {Role.MEMBER: "seats", Role.ALTERNATE: "alternates"}


def read_requirements(around: Table, places: Places, sources: Sources) -> tuple[Requirement, ...]:
    """The [[requirement]] tables of a group or of the whole council, which has so many places."""
    return tuple(_requirement(around, table, places, sources) for table in around.tables("requirement", needed=False))


def read_shares(group: Table, seats: Seats) -> tuple[Share, ...]:
    """The [[group.share]] tables: which seats of the group belong to whom."""
    tables = group.tables("share", needed=False)
    shares = tuple(
        Share(
            seats=table.integer("seats", least=1),
            property=read_property(table) if table.has("property") else None,
            title=table.text("title"),
        )
        for table in tables
    )
    seen: list[str | None] = []
    for table, share in zip(tables, shares, strict=True):
        if share.property in seen and not table.faults.under(table.path):
            table.note("shares-alike", "property")
        seen.append(share.property)
    counted = sum(share.seats for share in shares)
    misread = any(group.faults.under((*group.path, key)) for key in ("seats", "share"))
    if shares and seats != Seats.exactly(counted) and not misread:
        group.note("shares-do-not-add-up", "share", counted=counted, seats=str(seats))
    return shares


def read_property(table: Table) -> str:
    """The property that a table asks for: a known kind, a colon and a name."""
    word = table.property_word("property")
    if word and kind_of(word) is None and not table.faults.under((*table.path, "property")):
        table.note("unknown-kind", "property", word=word.partition(":")[0], known=", ".join(PropertyKind))
    return word


def _requirement(around: Table, table: Table, places: Places, sources: Sources) -> Requirement:
    bound, number = _bound(table)
    requirement = Requirement(
        bound=bound,
        number=number,
        property=read_property(table),
        title=table.text("title"),
        applies_to=table.needed_word("applies_to", Role),
        preferred=table.flag("preferred"),
        clause=read_clause(table, sources),
    )
    most = places[requirement.applies_to].most
    misread = around.faults.under((*around.path, _NAMED[requirement.applies_to])) or table.faults.under(
        (*table.path, "applies_to")
    )
    needed = requirement.number if bound in (Bound.AT_LEAST, Bound.EXACTLY) else None
    if needed is not None and most is not None and needed > most and not misread:
        table.note("requirement-too-large", bound, number=needed, places=most)
    return requirement


def _bound(table: Table) -> tuple[Bound, int | None]:
    """The one bound of a requirement."""
    least = {Bound.AT_LEAST: 1, Bound.AT_MOST: 0, Bound.EXACTLY: 0}
    numbers = {bound: table.integer_or_none(bound, least=least[bound]) for bound in _COUNTED}
    flags = {bound: table.flag(bound) for bound in (Bound.MAJORITY, Bound.ALL)}
    given = [bound for bound in Bound if table.has(bound)]
    if table.present and not given:
        table.note("missing-key", "at_least", name=" / ".join(Bound))
    for needless in given[1:]:
        table.note("bound-twice", needless, known=given[0])
    first = given[0] if given else Bound.ALL
    return first, None if first in flags else numbers[first]
