"""What happens when a seat falls empty: the [vacancies] of a mandate or of a group."""

from __future__ import annotations

from composition_rules.mandate import (
    UNSTATED,
    Cause,
    EmptyPlace,
    Silence,
    SubstitutionRule,
    Successor,
    Text,
    Vacancies,
)
from composition_rules.parse.clauses import Sources, read_clause
from composition_rules.parse.reading import Table


def read_vacancies(table: Table, sources: Sources) -> Vacancies:
    """The rule of a table [vacancies]; all its keys are needed, and each may be ``unstated``."""
    ends_with = table.words_or_silence("ends_with", Cause)
    absences = table.integer_or_silence("absences", least=1) if table.has("absences") else None
    ends_by_absence = not isinstance(ends_with, Silence) and Cause.ABSENCE in ends_with
    if table.present and not table.faults.under((*table.path, "ends_with")):
        if ends_by_absence and absences is None:
            table.note("absences-needed", "ends_with")
        if absences is not None and not ends_by_absence:
            table.note("absences-needless", "absences")
    return Vacancies(
        text=Text(da=table.string("da"), en=table.string("en")),
        ends_with=ends_with,
        absences=absences,
        successor=table.needed_word("successor", Successor),
        consent=table.text_or_silence("consent"),
        nobody_left=table.needed_word("nobody_left", EmptyPlace),
        alternate_left=table.needed_word("alternate_left", EmptyPlace),
        substitution=_substitution(table, sources),
        clause=read_clause(table, sources),
    )


def _substitution(around: Table, sources: Sources) -> SubstitutionRule | Silence:
    table = around.table_or_silence("substitution")
    if isinstance(table, Silence):
        return UNSTATED
    least = table.integer_or_silence("at_least_months", least=1)
    most = table.integer_or_silence("at_most_months", least=1)
    if isinstance(least, int) and isinstance(most, int) and most < least and not table.faults.under(table.path):
        table.note("range-backwards", "at_most_months", least=least)
    return SubstitutionRule(
        text=Text(da=table.string("da"), en=table.string("en")),
        at_least_months=least,
        at_most_months=most,
        clause=read_clause(table, sources),
    )
