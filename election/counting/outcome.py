"""What a count comes to: who is elected, who is alternate, how many places stay empty, and how it got there."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from election.counting.trail import Amount, Step
from election.ids import CandidateId


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A candidate's place in the result. ``votes`` are those at the end of the count, or when the place was won."""

    candidate: CandidateId
    votes: Amount
    by_lot: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """The outcome. Elected people share one rank; ``alternates`` are in order where the mandate gives them one.

    ``others`` are everybody else, also those who are gone. ``trail`` tells each step of the count.
    """

    elected: tuple[Place, ...]
    alternates: tuple[Place, ...]
    others: tuple[Place, ...]
    vacant_seats: int
    vacant_alternates: int
    trail: tuple[Step, ...] = field(default=(), compare=False)


class WhyGone(StrEnum):
    """Why a candidate on the ballot takes no place."""

    WITHDREW = "withdrew"
    DIED = "died"
    NOT_ELIGIBLE = "not-eligible"
    DECLINED = "declined"  # elected, and does not take the seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A candidate who takes no place though ballots may name them. ``decision`` names where that was recorded.

    The same ballots are counted anew without the candidate: how is said by each rule.
    """

    candidate: CandidateId
    why: WhyGone
    decision: str = ""


def exact(amount: Amount) -> Amount:
    """A whole number as int, so that equal amounts are written alike."""
    return amount.numerator if isinstance(amount, Fraction) and amount.denominator == 1 else amount
