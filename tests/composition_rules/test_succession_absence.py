"""A member who is away for a time keeps the seat: who may sit in, and when an absence becomes a vacancy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from composition_rules.check import check
from composition_rules.council import Council
from composition_rules.errors import CouncilError
from composition_rules.mandate import (
    UNSTATED,
    AlternateOrder,
    Mandate,
    Role,
    SeatGroupId,
    Silence,
    SubstitutionRule,
    Text,
)
from composition_rules.messages import sentence
from composition_rules.people import PersonId
from composition_rules.succession import Absence, DecisionRequired, Option, SitsIn, call_in, substitution
from tests.composition_rules.councils import MANDATE, full_council
from tests.composition_rules.test_succession import SILENT, changed, with_alternates

SINCE = date(2025, 3, 15)
CLAUSE = MANDATE.groups[0].clause


def mandate(
    least: int | Silence = UNSTATED, most: int | Silence = UNSTATED, consent: Text | Silence = UNSTATED
) -> Mandate:
    rule = SubstitutionRule(text=Text(da="x", en="x"), at_least_months=least, at_most_months=most, clause=CLAUSE)
    spoken = replace(MANDATE, vacancies=replace(SILENT, substitution=rule, consent=consent))
    return with_alternates(spoken, "elected", order=AlternateOrder.VOTES)


def away(group: str = "education", seat: int = 1, until: date | None = None, *declined: str) -> Absence:
    return Absence(
        group=SeatGroupId(group),
        seat=seat,
        since=SINCE,
        until=until,
        declined=frozenset(map(PersonId, declined)),
    )


def code_of(formed: Council, rules: Mandate, absence: Absence) -> str:
    with pytest.raises(CouncilError) as refused:
        substitution(formed, rules, absence)
    assert str(refused.value)
    return refused.value.code


def test_an_alternate_sits_in_until_the_member_is_back_and_the_composition_stays() -> None:
    outcome = substitution(full_council(), mandate(), away())
    assert isinstance(outcome, SitsIn)
    assert (outcome.alternate.person.name, outcome.until) == ("education alternate 1", None)
    assert (outcome.permanent_from, outcome.reason.clause) == (None, CLAUSE)
    after = call_in(full_council(), mandate(), away(), decision="minute 9")
    assert [one.person.name for one in after.substitutes_on(SINCE)] == ["education alternate 1"]
    assert after.on(SINCE) == full_council().on(SINCE)
    assert check(after, MANDATE, on=SINCE) == check(full_council(), MANDATE, on=SINCE)


def test_where_the_mandate_is_silent_it_has_to_be_decided() -> None:
    for silent in (MANDATE, replace(MANDATE, vacancies=SILENT)):
        outcome = substitution(full_council(), silent, away())
        assert isinstance(outcome, DecisionRequired)
        assert outcome.options == (Option.CALL_IN_ALTERNATE, Option.WAIT_FOR_MEMBER)
        assert outcome.reason.code == "substitution-unstated"
        assert sentence(outcome.reason.code, outcome.reason.params_in("da"))
    with pytest.raises(CouncilError) as undecided:
        call_in(full_council(), MANDATE, away(), decision="minute 9")
    assert undecided.value.code == "nobody-steps-in"
    spare = PersonId("education alternate 1")
    after = call_in(full_council(), MANDATE, away(until=date(2025, 4, 1)), decision="minute 9", chosen=spare)
    assert [(one.person.id, one.until) for one in after.substitutions] == [(spare, date(2025, 4, 1))]


@pytest.mark.parametrize(
    ("since", "last"),
    [
        (date(2025, 3, 15), date(2025, 6, 14)),
        (date(2025, 1, 1), date(2025, 3, 31)),
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2025, 10, 15), date(2026, 1, 14)),
    ],
)
def test_three_months_are_three_months(since: date, last: date) -> None:
    whole = replace(away(until=last), since=since)
    assert isinstance(substitution(full_council(), mandate(least=3), whole), SitsIn)
    day_less = replace(whole, until=last.fromordinal(last.toordinal() - 1))
    assert code_of(full_council(), mandate(least=3), day_less) == "absence-too-short"
    ends = substitution(full_council(), mandate(most=3), replace(whole, until=None))
    assert isinstance(ends, SitsIn)
    assert (ends.until, ends.permanent_from) == (last, last.fromordinal(last.toordinal() + 1))
    comes_back = substitution(full_council(), mandate(most=3), whole)
    assert isinstance(comes_back, SitsIn)
    assert (comes_back.until, comes_back.permanent_from) == (last, None)


def test_an_absence_of_unknown_length_has_to_be_judged_where_a_least_is_asked() -> None:
    outcome = substitution(full_council(), mandate(least=3), away())
    assert isinstance(outcome, DecisionRequired)
    assert outcome.reason.code == "absence-length-unknown"
    assert sentence(outcome.reason.code, outcome.reason.params_in("da"))


def test_nobody_sits_in_longer_than_either_of_them_has_the_place() -> None:
    for name in ("education member 1", "education alternate 1"):
        formed = changed(full_council(), name, until=date(2025, 5, 31))
        outcome = substitution(formed, mandate(), away(until=date(2025, 7, 1)))
        assert isinstance(outcome, SitsIn)
        assert outcome.until == date(2025, 5, 31)


def test_who_declines_or_sits_in_for_another_is_passed_over() -> None:
    first = call_in(full_council(), mandate(), away("elected", 1, date(2025, 5, 1)), decision="minute 9")
    second = substitution(first, mandate(), away("elected", 2, None, "elected alternate 2"))
    assert isinstance(second, SitsIn)
    assert second.alternate.person.name == "elected alternate 3"
    assert [(each.person.name, each.reason.code) for each in second.passed_over] == [
        ("elected alternate 2", "passed-over-declined"),
        ("elected alternate 1", "passed-over-called-in"),
    ]
    assert code_of(first, mandate(), away("elected", 1, None)) == "seat-substituted"


def test_several_without_an_order_and_none_at_all() -> None:
    unordered = with_alternates(mandate(), "elected", order=AlternateOrder.UNSTATED)
    outcome = substitution(full_council(), unordered, away("elected"))
    assert isinstance(outcome, DecisionRequired)
    assert (outcome.reason.code, outcome.options) == ("alternates-without-order", (Option.CHOOSE_ALTERNATE,))
    nobody = substitution(full_council(), mandate(), away("free"))
    assert isinstance(nobody, DecisionRequired)
    assert (nobody.reason.code, nobody.options) == ("nobody-sits-in", (Option.WAIT_FOR_MEMBER,))


def test_the_consent_named_by_the_mandate_is_asked_too() -> None:
    outcome = substitution(full_council(), mandate(consent=Text(da="foreningen", en="the association")), away())
    assert isinstance(outcome, SitsIn)
    assert [each.da for each in outcome.consents] == ["education alternate 1", "foreningen"]


def test_an_absence_that_cannot_be_is_refused() -> None:
    assert code_of(full_council(), mandate(), away(until=date(2025, 3, 14))) == "ends-before-it-begins"
    assert code_of(full_council(), mandate(), replace(away(), since=date(2024, 1, 1))) == "seat-not-held"
    with pytest.raises(CouncilError) as stranger:
        call_in(full_council(), mandate(), away(), decision="minute 9", chosen=PersonId("nobody"))
    assert stranger.value.code == "not-among-alternates"
    assert not any(one.role is Role.ALTERNATE for one in full_council().on(SINCE) if one.group == "free")
