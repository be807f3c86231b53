"""The rules of a mandate as rules over places, in the order of the mandate: each group's, then the council's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from composition_rules.mandate import Bound, Clause, Mandate, Requirement, Role, SeatGroup, Seats, Text
from composition_rules.places.numbers import Part, alternates_of_each, numbers_of, seat_of
from composition_rules.places.values import Counts, Decision, Place, PlaceRule

Places = Mapping[Part, tuple[Place, ...]]


def rules_of(
    mandate: Mandate, places: Places, decisions: Sequence[Decision], roles: tuple[Role, ...]
) -> tuple[PlaceRule, ...]:
    """Every rule over the places of these roles. A rule between members and alternates needs both."""
    found: list[PlaceRule] = []
    for group in mandate.groups:
        spans = {role: _of_group(group, role, places[group.id, role]) for role in roles}
        found += [_filled(span) for span in spans.values() if span.places]
        if Role.MEMBER in roles:
            found += _equal(mandate, group, places)
            found += _shares(group, spans[Role.MEMBER])
            if Role.ALTERNATE in roles:
                found += _beside_members(group, spans, decisions)
        found += _requirements(group.requirements, spans)
    whole = {role: _of_council(mandate, role, places) for role in roles}
    found += [_total(span) for span in whole.values() if span.seats != mandate.counted(span.role)]
    found += _requirements(mandate.requirements, whole)
    return tuple(replace(rule, order=order) for order, rule in enumerate(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """What a rule speaks of: the members, or the alternates, of one group or of the whole council."""

    id: str
    role: Role
    title: Text
    places: tuple[Place, ...]
    seats: Seats
    clause: Clause


def _of_group(group: SeatGroup, role: Role, places: tuple[Place, ...]) -> _Span:
    return _Span(
        id=group.id,
        role=role,
        title=_title(group.title, role),
        places=places,
        seats=group.places(role),
        clause=group.clause,
    )


def _of_council(mandate: Mandate, role: Role, places: Places) -> _Span:
    return _Span(
        id=f"council {mandate.id}",
        role=role,
        title=_title(mandate.body, role),
        places=tuple(place for (_, of), every in places.items() if of is role for place in every),
        seats=mandate.seats if role is Role.MEMBER else mandate.alternates,
        clause=mandate.composition,
    )


def _filled(span: _Span) -> PlaceRule:
    return PlaceRule(
        name=f"{span.id}/{span.role}/filled",
        title=span.title,
        places=frozenset(span.places),
        at_least=span.seats.least,
        clause=span.clause,
    )


def _total(span: _Span) -> PlaceRule:
    """The number that the mandate declares, where it says more than the groups add up to."""
    return replace(_filled(span), name=f"{span.id}/{span.role}/total", at_most=span.seats.most)


def _equal(mandate: Mandate, group: SeatGroup, places: Places) -> Iterator[PlaceRule]:
    """``as_many_as``: neither group has more members than the other."""
    if group.as_many_as is not None:
        other = mandate.group(group.as_many_as)
        yield PlaceRule(
            name=f"{group.id}/member/as many as",
            title=_joined(" + ", group.title, other.title),
            places=frozenset(places[group.id, Role.MEMBER]),
            less=frozenset(places[other.id, Role.MEMBER]),
            at_least=0,
            at_most=0,
            clause=group.clause,
        )


def _shares(group: SeatGroup, span: _Span) -> Iterator[PlaceRule]:
    """The reserved seats: at least so many people for each. They add up to the seats, so nobody is left over."""
    properties = frozenset(share.property for share in group.shares if share.property is not None)
    for number, share in enumerate(group.shares):
        yield PlaceRule(
            name=f"{group.id}/member/share {number}",
            title=_joined(", ", span.title, share.title),
            places=frozenset(span.places),
            property=share.property,
            none_of=properties if share.property is None else frozenset(),
            asks=share.title,
            at_least=share.seats,
            share=group.id,
            clause=group.clause,
        )


def _beside_members(
    group: SeatGroup, spans: Mapping[Role, _Span], decisions: Iterable[Decision]
) -> Iterator[PlaceRule]:
    """No more alternates than members, where the mandate says so; and personal alternates of members who are there.

    Each member has as many of these as the mandate says at least. A fixed number of seats exists whether they are
    held or not; of a range, those that are held. Seats of which nothing is decided can stand in for each other: for
    these it is enough that no more first alternates are there than members, no more second ones, and so on. A seat
    with a decision is counted alone, its decided alternates first.
    """
    each_has, per_member = alternates_of_each(group), group.alternates.per_member
    least = per_member.least if per_member is not None else 1
    span = spans[Role.ALTERNATE]
    if group.alternates.at_most_members:
        yield _within_members(span, spans[Role.MEMBER], group.alternates.clause or group.clause)
    if each_has is None and per_member is not None and not group.seats.fixed:
        yield from _beside_any_member(span, spans[Role.MEMBER], least)
    if each_has is None or (group.seats.fixed and least in (0, each_has)):
        return
    places = {(place.role, place.number): place for of in spans.values() for place in of.places}
    decided = {(each.place.role, each.place.number) for each in decisions if each.place.group == group.id}
    alone = sorted(
        number if role is Role.MEMBER else seat_of(number, each_has)
        for role, number in decided
        if (role, number) in places
    )
    free = [place.number for place in spans[Role.MEMBER].places if place.number not in alone]
    for seats in (free, *([seat] for seat in dict.fromkeys(alone))):
        ranked = [
            sorted(numbers_of(seat, each_has), key=lambda number: ((Role.ALTERNATE, number) not in decided, number))
            for seat in seats
        ]
        title = span.title if seats is free else _numbered(group.title, seats[0])
        for rank, numbers in enumerate(zip(*ranked, strict=True)):
            rule = PlaceRule(
                name=f"{span.id}/alternate/{'each' if seats is free else seats[0]}/{rank} at most",
                title=title,
                places=frozenset(places[Role.ALTERNATE, number] for number in numbers),
                less=frozenset(places[Role.MEMBER, seat] for seat in seats),
                at_most=0,
                clause=span.clause,
            )
            if not group.seats.fixed:
                yield rule
            if rank < least:
                yield replace(rule, name=rule.name.replace("at most", "at least"), at_least=0, at_most=None)


def _within_members(span: _Span, members: _Span, clause: Clause) -> PlaceRule:
    """``at_most_members``: as many alternates as members at most."""
    return PlaceRule(
        name=f"{span.id}/alternate/within members",
        title=span.title,
        places=frozenset(span.places),
        less=frozenset(members.places),
        at_most=0,
        clause=clause,
    )


def _beside_any_member(span: _Span, members: _Span, least: int) -> Iterator[PlaceRule]:
    """Personal alternates in any number: then no number says whose they are, and there is no most but none of none."""
    rule = PlaceRule(
        name=f"{span.id}/alternate/least",
        title=span.title,
        places=frozenset(span.places),
        less=frozenset(members.places),
        clause=span.clause,
    )
    if least:
        yield replace(rule, times=least, at_least=0)
    if not members.seats.least:
        yield replace(rule, name=f"{span.id}/alternate/most", times=max(1, len(span.places)), at_most=0)


def _requirements(requirements: Iterable[Requirement], spans: Mapping[Role, _Span]) -> Iterator[PlaceRule]:
    for number, requirement in enumerate(requirements):
        if requirement.applies_to in spans:
            yield _required(spans[requirement.applies_to], requirement, number)


def _required(span: _Span, requirement: Requirement, number: int) -> PlaceRule:
    counts, at_least, at_most = _bounds(span, requirement)
    return PlaceRule(
        name=f"{span.id}/{span.role}/requirement {number}",
        title=_joined(", ", span.title, requirement.title),
        places=frozenset(span.places),
        property=requirement.property,
        asks=requirement.title,
        counts=counts,
        at_least=at_least,
        at_most=at_most,
        preferred=requirement.preferred,
        clause=requirement.clause,
    )


def _bounds(span: _Span, requirement: Requirement) -> tuple[Counts, int | None, int | None]:
    """What is counted, the least and the most. Where the number is fixed, half of the people is a number too."""
    number = requirement.number
    match requirement.bound:
        case Bound.AT_LEAST:
            return Counts.HAVING, number, None
        case Bound.AT_MOST:
            return Counts.HAVING, None, number
        case Bound.EXACTLY:
            return Counts.HAVING, number, number
        case Bound.MAJORITY if span.seats.fixed:
            return Counts.HAVING, span.seats.least // 2 + 1, None
        case Bound.MAJORITY:
            # More with than without; and that the smallest council is there, the seats to be filled say already.
            return Counts.BALANCE, 1, None
        case Bound.ALL:
            return Counts.LACKING, None, 0
        case _:
            assert_never(requirement.bound)


def _title(of: Text, role: Role) -> Text:
    if role is Role.MEMBER:
        return of
    return Text(da=f"{of.da} (suppleanter)", en=f"{of.en} (alternates)")


def _numbered(title: Text, seat: int) -> Text:
    return Text(da=f"{title.da}, plads {seat} (suppleanter)", en=f"{title.en}, seat {seat} (alternates)")


def _joined(between: str, one: Text, other: Text) -> Text:
    return Text(da=f"{one.da}{between}{other.da}", en=f"{one.en}{between}{other.en}")
