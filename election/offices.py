"""How a mandate has its council vote for chair and deputy, as rules that ``counting.offices`` can follow."""

from __future__ import annotations

from composition_rules.mandate import BallotRound, MajorityBase, Mandate, RoundCandidates, Silence, TieRule
from election.counting.offices import Among, Majority, RoundRule, Rules


def rounds_of(mandate: Mandate) -> Rules:
    """The rounds of the vote; none where the mandate does not tell them.

    A round of which it says not what majority, or not among whom, is None: the council must decide on it.
    """
    if isinstance(mandate.officers, Silence):
        return ()
    return tuple(_rule(each) for each in mandate.officers.rounds)


def _rule(told: BallotRound) -> RoundRule | None:
    if told.majority_of is MajorityBase.UNSTATED or told.among is RoundCandidates.UNSTATED:
        return None
    return RoundRule(
        majority_of=Majority(told.majority_of.value),
        among=Among(told.among.value),
        lot=told.ties is TieRule.LOT,
    )
