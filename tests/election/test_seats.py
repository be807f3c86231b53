"""A result is seated in the council of Norddjurs' mandate."""

from __future__ import annotations

from datetime import date

import pytest

from composition_rules.catalogue import load_mandate
from composition_rules.council import Council, Route
from composition_rules.errors import CouncilError
from composition_rules.mandate import Role
from composition_rules.people import Person, PersonId
from election.contest import Candidate, Contest, contest_from_mandate, contests_for_shares
from election.counting.outcome import Completed
from election.errors import ContestError, SeatError
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


KOEGE = load_mandate("koege-integrationsraad")


def test_personal_alternates_stood_together_with_their_member() -> None:
    own = {CandidateId("B"): [PEOPLE[CandidateId("G")], PEOPLE[CandidateId("H")]]}
    council = seat_result(
        Council(mandate_id=KOEGE.id), KOEGE, "elected", completed(1, 5), PEOPLE, decision="r", since=SINCE, personal=own
    )
    assert names(council, Role.MEMBER) == [(1, "Bohdan"), (2, "Amina")]
    assert names(council, Role.ALTERNATE) == [(1, "Goran"), (2, "Hà")]
    own = {CandidateId("A"): own[CandidateId("B")]}
    council = seat_result(
        Council(mandate_id=KOEGE.id), KOEGE, "elected", completed(1, 5), PEOPLE, decision="r", since=SINCE, personal=own
    )
    assert names(council, Role.ALTERNATE) == [(3, "Goran"), (4, "Hà")]


def test_whose_alternate_somebody_is_votes_do_not_say_so_the_places_wait_for_a_decision() -> None:
    council = seat_result(
        Council(mandate_id=KOEGE.id),
        KOEGE,
        "elected",
        completed_for_koege(9, 8, 7, 6, 5, 4, 4, 2),
        PEOPLE,
        decision="r",
        since=SINCE,
    )
    assert len(names(council, Role.MEMBER)) == 5
    assert names(council, Role.ALTERNATE) == []


def test_more_personal_alternates_than_the_mandate_allows_are_refused_by_name() -> None:
    own = {CandidateId("B"): [PEOPLE[CandidateId(each)] for each in "DEF"]}
    with pytest.raises(SeatError) as caught:
        seat_result(
            Council(mandate_id=KOEGE.id),
            KOEGE,
            "elected",
            completed(1, 5),
            PEOPLE,
            decision="r",
            since=SINCE,
            personal=own,
        )
    assert (caught.value.code, caught.value.params["found"]) == ("seat-alternates", 3)


def completed_for_koege(*votes: int) -> Completed:
    candidates = [Candidate(CandidateId(name[0]), name) for name in NAMES[: len(votes)]]
    contest = contest_from_mandate(KOEGE, "elected", question="Hvem?", candidates=candidates)
    outcome = determine_result(contest, VoteCounts(blank=0, votes=votes))
    assert isinstance(outcome, Completed)
    return outcome


SVENDBORG = load_mandate("svendborg-integrationsraad-2025")


def svendborg_contests() -> tuple[Contest, ...]:
    group = next(group for group in SVENDBORG.groups if group.shares)
    lists = [[Candidate(CandidateId(f"{n}a"), f"A{n}"), Candidate(CandidateId(f"{n}b"), f"B{n}")] for n in range(8)]
    lists[3] = []
    return contests_for_shares(SVENDBORG, group.id, question="Hvem?", candidates=lists)


def test_svendborg_holds_one_contest_for_each_nationality_group_and_one_for_all_others() -> None:
    contests = svendborg_contests()
    assert [contest.question for contest in contests][:2] == ["Hvem? (Vietnam)", "Hvem? (Syrien)"]
    assert [contest.seats for contest in contests] == [1] * 7  # one share has no candidate, so no contest


def test_the_winners_of_several_contests_sit_side_by_side() -> None:
    group = next(group for group in SVENDBORG.groups if group.shares)
    council = Council(mandate_id=SVENDBORG.id)
    seats = 0
    for contest in svendborg_contests():
        outcome = determine_result(contest, VoteCounts(blank=0, votes=(1, 2)))
        assert isinstance(outcome, Completed)
        people = {each.id: Person(id=PersonId(each.id), name=each.name) for each in contest.candidates}
        council = seat_result(council, SVENDBORG, group.id, outcome, people, decision="r", since=SINCE, after=seats)
        seats += len(outcome.elected)
    assert names(council, Role.MEMBER) == [(n, f"B{m}") for n, m in enumerate((0, 1, 2, 4, 5, 6, 7), start=1)]


@pytest.mark.parametrize(
    ("mandate", "group", "lists", "code"),
    [
        ("norddjurs-dialogforum-2024", "elected", 1, "contest-no-shares"),
        ("norddjurs-dialogforum-2024", "education", 1, "contest-route"),
        ("svendborg-integrationsraad-2025", "elected", 3, "contest-shares-number"),
    ],
)
def test_contests_for_shares_are_refused_where_they_make_no_sense(
    mandate: str, group: str, lists: int, code: str
) -> None:
    of = load_mandate(mandate)
    with pytest.raises(ContestError) as caught:
        contests_for_shares(of, group, question="?", candidates=[[]] * lists)
    assert caught.value.code == code
