"""A result is seated in the council of Norddjurs' mandate."""

from __future__ import annotations

from datetime import date

import pytest

from composition_rules.catalogue import load_mandate
from composition_rules.council import Council, Route
from composition_rules.errors import CouncilError
from composition_rules.mandate import Role
from composition_rules.people import Person, PersonId
from election.contest import Candidate, Contest, contest_from_mandate
from election.counting.outcome import Completed
from election.errors import SeatError
from election.ids import CandidateId
from election.result import VoteCounts, determine_result
from election.seats import seat_result

MANDATE = load_mandate("norddjurs-dialogforum-2024")
SINCE = date(2026, 1, 1)
NAMES = ["Amina", "Bohdan", "Çiğdem", "Dalia", "Emeka", "Fatima", "Goran", "Hà", "Ibrahim"]
PEOPLE = {CandidateId(name[0]): Person(id=PersonId(name), name=name) for name in NAMES}


def contest(number: int) -> Contest:
    candidates = [Candidate(CandidateId(name[0]), name) for name in NAMES[:number]]
    return contest_from_mandate(MANDATE, "elected", question="Hvem?", candidates=candidates)


def completed(*votes: int) -> Completed:
    outcome = determine_result(contest(len(votes)), VoteCounts(blank=0, votes=votes))
    assert isinstance(outcome, Completed)
    return outcome


def seated(outcome: Completed, council: Council | None = None) -> Council:
    council = council or Council(mandate_id=MANDATE.id)
    return seat_result(council, MANDATE, "elected", outcome, PEOPLE, decision="result 1", since=SINCE)


def names(council: Council, role: Role) -> list[tuple[int, str]]:
    return [(holding.seat, holding.person.name) for holding in council.on(SINCE) if holding.role is role]


def test_four_members_and_four_alternates_take_their_places_in_the_order_of_votes() -> None:
    council = seated(completed(1, 9, 2, 8, 3, 7, 4, 6, 0))
    assert names(council, Role.MEMBER) == [(1, "Bohdan"), (2, "Dalia"), (3, "Fatima"), (4, "Hà")]
    assert names(council, Role.ALTERNATE) == [(1, "Goran"), (2, "Emeka"), (3, "Çiğdem"), (4, "Amina")]


def test_each_holding_says_by_which_route_and_decision() -> None:
    for holding in seated(completed(3, 2, 1)).on(SINCE):
        assert (holding.group, holding.route) == ("elected", Route.DIRECT_ELECTION)
        assert (holding.decision, holding.since, holding.until) == ("result 1", SINCE, None)


def test_too_few_candidates_leave_places_empty() -> None:
    council = seated(completed(1, 5))
    assert names(council, Role.MEMBER) == [(1, "Bohdan"), (2, "Amina")]
    assert names(council, Role.ALTERNATE) == []


def test_the_council_given_is_not_changed() -> None:
    empty = Council(mandate_id=MANDATE.id)
    assert seated(completed(1), empty) != empty
    assert empty.holdings == ()


def test_an_elected_person_of_whom_nothing_is_known_is_refused_by_name() -> None:
    with pytest.raises(SeatError) as caught:
        seat_result(
            Council(mandate_id=MANDATE.id), MANDATE, "elected", completed(1, 5), {}, decision="result", since=SINCE
        )
    assert (caught.value.code, caught.value.params["candidate"]) == ("seat-person-unknown", "B")


def test_a_place_that_is_held_already_is_not_given_again() -> None:
    council = seated(completed(1, 5))
    with pytest.raises(CouncilError):
        seated(completed(1, 5), council)


def test_a_group_with_fewer_seats_refuses_the_surplus() -> None:
    outcome = completed(9, 8, 7, 6, 5)
    small = min(MANDATE.groups, key=lambda group: group.seats.least)
    with pytest.raises(CouncilError):
        seat_result(Council(mandate_id=MANDATE.id), MANDATE, small.id, outcome, PEOPLE, decision="result", since=SINCE)
