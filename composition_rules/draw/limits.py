"""What the rules of a mandate leave to those who are chosen for one seat group: each rule as the numbers it allows.

Each rule is asked by itself. Who sits already is counted. Seats of other groups that are still open may bring anybody
their own rules let in, so they can help a rule, and what their rules demand of them can burden one. The seats that
are chosen for now are the group's number, unless the group must have more: then the rest of that number may help too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from composition_rules.check.requirements import bound_in_words
from composition_rules.mandate import Bound, Clause, Mandate, Requirement, Role, SeatGroup, SeatGroupId, Text
from composition_rules.people import Person, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One rule: of the chosen, from ``at_least`` to ``at_most`` must be among ``counted``.

    ``title`` names the rule to a reader. A rule that those who sit have broken allows no number at all.
    """

    title: Text
    clause: Clause
    counted: frozenset[PersonId]
    at_least: int
    at_most: int

    def allows(self, chosen: Iterable[PersonId]) -> bool:
        """Whether a choice keeps to the rule."""
        return self.at_least <= sum(person in self.counted for person in chosen) <= self.at_most

    def after(self, taken: frozenset[PersonId]) -> Limit:
        """What is left of it for the others when these are taken."""
        gone = len(self.counted & taken)
        return Limit(
            title=self.title,
            clause=self.clause,
            counted=self.counted - taken,
            at_least=self.at_least - gone,
            at_most=self.at_most - gone,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Who sits in which group on the day of the choice, and for how many seats of ``group`` others are chosen."""

    mandate: Mandate
    group: SeatGroup
    seats: int
    members: tuple[tuple[SeatGroupId, Person], ...]

    def of(self, group: SeatGroup) -> tuple[Person, ...]:
        """The members of one group."""
        return tuple(person for each, person in self.members if each == group.id)

    @property
    def others(self) -> tuple[SeatGroup, ...]:
        """The groups that nobody is chosen for now."""
        return tuple(group for group in self.mandate.groups if group.id != self.group.id)

    @property
    def left_over(self) -> int:
        """How many seats the group must have beyond those who sit and those who are chosen."""
        return max(0, self.group.seats.least - len(self.of(self.group)) - self.seats)

    def must_come(self, group: SeatGroup) -> int:
        """How many seats of another group have to be filled still."""
        return max(0, group.seats.least - len(self.of(group)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    """Who is still to come: with the property from ``least`` to ``most`` (None: no limit), ``without`` it for sure."""

    least: int
    most: int | None
    without: int


def limits_of(sitting: Sitting, applicants: Sequence[Person]) -> tuple[Limit, ...]:
    """Every rule that binds the choice, in the order of the mandate; a preferred requirement does not bind."""
    group, mandate = sitting.group, sitting.mandate
    limits = [_one_seat(sitting, applicants), *_share_limits(sitting, applicants)]
    rest = _Rest(least=0, most=sitting.left_over, without=0)
    for requirement in binding(group.requirements):
        limits.append(_limit(requirement, group.title, sitting, sitting.of(group), group.seats.least, rest, applicants))
    everybody = tuple(person for _, person in sitting.members)
    for requirement in binding(mandate.requirements):
        rest = _rest_of_council(sitting, requirement.property)
        limits.append(_limit(requirement, mandate.body, sitting, everybody, mandate.seats.least, rest, applicants))
    return tuple(limits)


def binding(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Those that bind who becomes a member."""
    return tuple(each for each in requirements if each.applies_to is Role.MEMBER and not each.preferred)


def in_words(requirement: Requirement, of: Text) -> Text:
    """A requirement as a reader knows it: “Civil society, residence in the municipality (at least 2)”."""
    what, bound = requirement.title, bound_in_words(requirement)
    return Text(da=f"{of.da}, {what.da} ({bound.da})", en=f"{of.en}, {what.en} ({bound.en})")


def _one_seat(sitting: Sitting, applicants: Sequence[Person]) -> Limit:
    """Nobody in two seats, unless the mandate allows it; in two seats of one group never."""
    members = sitting.members
    if sitting.mandate.one_seat_each is False:
        members = tuple((each, person) for each, person in members if each == sitting.group.id)
    seated = {person.id for _, person in members}
    return Limit(
        title=Text(da="Den, der har en plads, kan ikke få en til", en="Who has a seat cannot be given another"),
        clause=sitting.mandate.composition,
        counted=frozenset(person.id for person in applicants if person.id in seated),
        at_least=0,
        at_most=0,
    )


def _limit(
    requirement: Requirement,
    of: Text,
    sitting: Sitting,
    people: tuple[Person, ...],
    least_people: int,
    rest: _Rest,
    applicants: Sequence[Person],
) -> Limit:
    having = sum(person.has(requirement.property) for person in people)
    filled, number = len(people) + sitting.seats, requirement.number or 0
    at_least, at_most = 0, sitting.seats
    match requirement.bound:
        case Bound.AT_LEAST:
            at_least = number - having
        case Bound.AT_MOST:
            at_most = number - having - rest.least
        case Bound.EXACTLY:
            at_least, at_most = number - having, number - having - rest.least
        case Bound.MAJORITY:
            size = max(least_people, filled + (rest.most or 0) + rest.without)
            at_least = size // 2 + 1 - having
        case Bound.ALL:
            at_least = filled - having
        case _:
            assert_never(requirement.bound)
    if requirement.bound is not Bound.ALL:
        at_least = 0 if rest.most is None else at_least - rest.most
    return Limit(
        title=in_words(requirement, of),
        clause=requirement.clause,
        counted=frozenset(person.id for person in applicants if person.has(requirement.property)),
        at_least=max(0, at_least),
        at_most=min(sitting.seats, at_most),
    )


def _rest_of_council(sitting: Sitting, word: str) -> _Rest:
    """Who can and who must still come to the seats that are open elsewhere, within the number of the whole council."""
    rests = [_rest_of_group(sitting, group, word) for group in sitting.others]
    rests.append(_Rest(least=0, most=sitting.left_over, without=0))
    least, without = sum(rest.least for rest in rests), sum(rest.without for rest in rests)
    room = sitting.mandate.seats.most
    if room is not None:
        room = max(least, room - len(sitting.members) - sitting.seats - without)
    tops = [rest.most for rest in rests if rest.most is not None]
    tops = [sum(tops)] if len(tops) == len(rests) else []
    return _Rest(least=least, most=min([*tops, *([] if room is None else [room])], default=None), without=without)


def _rest_of_group(sitting: Sitting, group: SeatGroup, word: str) -> _Rest:
    people = sitting.of(group)
    having, must = sum(person.has(word) for person in people), sitting.must_come(group)
    least, most = 0, None if group.seats.most is None else max(0, group.seats.most - len(people))
    for requirement in binding(group.requirements):
        if requirement.property != word:
            continue
        lacking = (requirement.number or 0) - having
        if requirement.bound in (Bound.AT_LEAST, Bound.EXACTLY):
            least = max(least, lacking)
        if requirement.bound in (Bound.AT_MOST, Bound.EXACTLY):
            most = max(0, lacking if most is None else min(most, lacking))
        if requirement.bound is Bound.ALL:
            least = max(least, must)
        if requirement.bound is Bound.MAJORITY:
            least = max(least, max(len(people), group.seats.least) // 2 + 1 - having)
    return _Rest(least=least, most=most, without=0 if most is None else max(0, must - most))


def _share_limits(sitting: Sitting, applicants: Sequence[Person]) -> tuple[Limit, ...]:
    """Reserved seats: as many as fit into any set of shares, no more may fit into these alone (P. Hall, 1935).

    Sets that are put together from parts with nobody in common add nothing to what their parts ask.
    """
    shares = sitting.group.shares
    if not shares:
        return ()
    named = {share.property for share in shares if share.property is not None}

    def fits(person: Person) -> frozenset[int]:
        had = named & person.properties
        return frozenset(
            number for number, share in enumerate(shares) if (share.property in had if share.property else not had)
        )

    sitting_fit = [fits(person) for person in sitting.of(sitting.group)]
    fit = {person.id: fits(person) for person in applicants}
    sets = {*sitting_fit, *fit.values()}
    while joined := {one | other for one in sets for other in sets if one & other} - sets:
        sets |= joined
    limits = []
    for part in sorted(sets, key=sorted):
        room = sum(shares[number].seats for number in part) - sum(each <= part for each in sitting_fit)
        titles = [shares[number].title for number in sorted(part)]
        da, en = " / ".join(title.da for title in titles), " / ".join(title.en for title in titles)
        title = sitting.group.title
        limits.append(
            Limit(
                title=Text(da=f"{title.da}, pladser til: {da or '–'}", en=f"{title.en}, seats for: {en or '–'}"),
                clause=sitting.group.clause,
                counted=frozenset(person for person, each in fit.items() if each <= part),
                at_least=0,
                at_most=min(sitting.seats, room),
            )
        )
    return tuple(limits)
