"""A member who is away for a time and keeps the seat: who may sit in, under which clause, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from composition_rules.check.findings import Param
from composition_rules.check.terms import last_of_months
from composition_rules.council import Council, Holding, Substitution
from composition_rules.errors import CouncilError
from composition_rules.mandate import Clause, Mandate, Role, SeatGroupId, Silence, SubstitutionRule, Text
from composition_rules.people import PersonId
from composition_rules.succession.alternates import Line, Opening, line_for, undecided
from composition_rules.succession.outcomes import DecisionRequired, Option, PassedOver, Reason
from composition_rules.succession.vacancies import consents_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A member who is away from ``since`` to ``until``, both included; None is that nobody knows until when."""

    group: SeatGroupId
    seat: int
    since: date
    until: date | None = None
    declined: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SitsIn:
    """The alternate sits in until ``until``; None is until the member is back.

    From ``permanent_from`` on the mandate holds the absence for a vacancy; None where it does not come to that.
    """

    alternate: Holding
    until: date | None
    permanent_from: date | None
    consents: tuple[Text, ...]
    reason: Reason
    passed_over: tuple[PassedOver, ...] = ()


def substitution(council: Council, mandate: Mandate, absence: Absence) -> SitsIn | DecisionRequired:
    """Who may sit in for a member who is away and keeps the seat.

    Raises:
        CouncilError: the council belongs to another mandate, nobody holds the seat on the first day, somebody sits
            in for it already, the last day is before the first, or the absence is shorter than the mandate asks
            for (codes of ``Council.verify``, seat-not-held, seat-substituted, ends-before-it-begins,
            absence-too-short).
    """
    council.verify(mandate)
    if absence.until is not None and absence.until < absence.since:
        days = {"since": absence.since.isoformat(), "until": absence.until.isoformat()}
        raise CouncilError("ends-before-it-begins", **days)
    member = _member(council, absence)
    group, rules = mandate.group(absence.group), mandate.vacancies_of(absence.group)
    opening = Opening(
        group=group,
        seat=absence.seat,
        leaves=member.person.id,
        held_on=absence.since,
        first_day=absence.since,
        until=absence.until,
        declined=absence.declined,
    )
    line = _not_called_in(council, absence, line_for(council, mandate, opening), group.clause)
    params: dict[str, Param] = {"group": group.title, "seat": absence.seat, "person": member.person.name}
    if isinstance(rules, Silence) or isinstance(rules.substitution, Silence):
        return _to_decide("substitution-unstated", group.clause, params, line)
    rule = rules.substitution
    if isinstance(rule.at_least_months, int):
        params["months"] = rule.at_least_months
        if absence.until is None:
            return _to_decide("absence-length-unknown", rule.clause, params, line)
        _verify_long_enough(absence, absence.until, rule.at_least_months)
    if not line.available:
        return _to_decide("nobody-sits-in", rule.clause, params, line)
    found = undecided(group, line.available)
    if found is not None:
        code, option = found
        return _to_decide(code, rule.clause, params, line, option)
    first = line.available[0]
    away_until, permanent_from = _ends(absence, rule)
    return SitsIn(
        alternate=first,
        until=_earliest(away_until, member.until, first.until),
        permanent_from=permanent_from,
        consents=consents_of(first.person, rules),
        reason=Reason(code="alternate-sits-in", clause=rule.clause, params=params | {"person": first.person.name}),
        passed_over=line.passed_over,
    )


def call_in(
    council: Council, mandate: Mandate, absence: Absence, *, decision: str, chosen: PersonId | None = None
) -> Council:
    """The council with the alternate sitting in; the member keeps the seat.

    Where the mandate leaves it open, ``chosen`` is the alternate that was decided on.

    Raises:
        CouncilError: see ``substitution``; or nobody sits in, or the one chosen is not among those who may (codes
            nobody-steps-in, not-among-alternates).
    """
    outcome = substitution(council, mandate, absence)
    if isinstance(outcome, SitsIn):
        until, people = outcome.until, [outcome.alternate.person.id]
        chosen = outcome.alternate.person.id if chosen is None else chosen
    else:
        until, people = absence.until, [person.id for person in outcome.people]
    if chosen is None:
        raise CouncilError("nobody-steps-in", group=absence.group, seat=absence.seat)
    for holding in council.on(absence.since):
        alternate = (holding.group, holding.role) == (absence.group, Role.ALTERNATE)
        if alternate and holding.person.id == chosen and chosen in people:
            called = Substitution(
                person=holding.person,
                group=absence.group,
                seat=absence.seat,
                decision=decision,
                since=absence.since,
                until=_earliest(until, _member(council, absence).until, holding.until),
            )
            return council.substitute(called, mandate=mandate)
    raise CouncilError("not-among-alternates", person=chosen, group=absence.group, seat=absence.seat)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _member(council: Council, absence: Absence) -> Holding:
    for each in _sitting_in(council, absence):
        if (each.group, each.seat) == (absence.group, absence.seat):
            raise CouncilError(
                "seat-substituted",
                group=absence.group,
                seat=absence.seat,
                holder=each.person.name,
                since=each.since.isoformat(),
            )
    for holding in council.on(absence.since):
        if holding.place == (absence.group, Role.MEMBER, absence.seat):
            return holding
    raise CouncilError("seat-not-held", group=absence.group, seat=absence.seat, day=absence.since.isoformat())


def _sitting_in(council: Council, absence: Absence) -> list[Substitution]:
    """Who sits in for anybody on one of the days of the absence."""
    until = date.max if absence.until is None else absence.until
    return [
        each
        for each in council.substitutions
        if each.since <= until and (each.until is None or each.until >= absence.since)
    ]


def _not_called_in(council: Council, absence: Absence, line: Line, clause: Clause) -> Line:
    """The line without those who sit in for somebody else in those days."""
    busy = {each.person.id for each in _sitting_in(council, absence)}
    passed = tuple(
        PassedOver(
            person=holding.person,
            reason=Reason(
                code="passed-over-called-in",
                clause=clause,
                params={"person": holding.person.name},
            ),
        )
        for holding in line.available
        if holding.person.id in busy
    )
    free = tuple(holding for holding in line.available if holding.person.id not in busy)
    return Line(available=free, passed_over=line.passed_over + passed)


def _to_decide(
    code: str, clause: Clause, params: dict[str, Param], line: Line, option: Option | None = None
) -> DecisionRequired:
    """A decision on this option; else on calling somebody in, if there is anybody, or waiting."""
    people = tuple(holding.person for holding in line.available)
    options = (Option.CALL_IN_ALTERNATE, Option.WAIT_FOR_MEMBER) if people else (Option.WAIT_FOR_MEMBER,)
    if option is not None:
        options = (option,)
    reason = Reason(code=code, clause=clause, params=params)
    return DecisionRequired(options=options, people=people, reason=reason, passed_over=line.passed_over)


def _verify_long_enough(absence: Absence, until: date, months: int) -> None:
    if until < last_of_months(absence.since, months):
        raise CouncilError("absence-too-short", months=months, since=absence.since.isoformat(), until=until.isoformat())


def _ends(absence: Absence, rule: SubstitutionRule) -> tuple[date | None, date | None]:
    """Until when the alternate sits in, and from when on the seat is vacant."""
    if not isinstance(rule.at_most_months, int):
        return absence.until, None
    last = last_of_months(absence.since, rule.at_most_months)
    if absence.until is not None and absence.until <= last:
        return absence.until, None
    return last, last + timedelta(days=1) if last < date.max else None
