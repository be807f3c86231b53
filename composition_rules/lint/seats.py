"""What a statute counts: members, sides, reserved seats, alternates."""

from __future__ import annotations

from collections.abc import Iterator

from composition_rules.check.requirements import bound_in_words
from composition_rules.lint.findings import Issue, LintState, in_group
from composition_rules.mandate import (
    NO_SEATS,
    AlternateKind,
    Bound,
    Mandate,
    Requirement,
    Role,
    SeatGroup,
    Seats,
    Text,
)
from composition_rules.show.words import number_of, word
from composition_rules.statute import EveryMember, Members, Side, StatuteVersion

_SIDES = {
    Side.SENT: Text(da="medlemmer, som andre indstiller eller sender", en="members that others nominate or send"),
    Side.OWN: Text(da="øvrige medlemmer", en="other members"),
}
_ALL = Text(da="medlemmer", en="members")


def on_members(asks: Members, mandate: Mandate) -> Iterator[Issue]:
    """The number of members, of the council or of one side."""
    groups = mandate.groups if asks.side is None else _of(asks.side, mandate)
    who = _ALL if asks.side is None else _SIDES[asks.side]
    seats = mandate.seats if asks.side is None else _seats(groups)
    clause = groups[0].clause if asks.side is not None and groups else mandate.composition
    params = {"who": who, "seats": number_of(seats), "allowed": number_of(asks.seats)}
    if not groups:
        yield Issue(code="lint-members-missing", state=LintState.MISSING, clause=clause, params=params)
    elif seats.open:
        yield Issue(code="lint-members-open", state=LintState.UNSTATED, clause=clause, params=params)
    elif not _inside(seats, asks.seats):
        yield Issue(code="lint-members", state=LintState.FORBIDDEN, clause=clause, params=params)


def on_equal_sides(mandate: Mandate) -> Iterator[Issue]:
    """Whether the two sides are bound to be equal; that there are two is a rule of its own."""
    sent, own = (_of(side, mandate) for side in (Side.SENT, Side.OWN))
    if not sent or not own:
        return
    one, two = _seats(sent), _seats(own)
    params = {"one": number_of(one), "two": number_of(two)}
    tied = len(sent) == len(own) == 1 and (own[0].as_many_as == sent[0].id or sent[0].as_many_as == own[0].id)
    if not one.meets(two):
        yield Issue(code="lint-sides", state=LintState.FORBIDDEN, clause=own[0].clause, params=params)
    elif not tied and not (one.fixed and two.fixed):
        yield Issue(code="lint-sides-untied", state=LintState.MISSING, clause=own[0].clause, params=params)


def on_reserved_seats(version: StatuteVersion, mandate: Mandate) -> Iterator[Issue]:
    """Shares, several groups, and requirements beyond what the statute itself asks of every member."""
    if len(mandate.groups) > 1:
        number = len(mandate.groups)
        yield Issue(
            code="lint-seats-divided",
            state=LintState.FORBIDDEN,
            clause=mandate.groups[1].clause,
            params={"number": number, "groups": _titles(mandate.groups)},
        )
    for group in mandate.groups:
        for share in group.shares:
            yield in_group("lint-reserved", LintState.FORBIDDEN, group, seats=share.seats, title=share.title)
    asked = {rule.asks.has for rule in version.rules if isinstance(rule.asks, EveryMember)}
    for each in mandate.all_requirements():
        by_law = each.bound is Bound.ALL and each.property.partition(":")[0] in asked
        if each.applies_to is Role.MEMBER and not by_law:
            yield _reserving(each)


def _reserving(each: Requirement) -> Issue:
    return Issue(
        code="lint-reserved-wish" if each.preferred else "lint-reserved-requirement",
        state=LintState.ADVISABLE if each.preferred else LintState.FORBIDDEN,
        clause=each.clause,
        params={"title": each.title, "bound": bound_in_words(each)},
    )


def on_personal_alternates(mandate: Mandate) -> Iterator[Issue]:
    """Whether each member has an alternate of their own."""
    for group in mandate.groups:
        kind = group.alternates.kind
        if kind is AlternateKind.UNSTATED:
            yield in_group("lint-alternates-open", LintState.UNSTATED, group)
        elif kind is not AlternateKind.PERSONAL or _may_lack_one(group):
            yield in_group("lint-alternates", LintState.MISSING, group, kind=word(kind))


def _may_lack_one(group: SeatGroup) -> bool:
    per_member = group.alternates.per_member
    return per_member is not None and per_member.least < 1


def on_more_alternates(mandate: Mandate) -> Iterator[Issue]:
    """Whether there may be more alternates than members."""
    for group in mandate.groups:
        alternates, seats = group.alternates, group.seats
        if alternates.at_most_members or (
            alternates.number.most is not None and seats.has_room_for(alternates.number.most)
        ):
            continue
        if alternates.number.open:
            yield in_group("lint-alternates-number-open", LintState.UNSTATED, group)
        else:
            number = number_of(alternates.number)
            yield in_group("lint-more-alternates", LintState.FORBIDDEN, group, number=number, seats=number_of(seats))


def _of(side: Side, mandate: Mandate) -> tuple[SeatGroup, ...]:
    """The groups of one side: others send those who are nominated by, or drawn from, a named body."""
    return tuple(
        group
        for group in mandate.groups
        if (group.nominated_by is not None or group.drawn_from is not None) is (side is Side.SENT)
    )


def _seats(groups: tuple[SeatGroup, ...]) -> Seats:
    return sum((group.seats for group in groups), start=NO_SEATS)


def _inside(seats: Seats, allowed: Seats) -> bool:
    """Whether every number that the mandate allows is one that the statute allows."""
    above = allowed.most is not None and (seats.most is None or seats.most > allowed.most)
    return seats.least >= allowed.least and not above


def _titles(groups: tuple[SeatGroup, ...]) -> Text:
    return Text(da=", ".join(group.title.da for group in groups), en=", ".join(group.title.en for group in groups))
