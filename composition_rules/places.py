"""What is to be filled: places, rules over places, people who may take them, decisions already made.

Small values of their own, so that the search knows no mandate; ``problem_of`` alone reads one. Every rule counts the
people on a set of places: that seats are filled, that enough members have a property, that a property has the
majority are one kind of rule. That a person takes one place at most is no rule but holds always.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from composition_rules.errors import FillingError
from composition_rules.mandate import (
    AlternateKind,
    Bound,
    Clause,
    Mandate,
    Requirement,
    Role,
    SeatGroup,
    SeatGroupId,
    Seats,
    Text,
)
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
    """Every place of a group for members, or for alternates; of a range as many as there may be.

    Raises:
        FillingError: the number has no upper limit (code filling-number-open).
    """
    most = group.places(role).most
    if most is None:
        raise FillingError("filling-number-open", group=group.id, role=role.value)
    return tuple(Place(group=group.id, role=role, number=number) for number in range(1, most + 1))


def candidate_for(
    mandate: Mandate, person: Person, *groups: str, roles: Iterable[Role] = (Role.MEMBER, Role.ALTERNATE)
) -> Candidate:
    """A person who may take any place of these groups; of every group when none is named.

    Raises:
        CouncilError: the mandate has no such group (code no-such-group).
        FillingError: the number of places for one of the roles has no upper limit (code filling-number-open).
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
    """What the mandate asks of its places for these ``roles``: as many filled as it says, every requirement met.

    The one place where rules are read off a mandate. What candidates and decisions say of other roles is left out.

    Raises:
        FillingError: the mandate holds what a problem cannot express, so that an answer would pass over a rule
            (codes filling-number-open, filling-rule-unknown).
    """
    rules: list[PlaceRule] = []
    _refuse_two_seats(mandate)
    for group in mandate.groups:
        _refuse_beyond(group, roles)
        spans = {role: _of_group(group, role) for role in roles}
        rules += [_filled(span, order) for order, span in enumerate(spans.values(), len(rules)) if span.places]
        for requirement in group.requirements:
            if requirement.applies_to in roles:
                rules.append(_required(spans[requirement.applies_to], requirement, len(rules)))
    spans = {role: _of_council(mandate, role) for role in roles}
    rules += [
        _total(span, order)
        for order, span in enumerate(spans.values(), len(rules))
        if span.seats != mandate.counted(span.role)
    ]
    for requirement in mandate.requirements:
        if requirement.applies_to in roles:
            rules.append(_required(spans[requirement.applies_to], requirement, len(rules)))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """What a rule speaks of: the members, or the alternates, of one group or of the whole council."""

    id: str
    role: Role
    title: Text
    places: tuple[Place, ...]
    seats: Seats
    clause: Clause


def _of_group(group: SeatGroup, role: Role) -> _Span:
    return _Span(
        id=group.id,
        role=role,
        title=_title(group.title, role),
        places=places_of(group, role),
        seats=group.places(role),
        clause=group.clause,
    )


def _of_council(mandate: Mandate, role: Role) -> _Span:
    return _Span(
        id=mandate.id,
        role=role,
        title=_title(mandate.body, role),
        places=tuple(place for group in mandate.groups for place in places_of(group, role)),
        seats=mandate.seats if role is Role.MEMBER else mandate.alternates,
        clause=mandate.composition,
    )


def _refuse_two_seats(mandate: Mandate) -> None:
    """The search gives each person one place: where two are allowed, its "impossible" would prove nothing."""
    if mandate.one_seat_each is False:
        raise FillingError("filling-rule-unknown", group=mandate.id, rule="one_seat_each = false")


def _refuse_beyond(group: SeatGroup, roles: tuple[Role, ...]) -> None:
    """Refuse what binds one number of people to another, or each seat to one rule out of several."""
    if Role.MEMBER in roles and group.shares:
        raise FillingError("filling-rule-unknown", group=group.id, rule="shares")
    if Role.MEMBER in roles and group.as_many_as is not None:
        raise FillingError("filling-rule-unknown", group=group.id, rule="as_many_as")
    alternates = group.alternates
    if Role.ALTERNATE in roles and alternates.kind is AlternateKind.PERSONAL:
        each = alternates.per_member
        if not group.seats.fixed or not (each is None or each.fixed or each.least == 0):
            raise FillingError("filling-rule-unknown", group=group.id, rule=f"alternates, {alternates.kind}")


def _filled(span: _Span, order: int) -> PlaceRule:
    return PlaceRule(
        name=f"{span.id}/{span.role}/filled",
        title=span.title,
        places=frozenset(span.places),
        at_least=span.seats.least,
        order=order,
        clause=span.clause,
    )


def _total(span: _Span, order: int) -> PlaceRule:
    """The number that the mandate declares, where it says more than the groups add up to."""
    return PlaceRule(
        name=f"council {span.id}/{span.role}/total",
        title=span.title,
        places=frozenset(span.places),
        at_least=span.seats.least,
        at_most=span.seats.most,
        order=order,
        clause=span.clause,
    )


def _required(span: _Span, requirement: Requirement, order: int) -> PlaceRule:
    what = requirement.title
    at_least, at_most = _bounds(span, requirement)
    return PlaceRule(
        name=f"{span.id}/{span.role}/requirement {order}",
        title=Text(da=f"{span.title.da}, {what.da}", en=f"{span.title.en}, {what.en}"),
        places=frozenset(span.places),
        property=requirement.property,
        asks=what,
        at_least=at_least,
        at_most=at_most,
        preferred=requirement.preferred,
        order=order,
        clause=requirement.clause,
    )


def _bounds(span: _Span, requirement: Requirement) -> tuple[int | None, int | None]:
    """The least and the most. Half of the people, and all of them, are numbers only where their number is fixed."""
    number = requirement.number
    match requirement.bound:
        case Bound.AT_LEAST:
            return number, None
        case Bound.AT_MOST:
            return None, number
        case Bound.EXACTLY:
            return number, number
        case Bound.MAJORITY | Bound.ALL:
            if not span.seats.fixed:
                raise FillingError("filling-rule-unknown", group=span.id, rule=requirement.bound.value)
            people = span.seats.least
            return (people if requirement.bound is Bound.ALL else people // 2 + 1), None
        case _:
            assert_never(requirement.bound)


def _title(of: Text, role: Role) -> Text:
    if role is Role.MEMBER:
        return of
    return Text(da=f"{of.da} (suppleanter)", en=f"{of.en} (alternates)")


def _verify_once(code: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FillingError(code, name=name)
        seen.add(name)


def _words(place: Place) -> str:
    return f"{place.group} {place.number} ({place.role})"
