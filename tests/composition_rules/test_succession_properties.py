"""Over random councils: a vacancy and its succession change no earlier day, double nobody and keep the order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from composition_rules.check import Finding, check
from composition_rules.council import Council, Holding, Substitution
from composition_rules.errors import CouncilError
from composition_rules.mandate import UNSTATED, AlternateOrder, Cause, Office, Role, SeatGroupId
from composition_rules.people import Person, PersonId
from composition_rules.succession import (
    Absence,
    DecisionRequired,
    StepsIn,
    Vacancy,
    call_in,
    succeed,
    succession,
    vacate,
)
from tests.composition_rules.councils import BACKGROUND, MANDATE, full_holdings, office, person

FIRST = date(2025, 1, 1)
RANKED = replace(
    MANDATE,
    declared_alternates=UNSTATED,
    groups=tuple(
        replace(group, alternates=replace(group.alternates, order=AlternateOrder.VOTES))
        if group.alternates.several
        else group
        for group in MANDATE.groups
    ),
)
PEOPLE = [person(f"Person {number}", BACKGROUND) for number in range(16)]
few = settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
days = st.integers(0, 8).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def councils(draw: st.DrawFn) -> Council:
    """A council of some of the places, held by few people, so that many of them hold two."""
    holdings = []
    for place in full_holdings():
        if draw(st.integers(0, 4)) == 0:
            continue
        since = draw(days)
        until = draw(st.none() | st.integers(0, 8).map(lambda length, since=since: since + timedelta(days=length)))
        holdings.append(replace(place, person=draw(st.sampled_from(PEOPLE)), since=since, until=until))
    chairs = [
        office(holding.person, which, holding.since, holding.until)
        for holding, which in zip(draw(st.permutations(holdings))[:2], Office, strict=False)
    ]
    formed = Council(mandate_id=RANKED.id, holdings=tuple(holdings), offices=tuple(chairs))
    for holding in [holding for holding in holdings if holding.role is Role.MEMBER][:2]:
        sits = Substitution(
            person=draw(st.sampled_from([each for each in PEOPLE if each != holding.person])),
            group=holding.group,
            seat=holding.seat,
            decision="minute 8",
            since=holding.since,
            until=holding.until,
        )
        formed = formed.substitute(sits, mandate=RANKED)
    return formed


@st.composite
def cases(draw: st.DrawFn) -> tuple[Council, Vacancy]:
    formed = draw(councils().filter(lambda council: bool(council.holdings)))
    leaver = draw(st.sampled_from(formed.holdings))
    length = 8 if leaver.until is None else (leaver.until - leaver.since).days
    return formed, Vacancy(
        group=leaver.group,
        seat=leaver.seat,
        role=leaver.role,
        cause=draw(st.sampled_from((Cause.RESIGNATION, Cause.DEATH, Cause.OTHER))),
        last_day=leaver.since + timedelta(days=draw(st.integers(0, length))),
        declined=frozenset(draw(st.sets(st.sampled_from([each.id for each in PEOPLE]), max_size=3))),
    )


def told_on(formed: Council, day: date) -> tuple[object, ...]:
    """Everything that a council says of a day, apart from until when."""
    held = [(one.person, one.place, one.since, one.decision) for one in formed.on(day)]
    offices = [(one.person, one.office, one.since) for one in formed.officers_on(day)]
    sitting_in = [(one.person, one.group, one.seat) for one in formed.substitutes_on(day)]
    findings: tuple[Finding, ...] = check(formed, RANKED, on=day)
    return held, offices, sitting_in, findings


def done(formed: Council, vacancy: Vacancy) -> Council:
    """The council after the vacancy, with the alternate who steps in or else the last who may."""
    outcome = succession(formed, RANKED, vacancy)
    chosen: PersonId | None = None
    if isinstance(outcome, DecisionRequired) and outcome.people:
        chosen = outcome.people[-1].id
    if isinstance(outcome, StepsIn) or chosen is not None:
        return succeed(formed, RANKED, vacancy, decision="minute 9", chosen=chosen)
    return vacate(formed, RANKED, vacancy)


@few
@given(cases())
def test_every_earlier_day_is_as_it_was(case: tuple[Council, Vacancy]) -> None:
    formed, vacancy = case
    after = done(formed, vacancy)
    for number in range((vacancy.last_day - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        assert told_on(after, day) == told_on(formed, day)


def doubles(formed: Council, day: date) -> Counter[Person]:
    return Counter(one.person for one in formed.on(day))


@few
@given(cases())
def test_nobody_comes_to_hold_two_places_and_the_successor_holds_one(case: tuple[Council, Vacancy]) -> None:
    formed, vacancy = case
    after = done(formed, vacancy)
    place = (vacancy.group, vacancy.role, vacancy.seat)
    for number in range(20):
        day = vacancy.last_day + timedelta(days=number + 1)
        before, now = doubles(formed, day), doubles(after, day)
        assert all(held == 1 for who, held in now.items() if held > before[who])
        taken = [one for one in after.on(day) if one.place == place and one.decision == "minute 9"]
        assert all(now[one.person] == 1 for one in taken)
    after.verify(RANKED)


@few
@given(cases())
def test_an_office_ends_with_the_last_seat_of_its_holder(case: tuple[Council, Vacancy]) -> None:
    formed, vacancy = case
    after, leaver = vacate(formed, RANKED, vacancy), vacancy.holder(formed.on(vacancy.last_day)).person
    member = any(one.person == leaver and one.role is Role.MEMBER for one in after.on(vacancy.first_day))
    was = [one for one in formed.officers_on(vacancy.first_day) if one.person == leaver]
    still = [one for one in after.officers_on(vacancy.first_day) if one.person == leaver and one in was]
    ends = vacancy.cause is Cause.DEATH or (vacancy.role is Role.MEMBER and not member)
    begun_before = [one for one in was if one.since <= vacancy.last_day]
    if ends:
        assert not [one for one in still if one in begun_before]
    else:
        assert still == was


def may_come(formed: Council, vacancy: Vacancy, alternate: Holding) -> bool:
    """Said anew, day by day: the alternate is there, is not asked in vain and sits nowhere else while on the seat."""
    leaver = vacancy.holder(formed.on(vacancy.last_day))
    there = alternate in formed.on(vacancy.first_day)
    known = leaver.until is not None and leaver.until > vacancy.last_day
    span = range(1, (leaver.until - vacancy.last_day).days + 1 if known and leaver.until else 20)
    on_seat = [vacancy.last_day + timedelta(days=number) for number in span] or [vacancy.first_day]
    elsewhere = [
        one for day in on_seat for one in formed.on(day) if one.role is Role.MEMBER and one.person == alternate.person
    ]
    return there and not elsewhere and alternate.person.id not in vacancy.declined and alternate.person != leaver.person


@few
@given(cases())
def test_the_first_who_may_come_steps_in(case: tuple[Council, Vacancy]) -> None:
    formed, vacancy = case
    outcome = succession(formed, RANKED, vacancy)
    if vacancy.role is Role.ALTERNATE:
        assert isinstance(outcome, DecisionRequired)
        return
    line = sorted(
        (one for one in formed.on(vacancy.last_day) if one.role is Role.ALTERNATE and one.group == vacancy.group),
        key=lambda one: one.seat,
    )
    able = [one for one in line if may_come(formed, vacancy, one)]
    assert [each.person for each in outcome.passed_over] == [one.person for one in line if one not in able]
    if able:
        assert isinstance(outcome, StepsIn)
        assert outcome.alternate == able[0]
    else:
        assert isinstance(outcome, DecisionRequired)
        assert outcome.people == ()


@few
@given(cases())
def test_the_order_in_which_the_places_were_given_changes_nothing(case: tuple[Council, Vacancy]) -> None:
    formed, vacancy = case
    turned = replace(formed, holdings=formed.holdings[::-1], substitutions=formed.substitutions[::-1])
    assert succession(turned, RANKED, vacancy) == succession(formed, RANKED, vacancy)


@few
@given(councils(), st.sampled_from(["education", "elected", "insight"]), days)
def test_whoever_sits_in_takes_no_seat(formed: Council, group: str, since: date) -> None:
    absence = Absence(group=SeatGroupId(group), seat=1, since=since, until=since + timedelta(days=9))
    spares = [one.person.id for one in formed.on(since) if one.group == group and one.role is Role.ALTERNATE]
    for chosen in spares:
        try:
            after = call_in(formed, RANKED, absence, decision="minute 9", chosen=chosen)
        except CouncilError as refused:
            assert refused.code in {"seat-not-held", "seat-substituted", "not-among-alternates"}  # noqa: PT017
            continue
        assert (after.holdings, after.offices) == (formed.holdings, formed.offices)
        assert len(after.substitutions) == len(formed.substitutions) + 1
        for day in (since, since + timedelta(days=9)):
            assert check(after, RANKED, on=day) == check(formed, RANKED, on=day)
            assert after.on(day) == formed.on(day)
