"""Every rule by its name: what kind of papers it reads, and how it is run.

Two lines on each, in both languages, stand in ``messages.py`` under ``rule-`` and the name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from election.counting.apportion import Method
from election.counting.lists import AlternatesByList, CandidateList, JointLists, elect_from_lists, sort_votes
from election.counting.lots import DrawnLots, Lot, LotsRequired, decide
from election.counting.most_votes import elect_by_votes
from election.counting.outcome import Completed, WhyGone
from election.counting.papers import RankedPapers
from election.counting.stv.count import StvRule, elect_by_transfer
from election.counting.trail import Step
from election.ids import CandidateId


class Rule(StrEnum):
    """The rules."""

    ONE_MARK = "one-mark"
    UP_TO_N_MARKS = "up-to-n-marks"
    APPROVAL = "approval"
    SCOTTISH_STV = StvRule.SCOTTISH.value
    GREGORY_STV = StvRule.GREGORY.value
    MEEK_STV = StvRule.MEEK.value
    DHONDT = Method.DHONDT.value
    SAINTE_LAGUE = Method.SAINTE_LAGUE.value
    LARGEST_REMAINDER = Method.LARGEST_REMAINDER.value

    @property
    def explained(self) -> str:
        """The code of the two lines on this rule."""
        return f"rule-{self}"

    @property
    def is_ranked(self) -> bool:
        """Whether its papers rank candidates; those of the others mark them."""
        return self.value in {each.value for each in StvRule}

    @property
    def has_lists(self) -> bool:
        """Whether seats go to lists."""
        return self.value in {each.value for each in Method}

    def marks(self, asked: int | None, candidates: int) -> int:
        """How many marks a voter has; ``asked`` is what was said, which only up to N marks listens to."""
        match self:
            case Rule.UP_TO_N_MARKS if asked is not None:
                return asked
            case Rule.APPROVAL | Rule.UP_TO_N_MARKS:
                return candidates
            case _:
                return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists of an election, those that stand together, and how many alternates each has."""

    lists: tuple[CandidateList, ...]
    joint: tuple[JointLists, ...] = ()
    alternates: AlternatesByList = field(default_factory=AlternatesByList)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What is to be filled, and by whom it cannot be, and why. With lists, each list has alternates of its own."""

    seats: int
    alternates: int = 0
    alternates_ranked: bool = True
    gone: Mapping[CandidateId, WhyGone] = field(default_factory=dict)


Votes = Mapping[CandidateId, int]


def run_rule(
    rule: Rule,
    papers: RankedPapers | Votes,
    places: Places,
    lots: Sequence[Lot] = (),
    *,
    lists: Lists | None = None,
) -> Completed | LotsRequired:
    """The outcome of these papers, or of these votes where papers are marked.

    Raises:
        ResultError: A recorded lot, or the lists, contradict what was counted.
        TypeError: The rule reads other papers, or needs lists.
    """

    def count(drawn: DrawnLots) -> Completed:
        if isinstance(papers, RankedPapers):
            return elect_by_transfer(
                papers,
                drawn,
                rule=StvRule(rule),
                seats=places.seats,
                alternates=places.alternates,
                gone=places.gone,
            )
        if lists is not None:
            return elect_from_lists(
                sort_votes(lists.lists, {str(of): number for of, number in papers.items()}),
                drawn,
                seats=places.seats,
                method=Method(rule),
                joint=lists.joint,
                alternates=lists.alternates,
                alternates_ranked=places.alternates_ranked,
                gone=places.gone,
            )
        return elect_by_votes(
            papers,
            drawn,
            seats=places.seats,
            alternates=places.alternates,
            alternates_ranked=places.alternates_ranked,
            gone=places.gone,
        )

    if rule.is_ranked is not isinstance(papers, RankedPapers) or rule.has_lists is (lists is None):
        raise TypeError(rule)
    outcome = decide(count, lots)
    return _with_gone(outcome, places.gone) if isinstance(outcome, Completed) else outcome


def _with_gone(completed: Completed, gone: Mapping[CandidateId, WhyGone]) -> Completed:
    """The outcome with a trail that begins with who takes no place, and why."""
    of_reason = {why: tuple(each for each in gone if gone[each] is why) for why in WhyGone}
    told = [Step(number=0, code=f"count-gone-{why}", people=people) for why, people in of_reason.items() if people]
    steps = enumerate((*told, *completed.trail), start=1)
    return replace(completed, trail=tuple(replace(step, number=number) for number, step in steps))
