"""A file → ``Mandate``: its bytes, its tables, its totals. Leaves the seat groups to ``groups.py``."""

from __future__ import annotations

from typing import Final

from composition_rules.errors import MandateFileError
from composition_rules.mandate import NO_SEATS, Mandate, MandateId, Role, SeatGroup, Seats, Silence
from composition_rules.parse.clauses import read_clause, read_rule, read_sources
from composition_rules.parse.files import open_file, refuse_other_kind
from composition_rules.parse.groups import read_groups
from composition_rules.parse.reading import Faults, Table
from composition_rules.parse.requirements import read_requirements
from composition_rules.parse.terms import (
    read_adoption,
    read_duties,
    read_in_force,
    read_legal_basis,
    read_officers,
    read_term,
)
from composition_rules.parse.vacancies import read_vacancies

LANGUAGE: Final = 1
_TOTALS: Final = {Role.MEMBER: "seats", Role.ALTERNATE: "alternates"}


def parse_mandate(raw: bytes) -> Mandate:
    """The mandate in a TOML file.

    Raises:
        MandateFileError: the file has faults; ``faults`` holds each of them with key path, line and cure.
    """
    top = open_file(raw, MandateFileError, language=LANGUAGE, unsupported="unsupported-language")
    refuse_other_kind(top, own="composition", other="mandate", code="council-for-mandate")
    mandate = read_mandate(top)
    top.faults.raise_if_any()
    return mandate


def read_mandate(top: Table) -> Mandate:
    """Read every key of a mandate; the faults are noted in the table."""
    sources = read_sources(top)
    legal_basis, legal_clause = read_legal_basis(top, sources)
    composition = top.table("composition")
    groups = read_groups(top, sources)
    declared = {role: composition.seats_or_silence(_TOTALS[role], least=0) for role in Role}
    places = {role: _total(groups, role, declared[role]) for role in Role}
    term, vacancies = top.table_or_silence("term"), top.table_or_silence("vacancies")
    mandate = Mandate(
        id=MandateId(top.identifier("id")),
        title=top.text("title"),
        municipality=top.string_or_silence("municipality"),
        body=top.text("body"),
        adoption=read_adoption(top, sources),
        in_force=read_in_force(top, sources),
        legal_basis=legal_basis,
        legal_clause=legal_clause,
        qualification=composition.text_or_none("qualification"),
        composition=read_clause(composition, sources),
        declared_seats=declared[Role.MEMBER],
        declared_alternates=declared[Role.ALTERNATE],
        one_seat_each=composition.boolean_or_silence("one_seat_each"),
        groups=groups,
        requirements=read_requirements(top, places, sources),
        term=term if isinstance(term, Silence) else read_term(term, sources),
        officers=read_officers(top, sources),
        quorum=read_rule(top, "quorum", sources),
        vacancies=vacancies if isinstance(vacancies, Silence) else read_vacancies(vacancies, sources),
        duties=read_duties(top, sources),
        sources=tuple(sources.values()),
    )
    _note_totals(composition, mandate)
    return mandate


def _total(groups: tuple[SeatGroup, ...], role: Role, declared: Seats | Silence) -> Seats:
    counted = sum((group.places(role) for group in groups), start=NO_SEATS)
    return counted.within(declared) if isinstance(declared, Seats) and declared.meets(counted) else counted


def _note_totals(composition: Table, mandate: Mandate) -> None:
    """Compare the declared totals with the groups, unless a fault in either would make that misleading."""
    for role, declared in ((Role.MEMBER, mandate.declared_seats), (Role.ALTERNATE, mandate.declared_alternates)):
        counted, key = mandate.counted(role), _TOTALS[role]
        if isinstance(declared, Silence) or declared.meets(counted):
            continue
        if not _is_misread(composition.faults, key, len(mandate.groups)):
            composition.note(f"{key}-do-not-add-up", key, declared=str(declared), counted=str(counted))


def _is_misread(faults: Faults, key: str, groups: int) -> bool:
    """Whether a fault stands in the declared total of ``key`` or in what the groups add to it."""
    return (
        faults.at(("composition",))
        or faults.under(("composition", key))
        or faults.at(("group",))
        or any(faults.at(("group", number)) or faults.under(("group", number, key)) for number in range(groups))
    )
