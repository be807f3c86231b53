"""Where a result meets a council: the elected take the seats of their group, the next by votes its alternates.

The election advises; the municipal council appoints (integrationsloven § 42). Seating here only says who would sit;
whether it is confirmed is kept by whoever calls, with ``decision`` and ``since``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from composition_rules.council import Council, Holding
from composition_rules.mandate import AlternateKind, Mandate, Role, SeatGroup
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
    after: int = 0,
    personal: Mapping[CandidateId, Sequence[Person]] | None = None,
) -> Council:
    """The council with the elected and their alternates in the places of ``group_id``.

    Seats are given in the order of votes; alternates likewise, which is their order where the mandate gives them one.
    Where each member has alternates of their own (personlige suppleanter), they are those who stood together with the
    candidate (``personal``). Votes do not say whose alternate somebody is, and no mandate read so far does: the places
    of members for whom nobody is named stay empty until it is decided. Where several contests fill one group, ``after``
    says how many of its seats the earlier ones have; their alternates are then personal, or there are none.

    Raises:
        SeatError: Nothing is known of an elected person, or one has more alternates than the mandate allows (codes
            seat-person-unknown, seat-alternates).
        CouncilError: A place does not exist or is held already.
    """
    group = mandate.group(group_id)
    given = [
        (Role.MEMBER, number, _person(place, people)) for number, place in enumerate(completed.elected, start=1 + after)
    ]
    if group.alternates.kind is AlternateKind.PERSONAL:
        given += _personal(group, completed, personal or {}, after)
    else:
        alternates = enumerate(completed.alternates, start=1)
        given += [(Role.ALTERNATE, number, _person(place, people)) for number, place in alternates]
    for role, number, person in given:
        holding = Holding(
            person=person, group=group.id, seat=number, role=role, route=group.route, decision=decision, since=since
        )
        council = council.seat(holding, mandate=mandate)
    return council


def _personal(
    group: SeatGroup,
    completed: Completed,
    personal: Mapping[CandidateId, Sequence[Person]],
    after: int,
) -> Iterator[tuple[Role, int, Person]]:
    """The alternates of each member, on the places that belong to the member's seat."""
    each = group.alternates.per_member
    most = 1 if each is None or each.most is None else each.most
    for seat, place in enumerate(completed.elected, start=1 + after):
        named = personal.get(place.candidate, ())
        if len(named) > most:
            raise SeatError("seat-alternates", candidate=place.candidate, most=most, found=len(named))
        for number, person in enumerate(named, start=1):
            yield Role.ALTERNATE, (seat - 1) * most + number, person


def _person(place: Place, people: Mapping[CandidateId, Person]) -> Person:
    person = people.get(place.candidate)
    if person is None:
        raise SeatError("seat-person-unknown", candidate=place.candidate)
    return person
