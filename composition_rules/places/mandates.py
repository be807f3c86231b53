"""A mandate, its candidates and decisions → a problem. The only module of the search that reads a mandate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from composition_rules.mandate import Mandate, Role
from composition_rules.people import Person, PersonId
from composition_rules.places.numbers import Part, make_places
from composition_rules.places.rules import rules_of
from composition_rules.places.values import Candidate, Decision, Problem

_BOTH = (Role.MEMBER, Role.ALTERNATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """A person and the groups, each for members or for alternates, in which that person may take any place."""

    person: Person
    parts: frozenset[Part]


def candidate_for(mandate: Mandate, person: Person, *groups: str, roles: Iterable[Role] = _BOTH) -> Candidacy:
    """A person who may take any place of these groups; of every group when none is named.

    Raises:
        CouncilError: the mandate has no such group (code no-such-group).
    """
    of = [mandate.group(group) for group in groups] or mandate.groups
    asked = tuple(roles)
    return Candidacy(person=person, parts=frozenset((group.id, role) for group in of for role in asked))


def problem_of(
    mandate: Mandate,
    candidates: Iterable[Candidacy],
    decisions: Iterable[Decision] = (),
    *,
    roles: tuple[Role, ...] = _BOTH,
) -> Problem:
    """What the mandate asks of its places for these ``roles``: as many filled as it says, every requirement met.

    What candidates and decisions say of other roles is left out.
    """
    people = tuple(candidates)
    held = tuple(decision for decision in decisions if decision.place.role in roles)
    may_take: dict[Part, frozenset[PersonId]] = {}
    for each in people:
        for part in each.parts:
            if part[1] in roles:
                may_take[part] = may_take.get(part, frozenset()) | {each.person.id}
    made = make_places(mandate, may_take, held)
    asked = {part: places for part, places in made.items() if part[1] in roles}
    return Problem(
        places=tuple(place for places in asked.values() for place in places.all),
        rules=rules_of(mandate, {part: places.all for part, places in asked.items()}, held, roles),
        candidates=tuple(
            Candidate(
                person=each.person,
                places=frozenset(place for part in each.parts if part in asked for place in asked[part].open),
            )
            for each in people
        ),
        decisions=held,
        one_place_each=mandate.one_seat_each is not False,
    )
