"""Who could fill what is empty: the seats first, then the places of alternates.

Where the seats cannot be filled, that is explained and nothing is said of alternates. Alternates who come from a vote,
and those of whom the mandate does not say whom they stand in for, are not named by anybody and so are never proposed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from composition_rules.conflict import Conflict
from composition_rules.fill import Proposal, propose
from composition_rules.mandate import AlternateKind, AlternateOrder, Mandate, Role, Route, SeatGroup
from composition_rules.places import Candidacy, Decision, Problem, problem_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal and the problem that it solves."""

    problem: Problem
    proposal: Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """Why a problem cannot be solved."""

    problem: Problem
    conflict: Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What can be filled, and what cannot. With both, the seats can and not all of the alternates can be named."""

    proposed: Proposed | None
    impossible: Impossible | None


def explain(mandate: Mandate, candidates: Iterable[Candidacy], decisions: Iterable[Decision]) -> Explanation:
    """What these candidates could fill beside those who hold a place.

    Raises:
        FillingError: the problem contradicts itself.
        SearchLimitError: the steps ended before there was an answer.
    """
    held = tuple(decisions)
    pool = [_without_voted(mandate, each) for each in candidates]
    seats = problem_of(mandate, pool, held, roles=(Role.MEMBER,))
    filled = propose(seats)
    if isinstance(filled, Conflict):
        return Explanation(proposed=None, impossible=Impossible(problem=seats, conflict=filled))
    both = problem_of(mandate, pool, held)
    asked = _asking_less(both, [group for group in mandate.groups if not names_alternates(group)])
    found = propose(asked)
    if isinstance(found, Proposal):
        return Explanation(proposed=Proposed(problem=asked, proposal=found), impossible=None)
    impossible = Impossible(problem=asked, conflict=found)
    less = _asking_less(both, mandate.groups)
    partly = propose(less)
    if isinstance(partly, Proposal):
        return Explanation(proposed=Proposed(problem=less, proposal=partly), impossible=impossible)
    return Explanation(proposed=Proposed(problem=seats, proposal=filled), impossible=impossible)


def names_alternates(group: SeatGroup) -> bool:
    """Whether whoever fills the seats names the alternates too."""
    return not votes_for_alternates(group) and group.alternates.kind is not AlternateKind.UNSTATED


def votes_for_alternates(group: SeatGroup) -> bool:
    """Whether the alternates of a group, if it has any, come from a vote."""
    by_vote = group.route is Route.DIRECT_ELECTION or group.alternates.order is AlternateOrder.VOTES
    return by_vote and group.alternates.kind not in (AlternateKind.NONE, AlternateKind.UNSTATED)


def _without_voted(mandate: Mandate, candidacy: Candidacy) -> Candidacy:
    named = {group.id for group in mandate.groups if names_alternates(group)}
    parts = (part for part in candidacy.parts if part[1] is Role.MEMBER or part[0] in named)
    return replace(candidacy, parts=frozenset(parts))


def _asking_less(problem: Problem, groups: Iterable[SeatGroup]) -> Problem:
    """The problem without a least for whatever counts alternates of these groups."""
    names = {group.id for group in groups}
    rules = (
        replace(rule, at_least=None)
        if any(place.role is Role.ALTERNATE and place.group in names for place in rule.places)
        else rule
        for rule in problem.rules
    )
    return replace(problem, rules=tuple(rules))
