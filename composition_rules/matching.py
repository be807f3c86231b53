"""People for places by eligibility alone: a place for each, or places that have too few people (a Hall set)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from composition_rules.people import PersonId
from composition_rules.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class HallSet:
    """These places can be taken by nobody but these people, who are fewer."""

    places: tuple[Place, ...]
    people: tuple[PersonId, ...]


def hall_set(eligible: Mapping[Place, frozenset[PersonId]]) -> HallSet | None:
    """Places with fewer people than places, or None when each can have a person of its own.

    Each place looks for a person along an alternating path (Kuhn, 1955). Where none is found, the places and people
    seen on the way are the proof (Hall, 1935), with every further place that is open to these people only.
    """
    holder: dict[PersonId, Place] = {}
    for place in sorted(eligible, key=lambda place: place.key):
        seen: set[PersonId] = set()
        if not _is_seated(place, eligible, holder, seen):
            places = [other for other, people in eligible.items() if people <= seen]
            return HallSet(
                places=tuple(sorted(places, key=lambda place: place.key)),
                people=tuple(sorted(seen)),
            )
    return None


def _is_seated(
    place: Place, eligible: Mapping[Place, frozenset[PersonId]], holder: dict[PersonId, Place], seen: set[PersonId]
) -> bool:
    for person in sorted(eligible[place] - seen):
        if person in seen:
            continue
        seen.add(person)
        if person not in holder or _is_seated(holder[person], eligible, holder, seen):
            holder[person] = place
            return True
    return False
