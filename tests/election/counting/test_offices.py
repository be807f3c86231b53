"""The vote for a chair: each round by its majority, and where the rules are silent, a decision is asked for."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.catalogue import load_mandate
from composition_rules.mandate import BallotRound, MajorityBase, Officers, RoundCandidates, TieRule
from election.counting.lots import Boundary, Lot, LotsRequired
from election.counting.offices import (
    KOMMUNESTYRELSESLOVEN_24,
    Among,
    Elected,
    Majority,
    NextRound,
    NoRule,
    OfficeOutcome,
    RoundRule,
    RoundVotes,
    Rules,
    elect_officer,
)
from election.errors import ResultError
from election.ids import CandidateId
from election.messages import sentence
from election.offices import rounds_of
from tests.election.counting.drawing import lot

A, B, C, D = map(CandidateId, "ABCD")
CAST = RoundRule(majority_of=Majority.VOTES_CAST, among=Among.ALL, lot=True)
# Albertslund Kommune, forretningsorden § 13: a majority of the votes cast in each round.
ALBERTSLUND: Rules = (CAST, CAST, replace(CAST, among=Among.TWO_HIGHEST))
WITHOUT_SOLE_CANDIDATE: Rules = (*[KOMMUNESTYRELSESLOVEN_24[0]] * 2, KOMMUNESTYRELSESLOVEN_24[2])
MOST = RoundRule(majority_of=Majority.MOST_VOTES, among=Among.ALL, lot=True)


def voted(*numbers: int, blank: int = 0, present: int = 21, members: int = 21, **more: object) -> RoundVotes:
    """Votes for A, B, C ... in a council of 21."""
    votes = dict(zip((A, B, C, D), numbers, strict=False))
    return RoundVotes(votes=votes, blank=blank, present=present, members=members, **more)  # type: ignore[arg-type]


def vote(rules: Rules, *rounds: RoundVotes, lots: tuple[Lot, ...] = (), people: str = "ABC") -> OfficeOutcome:
    return elect_officer(rules, tuple(map(CandidateId, people)), rounds, lots)


def told(outcome: OfficeOutcome) -> list[str]:
    assert not isinstance(outcome, LotsRequired)
    return [sentence(step.code, {**step.params, "people": ", ".join(step.people)}) for step in outcome.trail]


# ------------------------------------------------------------------------------------- kommunestyrelsesloven § 24

# The ministry's statement 13.1.5 of 2 December 2013: 21 members, 10 for A, 8 for B, 3 for C.
STATEMENT = voted(10, 8, 3)


def test_the_case_of_the_ministry_goes_to_a_third_round_between_the_two_highest() -> None:
    assert vote(KOMMUNESTYRELSESLOVEN_24) == NextRound(number=1, candidates=(A, B, C), rule=KOMMUNESTYRELSESLOVEN_24[0])
    assert vote(KOMMUNESTYRELSESLOVEN_24, STATEMENT) == NextRound(
        number=2, candidates=(A, B, C), rule=KOMMUNESTYRELSESLOVEN_24[1]
    )
    assert vote(KOMMUNESTYRELSESLOVEN_24, STATEMENT, STATEMENT) == NextRound(
        number=3, candidates=(A, B), rule=KOMMUNESTYRELSESLOVEN_24[2]
    )


def test_in_the_third_round_the_majority_is_of_the_votes_cast() -> None:
    outcome = vote(KOMMUNESTYRELSESLOVEN_24, STATEMENT, STATEMENT, voted(10, 8, blank=3))
    assert outcome == Elected(candidate=A, round=3, by_lot=False)
    assert told(outcome) == [
        "Round 1: 21 votes cast, 0 blank, 0 invalid; 21 of 21 members were present.",
        "Nobody is elected. Round 2 is between: A, B, C.",
        "Round 2: 21 votes cast, 0 blank, 0 invalid; 21 of 21 members were present.",
        "Nobody is elected. Round 3 is between: A, B.",
        "Round 3: 18 votes cast, 3 blank, 0 invalid; 21 of 21 members were present.",
        "A is elected with a majority of the votes cast. Votes: 10.",
    ]
    assert [step.total for step in outcome.trail] == [21] * 6  # type: ignore[union-attr]


def test_in_the_first_two_rounds_the_majority_is_of_the_members_present() -> None:
    assert isinstance(vote(KOMMUNESTYRELSESLOVEN_24, voted(10, 5, blank=6)), NextRound)
    assert isinstance(vote(KOMMUNESTYRELSESLOVEN_24, voted(10, 5, present=20)), NextRound)
    assert vote(KOMMUNESTYRELSESLOVEN_24, voted(10, 5, present=19)) == Elected(candidate=A, round=1, by_lot=False)


def test_the_only_one_with_votes_is_elected_in_the_second_round_not_in_the_first() -> None:
    few = voted(3, blank=10)
    assert isinstance(vote(KOMMUNESTYRELSESLOVEN_24, few), NextRound)
    outcome = vote(KOMMUNESTYRELSESLOVEN_24, few, few)
    assert outcome == Elected(candidate=A, round=2, by_lot=False)
    assert told(outcome)[-1] == "A is elected: nobody else got a vote. Votes: 3."
    assert isinstance(vote(KOMMUNESTYRELSESLOVEN_24, few, voted(3, 1)), NextRound)


def test_a_tie_in_the_third_round_is_settled_by_lot() -> None:
    rounds = (STATEMENT, STATEMENT, voted(9, 9, blank=3))
    assert vote(KOMMUNESTYRELSESLOVEN_24, *rounds) == LotsRequired(
        boundary=Boundary.OFFICE, tied=(A, B), votes=9, to_choose=1, at="round 3"
    )
    drawn = lot(Boundary.OFFICE, B, A, at="round 3")
    outcome = vote(KOMMUNESTYRELSESLOVEN_24, *rounds, lots=(drawn,))
    assert outcome == Elected(candidate=B, round=3, by_lot=True)


@pytest.mark.parametrize(
    ("second", "tied", "votes", "to_choose"),
    [((9, 6, 6), (B, C), 6, 1), ((7, 7, 7), (A, B, C), 7, 2), ((0, 0, 0), (A, B, C), 0, 2), ((5, 0, 0), (B, C), 0, 1)],
)
def test_a_tie_over_who_comes_into_the_third_round_is_settled_by_lot(
    second: tuple[int, ...], tied: tuple[CandidateId, ...], votes: int, to_choose: int
) -> None:
    rules, rounds = WITHOUT_SOLE_CANDIDATE, (STATEMENT, voted(*second))
    asked = vote(rules, *rounds)
    assert asked == LotsRequired(
        boundary=Boundary.NEXT_ROUND, tied=tied, votes=votes, to_choose=to_choose, at="round 3"
    )
    for order in permutations(tied):
        outcome = vote(rules, *rounds, lots=(lot(Boundary.NEXT_ROUND, *order, at="round 3"),))
        assert isinstance(outcome, NextRound)
        sure = {A, B, C} - set(tied)
        assert set(outcome.candidates) == sure | set(order[:to_choose])
        assert "after a lot" in told(outcome)[-1]


def test_equals_above_the_cut_need_no_lot() -> None:
    assert vote(ALBERTSLUND, voted(9, 9, 3), voted(9, 9, 3)) == NextRound(
        number=3, candidates=(A, B), rule=ALBERTSLUND[2]
    )


# ----------------------------------------------------------------------------------------------------- local rules


@pytest.mark.parametrize(
    ("base", "votes", "is_elected"),
    [
        (Majority.ALL_MEMBERS, voted(11, 4, present=15), True),
        (Majority.ALL_MEMBERS, voted(10, 0, present=10), False),
        (Majority.MEMBERS_PRESENT, voted(8, 7, present=15), True),
        (Majority.MEMBERS_PRESENT, voted(8, 0, blank=8, present=16), False),
        (Majority.VOTES_CAST, voted(2, 1, blank=12, present=15), True),
        (Majority.VOTES_CAST, voted(5, 3, 2), False),
        (Majority.MOST_VOTES, voted(4, 3, 3), True),
        (Majority.MOST_VOTES, voted(0, 0, 0), False),
    ],
)
def test_each_round_has_a_majority_base_of_its_own(base: Majority, votes: RoundVotes, is_elected: bool) -> None:
    rules = (RoundRule(majority_of=base, among=Among.ALL, lot=True), MOST)
    outcome = vote(rules, votes)
    assert isinstance(outcome, Elected) is is_elected
    assert isinstance(outcome, NextRound) is not is_elected
    assert told(outcome)


def test_most_votes_with_a_lot_settles_a_tie_at_once_and_without_one_goes_on() -> None:
    tie = voted(4, 4, 2)
    assert vote((MOST, MOST), tie) == LotsRequired(
        boundary=Boundary.OFFICE, tied=(A, B), votes=4, to_choose=1, at="round 1"
    )
    assert vote((replace(MOST, lot=False), MOST), tie) == NextRound(number=2, candidates=(A, B, C), rule=MOST)


def test_one_candidate_alone_needs_the_majority_too() -> None:
    assert vote(ALBERTSLUND, voted(1, blank=20), people="A") == Elected(candidate=A, round=1, by_lot=False)
    nobody = voted(0, blank=21)
    assert vote(ALBERTSLUND, nobody, nobody, people="A") == NextRound(number=3, candidates=(A,), rule=ALBERTSLUND[2])
    outcome = vote(ALBERTSLUND, nobody, nobody, nobody, people="A")
    assert outcome == NoRule(code="office-no-round-left", round=3, candidates=(A,))


def test_nobody_gets_an_office_by_lot_without_a_vote() -> None:
    assert vote((MOST,), voted(0, 0, 0, blank=9)) == NoRule(code="office-no-round-left", round=1, candidates=(A, B, C))


# ----------------------------------------------------------------------------------------------------- withdrawals


def test_who_withdraws_does_not_go_on_and_the_next_does() -> None:
    rounds = (STATEMENT, replace(STATEMENT, withdrew=(B,)))
    outcome = vote(KOMMUNESTYRELSESLOVEN_24, *rounds)
    assert outcome == NextRound(number=3, candidates=(A, C), rule=KOMMUNESTYRELSESLOVEN_24[2])
    with pytest.raises(ResultError) as caught:
        vote(KOMMUNESTYRELSESLOVEN_24, *rounds, voted(9, 9))
    assert caught.value.code == "office-not-candidate"


def test_who_withdraws_with_a_majority_is_not_elected() -> None:
    assert vote(ALBERTSLUND, voted(15, 6, withdrew=(A,))) == NextRound(number=2, candidates=(B, C), rule=ALBERTSLUND[1])


def test_votes_for_who_withdrew_still_are_votes_cast() -> None:
    assert isinstance(vote(ALBERTSLUND, voted(15, 6, withdrew=(A,))), NextRound)
    few = voted(15, 6, withdrew=(A,))
    assert isinstance(vote((replace(CAST, sole_candidate=True), CAST), few), NextRound)


def test_when_everybody_withdrew_the_council_must_decide() -> None:
    assert vote(ALBERTSLUND, voted(5, 5, withdrew=(A, B)), people="AB") == NoRule(
        code="office-nobody-left", round=2, candidates=()
    )
    assert vote(ALBERTSLUND, people="") == NoRule(code="office-nobody-left", round=1, candidates=())


# ------------------------------------------------------------------------------------------- where rules are silent


@pytest.mark.parametrize(
    ("rules", "rounds", "code"),
    [
        ((), (), "office-unstated"),
        ((None,), (), "office-round-unstated"),
        ((replace(CAST, among=Among.TWO_HIGHEST),), (), "office-round-unstated"),
        ((CAST, None), (STATEMENT,), "office-round-unstated"),
        ((CAST,), (STATEMENT,), "office-no-round-left"),
        ((replace(CAST, lot=False),), (voted(9, 9, 3),), "office-tie-unstated"),
        ((replace(MOST, lot=False),), (voted(9, 9, 3),), "office-tie-unstated"),
        ((CAST, replace(CAST, among=Among.TWO_HIGHEST, lot=False)), (voted(9, 6, 6),), "office-tie-unstated"),
    ],
)
def test_where_the_rules_are_silent_nothing_is_guessed(rules: Rules, rounds: tuple[RoundVotes, ...], code: str) -> None:
    outcome = vote(rules, *rounds)
    assert isinstance(outcome, NoRule)
    assert outcome.code == code
    assert "must" in sentence(code, {"people": "A, B", "round": outcome.round})


def test_a_mandate_that_does_not_tell_the_rounds_asks_for_a_decision() -> None:
    for mandate in ("norddjurs-dialogforum-2024", "odense-integrationsraad"):
        outcome = elect_officer(rounds_of(load_mandate(mandate)), (A, B))
        assert outcome == NoRule(code="office-unstated", round=1, candidates=(A, B))


def test_the_rounds_are_read_off_a_mandate() -> None:
    mandate = load_mandate("norddjurs-dialogforum-2024")
    assert isinstance(mandate.officers, Officers)

    def told_round(base: MajorityBase, among: RoundCandidates, ties: TieRule) -> BallotRound:
        return BallotRound(majority_of=base, among=among, ties=ties)

    rounds = (
        told_round(MajorityBase.VOTES_CAST, RoundCandidates.ALL, TieRule.UNSTATED),
        told_round(MajorityBase.MOST_VOTES, RoundCandidates.TWO_HIGHEST, TieRule.LOT),
        told_round(MajorityBase.UNSTATED, RoundCandidates.ALL, TieRule.LOT),
        told_round(MajorityBase.ALL_MEMBERS, RoundCandidates.UNSTATED, TieRule.LOT),
    )
    assert rounds_of(replace(mandate, officers=replace(mandate.officers, rounds=rounds))) == (
        replace(CAST, lot=False),
        RoundRule(majority_of=Majority.MOST_VOTES, among=Among.TWO_HIGHEST, lot=True),
        None,
        None,
    )


def test_every_word_of_a_mandate_has_its_meaning_here() -> None:
    assert {each.value for each in MajorityBase} - {"unstated"} == {each.value for each in Majority}
    assert {each.value for each in RoundCandidates} - {"unstated"} == {each.value for each in Among}


# ---------------------------------------------------------------------------------------------------- ways to be wrong


@pytest.mark.parametrize(
    ("rounds", "code"),
    [
        ((voted(15, 6), voted(1)), "office-round-too-many"),
        ((voted(15, -1),), "office-votes-negative"),
        ((voted(15, blank=-1),), "office-votes-negative"),
        ((voted(15, 6, blank=1),), "office-papers"),
        ((voted(1, present=22),), "office-papers"),
        ((voted(1, 1, 1, 1),), "office-not-candidate"),
        ((voted(1, withdrew=(D,)),), "office-not-candidate"),
        ((STATEMENT, STATEMENT, voted(8, 8, 1)), "office-not-candidate"),
    ],
)
def test_votes_that_cannot_be_are_refused(rounds: tuple[RoundVotes, ...], code: str) -> None:
    with pytest.raises(ResultError) as caught:
        vote(KOMMUNESTYRELSESLOVEN_24, *rounds)
    assert caught.value.code == code
    assert str(caught.value)


def test_a_candidate_who_stands_twice_is_refused() -> None:
    with pytest.raises(ResultError, match="stands twice"):
        vote(ALBERTSLUND, people="AA")


@pytest.mark.parametrize(
    ("drawn", "code"),
    [
        (lot(Boundary.OFFICE, A, B, at="round 1"), "lot-not-asked"),
        (lot(Boundary.NEXT_ROUND, A, B, at="round 3"), "lot-people"),
    ],
)
def test_a_lot_that_was_not_asked_for_is_refused(drawn: Lot, code: str) -> None:
    with pytest.raises(ResultError) as caught:
        vote(ALBERTSLUND, voted(9, 6, 6), voted(9, 6, 6), lots=(drawn,))
    assert caught.value.code == code


@pytest.mark.parametrize("rounds", [(), (voted(15, 6),), (voted(9, 6, 6),)])
def test_a_lot_where_no_vote_is_tied_is_refused(rounds: tuple[RoundVotes, ...]) -> None:
    with pytest.raises(ResultError) as caught:
        vote(ALBERTSLUND, *rounds, lots=(lot(Boundary.OFFICE, A, B, at="round 1"),))
    assert caught.value.code == "lot-not-asked"


# ------------------------------------------------------------------------------------------------ what always holds

_votes = st.tuples(*[st.integers(0, 4)] * 3, st.integers(0, 4), st.integers(0, 5))
_rules = st.lists(
    st.builds(
        RoundRule,
        majority_of=st.sampled_from(Majority),
        among=st.sampled_from(Among),
        lot=st.booleans(),
        sole_candidate=st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(_rules, st.lists(_votes, min_size=1, max_size=4))
def test_every_vote_comes_to_an_end_that_its_rules_and_votes_allow(
    rules: list[RoundRule], votes: list[tuple[int, ...]]
) -> None:
    rules = [replace(rules[0], among=Among.ALL), *rules[1:]]
    rounds: list[RoundVotes] = []
    lots: tuple[Lot, ...] = ()
    outcome = vote(rules)
    for a, b, c, blank, absent in votes:
        if not isinstance(outcome, NextRound):
            break
        there = {each: n for each, n in ((A, a), (B, b), (C, c)) if each in outcome.candidates}
        present = sum(there.values()) + blank
        rounds.append(RoundVotes(votes=there, blank=blank, present=present, members=present + absent))
        before, outcome = outcome, vote(rules, *rounds, lots=lots)
        while isinstance(outcome, LotsRequired):
            assert len({there[each] for each in outcome.tied}) == 1
            lots = (*lots, lot(outcome.boundary, *sorted(outcome.tied), at=outcome.at))
            outcome = vote(rules, *rounds, lots=lots)
        if isinstance(outcome, Elected):
            most = there[outcome.candidate]
            assert most == max(there.values()) > 0
            base = {"all-members": present + absent, "members-present": present, "votes-cast": present - blank}
            sole = before.rule.sole_candidate and most == present - blank
            if not (outcome.by_lot or sole or before.rule.majority_of is Majority.MOST_VOTES):
                assert 2 * most > base[before.rule.majority_of]
        elif isinstance(outcome, NextRound):
            assert outcome.number == len(rounds) + 1
            assert set(outcome.candidates) <= set(before.candidates)
            if outcome.rule.among is Among.TWO_HIGHEST:
                assert len(outcome.candidates) <= 2
                out = set(before.candidates) - set(outcome.candidates)
                assert all(there[each] <= there[other] for each in out for other in outcome.candidates)
        assert len(told(outcome)) == 2 * len(rounds)
    assert isinstance(outcome, Elected | NoRule | NextRound)


@given(_rules, _votes, st.permutations([A, B, C]))
def test_the_order_of_the_candidates_does_not_matter(
    rules: list[RoundRule], votes: tuple[int, ...], order: list[CandidateId]
) -> None:
    numbers = dict(zip((A, B, C), votes, strict=False))
    present = sum(votes[:4])
    counted = RoundVotes(votes=numbers, blank=votes[3], present=present, members=present + votes[4])
    rules = [replace(rules[0], among=Among.ALL), *rules[1:]]
    first, second = (elect_officer(rules, people, (counted,)) for people in ((A, B, C), order))
    match first, second:
        case LotsRequired(), LotsRequired():
            assert (set(first.tied), first.to_choose, first.at) == (set(second.tied), second.to_choose, second.at)
        case (NextRound() | NoRule(), NextRound() | NoRule()):
            assert set(first.candidates) == set(second.candidates)
        case _:
            assert first == second
