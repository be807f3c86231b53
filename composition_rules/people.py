"""A person, and what is known of them that a mandate may ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, NewType

PersonId = NewType("PersonId", str)

PROPERTY_PATTERN: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*:[a-z0-9]+(?:-[a-z0-9]+)*"
_PROPERTY = re.compile(PROPERTY_PATTERN)


class PropertyKind(StrEnum):
    """What a property is about: the word before the colon in what a mandate asks for."""

    MEMBER = "member"  # of a committee, a council, a board
    BACKGROUND = "background"
    RESIDENCE = "residence"
    CONNECTION = "connection"  # to a place, by residence or work
    ORGANISATION = "organisation"  # whom the person represents
    POST = "post"  # an employment or an office held elsewhere
    GENDER = "gender"
    AGE = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A property that was, or will be, had for a time: from ``since`` to ``until``, both included; None is no end."""

    property: str
    since: date | None = None
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the property is had on ``day``."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person; ``id`` tells people of the same name apart.

    ``properties`` are words such as ``member:arbejdsmarkedsudvalget`` or ``background:refugee-or-immigrant``. One
    that is not there is not known to hold, which a check treats as not held. ``spells`` are those that hold, or
    held, for a time only.
    """

    id: PersonId
    name: str
    properties: frozenset[str] = frozenset()
    spells: tuple[Spell, ...] = ()

    def has(self, word: str) -> bool:
        """Whether the property ``word`` is known of this person, whatever the day."""
        return word in self.properties

    def on(self, day: date) -> Person:
        """The person as known on ``day``: with the properties of the spells that cover it, and no others of them."""
        if not self.spells:
            return self
        had = {spell.property for spell in self.spells if spell.covers(day)}
        return replace(self, properties=self.properties | had)


def is_property(word: str) -> bool:
    """Whether ``word`` is a kind, a colon and a name, in small letters, digits and single hyphens."""
    return _PROPERTY.fullmatch(word) is not None


def kind_of(word: str) -> PropertyKind | None:
    """The kind of the property ``word``; None when it is not one that a mandate may ask for."""
    kind = word.partition(":")[0]
    return next((each for each in PropertyKind if each == kind), None)
