"""Seat groups: how many seats of one kind, filled by whom, from where, under which requirements."""

from __future__ import annotations

from dataclasses import dataclass

from composition_rules.mandate.texts import Clause, SeatGroupId, Seats, Silence, Text, Wording
from composition_rules.mandate.vacancies import Vacancies
from composition_rules.mandate.words import (
    AlternateKind,
    AlternateOrder,
    BallotOrder,
    Bound,
    Role,
    Route,
    TieRule,
    TooFewCandidates,
    Uncontested,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """How many of the members (or of the alternates) of a group or of the whole council have a property.

    ``number`` goes with ``bound`` and is None for a majority and for all. What is ``preferred`` is wished for, but
    a council without it lacks nothing.
    """

    bound: Bound
    number: int | None
    property: str
    title: Text
    applies_to: Role
    preferred: bool
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Seats of a group that belong to those with a property; None: to those with none of the other shares'."""

    seats: int
    property: str | None
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternates:
    """The alternates of a group; ``order`` is None where there are not several to put in order.

    With ``per_member`` each member has so many: those of seat n are the places from (n - 1) times the most, plus 1.
    With ``at_most_members`` there are no more alternates than members. ``clause`` is None where the clause of the
    group holds these rules too.
    """

    number: Seats
    kind: AlternateKind
    order: AlternateOrder | None
    per_member: Seats | None
    at_most_members: bool = False
    clause: Clause | None = None

    @property
    def several(self) -> bool:
        """Whether more than one may stand in for the same member, so that they need an order."""
        if self.kind is AlternateKind.PERSONAL:
            return self.per_member is not None and self.per_member.has_room_for(2)
        return self.kind in (AlternateKind.SHARED, AlternateKind.POOL) and self.number.has_room_for(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionRules:
    """What the mandate says of a direct election: who votes, who stands, how it is counted.

    ``weights`` says that some electors have more votes than others, which has to be said to be so.
    ``marks`` is the greatest number of candidates a voter may choose, ``supporters`` how many voters must sign for a
    candidate. ``clauses`` are those of the rules that the clause of the group does not hold.
    """

    franchise: Wording | Silence
    candidacy: Wording | Silence
    supporters: int | Silence
    marks: int | Silence
    ballot_order: BallotOrder
    ties: TieRule
    uncontested: Uncontested
    too_few: TooFewCandidates
    clauses: tuple[Clause, ...]
    weights: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long a member sits, from when, and whether until a successor is there.

    Either so many ``years``, or with the ``municipal_period``, which ends with the year of a municipal election.
    """

    years: int | Silence
    municipal_period: bool | Silence
    begins: Text | Silence
    until_successor: bool | Silence
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGroup:
    """Seats of one kind: how many, filled by whom, from where, under which requirements.

    ``nominated_by`` is set for the route NOMINATION only, ``election`` for DIRECT_ELECTION only. ``qualification``
    is what the source asks of a member in words that whoever fills the seat has to judge. ``as_many_as`` names a
    group that must have the same number of members. ``term`` and ``vacancies`` are None where the council's
    own hold.
    """

    id: SeatGroupId
    title: Text
    seats: Seats
    as_many_as: SeatGroupId | None
    alternates: Alternates
    route: Route
    filled_by: Text | Silence
    nominated_by: Text | None
    drawn_from: Text | None
    qualification: Text | None
    requirements: tuple[Requirement, ...]
    shares: tuple[Share, ...]
    election: ElectionRules | None
    term: Term | None
    vacancies: Vacancies | None
    clause: Clause

    def places(self, role: Role) -> Seats:
        """How many places the group has for members, or for alternates."""
        return self.seats if role is Role.MEMBER else self.alternates.number
