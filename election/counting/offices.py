"""The vote for an office (chair, deputy), round by round, each with a majority base of its own.

Kommunestyrelsesloven § 24, stk. 1, is the model (as told in the ministry's statement 13.1.5 of 2 December 2013; the
text of the section itself was not found); local rules differ in the base and in what settles a tie. Where a rule is
silent nothing is guessed: the outcome is ``NoRule``, and the council must decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from election.counting.lots import Boundary, DrawnLots, Lot, LotNeededError, LotsRequired
from election.counting.ranking import Ranking
from election.counting.trail import Amount, Standing, State, Step
from election.errors import ResultError
from election.ids import CandidateId


class Majority(StrEnum):
    """Of what a candidate needs more than half, or that the most votes are enough."""

    ALL_MEMBERS = "all-members"
    MEMBERS_PRESENT = "members-present"
    VOTES_CAST = "votes-cast"
    MOST_VOTES = "most-votes"


class Among(StrEnum):
    """Who may be voted for in a round."""

    ALL = "all"
    TWO_HIGHEST = "two-highest"  # of the round before


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRule:
    """One round. A ``lot`` settles a tie in it, and over who comes into it; without, the rules do not say what does.

    With ``sole_candidate`` a candidate is elected too when nobody else gets a vote.
    """

    majority_of: Majority
    among: Among
    lot: bool
    sole_candidate: bool = False


Rules = Sequence[RoundRule | None]  # None for a round of which the rules do not say what majority, or among whom

KOMMUNESTYRELSESLOVEN_24: Rules = (
    RoundRule(majority_of=Majority.MEMBERS_PRESENT, among=Among.ALL, lot=True),
    RoundRule(majority_of=Majority.MEMBERS_PRESENT, among=Among.ALL, lot=True, sole_candidate=True),
    RoundRule(majority_of=Majority.VOTES_CAST, among=Among.TWO_HIGHEST, lot=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundVotes:
    """What was voted in one round.

    ``present`` and ``members`` are the members present and in all. Blank and invalid papers are not votes cast: they
    are for nobody. Whoever ``withdrew`` did so after this round: they are neither elected by it nor go on.
    """

    votes: Mapping[CandidateId, int]
    present: int
    members: int
    blank: int = 0
    invalid: int = 0
    withdrew: tuple[CandidateId, ...] = ()

    @property
    def cast(self) -> int:
        """The votes for somebody."""
        return sum(self.votes.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Elected:
    """Somebody has the office."""

    candidate: CandidateId
    round: int
    by_lot: bool
    trail: tuple[Step, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRound:
    """There must be another vote: its number, between whom, and by which rule."""

    number: int
    candidates: tuple[CandidateId, ...]
    rule: RoundRule
    trail: tuple[Step, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRule:
    """The rules do not say how it goes on: the council must decide. ``code`` names the sentence that says why."""

    code: str
    round: int
    candidates: tuple[CandidateId, ...]
    trail: tuple[Step, ...] = field(default=(), compare=False)


OfficeOutcome = Elected | NextRound | LotsRequired | NoRule


def elect_officer(
    rules: Rules,
    candidates: Sequence[CandidateId],
    rounds: Sequence[RoundVotes] = (),
    lots: Sequence[Lot] = (),
) -> OfficeOutcome:
    """Where the vote stands after these rounds; without any, which round comes first.

    Raises:
        ResultError: A round is given after the vote was over (code office-round-too-many), its votes cannot be
            (office-votes-negative, office-papers, office-not-candidate), a candidate stands twice
            (office-candidate-twice), or a recorded lot was not asked for or is not between the tied people.
    """
    if len(set(candidates)) != len(candidates):
        raise ResultError("office-candidate-twice")
    drawn = DrawnLots(lots)
    try:
        outcome = _after(rules, tuple(candidates), rounds, drawn)
    except LotNeededError as needed:
        drawn.verify_used(needed.required)
        return needed.required
    drawn.verify_used()
    return outcome


_Decided = Elected | NextRound | NoRule


def _after(
    rules: Rules, candidates: tuple[CandidateId, ...], rounds: Sequence[RoundVotes], lots: DrawnLots
) -> _Decided:
    trail: tuple[Step, ...] = ()
    outcome = _first(rules, candidates)
    for number, votes in enumerate(rounds, start=1):
        if not isinstance(outcome, NextRound):
            raise ResultError("office-round-too-many", round=number)
        _verify_votes(votes, number, outcome.candidates)
        following = rules[number] if number < len(rules) else None
        voted = _Round(number, outcome.candidates, outcome.rule, votes, lots)
        outcome = voted.outcome(following, is_last=number == len(rules))
        trail += (voted.told(), voted.told_of(outcome))
    return replace(outcome, trail=tuple(replace(step, number=place) for place, step in enumerate(trail, start=1)))


def _first(rules: Rules, candidates: tuple[CandidateId, ...]) -> _Decided:
    if not rules:
        return NoRule(code="office-unstated", round=1, candidates=candidates)
    first = rules[0]
    if first is None or first.among is not Among.ALL:
        return NoRule(code="office-round-unstated", round=1, candidates=candidates)
    if not candidates:
        return NoRule(code="office-nobody-left", round=1, candidates=())
    return NextRound(number=1, candidates=candidates, rule=first)


class _Round:
    """One round that was voted."""

    def __init__(
        self, number: int, candidates: Sequence[CandidateId], rule: RoundRule, votes: RoundVotes, lots: DrawnLots
    ) -> None:
        self._number = number
        self._candidates = candidates
        self._rule = rule
        self._votes = votes
        self._lots = lots
        self._by_lot = False
        self._there: dict[CandidateId, Amount] = {
            each: votes.votes.get(each, 0) for each in candidates if each not in votes.withdrew
        }

    def outcome(self, following: RoundRule | None, *, is_last: bool) -> _Decided:
        """Elected by the majority that is asked for, else by the lot that settles this round, else on to the next."""
        highest = max(self._there.values(), default=0)
        # Votes that nobody got are no tie: no lot gives an office to somebody for whom nobody voted.
        leading = tuple(each for each, votes in self._there.items() if votes == highest > 0)
        if len(leading) == 1 and self._is_enough(highest):
            return Elected(candidate=leading[0], round=self._number, by_lot=False)
        if len(leading) > 1 and (is_last or self._rule.majority_of is Majority.MOST_VOTES):
            if self._rule.lot:
                order = self._lots.order(Boundary.OFFICE, leading, votes=highest, at=f"round {self._number}")
                return Elected(candidate=order[0], round=self._number, by_lot=True)
            if is_last:
                return NoRule(code="office-tie-unstated", round=self._number, candidates=leading)
        if is_last:
            return NoRule(code="office-no-round-left", round=self._number, candidates=tuple(self._there))
        return self._go_on(following)

    def _is_enough(self, number: Amount) -> bool:
        if self._rule.sole_candidate and number == self._votes.cast:
            return True
        match self._rule.majority_of:
            case Majority.MOST_VOTES:
                return True
            case Majority.ALL_MEMBERS:
                return number * 2 > self._votes.members
            case Majority.MEMBERS_PRESENT:
                return number * 2 > self._votes.present
            case Majority.VOTES_CAST:
                return number * 2 > self._votes.cast
            case _:
                assert_never(self._rule.majority_of)

    def _go_on(self, following: RoundRule | None) -> NextRound | NoRule:
        number = self._number + 1
        if not self._there:
            return NoRule(code="office-nobody-left", round=number, candidates=())
        if following is None:
            return NoRule(code="office-round-unstated", round=number, candidates=tuple(self._there))
        if following.among is Among.ALL:
            return NextRound(number=number, candidates=tuple(self._there), rule=following)
        ranking = Ranking(self._there)
        tie = ranking.tie_across(2)
        if tie is not None:
            if not following.lot:
                return NoRule(code="office-tie-unstated", round=number, candidates=tie)
            to_choose = 2 - ranking.place_of_first(tie)
            votes, at = self._there[tie[0]], f"round {number}"
            ranking.settle(tie, self._lots.order(Boundary.NEXT_ROUND, tie, votes=votes, to_choose=to_choose, at=at))
            self._by_lot = True
        two = ranking.order()[:2]
        return NextRound(number=number, candidates=tuple(each for each in self._there if each in two), rule=following)

    def told(self) -> Step:
        """What was voted."""
        votes = self._votes
        params: dict[str, str | Amount] = {
            "round": self._number,
            "cast": votes.cast,
            "blank": votes.blank,
            "invalid": votes.invalid,
            "present": votes.present,
            "members": votes.members,
        }
        return self._step("office-votes", (), params, {})

    def told_of(self, outcome: _Decided) -> Step:
        """What came of it."""
        match outcome:
            case Elected():
                code = "office-elected-by-lot" if outcome.by_lot else f"office-elected-{self._rule.majority_of}"
                votes = self._there[outcome.candidate]
                if self._rule.sole_candidate and votes == self._votes.cast:
                    code = "office-elected-sole"
                return self._step(code, (outcome.candidate,), {"votes": votes}, {outcome.candidate: State.ELECTED})
            case NextRound():
                code = "office-next-round-by-lot" if self._by_lot else "office-next-round"
                out = dict.fromkeys((each for each in self._there if each not in outcome.candidates), State.EXCLUDED)
                return self._step(code, outcome.candidates, {"round": outcome.number}, out)
            case NoRule():
                return self._step(outcome.code, outcome.candidates, {"round": outcome.round}, {})
            case _:
                assert_never(outcome)

    def _step(
        self,
        code: str,
        people: Sequence[CandidateId],
        params: Mapping[str, str | Amount],
        states: Mapping[CandidateId, State],
    ) -> Step:
        gone = dict.fromkeys(self._votes.withdrew, State.GONE)
        standings = tuple(
            Standing(each, self._votes.votes.get(each, 0), {**gone, **states}.get(each, State.STANDING))
            for each in self._candidates
        )
        papers_for_nobody = self._votes.blank + self._votes.invalid
        return Step(
            number=0, code=code, people=tuple(people), params=params, standings=standings, exhausted=papers_for_nobody
        )


def _verify_votes(votes: RoundVotes, number: int, candidates: Sequence[CandidateId]) -> None:
    for each in (*votes.votes, *votes.withdrew):
        if each not in candidates:
            raise ResultError("office-not-candidate", candidate=each, round=number)
    if min((*votes.votes.values(), votes.blank, votes.invalid)) < 0:
        raise ResultError("office-votes-negative", round=number)
    papers = votes.cast + votes.blank + votes.invalid
    if not papers <= votes.present <= votes.members:
        raise ResultError("office-papers", round=number, papers=papers, present=votes.present, members=votes.members)
