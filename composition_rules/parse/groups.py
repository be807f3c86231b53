"""The seat groups of a mandate: seats, alternates, route, requirements, and what contradicts in them."""

from __future__ import annotations

from collections.abc import Mapping

from composition_rules.mandate import (
    AlternateKind,
    AlternateOrder,
    Alternates,
    ElectionRules,
    Requirement,
    Role,
    Route,
    SeatGroup,
    SeatGroupId,
    TieRule,
    Uncontested,
)
from composition_rules.parse.clauses import Sources, read_clause
from composition_rules.parse.reading import Table, note_duplicates
from composition_rules.people import is_property


def read_groups(top: Table, sources: Sources) -> tuple[SeatGroup, ...]:
    """The [[group]] tables, in their order."""
    tables = top.tables("group", needed=True)
    groups = tuple(_group(table, sources) for table in tables)
    note_duplicates(tables, [group.id for group in groups])
    return groups


def _group(table: Table, sources: Sources) -> SeatGroup:
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
            _requirement(table, requirement, {Role.MEMBER: seats, Role.ALTERNATE: alternates.number}, sources)
            for requirement in table.tables("requirement", needed=False)
        ),
        election=_election(table),
        clause=read_clause(table, sources),
    )
    if table.present and not table.faults.under((*table.path, "route")):
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
    if table.present and not table.faults.under(table.path) and not table.faults.under((*group.path, "seats")):
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


def _requirement(group: Table, table: Table, places: Mapping[Role, int], sources: Sources) -> Requirement:
    requirement = Requirement(
        at_least=table.integer("at_least", least=1),
        property=table.string("property"),
        title=table.text("title"),
        applies_to=table.needed_word("applies_to", Role),
        clause=read_clause(table, sources),
    )
    if requirement.property and not is_property(requirement.property):
        table.note("bad-property", "property", word=requirement.property)
    most = places[requirement.applies_to]
    counted = "seats" if requirement.applies_to is Role.MEMBER else "alternates"
    misread = group.faults.under((*group.path, counted)) or table.faults.under((*table.path, "applies_to"))
    if requirement.at_least > most and not misread:
        table.note("requirement-too-large", "at_least", at_least=requirement.at_least, places=most)
    return requirement
