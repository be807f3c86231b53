"""Small councils with open seats, drawn at random, and every way in which imaginable people can complete them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, combinations_with_replacement, product

from composition_rules.check import FindingState, check
from composition_rules.council import Council
from composition_rules.draw import NoChoice, Selection, chances, selection_of
from composition_rules.mandate import UNSTATED, Bound, Mandate, Requirement, Role, SeatGroup, SeatGroupId, Seats, Share
from composition_rules.people import Person, PersonId
from tests.composition_rules.applicants import (
    DAY,
    GROUP,
    SLAGELSE,
    WORDS,
    person,
    random_person,
    requirement,
    seated,
    share,
)

KINDS = [frozenset(each) for each in chain.from_iterable(combinations(WORDS, size) for size in range(3))]
ASKED = ("seats", "shares", "members", "person", "total", "groups")  # how the findings begin that a member can mend


def random_open_council(chance: random.Random) -> tuple[Mandate, Council, int, list[Person]]:
    """A mandate with open groups, who sits, how many seats of its first group are drawn, and the applicants."""
    while True:
        groups = [_group(chance, GROUP), *(_group(chance, f"other{n}") for n in range(chance.choice((1, 1, 2))))]
        if chance.random() < 0.1:
            groups[0] = replace(groups[0], as_many_as=groups[1].id)
        of_council = _requirements(chance, chance.choice((1, 2, 2, 3)), 4)
        if chance.random() < 0.4:  # more people elsewhere then help one rule and harm the other
            of_council = (requirement(Bound.MAJORITY, None, WORDS[0]), requirement(Bound.AT_LEAST, 2, WORDS[1]))
            held = requirement(Bound.AT_MOST, chance.choice((0, 0, 1)), WORDS[0])
            groups[1] = replace(groups[1], requirements=(held, *groups[1].requirements))
        mandate = replace(
            SLAGELSE,
            groups=tuple(groups),
            requirements=of_council,
            declared_seats=UNSTATED,
            one_seat_each=chance.choice((True, UNSTATED, False)),
        )
        counted = mandate.counted(Role.MEMBER)
        if not counted.fixed and chance.random() < 0.3:
            least = counted.least + chance.randint(0, 1)
            mandate = replace(mandate, declared_seats=Seats(least=least, most=least + chance.randint(0, 1)))
        council = Council(mandate_id=mandate.id)
        for group in groups:
            most = (group.seats.most or 0) - (group.id == GROUP)
            people = [random_person(chance, f"{group.id}-{n}") for n in range(min(chance.choice((0, 0, 1, 2)), most))]
            council = seated(mandate, group.id, *people, council=council)
        seats = (groups[0].seats.most or 0) - sum(each.group == GROUP for each in council.holdings)
        drawn = chance.randint(1, seats)
        if 0 < _open(mandate, council) - drawn <= 4:
            people = [random_person(chance, f"p{number}") for number in range(chance.randint(drawn, 6))]
            return mandate, council, drawn, people


def completions(mandate: Mandate, council: Council) -> Iterator[Council]:
    """The council as it is once people of any kinds fill open seats, in all numbers that the groups can have."""
    kept = own_size(mandate, council)
    if kept is None:
        return
    for sizes in _sizes(mandate, council):
        if sizes[0] != kept:
            continue
        lacking = [size - _filled(council, group.id) for size, group in zip(sizes, mandate.groups, strict=True)]
        for filling in product(*(combinations_with_replacement(KINDS, number) for number in lacking)):
            formed = council
            for group, kinds in zip(mandate.groups, filling, strict=True):
                people = (person(f"new-{group.id}-{number}", *kind) for number, kind in enumerate(kinds))
                formed = seated(mandate, group.id, *people, council=formed)
            yield formed


def own_size(mandate: Mandate, council: Council) -> int | None:
    """The smallest number of members of the first group with which the numbers of the mandate can be had."""
    return min((sizes[0] for sizes in _sizes(mandate, council)), default=None)


def is_met(council: Council, mandate: Mandate) -> bool:
    """Whether ``check`` finds nothing lacking that members bring; a wish may stay unmet."""
    return all(
        finding.state in (FindingState.MET, FindingState.WISH)
        for finding in check(council, mandate, on=DAY)
        if finding.code.startswith(ASKED)
    )


def selected(mandate: Mandate, people: Iterable[Person], *, seats: int, council: Council | None = None) -> Selection:
    council = council or Council(mandate_id=mandate.id)
    return selection_of(council, mandate, GROUP, seats=seats, applicants=people, on=DAY)


def assert_chances(selection: Selection, expected: set[frozenset[PersonId]]) -> None:
    """The count, every chance, and every single choice are those of the expected choices."""
    found, ids = chances(selection), [one.id for one in selection.applicants]
    assert {frozenset(each) for each in combinations(ids, selection.seats) if selection.is_valid(each)} == expected
    if isinstance(found, NoChoice):
        assert not expected
        return
    assert found.valid == len(expected)
    assert {each.person.id: each.chance for each in found.chances} == {
        one: Fraction(sum(one in choice for choice in expected), len(expected)) for one in ids
    }


def _sizes(mandate: Mandate, council: Council) -> Iterator[tuple[int, ...]]:
    """Every number of members of each group that the mandate's numbers allow."""
    ranges = []
    for group in mandate.groups:
        assert group.seats.most is not None
        ranges.append(range(max(group.seats.least, _filled(council, group.id)), group.seats.most + 1))
    ids = [group.id for group in mandate.groups]
    for sizes in product(*ranges):
        numbers = dict(zip(ids, sizes, strict=True))
        equal = all(numbers[group.id] == numbers[group.as_many_as or group.id] for group in mandate.groups)
        if equal and mandate.seats.holds(sum(sizes)):
            yield sizes


def _filled(council: Council, group: str) -> int:
    return sum(each.group == group for each in council.holdings)


def _open(mandate: Mandate, council: Council) -> int:
    return sum(group.seats.most or 0 for group in mandate.groups) - len(council.holdings)


def _group(chance: random.Random, name: str) -> SeatGroup:
    least = chance.randint(0 if name != GROUP else 1, 2)
    seats = Seats(least=least, most=least + chance.choice((0, 1, 1, 2, 3)))
    if seats.most == 0:
        seats = Seats(least=0, most=1)
    shares: tuple[Share, ...] = ()
    if seats.fixed and chance.random() < 0.7:
        words = [chance.choice((*WORDS, None)) for _ in range(seats.least)]
        shares = tuple(share(words.count(word), word) for word in dict.fromkeys(words))
    return replace(
        SLAGELSE.groups[0],
        id=SeatGroupId(name),
        seats=seats,
        shares=shares,
        requirements=_requirements(chance, chance.choice((0, 0, 1)), 2),
    )


def _requirements(chance: random.Random, number: int, most: int) -> tuple[Requirement, ...]:
    """More of those bounds that one choice can keep and another break."""
    bounds = (Bound.AT_LEAST, Bound.AT_MOST, Bound.MAJORITY, Bound.EXACTLY, Bound.ALL)
    return tuple(
        requirement(
            bound := chance.choices(bounds, (3, 4, 4, 1, 1))[0],
            None if bound in (Bound.MAJORITY, Bound.ALL) else chance.randint(bound is not Bound.AT_MOST, most),
            chance.choice(WORDS),
            preferred=chance.random() < 0.1,
        )
        for _ in range(number)
    )
