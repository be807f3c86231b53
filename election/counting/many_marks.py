"""Votes from very many papers with marks, one by one: the same numbers as ``MarkedPapers``, in half the time.

Grouping equal papers costs more than counting them where few are equal. Here all marks stand one after another as
bytes, and whole numbers of millions of digits compare each mark with the one before it, all at once: a paper whose
marks ascend holds none twice.

Only who has papers one by one in memory has use for it. ``election count`` has not: a row of a file says on how many
papers it stands, and of 100 000 rows reading takes 0.6 s of processor time, grouping and counting together 0.03 s. Nor
has a tally, which opens the votes of each candidate and never a paper (a ranked question: ``RankedPapers``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from election.counting.marks import MarkedPapers
from election.ids import CandidateId

_MOST_PLACES = 128  # a place and a sign fit into one byte


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCount:
    """What papers with marks come to; ``too_many`` have more marks than a voter has and count for nobody."""

    votes: Mapping[CandidateId, int]
    valid: int
    blank: int
    too_many: int


def count_marks(candidates: tuple[CandidateId, ...], papers: Sequence[tuple[int, ...]], *, most: int) -> MarkCount:
    """Count papers of up to ``most`` marks each, as ascending places in ``candidates``.

    Raises:
        ResultError: The papers cannot be (see ``MarkedPapers``).
    """
    numbers = [*map(len, papers)]
    if (
        max({*numbers}, default=0) <= min(most, _MOST_PLACES)
        and len(set(candidates)) == len(candidates) <= _MOST_PLACES
    ):
        try:
            marks = bytes(chain.from_iterable(papers))
        except ValueError:  # a place below 0, or far beyond the last: told below
            marks = b"\xff"
        others = marks.translate(None, bytes(range(len(candidates))))
        if not others and _ascend(marks, numbers):
            votes = {candidate: marks.count(place) for place, candidate in enumerate(candidates)}
            blank = numbers.count(0)
            return MarkCount(votes=votes, valid=len(papers) - blank, blank=blank, too_many=0)
    whole = MarkedPapers(candidates=candidates, marks=Counter(papers))
    kept = whole.at_most(most)
    return MarkCount(votes=kept.votes(), valid=kept.valid, blank=kept.blank, too_many=sum(kept.invalid.values()))


def _ascend(marks: bytes, numbers: Sequence[int]) -> bool:
    """Whether the marks of each paper ascend; ``marks`` are those of all papers, below 128 each.

    128 more than a mark, less the mark before it and 1, keeps its eighth bit exactly where the mark is the greater of
    the two, and never borrows from its neighbour: so one subtraction compares them all.
    """
    firsts = [b"\x80" + bytes(number - 1) if number else b"" for number in range(max({*numbers}, default=0) + 1)]
    first = int.from_bytes(b"".join([firsts[number] for number in numbers]), "little")
    eighth, one = (int.from_bytes(each * len(marks), "little") for each in (b"\x80", b"\x01"))
    mark, before = int.from_bytes(marks, "little"), int.from_bytes(b"\x00" + marks[:-1], "little")
    return (((mark | eighth) - before - one) & eighth) | first == eighth
