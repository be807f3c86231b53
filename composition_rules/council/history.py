"""Who holds which seat and which office, since when, by which route and decision, with the whole history.

Leaves to ``check.py`` what a council lacks. A council never changes: each act gives a new one that still answers
for every earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar

from composition_rules.council.records import DutyDone, Holding, Nomination, OfficeHolding, Substitution
from composition_rules.errors import CouncilError
from composition_rules.mandate import Mandate, MandateId, Office, Role, SeatGroupId
from composition_rules.people import Person


class _Dated(Protocol):
    @property
    def since(self) -> date: ...

    @property
    def until(self) -> date | None: ...

    @property
    def person(self) -> Person: ...


_Held = TypeVar("_Held", bound=_Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """One council and its whole history. ``seat`` and ``choose`` refuse what the mandate has no place for."""

    mandate_id: MandateId
    holdings: tuple[Holding, ...] = ()
    offices: tuple[OfficeHolding, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    duties_done: tuple[DutyDone, ...] = ()

    def on(self, day: date) -> tuple[Holding, ...]:
        """Who held a place on ``day``, in the order in which the places were given."""
        return tuple(holding for holding in self.holdings if _covers(holding, day))

    def officers_on(self, day: date) -> tuple[OfficeHolding, ...]:
        """Who held an office on ``day``, in the order in which the offices were given."""
        return tuple(holding for holding in self.offices if _covers(holding, day))

    def seat(self, holding: Holding, *, mandate: Mandate) -> Council:
        """The council with one more place given.

        Raises:
            CouncilError: the mandate is another one or has no such place; the place is held on one of those days;
                the last day is before the first (codes other-mandate, no-such-group, no-such-seat,
                no-such-alternate, seat-held, ends-before-it-begins).
        """
        for held in self.holdings:
            if held.place == holding.place and _share_a_day(held, holding):
                raise CouncilError("seat-held", group=holding.group, seat=holding.seat, **_described(held))
        seated = replace(self, holdings=(*self.holdings, holding))
        seated.verify(mandate)
        return seated

    def end(self, *, group: SeatGroupId, seat: int, role: Role, last_day: date) -> Council:
        """The council with a place held no longer than ``last_day``.

        Whoever was to sit in for the member later than that is no longer called in.

        Raises:
            CouncilError: nobody holds the place on that day (code seat-not-held).
        """
        for position, holding in enumerate(self.holdings):
            if holding.place == (group, role, seat) and _covers(holding, last_day):
                ended = _with_last_day(self.holdings, position, replace(holding, until=last_day))
                called_in = tuple(
                    each
                    for each in self.substitutions
                    if (each.group, Role.MEMBER, each.seat) != holding.place
                    or each.since <= last_day
                    or not _covers(holding, each.since)
                )
                return replace(self, holdings=ended, substitutions=called_in)
        raise CouncilError("seat-not-held", group=group, seat=seat, day=last_day.isoformat())

    def choose(self, holding: OfficeHolding, *, mandate: Mandate) -> Council:
        """The council with one more office given.

        Whether an officer must be a member is not asked here: a mandate may be silent on it. ``check`` reports it.

        Raises:
            CouncilError: the mandate is another one or has no such office; the office is held on one of those days;
                the last day is before the first (codes other-mandate, no-such-office, office-held,
                ends-before-it-begins).
        """
        for held in self.offices:
            if held.office is holding.office and _share_a_day(held, holding):
                raise CouncilError("office-held", **_described(held))
        chosen = replace(self, offices=(*self.offices, holding))
        chosen.verify(mandate)
        return chosen

    def end_office(self, *, office: Office, last_day: date) -> Council:
        """The council with an office held no longer than ``last_day``.

        Raises:
            CouncilError: nobody holds the office on that day (code office-not-held).
        """
        for position, holding in enumerate(self.offices):
            if holding.office is office and _covers(holding, last_day):
                return replace(self, offices=_with_last_day(self.offices, position, replace(holding, until=last_day)))
        raise CouncilError("office-not-held", office=office, day=last_day.isoformat())

    def nominate(self, nomination: Nomination, *, mandate: Mandate) -> Council:
        """The council with one more nomination recorded.

        Raises:
            CouncilError: the mandate is another one or has no such group; nobody is proposed (codes other-mandate,
                no-such-group, nobody-proposed).
        """
        nominated = replace(self, nominations=(*self.nominations, nomination))
        nominated.verify(mandate)
        return nominated

    def substitutes_on(self, day: date) -> tuple[Substitution, ...]:
        """Who sat in for an absent member on ``day``, in the order in which they were called in."""
        return tuple(each for each in self.substitutions if _covers(each, day))

    def substitute(self, substitution: Substitution, *, mandate: Mandate) -> Council:
        """The council with an alternate sitting in for an absent member, who keeps the seat.

        Raises:
            CouncilError: the mandate is another one or has no such seat; nobody holds the seat on the first day, or
                the substitute does; somebody else sits in for it on one of those days (codes other-mandate,
                no-such-group, no-such-seat, seat-not-held, substitute-holds-seat, seat-substituted,
                ends-before-it-begins).
        """
        called_in = replace(self, substitutions=(*self.substitutions, substitution))
        called_in.verify(mandate)
        return called_in

    def end_substitution(self, *, group: SeatGroupId, seat: int, last_day: date) -> Council:
        """The council with a substitution that lasts no longer than ``last_day``.

        Raises:
            CouncilError: nobody sits in for that seat on that day (code seat-not-substituted).
        """
        for position, each in enumerate(self.substitutions):
            if (each.group, each.seat) == (group, seat) and _covers(each, last_day):
                ended = replace(each, until=last_day)
                return replace(self, substitutions=_with_last_day(self.substitutions, position, ended))
        raise CouncilError("seat-not-substituted", group=group, seat=seat, day=last_day.isoformat())

    def record_duty(self, done: DutyDone, *, mandate: Mandate) -> Council:
        """The council with a duty done once more.

        Raises:
            CouncilError: the mandate is another one or has no such duty (codes other-mandate, no-such-duty).
        """
        recorded = replace(self, duties_done=(*self.duties_done, done))
        recorded.verify(mandate)
        return recorded

    def verify(self, mandate: Mandate) -> None:
        """Check that every place, office and duty exists in the mandate and is held by one person at a time.

        Raises:
            CouncilError: the first one that does not, with the codes that the methods of the acts name.
        """
        if self.mandate_id != mandate.id:
            raise CouncilError("other-mandate", council=self.mandate_id, mandate=mandate.id)
        self._verify_places(mandate)
        self._verify_offices(mandate)
        self._verify_substitutions(mandate)
        for nomination in self.nominations:
            mandate.group(nomination.group)
            if not nomination.proposed:
                raise CouncilError("nobody-proposed", group=nomination.group, on=nomination.on.isoformat())
        duties = [duty.id for duty in mandate.duties]
        for done in self.duties_done:
            if done.duty not in duties:
                raise CouncilError("no-such-duty", mandate=mandate.id, duty=done.duty, known=", ".join(duties) or "–")

    def _verify_places(self, mandate: Mandate) -> None:
        of_place: dict[tuple[SeatGroupId, Role, int], list[Holding]] = {}
        for holding in self.holdings:
            _verify_seat(mandate, holding.group, holding.role, holding.seat)
            of_place.setdefault(holding.place, []).append(holding)
        for place, holdings in of_place.items():
            double = _first_overlap(holdings)
            if double:
                raise CouncilError("seat-held", group=place[0], seat=place[2], **_described(double))

    def _verify_offices(self, mandate: Mandate) -> None:
        known = [rule.office for rule in mandate.offices]
        for office in dict.fromkeys(holding.office for holding in self.offices):
            if office not in known:
                listed = ", ".join(known) or "–"
                raise CouncilError("no-such-office", mandate=mandate.id, office=office, known=listed)
            clash = _first_overlap(holding for holding in self.offices if holding.office is office)
            if clash:
                raise CouncilError("office-held", **_described(clash))

    def _verify_substitutions(self, mandate: Mandate) -> None:
        for each in self.substitutions:
            _verify_seat(mandate, each.group, Role.MEMBER, each.seat)
            held = [one for one in self.on(each.since) if one.place == (each.group, Role.MEMBER, each.seat)]
            if not held:
                raise CouncilError("seat-not-held", group=each.group, seat=each.seat, day=each.since.isoformat())
            if held[0].person.id == each.person.id:
                raise CouncilError("substitute-holds-seat", **_described(held[0]))
        for seat in dict.fromkeys((each.group, each.seat) for each in self.substitutions):
            clash = _first_overlap(each for each in self.substitutions if (each.group, each.seat) == seat)
            if clash:
                raise CouncilError("seat-substituted", group=seat[0], seat=seat[1], **_described(clash))


def _covers(holding: _Dated, day: date) -> bool:
    return holding.since <= day and (holding.until is None or day <= holding.until)


def _share_a_day(one: _Dated, other: _Dated) -> bool:
    return _covers(one, other.since) or _covers(other, one.since)


def _with_last_day(holdings: tuple[_Held, ...], position: int, ended: _Held) -> tuple[_Held, ...]:
    return (*holdings[:position], ended, *holdings[position + 1 :])


def _verify_seat(mandate: Mandate, group: SeatGroupId, role: Role, seat: int) -> None:
    places = mandate.group(group).places(role)
    if seat < 1 or not places.has_room_for(seat):
        code = "no-such-seat" if role is Role.MEMBER else "no-such-alternate"
        raise CouncilError(code, group=group, seat=seat, places=places.most or "…")


def _first_overlap(holdings: Iterable[_Held]) -> _Held | None:
    """The earlier of the first two holdings of one place that share a day; None when there are none.

    Raises:
        CouncilError: a holding ends before it begins (code ends-before-it-begins).
    """
    in_order: Sequence[_Held] = sorted(holdings, key=lambda holding: holding.since)
    for holding in in_order:
        if holding.until is not None and holding.until < holding.since:
            since, until = holding.since.isoformat(), holding.until.isoformat()
            raise CouncilError("ends-before-it-begins", since=since, until=until)
    for earlier, later in pairwise(in_order):
        if _covers(earlier, later.since):
            return earlier
    return None


def _described(holding: _Dated) -> dict[str, str]:
    return {"holder": holding.person.name, "since": holding.since.isoformat()}
