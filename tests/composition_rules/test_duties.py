"""Duties are counted by year: what was done, what is due by when, what is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.council import Council, DutyDone
from composition_rules.duties import DutyState, Obligation, obligations
from composition_rules.errors import CouncilError
from composition_rules.mandate import UNSTATED, InForce
from composition_rules.messages import sentence
from tests.composition_rules.councils import MANDATE, council, full_council, holding, person

MEETING, DIALOGUE = (duty.id for duty in MANDATE.duties)
FORMED = council(holding(person("Ida"), "education"))  # from 1 January 2025


def done(*days: date, duty: str = MEETING, formed: Council = FORMED) -> Council:
    for day in days:
        formed = formed.record_duty(DutyDone(duty=duty, on=day, decision="referat"), mandate=MANDATE)
    return formed


def of(formed: Council, on: date, duty: str = MEETING) -> list[Obligation]:
    return [each for each in obligations(formed, MANDATE, on=on) if each.duty.id == duty]


def test_a_year_that_runs_has_duties_that_are_due_by_its_last_day() -> None:
    one = of(done(date(2025, 3, 4)), date(2025, 6, 1))
    assert [(each.year, each.lacking, each.latest, each.state) for each in one] == [
        (2025, 1, date(2025, 12, 31), DutyState.DUE)
    ]
    title = MANDATE.duties[0].title.en
    assert sentence(one[0].code, one[0].params_in("en")) == (
        f"2025, {title}: done: 1; required: 2; still due: 1, by 2025-12-31 at the latest."
    )


def test_what_was_not_done_is_overdue_from_the_first_day_of_the_next_year() -> None:
    formed = done(date(2025, 3, 4))
    assert [each.state for each in of(formed, date(2025, 12, 31))] == [DutyState.DUE]
    before, now = of(formed, date(2026, 1, 1))
    assert (before.state, before.lacking, now.state, now.lacking) == (DutyState.OVERDUE, 1, DutyState.DUE, 2)
    title = MANDATE.duties[0].title.da
    assert before.params_in("da")["duty"] == title
    assert sentence(before.code, before.params_in("en")).endswith("lacking: 1. The last day was 2025-12-31.")


def test_what_is_done_later_than_the_day_asked_for_does_not_count_yet() -> None:
    formed = done(date(2025, 3, 4), date(2025, 9, 2))
    assert [len(each.done) for each in of(formed, date(2025, 9, 1))] == [1]
    assert [each.state for each in of(formed, date(2025, 9, 2))] == [DutyState.DONE]


def test_one_duty_does_not_count_for_another() -> None:
    formed = done(date(2025, 3, 4), duty=DIALOGUE)
    assert [each.state for each in of(formed, date(2025, 6, 1))] == [DutyState.DUE]
    assert [each.state for each in of(formed, date(2025, 6, 1), DIALOGUE)] == [DutyState.DONE]


def test_more_often_than_the_mandate_allows_is_found() -> None:
    capped = replace(MANDATE, duties=(replace(MANDATE.duties[0], at_most=2), MANDATE.duties[1]))
    formed = done(date(2025, 1, 5), date(2025, 2, 5), date(2025, 3, 5))
    one, _ = obligations(formed, capped, on=date(2025, 4, 1))
    assert one.state is DutyState.ABOVE
    assert sentence(one.code, one.params_in("en")).endswith("done: 3; the mandate allows at most: 2.")


def test_the_year_of_the_day_and_the_one_before_are_looked_at() -> None:
    assert {each.year for each in obligations(FORMED, MANDATE, on=date(2031, 5, 1))} == {2030, 2031}
    missed = of(done(date(2026, 1, 5), date(2026, 2, 5), date(2027, 1, 5), date(2027, 2, 5)), date(2027, 6, 1))
    assert [each.state for each in missed] == [DutyState.DONE, DutyState.DONE]  # 2025 is long past


def test_years_begin_with_the_mandate_and_with_the_first_member() -> None:
    assert [each.year for each in of(FORMED, date(2025, 5, 1))] == [2025]  # adopted in 2024, when nobody sat
    early = council(holding(person("Ida"), "education", since=date(2020, 1, 1)))
    assert [each.year for each in of(early, date(2024, 5, 1))] == [2024]
    assert obligations(early, MANDATE, on=date(2023, 5, 1)) == ()
    held = replace(MANDATE, in_force=InForce(since=date(2026, 7, 1), clause=MANDATE.composition))
    assert {each.year for each in obligations(early, held, on=date(2026, 8, 1))} == {2026}
    silent = replace(MANDATE, adoption=UNSTATED, in_force=UNSTATED)
    assert {each.year for each in obligations(early, silent, on=date(2020, 5, 1))} == {2020}
    assert obligations(Council(mandate_id=MANDATE.id), MANDATE, on=date(2027, 5, 1)) == ()


def test_a_council_of_another_mandate_is_refused() -> None:
    with pytest.raises(CouncilError):
        obligations(FORMED, replace(MANDATE, id=type(MANDATE.id)("other")), on=date(2025, 1, 1))


@given(
    st.lists(st.dates(date(2025, 1, 1), date(2029, 12, 31)), max_size=12), st.dates(date(2025, 1, 1), date(2030, 1, 1))
)
def test_nothing_that_was_done_is_lost_or_counted_twice(days: list[date], on: date) -> None:
    found = of(done(*days, formed=full_council()), on)
    counted = [day for day in days if on.year - 1 <= day.year and day <= on]
    assert sorted(each.on for one in found for each in one.done) == sorted(counted)
    assert [each.year for each in found] == [year for year in (on.year - 1, on.year) if year >= 2025]
    for each in found:
        assert each.lacking == max(0, each.duty.at_least - len(each.done))
        assert (each.state is DutyState.OVERDUE) == (each.lacking > 0 and each.latest + timedelta(days=1) <= on)
