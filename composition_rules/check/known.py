"""Who moved away, and who lost a property that the mandate asks for: what was known of a person and ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from composition_rules.check.findings import Finding, FindingState
from composition_rules.council import Holding
from composition_rules.mandate import Cause, Clause, Mandate, Requirement, Silence, Text
from composition_rules.people import Person, PropertyKind, kind_of

_PLACES: Final = {
    PropertyKind.RESIDENCE: Text(da="bopæl", en="residence"),
    PropertyKind.CONNECTION: Text(da="tilknytning", en="connection"),
}


def as_known(holdings: Iterable[Holding], day: date) -> Iterator[Holding]:
    """The holdings, with their people as known on ``day``."""
    return (replace(holding, person=holding.person.on(day)) for holding in holdings)


def check_moved(mandate: Mandate, sitting: Iterable[Holding], on: date) -> Iterator[Finding]:
    """Who moved away and still holds a place. Whether the seat is lost by it or not, it needs a decision."""
    for holding in sitting:
        for word in sorted({spell.property for spell in holding.person.spells}):
            ended, kind = _ended(holding.person, word, on), kind_of(word)
            if ended is None or kind not in _PLACES:
                continue
            asked = _asked(mandate, holding, word)
            yield Finding(
                code="moved-away",
                state=FindingState.NOT_YET,
                group=holding.group,
                clause=_clause(mandate, holding, asked),
                people=(holding.person,),
                params={
                    "group": mandate.group(holding.group).title,
                    "person": holding.person.name,
                    "what": _PLACES[kind] if asked is None else asked.title,
                    "ended": ended,
                },
            )


def check_lost(requirement: Requirement, met: Finding, people: Iterable[Person], on: date) -> Iterator[Finding]:
    """Who had what a requirement that is not ``met`` asks for, and until when. Moving away is found elsewhere."""
    if met.state is FindingState.MET or kind_of(requirement.property) in _PLACES:
        return
    for person in people:
        ended = _ended(person, requirement.property, on)
        if ended is not None:
            yield Finding(
                code="property-lost",
                state=FindingState.WISH if requirement.preferred else FindingState.NOT_YET,
                group=met.group,
                clause=requirement.clause,
                people=(person,),
                params={
                    "group": met.params["group"],
                    "requirement": requirement.title,
                    "person": person.name,
                    "ended": ended,
                },
            )


def _ended(person: Person, word: str, on: date) -> date | None:
    """The last day on which a person had a property that they have no longer on the day ``on``."""
    if person.on(on).has(word):
        return None
    spells = [spell.until for spell in person.spells if spell.property == word]
    return max((until for until in spells if until is not None and until < on), default=None)


def _asked(mandate: Mandate, holding: Holding, word: str) -> Requirement | None:
    """The requirement that asks for the property: of the group first, then of the whole council."""
    for requirement in (*mandate.group(holding.group).requirements, *mandate.requirements):
        if requirement.property == word and requirement.applies_to is holding.role:
            return requirement
    return None


def _clause(mandate: Mandate, holding: Holding, asked: Requirement | None) -> Clause:
    """What the finding rests on: what asks for the property, what ends the seat, else what gives the seat."""
    if asked is not None:
        return asked.clause
    vacancies = mandate.vacancies_of(holding.group)
    if not isinstance(vacancies, Silence) and vacancies.ends_by(Cause.MOVED_AWAY):
        return vacancies.clause
    return mandate.group(holding.group).clause
