"""Places, rules over places, people who may take them, decisions already made: what the search decides on.

Every rule counts the people on a set of places: that seats are filled, that enough members have a property, that a
property has the majority, that two groups are equally large are one kind of rule. That a person takes one place at
most (or one of each group) is no rule but holds always.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from composition_rules.errors import FillingError
from composition_rules.mandate import Clause, Role, SeatGroupId, Text
from composition_rules.people import Person, PersonId


class Counts(StrEnum):
    """What one person counts for in a rule with a property."""

    HAVING = "having"  # who has it counts for one
    LACKING = "lacking"  # who lacks it counts for one
    BALANCE = "balance"  # who has it counts for one, who lacks it against one: at least 1 is a majority


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One seat of a member or one place of an alternate; ``number`` counts from 1 within group and role."""

    group: SeatGroupId
    role: Role
    number: int

    @property
    def key(self) -> tuple[str, bool, int]:
        """What places are put in order by: group, members before alternates, number."""
        return self.group, self.role is Role.ALTERNATE, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRule:
    """How many of the people on ``places`` must, and how many may, have ``property``; None counts everybody.

    ``title`` names the rule to a reader and ``asks`` the property, where there is one. With ``less`` each person on
    those other places counts ``times`` against it: at least 0 is as many here as there, or more.

    Rules of one ``share`` count nobody twice: a person who fits several of them counts for one, whichever it needs.
    ``none_of`` are properties that a counted person must not have. A preferred rule is honoured where it can be;
    preferred rules come in the order of ``order``, then of ``name``.
    """

    name: str
    title: Text
    places: frozenset[Place]
    property: str | None = None
    asks: Text | None = None
    at_least: int | None = None
    at_most: int | None = None
    counts: Counts = Counts.HAVING
    less: frozenset[Place] = frozenset()
    times: int = 1
    share: str | None = None
    none_of: frozenset[str] = frozenset()
    preferred: bool = False
    order: int = 0
    clause: Clause | None = None

    def is_binding(self) -> bool:
        """Whether there is a least or a most."""
        return self.at_least is not None or self.at_most is not None

    def allows(self, count: int) -> bool:
        """Whether what was counted is neither too little nor too much."""
        return (self.at_least is None or self.at_least <= count) and (self.at_most is None or count <= self.at_most)

    def is_headcount(self) -> bool:
        """Whether it counts everybody on its places, and nothing else."""
        return self.property is None and self.share is None and not self.less

    def spans(self) -> frozenset[Place]:
        """Every place of which it speaks."""
        return self.places | self.less

    def asked(self) -> frozenset[str]:
        """The properties that matter to it."""
        return self.none_of if self.property is None else self.none_of | {self.property}

    def fits(self, person: Person) -> bool:
        """Whether a person has what is asked."""
        has = self.property is None or person.has(self.property)
        return has and not any(person.has(word) for word in self.none_of)

    def weight(self, person: Person) -> int:
        """What a person on one of the places counts for."""
        fits = self.fits(person)
        if self.counts is Counts.BALANCE:
            return 1 if fits else -1
        return int(fits is (self.counts is Counts.HAVING))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person and the places that person may take, by nomination, candidacy or office."""

    person: Person
    places: frozenset[Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A place that is given already, whoever else might take it. It holds even where no nomination covers it."""

    person: PersonId
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Who may fill which places, under which rules. The order within each tuple has no meaning.

    A person takes one place at most, or, without ``one_place_each``, one place of each group at most.
    """

    places: tuple[Place, ...]
    rules: tuple[PlaceRule, ...]
    candidates: tuple[Candidate, ...]
    decisions: tuple[Decision, ...] = ()
    one_place_each: bool = True

    def verify(self) -> None:
        """Check that names are used once and that nothing speaks of an unknown place or person.

        Raises:
            FillingError: the first that fails (codes place-twice, rule-twice, candidate-twice, place-unknown,
                decision-on-stranger).
        """
        people = [candidate.person.id for candidate in self.candidates]
        _verify_once("place-twice", [_words(place) for place in self.places])
        _verify_once("rule-twice", [rule.name for rule in self.rules])
        _verify_once("candidate-twice", people)
        spoken_of = {decision.place for decision in self.decisions}
        spoken_of.update(*(rule.spans() for rule in self.rules), *(candidate.places for candidate in self.candidates))
        for place in sorted(spoken_of - set(self.places), key=lambda place: place.key):
            raise FillingError("place-unknown", place=_words(place))
        for decision in self.decisions:
            if decision.person not in people:
                raise FillingError("decision-on-stranger", person=decision.person, place=_words(decision.place))


def _verify_once(code: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FillingError(code, name=name)
        seen.add(name)


def _words(place: Place) -> str:
    return f"{place.group} {place.number} ({place.role})"
