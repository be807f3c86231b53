"""Small mandates and pools of applicants, drawn at random, for the tests of the choice."""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from composition_rules.catalogue import load_mandate
from composition_rules.council import Council, Holding
from composition_rules.draw import Limit, Selection, selection_of
from composition_rules.draw.limits import cases_of
from composition_rules.mandate import (
    UNSTATED,
    Bound,
    Mandate,
    Requirement,
    Role,
    Route,
    SeatGroup,
    SeatGroupId,
    Seats,
    Share,
    Text,
)
from composition_rules.people import Person, PersonId

SLAGELSE = load_mandate("slagelse-integrationsudvalg-2024")
DAY = date(2026, 2, 1)
WORDS = ("background:a", "gender:b")
GROUP = "civil-society"


def person(name: str, *properties: str) -> Person:
    return Person(id=PersonId(name), name=name.title(), properties=frozenset(properties))


def text(words: str) -> Text:
    return Text(da=words, en=words)


def requirement(bound: Bound, number: int | None, word: str, *, preferred: bool = False) -> Requirement:
    model = SLAGELSE.requirements[0]
    return replace(model, bound=bound, number=number, property=word, title=text(word), preferred=preferred)


def share(seats: int, word: str | None) -> Share:
    return Share(seats=seats, property=word, title=text(word or "others"))


def two_groups(
    seats: Seats,
    other: Seats,
    own: tuple[Requirement, ...] = (),
    others: tuple[Requirement, ...] = (),
    council: tuple[Requirement, ...] = (),
    shares: tuple[Share, ...] = (),
) -> Mandate:
    """Slagelse's mandate with these numbers and rules instead of its own, and one group of officials."""
    civil, culture = SLAGELSE.groups[0], SLAGELSE.groups[2]
    groups: tuple[SeatGroup, ...] = (
        replace(civil, seats=seats, requirements=own, shares=shares),
        replace(culture, seats=other, requirements=others),
    )
    return replace(SLAGELSE, groups=groups, requirements=council, declared_seats=UNSTATED)


def seated(mandate: Mandate, group: str, *people: Person, council: Council | None = None) -> Council:
    formed = council or Council(mandate_id=mandate.id)
    used = sum(each.group == group for each in formed.holdings)
    for seat, one in enumerate(people, used + 1):
        held = Holding(
            person=one,
            group=SeatGroupId(group),
            seat=seat,
            role=Role.MEMBER,
            route=Route.APPOINTMENT,
            decision="minute 1",
            since=date(2026, 1, 1),
        )
        formed = formed.seat(held, mandate=mandate)
    return formed


def keeping(selection: Selection, limits: Collection[Limit]) -> Selection:
    """The same choice under these rules only."""
    titles = {limit.title for limit in limits}
    demands = tuple(demand for demand in selection.demands if demand.title in titles)
    return replace(selection, demands=demands, cases=cases_of(selection.sitting, demands))


def random_person(chance: random.Random, name: str) -> Person:
    return person(name, *(word for word in WORDS if chance.random() < 0.5))


def random_requirements(chance: random.Random, most: int, number: int) -> tuple[Requirement, ...]:
    return tuple(
        requirement(
            bound := chance.choice(tuple(Bound)),
            None if bound in (Bound.MAJORITY, Bound.ALL) else chance.randint(0, most),
            chance.choice(WORDS),
        )
        for _ in range(number)
    )


def random_case(chance: random.Random) -> tuple[Mandate, Council, Selection]:
    """Up to three seats for up to eight applicants; up to two seats of another group, open or held."""
    seats, other = chance.randint(1, 3), chance.randint(1, 2)
    sits = chance.choice((0, 0, 1))
    size = sits + seats
    shares: tuple[Share, ...] = ()
    if chance.random() < 0.3:
        first = chance.randint(0, size)
        middle = chance.randint(first, size)
        shares = tuple(
            share(number, word)
            for number, word in ((first, WORDS[0]), (middle - first, WORDS[1]), (size - middle, None))
            if number
        )
    mandate = two_groups(
        Seats.exactly(size),
        Seats.exactly(other),
        random_requirements(chance, size, chance.choice((0, 1, 1, 2))),
        random_requirements(chance, other, chance.choice((0, 0, 1))),
        random_requirements(chance, size + other, chance.choice((0, 1, 1))),
        shares,
    )
    applicants = [random_person(chance, f"p{number}") for number in range(chance.randint(1, 8))]
    already = [random_person(chance, f"sits{number}") for number in range(sits)]
    council = seated(mandate, GROUP, *already)
    officials = [random_person(chance, f"official{number}") for number in range(chance.randint(0, other))]
    if officials and chance.random() < 0.3:
        officials[0] = applicants[0]
    council = seated(mandate, "culture", *officials, council=council)
    return mandate, council, selection_of(council, mandate, GROUP, seats=seats, applicants=applicants, on=DAY)
