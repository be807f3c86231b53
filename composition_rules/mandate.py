"""The values of a mandate: who must sit in a council, by which route, under which requirements.

Values only. ``parse.py`` makes them from TOML and guards their sense; ``check.py`` holds a council against them.
What the source does not say is ``UNSTATED``, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from typing import Final, Literal, NewType

from composition_rules.errors import CouncilError

MandateId = NewType("MandateId", str)
SeatGroupId = NewType("SeatGroupId", str)
SourceId = NewType("SourceId", str)
Language = Literal["da", "en"]


class Silence(Enum):
    """What a source leaves open. The one member is ``UNSTATED``."""

    UNSTATED = "unstated"

    def __repr__(self) -> str:
        return "UNSTATED"


UNSTATED: Final = Silence.UNSTATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same words in Danish and in English."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in ``language``: Danish for ``da`` (also ``da_DK``), English for every other."""
        return self.da if language[:2] == "da" else self.en


class Role(StrEnum):
    """A place is a seat of a member, or a place of an alternate."""

    MEMBER = "member"
    ALTERNATE = "alternate"


class Route(StrEnum):
    """How a seat comes to be filled."""

    DIRECT_ELECTION = "direct-election"
    APPOINTMENT = "appointment"
    NOMINATION = "nomination"
    EX_OFFICIO = "ex-officio"


class AlternateKind(StrEnum):
    """Whom an alternate stands in for."""

    NONE = "none"
    PERSONAL = "personal"  # alternate number n for the member on seat n
    SHARED = "shared"  # for any member of the group
    POOL = "pool"  # a list from which the next is taken


class AlternateOrder(StrEnum):
    """In which order several alternates step in."""

    UNSTATED = "unstated"
    VOTES = "votes"
    LOT = "lot"


class TieRule(StrEnum):
    """What settles an equal number of votes."""

    UNSTATED = "unstated"
    LOT = "lot"


class Uncontested(StrEnum):
    """What happens when there are no more candidates than seats."""

    UNSTATED = "unstated"
    ELECTED_WITHOUT_VOTE = "elected-without-vote"
    VOTE_TO_RANK = "vote-to-rank"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that clauses are quoted from; ``file`` is its plain text, whose lines the clauses count."""

    id: SourceId
    title: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Words of a source, verbatim but for hyphens at the end of a line; lines count from 1, both ends included."""

    source: Source
    first_line: int
    last_line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """At least ``at_least`` of the members (or of the alternates) of a group must have a property."""

    at_least: int
    property: str
    title: Text
    applies_to: Role
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternates:
    """The alternates of a group; ``order`` is None where there are not several to put in order."""

    number: int
    kind: AlternateKind
    order: AlternateOrder | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionRules:
    """What the mandate says of a direct election: who votes, who stands, how it is counted.

    ``marks`` is the greatest number of candidates a voter may choose.
    """

    franchise: Text | Silence
    candidacy: Text | Silence
    marks: int | Silence
    ties: TieRule
    uncontested: Uncontested


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatGroup:
    """Seats of one kind: how many, filled by whom, from where, under which requirements.

    ``nominated_by`` is set for the route NOMINATION only, ``election`` for DIRECT_ELECTION only. ``qualification``
    is what the source asks of a member in words that whoever fills the seat has to judge.
    """

    id: SeatGroupId
    title: Text
    seats: int
    alternates: Alternates
    route: Route
    filled_by: Text
    nominated_by: Text | None
    drawn_from: Text | None
    qualification: Text | None
    requirements: tuple[Requirement, ...]
    election: ElectionRules | None
    clause: Clause

    def places(self, role: Role) -> int:
        """How many places the group has for members, or for alternates."""
        return self.seats if role is Role.MEMBER else self.alternates.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How many years a member sits, from when, and whether until a successor is there."""

    years: int
    begins: Text | Silence
    until_successor: bool | Silence
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRule:
    """An office that must be held, and its title."""

    office: Office
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """The offices of the council, who chooses them, among whom and how."""

    offices: tuple[OfficeRule, ...]
    chosen_by: Text
    eligible: Text | Silence
    ballot: Text | Silence
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something the council must do at least ``at_least`` times a year, alone or with others."""

    id: str
    title: Text
    at_least: int
    together_with: Text | None
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The rules of one council as adopted on one day, each with its source.

    ``composition`` is the clause that gives the number of members; ``qualification`` is asked of every member.
    """

    id: MandateId
    title: Text
    municipality: str
    body: Text
    adopted: date
    adopted_by: Text
    adoption: Clause
    legal_basis: LegalBasis
    qualification: Text | None
    composition: Clause
    groups: tuple[SeatGroup, ...]
    term: Term
    officers: Officers
    quorum: Text | Silence
    vacancies: Text | Silence
    duties: tuple[Duty, ...]
    sources: tuple[Source, ...]

    @property
    def seats(self) -> int:
        """How many members the council has."""
        return sum(group.seats for group in self.groups)

    @property
    def alternates(self) -> int:
        """How many alternates the council has."""
        return sum(group.alternates.number for group in self.groups)

    def group(self, group_id: str) -> SeatGroup:
        """The seat group of that id.

        Raises:
            CouncilError: the mandate has no such group (code no-such-group).
        """
        for group in self.groups:
            if group.id == group_id:
                return group
        raise CouncilError("no-such-group", mandate=self.id, group=group_id)

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of the mandate, in the order of its source lines."""
        found = [self.adoption, self.composition, self.term.clause, self.officers.clause]
        found += [duty.clause for duty in self.duties]
        for group in self.groups:
            found += [group.clause, *(requirement.clause for requirement in group.requirements)]
        return tuple(sorted(found, key=lambda clause: (clause.source.id, clause.first_line, clause.last_line)))
