"""Which alternates stand in for a seat, in which order, and who of them is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from composition_rules.check.findings import Param
from composition_rules.check.terms import term_end
from composition_rules.council import Council, Holding
from composition_rules.mandate import (
    AlternateKind,
    AlternateOrder,
    Bound,
    Cause,
    Clause,
    Mandate,
    Requirement,
    Role,
    Route,
    SeatGroup,
    Silence,
    Term,
)
from composition_rules.people import Person, PersonId, PropertyKind, kind_of
from composition_rules.succession.outcomes import Option, PassedOver, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Who could take a seat over, in the order of their places, and who could not."""

    available: tuple[Holding, ...]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A seat that somebody else is to sit on: from which day, and until when if that is known.

    ``leaves`` holds it so far. An alternate must have held the place on the day ``held_on``.
    """

    group: SeatGroup
    seat: int
    leaves: PersonId
    held_on: date
    first_day: date
    until: date | None
    declined: frozenset[PersonId]


def line_for(council: Council, mandate: Mandate, opening: Opening) -> Line:
    """The alternates of the seat, those who cannot come set apart with the reason."""
    group = opening.group
    standing = sorted(
        (
            holding
            for holding in council.on(opening.held_on)
            if holding.role is Role.ALTERNATE and holding.group == group.id and _stands_in(group, holding, opening.seat)
        ),
        key=lambda holding: holding.seat,
    )
    available, passed = [], []
    for holding in standing:
        found = _obstacle(council, mandate, holding, opening)
        if found is None:
            available.append(holding)
            continue
        code, params, clause = found
        named: dict[str, Param] = {"person": holding.person.name, **params}
        passed.append(PassedOver(person=holding.person, reason=Reason(code=code, clause=clause, params=named)))
    return Line(available=tuple(available), passed_over=tuple(passed))


def undecided(group: SeatGroup, available: tuple[Holding, ...]) -> tuple[str, Option] | None:
    """Why the mandate does not say which of these alternates comes first; None where it does."""
    if _unknown_for_whom(group):
        return "alternates-for-whom-unstated", Option.CHOOSE_ALTERNATE
    if len(available) < 2:
        return None
    match group.alternates.order:
        case None | AlternateOrder.UNSTATED:
            return "alternates-without-order", Option.CHOOSE_ALTERNATE
        case AlternateOrder.LOT:
            return "alternates-by-lot", Option.DRAW_LOT
        case AlternateOrder.VOTES:
            # The places of elected alternates are numbered by votes; of one who came otherwise no votes are known.
            elected = all(holding.route is Route.DIRECT_ELECTION for holding in available)
            return None if elected else ("alternates-without-votes", Option.CHOOSE_ALTERNATE)
        case _:
            assert_never(group.alternates.order)


def asked_of(mandate: Mandate, group: SeatGroup, role: Role) -> Iterator[tuple[Requirement, SeatGroup | None]]:
    """What must hold of the people in this role: of the group's, then of the whole council's (None)."""
    for of, requirements in ((group, group.requirements), (None, mandate.requirements)):
        for each in requirements:
            if each.applies_to is role and not each.preferred:
                yield each, of


def asks_residence(mandate: Mandate, group: SeatGroup, role: Role) -> Requirement | None:
    """The requirement by which everybody in this role lives in the place; None where there is none."""
    for each, _ in asked_of(mandate, group, role):
        if kind_of(each.property) is PropertyKind.RESIDENCE and each.bound is Bound.ALL:
            return each
    return None


def _unknown_for_whom(group: SeatGroup) -> bool:
    per = group.alternates.per_member
    kind = group.alternates.kind
    return kind is AlternateKind.UNSTATED or (kind is AlternateKind.PERSONAL and per is not None and per.most is None)


def _stands_in(group: SeatGroup, holding: Holding, seat: int) -> bool:
    if group.alternates.kind is not AlternateKind.PERSONAL or _unknown_for_whom(group):
        return True
    per = group.alternates.per_member
    each = 1 if per is None or per.most is None else per.most
    return (seat - 1) * each < holding.seat <= seat * each


_Obstacle = tuple[str, dict[str, Param], Clause]


def _obstacle(council: Council, mandate: Mandate, holding: Holding, opening: Opening) -> _Obstacle | None:
    """Why an alternate cannot take the seat."""
    person, first, group = holding.person, opening.first_day, opening.group
    if person.id == opening.leaves:
        return "passed-over-leaves", {}, group.clause
    if person.id in opening.declined:
        return "passed-over-declined", {}, group.clause
    if holding.until is not None and holding.until < first:
        return "passed-over-place-ended", {"ended": holding.until}, group.clause
    term, ended = mandate.term_of(group.id), term_end(mandate, holding)
    if isinstance(term, Term) and term.until_successor is not True and ended is not None and ended < first:
        return "passed-over-term-over", {"ended": ended}, term.clause
    moved = _moved_away(mandate, group, person, first)
    if moved is not None:
        return "passed-over-moved-away", {}, moved
    if any(each.person.id == person.id and _sits(each, opening) for each in council.holdings):
        return "passed-over-sits", {}, mandate.composition
    return None


def _sits(holding: Holding, opening: Opening) -> bool:
    """Whether a member's seat is held on a day on which the open seat would be held too."""
    begins_later = opening.until is not None and opening.until < holding.since
    over = holding.until is not None and holding.until < opening.first_day
    return holding.role is Role.MEMBER and not begins_later and not over


def _moved_away(mandate: Mandate, group: SeatGroup, person: Person, day: date) -> Clause | None:
    """The clause by which one who has moved away cannot sit; None where the person has not, or nothing is said of it.

    Only a residence that is known to have ended counts: of one never recorded nothing is known.
    """
    rules, asked = mandate.vacancies_of(group.id), asks_residence(mandate, group, Role.MEMBER)
    if not isinstance(rules, Silence) and rules.ends_by(Cause.MOVED_AWAY):
        clause = rules.clause
    elif asked is not None:
        clause = asked.clause
    else:
        return None
    ended = (each for each in person.spells if each.until is not None and each.until < day)
    residences = [each.property for each in ended if kind_of(each.property) is PropertyKind.RESIDENCE]
    return clause if any(not person.on(day).has(each) for each in residences) else None
