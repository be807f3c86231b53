"""The lot from a published seed: one recipe for ties in a count and for the choice among applicants.

The seed is a public text that nobody could know or choose when the list of people was closed, such as the numbers of
a lottery that is drawn afterwards. For each person the text ``seed/place/attempt/person`` is put through SHA-256, and
the people are put in ascending order of the results: the first is drawn first. ``docs/lots.md`` tells the recipe to
those who recompute it by hand.

A public seed, a closed list and a hash for the selection are RFC 3797 (sections 2 and 4), which divides an MD5 hash by
the number of people left and takes them by their number on the list. Here every person has a number of their own, as
in R. Rivest, Consistent Sampling with Replacement (2018), section 1.1: so the order of the list changes nothing, and
each number can be recomputed alone.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from composition_rules.errors import LotError

SEPARATOR = "/"


def canonical_seed(seed: str) -> str:
    """The seed as it is hashed: Unicode form NFC, no space at the ends, one space for any white space within.

    Raises:
        LotError: nothing is left (code lot-seed-empty), or a letter of it cannot be seen (lot-unprintable).
    """
    text = " ".join(unicodedata.normalize("NFC", seed).split())
    if not text:
        raise LotError("lot-seed-empty")
    if not text.isprintable():
        raise LotError("lot-unprintable", text=ascii(text))
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One lot: its seed as it is hashed, what is drawn for, and the people in it; ``open_lot`` makes it."""

    seed: str
    place: str
    people: frozenset[str]

    def text(self, attempt: int, person: str) -> str:
        """What is hashed for one person.

        The seed may hold the separator, nothing else may: so the last three separators divide the parts again, and no
        two draws ever hash the same text.
        """
        return SEPARATOR.join((self.seed, self.place, str(attempt), person))

    def number(self, attempt: int, person: str) -> str:
        """The number of one person: the SHA-256 of the text in UTF-8, as 64 hexadecimal digits in small letters."""
        return hashlib.sha256(self.text(attempt, person).encode()).hexdigest()

    def order(self, attempt: int = 1) -> tuple[str, ...]:
        """The people in the order in which this attempt draws them.

        Raises:
            LotError: attempts are counted from 1 (code lot-attempt).
        """
        if attempt < 1:
            raise LotError("lot-attempt", attempt=attempt)
        return tuple(sorted(self.people, key=lambda person: self.number(attempt, person)))


def open_lot(seed: str, place: str, people: Iterable[str]) -> Lot:
    """The lot of these people for ``place``.

    Raises:
        LotError: the seed cannot be used (see ``canonical_seed``), a person is listed twice (code lot-person-twice), or
            the place or a person is named in a way that can be mistaken (lot-name).
    """
    listed = tuple(people)
    for name in (place, *listed):
        _verify_name(name)
    for person, times in Counter(listed).items():
        if times > 1:
            raise LotError("lot-person-twice", person=person)
    return Lot(seed=canonical_seed(seed), place=place, people=frozenset(listed))


def lot_order(seed: str, place: str, people: Iterable[str], attempt: int = 1) -> tuple[str, ...]:
    """The people in the order in which the lot draws them; ``place`` names what is drawn for.

    A tie is settled by attempt 1.

    Raises:
        LotError: the lot cannot be drawn so (see ``open_lot`` and ``Lot.order``).
    """
    return open_lot(seed, place, people).order(attempt)


def _verify_name(name: str) -> None:
    """A name is written in one way only, so that whoever recomputes the lot types what was hashed."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or name != plain or not name.isprintable() or SEPARATOR in name:
        raise LotError("lot-name", name=ascii(name))
