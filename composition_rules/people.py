"""A person, and what is known of them that a mandate may ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

PersonId = NewType("PersonId", str)

_PROPERTY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*:[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person; ``id`` tells people of the same name apart.

    ``properties`` are words such as ``member:arbejdsmarkedsudvalget`` or ``background:refugee-or-immigrant``. One
    that is not there is not known to hold, which a check treats as not held.
    """

    id: PersonId
    name: str
    properties: frozenset[str] = frozenset()

    def has(self, word: str) -> bool:
        """Whether the property ``word`` is known of this person."""
        return word in self.properties


def is_property(word: str) -> bool:
    """Whether ``word`` is a kind, a colon and a name, in small letters, digits and single hyphens."""
    return _PROPERTY.fullmatch(word) is not None
