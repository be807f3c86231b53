"""What is asked of the electors: candidates, marks, blank votes, and how many places there are.

A contest is read off the elected seat group of a mandate. What the mandate leaves open (the number of marks) is set
for each election.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from composition_rules.mandate import AlternateOrder, Mandate, Route, SeatGroup
from election.errors import ContestError
from election.ids import CandidateId

# Longer names neither fit a ballot nor a card.
MAX_TEXT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who stands, under the name that is printed on the ballot."""

    id: CandidateId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One question: mark up to ``max_marks`` of the candidates, or vote blank where allowed.

    Raises:
        ContestError: No candidate, a candidate twice, or numbers that contradict each other.
    """

    question: str
    candidates: tuple[Candidate, ...]
    max_marks: int
    blank_allowed: bool
    seats: int
    alternates: int
    alternates_ranked: bool
    """Whether the mandate gives the alternates an order; only then does a tie among them need a lot."""

    def __post_init__(self) -> None:
        _check_text(self.question, "contest-question")
        if not self.candidates:
            raise ContestError("contest-no-candidate")
        for candidate in self.candidates:
            _check_text(candidate.name, "contest-name")
        # Two names that a voter cannot tell apart would make the ballot a guess.
        names = [_as_seen(each.name) for each in self.candidates]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise ContestError("contest-name-twice", name=self.candidates[place].name)
        if len({candidate.id for candidate in self.candidates}) != len(self.candidates):
            raise ContestError("contest-id-twice")
        if not 1 <= self.max_marks <= len(self.candidates):
            raise ContestError("contest-marks", marks=self.max_marks, candidates=len(self.candidates))
        if self.seats < 1 or self.alternates < 0:
            raise ContestError("contest-places", seats=self.seats, alternates=self.alternates)


def contest_from_mandate(
    mandate: Mandate,
    group_id: str,
    *,
    question: str,
    candidates: Sequence[Candidate],
    max_marks: int = 1,
    blank_allowed: bool = True,
) -> Contest:
    """The contest that fills a directly elected seat group.

    Where the mandate gives a range of seats or alternates, as many are elected as it allows; where it leaves the
    number of alternates open, none.

    Raises:
        ContestError: The group is not filled by one direct election, or the contest contradicts itself.
    """
    group = mandate.group(group_id)
    seats = verify_one_contest(group)
    return Contest(
        question=question,
        candidates=tuple(candidates),
        max_marks=max_marks,
        blank_allowed=blank_allowed,
        seats=seats,
        alternates=group.alternates.number.most or 0,
        alternates_ranked=group.alternates.order is AlternateOrder.VOTES,
    )


def contests_for_shares(
    mandate: Mandate,
    group_id: str,
    *,
    question: str,
    candidates: Sequence[Sequence[Candidate]],
    max_marks: int = 1,
    blank_allowed: bool = True,
    alternates: int = 0,
) -> tuple[Contest, ...]:
    """The contests of a group whose seats are reserved, one for each share, in the order of the mandate.

    ``candidates`` holds those of each share; ``alternates`` is how many each contest elects, for a mandate speaks of
    the alternates of the whole group. A share for which nobody stands has no contest.

    Raises:
        ContestError: The group is not filled by direct election or has no shares, there are not as many lists of
            candidates as shares, one person stands for two, or a contest contradicts itself (codes contest-route,
            contest-no-shares, contest-shares-number, contest-id-twice and those of ``Contest``).
    """
    group = mandate.group(group_id)
    if group.route is not Route.DIRECT_ELECTION:
        raise ContestError("contest-route", group=group.id)
    if not group.shares:
        raise ContestError("contest-no-shares", group=group.id)
    if len(candidates) != len(group.shares):
        raise ContestError("contest-shares-number", shares=len(group.shares), found=len(candidates))
    standing = [each.id for of_share in candidates for each in of_share]
    if len(set(standing)) != len(standing):
        raise ContestError("contest-id-twice")
    return tuple(
        Contest(
            question=f"{question} ({share.title.da})",
            candidates=tuple(of_share),
            max_marks=min(max_marks, len(of_share)),
            blank_allowed=blank_allowed,
            seats=share.seats,
            alternates=alternates,
            alternates_ranked=group.alternates.order is AlternateOrder.VOTES,
        )
        for share, of_share in zip(group.shares, candidates, strict=True)
        if of_share
    )


def verify_one_contest(group: SeatGroup) -> int:
    """How many seats one contest fills in this group.

    Raises:
        ContestError: The group is not filled by direct election, its seats are reserved for several groups of
            people, each of which needs a contest of its own, or the mandate does not say how many they are.
    """
    if group.route is not Route.DIRECT_ELECTION:
        raise ContestError("contest-route", group=group.id)
    if group.shares:
        raise ContestError("contest-shares", group=group.id)
    if group.seats.most is None:
        raise ContestError("contest-seats-open", group=group.id)
    return group.seats.most


def is_one_contest(group: SeatGroup) -> bool:
    """Whether one contest can fill this group."""
    try:
        verify_one_contest(group)
    except ContestError:
        return False
    return True


def _as_seen(text: str) -> str:
    """What is left for the eye: no width, no case, no form of letter or space, no characters that show nothing."""
    seen = "".join(each for each in text if unicodedata.category(each) != "Cf" and each not in _INVISIBLE)
    return " ".join(unicodedata.normalize("NFKC", seen).casefold().split())


def _check_text(text: str, code: str) -> None:
    if not _as_seen(text) or len(text) > MAX_TEXT_LENGTH:
        raise ContestError(code, text=text[:40], limit=MAX_TEXT_LENGTH)
    # Format characters such as the zero-width joiner are part of spelling; those that turn the text around are not.
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"} or character in _BIDI_OVERRIDES:
            raise ContestError("contest-character", text=text[:40], character=f"U+{ord(character):04X}")


_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and marks that are drawn as nothing: grapheme joiner, Hangul fillers, Khmer inherent vowels, Mongolian and
# other variation selectors, empty Braille pattern.
_INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
