"""Whom a body proposed for seats that are filled on nomination, as ligestillingsloven § 10 a asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from composition_rules.catalogue import load_mandate
from composition_rules.council import Nomination
from composition_rules.mandate import Mandate, Role, Route
from composition_rules.people import Person, PersonId
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Appointment
from webvote.store.models import Nomination as NominationRow
from webvote.use_cases.log import Signed, log_act

_WOMAN, _MAN = frozenset({"gender:woman"}), frozenset({"gender:man"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a body proposed: numbers, as the law asks, and who of them got a seat."""

    group_id: str
    nominated_by: str
    women: int
    men: int
    appointed: tuple[str, ...]
    nominated_on: date
    reason: str | None


def nominate(work: UnitOfWork, signed: Signed, slug: str, proposal: Proposal) -> None:
    """Enter whom a body proposed.

    Raises:
        RefusedError: The group is not filled on nomination, nobody was proposed, fewer than got a seat were, or one
            of those has none of these seats.
        CouncilError: There is no such group.
    """
    work.log.head()
    council = work.councils.get(slug)
    if load_mandate(council.mandate_id).group(proposal.group_id).route is not Route.NOMINATION:
        raise RefusedError("nomination-other-group")
    proposed = proposal.women + proposal.men
    if not proposed:
        raise RefusedError("nomination-nobody")
    if len(proposal.appointed) > proposed:
        raise RefusedError("nomination-too-few", found=len(proposal.appointed), proposed=proposed)
    seated = members_of(council.appointments, proposal.group_id)
    for name in proposal.appointed:
        if name not in seated:
            raise RefusedError("nomination-not-seated", person=name)
    row = NominationRow(
        group_id=proposal.group_id,
        nominated_by=proposal.nominated_by.strip(),
        women=proposal.women,
        men=proposal.men,
        appointed=list(proposal.appointed),
        nominated_on=proposal.nominated_on,
        reason=(proposal.reason or "").strip() or None,
    )
    row.council = council
    work.councils.add_nomination(row)
    log_act(work, signed, "nominate", slug, **_told(row))


def withdraw_nomination(work: UnitOfWork, signed: Signed, slug: str, nomination_id: int) -> None:
    """Take back a nomination that was entered by mistake; the log keeps it.

    Raises:
        RefusedError: There is none with this number.
    """
    work.log.head()
    for row in work.councils.get(slug).nominations:
        if row.id == nomination_id:
            told = _told(row)
            work.councils.remove_nomination(row)
            log_act(work, signed, "withdraw-nomination", slug, **told)
            return
    raise RefusedError("no-such-nomination", status=404)


def members_of(appointments: Iterable[Appointment], group_id: str) -> tuple[str, ...]:
    """The members who are entered for the seats of a group; the rule is about members, not about alternates."""
    return tuple(each.person for each in appointments if (each.group_id, each.role) == (group_id, Role.MEMBER))


def nomination_of(row: NominationRow, mandate: Mandate, named: Callable[[str, Collection[str]], Person]) -> Nomination:
    """A nomination as the check reads it: with people, where only numbers are kept.

    Those who got a seat stand in for the first of the proposed. Who of them is a woman or a man is not known here and
    told to nobody: the rule asks for the numbers alone.
    """
    genders = [_WOMAN] * row.women + [_MAN] * row.men
    others = [f"{row.id}/{number}" for number in range(len(row.appointed), len(genders))]
    people = [*(named(name, ()) for name in row.appointed), *(Person(id=PersonId(each), name="") for each in others)]
    return Nomination(
        group=mandate.group(row.group_id).id,
        nominated_by=row.nominated_by,
        proposed=tuple(
            Person(id=person.id, name=person.name, properties=gender)
            for person, gender in zip(people, genders, strict=True)
        ),
        on=row.nominated_on,
        reason=row.reason,
    )


def _told(row: NominationRow) -> dict[str, object]:
    return {
        "group": row.group_id,
        "nominated_by": row.nominated_by,
        "women": row.women,
        "men": row.men,
        "appointed": row.appointed,
        "on": row.nominated_on.isoformat(),
        "reason": row.reason,
    }
