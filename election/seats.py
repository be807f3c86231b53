"""Where a result meets a council: the elected take the seats of their group, the next by votes its alternates.

The election advises; the municipal council appoints (integrationsloven § 42). Seating here only says who would sit;
whether it is confirmed is kept by whoever calls, with ``decision`` and ``since``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from composition_rules.council import Council, Holding
from composition_rules.mandate import Mandate, Role, SeatGroup
from composition_rules.people import Person
from election.counting.outcome import Completed, Place
from election.errors import SeatError
from election.ids import CandidateId


def seat_result(
    council: Council,
    mandate: Mandate,
    group_id: str,
    completed: Completed,
    people: Mapping[CandidateId, Person],
    *,
    decision: str,
    since: date,
) -> Council:
    """The council with the elected and their alternates in the places of ``group_id``.

    Seats are given in the order of votes; alternates likewise, which is their order where the mandate gives them one.

    Raises:
        SeatError: Nothing is known of an elected person.
        CouncilError: A place does not exist or is held already.
    """
    group = mandate.group(group_id)
    for role, places in ((Role.MEMBER, completed.elected), (Role.ALTERNATE, completed.alternates)):
        for number, place in enumerate(places, start=1):
            holding = _holding(group, role, number, _person(place, people), decision, since)
            council = council.seat(holding, mandate=mandate)
    return council


def _person(place: Place, people: Mapping[CandidateId, Person]) -> Person:
    person = people.get(place.candidate)
    if person is None:
        raise SeatError("seat-person-unknown", candidate=place.candidate)
    return person


def _holding(group: SeatGroup, role: Role, number: int, person: Person, decision: str, since: date) -> Holding:
    return Holding(
        person=person, group=group.id, seat=number, role=role, route=group.route, decision=decision, since=since
    )
