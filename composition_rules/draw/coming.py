"""Who can still come to the seats that are open: how many people, and how many of them can have each property.

Nothing is known of people who are still to come, so they may have any properties together that their seats let in.
Therefore one property says nothing of another: with the number of people settled, and for reserved seats which of
them are theirs, any numbers between the least and the most of each property can be had together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from composition_rules.draw.sitting import Sitting
from composition_rules.errors import SearchLimitError
from composition_rules.mandate import Bound, Requirement, Role, SeatGroup, SeatGroupId, Share
from composition_rules.people import Person

MOST_FORMS = 100_000

Required = Sequence[tuple[SeatGroupId | None, Requirement]]  # with None: of the whole council
Held = tuple[int, ...]  # how many of the seats of each share


@dataclass(frozen=True, slots=True)
class Coming:
    """So many people, and for each property how few and how many of them can have it."""

    number: int
    least: tuple[int, ...]
    most: tuple[int, ...]

    def beside(self, other: Coming) -> Coming:
        """These and others together."""
        return Coming(
            self.number + other.number,
            tuple(map(int.__add__, self.least, other.least)),
            tuple(map(int.__add__, self.most, other.most)),
        )


def coming_elsewhere(sitting: Sitting, required: Required, reserved: Collection[SeatGroupId]) -> tuple[Coming, ...]:
    """Those who can come to the other groups, within what is required and where the shares of these are reserved.

    Counted are the properties that the whole council requires (``counted_words``). Left out are those who serve no rule
    better than others do; nothing is left when the groups cannot be completed.

    Raises:
        SearchLimitError: there are too many forms to look at (code search-limit).
    """
    words = counted_words(required)
    nobody = Coming(0, (0,) * len(words), (0,) * len(words))
    asked = _Asked(
        tuple((words.index(each.property), each.bound) for group, each in required if group is None),
        in_any_number=_number_is_free(sitting, required),
    )
    found: tuple[Coming, ...] = (nobody,)
    for groups, sizes in sitting.others_in_sizes():
        of_set: list[Coming] = []
        for size in sizes:
            grown: tuple[Coming, ...] = (nobody,)
            for group in groups:
                own = [requirement for of, requirement in required if of == group.id]
                forms = _coming_to(group, sitting.of(group), size, words, own, reserved=group.id in reserved)
                grown = asked.best(grown, tuple(forms))
            of_set += grown
        found = asked.best(found, of_set)
    return found


def counted_words(required: Required) -> tuple[str, ...]:
    """The properties that the whole council requires."""
    return tuple(dict.fromkeys(requirement.property for group, requirement in required if group is None))


def _number_is_free(sitting: Sitting, required: Required) -> bool:
    """Whether more people who have all that is required can harm no rule of the whole council.

    They can where it has a number of its own, or where at most so many may have what most must have.
    """
    bounds = [(requirement.property, requirement.bound) for group, requirement in required if group is None]
    growing = {word for word, bound in bounds if bound in (Bound.MAJORITY, Bound.ALL)}
    limited = {word for word, bound in bounds if bound in (Bound.AT_MOST, Bound.EXACTLY)}
    return sitting.mandate.seats == sitting.mandate.counted(Role.MEMBER) and not growing & limited


def held_in(shares: Sequence[Share], number: int) -> Iterator[Held]:
    """Every way in which so many people can hold seats of the shares."""
    if not shares:
        yield from [()] if number == 0 else []
        return
    first, rest = shares[0].seats, shares[1:]
    for held in range(max(0, number - sum(share.seats for share in rest)), min(first, number) + 1):
        for others in held_in(rest, number - held):
            yield held, *others


def having_in(shares: Sequence[Share], held: Held, word: str) -> tuple[int, int]:
    """How few and how many of the people who hold these seats can have a property."""
    number = sum(held)
    if not any(share.property == word for share in shares):
        return 0, number
    without = sum(seats for share, seats in zip(shares, held, strict=True) if share.property is None)
    return sum(seats for share, seats in zip(shares, held, strict=True) if share.property == word), number - without


def fitting(person: Person, shares: Sequence[Share]) -> frozenset[int]:
    """The numbers of the shares whose seats a person can have."""
    had = {share.property for share in shares if share.property is not None} & person.properties
    return frozenset(
        number for number, share in enumerate(shares) if (share.property in had if share.property else not had)
    )


def parts_of(fits: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """The sets of shares of which it must be asked whether too many people fit into these alone (P. Hall, 1935).

    Sets that are put together from parts with nobody in common add nothing to what their parts ask.
    """
    sets = set(fits)
    while joined := {one | other for one in sets for other in sets if one & other} - sets:
        sets |= joined
    return sorted(sets, key=sorted)


def room_in(part: frozenset[int], shares: Sequence[Share], held: Held, fits: Iterable[frozenset[int]]) -> int:
    """How many seats of these shares are left by those who are to come and by whoever fits into no other."""
    return sum(shares[number].seats - held[number] for number in part) - sum(each <= part for each in fits)


def allowed(requirement: Requirement, size: int) -> tuple[int, int]:
    """How few and how many of ``size`` people must have the property, as ``check`` reads it."""
    number = requirement.number or 0
    match requirement.bound:
        case Bound.AT_LEAST:
            return number, size
        case Bound.AT_MOST:
            return 0, number
        case Bound.EXACTLY:
            return number, number
        case Bound.MAJORITY:
            return size // 2 + 1, size
        case Bound.ALL:
            return size, size
        case _:
            assert_never(requirement.bound)


def _coming_to(
    group: SeatGroup,
    people: tuple[Person, ...],
    size: int,
    words: Sequence[str],
    requirements: Sequence[Requirement],
    *,
    reserved: bool,
) -> Iterator[Coming]:
    """Those who can bring a group to this size."""
    number, shares = size - len(people), group.shares if reserved else ()
    asked = dict.fromkeys((*words, *(requirement.property for requirement in requirements)))
    fits = [fitting(person, shares) for person in people] if shares else []
    for held in held_in(shares, number) if shares else [(number,)]:
        if any(room_in(part, shares, held, fits) < 0 for part in parts_of(fits)):
            continue
        bounds = {word: having_in(shares, held, word) if shares else (0, number) for word in asked}
        for requirement in requirements:
            word, having = requirement.property, sum(person.has(requirement.property) for person in people)
            least, most = allowed(requirement, size)
            bounds[word] = max(bounds[word][0], least - having), min(bounds[word][1], most - having)
        if all(least <= most for least, most in bounds.values()):
            yield Coming(number, tuple(bounds[word][0] for word in words), tuple(bounds[word][1] for word in words))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the whole council requires, by the number of the property, and whether more people can come to serve it."""

    bounds: tuple[tuple[int, Bound], ...]
    in_any_number: bool

    def best(self, ones: Sequence[Coming], others: Sequence[Coming]) -> tuple[Coming, ...]:
        """Each beside each, but for those who serve no rule better than others do."""
        if len(ones) * len(others) > MOST_FORMS:
            raise SearchLimitError("search-limit")
        found: dict[int, dict[tuple[int, ...], Coming]] = {}
        for both in (one.beside(other) for one in ones for other in others):
            same = found.setdefault(0 if self.in_any_number else both.number, {})
            served = self._served(both)
            if not any(all(map(int.__ge__, each, served)) for each in same):
                for each in [each for each in same if all(map(int.__ge__, served, each))]:
                    del same[each]
                same[served] = both
        return tuple(each for same in found.values() for each in same.values())

    def _served(self, coming: Coming) -> tuple[int, ...]:
        """For each bound how well they can serve it: more is better."""
        served = []
        for at, bound in self.bounds:
            least, most = coming.least[at], coming.most[at]
            match bound:
                case Bound.AT_LEAST:
                    served.append(most)
                case Bound.AT_MOST:
                    served.append(-least)
                case Bound.EXACTLY:
                    served += [most, -least]
                case Bound.MAJORITY:
                    served.append(2 * most - coming.number)
                case Bound.ALL:
                    served.append(most - coming.number)
                case _:
                    assert_never(bound)
        return tuple(served)
