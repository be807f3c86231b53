"""The lines of a council on one day: who sits, what was found, its duties; and who could fill what is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from composition_rules.check import Finding, FindingState
from composition_rules.conflict import Line, conflict_lines
from composition_rules.council import Council
from composition_rules.duties import Obligation
from composition_rules.explain import Impossible, votes_for_alternates
from composition_rules.fill import Proposal
from composition_rules.mandate import Mandate, Role, Text
from composition_rules.people import Person, PersonId
from composition_rules.places import Decision, Place
from composition_rules.places.numbers import alternates_of_each, seat_of
from composition_rules.show.words import number_of, where

Say = Callable[[str, Mapping[str, str | int]], str]

_STATES: Final = {
    FindingState.IMPOSSIBLE: Text(da="Kan ikke opfyldes med disse personer", en="Cannot be met with these people"),
    FindingState.NOT_YET: Text(da="Ikke opfyldt endnu", en="Not met yet"),
    FindingState.WISH: Text(da="Ønsker, der ikke er opfyldt", en="Wishes that are not met"),
    FindingState.MET: Text(da="Opfyldt", en="Met"),
}
_DUTIES: Final = Text(da="Pligter", en="Duties")
_EMPTY: Final = Text(da="(tom)", en="(empty)")
_ALTERNATE: Final = Text(da="suppleant", en="alternate")
_FOR_SEAT: Final = Text(da="suppleant for plads {seat}", en="alternate for seat {seat}")
_PROPOSAL: Final = Text(da="Forslag til de tomme pladser", en="A proposal for the empty places")
_NOTHING: Final = Text(da="Der er ingen tom plads, som kan besættes.", en="There is no empty place that can be filled.")
_VOTED: Final = Text(
    da="{group} (suppleanter): {held} af {number}. De findes ved valget; ingen foreslås.",
    en="{group} (alternates): {held} of {number}. They come from the vote; nobody is proposed.",
)
_PASSED_OVER: Final = Text(da="Ønsker, der ikke kan opfyldes", en="Wishes that cannot be met")
_POSSIBLE: Final = Text(da="Pladser, som hver kandidat kan få", en="Places that each candidate could take")
_NO_PLACE: Final = Text(da="ingen", en="none")
_IMPOSSIBLE: Final = {
    Role.MEMBER: Text(da="Rådet kan ikke fyldes", en="The council cannot be filled"),
    Role.ALTERNATE: Text(da="Ikke alle suppleanter kan udpeges", en="Not all alternates can be named"),
}
_ALONE: Final = Text(da="Dette kan ikke opfyldes", en="This cannot be met")
_TOGETHER: Final = Text(
    da="Disse krav og beslutninger kan ikke stå sammen", en="These rules and decisions cannot stand together"
)
_REPAIR: Final = Text(da="Mulighed {number}, nok i sig selv", en="Repair {number}, enough by itself")


def council_lines(council: Council, mandate: Mandate, on: date, language: str) -> Iterator[str]:
    """Who sits on which place on that day, group by group; seats that stand empty are shown."""
    yield f"{mandate.body.in_language(language)}, {on.isoformat()}"
    held = {holding.place: holding.person.name for holding in council.on(on)}
    for group in mandate.groups:
        yield f"{group.title.in_language(language)}"
        places = [place for place in held if place[0] == group.id]
        places += [(group.id, Role.MEMBER, number) for number in range(1, group.seats.least + 1)]
        for place in sorted(set(places), key=lambda each: (each[1] is Role.ALTERNATE, each[2])):
            role = f" ({_ALTERNATE.in_language(language)})" if place[1] is Role.ALTERNATE else ""
            yield f"  {place[2]}{role}: {held.get(place, _EMPTY.in_language(language))}"


def finding_lines(findings: Iterable[Finding], language: str, say: Say) -> Iterator[str]:
    """The findings by state, what is worst first, each with the lines of its source."""
    listed = tuple(findings)
    for state, heading in _STATES.items():
        of_state = [each for each in listed if each.state is state]
        if of_state:
            yield ""
            yield heading.in_language(language)
        for each in of_state:
            yield f"  {say(each.code, each.params_in(language))} [{where(each.clause)}]"


def duty_lines(obligations: Sequence[Obligation], language: str, say: Say) -> Iterator[str]:
    """The duties year by year."""
    if obligations:
        yield ""
        yield _DUTIES.in_language(language)
    for each in obligations:
        words = "" if each.duty.due is None else f" ({each.duty.due.in_language(language)})"
        yield f"  {say(each.code, each.params_in(language))}{words} [{where(each.duty.clause)}]"


def proposal_lines(proposal: Proposal, held: frozenset[Place], mandate: Mandate, language: str) -> Iterator[str]:
    """Who is proposed for the places that are not ``held``, and the wishes that had to be passed over."""
    new = [each for each in proposal.filling.seatings if each.place not in held]
    new.sort(key=lambda each: _reading_order(each.place, mandate))
    yield (_PROPOSAL if new else _NOTHING).in_language(language)
    for each in new:
        yield f"  {_place(each.place, mandate, language)}: {each.person.name}"
    if proposal.passed_over:
        yield _PASSED_OVER.in_language(language)
        yield from (f"  {rule.title.in_language(language)}" for rule in proposal.passed_over)


def voted_lines(mandate: Mandate, held: Iterable[Decision], language: str) -> Iterator[str]:
    """Groups whose alternates come from a vote, where there is room for more."""
    taken = [each.place for each in held if each.place.role is Role.ALTERNATE]
    for group in mandate.groups:
        number, there = group.alternates.number, sum(place.group == group.id for place in taken)
        if votes_for_alternates(group) and number.has_room_for(there + 1):
            words = _VOTED.in_language(language)
            yield words.format(
                group=group.title.in_language(language), held=there, number=number_of(number).in_language(language)
            )


def possible_lines(
    possible: Mapping[PersonId, tuple[Place, ...]], candidates: Iterable[Person], mandate: Mandate, language: str
) -> Iterator[str]:
    """Every place that each candidate could take."""
    yield ""
    yield _POSSIBLE.in_language(language)
    for person in candidates:
        places = "; ".join(_runs(possible[person.id], mandate, language))
        yield f"  {person.name}: {places or _NO_PLACE.in_language(language)}"


def conflict_report(
    impossible: Impossible, repairs: Iterable[Iterable[Line]], of: Role, language: str, say: Say
) -> Iterator[str]:
    """Why there is no way to fill the seats, or to name the alternates beside them; and each repair that is enough."""
    conflict = impossible.conflict
    why = _TOGETHER if len(conflict.rules) + len(conflict.decisions) > 1 else _ALONE
    yield f"{_IMPOSSIBLE[of].in_language(language)}. {why.in_language(language)}"
    lines = conflict_lines(conflict, impossible.problem)
    yield from (f"  {say(line.code, line.params_in(language))}" for line in lines)
    for number, steps in enumerate(repairs, start=1):
        yield ""
        yield _REPAIR.in_language(language).format(number=number)
        yield from (f"  {say(line.code, line.params_in(language))}" for line in steps)


def _runs(places: Iterable[Place], mandate: Mandate, language: str) -> Iterator[str]:
    """The places in words, those that follow each other in one: “Other members 1–3”."""
    run: list[Place] = []
    for place in sorted(places, key=lambda place: _reading_order(place, mandate)):
        if run and (place != replace(run[-1], number=run[-1].number + 1) or _seat_of(place, mandate) is not None):
            yield _place(run[0], mandate, language, last=run[-1].number)
            run = []
        run.append(place)
    if run:
        yield _place(run[0], mandate, language, last=run[-1].number)


def _place(place: Place, mandate: Mandate, language: str, *, last: int = 0) -> str:
    number = f"{place.number}–{last}" if last > place.number else f"{place.number}"
    words = f"{mandate.group(place.group).title.in_language(language)} {number}"
    if place.role is Role.MEMBER:
        return words
    seat = _seat_of(place, mandate)
    role = _ALTERNATE.in_language(language) if seat is None else _FOR_SEAT.in_language(language).format(seat=seat)
    return f"{words} ({role})"


def _seat_of(place: Place, mandate: Mandate) -> int | None:
    """The seat whose alternate's place it is; None where it belongs to no seat in particular."""
    each_has = alternates_of_each(mandate.group(place.group))
    return None if place.role is Role.MEMBER or each_has is None else seat_of(place.number, each_has)


def _reading_order(place: Place, mandate: Mandate) -> tuple[bool, int, int]:
    """Seats before places of alternates, each in the order of the mandate."""
    groups = [group.id for group in mandate.groups]
    return place.role is Role.ALTERNATE, groups.index(place.group), place.number
