"""A mandate held against one rule of a statute, kind by kind. Leaves to ``seats.py`` what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from composition_rules.lint.findings import Issue, LintState, in_group
from composition_rules.lint.seats import (
    on_equal_sides,
    on_members,
    on_more_alternates,
    on_personal_alternates,
    on_reserved_seats,
)
from composition_rules.mandate import Bound, ElectionRules, Mandate, Role, Route, SeatGroup, Silence, Text
from composition_rules.mandate.words import Office
from composition_rules.show.words import word
from composition_rules.statute import (
    AppointedBy,
    ElectionWords,
    EqualSides,
    EveryMember,
    LongestTerm,
    Marks,
    Members,
    Mentions,
    MunicipalTerm,
    NoMoreAlternates,
    NoReservedSeats,
    NoRoute,
    Notice,
    OnlyRoute,
    OwnChair,
    PersonalAlternates,
    StatuteRule,
    StatuteVersion,
)

_MUNICIPAL_YEARS: Final = 4  # it ends in 2025, 2029 and so on, see docs/mandates.md


def issues_of(rule: StatuteRule, version: StatuteVersion, mandate: Mandate) -> Iterator[Issue]:
    """What the mandate has against one rule; nothing where it meets it."""
    asks = rule.asks
    match asks:
        case Members():
            yield from on_members(asks, mandate)
        case EqualSides():
            yield from on_equal_sides(mandate)
        case OnlyRoute() | NoRoute():
            yield from _on_routes(asks, mandate)
        case AppointedBy():
            yield from _on_appointment(asks, mandate)
        case NoReservedSeats():
            yield from on_reserved_seats(version, mandate)
        case PersonalAlternates():
            yield from on_personal_alternates(mandate)
        case NoMoreAlternates():
            yield from on_more_alternates(mandate)
        case EveryMember():
            yield from _on_every_member(asks, mandate)
        case _:
            yield from _on_procedure(asks, mandate)


def _on_procedure(
    asks: MunicipalTerm | LongestTerm | Marks | Mentions | OwnChair | Notice, mandate: Mandate
) -> Iterator[Issue]:
    match asks:
        case MunicipalTerm() | LongestTerm():
            yield from _on_term(asks, mandate)
        case Marks() | Mentions():
            for group in mandate.groups:
                if group.election is not None:
                    yield from _on_election(asks, group, group.election)
        case OwnChair():
            yield from _on_chair(mandate)
        case Notice():
            yield from _on_notice(asks, mandate)
        case _:
            assert_never(asks)


def _on_routes(asks: OnlyRoute | NoRoute, mandate: Mandate) -> Iterator[Issue]:
    for group in mandate.groups:
        if group.route is Route.UNSTATED:
            yield in_group("lint-route-open", LintState.UNSTATED, group)
        elif (group.route is asks.route) is isinstance(asks, NoRoute):
            yield in_group("lint-route", LintState.FORBIDDEN, group, route=word(group.route))


def _on_appointment(asks: AppointedBy, mandate: Mandate) -> Iterator[Issue]:
    names = {name.da.casefold() for name in asks.called}
    for group in mandate.groups:
        if isinstance(group.filled_by, Silence):
            yield in_group("lint-appointer-open", LintState.UNSTATED, group, by=asks.by)
        elif group.filled_by.da.casefold() in names:
            continue
        elif group.route in (Route.APPOINTMENT, Route.NOMINATION):
            yield in_group("lint-appointer", LintState.FORBIDDEN, group, by=asks.by, other=group.filled_by)
        else:
            # An election, or a post held elsewhere, can only tell the municipal council whom to appoint.
            yield in_group("lint-appointment-follows", LintState.ADVISABLE, group, by=asks.by, route=word(group.route))


def _on_every_member(asks: EveryMember, mandate: Mandate) -> Iterator[Issue]:
    for group in mandate.groups:
        required = [*group.requirements, *mandate.requirements]
        if any(
            each.bound is Bound.ALL
            and each.applies_to is Role.MEMBER
            and not each.preferred
            and each.property.partition(":")[0] == asks.has
            for each in required
        ):
            continue
        in_words = group.qualification or mandate.qualification or _candidacy(group)
        if in_words is None:
            yield in_group("lint-not-asked", LintState.MISSING, group)
        else:
            yield in_group("lint-asked-in-words", LintState.UNSTATED, group, words=in_words)


def _candidacy(group: SeatGroup) -> Text | None:
    election = group.election
    return None if election is None or isinstance(election.candidacy, Silence) else election.candidacy.text


def _on_term(asks: MunicipalTerm | LongestTerm, mandate: Mandate) -> Iterator[Issue]:
    for group in mandate.groups:
        term = mandate.term_of(group.id)
        if isinstance(term, Silence):
            yield in_group("lint-term-open", LintState.UNSTATED, group)
            continue
        municipal, years = term.municipal_period, term.years
        if isinstance(asks, LongestTerm):
            longest = _MUNICIPAL_YEARS if municipal is True else years
            open_, wrong = isinstance(longest, Silence), isinstance(longest, int) and longest > asks.years
        else:
            open_, wrong = isinstance(municipal, Silence), municipal is False
        if open_ or wrong:
            state = LintState.FORBIDDEN if wrong else LintState.UNSTATED
            found = in_group("lint-term" if wrong else "lint-term-open", state, group)
            yield Issue(code=found.code, state=state, clause=term.clause, group=group.id, params=found.params)


def _on_election(asks: Marks | Mentions, group: SeatGroup, election: ElectionRules) -> Iterator[Issue]:
    if isinstance(asks, Marks):
        if isinstance(election.marks, Silence):
            yield in_group("lint-marks-open", LintState.UNSTATED, group, number=asks.exactly)
        elif election.marks != asks.exactly:
            yield in_group("lint-marks", LintState.FORBIDDEN, group, marks=election.marks, number=asks.exactly)
        return
    wording = election.franchise if asks.of is ElectionWords.FRANCHISE else election.candidacy
    if isinstance(wording, Silence):
        yield in_group("lint-wording-open", LintState.UNSTATED, group)
        return
    for each in asks.mention:
        if each.da.casefold() not in wording.text.da.casefold():
            yield in_group("lint-wording", LintState.ADVISABLE, group, words=wording.text, mention=each)


def _on_chair(mandate: Mandate) -> Iterator[Issue]:
    officers = mandate.officers
    if isinstance(officers, Silence) or all(rule.office is not Office.CHAIR for rule in officers.offices):
        yield Issue(code="lint-chair-open", state=LintState.UNSTATED, clause=mandate.composition)
    elif isinstance(officers.chosen_by, Silence):
        yield Issue(code="lint-chair-open", state=LintState.UNSTATED, clause=officers.clause)
    elif officers.chosen_by.da.casefold() != mandate.body.da.casefold():
        params = {"by": officers.chosen_by, "body": mandate.body}
        yield Issue(code="lint-chair", state=LintState.FORBIDDEN, clause=officers.clause, params=params)


def _on_notice(asks: Notice, mandate: Mandate) -> Iterator[Issue]:
    if asks.route is None:
        yield Issue(code="lint-notice", state=LintState.ADVISABLE, clause=mandate.composition)
        return
    for group in mandate.groups:
        if group.route is asks.route:
            yield in_group("lint-notice-group", LintState.ADVISABLE, group)
