"""Papers with marks: one mark, up to N marks, approval; and why a paper does not count.

The reasons are those by which Danish officials count invalid papers and write them in the book of the election
(kommunal- og regionalvalgloven, the family of § 69 and § 105 i); blank papers are counted apart from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, pairwise, starmap
from operator import lt

from election.errors import ResultError
from election.ids import CandidateId


class InvalidReason(StrEnum):
    """Why a paper is invalid."""

    NOT_AS_PRESCRIBED = "not-as-prescribed"  # also more marks than the voter has
    NOT_HANDED_OUT = "not-handed-out"  # not one of the municipality's own papers, or not handed out there
    ENVELOPE = "envelope"  # the envelope holds something else, or more than one paper
    DISTINGUISHING_MARK = "distinguishing-mark"  # it could be recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPapers:
    """Papers by their marks, as ascending places in ``candidates``, and how many are alike.

    Of very many papers that come one by one, ``many_marks.count_marks`` gives the votes in half the time.

    No mark at all stands for a blank paper. ``invalid`` holds papers whose marks count for nobody.

    Raises:
        ResultError: A candidate comes twice; marks name one that does not stand, or are not in ascending order, each
            once; marks stand on less than one paper (codes papers-candidate-twice, papers-unknown,
            papers-marks-order, papers-number).
    """

    candidates: tuple[CandidateId, ...]
    marks: Mapping[tuple[int, ...], int]
    invalid: Mapping[InvalidReason, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(set(self.candidates)) != len(self.candidates):
            raise ResultError("papers-candidate-twice")
        # All at once, as with ranked papers: a loop over a million papers would take as long as the count.
        if not set(chain.from_iterable(self.marks)) <= set(range(len(self.candidates))):
            raise ResultError("papers-unknown")
        if not all(starmap(lt, chain.from_iterable(map(pairwise, self.marks)))):
            raise ResultError("papers-marks-order")
        if min(self.marks.values(), default=1) < 1 or min(self.invalid.values(), default=0) < 0:
            raise ResultError("papers-number")

    @property
    def blank(self) -> int:
        """How many papers have no mark."""
        return self.marks.get((), 0)

    @property
    def valid(self) -> int:
        """How many papers count for somebody."""
        return sum(self.marks.values()) - self.blank

    @property
    def number(self) -> int:
        """How many papers there are: valid, blank and invalid ones."""
        return sum(self.marks.values()) + sum(self.invalid.values())

    def at_most(self, marks: int) -> MarkedPapers:
        """The same papers where a voter has so many marks: a paper with more is not marked as prescribed."""
        if max(map(len, self.marks), default=0) <= marks:
            return self
        kept = {marked: papers for marked, papers in self.marks.items() if len(marked) <= marks}
        too_many = sum(self.marks.values()) - sum(kept.values())
        reason = InvalidReason.NOT_AS_PRESCRIBED
        invalid = {**self.invalid, reason: self.invalid.get(reason, 0) + too_many}
        return MarkedPapers(candidates=self.candidates, marks=kept, invalid=invalid)

    def votes(self) -> dict[CandidateId, int]:
        """The votes of each candidate, in the order of the ballot: one for each paper that marks them."""
        # Most different papers are alone of their kind, and one pass counts them; the others are made up for.
        counted = Counter(chain.from_iterable(self.marks))
        for marks, papers in self.marks.items():
            if papers > 1:
                for place in marks:
                    counted[place] += papers - 1
        return {candidate: counted[place] for place, candidate in enumerate(self.candidates)}
