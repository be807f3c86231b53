"""Whether alternates belong to members who are there, and whether those who sit in for a member still may."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from composition_rules.check.findings import Finding, FindingState, Param, names_of
from composition_rules.check.terms import last_of_months
from composition_rules.council import Council, Holding, Substitution
from composition_rules.mandate import AlternateKind, Clause, Mandate, Role, SeatGroup, Silence, SubstitutionRule


def check_personal_alternates(group: SeatGroup, sitting: Sequence[Holding]) -> Iterator[Finding]:
    """Alternates of a seat that nobody holds; members who lack theirs although the group has enough alternates."""
    per_member = group.alternates.per_member
    least, most = (1, 1) if per_member is None else (per_member.least, per_member.most)
    if group.alternates.kind is not AlternateKind.PERSONAL or not most:
        return
    held = {each.seat: each.person for each in sitting if each.group == group.id and each.role is Role.MEMBER}
    spare: dict[int, list[Holding]] = {}
    for each in sitting:
        if each.group == group.id and each.role is Role.ALTERNATE:
            spare.setdefault((each.seat - 1) // most + 1, []).append(each)
    clause = group.alternates.clause or group.clause
    for seat in sorted(spare.keys() - held.keys()):
        people = tuple(each.person for each in spare[seat])
        yield Finding(
            code="alternate-without-member",
            state=FindingState.NOT_YET,
            group=group.id,
            clause=clause,
            people=people,
            params={"group": group.title, "people": names_of(people), "seat": seat},
        )
    lacking = tuple(person for seat, person in sorted(held.items()) if len(spare.get(seat, ())) < least)
    if lacking and sum(map(len, spare.values())) >= group.alternates.number.least:
        yield Finding(
            code="member-without-alternate",
            state=FindingState.NOT_YET,
            group=group.id,
            clause=clause,
            people=lacking,
            params={"group": group.title, "people": names_of(lacking)},
        )


def check_substitutes(council: Council, mandate: Mandate, on: date) -> Iterator[Finding]:
    """Whoever sits in for a member who has left, is no alternate on this day, or has sat in for too long."""
    for each in council.substitutes_on(on):
        group = mandate.group(each.group)
        params: dict[str, Param] = {"group": group.title, "person": each.person.name, "seat": each.seat}
        absent = _absent(council, each)
        clause = group.alternates.clause or group.clause
        if absent.until is not None and absent.until < on:
            left: dict[str, Param] = {"member": absent.person.name, "ended": absent.until}
            yield _finding("substitute-for-nobody", each, clause, params | left)
        if not _is_alternate(council, each, on):
            yield _finding("substitute-no-alternate", each, clause, params)
        limit = _last_day(mandate, each)
        if limit is not None and limit[0] < on:
            yield _finding("substitute-too-long", each, limit[1], params | {"since": each.since, "ended": limit[0]})


def _finding(code: str, each: Substitution, clause: Clause, params: dict[str, Param]) -> Finding:
    return Finding(
        code=code,
        state=FindingState.NOT_YET,
        group=each.group,
        clause=clause,
        people=(each.person,),
        params=params,
    )


def _absent(council: Council, each: Substitution) -> Holding:
    """The member for whom the substitute was called in; a council has no substitution without one."""
    place = (each.group, Role.MEMBER, each.seat)
    return next(holding for holding in council.on(each.since) if holding.place == place)


def _is_alternate(council: Council, each: Substitution, on: date) -> bool:
    return any(
        holding.group == each.group and holding.role is Role.ALTERNATE and holding.person.id == each.person.id
        for holding in council.on(on)
    )


def _last_day(mandate: Mandate, each: Substitution) -> tuple[date, Clause] | None:
    """The last day on which the substitute may sit in, and the clause that says so."""
    vacancies = mandate.vacancies_of(each.group)
    if isinstance(vacancies, Silence) or not isinstance(vacancies.substitution, SubstitutionRule):
        return None
    rule = vacancies.substitution
    if isinstance(rule.at_most_months, Silence):
        return None
    return last_of_months(each.since, rule.at_most_months), rule.clause
