"""When nominations close: a vote, an election without one, or a decision, as the mandate says and never by itself."""

from __future__ import annotations

import pytest

from composition_rules.catalogue import load_mandate
from composition_rules.mandate import TooFewCandidates, Uncontested
from election.contest import Candidate, contest_from_mandate
from election.counting.outcome import Gone, WhyGone
from election.errors import ResultError
from election.ids import CandidateId
from election.nominations import (
    Choice,
    Decider,
    DecisionNeeded,
    ElectedWithoutVote,
    NoCouncil,
    NominationOutcome,
    NominationsReopened,
    VoteNeeded,
    close_nominations,
)
from tests.election.elections import a_contest


def closed(
    standing: int,
    *,
    seats: int = 4,
    uncontested: Uncontested = Uncontested.ELECTED_WITHOUT_VOTE,
    too_few: TooFewCandidates = TooFewCandidates.LEAVE_EMPTY,
    gone: tuple[Gone, ...] = (),
    extended: bool = False,
) -> NominationOutcome:
    contest = a_contest(tuple(f"Kandidat {each}" for each in range(standing)), seats=seats, alternates=4)
    return close_nominations(contest, uncontested=uncontested, too_few=too_few, least=5, gone=gone, extended=extended)


def test_one_candidate_more_than_seats_means_a_vote_whatever_the_mandate_says() -> None:
    for uncontested in Uncontested:
        outcome = closed(5, uncontested=uncontested)
        assert isinstance(outcome, VoteNeeded)
        assert len(outcome.standing) == 5


def test_as_many_candidates_as_seats_are_elected_without_a_vote() -> None:
    outcome = closed(4)
    assert isinstance(outcome, ElectedWithoutVote)
    assert (len(outcome.completed.elected), outcome.lacking, outcome.follows) == (4, 0, None)
    assert outcome.completed.alternates == ()
    assert outcome.completed.vacant_alternates == 4
    assert [step.code for step in outcome.completed.trail] == ["count-without-vote"]


def test_a_withdrawal_can_make_the_vote_needless() -> None:
    contest = a_contest(("A", "B", "C", "D", "E"), seats=4, alternates=0)
    outcome = closed(5, gone=(Gone(candidate=contest.candidates[0].id, why=WhyGone.WITHDREW),))
    assert isinstance(outcome, ElectedWithoutVote)
    assert contest.candidates[0].id not in {place.candidate for place in outcome.completed.elected}


def test_a_stranger_cannot_withdraw() -> None:
    with pytest.raises(ResultError) as caught:
        closed(3, gone=(Gone(candidate=CandidateId("nobody"), why=WhyGone.DIED),))
    assert caught.value.code == "gone-unknown"


@pytest.mark.parametrize(
    ("uncontested", "by"),
    [
        (Uncontested.MAY_BE_CANCELLED, Decider.MUNICIPAL_COUNCIL),
        (Uncontested.BOARD_DECIDES, Decider.ELECTION_BOARD),
        (Uncontested.UNSTATED, Decider.UNSTATED),
    ],
)
def test_where_the_mandate_leaves_it_open_somebody_decides(uncontested: Uncontested, by: Decider) -> None:
    outcome = closed(4, uncontested=uncontested)
    assert outcome == DecisionNeeded(by=by, choices=(Choice.ELECT_ALL, Choice.VOTE), lacking=0)


def test_too_few_candidates_where_the_mandate_is_silent_need_a_decision() -> None:
    outcome = closed(2, too_few=TooFewCandidates.UNSTATED)
    assert isinstance(outcome, DecisionNeeded)
    assert outcome.lacking == 2
    assert Choice.EXTEND_DEADLINE in outcome.choices


def test_the_deadline_is_extended_once_only() -> None:
    assert closed(2, too_few=TooFewCandidates.EXTEND_DEADLINE) == NominationsReopened(lacking=2)
    outcome = closed(2, too_few=TooFewCandidates.EXTEND_DEADLINE, extended=True)
    assert isinstance(outcome, ElectedWithoutVote)
    assert outcome.follows is TooFewCandidates.EXTEND_DEADLINE


def test_fewer_than_the_least_number_of_members_form_no_council() -> None:
    assert closed(4, seats=6, too_few=TooFewCandidates.NO_COUNCIL) == NoCouncil(standing=4, least=5)
    enough = closed(5, seats=6, too_few=TooFewCandidates.NO_COUNCIL)
    assert isinstance(enough, ElectedWithoutVote)
    assert (enough.lacking, enough.follows) == (1, None)


@pytest.mark.parametrize(
    "too_few", [TooFewCandidates.LEAVE_EMPTY, TooFewCandidates.APPOINT, TooFewCandidates.BY_ELECTION]
)
def test_what_follows_the_empty_seats_is_told(too_few: TooFewCandidates) -> None:
    outcome = closed(3, too_few=too_few)
    assert isinstance(outcome, ElectedWithoutVote)
    assert (outcome.lacking, outcome.follows) == (1, too_few)


def test_norddjurs_says_nothing_of_it_so_somebody_must_decide() -> None:
    mandate = load_mandate("norddjurs-dialogforum-2024")
    rules = mandate.group("elected").election
    assert rules is not None
    candidates = [Candidate(CandidateId(name), name) for name in ("Samira", "Yusuf")]
    contest = contest_from_mandate(mandate, "elected", question="Hvem?", candidates=candidates)
    outcome = close_nominations(
        contest, uncontested=rules.uncontested, too_few=rules.too_few, least=mandate.group("elected").seats.least
    )
    assert isinstance(outcome, DecisionNeeded)
    assert (outcome.by, outcome.lacking) == (Decider.UNSTATED, 2)
