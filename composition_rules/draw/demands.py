"""The rules of a mandate that bind a choice: those that count the chosen, and those of seats that others will fill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from composition_rules.check.requirements import bound_in_words
from composition_rules.draw.coming import fitting, parts_of
from composition_rules.draw.sitting import Sitting, binding
from composition_rules.mandate import Clause, Requirement, SeatGroup, SeatGroupId, Text
from composition_rules.people import Person, PersonId


@dataclass(frozen=True, slots=True)
class OneSeat:
    """Nobody has two seats; ``doubles`` are those too many that people hold already."""

    doubles: int


@dataclass(frozen=True, slots=True)
class SeatsFor:
    """No more of those who are chosen may fit into these shares alone than have room."""

    part: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reserved:
    """Whoever sits and whoever is still to come has a reserved seat each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One rule that binds: what it asks, of which group (None: of the whole council), whom of the applicants it counts.

    ``title`` names the rule to a reader.
    """

    title: Text
    clause: Clause
    asks: OneSeat | SeatsFor | Reserved | Requirement
    group: SeatGroupId | None = None
    counted: frozenset[PersonId] = frozenset()


def demands_of(sitting: Sitting, applicants: Sequence[Person]) -> tuple[Demand, ...]:
    """Every rule that binds who becomes a member: those that count the chosen, then those of other people's seats."""
    group, mandate = sitting.group, sitting.mandate
    found = [_one_seat(sitting, applicants), *_seats_for(sitting, applicants)]
    found += _required(group.requirements, group.title, group.id, applicants)
    found += _required(mandate.requirements, mandate.body, None, applicants)
    if sitting.to_come:
        found += _reserved(group)
    for other in sitting.others:
        found += [*_reserved(other), *_required(other.requirements, other.title, other.id, ())]
    return tuple(found)


def in_words(requirement: Requirement, of: Text) -> Text:
    """A requirement as a reader knows it: “Civil society, residence in the municipality (at least 2)”."""
    what, bound = requirement.title, bound_in_words(requirement)
    return Text(da=f"{of.da}, {what.da} ({bound.da})", en=f"{of.en}, {what.en} ({bound.en})")


def _required(
    requirements: Iterable[Requirement], of: Text, group: SeatGroupId | None, applicants: Sequence[Person]
) -> Iterator[Demand]:
    for requirement in binding(requirements):
        yield Demand(
            title=in_words(requirement, of),
            clause=requirement.clause,
            asks=requirement,
            group=group,
            counted=frozenset(person.id for person in applicants if person.has(requirement.property)),
        )


def _reserved(group: SeatGroup) -> Iterator[Demand]:
    if group.shares:
        title = Text(da=f"{group.title.da}, reserverede pladser", en=f"{group.title.en}, reserved seats")
        yield Demand(title=title, clause=group.clause, asks=Reserved(), group=group.id)


def _one_seat(sitting: Sitting, applicants: Sequence[Person]) -> Demand:
    """Nobody in two seats, unless the mandate allows it; in two seats of one group never."""
    members = sitting.members
    if sitting.mandate.one_seat_each is False:
        members = tuple((each, person) for each, person in members if each == sitting.group.id)
    seated = {person.id for _, person in members}
    return Demand(
        title=Text(da="Den, der har en plads, kan ikke få en til", en="Who has a seat cannot be given another"),
        clause=sitting.mandate.composition,
        asks=OneSeat(len(members) - len(seated)),
        group=sitting.group.id,
        counted=frozenset(person.id for person in applicants if person.id in seated),
    )


def _seats_for(sitting: Sitting, applicants: Sequence[Person]) -> Iterator[Demand]:
    """Reserved seats: the chosen and those who sit must fit into them."""
    group = sitting.group
    if not group.shares:
        return
    fits = {person.id: fitting(person, group.shares) for person in applicants}
    for part in parts_of((*(fitting(person, group.shares) for person in sitting.of(group)), *fits.values())):
        titles = [group.shares[number].title for number in sorted(part)]
        da, en = " / ".join(title.da for title in titles), " / ".join(title.en for title in titles)
        yield Demand(
            title=Text(
                da=f"{group.title.da}, pladser til: {da or '–'}", en=f"{group.title.en}, seats for: {en or '–'}"
            ),
            clause=group.clause,
            asks=SeatsFor(part),
            group=group.id,
            counted=frozenset(person for person, each in fits.items() if each <= part),
        )
