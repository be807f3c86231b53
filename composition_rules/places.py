"""What is to be filled: places, rules over places, people who may take them, decisions already made.

Small values of their own, so that the search knows no mandate; ``problem_of`` alone reads one. Every rule counts the
people on a set of places: that seats are filled, that enough members have a property, that a property has the
majority are one kind of rule. That a person takes one place at most is no rule but holds always.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from composition_rules.errors import FillingError
from composition_rules.mandate import Clause, Mandate, Requirement, Role, SeatGroup, SeatGroupId, Text
from composition_rules.people import Person, PersonId

_BOTH = (Role.MEMBER, Role.ALTERNATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One seat of a member or one place of an alternate; ``number`` counts from 1 within group and role."""

    group: SeatGroupId
    role: Role
    number: int

    @property
    def key(self) -> tuple[str, bool, int]:
        """What places are put in order by: group, members before alternates, number."""
        return self.group, self.role is Role.ALTERNATE, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRule:
    """How many of the people on ``places`` must, and how many may, have ``property``; None counts everybody.

    ``title`` names the rule to a reader and ``asks`` the property, where there is one.
    With ``balance`` those who have it count for one and those who lack it against one: at least 1 is a majority.
    A preferred rule is honoured where it can be; preferred rules come in the order of ``order``, then of ``name``.
    """

    name: str
    title: Text
    places: frozenset[Place]
    property: str | None = None
    asks: Text | None = None
    at_least: int | None = None
    at_most: int | None = None
    balance: bool = False
    preferred: bool = False
    order: int = 0
    clause: Clause | None = None

    def is_binding(self) -> bool:
        """Whether there is a least or a most."""
        return self.at_least is not None or self.at_most is not None

    def weight(self, person: Person) -> int:
        """What a person on one of the places counts for."""
        if self.property is None or person.has(self.property):
            return 1
        return -1 if self.balance else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person and the places that person may take, by nomination, candidacy or office."""

    person: Person
    places: frozenset[Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A place that is given already, whoever else might take it. It holds even where no nomination covers it."""

    person: PersonId
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Who may fill which places, under which rules. The order within each tuple has no meaning."""

    places: tuple[Place, ...]
    rules: tuple[PlaceRule, ...]
    candidates: tuple[Candidate, ...]
    decisions: tuple[Decision, ...] = ()

    def verify(self) -> None:
        """Check that names are used once and that nothing speaks of an unknown place or person.

        Raises:
            FillingError: the first that fails (codes place-twice, rule-twice, candidate-twice, place-unknown,
                decision-on-stranger).
        """
        people = [candidate.person.id for candidate in self.candidates]
        _verify_once("place-twice", [_words(place) for place in self.places])
        _verify_once("rule-twice", [rule.name for rule in self.rules])
        _verify_once("candidate-twice", people)
        spoken_of = {decision.place for decision in self.decisions}
        spoken_of.update(*(rule.places for rule in self.rules), *(candidate.places for candidate in self.candidates))
        for place in sorted(spoken_of - set(self.places), key=lambda place: place.key):
            raise FillingError("place-unknown", place=_words(place))
        for decision in self.decisions:
            if decision.person not in people:
                raise FillingError("decision-on-stranger", person=decision.person, place=_words(decision.place))


def places_of(group: SeatGroup, role: Role) -> tuple[Place, ...]:
    """Every place of a group for members, or for alternates."""
    return tuple(Place(group=group.id, role=role, number=number) for number in range(1, group.places(role) + 1))


def candidate_for(
    mandate: Mandate, person: Person, *groups: str, roles: Iterable[Role] = (Role.MEMBER, Role.ALTERNATE)
) -> Candidate:
    """A person who may take any place of these groups; of every group when none is named.

    Raises:
        CouncilError: the mandate has no such group (code no-such-group).
    """
    of = [mandate.group(group) for group in groups] or mandate.groups
    asked = tuple(roles)
    return Candidate(
        person=person, places=frozenset(place for group in of for role in asked for place in places_of(group, role))
    )


def problem_of(
    mandate: Mandate,
    candidates: Iterable[Candidate],
    decisions: Iterable[Decision] = (),
    *,
    roles: tuple[Role, ...] = _BOTH,
) -> Problem:
    """What the mandate asks of its places for these ``roles``: every one filled, every requirement met.

    The one place where rules are read off a mandate. What candidates and decisions say of other roles is left out.
    """
    rules: list[PlaceRule] = []
    for group in mandate.groups:
        rules += [_filled(group, role, len(rules)) for role in roles if group.places(role)]
        for requirement in group.requirements:
            if requirement.applies_to in roles:
                rules.append(_required(group, requirement, len(rules)))
    return Problem(
        places=tuple(place for group in mandate.groups for role in roles for place in places_of(group, role)),
        rules=tuple(rules),
        candidates=tuple(
            Candidate(
                person=candidate.person,
                places=frozenset(place for place in candidate.places if place.role in roles),
            )
            for candidate in candidates
        ),
        decisions=tuple(decision for decision in decisions if decision.place.role in roles),
    )


def _filled(group: SeatGroup, role: Role, order: int) -> PlaceRule:
    places = places_of(group, role)
    return PlaceRule(
        name=f"{group.id}/{role}/filled",
        title=_title(group, role),
        places=frozenset(places),
        at_least=len(places),
        order=order,
        clause=group.clause,
    )


def _required(group: SeatGroup, requirement: Requirement, order: int) -> PlaceRule:
    of, what = _title(group, requirement.applies_to), requirement.title
    return PlaceRule(
        name=f"{group.id}/{requirement.applies_to}/requirement {order}",
        title=Text(da=f"{of.da}, {what.da}", en=f"{of.en}, {what.en}"),
        places=frozenset(places_of(group, requirement.applies_to)),
        property=requirement.property,
        asks=what,
        at_least=requirement.at_least,
        order=order,
        clause=requirement.clause,
    )


def _title(group: SeatGroup, role: Role) -> Text:
    if role is Role.MEMBER:
        return group.title
    return Text(da=f"{group.title.da} (suppleanter)", en=f"{group.title.en} (alternates)")


def _verify_once(code: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FillingError(code, name=name)
        seen.add(name)


def _words(place: Place) -> str:
    return f"{place.group} {place.number} ({place.role})"
