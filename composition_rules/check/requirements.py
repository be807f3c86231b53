"""Whether people meet what a mandate requires of them; if not, whether the empty places can still bring it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from composition_rules.check.findings import Finding, FindingState, Param, names_of
from composition_rules.mandate import Bound, Requirement, SeatGroup, SeatGroupId, Seats, Share, Text
from composition_rules.people import Person, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """How so many people stand to a bound: what is still needed, or that it cannot be met by adding people."""

    needed: int
    impossible: bool


def check_requirement(
    requirement: Requirement, people: Sequence[Person], places: Seats, *, title: Text, group: SeatGroupId | None
) -> Finding:
    """One requirement, asked of ``people`` on so many ``places``."""
    having = tuple(person for person in people if person.has(requirement.property))
    lacking = tuple(person for person in people if not person.has(requirement.property))
    standing = _standing(requirement, len(having), len(people), places)
    params: dict[str, Param] = {
        "group": title,
        "requirement": requirement.title,
        "required": bound_in_words(requirement),
        "counted": len(having),
    }
    concerned = having
    if not standing.needed and not standing.impossible:
        state = FindingState.MET
    elif not standing.impossible:
        state = FindingState.NOT_YET
        params["needed"] = standing.needed
    else:
        state = FindingState.IMPOSSIBLE
        concerned = having if standing.needed <= 0 and requirement.bound is not Bound.ALL else lacking
        params |= {"open": _still_open(places, len(people)), "people": names_of(concerned)}
    if requirement.preferred and state is not FindingState.MET:
        state = FindingState.WISH
    return Finding(
        code=f"{requirement.applies_to}s-requirement-{state}",
        state=state,
        group=group,
        clause=requirement.clause,
        people=concerned,
        params=params,
    )


def bound_in_words(requirement: Requirement) -> Text:
    """The bound as a person says it: “at least 2”."""
    number = requirement.number
    match requirement.bound:
        case Bound.AT_LEAST:
            return Text(da=f"mindst {number}", en=f"at least {number}")
        case Bound.AT_MOST:
            return Text(da=f"højst {number}", en=f"at most {number}")
        case Bound.EXACTLY:
            return Text(da=f"netop {number}", en=f"exactly {number}")
        case Bound.MAJORITY:
            return Text(da="flertallet", en="the majority")
        case Bound.ALL:
            return Text(da="alle", en="all")
        case _:
            assert_never(requirement.bound)


def _standing(requirement: Requirement, having: int, filled: int, places: Seats) -> _Standing:
    """Hold the number who have the property against the bound."""
    number = requirement.number or 0
    most = places.most
    match requirement.bound:
        case Bound.ALL:
            return _Standing(needed=0, impossible=having < filled)
        case Bound.AT_MOST:
            return _Standing(needed=0, impossible=having > number)
        case Bound.AT_LEAST | Bound.EXACTLY:
            needed = max(0, number - having)
            too_many = requirement.bound is Bound.EXACTLY and having > number
            too_few = most is not None and needed > most - filled
            return _Standing(needed=needed, impossible=too_many or too_few)
        case Bound.MAJORITY:
            # Of the smallest council that the mandate allows; the largest decides whether it can still be reached.
            needed = max(0, max(filled, places.least) // 2 + 1 - having)
            if not needed or most is None:
                return _Standing(needed=needed, impossible=False)
            largest = max(filled, most)
            return _Standing(needed=needed, impossible=having + largest - filled < largest // 2 + 1)
        case _:
            assert_never(requirement.bound)


def _still_open(places: Seats, filled: int) -> Param:
    if places.most is None:
        return Text(da="ubegrænset", en="no limit")
    return max(0, places.most - filled)


def check_shares(group: SeatGroup, people: Sequence[Person]) -> Finding:
    """Whether the people of a group fit into the shares of its seats, each into one."""
    seats = [share for share in group.shares for _ in range(share.seats)]
    fits = {
        person.id: [number for number, share in enumerate(seats) if _belongs(person, share, group)] for person in people
    }
    taken: dict[int, Person] = {}
    ordered = sorted(people, key=lambda person: person.id)
    left_over = tuple(person for person in ordered if not _place(person, fits, taken, set()))
    empty = [share.title for number, share in enumerate(seats) if number not in taken]
    params: dict[str, Param] = {
        "group": group.title,
        "lacking": Text(da=", ".join(title.da for title in empty), en=", ".join(title.en for title in empty)),
        "people": names_of(left_over),
    }
    state = FindingState.IMPOSSIBLE if left_over else FindingState.NOT_YET if empty else FindingState.MET
    return Finding(
        code=f"shares-{state}",
        state=state,
        group=group.id,
        clause=group.clause,
        people=left_over or tuple(people),
        params=params,
    )


def _belongs(person: Person, share: Share, group: SeatGroup) -> bool:
    if share.property is not None:
        return person.has(share.property)
    return not any(other.property is not None and person.has(other.property) for other in group.shares)


def _place(person: Person, fits: dict[PersonId, list[int]], taken: dict[int, Person], tried: set[int]) -> bool:
    """Find the person a seat, moving others to another one of theirs where that makes room."""
    for seat in fits[person.id]:
        if seat in tried:
            continue
        tried.add(seat)
        if seat not in taken or _place(taken[seat], fits, taken, tried):
            taken[seat] = person
            return True
    return False
