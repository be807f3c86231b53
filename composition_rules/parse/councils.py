"""Strict TOML → a council, its history and its people: every fault of the file at once, nothing half-parsed.

What the keys mean is described in ``docs/councils.md``. First each table is read by itself. Then the acts are done
one after the other on an empty council of the mandate: what the council refuses is a fault on the line of that act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeVar

from composition_rules.council import Council, DutyDone, Holding, Nomination, OfficeHolding, Substitution
from composition_rules.errors import CatalogueError, CouncilError, CouncilFileError
from composition_rules.mandate import Mandate, Office, Role, Route, SeatGroupId
from composition_rules.parse.files import open_file, refuse_other_kind
from composition_rules.parse.lines import KeyPath
from composition_rules.parse.people import Candidacy, People, read_people, read_person
from composition_rules.parse.reading import Table
from composition_rules.people import Person

COUNCIL_LANGUAGE: Final = 1
_Record = TypeVar("_Record")
_Read = Sequence[tuple[Table, _Record]]
# At which key of its table a contradiction stands; one that is not here stands at the table itself.
_AT: Final = {
    "no-such-group": "group",
    "no-such-seat": "seat",
    "no-such-alternate": "seat",
    "seat-held": "seat",
    "seat-not-held": "seat",
    "seat-substituted": "seat",
    "substitute-holds-seat": "person",
    "no-such-office": "office",
    "office-held": "office",
    "ends-before-it-begins": "until",
    "no-such-duty": "duty",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilFile:
    """What a council file says: the mandate, the council with its history, the people by id, the candidates."""

    mandate: Mandate
    council: Council
    people: tuple[Person, ...]
    candidates: tuple[Candidacy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What the tables say, each by itself. A holding whose route is left out has the route ``unstated``."""

    mandate: str
    people: _Read[Candidacy]
    holdings: _Read[Holding]
    offices: _Read[OfficeHolding]
    nominations: _Read[Nomination]
    substitutions: _Read[Substitution]
    duties_done: _Read[DutyDone]


def parse_council(raw: bytes, mandate_of: Callable[[str], Mandate]) -> CouncilFile:
    """The council in a TOML file; ``mandate_of`` gives the mandate of the id or path that the file names.

    Raises:
        CouncilFileError: the file has faults; ``faults`` holds each of them with key path, line and cure.
    """
    top = open_file(raw, CouncilFileError, language=COUNCIL_LANGUAGE, unsupported="unsupported-council-language")
    refuse_other_kind(top, own="mandate", other="composition", code="mandate-for-council")
    records = read_records(top)
    mandate = _mandate(top, records, mandate_of)
    council = _council(records, mandate)
    _note_candidacies(records, mandate)
    top.faults.raise_if_any()
    candidates = sorted((each for _, each in records.people), key=lambda each: each.person.id)
    return CouncilFile(
        mandate=mandate,
        council=council,
        people=tuple(each.person for each in candidates),
        candidates=tuple(each for each in candidates if each.groups),
    )


def read_records(top: Table) -> Records:
    """Read every key of a council; the faults are noted in the table."""
    mandate = top.string("mandate")
    read = read_people(top)
    people: People = {candidacy.person.id: candidacy.person for _, candidacy in read}
    return Records(
        mandate=mandate,
        people=read,
        holdings=_each(top, "holding", people, _holding),
        offices=_each(top, "office", people, _office),
        nominations=_each(top, "nomination", people, _nomination),
        substitutions=_each(top, "substitution", people, _substitution),
        duties_done=_each(top, "duty_done", people, _duty_done),
    )


def _mandate(top: Table, records: Records, mandate_of: Callable[[str], Mandate]) -> Mandate:
    """The mandate that the file names. Without it the acts cannot be judged: then the faults so far are raised."""
    try:
        if records.mandate:
            return mandate_of(records.mandate)
    except CatalogueError as fault:
        top.note(fault.code, "mandate", **fault.params)
    top.faults.raise_if_any()
    raise top.faults.as_error()


def _each(top: Table, key: str, people: People, read: Callable[[Table, People], _Record]) -> _Read[_Record]:
    return tuple((table, read(table, people)) for table in top.tables(key, needed=False))


def _holding(table: Table, people: People) -> Holding:
    return Holding(
        person=read_person(table, "person", people),
        group=SeatGroupId(table.identifier("group")),
        seat=table.integer("seat", least=1),
        role=table.needed_word("role", Role),
        route=table.word_or_none("route", Route) or Route.UNSTATED,
        decision=table.string("decision"),
        since=table.day("since"),
        until=table.day_or_none("until"),
    )


def _office(table: Table, people: People) -> OfficeHolding:
    return OfficeHolding(
        person=read_person(table, "person", people),
        office=table.needed_word("office", Office),
        decision=table.string("decision"),
        since=table.day("since"),
        until=table.day_or_none("until"),
    )


def _nomination(table: Table, people: People) -> Nomination:
    proposed = table.identifiers("proposed", needed=True)
    for number, word in enumerate(proposed):
        if word not in people and not table.faults.under((*table.path, "proposed", number)):
            table.faults.note("unknown-person", (*table.path, "proposed", number), word=word)
    return Nomination(
        group=SeatGroupId(table.identifier("group")),
        nominated_by=table.string("nominated_by"),
        proposed=tuple(people[word] for word in proposed if word in people),
        on=table.day("on"),
        reason=table.string_or_none("reason"),
    )


def _substitution(table: Table, people: People) -> Substitution:
    return Substitution(
        person=read_person(table, "person", people),
        group=SeatGroupId(table.identifier("group")),
        seat=table.integer("seat", least=1),
        decision=table.string("decision"),
        since=table.day("since"),
        until=table.day_or_none("until"),
    )


def _duty_done(table: Table, _people: People) -> DutyDone:
    return DutyDone(duty=table.identifier("duty"), on=table.day("on"), decision=table.string("decision"))


def _council(records: Records, mandate: Mandate) -> Council:
    """Do each act that was read without a fault, in the order of the file; note those that the council refuses."""
    council = Council(mandate_id=mandate.id)
    for table, act in _acts(records, mandate):
        if not table.faults.under(table.path):
            try:
                council = act(council)
            except CouncilError as refused:
                table.faults.note(refused.code, _place(table, refused.code), **refused.params)
    return council


def _acts(records: Records, mandate: Mandate) -> Iterator[tuple[Table, Callable[[Council], Council]]]:
    for table, holding in records.holdings:
        yield table, partial(_seat, holding, mandate)
    for table, office in records.offices:
        yield table, partial(Council.choose, holding=office, mandate=mandate)
    for table, nomination in records.nominations:
        yield table, partial(Council.nominate, nomination=nomination, mandate=mandate)
    for table, done in records.duties_done:
        yield table, partial(Council.record_duty, done=done, mandate=mandate)
    if any(table.faults.under(table.path) for table, _ in records.holdings):
        return  # whether an absent member is there cannot be told while a holding is misread
    for table, substitution in records.substitutions:
        yield table, partial(Council.substitute, substitution=substitution, mandate=mandate)


def _seat(holding: Holding, mandate: Mandate, council: Council) -> Council:
    """Give the place, by the route of its group where the file names none."""
    if holding.route is Route.UNSTATED:
        holding = replace(holding, route=mandate.group(holding.group).route)
    return council.seat(holding, mandate=mandate)


def _place(table: Table, code: str) -> KeyPath:
    return (*table.path, _AT[code]) if code in _AT else table.path


def _note_candidacies(records: Records, mandate: Mandate) -> None:
    known = [group.id for group in mandate.groups]
    for table, candidacy in records.people:
        for group in candidacy.groups:
            if group not in known:
                table.note("no-such-group", "candidate_for", mandate=mandate.id, group=group, known=", ".join(known))
