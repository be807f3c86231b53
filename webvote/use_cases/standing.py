"""What follows from the number of candidates by the mandate's rule, told to the official who closes the list."""

from __future__ import annotations

from typing import assert_never

from election.nominations import (
    Choice,
    DecisionNeeded,
    ElectedWithoutVote,
    NoCouncil,
    NominationsReopened,
    VoteNeeded,
    close_nominations,
)
from webvote.store.models import Election
from webvote.use_cases.contest import make_contest, mandate_of

Note = tuple[str, tuple[tuple[str, str | int], ...]]


def what_follows(election: Election) -> Note:
    """A code of ``webvote.messages`` with its params. The election can be held as an ordinary one all the same.

    Raises:
        ContestError: There are no candidates, or fewer than a voter may choose.
    """
    group = mandate_of(election).group(election.group_id)
    contest = make_contest(election)
    numbers = (("number", len(contest.candidates)), ("seats", contest.seats))
    if group.election is None:
        return "task-candidates", numbers[:1]
    rules = group.election
    outcome = close_nominations(contest, uncontested=rules.uncontested, too_few=rules.too_few, least=group.seats.least)
    match outcome:
        case VoteNeeded():
            return "task-vote-needed", numbers
        case ElectedWithoutVote(follows=None):
            return "task-elected-without-vote", numbers
        case ElectedWithoutVote(follows=follows, lacking=lacking):
            return f"task-lacking-{follows}", (*numbers, ("lacking", lacking))
        case DecisionNeeded(by=by, choices=choices):
            return (f"task-decision-of-{by}" if Choice.VOTE in choices else "task-too-few-unstated"), numbers
        case NominationsReopened():
            return "task-extend-deadline", numbers
        case NoCouncil(least=least):
            return "task-too-few-for-council", (*numbers, ("least", least))
        case _:
            assert_never(outcome)
