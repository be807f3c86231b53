"""A council keeps its history; it refuses places that do not exist or are held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.council import Council, Substitution
from composition_rules.errors import CouncilError
from composition_rules.mandate import MandateId, Office, Role, SeatGroupId
from tests.composition_rules.councils import FIRST_DAY, MANDATE, council, full_council, holding, office, person

ANNA, BO = person("Anna"), person("Bo")
LATER = date(2025, 6, 30)
DAY = timedelta(days=1)


def refused_code(of: Council, *, spare: bool = False, group: str = "free", seat: int = 1) -> str:
    with pytest.raises(CouncilError) as refused:
        of.seat(holding(BO, "free", seat, Role.ALTERNATE if spare else Role.MEMBER), mandate=MANDATE)
    assert str(refused.value)
    return refused.value.code


def test_seats_count_from_one_to_the_number_in_the_mandate() -> None:
    assert refused_code(council(), seat=0) == "no-such-seat"
    assert refused_code(council(), seat=4) == "no-such-seat"
    assert council(holding(BO, "free", 3)).on(FIRST_DAY)[0].person == BO


def test_a_group_without_alternates_has_no_place_for_one() -> None:
    assert refused_code(council(), spare=True) == "no-such-alternate"


def test_a_group_that_the_mandate_lacks_is_refused() -> None:
    stranger = replace(holding(BO, "free"), group=SeatGroupId("mayors"))
    with pytest.raises(CouncilError, match="has no seat group “mayors”"):
        council(stranger)


def test_a_place_is_held_by_one_person_at_a_time() -> None:
    with pytest.raises(CouncilError, match="The place 1 of “free” is held by Anna from 2025-01-01"):
        council(holding(ANNA, "free"), holding(BO, "free", since=LATER))
    with pytest.raises(CouncilError, match="is held by Bo from 2025-06-30"):
        council(holding(BO, "free", since=LATER), holding(ANNA, "free"))


def test_last_day_and_first_day_are_both_included() -> None:
    before = council(holding(ANNA, "free", until=LATER))
    with pytest.raises(CouncilError):
        before.seat(holding(BO, "free", since=LATER), mandate=MANDATE)
    after = before.seat(holding(BO, "free", since=LATER + DAY), mandate=MANDATE)
    assert [held.person for held in after.on(LATER)] == [ANNA]
    assert [held.person for held in after.on(LATER + DAY)] == [BO]
    assert after.on(FIRST_DAY - DAY) == ()


def test_the_same_number_for_a_member_and_an_alternate_is_two_places() -> None:
    both = council(holding(ANNA, "unions"), holding(BO, "unions", 1, Role.ALTERNATE))
    assert len(both.on(FIRST_DAY)) == 2


def test_a_stored_council_in_which_two_hold_one_place_is_refused_when_it_is_read() -> None:
    chairs = (office(ANNA, Office.CHAIR), office(BO, Office.CHAIR, since=LATER))
    seats = (holding(BO, "free", since=LATER), holding(ANNA, "free"))
    with pytest.raises(CouncilError, match="The office is held by Anna"):
        Council(mandate_id=MANDATE.id, offices=chairs).verify(MANDATE)
    with pytest.raises(CouncilError, match="is held by Anna"):
        Council(mandate_id=MANDATE.id, holdings=seats).verify(MANDATE)


def test_a_place_cannot_end_before_it_begins() -> None:
    with pytest.raises(CouncilError, match="before the first day"):
        council(holding(ANNA, "free", until=FIRST_DAY - DAY))


def test_ending_needs_somebody_who_holds_the_place_that_day() -> None:
    seated = council(holding(ANNA, "free"))
    free = SeatGroupId("free")
    with pytest.raises(CouncilError, match="Nobody holds the place 1 of “free” on 2024-12-31"):
        seated.end(group=free, seat=1, role=Role.MEMBER, last_day=FIRST_DAY - DAY)
    ended = seated.end(group=free, seat=1, role=Role.MEMBER, last_day=LATER)
    assert ended.on(LATER + DAY) == ()
    assert seated.on(LATER + DAY) != ()


def test_another_mandate_is_refused() -> None:
    with pytest.raises(CouncilError, match="belongs to the mandate “other”"):
        Council(mandate_id=MandateId("other")).seat(holding(ANNA, "free"), mandate=MANDATE)


def test_offices_are_held_by_one_person_at_a_time() -> None:
    seated = council(holding(ANNA, "free"), offices=(office(ANNA, Office.CHAIR),))
    with pytest.raises(CouncilError, match="The office is held by Anna"):
        seated.choose(office(BO, Office.CHAIR, since=LATER), mandate=MANDATE)
    changed = seated.end_office(office=Office.CHAIR, last_day=LATER).choose(
        office(BO, Office.CHAIR, since=LATER + DAY), mandate=MANDATE
    )
    assert [held.person for held in changed.officers_on(LATER)] == [ANNA]
    assert [held.person for held in changed.officers_on(LATER + DAY)] == [BO]
    with pytest.raises(CouncilError, match="Nobody holds the office “deputy”"):
        changed.end_office(office=Office.DEPUTY, last_day=LATER)


def test_an_office_that_the_mandate_lacks_is_refused() -> None:
    officers = replace(MANDATE.officers, offices=MANDATE.officers.offices[:1])
    with pytest.raises(CouncilError, match="has no office “deputy”"):
        council().choose(office(ANNA, Office.DEPUTY), mandate=replace(MANDATE, officers=officers))


@given(st.data())
def test_a_vacancy_and_its_succession_leave_every_earlier_day_unchanged(data: st.DataObject) -> None:
    before = full_council()
    left = data.draw(st.sampled_from(before.holdings))
    last_day = FIRST_DAY + timedelta(days=data.draw(st.integers(0, 1400)))
    after = before.end(group=left.group, seat=left.seat, role=left.role, last_day=last_day).seat(
        replace(left, person=person("Successor"), since=last_day + DAY), mandate=MANDATE
    )
    earlier = data.draw(st.integers(0, (last_day - FIRST_DAY).days))

    def people(of: Council, day: date) -> set[tuple[object, str]]:
        return {(held.place, held.person.name) for held in of.on(day)}

    assert people(after, FIRST_DAY + timedelta(days=earlier)) == people(before, FIRST_DAY + timedelta(days=earlier))
    assert people(after, last_day + DAY) - people(before, last_day + DAY) == {(left.place, "Successor")}
    assert len(after.on(last_day + DAY)) == len(before.on(last_day + DAY))


def test_whoever_was_to_sit_in_for_a_member_who_has_left_by_then_is_no_longer_called_in() -> None:
    formed = full_council()
    away = Substitution(
        person=person("Stand-in"),
        group=SeatGroupId("education"),
        seat=1,
        decision="minute 8",
        since=date(2025, 9, 1),
        until=None,
    )
    called = formed.substitute(away, mandate=MANDATE)
    left = called.end(group=away.group, seat=1, role=Role.MEMBER, last_day=date(2025, 6, 30))
    left.verify(MANDATE)
    assert left.substitutions == ()
    assert called.end(group=away.group, seat=1, role=Role.MEMBER, last_day=date(2025, 9, 1)).substitutions == (away,)
