"""Does what a vacancy asks for: the place ended, the successor seated, every earlier day as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from composition_rules.council import Council, Holding, OfficeHolding, Substitution
from composition_rules.errors import CouncilError
from composition_rules.mandate import Cause, Mandate, Role
from composition_rules.people import PersonId
from composition_rules.succession.outcomes import DecisionRequired, Option, Outcome, StepsIn, Vacancy
from composition_rules.succession.vacancies import succession

_Held = TypeVar("_Held", Holding, OfficeHolding, Substitution)


def vacate(council: Council, mandate: Mandate, vacancy: Vacancy) -> Council:
    """The council after the holder has left: the place empty, and every office of one who is no member any more.

    Whoever has died leaves every place. Who sat in for the holder sits in no longer.

    Raises:
        CouncilError: see ``succession``; or the mandate does not say that the cause ends the seat (code
            seat-end-undecided).
    """
    _settled(council, mandate, vacancy)
    return _vacated(council, vacancy)


def succeed(
    council: Council,
    mandate: Mandate,
    vacancy: Vacancy,
    *,
    decision: str,
    since: date | None = None,
    chosen: PersonId | None = None,
) -> Council:
    """The council with the seat ended and the alternate on it, who leaves the place of an alternate.

    From the day after the last one, or from ``since``. Where the mandate leaves the choice open, ``chosen`` is the
    alternate that was decided on.

    Raises:
        CouncilError: see ``vacate``; or no alternate steps in, the one chosen is not among those who may, or the
            first day is too early (codes nobody-steps-in, not-among-alternates, successor-too-early, seat-held).
    """
    outcome = _settled(council, mandate, vacancy)
    leaver = vacancy.holder(council.on(vacancy.last_day))
    first = vacancy.first_day if since is None else since
    if first < vacancy.first_day:
        raise CouncilError("successor-too-early", since=first.isoformat(), first=vacancy.first_day.isoformat())
    alternate = _alternate(council, vacancy, outcome, chosen)
    until = vacancy.open_until(leaver)
    seated = replace(alternate, seat=vacancy.seat, role=Role.MEMBER, decision=decision, since=first, until=until)
    freed = _freed(_vacated(council, vacancy), alternate.person.id, first - timedelta(days=1))
    return freed.seat(seated, mandate=mandate)


def _settled(council: Council, mandate: Mandate, vacancy: Vacancy) -> Outcome:
    """What comes of the vacancy, once it is settled that the place ends."""
    outcome = succession(council, mandate, vacancy)
    if isinstance(outcome, DecisionRequired) and Option.END_SEAT in outcome.options:
        raise CouncilError("seat-end-undecided", group=vacancy.group, seat=vacancy.seat)
    return outcome


def _alternate(council: Council, vacancy: Vacancy, outcome: Outcome, chosen: PersonId | None) -> Holding:
    """The alternate's holding of the one who steps in, or was chosen."""
    if isinstance(outcome, StepsIn) and chosen in (None, outcome.alternate.person.id):
        return outcome.alternate
    if chosen is None:
        raise CouncilError("nobody-steps-in", group=vacancy.group, seat=vacancy.seat)
    if isinstance(outcome, DecisionRequired) and chosen in [person.id for person in outcome.people]:
        for holding in council.on(vacancy.last_day):
            if (holding.person.id, holding.group, holding.role) == (chosen, vacancy.group, Role.ALTERNATE):
                return holding
    raise CouncilError("not-among-alternates", person=chosen, group=vacancy.group, seat=vacancy.seat)


def _vacated(council: Council, vacancy: Vacancy) -> Council:
    leaver = vacancy.holder(council.on(vacancy.last_day))
    who, last_day = leaver.person.id, vacancy.last_day
    died = vacancy.cause is Cause.DEATH
    holdings = _cut(
        council.holdings, lambda each: each is leaver or (died and each.person.id == who), last_day=last_day
    )
    left = replace(council, holdings=holdings)
    member = any(each.person.id == who and each.role is Role.MEMBER for each in left.on(vacancy.first_day))
    offices = council.offices
    if died or (vacancy.role is Role.MEMBER and not member):
        held = council.officers_on(last_day)
        offices = _cut(
            offices, lambda each: each.person.id == who and (died or each in held), last_day=last_day
        )  # an office of a later term stands, unless the holder has died
    substitutions = _cut(council.substitutions, lambda each: _ends_with(each, vacancy, leaver), last_day=last_day)
    return replace(left, offices=offices, substitutions=substitutions)


def _ends_with(substitution: Substitution, vacancy: Vacancy, leaver: Holding) -> bool:
    """Whether nobody is sat in for any more, or whoever sat in is an alternate no more."""
    if substitution.person.id == leaver.person.id:
        return vacancy.role is Role.ALTERNATE or vacancy.cause is Cause.DEATH
    in_place = vacancy.role is Role.MEMBER and (substitution.group, substitution.seat) == (vacancy.group, vacancy.seat)
    later = leaver.until is not None and leaver.until < substitution.since
    return in_place and not later


def _freed(council: Council, person: PersonId, last_day: date) -> Council:
    """The council in which somebody is an alternate, and sits in for others, no longer than ``last_day``."""
    return replace(
        council,
        holdings=_cut(
            council.holdings,
            lambda each: each.person.id == person and each.role is Role.ALTERNATE,
            last_day=last_day,
        ),
        substitutions=_cut(council.substitutions, lambda each: each.person.id == person, last_day=last_day),
    )


def _cut(held: tuple[_Held, ...], ends: Callable[[_Held], bool], *, last_day: date) -> tuple[_Held, ...]:
    """What is held, with no day after ``last_day`` for that which ends; what had not begun by then is gone."""
    kept = []
    for each in held:
        if not ends(each) or (each.until is not None and each.until <= last_day):
            kept.append(each)
        elif each.since <= last_day:
            kept.append(replace(each, until=last_day))
    return tuple(kept)
