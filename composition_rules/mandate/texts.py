"""The small values that a mandate is made of: words, silences, sources, clauses and numbers of places."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, NewType

MandateId = NewType("MandateId", str)
SeatGroupId = NewType("SeatGroupId", str)
SourceId = NewType("SourceId", str)
Language = Literal["da", "en"]


class Silence(Enum):
    """What a source leaves open. The one member is ``UNSTATED``."""

    UNSTATED = "unstated"

    def __repr__(self) -> str:
        return "UNSTATED"


UNSTATED: Final = Silence.UNSTATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same words in Danish and in English."""

    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in ``language``: Danish for ``da`` (also ``da_DK``), English for every other."""
        return self.da if language[:2] == "da" else self.en


NOT_STATED: Final = Text(da="ikke angivet", en="not stated")


def in_words(text: Text | Silence) -> Text:
    """The words themselves, or that nothing is stated."""
    return NOT_STATED if isinstance(text, Silence) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that clauses are quoted from; ``file`` is its plain text, whose lines the clauses count.

    ``address`` is where the document itself stands when ``file`` only reports what it says.
    """

    id: SourceId
    title: str
    file: str
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Words of a source, verbatim but for hyphens at the end of a line; lines count from 1, both ends included."""

    source: Source
    first_line: int
    last_line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule in words, and the clause it rests on."""

    text: Text
    clause: Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words that decide over people and change from election to election: ``version`` says which these are."""

    version: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """How many places there are: from ``least`` to ``most``, both included; None is no upper limit.

    A number that the source leaves open is ``Seats(least=0, most=None)``.
    """

    least: int
    most: int | None

    @classmethod
    def exactly(cls, number: int) -> Seats:
        """A fixed number."""
        return cls(least=number, most=number)

    @property
    def fixed(self) -> bool:
        """Whether there is one number only."""
        return self.least == self.most

    @property
    def open(self) -> bool:
        """Whether nothing at all is said of the number."""
        return self.least == 0 and self.most is None

    def holds(self, number: int) -> bool:
        """Whether there may be so many."""
        return self.least <= number and self.has_room_for(number)

    def has_room_for(self, number: int) -> bool:
        """Whether so many are not too many."""
        return self.most is None or number <= self.most

    def meets(self, other: Seats) -> bool:
        """Whether some number fits both."""
        return self.has_room_for(other.least) and other.has_room_for(self.least)

    def within(self, other: Seats) -> Seats:
        """The numbers that fit both, which have to meet."""
        ends = [most for most in (self.most, other.most) if most is not None]
        return Seats(least=max(self.least, other.least), most=min(ends, default=None))

    def __add__(self, other: Seats) -> Seats:
        most = None if self.most is None or other.most is None else self.most + other.most
        return Seats(least=self.least + other.least, most=most)

    def times(self, other: Seats) -> Seats:
        """So many for each of so many."""
        most = None if self.most is None or other.most is None else self.most * other.most
        return Seats(least=self.least * other.least, most=most)

    def __str__(self) -> str:
        if self.most is None:
            return f"{self.least}+"
        return str(self.least) if self.fixed else f"{self.least}–{self.most}"


NO_SEATS: Final = Seats.exactly(0)
OPEN: Final = Seats(least=0, most=None)
