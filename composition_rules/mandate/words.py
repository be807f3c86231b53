"""The closed lists of words that the mandate language knows."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A place is a seat of a member, or a place of an alternate."""

    MEMBER = "member"
    ALTERNATE = "alternate"


class Route(StrEnum):
    """How a seat comes to be filled."""

    UNSTATED = "unstated"
    DIRECT_ELECTION = "direct-election"
    APPOINTMENT = "appointment"
    NOMINATION = "nomination"
    EX_OFFICIO = "ex-officio"


class AlternateKind(StrEnum):
    """Whom an alternate stands in for."""

    UNSTATED = "unstated"
    NONE = "none"
    PERSONAL = "personal"  # for one member
    SHARED = "shared"  # for any member of the group
    POOL = "pool"  # a list from which the next is taken


class AlternateOrder(StrEnum):
    """In which order several alternates step in."""

    UNSTATED = "unstated"
    VOTES = "votes"
    LOT = "lot"


class Bound(StrEnum):
    """How many must have a property. The words are the keys of a requirement."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"
    MAJORITY = "majority"  # more than half
    ALL = "all"


class TieRule(StrEnum):
    """What settles an equal number of votes."""

    UNSTATED = "unstated"
    LOT = "lot"


class BallotOrder(StrEnum):
    """In which order the candidates stand on the ballot."""

    UNSTATED = "unstated"
    SURNAME = "surname"
    GIVEN_NAME = "given-name"
    LOT = "lot"
    ROTATION = "rotation"


class Uncontested(StrEnum):
    """What happens when there are no more candidates than seats, or than seats and alternates."""

    UNSTATED = "unstated"
    ELECTED_WITHOUT_VOTE = "elected-without-vote"
    MAY_BE_CANCELLED = "may-be-cancelled"  # the municipal council may call it off; all candidates are elected
    BOARD_DECIDES = "board-decides"  # the election board
    VOTE_TO_RANK = "vote-to-rank"


class TooFewCandidates(StrEnum):
    """What happens when there are fewer candidates than seats."""

    UNSTATED = "unstated"
    LEAVE_EMPTY = "leave-empty"
    EXTEND_DEADLINE = "extend-deadline"
    APPOINT = "appoint"
    BY_ELECTION = "by-election"
    NO_COUNCIL = "no-council"  # below the least number of seats no council is formed


class MajorityBase(StrEnum):
    """Of what a candidate for an office needs more than half, or that the most votes are enough."""

    UNSTATED = "unstated"
    ALL_MEMBERS = "all-members"
    MEMBERS_PRESENT = "members-present"
    VOTES_CAST = "votes-cast"
    MOST_VOTES = "most-votes"


class RoundCandidates(StrEnum):
    """Who may be voted for in a round."""

    UNSTATED = "unstated"
    ALL = "all"
    TWO_HIGHEST = "two-highest"


class Cause(StrEnum):
    """What ends a seat."""

    RESIGNATION = "resignation"
    DEATH = "death"
    MOVED_AWAY = "moved-away"  # out of the municipality
    ABSENCE = "absence"
    LOST_MEMBERSHIP = "lost-membership"  # or another property that the mandate asks for
    OTHER = "other"  # what the words of the rule name


class Successor(StrEnum):
    """Who takes a seat that falls empty."""

    UNSTATED = "unstated"
    ALTERNATE = "alternate"  # in the order of the group
    APPOINTED = "appointed"  # somebody new, by whoever fills the seat
    BY_ELECTION = "by-election"


class EmptyPlace(StrEnum):
    """What happens to a place that nobody is left for."""

    UNSTATED = "unstated"
    LEAVE_EMPTY = "leave-empty"
    BY_ELECTION = "by-election"
    APPOINT = "appoint"


class LegalBasis(StrEnum):
    """The statute under which the council is formed."""

    UNSTATED = "unstated"
    NONE = "none"
    INTEGRATIONSLOVEN_42 = "integrationsloven-42"
    KOMMUNESTYRELSESLOVEN_17_4 = "kommunestyrelsesloven-17-4"
    RETSSIKKERHEDSLOVEN_30 = "retssikkerhedsloven-30"
    RETSSIKKERHEDSLOVEN_37A = "retssikkerhedsloven-37a"


class Office(StrEnum):
    """An office within the council."""

    CHAIR = "chair"
    DEPUTY = "deputy"
