"""What a council has and what it lacks on one day, clause by clause, in the order a secretary would read.

First each seat group in the order of the mandate: its seats, its alternates, its requirements. Then the council as
a whole: people on two places, terms, offices. Duties such as meetings leave no trace in a council and are not read
here. A person who sits past the end of the term still counts as sitting: whether they may is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from composition_rules.council import Council, Holding
from composition_rules.mandate import Clause, Mandate, Requirement, Role, SeatGroup, SeatGroupId, Text
from composition_rules.people import Person, PersonId

Param = str | int | date | Text


class FindingState(StrEnum):
    """How a council stands to one clause."""

    MET = "met"
    NOT_YET = "not-yet"
    IMPOSSIBLE = "impossible"  # adding people cannot meet it: somebody has to leave a place first


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One clause held against the council.

    ``code`` names the sentence in ``messages.py`` and ``params`` what fills it; ``people`` are those concerned.
    """

    code: str
    state: FindingState
    group: SeatGroupId | None
    clause: Clause
    people: tuple[Person, ...] = ()
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)

    def params_in(self, language: str) -> dict[str, str | int]:
        """The params as words and numbers of one language, dates as 2024-09-10."""
        return {name: _plain(value, language) for name, value in self.params.items()}


def check(council: Council, mandate: Mandate, *, on: date) -> tuple[Finding, ...]:
    """Hold the council against its mandate as it stood on the day ``on``.

    Raises:
        CouncilError: the council belongs to another mandate, or holds a place that the mandate does not have.
    """
    council.verify(mandate)
    order = [group.id for group in mandate.groups]
    sitting = tuple(
        sorted(
            council.on(on),
            key=lambda holding: (order.index(holding.group), holding.role is Role.ALTERNATE, holding.seat),
        )
    )
    findings: list[Finding] = []
    for group in mandate.groups:
        of_group = [holding for holding in sitting if holding.group == group.id]
        findings += _group_findings(group, of_group)
    findings += _twice(mandate, sitting)
    findings += _terms(mandate, sitting, on)
    findings += _offices(council, mandate, sitting, on)
    return tuple(findings)


def _group_findings(group: SeatGroup, holdings: list[Holding]) -> Iterable[Finding]:
    people = {role: tuple(holding.person for holding in holdings if holding.role is role) for role in Role}
    yield _places(group, Role.MEMBER, people[Role.MEMBER])
    if group.alternates.number:
        yield _places(group, Role.ALTERNATE, people[Role.ALTERNATE])
    for requirement in group.requirements:
        yield _requirement(group, requirement, people[requirement.applies_to])


def _places(group: SeatGroup, role: Role, people: tuple[Person, ...]) -> Finding:
    """Whether all seats of a group, or all its places for alternates, are filled."""
    places = group.places(role)
    lacking = places - len(people)
    met, not_yet, number = (
        ("seats-filled", "seats-empty", "seats")
        if role is Role.MEMBER
        else ("alternates-named", "alternates-lacking", "alternates")
    )
    params: dict[str, Param] = {"group": group.title, number: places}
    if lacking:
        params |= {"lacking": lacking, "filled_by": group.filled_by}
    return Finding(
        code=not_yet if lacking else met,
        state=FindingState.NOT_YET if lacking else FindingState.MET,
        group=group.id,
        clause=group.clause,
        people=people,
        params=params,
    )


def _requirement(group: SeatGroup, requirement: Requirement, people: tuple[Person, ...]) -> Finding:
    """Whether enough of these people have the property; if not, whether the empty places can still bring it."""
    having = tuple(person for person in people if person.has(requirement.property))
    lacking = tuple(person for person in people if not person.has(requirement.property))
    needed = requirement.at_least - len(having)
    still_open = group.places(requirement.applies_to) - len(people)
    params: dict[str, Param] = {
        "group": group.title,
        "requirement": requirement.title,
        "at_least": requirement.at_least,
        "counted": len(having),
    }
    if needed <= 0:
        state, concerned = FindingState.MET, having
    elif needed <= still_open:
        state, concerned = FindingState.NOT_YET, having
        params["needed"] = needed
    else:
        state, concerned = FindingState.IMPOSSIBLE, lacking
        params |= {"needed": needed, "open": still_open, "people": _names(lacking)}
    return Finding(
        code=f"{requirement.applies_to}s-requirement-{state}",
        state=state,
        group=group.id,
        clause=requirement.clause,
        people=concerned,
        params=params,
    )


def _twice(mandate: Mandate, sitting: tuple[Holding, ...]) -> Iterable[Finding]:
    """People on two places: two seats make a council of fewer people; an alternate who sits cannot step in."""
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
    """Whose term is over: it runs for the mandate's years from the day that person took the place."""
    term = mandate.term
    expired = [holding for holding in sitting if _last_day(holding.since, term.years) < on]
    if not expired:
        params: dict[str, Param] = {"years": term.years}
        yield Finding(code="terms-running", state=FindingState.MET, group=None, clause=term.clause, params=params)
    for holding in expired:
        yield Finding(
            code="term-expired",
            state=FindingState.NOT_YET,
            group=holding.group,
            clause=term.clause,
            people=(holding.person,),
            params={
                "group": mandate.group(holding.group).title,
                "person": holding.person.name,
                "since": holding.since,
                "ended": _last_day(holding.since, term.years),
                "years": term.years,
            },
        )


def _offices(council: Council, mandate: Mandate, sitting: tuple[Holding, ...], on: date) -> Iterable[Finding]:
    """Whether each office is held, and by a member."""
    members = {holding.person.id for holding in sitting if holding.role is Role.MEMBER}
    held = {holding.office: holding.person for holding in council.officers_on(on)}
    for rule in mandate.officers.offices:
        person = held.get(rule.office)
        params: dict[str, Param] = {"office": rule.title}
        if person is None:
            code, state = "office-empty", FindingState.NOT_YET
            params["chosen_by"] = mandate.officers.chosen_by
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


def _last_day(since: date, years: int) -> date:
    """The day before ``since`` comes round for the ``years``-th time; 29 February comes round on 1 March."""
    year = since.year + years
    if year > date.max.year:
        return date.max
    try:
        return since.replace(year=year) - timedelta(days=1)
    except ValueError:
        return date(year, 2, 28)


def _place_names(mandate: Mandate, holdings: Iterable[Holding]) -> Text:
    """The places in words, such as “Directly elected 2; Other members 1 (alternate)”."""
    named = [(mandate.group(holding.group).title, holding) for holding in holdings]
    return Text(
        da="; ".join(f"{title.da} {held.seat}{_marked(held, 'suppleant')}" for title, held in named),
        en="; ".join(f"{title.en} {held.seat}{_marked(held, 'alternate')}" for title, held in named),
    )


def _marked(holding: Holding, word: str) -> str:
    return f" ({word})" if holding.role is Role.ALTERNATE else ""


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.name for person in people)


def _plain(value: Param, language: str) -> str | int:
    if isinstance(value, Text):
        return value.in_language(language)
    return value.isoformat() if isinstance(value, date) else value
