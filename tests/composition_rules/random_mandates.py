"""Random mandates built through the values, with pools of people and decisions: everything the language can say."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from composition_rules.mandate import (
    NO_SEATS,
    OPEN,
    UNSTATED,
    AlternateKind,
    AlternateOrder,
    Alternates,
    Bound,
    Mandate,
    Requirement,
    Role,
    Route,
    SeatGroup,
    SeatGroupId,
    Seats,
    Share,
)
from composition_rules.people import Person, PersonId
from composition_rules.places import Candidacy, Decision, Place, Problem, candidate_for, problem_of
from tests.composition_rules.councils import MANDATE
from tests.composition_rules.pools import text

WORDS = ("background:a", "background:b", "gender:c")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A mandate, who may take places of which groups, and what is decided."""

    mandate: Mandate
    candidates: tuple[Candidacy, ...]
    decisions: tuple[Decision, ...]

    def problem(self) -> Problem:
        return problem_of(self.mandate, self.candidates, self.decisions)


def random_pool(chance: random.Random) -> Pool:
    """One to three groups, few enough seats that people are as often enough as lacking."""
    ids = [f"g{n}" for n in range(chance.randint(1, 3))]
    groups = tuple(_group(chance, name, [other for other in ids if other != name]) for name in ids)
    mandate = replace(
        MANDATE,
        groups=groups,
        requirements=tuple(_requirement(chance) for _ in range(chance.choice((0, 0, 1, 2)))),
        declared_seats=UNSTATED,
        declared_alternates=UNSTATED,
        one_seat_each=chance.choice((True, True, UNSTATED, False)),
        officers=UNSTATED,
        term=UNSTATED,
    )
    counted = mandate.counted(Role.MEMBER)
    if not counted.fixed and chance.random() < 0.4:
        least = counted.least + chance.randint(0, 1)
        mandate = replace(mandate, declared_seats=Seats(least=least, most=least + chance.randint(0, 2)))
    wanted = sum(group.places(role).least for group in groups for role in Role)
    people = tuple(
        candidate_for(
            mandate,
            Person(
                id=PersonId(f"p{n:02}"),
                name=f"P{n}",
                properties=frozenset(word for word in WORDS if chance.random() < 0.5),
            ),
            *chance.sample(ids, chance.randint(1, len(ids))),
            roles=chance.choice(((Role.MEMBER,), tuple(Role), tuple(Role))),
        )
        for n in range(chance.randint(max(1, wanted - 1), wanted + 4))
    )
    return Pool(
        mandate=mandate,
        candidates=people,
        decisions=tuple(_decision(chance, mandate, people) for _ in range(chance.choice((0, 0, 0, 1, 2)))),
    )


def _group(chance: random.Random, name: str, others: list[str]) -> SeatGroup:
    kind = chance.random()
    least = chance.randint(0, 2)
    seats = Seats.exactly(chance.randint(1, 3)) if kind < 0.5 else Seats(least=least, most=least + chance.randint(1, 2))
    if kind > 0.85:
        seats = Seats(least=least, most=None)
    shares: tuple[Share, ...] = ()
    if seats.fixed and chance.random() < 0.4:
        words: list[str | None] = [*chance.sample(WORDS, seats.least - 1), chance.choice((None, *WORDS))]
        counted = {word: words.count(word) for word in dict.fromkeys(words)}
        shares = tuple(Share(seats=n, property=word, title=text(str(word))) for word, n in counted.items())
    asked = chance.choice((0, 0, 1, 1, 2))
    return replace(
        MANDATE.group("free"),
        id=SeatGroupId(name),
        title=text(name),
        seats=seats,
        as_many_as=SeatGroupId(chance.choice(others)) if others and chance.random() < 0.3 else None,
        alternates=_alternates(chance, seats),
        route=Route.UNSTATED,
        shares=shares,
        requirements=tuple(_requirement(chance) for _ in range(asked)),
        term=None,
    )


def _alternates(chance: random.Random, seats: Seats) -> Alternates:
    made = _numbered_alternates(chance, seats)
    return replace(made, order=AlternateOrder.UNSTATED) if made.several else made


def _numbered_alternates(chance: random.Random, seats: Seats) -> Alternates:
    kind = chance.random()
    if kind < 0.4:
        return Alternates(number=NO_SEATS, kind=AlternateKind.NONE, order=None, per_member=None)
    within = chance.random() < 0.5
    if kind < 0.5:
        return Alternates(number=OPEN, kind=AlternateKind.UNSTATED, order=None, per_member=None, at_most_members=within)
    if kind < 0.6:
        number = Seats(least=chance.randint(0, 1), most=2)
        return Alternates(number=number, kind=AlternateKind.POOL, order=None, per_member=None, at_most_members=within)
    if kind < 0.7:
        return Alternates(number=seats, kind=AlternateKind.PERSONAL, order=None, per_member=None)
    each = Seats(least=chance.randint(0, 1), most=chance.choice((1, 2, 2, None)))
    return Alternates(
        number=seats.times(each),
        kind=AlternateKind.PERSONAL,
        order=None,
        per_member=each,
        at_most_members=within,
    )


def _requirement(chance: random.Random) -> Requirement:
    bound = chance.choice(tuple(Bound))
    number = None if bound in (Bound.MAJORITY, Bound.ALL) else chance.randint(1, 2)
    return replace(
        MANDATE.group("free").requirements[0],
        bound=bound,
        number=number,
        property=chance.choice(WORDS),
        title=text("wanted"),
        applies_to=chance.choice((Role.MEMBER, Role.MEMBER, Role.ALTERNATE)),
        preferred=chance.random() < 0.2,
    )


def _decision(chance: random.Random, mandate: Mandate, people: tuple[Candidacy, ...]) -> Decision:
    options = [
        Place(group=group.id, role=role, number=number)
        for group in mandate.groups
        for role in Role
        for number in range(1, 5)
        if group.places(role).has_room_for(number)
    ]
    return Decision(person=chance.choice(people).person.id, place=chance.choice(options))
