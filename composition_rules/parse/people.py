"""The people of a council file: who they are, what is known of them and when, for which groups they are candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from composition_rules.mandate import SeatGroupId
from composition_rules.parse.duplicates import note_duplicates
from composition_rules.parse.reading import Table
from composition_rules.parse.requirements import read_property
from composition_rules.people import Person, PersonId, PropertyKind, Spell, is_property, kind_of

People = Mapping[str, Person]
# Stands for a person who could not be read; it never leaves the package.
NOBODY = Person(id=PersonId(""), name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """A person and the seat groups for which that person is a candidate."""

    person: Person
    groups: tuple[SeatGroupId, ...]


def read_people(top: Table) -> tuple[tuple[Table, Candidacy], ...]:
    """The [[person]] tables, each with what it says."""
    tables = top.tables("person", needed=False)
    read = tuple((table, _candidacy(table)) for table in tables)
    note_duplicates(tables, [candidacy.person.id for _, candidacy in read])
    return read


def _candidacy(table: Table) -> Candidacy:
    properties = table.property_words("properties")
    for number, word in enumerate(properties):
        if is_property(word) and kind_of(word) is None:
            place = (*table.path, "properties", number)
            table.faults.note("unknown-kind", place, word=word.partition(":")[0], known=", ".join(PropertyKind))
    person = Person(
        id=PersonId(table.identifier("id")),
        name=table.string("name"),
        properties=frozenset(properties),
        spells=tuple(_spell(each, properties) for each in table.tables("spell", needed=False)),
    )
    groups = table.identifiers("candidate_for", needed=False)
    return Candidacy(person=person, groups=tuple(map(SeatGroupId, groups)))


def _spell(table: Table, lasting: tuple[str, ...]) -> Spell:
    spell = Spell(property=read_property(table), since=table.day_or_none("since"), until=table.day_or_none("until"))
    if table.faults.under(table.path):
        return spell
    if spell.property in lasting:
        table.note("spell-of-lasting-property", "property", word=spell.property)
    if spell.since is not None and spell.until is not None and spell.until < spell.since:
        since, until = spell.since.isoformat(), spell.until.isoformat()
        table.note("ends-before-it-begins", "until", since=since, until=until)
    return spell


def read_person(table: Table, key: str, people: People) -> Person:
    """The person whose id stands at ``key``."""
    word = table.identifier(key)
    if word and word not in people and not table.faults.under((*table.path, key)):
        table.note("unknown-person", key, word=word)
    return people.get(word, NOBODY)
