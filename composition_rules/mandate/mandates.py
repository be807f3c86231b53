"""The whole mandate of one council."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from composition_rules.errors import CouncilError
from composition_rules.mandate.groups import Requirement, SeatGroup, Term
from composition_rules.mandate.texts import (
    NO_SEATS,
    UNSTATED,
    Clause,
    MandateId,
    Rule,
    SeatGroupId,
    Seats,
    Silence,
    Source,
    Text,
)
from composition_rules.mandate.vacancies import Vacancies
from composition_rules.mandate.words import LegalBasis, MajorityBase, Office, Role, RoundCandidates, TieRule


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRule:
    """An office that must be held, and its title."""

    office: Office
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRound:
    """One round of the vote for an office: of what a candidate needs the majority, among whom, and a tie."""

    majority_of: MajorityBase
    among: RoundCandidates
    ties: TieRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Officers:
    """The offices of the council, who chooses them, among whom and how: in words, and round by round."""

    offices: tuple[OfficeRule, ...]
    chosen_by: Text | Silence
    eligible: Text | Silence
    ballot: Text | Silence
    rounds: tuple[BallotRound, ...]
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something the council must do so many times a year, alone or with others; ``due`` says until when."""

    id: str
    title: Text
    at_least: int
    at_most: int | None
    together_with: Text | None
    due: Text | None
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """When a mandate was adopted, and by whom."""

    on: date
    by: Text
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """From which day a mandate holds."""

    since: date
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The rules of one council as adopted on one day, each with its source.

    ``composition`` is the clause that gives the number of members; ``qualification`` is asked of every member;
    ``requirements`` hold for the whole council. ``declared_seats`` is the total that the source itself gives.
    """

    id: MandateId
    title: Text
    municipality: str | Silence
    body: Text
    adoption: Adoption | Silence
    in_force: InForce | Silence
    legal_basis: LegalBasis
    legal_clause: Clause | None
    qualification: Text | None
    composition: Clause
    declared_seats: Seats | Silence
    declared_alternates: Seats | Silence
    one_seat_each: bool | Silence
    groups: tuple[SeatGroup, ...]
    requirements: tuple[Requirement, ...]
    term: Term | Silence
    officers: Officers | Silence
    quorum: Rule | Silence
    vacancies: Vacancies | Silence
    duties: tuple[Duty, ...]
    sources: tuple[Source, ...]

    @property
    def adopted(self) -> date | Silence:
        """The day on which the mandate was adopted."""
        return UNSTATED if isinstance(self.adoption, Silence) else self.adoption.on

    @property
    def adopted_by(self) -> Text | Silence:
        """Who adopted the mandate."""
        return UNSTATED if isinstance(self.adoption, Silence) else self.adoption.by

    @property
    def seats(self) -> Seats:
        """How many members the council has: what the groups add up to, within what the source declares."""
        counted = self.counted(Role.MEMBER)
        return counted if isinstance(self.declared_seats, Silence) else counted.within(self.declared_seats)

    @property
    def alternates(self) -> Seats:
        """How many alternates the council has, in the same way."""
        counted = self.counted(Role.ALTERNATE)
        return counted if isinstance(self.declared_alternates, Silence) else counted.within(self.declared_alternates)

    @property
    def offices(self) -> tuple[OfficeRule, ...]:
        """The offices that must be held; none where the source is silent."""
        return () if isinstance(self.officers, Silence) else self.officers.offices

    def counted(self, role: Role) -> Seats:
        """How many places the groups have together."""
        return sum((group.places(role) for group in self.groups), start=NO_SEATS)

    def group(self, group_id: str) -> SeatGroup:
        """The seat group of that id.

        Raises:
            CouncilError: the mandate has no such group (code no-such-group).
        """
        for group in self.groups:
            if group.id == group_id:
                return group
        known = ", ".join(group.id for group in self.groups)
        raise CouncilError("no-such-group", mandate=self.id, group=group_id, known=known)

    def term_of(self, group_id: SeatGroupId) -> Term | Silence:
        """The term of the members of a group: its own, else the council's."""
        return self.group(group_id).term or self.term

    def vacancies_of(self, group_id: SeatGroupId) -> Vacancies | Silence:
        """What is said of empty seats of a group: its own rule, else the council's."""
        return self.group(group_id).vacancies or self.vacancies

    def all_requirements(self) -> tuple[Requirement, ...]:
        """Every requirement: of the groups in their order, then of the whole council."""
        return (*(each for group in self.groups for each in group.requirements), *self.requirements)

    def properties(self) -> dict[str, Text]:
        """Each property that the mandate asks of people, with its words."""
        shares = [share for group in self.groups for share in group.shares]
        found = {share.property: share.title for share in shares if share.property is not None}
        return found | {each.property: each.title for each in self.all_requirements()}

    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of the mandate, in the order of its source lines."""
        resting = (self.adoption, self.in_force, self.term, self.officers, self.quorum, self.vacancies)
        found = [self.composition, *(each.clause for each in resting if not isinstance(each, Silence))]
        found += [duty.clause for duty in self.duties]
        found += [requirement.clause for requirement in self.all_requirements()]
        found += [group.clause for group in self.groups]
        found += [clause for group in self.groups if group.election for clause in group.election.clauses]
        found += [group.alternates.clause for group in self.groups if group.alternates.clause is not None]
        own = [rule for group in self.groups for rule in (group.term, group.vacancies)]
        found += [rule.clause for rule in own if rule is not None]
        spoken = (self.vacancies, *(group.vacancies for group in self.groups))
        absences = [rule.substitution for rule in spoken if isinstance(rule, Vacancies)]
        found += [rule.clause for rule in absences if not isinstance(rule, Silence)]
        if self.legal_clause is not None:
            found.append(self.legal_clause)
        return tuple(sorted(found, key=lambda clause: (clause.source.id, clause.first_line, clause.last_line)))
