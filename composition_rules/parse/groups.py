"""The seat groups of a mandate: seats, alternates, route, and what contradicts in them."""

from __future__ import annotations

from composition_rules.mandate import (
    NO_SEATS,
    OPEN,
    AlternateKind,
    AlternateOrder,
    Alternates,
    BallotOrder,
    ElectionRules,
    Role,
    Route,
    SeatGroup,
    SeatGroupId,
    Seats,
    TieRule,
    TooFewCandidates,
    Uncontested,
)
from composition_rules.parse.clauses import Sources, read_clause, read_clauses
from composition_rules.parse.duplicates import note_duplicates
from composition_rules.parse.reading import Table
from composition_rules.parse.requirements import read_requirements, read_shares
from composition_rules.parse.terms import read_term
from composition_rules.parse.vacancies import read_vacancies


def read_groups(top: Table, sources: Sources) -> tuple[SeatGroup, ...]:
    """The [[group]] tables, in their order."""
    tables = top.tables("group", needed=True)
    groups = tuple(_group(table, sources) for table in tables)
    ids = [group.id for group in groups]
    note_duplicates(tables, ids)
    for table, group in zip(tables, groups, strict=True):
        others = [other for other in ids if other != group.id]
        if group.as_many_as is not None and group.as_many_as not in others:
            table.note("unknown-group", "as_many_as", word=group.as_many_as, known=", ".join(others))
    return groups


def _group(table: Table, sources: Sources) -> SeatGroup:
    seats = table.seats("seats", least=1)
    as_many_as = table.string_or_none("as_many_as")
    alternates = _alternates(table, seats, sources)
    route = table.needed_word("route", Route)
    term, vacancies = table.table_or_none("term"), table.table_or_none("vacancies")
    group = SeatGroup(
        id=SeatGroupId(table.identifier("id")),
        title=table.text("title"),
        seats=seats,
        as_many_as=None if as_many_as is None else SeatGroupId(as_many_as),
        alternates=alternates,
        route=route,
        filled_by=table.text_or_silence("filled_by"),
        nominated_by=table.text_or_none("nominated_by"),
        drawn_from=table.text_or_none("drawn_from"),
        qualification=table.text_or_none("qualification"),
        requirements=read_requirements(table, {Role.MEMBER: seats, Role.ALTERNATE: alternates.number}, sources),
        shares=read_shares(table, seats),
        election=_election(table, sources),
        term=None if term is None else read_term(term, sources),
        vacancies=None if vacancies is None else read_vacancies(vacancies, sources),
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


def _election(group: Table, sources: Sources) -> ElectionRules | None:
    table = group.table_or_none("election")
    if table is None:
        return None
    return ElectionRules(
        franchise=table.wording_or_silence("franchise"),
        candidacy=table.wording_or_silence("candidacy"),
        supporters=table.integer_or_silence("supporters", least=0),
        marks=table.integer_or_silence("marks", least=1),
        ballot_order=table.needed_word("ballot_order", BallotOrder),
        ties=table.needed_word("ties", TieRule),
        uncontested=table.needed_word("uncontested", Uncontested),
        too_few=table.needed_word("too_few", TooFewCandidates),
        clauses=read_clauses(table, sources),
        weights=table.flag("weights"),
    )


def _alternates(group: Table, seats: Seats, sources: Sources) -> Alternates:
    table = group.table("alternates")
    kind = table.needed_word("kind", AlternateKind)
    number = table.seats_or_none("number", least=0)
    per_member = table.seats_or_none("per_member", least=0)
    order = table.word_or_none("order", AlternateOrder)
    if number is None:
        number = OPEN if kind is AlternateKind.UNSTATED else NO_SEATS if per_member is None else seats.times(per_member)
    alternates = Alternates(
        number=number,
        kind=kind,
        order=order,
        per_member=per_member,
        at_most_members=table.flag("at_most_members"),
        clause=read_clause(table, sources) if table.has("clause") else None,
    )
    if table.present and not table.faults.under(table.path) and not table.faults.under((*group.path, "seats")):
        _note_number(table, alternates, seats)
        _note_order(table, alternates)
        if alternates.at_most_members and kind is AlternateKind.NONE:
            table.note("at-most-members-needless", "at_most_members")
    return alternates


def _note_number(table: Table, alternates: Alternates, seats: Seats) -> None:
    number, kind = alternates.number, alternates.kind
    if alternates.per_member is not None and (kind is not AlternateKind.PERSONAL or "number" in table):
        table.note("per-member-needless", "per_member")
    elif "number" not in table and "per_member" not in table:
        if kind not in (AlternateKind.NONE, AlternateKind.UNSTATED):
            table.note("missing-key", "number", name="number")
    elif kind is AlternateKind.NONE and number != NO_SEATS:
        table.note("alternates-of-none", "number", number=str(number))
    elif kind is not AlternateKind.NONE and number == NO_SEATS:
        table.note("alternates-without-number", "number", kind=kind)
    elif kind is AlternateKind.PERSONAL and alternates.per_member is None and number != seats:
        table.note("personal-alternates", "number", number=str(number), seats=str(seats))


def _note_order(table: Table, alternates: Alternates) -> None:
    if alternates.several and alternates.order is None:
        table.note("order-needed", "order")
    if alternates.order is not None and not alternates.several:
        table.note("order-needless", "order")
