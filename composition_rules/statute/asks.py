"""What a statute can ask of a mandate: a closed list of kinds, each with what it needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from composition_rules.mandate import Route, Seats, Text
from composition_rules.people import PropertyKind


class Side(StrEnum):
    """One half of a council that has two: members that named bodies send, and members chosen freely."""

    SENT = "sent"  # nominated by, or drawn from, a named body
    OWN = "own"  # all others


class ElectionWords(StrEnum):
    """Which words of an election a statute decides."""

    FRANCHISE = "franchise"
    CANDIDACY = "candidacy"


class AskKind(StrEnum):
    """The words of the statute language for the kinds below."""

    MEMBERS = "members"
    EQUAL_SIDES = "equal-sides"
    ONLY_ROUTE = "only-route"
    NO_ROUTE = "no-route"
    APPOINTED_BY = "appointed-by"
    NO_RESERVED_SEATS = "no-reserved-seats"
    EVERY_MEMBER = "every-member"
    PERSONAL_ALTERNATES = "personal-alternates"
    NO_MORE_ALTERNATES = "no-more-alternates"
    MUNICIPAL_TERM = "municipal-term"
    LONGEST_TERM = "longest-term"
    MARKS = "marks"
    WORDING = "wording"
    OWN_CHAIR = "own-chair"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """How many members there may be, in the whole council or on one side of it."""

    seats: Seats
    side: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualSides:
    """The two sides have the same number of members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyRoute:
    """Every seat is filled by one route."""

    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRoute:
    """No seat is filled by this route."""

    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointedBy:
    """One authority appoints every member; ``called`` are its names in the mandates of municipalities."""

    by: Text
    called: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReservedSeats:
    """No seat belongs to a group of people beforehand, but for what the statute asks of every member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryMember:
    """Every member has a property of this kind, such as residence."""

    has: PropertyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalAlternates:
    """Every member has an alternate of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMoreAlternates:
    """There are no more alternates than members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalTerm:
    """The term is the municipal election period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LongestTerm:
    """The term is no longer than so many years; the municipal election period counts as four."""

    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Each voter has so many votes."""

    exactly: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The words on who votes, or who may stand, mention each of these."""

    of: ElectionWords
    mention: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChair:
    """The council chooses its chair itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What no mandate can show, and must be remembered; of the groups filled by ``route``, or always."""

    route: Route | None


Ask = (
    Members
    | EqualSides
    | OnlyRoute
    | NoRoute
    | AppointedBy
    | NoReservedSeats
    | EveryMember
    | PersonalAlternates
    | NoMoreAlternates
    | MunicipalTerm
    | LongestTerm
    | Marks
    | Mentions
    | OwnChair
    | Notice
)
