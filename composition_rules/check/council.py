"""Holds a council against its mandate: group by group, then as a whole. ``requirements.py`` judges properties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from composition_rules.check.findings import Finding, FindingState, Param
from composition_rules.check.known import as_known, check_lost, check_moved
from composition_rules.check.nominations import check_nominations
from composition_rules.check.requirements import check_requirement, check_shares
from composition_rules.check.substitutes import check_personal_alternates, check_substitutes
from composition_rules.check.terms import term_end
from composition_rules.council import Council, Holding
from composition_rules.mandate import (
    Mandate,
    Officers,
    Requirement,
    Role,
    SeatGroup,
    SeatGroupId,
    Seats,
    Term,
    Text,
    in_words,
)
from composition_rules.people import Person, PersonId


def check(council: Council, mandate: Mandate, *, on: date) -> tuple[Finding, ...]:
    """Hold the council against its mandate as it stood on the day ``on``.

    Raises:
        CouncilError: the council belongs to another mandate, or holds a place that the mandate does not have.
    """
    council.verify(mandate)
    order = [group.id for group in mandate.groups]
    sitting = tuple(
        sorted(
            as_known(council.on(on), on),
            key=lambda holding: (order.index(holding.group), holding.role is Role.ALTERNATE, holding.seat),
        )
    )
    findings: list[Finding] = []
    for group in mandate.groups:
        findings += _group_findings(mandate, group, sitting, on)
        findings += check_nominations(council, group, _people(sitting, Role.MEMBER, group.id), on)
    findings += _total(mandate, sitting)
    for requirement in mandate.requirements:
        people, places = _people(sitting, requirement.applies_to), _places_of(mandate, requirement.applies_to)
        findings += _required(requirement, people, places, on, title=mandate.body, group=None)
    findings += _twice(mandate, sitting)
    findings += check_moved(mandate, sitting, on)
    findings += _terms(mandate, sitting, on)
    findings += check_substitutes(council, mandate, on)
    findings += _offices(council, mandate, sitting, on)
    return tuple(findings)


def _group_findings(mandate: Mandate, group: SeatGroup, sitting: tuple[Holding, ...], on: date) -> Iterable[Finding]:
    people = {role: _people(sitting, role, group.id) for role in Role}
    yield _places(group, Role.MEMBER, people[Role.MEMBER])
    if group.alternates.number.most != 0:
        yield _places(group, Role.ALTERNATE, people[Role.ALTERNATE])
    if group.alternates.at_most_members:
        yield _alternates_within_members(group, people)
    yield from check_personal_alternates(group, sitting)
    if group.as_many_as is not None:
        yield _balance(group, mandate.group(group.as_many_as), sitting)
    if group.shares:
        yield check_shares(group, people[Role.MEMBER])
    for requirement in group.requirements:
        role = requirement.applies_to
        yield from _required(requirement, people[role], group.places(role), on, title=group.title, group=group.id)


def _required(
    requirement: Requirement,
    people: tuple[Person, ...],
    places: Seats,
    on: date,
    *,
    title: Text,
    group: SeatGroupId | None,
) -> Iterable[Finding]:
    """A requirement, and where it is not met whoever met it once."""
    found = check_requirement(requirement, people, places, title=title, group=group)
    yield found
    yield from check_lost(requirement, found, people, on)


def _people(sitting: Iterable[Holding], role: Role, group: SeatGroupId | None = None) -> tuple[Person, ...]:
    return tuple(each.person for each in sitting if each.role is role and group in (None, each.group))


def _places_of(mandate: Mandate, role: Role) -> Seats:
    return mandate.seats if role is Role.MEMBER else mandate.alternates


def _places(group: SeatGroup, role: Role, people: tuple[Person, ...]) -> Finding:
    """Whether the seats of a group, or its places for alternates, are filled."""
    places, filled = group.places(role), len(people)
    number = "seats" if role is Role.MEMBER else "alternates"
    params: dict[str, Param] = {"group": group.title, number: places, "filled": filled}
    lacking = places.least - filled
    if lacking > 0:
        state = FindingState.NOT_YET
        code = "seats-empty" if role is Role.MEMBER else "alternates-lacking"
        params |= {"lacking": lacking, number: places.least, "filled_by": in_words(group.filled_by)}
    else:
        state = FindingState.MET
        if places.fixed:
            code = "seats-filled" if role is Role.MEMBER else "alternates-named"
        else:
            code = f"{number}-open" if places.open else f"{number}-enough"
    return Finding(code=code, state=state, group=group.id, clause=group.clause, people=people, params=params)


def _alternates_within_members(group: SeatGroup, people: Mapping[Role, tuple[Person, ...]]) -> Finding:
    """Whether there are no more alternates than members. A seat that has fallen empty takes no alternate away."""
    alternates = people[Role.ALTERNATE]
    members = max(len(people[Role.MEMBER]), group.seats.least)
    within = len(alternates) <= members
    return Finding(
        code="alternates-within-members" if within else "alternates-above-members",
        state=FindingState.MET if within else FindingState.IMPOSSIBLE,
        group=group.id,
        clause=group.alternates.clause or group.clause,
        people=alternates,
        params={"group": group.title, "filled": len(alternates), "members": members},
    )


def _balance(group: SeatGroup, other: SeatGroup, sitting: tuple[Holding, ...]) -> Finding:
    """Whether two groups that must be equally large are."""
    counted = {each.id: len(_people(sitting, Role.MEMBER, each.id)) for each in (group, other)}
    few, many = sorted((group, other), key=lambda each: counted[each.id])
    state = FindingState.MET
    if counted[few.id] < counted[many.id]:
        can_grow = few.seats.has_room_for(counted[many.id])
        state = FindingState.NOT_YET if can_grow else FindingState.IMPOSSIBLE
    return Finding(
        code="groups-equal" if state is FindingState.MET else "groups-unequal",
        state=state,
        group=group.id,
        clause=group.clause,
        params={
            "group": group.title,
            "other": other.title,
            "counted": counted[group.id],
            "other_counted": counted[other.id],
        },
    )


def _total(mandate: Mandate, sitting: tuple[Holding, ...]) -> Iterable[Finding]:
    """The number of members, where the mandate says more of it than the groups add up to."""
    total, filled = mandate.seats, len(_people(sitting, Role.MEMBER))
    if total == mandate.counted(Role.MEMBER):
        return
    state = FindingState.MET if total.holds(filled) else FindingState.IMPOSSIBLE
    if filled < total.least:
        state = FindingState.NOT_YET
    params: dict[str, Param] = {"seats": total, "filled": filled}
    yield Finding(code=f"total-{state}", state=state, group=None, clause=mandate.composition, params=params)


def _twice(mandate: Mandate, sitting: tuple[Holding, ...]) -> Iterable[Finding]:
    """People on two places: two seats make a council of fewer people; an alternate who sits cannot step in."""
    if mandate.one_seat_each is False:  # the mandate itself allows it
        return
    by_person: dict[PersonId, list[Holding]] = {}
    for holding in sitting:
        by_person.setdefault(holding.person.id, []).append(holding)
    doubles = [holdings for holdings in by_person.values() if len(holdings) > 1]
    if not doubles:
        yield Finding(code="nobody-twice", state=FindingState.MET, group=None, clause=mandate.composition)
    for holdings in doubles:
        person = holdings[0].person
        params: dict[str, Param] = {"person": person.name, "places": _place_names(mandate, holdings)}
        if sum(holding.role is Role.MEMBER for holding in holdings) > 1:
            code, state, group, clause = "person-in-two-seats", FindingState.IMPOSSIBLE, None, mandate.composition
        else:
            spare = mandate.group([holding for holding in holdings if holding.role is Role.ALTERNATE][-1].group)
            code, state, group, clause = "alternate-elsewhere", FindingState.NOT_YET, spare.id, spare.clause
        yield Finding(code=code, state=state, group=group, clause=clause, people=(person,), params=params)


def _terms(mandate: Mandate, sitting: tuple[Holding, ...], on: date) -> Iterable[Finding]:
    """Whose term is over. Nothing is found where the mandate says nothing of terms."""
    stated = [term for term in (mandate.term_of(group.id) for group in mandate.groups) if isinstance(term, Term)]
    expired = [(holding, ended) for holding in sitting if (ended := term_end(mandate, holding)) and ended < on]
    if stated and not expired:
        years = {None if term.municipal_period is True else term.years for term in stated}
        params: dict[str, Param] = {"years": str(next(iter(years)))}
        numbered = len(years) == 1 and all(isinstance(each, int) for each in years)
        yield Finding(
            code="terms-running" if numbered else "every-term-running",
            state=FindingState.MET,
            group=None,
            clause=stated[0].clause,
            params=params if numbered else {},
        )
    for holding, ended in expired:
        term = mandate.term_of(holding.group)
        if isinstance(term, Term):
            yield _expired(mandate, holding, term, ended)


def _expired(mandate: Mandate, holding: Holding, term: Term, ended: date) -> Finding:
    code = "period-expired" if term.municipal_period is True else "term-expired"
    return Finding(
        code="term-held-over" if term.until_successor is True else code,
        state=FindingState.NOT_YET,
        group=holding.group,
        clause=term.clause,
        people=(holding.person,),
        params={
            "group": mandate.group(holding.group).title,
            "person": holding.person.name,
            "since": holding.since,
            "ended": ended,
            "years": str(term.years),
        },
    )


def _offices(council: Council, mandate: Mandate, sitting: tuple[Holding, ...], on: date) -> Iterable[Finding]:
    """Whether each office is held, and by a member."""
    members = {holding.person.id for holding in sitting if holding.role is Role.MEMBER}
    held = {holding.office: holding.person for holding in council.officers_on(on)}
    if not isinstance(mandate.officers, Officers):
        return
    for rule in mandate.officers.offices:
        person = held.get(rule.office)
        params: dict[str, Param] = {"office": rule.title}
        if person is None:
            code, state = "office-empty", FindingState.NOT_YET
            params["chosen_by"] = in_words(mandate.officers.chosen_by)
        else:
            seated = person.id in members
            code = "office-filled" if seated else "officer-without-seat"
            state = FindingState.MET if seated else FindingState.NOT_YET
            params["person"] = person.name
        yield Finding(
            code=code,
            state=state,
            group=None,
            clause=mandate.officers.clause,
            people=() if person is None else (person,),
            params=params,
        )


def _place_names(mandate: Mandate, holdings: Iterable[Holding]) -> Text:
    """The places in words, such as “Directly elected 2; Other members 1 (alternate)”."""
    named = [(mandate.group(holding.group).title, holding) for holding in holdings]
    return Text(
        da="; ".join(f"{title.da} {held.seat}{_marked(held, 'suppleant')}" for title, held in named),
        en="; ".join(f"{title.en} {held.seat}{_marked(held, 'alternate')}" for title, held in named),
    )


def _marked(holding: Holding, word: str) -> str:
    return f" ({word})" if holding.role is Role.ALTERNATE else ""
