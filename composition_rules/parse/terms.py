"""The rules around the seats: terms, offices and duties, adoption and legal basis."""

from __future__ import annotations

from composition_rules.mandate import (
    UNSTATED,
    Adoption,
    BallotRound,
    Clause,
    Duty,
    InForce,
    LegalBasis,
    MajorityBase,
    Office,
    Officers,
    OfficeRule,
    RoundCandidates,
    Silence,
    Term,
    TieRule,
)
from composition_rules.parse.clauses import Sources, read_clause
from composition_rules.parse.duplicates import note_duplicates
from composition_rules.parse.reading import Table


def read_adoption(top: Table, sources: Sources) -> Adoption | Silence:
    """When the mandate was adopted, and by whom."""
    table = top.table_or_silence("adopted")
    if isinstance(table, Silence):
        return UNSTATED
    return Adoption(on=table.day("on"), by=table.text("by"), clause=read_clause(table, sources))


def read_in_force(top: Table, sources: Sources) -> InForce | Silence:
    """From when the mandate holds."""
    table = top.table_or_silence("in_force")
    if isinstance(table, Silence):
        return UNSTATED
    return InForce(since=table.day("since"), clause=read_clause(table, sources))


def read_legal_basis(top: Table, sources: Sources) -> tuple[LegalBasis, Clause | None]:
    """The statute, as a word, or as a table with the clause that names it."""
    read = top.table_or_word("legal_basis", LegalBasis)
    if isinstance(read, Table):
        return read.needed_word("statute", LegalBasis), read_clause(read, sources)
    return read, None


def read_term(table: Table, sources: Sources) -> Term:
    """How long members sit."""
    return Term(
        years=table.integer_or_silence("years", least=1),
        municipal_period=table.boolean_or_silence("municipal_period"),
        begins=table.text_or_silence("begins"),
        until_successor=table.boolean_or_silence("until_successor"),
        clause=read_clause(table, sources),
    )


def read_officers(top: Table, sources: Sources) -> Officers | Silence:
    """Chair and deputy, and how they are chosen."""
    table = top.table_or_silence("officers")
    if isinstance(table, Silence):
        return UNSTATED
    tables = table.tables("office", needed=True)
    offices = tuple(
        OfficeRule(office=office.needed_word("id", Office), title=office.text("title")) for office in tables
    )
    note_duplicates(tables, [rule.office for rule in offices])
    return Officers(
        offices=offices,
        chosen_by=table.text_or_silence("chosen_by"),
        eligible=table.text_or_silence("eligible"),
        ballot=table.text_or_silence("ballot"),
        rounds=tuple(
            BallotRound(
                majority_of=each.needed_word("majority_of", MajorityBase),
                among=each.needed_word("among", RoundCandidates),
                ties=each.needed_word("ties", TieRule),
            )
            for each in table.tables("round", needed=False)
        ),
        clause=read_clause(table, sources),
    )


def read_duties(top: Table, sources: Sources) -> tuple[Duty, ...]:
    """What the council must do every year."""
    tables = top.tables("duty", needed=False)
    duties = tuple(
        Duty(
            id=table.identifier("id"),
            title=table.text("title"),
            at_least=table.integer("at_least", least=1),
            at_most=table.integer_or_none("at_most", least=1),
            together_with=table.text_or_none("together_with"),
            due=table.text_or_none("due"),
            clause=read_clause(table, sources),
        )
        for table in tables
    )
    for table, duty in zip(tables, duties, strict=True):
        if duty.at_most is not None and duty.at_most < duty.at_least and not table.faults.under(table.path):
            table.note("range-backwards", "at_most", least=duty.at_least)
    note_duplicates(tables, [duty.id for duty in duties])
    return duties
