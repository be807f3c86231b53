"""A vacancy held against the mandate: whether the seat ends at all, and who takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from composition_rules.check.findings import Finding, FindingState, Param
from composition_rules.check.requirements import check_requirement, check_shares
from composition_rules.council import Council, Holding
from composition_rules.errors import CouncilError
from composition_rules.mandate import (
    UNSTATED,
    AlternateKind,
    Bound,
    Cause,
    Clause,
    EmptyPlace,
    Mandate,
    Requirement,
    Role,
    Route,
    SeatGroup,
    Silence,
    Successor,
    Text,
    Vacancies,
    in_words,
)
from composition_rules.people import Person
from composition_rules.succession.alternates import Line, Opening, asked_of, asks_residence, line_for, undecided
from composition_rules.succession.outcomes import (
    Appointed,
    ByElection,
    DecisionRequired,
    Option,
    Outcome,
    PassedOver,
    Reason,
    StaysEmpty,
    StepsIn,
    Vacancy,
)

# No election binds the municipal council: it is the council that appoints (domain note, section 0).
MUNICIPAL_COUNCIL = Text(da="kommunalbestyrelsen", en="the municipal council")


def succession(council: Council, mandate: Mandate, vacancy: Vacancy) -> Outcome:
    """Who takes a place that falls empty, or what the mandate says instead, or that it says nothing.

    Raises:
        CouncilError: the council belongs to another mandate, nobody holds the place, or the cause does not end it
            (codes of ``Council.verify``, seat-not-held, no-day-after, absences-uncounted, absences-too-few,
            lost-membership-unnamed, membership-not-asked, membership-still-met).
    """
    council.verify(mandate)
    group = mandate.group(vacancy.group)
    leaver = vacancy.holder(council.on(vacancy.last_day))
    case = _Case(
        mandate=mandate,
        group=group,
        rules=mandate.vacancies_of(vacancy.group),
        vacancy=vacancy,
        leaver=leaver,
    )
    doubt = _whether_it_ends(council, case)
    if doubt is not None:
        return doubt
    if vacancy.role is Role.ALTERNATE:
        rule = EmptyPlace.UNSTATED if isinstance(case.rules, Silence) else case.rules.alternate_left
        return _left(case, rule, "alternate-left-unstated")
    successor = Successor.UNSTATED if isinstance(case.rules, Silence) else case.rules.successor
    if successor is Successor.APPOINTED:
        return _left(case, EmptyPlace.APPOINT)
    if successor is Successor.BY_ELECTION:
        return _left(case, EmptyPlace.BY_ELECTION)
    opening = Opening(
        group=case.group,
        seat=vacancy.seat,
        leaves=leaver.person.id,
        held_on=vacancy.last_day,
        first_day=vacancy.first_day,
        until=vacancy.open_until(leaver),
        declined=vacancy.declined,
    )
    return _from_line(case, line_for(council, mandate, opening))


def consents_of(person: Person, rules: Vacancies | Silence) -> tuple[Text, ...]:
    """Who is asked: the person, and whoever the mandate names."""
    own = (Text(da=person.name, en=person.name),)
    return own + _named(rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    mandate: Mandate
    group: SeatGroup
    rules: Vacancies | Silence
    vacancy: Vacancy
    leaver: Holding

    @property
    def alternates_clause(self) -> Clause:
        return self.group.alternates.clause or self.group.clause

    def reason(self, code: str, clause: Clause, **params: Param) -> Reason:
        named: dict[str, Param] = {"group": self.group.title, "seat": self.vacancy.seat}
        return Reason(code=code, clause=clause, params=named | params)


def _from_line(case: _Case, line: Line) -> Outcome:
    """The first of the alternates, if the mandate says who is first and anybody is there."""
    if not line.available:
        rule = EmptyPlace.UNSTATED if isinstance(case.rules, Silence) else case.rules.nobody_left
        none = case.group.alternates.kind is AlternateKind.NONE
        return _left(case, rule, "no-alternates-unstated" if none else "nobody-left-unstated", line.passed_over)
    found = undecided(case.group, line.available)
    if found is not None:
        code, option = found
        return DecisionRequired(
            options=(option,),
            people=tuple(holding.person for holding in line.available),
            reason=case.reason(code, case.alternates_clause),
            passed_over=line.passed_over,
        )
    first = line.available[0]
    stated = isinstance(case.rules, Vacancies) and case.rules.successor is Successor.ALTERNATE
    clause = case.rules.clause if stated and isinstance(case.rules, Vacancies) else case.alternates_clause
    return StepsIn(
        alternate=first,
        consents=consents_of(first.person, case.rules),
        reason=case.reason("alternate-steps-in", clause, person=first.person.name, place=first.seat),
        passed_over=line.passed_over,
    )


def _left(
    case: _Case, rule: EmptyPlace, silent: str = "nobody-left-unstated", passed_over: tuple[PassedOver, ...] = ()
) -> Outcome:
    """What happens to a place that no alternate takes: the mandate's rule; the code ``silent`` where it has none."""
    clause = case.alternates_clause if isinstance(case.rules, Silence) else case.rules.clause
    by = _appoints(case.group)
    match rule:
        case EmptyPlace.LEAVE_EMPTY:
            return StaysEmpty(reason=case.reason("place-stays-empty", clause), passed_over=passed_over)
        case EmptyPlace.BY_ELECTION:
            return ByElection(reason=case.reason("place-by-election", clause), passed_over=passed_over)
        case EmptyPlace.APPOINT:
            reason = case.reason("place-appointed", clause, by=in_words(by))
            return Appointed(by=by, consents=_named(case.rules), reason=reason, passed_over=passed_over)
        case EmptyPlace.UNSTATED:
            elected = case.group.route is Route.DIRECT_ELECTION
            between = (Option.BY_ELECTION,) if elected else ()
            return DecisionRequired(
                options=(Option.LEAVE_EMPTY, *between, Option.APPOINT),
                reason=case.reason(silent, case.alternates_clause, by=in_words(by)),
                passed_over=passed_over,
            )
        case _:
            assert_never(rule)


def _named(rules: Vacancies | Silence) -> tuple[Text, ...]:
    if isinstance(rules, Silence) or isinstance(rules.consent, Silence):
        return ()
    return (rules.consent,)


def _appoints(group: SeatGroup) -> Text | Silence:
    """Who appoints somebody to a place of the group outside an election."""
    if group.route is Route.DIRECT_ELECTION:
        return MUNICIPAL_COUNCIL
    if isinstance(group.filled_by, Silence):
        return UNSTATED
    if group.nominated_by is None:
        return group.filled_by
    word, name = group.filled_by, group.nominated_by
    return Text(da=f"{word.da} efter indstilling fra {name.da}", en=f"{word.en} on nomination by {name.en}")


def _whether_it_ends(council: Council, case: _Case) -> DecisionRequired | None:
    """None where the cause ends the place; else that this must be decided first."""
    cause = case.vacancy.cause
    match cause:
        case Cause.RESIGNATION | Cause.DEATH | Cause.OTHER:
            return None
        case Cause.MOVED_AWAY:
            asked = asks_residence(case.mandate, case.group, case.vacancy.role)
            stated = isinstance(case.rules, Vacancies) and case.rules.ends_by(cause)
            return None if stated or asked is not None else _in_doubt(case, "moving-away-unstated")
        case Cause.ABSENCE:
            if isinstance(case.rules, Silence) or not case.rules.ends_by(cause):
                return _in_doubt(case, "absence-unstated")
            return _count(case, case.rules.absences)
        case Cause.LOST_MEMBERSHIP:
            _verify_lost(council, case)
            return None
        case _:
            assert_never(cause)


def _in_doubt(case: _Case, code: str) -> DecisionRequired:
    clause = case.group.clause if isinstance(case.rules, Silence) else case.rules.clause
    reason = case.reason(code, clause, person=case.leaver.person.name)
    return DecisionRequired(options=(Option.KEEP_SEAT, Option.END_SEAT), reason=reason)


def _count(case: _Case, needed: int | Silence | None) -> DecisionRequired | None:
    """Whether the holder stayed away often enough."""
    if not isinstance(needed, int):
        return _in_doubt(case, "absences-unstated")
    absences, who = case.vacancy.absences, case.leaver.person.name
    if absences is None:
        raise CouncilError("absences-uncounted", person=who, needed=needed)
    if absences < needed:
        raise CouncilError("absences-too-few", person=who, absences=absences, needed=needed)
    return None


def _verify_lost(council: Council, case: _Case) -> None:
    """That the mandate asks for what was lost, and is not met without it.

    Raises:
        CouncilError: see ``succession``.
    """
    lost, who = case.vacancy.lost, case.leaver.person
    if lost is None:
        raise CouncilError("lost-membership-unnamed", person=who.name)
    without = list(_held_without(council, case, lost))
    if not without:
        raise CouncilError("membership-not-asked", group=case.group.id, property=lost)
    if isinstance(case.rules, Vacancies) and case.rules.ends_by(Cause.LOST_MEMBERSHIP):
        return
    if not any(without):
        raise CouncilError("membership-still-met", person=who.name, property=lost)


def _held_without(council: Council, case: _Case, lost: str) -> Iterator[bool]:
    """For each rule that asks for the property, whether it is not met once the holder lacks it."""
    day, role, group = case.vacancy.first_day, case.vacancy.role, case.group
    people = {
        of: tuple(
            _lacking(each.person.on(day), lost) if each.person.id == case.leaver.person.id else each.person.on(day)
            for each in council.on(case.vacancy.last_day)
            if each.role is role and (of is None or each.group == of.id)
        )
        for of in (group, None)
    }
    for requirement, of in asked_of(case.mandate, group, role):
        if requirement.property == lost and requirement.bound is not Bound.AT_MOST:
            yield _asked(case.mandate, requirement, of, people[of], role).state is not FindingState.MET
    if role is Role.MEMBER and any(share.property == lost for share in group.shares):
        yield check_shares(group, people[group]).state is FindingState.IMPOSSIBLE


def _asked(
    mandate: Mandate, requirement: Requirement, of: SeatGroup | None, people: tuple[Person, ...], role: Role
) -> Finding:
    if of is not None:
        return check_requirement(requirement, people, of.places(role), title=of.title, group=of.id)
    places = mandate.seats if role is Role.MEMBER else mandate.alternates
    return check_requirement(requirement, people, places, title=mandate.body, group=None)


def _lacking(person: Person, lost: str) -> Person:
    return replace(person, properties=person.properties - {lost}, spells=())
