"""Ballots as CSV, in and out: a column for each candidate, a row for each kind of paper and how many are alike.

The header is ``papers`` and the names. In a cell stands the rank (1, 2, 3 and on) of a ranked paper, or ``x`` where a
paper is marked; a cell left empty says nothing of the candidate. A last column ``invalid`` may hold the reason why
papers do not count. ``docs/formats.md`` tells the format to those who write such files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from election.counting.blt import numbered_candidates
from election.counting.marks import InvalidReason, MarkedPapers
from election.counting.papers import RankedPapers
from election.counting.reading import MOST_CANDIDATES, Faults, is_plain_name, shown, whole_number
from election.counting.tables import Table, csv_bytes
from election.errors import CountInputError

PAPERS = "papers"
INVALID = "invalid"
MARK = "x"

_Papers = TypeVar("_Papers", RankedPapers, MarkedPapers)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPapers(Generic[_Papers]):
    """Papers, and the names of the candidates in the order of the ballot."""

    names: tuple[str, ...]
    papers: _Papers


def parse_ranked_csv(raw: bytes) -> NamedPapers[RankedPapers]:
    """Read papers that rank candidates.

    Raises:
        CountFileError: It holds every fault with its line.
    """
    names, rankings, invalid = _read(raw, _ranking)
    candidates = numbered_candidates(len(names))
    return NamedPapers(names=names, papers=RankedPapers(candidates=candidates, rankings=rankings, invalid=invalid))


def parse_marked_csv(raw: bytes) -> NamedPapers[MarkedPapers]:
    """Read papers with marks.

    Raises:
        CountFileError: It holds every fault with its line.
    """
    names, marks, invalid = _read(raw, _marks)
    candidates = numbered_candidates(len(names))
    return NamedPapers(names=names, papers=MarkedPapers(candidates=candidates, marks=marks, invalid=invalid))


def ranked_csv(papers: RankedPapers, names: Sequence[str]) -> bytes:
    """The papers as a file: equal papers give equal bytes."""
    rows: list[list[str | int]] = [[PAPERS, *names, INVALID]]
    for ranking, number in sorted(papers.rankings.items()):
        rank_of = {place: rank for rank, place in enumerate(ranking, start=1)}
        rows.append([number, *(rank_of.get(place, "") for place in range(len(names))), ""])
    return csv_bytes([*rows, *_invalid_rows(papers.invalid, names)])


def marked_csv(papers: MarkedPapers, names: Sequence[str]) -> bytes:
    """The papers as a file: equal papers give equal bytes."""
    rows: list[list[str | int]] = [[PAPERS, *names, INVALID]]
    for marks, number in sorted(papers.marks.items()):
        rows.append([number, *(MARK if place in marks else "" for place in range(len(names))), ""])
    return csv_bytes([*rows, *_invalid_rows(papers.invalid, names)])


def verify_names(names: Sequence[str], faults: Faults, *, line: int = 1) -> None:
    """Note what is wrong with the names of a header; ``line`` is its line."""
    if not 1 <= len(names) <= MOST_CANDIDATES:
        faults.add(CountInputError("csv-candidates", line=line, found=len(names), most=MOST_CANDIDATES))
    for name, times in Counter(names).items():
        if not is_plain_name(name):
            faults.add(CountInputError("csv-name", line=line, text=shown(name)))
        elif times > 1:
            faults.add(CountInputError("csv-name-twice", line=line, text=shown(name)))
        elif name in (PAPERS, INVALID):
            faults.add(CountInputError("csv-name-reserved", line=line, text=name))


def reason_of(word: str, line: int, faults: Faults) -> InvalidReason:
    """The reason that a cell names; any other word is a fault."""
    if word not in set(InvalidReason):
        faults.add(CountInputError("csv-reason", line=line, text=shown(word), known=", ".join(InvalidReason)))
        return InvalidReason.NOT_AS_PRESCRIBED
    return InvalidReason(word)


def _read(
    raw: bytes, understand: Callable[[list[str], int, Faults], tuple[int, ...]]
) -> tuple[tuple[str, ...], Counter[tuple[int, ...]], Counter[InvalidReason]]:
    """The names, the papers as the cells of each row are understood, and the invalid papers: what they say is not read.

    Raises:
        CountFileError: It holds every fault with its line.
    """
    faults = Faults()
    table = Table(raw, (PAPERS,), faults)
    with_reason = table.header[-1] == INVALID
    names = tuple(table.header[1:-1] if with_reason else table.header[1:])
    verify_names(names, faults)
    papers: Counter[tuple[int, ...]] = Counter()
    invalid: Counter[InvalidReason] = Counter()
    for line, cells in table.rows():
        number = _number(cells[0], line, faults)
        if with_reason and cells[-1]:
            invalid[reason_of(cells[-1], line, faults)] += number
        else:
            papers[understand(cells[1 : len(names) + 1], line, faults)] += number
    faults.verify_none()
    return names, papers, invalid


def _invalid_rows(invalid: Mapping[InvalidReason, int], names: Sequence[str]) -> list[list[str | int]]:
    return [[number, *("" for _ in names), reason.value] for reason, number in sorted(invalid.items()) if number]


def _number(cell: str, line: int, faults: Faults) -> int:
    number = whole_number(cell)
    if not number:
        faults.add(CountInputError("csv-number", line=line, text=shown(cell)))
    return number or 1


def _ranking(cells: list[str], line: int, faults: Faults) -> tuple[int, ...]:
    """The places in order of rank: ranks 1, 2, 3 and on, each once and none left out."""
    place_of: dict[int, int] = {}
    good = True
    for place, cell in enumerate(cells):
        rank = whole_number(cell) if cell else None
        if cell and not rank:
            faults.add(CountInputError("csv-rank", line=line, text=shown(cell)))
            good = False
        elif rank in place_of:
            faults.add(CountInputError("csv-rank-twice", line=line, rank=rank or 0))
            good = False
        elif rank:
            place_of[rank] = place
    if good and sorted(place_of) != list(range(1, len(place_of) + 1)):
        faults.add(CountInputError("csv-rank-left-out", line=line))
    return tuple(place_of[rank] for rank in sorted(place_of))


def _marks(cells: list[str], line: int, faults: Faults) -> tuple[int, ...]:
    for cell in cells:
        if cell not in ("", MARK):
            faults.add(CountInputError("csv-mark", line=line, text=shown(cell)))
    return tuple(place for place, cell in enumerate(cells) if cell == MARK)
