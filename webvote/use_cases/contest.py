"""Prepare an election: what is asked, of whom, under which mandate."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from composition_rules.catalogue import load_mandate
from composition_rules.mandate import Mandate, Requirement, SeatGroupId
from election.contest import Candidate as ContestCandidate
from election.contest import Contest, contest_from_mandate, verify_one_contest
from election.ids import CandidateId, new_election_uuid
from election.trustees.rehearsal import new_nonce
from webvote.phases import Act, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Candidate, Council, Election
from webvote.use_cases.log import Signed, log_act

LONGEST_PRESENTATION = 1000
_PLAIN = {"æ": "ae", "ø": "oe", "å": "aa", "ð": "d", "þ": "th", "ß": "ss"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionPlan:
    """What an official decides about an election before anything else."""

    name: str
    description: str
    question: str
    max_marks: int
    blank_allowed: bool
    opens_at: datetime
    closes_at: datetime


def create_election(
    work: UnitOfWork, signed: Signed, plan: ElectionPlan, *, mandate_id: str, group_id: str, council_slug: str | None
) -> Election:
    """Begin an election for one seat group, in an existing council or in a new one.

    Raises:
        RefusedError: The group is not elected, the plan contradicts itself, or this very plan was sent before.
        CompositionError: There is no such mandate or group.
    """
    mandate = load_mandate(mandate_id)
    verify_one_contest(mandate.group(group_id))
    _check_plan(plan)
    # One official after the other: what is looked for here must still be so when the election is kept.
    work.log.head()
    if any(_is_planned(other, plan, mandate_id, group_id) for other in work.elections.all()):
        raise RefusedError("election-exists")
    council = _council(work, signed, mandate, plan, council_slug)
    if any(other.group_id == group_id for other in work.elections.of_council(council.id)):
        raise RefusedError("group-has-election")
    election = Election(
        uuid=new_election_uuid(),
        slug=_free_slug(plan.name, work.elections.has_slug),
        council_id=council.id,
        council=council,
        group_id=group_id,
        candidates=[],
        trustees=[],
        trustee_groups=[],
        rehearsal_nonce=new_nonce(),
        lots=[],
        gone=[],
        milestones=[],
    )
    _apply(plan, election)
    work.elections.add(election)
    log_act(work, signed, "create-election", election.slug, name=plan.name, mandate=mandate_id, group=group_id)
    return election


def create_council(work: UnitOfWork, signed: Signed, *, mandate_id: str, name: str) -> Council:
    """Begin a council of which nobody is elected, such as one that others nominate and appoint.

    Raises:
        RefusedError: There is a council with this name and mandate.
        CompositionError: There is no such mandate.
    """
    # One official after the other, so that a form that is sent twice makes one council.
    work.log.head()
    mandate, name = load_mandate(mandate_id), " ".join(name.split())
    if any((each.name, each.mandate_id) == (name, mandate.id) for each in work.councils.all()):
        raise RefusedError("council-exists")
    return _new_council(work, signed, mandate, name)


def change_plan(work: UnitOfWork, signed: Signed, slug: str, plan: ElectionPlan) -> None:
    """Change name, question, marks or times while the election is prepared.

    Raises:
        RefusedError: Too late, or the plan contradicts itself.
        ContestError: The question cannot stand on a ballot.
    """
    election = _changeable(work, slug)
    _check_plan(plan)
    _apply(plan, election)
    if election.candidates:
        # As when a candidate is added: whether the number of marks fits is asked when the list is complete.
        make_contest(election, max_marks=1)
    log_act(work, signed, "change-plan", slug, name=plan.name, marks=plan.max_marks)


def add_candidate(
    work: UnitOfWork,
    signed: Signed,
    slug: str,
    *,
    name: str,
    presentation: str = "",
    properties: Collection[str] = (),
) -> None:
    """Put a person at the end of the list.

    Raises:
        RefusedError: Too late, or the presentation is too long.
        ContestError: The name cannot stand on a ballot, or stands there already.
    """
    election = _changeable(work, slug)
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if len(presentation) > LONGEST_PRESENTATION:
        raise RefusedError("presentation-too-long", limit=LONGEST_PRESENTATION, found=len(presentation))
    numbers = [int(each.key.removeprefix("c")) for each in election.candidates]
    candidate = Candidate(
        key=f"c{max(numbers, default=0) + 1}",
        position=len(election.candidates) + 1,
        name=name,
        presentation=presentation.strip(),
        properties=sorted(set(properties) & {each.property for each in requirements_of(election)}),
    )
    election.candidates.append(candidate)
    # One mark always fits; whether the planned number of marks does is asked when the list is complete.
    make_contest(election, max_marks=1)
    log_act(work, signed, "add-candidate", slug, name=name)


def remove_candidate(work: UnitOfWork, signed: Signed, slug: str, key: str) -> None:
    """Take a person off the list.

    Raises:
        RefusedError: Too late, or nobody has this key.
    """
    election = _changeable(work, slug)
    candidate = _candidate(election, key)
    election.candidates.remove(candidate)
    _number(election.candidates)
    log_act(work, signed, "remove-candidate", slug, name=candidate.name)


def raise_candidate(work: UnitOfWork, signed: Signed, slug: str, key: str) -> None:
    """Move a person one place up the ballot.

    Raises:
        RefusedError: Too late, or nobody has this key.
    """
    election = _changeable(work, slug)
    candidate = _candidate(election, key)
    order = list(election.candidates)
    place = order.index(candidate)
    if place > 0:
        order[place - 1], order[place] = order[place], order[place - 1]
    _number(order)
    log_act(work, signed, "order-candidates", slug, order=[each.name for each in order])


def make_contest(election: Election, *, max_marks: int | None = None) -> Contest:
    """The contest of an election as it stands now.

    Raises:
        ContestError: No candidates, or more marks than candidates.
    """
    ordered = sorted(election.candidates, key=lambda each: each.position)
    return contest_from_mandate(
        mandate_of(election),
        SeatGroupId(election.group_id),
        question=election.question,
        candidates=[ContestCandidate(id=CandidateId(each.key), name=each.name) for each in ordered],
        max_marks=election.max_marks if max_marks is None else max_marks,
        blank_allowed=election.blank_allowed,
    )


def mandate_of(election: Election) -> Mandate:
    """The mandate under which the election is held."""
    return load_mandate(election.council.mandate_id)


def requirements_of(election: Election) -> tuple[Requirement, ...]:
    """What the mandate asks of the people in this seat group, each property once."""
    mandate = mandate_of(election)
    asked = (*mandate.group(election.group_id).requirements, *mandate.requirements)
    return tuple({each.property: each for each in asked}.values())


def make_slug(text: str) -> str:
    """A short address made from a name."""
    danish = "".join(_PLAIN.get(letter, letter) for letter in text.casefold())
    plain = unicodedata.normalize("NFKD", danish).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "valg"


def _changeable(work: UnitOfWork, slug: str) -> Election:
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.CHANGE)
    return election


def _candidate(election: Election, key: str) -> Candidate:
    for candidate in election.candidates:
        if candidate.key == key:
            return candidate
    raise RefusedError("no-such-candidate", status=404)


def _number(candidates: list[Candidate]) -> None:
    for position, candidate in enumerate(candidates, start=1):
        candidate.position = position


def _check_plan(plan: ElectionPlan) -> None:
    if plan.closes_at <= plan.opens_at:
        raise RefusedError("closes-before-it-opens")
    if plan.max_marks < 1:
        raise RefusedError("too-few-marks")


def _is_planned(other: Election, plan: ElectionPlan, mandate_id: str, group_id: str) -> bool:
    """Whether an election is what a form that is sent a second time asks for."""
    return (other.council.mandate_id, other.group_id) == (mandate_id, group_id) and (
        (other.name, other.opens_at, other.closes_at) == (plan.name.strip(), plan.opens_at, plan.closes_at)
    )


def _apply(plan: ElectionPlan, election: Election) -> None:
    election.name = plan.name.strip()
    election.description = plan.description.strip()
    election.question = plan.question.strip()
    election.max_marks = plan.max_marks
    election.blank_allowed = plan.blank_allowed
    election.opens_at = plan.opens_at
    election.closes_at = plan.closes_at


def _council(
    work: UnitOfWork, signed: Signed, mandate: Mandate, plan: ElectionPlan, council_slug: str | None
) -> Council:
    if council_slug is not None:
        council = work.councils.get(council_slug)
        if council.mandate_id != mandate.id:
            raise RefusedError("council-of-other-mandate")
        return council
    return _new_council(work, signed, mandate, f"{mandate.body.da} {plan.opens_at.year}")


def _new_council(work: UnitOfWork, signed: Signed, mandate: Mandate, name: str) -> Council:
    council = Council(
        slug=_free_slug(name, work.councils.has_slug),
        name=name,
        mandate_id=mandate.id,
        created_at=signed.at,
        appointments=[],
        nominations=[],
    )
    work.councils.add(council)
    log_act(work, signed, "create-council", council.slug, mandate=mandate.id)
    return council


def _free_slug(name: str, is_taken: Callable[[str], bool]) -> str:
    slug, number = make_slug(name), 1
    while is_taken(slug if number == 1 else f"{slug}-{number}"):
        number += 1
    return slug if number == 1 else f"{slug}-{number}"
