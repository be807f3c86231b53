"""People and councils that several tests begin with."""

from __future__ import annotations

from datetime import date

from composition_rules.catalogue import load_mandate
from composition_rules.council import Council, Holding, OfficeHolding
from composition_rules.feasible import Filling
from composition_rules.mandate import Mandate, Office, Role, SeatGroup, SeatGroupId
from composition_rules.people import Person, PersonId

MANDATE = load_mandate("norddjurs-dialogforum-2024")
FIRST_DAY = date(2025, 1, 1)
BACKGROUND = "background:refugee-or-immigrant"
COMMITTEE = "member:arbejdsmarkedsudvalget"


def person(name: str, *properties: str) -> Person:
    return Person(id=PersonId(name.lower()), name=name, properties=frozenset(properties))


def holding(
    who: Person,
    group: str,
    seat: int = 1,
    role: Role = Role.MEMBER,
    since: date = FIRST_DAY,
    until: date | None = None,
) -> Holding:
    return Holding(
        person=who,
        group=SeatGroupId(group),
        seat=seat,
        role=role,
        route=MANDATE.group(group).route,
        decision="minute 7",
        since=since,
        until=until,
    )


def office(who: Person, which: Office, since: date = FIRST_DAY, until: date | None = None) -> OfficeHolding:
    return OfficeHolding(person=who, office=which, decision="minute 8", since=since, until=until)


def council(*holdings: Holding, offices: tuple[OfficeHolding, ...] = ()) -> Council:
    formed = Council(mandate_id=MANDATE.id)
    for one in holdings:
        formed = formed.seat(one, mandate=MANDATE)
    for one_office in offices:
        formed = formed.choose(one_office, mandate=MANDATE)
    return formed


def qualified(group: SeatGroup, role: Role, seat: int) -> Person:
    properties = {
        requirement.property
        for requirement in group.requirements
        if requirement.applies_to is role and seat <= (requirement.number or 0)
    }
    return person(f"{group.id} {role} {seat}", *properties)


def full_holdings() -> tuple[Holding, ...]:
    return tuple(
        holding(qualified(group, role, seat), group.id, seat, role)
        for group in MANDATE.groups
        for role in Role
        for seat in range(1, group.places(role).least + 1)
    )


def full_council() -> Council:
    holdings = full_holdings()
    return council(
        *holdings,
        offices=(office(holdings[0].person, Office.CHAIR), office(holdings[2].person, Office.DEPUTY)),
    )


def seated(filling: Filling, mandate: Mandate) -> Council:
    """The council that a filling makes."""
    formed = Council(mandate_id=mandate.id)
    for seating in filling.seatings:
        place = seating.place
        one = Holding(
            person=seating.person,
            group=place.group,
            seat=place.number,
            role=place.role,
            route=mandate.group(place.group).route,
            decision="minute 9",
            since=FIRST_DAY,
        )
        formed = formed.seat(one, mandate=mandate)
    return formed
