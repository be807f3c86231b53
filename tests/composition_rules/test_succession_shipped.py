"""What happens when a member of each kind leaves, for every shipped mandate, judged by hand from its clauses."""

from __future__ import annotations

from datetime import date

import pytest

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.council import Council, Holding
from composition_rules.mandate import Cause, Role
from composition_rules.succession import (
    Absence,
    Appointed,
    DecisionRequired,
    Outcome,
    SitsIn,
    StepsIn,
    Vacancy,
    substitution,
    succeed,
    succession,
)
from tests.composition_rules.councils import person

SINCE, LAST = date(2026, 1, 1), date(2026, 6, 30)
STEPS_IN = "steps in"
NO_ALTERNATES = "no-alternates-unstated"
FOR_WHOM = "alternates-for-whom-unstated"
NO_ORDER = "alternates-without-order"
# Each with one, or as many alternates as there may be, up to two.
WHEN_ONE_RESIGNS = {
    "aeldreraad-lov": {"elected": FOR_WHOM},
    "handicapraad-lov": {"disability-organisations": STEPS_IN, "municipality": STEPS_IN},
    "koege-integrationsraad": {"elected": NO_ORDER, "others": NO_ORDER},
    "norddjurs-dialogforum-2024": {
        "education": STEPS_IN,
        "business-djursland": STEPS_IN,
        "unions": STEPS_IN,
        "leisure-council": STEPS_IN,
        "volunteer-council": NO_ALTERNATES,
        "elected": NO_ORDER,
        "insight": STEPS_IN,
        "free": NO_ALTERNATES,
    },
    "odense-integrationsraad": {"elected": FOR_WHOM},
    "slagelse-integrationsudvalg-2024": {"civil-society": FOR_WHOM, "labour-market": FOR_WHOM, "culture": FOR_WHOM},
    "hjoerring-integrationsraad": {"elected": STEPS_IN},
}

for _name in ("det-midtjyske-dialogforum", "dnir-eksempel-2023", "gentofte-integrationsraad-2018",
              "svendborg-integrationsraad-2025"):  # fmt: skip
    WHEN_ONE_RESIGNS[_name] = {str(group.id): FOR_WHOM for group in load_mandate(_name).groups}


def formed(name: str) -> Council:
    """A council with one member in each group, and with alternates 1 and 2 where there may be so many."""
    mandate = load_mandate(name)
    holdings = tuple(
        Holding(
            person=person(f"{group.id} {role} {seat}"),
            group=group.id,
            seat=seat,
            role=role,
            route=group.route,
            decision="minute 1",
            since=SINCE,
        )
        for group in mandate.groups
        for role, seats in ((Role.MEMBER, (1,)), (Role.ALTERNATE, (1, 2)))
        for seat in seats
        if group.places(role).has_room_for(seat)
    )
    return Council(mandate_id=mandate.id, holdings=holdings)


def told(outcome: Outcome) -> str:
    return STEPS_IN if isinstance(outcome, StepsIn) else outcome.reason.code


def test_every_mandate_is_judged() -> None:
    assert WHEN_ONE_RESIGNS.keys() == set(mandate_ids())


@pytest.mark.parametrize("name", WHEN_ONE_RESIGNS)
def test_what_happens_when_a_member_of_each_group_resigns(name: str) -> None:
    mandate, found = load_mandate(name), {}
    for group in mandate.groups:
        vacancy = Vacancy(group=group.id, seat=1, cause=Cause.RESIGNATION, last_day=LAST)
        found[str(group.id)] = told(succession(formed(name), mandate, vacancy))
    assert found == WHEN_ONE_RESIGNS[name]


@pytest.mark.parametrize("name", mandate_ids())
def test_only_two_say_that_whoever_moves_away_leaves_and_only_one_that_absence_ends_a_seat(name: str) -> None:
    mandate = load_mandate(name)
    ends = {}
    for cause in (Cause.MOVED_AWAY, Cause.ABSENCE):
        first = Vacancy(group=mandate.groups[0].id, seat=1, cause=cause, last_day=LAST, absences=2)
        outcome = succession(formed(name), mandate, first)
        ends[cause] = not outcome.reason.code.startswith(("moving-away", "absence"))
    assert ends == {
        Cause.MOVED_AWAY: name in ("aeldreraad-lov", "handicapraad-lov"),
        Cause.ABSENCE: name == "koege-integrationsraad",
    }


def test_in_a_disability_council_a_new_alternate_is_appointed() -> None:
    mandate = load_mandate("handicapraad-lov")
    left = Vacancy(group=mandate.groups[1].id, seat=1, role=Role.ALTERNATE, cause=Cause.MOVED_AWAY, last_day=LAST)
    outcome = succession(formed(mandate.id), mandate, left)
    assert isinstance(outcome, Appointed)
    assert outcome.by == mandate.groups[1].filled_by
    assert "der udpeges en ny stedfortræder" in outcome.reason.clause.text


def test_in_a_disability_council_the_personal_alternate_comes_to_the_meetings_of_an_absent_member() -> None:
    mandate = load_mandate("handicapraad-lov")
    away = Absence(group=mandate.groups[0].id, seat=1, since=LAST, until=None)
    sits_in = substitution(formed(mandate.id), mandate, away)
    assert isinstance(sits_in, SitsIn)
    assert "ved det ordinære medlems forfald" in sits_in.reason.clause.text


def test_norddjurs_the_insight_seats_share_one_alternate_and_then_nobody_is_left() -> None:
    mandate = load_mandate("norddjurs-dialogforum-2024")
    insight = mandate.group("insight")
    first = Vacancy(group=insight.id, seat=1, cause=Cause.DEATH, last_day=LAST)
    outcome = succession(formed(mandate.id), mandate, first)
    assert isinstance(outcome, StepsIn)
    assert outcome.reason.clause.text.startswith("To medlemmer med særlig praktisk")
    after = succeed(formed(mandate.id), mandate, first, decision="minute 2")
    again = Vacancy(group=insight.id, seat=1, cause=Cause.RESIGNATION, last_day=date(2026, 12, 31))
    second = succession(after, mandate, again)
    assert isinstance(second, DecisionRequired)
    assert second.reason.code == "nobody-left-unstated"
