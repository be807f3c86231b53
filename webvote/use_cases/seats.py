"""The council: people appointed, people elected, what it lacks, and the municipal council's confirmation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from composition_rules.catalogue import load_mandate
from composition_rules.check import Finding, check
from composition_rules.council import Council as Composition
from composition_rules.council import Holding
from composition_rules.mandate import AlternateKind, Mandate, Role, Route, SeatGroup, SeatGroupId
from composition_rules.people import Person, PersonId
from election.ids import CandidateId
from election.seats import seat_result
from webvote.phases import Act, Phase, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Appointment, Council, Election, Nomination
from webvote.use_cases.contest import mandate_of
from webvote.use_cases.definition import reach
from webvote.use_cases.log import Signed, log_act
from webvote.use_cases.nominations import nomination_of
from webvote.use_cases.result import completed_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One place of a group and who is on it. ``state`` is filled, proposed or vacant."""

    role: Role
    number: int
    state: str
    person: str = ""
    decision: str = ""
    appointment_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatRow:
    """A seat group with its places and what was found about it."""

    group: SeatGroup
    members: tuple[Seat, ...]
    alternates: tuple[Seat, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPicture:
    """A council on one day."""

    council: Council
    mandate: Mandate
    on: date
    rows: tuple[SeatRow, ...]
    findings: tuple[Finding, ...]
    elections: tuple[Election, ...]

    @property
    def unmet(self) -> tuple[Finding, ...]:
        """What is missing: first what cannot be met any more, then what waits."""
        open_findings = [each for each in self.findings if each.state not in {"met", "wish"}]
        return tuple(sorted(open_findings, key=lambda each: each.state != "impossible"))

    @property
    def has_nominated_seats(self) -> bool:
        """Whether a body nominates for some of the seats."""
        return any(row.group.route is Route.NOMINATION for row in self.rows)

    @property
    def nominations(self) -> tuple[Nomination, ...]:
        """The nominations that were made by the day."""
        made = (each for each in self.council.nominations if each.nominated_on <= self.on)
        return tuple(sorted(made, key=lambda each: each.nominated_on))

    @property
    def filled_seats(self) -> int:
        """How many members sit; those who are only proposed do not."""
        return sum(seat.state == "filled" for row in self.rows for seat in row.members)

    @property
    def awaiting_confirmation(self) -> tuple[Election, ...]:
        """Elections whose outcome is not confirmed by the municipal council."""
        return tuple(each for each in self.elections if each.phase in {Phase.COUNTED, Phase.CERTIFIED})


def picture_council(work: UnitOfWork, slug: str, on: date) -> CouncilPicture:
    """Who sits in a council or is proposed for it on a day, and what it lacks.

    Raises:
        RefusedError: There is no such council.
    """
    council = work.councils.get(slug)
    elections = tuple(work.elections.of_council(council.id))
    mandate = load_mandate(council.mandate_id)
    composition = _appointed(council, mandate)
    proposed: set[str] = set()
    for election in elections:
        seated = _with_elected(composition, election, mandate, on)
        if seated is not composition and election.phase is not Phase.CONFIRMED:
            proposed.add(election.group_id)
        composition = seated
    findings = check(composition, mandate, on=on)
    rows = tuple(_row(group, composition, council, findings, on, group.id in proposed) for group in mandate.groups)
    return CouncilPicture(council=council, mandate=mandate, on=on, rows=rows, findings=findings, elections=elections)


def is_entered(group: SeatGroup, role: Role) -> bool:
    """Whether officials enter who has such a place: votes fill elected seats, but do not say whose alternate one is."""
    is_personal = role is Role.ALTERNATE and group.alternates.kind is AlternateKind.PERSONAL
    return group.route is not Route.DIRECT_ELECTION or is_personal


def appoint(
    work: UnitOfWork,
    signed: Signed,
    slug: str,
    *,
    group_id: str,
    role: Role,
    seat: int,
    person: str,
    properties: Collection[str],
    decision: str,
    since: date,
) -> None:
    """Enter a person on a place that is not filled by election.

    Raises:
        RefusedError: The place is (see ``is_entered``).
        CouncilError: There is no such place, or somebody holds it.
    """
    # One official after the other: the place must still be free when the person is put on it.
    work.log.head()
    council = work.councils.get(slug)
    mandate = load_mandate(council.mandate_id)
    if not is_entered(mandate.group(group_id), role):
        raise RefusedError("appoint-elected-group")
    appointment = Appointment(
        group_id=group_id,
        role=role.value,
        seat=seat,
        person=" ".join(person.split()),
        properties=sorted(set(properties) & known_properties(mandate)),
        decision=decision.strip(),
        since=since,
    )
    _appointed(council, mandate).seat(_holding(appointment, mandate), mandate=mandate)
    appointment.council = council
    work.councils.add_appointment(appointment)
    log_act(work, signed, "appoint", slug, group=group_id, role=role.value, seat=seat, person=appointment.person)


def withdraw_appointment(work: UnitOfWork, signed: Signed, slug: str, appointment_id: int) -> None:
    """Take back an appointment that was entered by mistake; the log keeps it.

    Raises:
        RefusedError: There is none with this number.
    """
    work.log.head()
    council = work.councils.get(slug)
    for appointment in council.appointments:
        if appointment.id == appointment_id:
            detail = {"group": appointment.group_id, "seat": appointment.seat, "person": appointment.person}
            work.councils.remove_appointment(appointment)
            log_act(work, signed, "withdraw-appointment", slug, **detail)
            return
    raise RefusedError("no-such-appointment", status=404)


def confirm(work: UnitOfWork, signed: Signed, slug: str, *, decided_on: date, meeting: str, decision: str) -> None:
    """The municipal council confirms: from the day of its decision the elected sit in the council.

    Raises:
        RefusedError: Not certified, or the decision is older than the certification.
    """
    election = work.elections.get_locked(slug)
    following = next_phase(election.phase, Act.CONFIRM)
    certified = election.milestone(Phase.CERTIFIED)
    if certified is not None and certified.decided_on is not None and decided_on < certified.decided_on:
        raise RefusedError("confirmed-before-certified", day=certified.decided_on.isoformat())
    reach(election, following, signed, decided_on=decided_on, meeting=meeting, decision=decision)
    log_act(work, signed, "confirm", slug, decided_on=decided_on.isoformat(), meeting=meeting, decision=decision)


def known_properties(mandate: Mandate) -> set[str]:
    """What the mandate may ask of a person."""
    return set(mandate.properties())


def _appointed(council: Council, mandate: Mandate) -> Composition:
    composition = Composition(mandate_id=mandate.id)
    for appointment in council.appointments:
        composition = composition.seat(_holding(appointment, mandate), mandate=mandate)
    for row in council.nominations:
        composition = composition.nominate(nomination_of(row, mandate, _person), mandate=mandate)
    return composition


def _holding(appointment: Appointment, mandate: Mandate) -> Holding:
    group = mandate.group(appointment.group_id)
    return Holding(
        person=_person(appointment.person, appointment.properties),
        group=group.id,
        seat=appointment.seat,
        role=Role(appointment.role),
        route=group.route,
        decision=appointment.decision,
        since=appointment.since,
    )


def _with_elected(composition: Composition, election: Election, mandate: Mandate, on: date) -> Composition:
    completed = completed_of(election)
    if completed is None:
        return composition
    confirmed = election.milestone(Phase.CONFIRMED)
    since = confirmed.decided_on if confirmed is not None and confirmed.decided_on is not None else on
    return seat_result(
        composition,
        mandate_of(election),
        SeatGroupId(election.group_id),
        completed,
        {CandidateId(each.key): _person(each.name, each.properties) for each in election.candidates},
        decision=confirmed.meeting if confirmed is not None else election.name,
        since=since,
    )


def _person(name: str, properties: Collection[str]) -> Person:
    # One name is taken for one person, so that somebody listed in two seats is found.
    return Person(id=PersonId(name.casefold()), name=name, properties=frozenset(properties))


def _row(
    group: SeatGroup,
    composition: Composition,
    council: Council,
    findings: tuple[Finding, ...],
    on: date,
    is_proposed: bool,
) -> SeatRow:
    held = {(each.role, each.seat): each for each in composition.on(on) if each.group == group.id}
    entered = {(each.role, each.seat): each.id for each in council.appointments if each.group_id == group.id}

    def places(role: Role) -> tuple[Seat, ...]:
        seats = []
        # Where the mandate sets no limit there is always one more place.
        used = [number for held_role, number in (*held, *entered) if held_role == role]
        last = group.places(role).most
        for number in range(1, (max([0, *used]) + 1 if last is None else last) + 1):
            holding = held.get((role, number))
            if holding is None:
                seats.append(Seat(role=role, number=number, state="vacant", appointment_id=entered.get((role, number))))
            else:
                seats.append(
                    Seat(
                        role=role,
                        number=number,
                        state="proposed" if is_proposed else "filled",
                        person=holding.person.name,
                        decision=holding.decision,
                        appointment_id=entered.get((role, number)),
                    )
                )
        return tuple(seats)

    return SeatRow(
        group=group,
        members=places(Role.MEMBER),
        alternates=places(Role.ALTERNATE),
        findings=tuple(each for each in findings if each.group == group.id),
    )
