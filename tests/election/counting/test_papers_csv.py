from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.counting.blt import numbered_candidates
from election.counting.marks import InvalidReason, MarkedPapers
from election.counting.papers import RankedPapers
from election.counting.papers_csv import NamedPapers, marked_csv, parse_marked_csv, parse_ranked_csv, ranked_csv
from election.errors import CountFileError
from tests.election.counting.mutations import mutated

RANKED = b"""papers,Asta,Bo,"Carl, \xc3\x98"
4,1,2,
3,2,1,3
1,,,
2,1,2,
"""
MARKED = b"""papers;Asta;Bo;Carl;invalid
4;x;x;;
3;;;x;
1;;;;
2;;x;x;envelope
2;;;;not-handed-out
"""


def changed(raw: bytes, line: int, *to: bytes) -> bytes:
    lines = raw.split(b"\n")
    lines[line - 1 : line] = to
    return b"\n".join(lines)


def codes(read: Callable[[bytes], object], raw: bytes) -> list[tuple[str, int]]:
    with pytest.raises(CountFileError) as caught:
        read(raw)
    assert all(str(fault) for fault in caught.value.faults)
    return [(fault.code, int(fault.params["line"])) for fault in caught.value.faults]


def test_ranked_papers_are_read() -> None:
    read = parse_ranked_csv(RANKED)
    assert read.names == ("Asta", "Bo", "Carl, Ø")
    assert read.papers.rankings == {(0, 1): 6, (1, 0, 2): 3, (): 1}


def test_marked_papers_are_read_and_the_marks_of_invalid_ones_are_not() -> None:
    read = parse_marked_csv(MARKED)
    assert read.names == ("Asta", "Bo", "Carl")
    assert read.papers.marks == {(0, 1): 4, (2,): 3, (): 1}
    assert read.papers.invalid == {InvalidReason.ENVELOPE: 2, InvalidReason.NOT_HANDED_OUT: 2}


@pytest.mark.parametrize(
    "same",
    [b"\xef\xbb\xbf" + RANKED, RANKED.replace(b"\n", b"\r\n"), RANKED + b"\n", RANKED.replace(b"papers", b'"papers"')],
)
def test_marks_of_order_and_ends_of_lines_do_not_matter(same: bytes) -> None:
    assert parse_ranked_csv(same) == parse_ranked_csv(RANKED)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", [("count-file-empty", 1)]),
        (changed(RANKED, 1, b"number,Asta,Bo,Carl"), [("csv-first-cell", 1)]),
        (changed(RANKED, 1, b"papers|Asta|Bo|Carl"), [("csv-first-cell", 1)]),
        (b"papers\n1\n", [("csv-first-cell", 1)]),
        (changed(RANKED, 1, b"papers,Asta,Asta,Carl"), [("csv-name-twice", 1)]),
        (changed(RANKED, 1, b"papers,Asta,,Carl"), [("csv-name", 1)]),
        (changed(RANKED, 1, b"papers,Asta,B\xe2\x80\xaeo,Carl"), [("csv-name", 1)]),
        (changed(RANKED, 1, b"papers,Asta,invalid,Bo"), [("csv-name-reserved", 1)]),
        (b"papers," + b",".join(b"c%d" % n for n in range(1001)), [("csv-candidates", 1)]),
        (changed(RANKED, 2, b"4,1,2"), [("csv-cells", 2)]),
        (changed(RANKED, 2, b"4,1,2,,"), [("csv-cells", 2)]),
        (changed(RANKED, 2, b""), [("csv-empty-line", 2)]),
        (changed(RANKED, 2, b",,,"), [("csv-empty-line", 2)]),
        (changed(RANKED, 2, b"0,1,2,"), [("csv-number", 2)]),
        (changed(RANKED, 2, b"four,1,2,"), [("csv-number", 2)]),
        (changed(RANKED, 2, b"-4,1,2,"), [("csv-number", 2)]),
        (changed(RANKED, 2, b"4,1,0,"), [("csv-rank", 2)]),
        (changed(RANKED, 2, b"4,1,x,"), [("csv-rank", 2)]),
        (changed(RANKED, 2, b"4,1,\xd9\xa2,"), [("csv-rank", 2)]),
        (changed(RANKED, 2, b"4,1,1,"), [("csv-rank-twice", 2)]),
        (changed(RANKED, 2, b"4,1,3,"), [("csv-rank-left-out", 2)]),
        (changed(RANKED, 1, b"papers,Asta,Bo,invalid"), [("csv-reason", 3)]),
        (changed(RANKED, 2, b'4,"1,2,'), [("csv-quotation", 2)]),
        (
            changed(RANKED, 2, b"4,1,3,", b"0,2,2,"),
            [("csv-rank-left-out", 2), ("csv-number", 3), ("csv-rank-twice", 3)],
        ),
    ],
)
def test_what_is_wrong_with_ranked_papers_is_named_with_its_line(raw: bytes, found: list[tuple[str, int]]) -> None:
    assert codes(parse_ranked_csv, raw) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (changed(MARKED, 2, b"4;x;X;;"), [("csv-mark", 2)]),
        (changed(MARKED, 2, b"4;x;1;;"), [("csv-mark", 2)]),
        (changed(MARKED, 2, b"4;x;x;;lost"), [("csv-reason", 2)]),
        (
            changed(MARKED, 1, b"papers;Asta;Bo;invalid;Carl"),
            [("csv-name-reserved", 1)] + [("csv-mark", n) for n in (5, 6)],
        ),
        (changed(MARKED, 1, b"papers;invalid"), [("csv-candidates", 1)] + [("csv-cells", n) for n in range(2, 7)]),
    ],
)
def test_what_is_wrong_with_marked_papers_is_named_with_its_line(raw: bytes, found: list[tuple[str, int]]) -> None:
    assert codes(parse_marked_csv, raw) == found


def rows_of(raw: bytes) -> tuple[list[str], list[list[str]]]:
    """Header and rows, by the csv module alone."""
    text = raw.decode("utf-8-sig")
    separator = text.lstrip().removeprefix('"').removeprefix("papers").removeprefix('"').lstrip(" ")[0]
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    return rows[0], [row for row in rows[1:] if row]


Parts = tuple[tuple[str, ...], Counter[tuple[int, ...]], Counter[InvalidReason]]


def read_leniently(raw: bytes, understand: Callable[[list[str]], tuple[int, ...]]) -> Parts:
    header, rows = rows_of(raw)
    names = header[1:-1] if header[-1] == "invalid" else header[1:]
    papers, invalid = Counter[tuple[int, ...]](), Counter[InvalidReason]()
    for number, *cells in rows:
        if cells[len(names) :] not in ([], [""]):
            invalid[InvalidReason(cells[-1])] += int(number)
        else:
            papers[understand(cells[: len(names)])] += int(number)
    return tuple(names), papers, invalid


def ranked_leniently(raw: bytes) -> NamedPapers[RankedPapers]:
    def ranking(cells: list[str]) -> tuple[int, ...]:
        return tuple(sorted((n for n, rank in enumerate(cells) if rank), key=lambda n: int(cells[n])))

    names, rankings, invalid = read_leniently(raw, ranking)
    candidates = numbered_candidates(len(names))
    return NamedPapers(names=names, papers=RankedPapers(candidates=candidates, rankings=rankings, invalid=invalid))


def marked_leniently(raw: bytes) -> NamedPapers[MarkedPapers]:
    names, marks, invalid = read_leniently(raw, lambda cells: tuple(n for n, cell in enumerate(cells) if cell))
    candidates = numbered_candidates(len(names))
    return NamedPapers(names=names, papers=MarkedPapers(candidates=candidates, marks=marks, invalid=invalid))


@pytest.mark.parametrize(
    ("raw", "read", "leniently"),
    [(RANKED, parse_ranked_csv, ranked_leniently), (MARKED, parse_marked_csv, marked_leniently)],
    ids=["ranked", "marked"],
)
def test_a_thousand_changed_files_are_refused_with_their_lines_or_read_as_what_they_say(
    raw: bytes, read: Callable[[bytes], object], leniently: Callable[[bytes], object]
) -> None:
    good, refused = 0, []
    for other in mutated(raw, 1000, seed=8):
        try:
            ours = read(other)
        except CountFileError as refusal:
            refused += [(other, fault) for fault in refusal.faults]
        else:
            good += 1
            assert ours == leniently(other), other
    assert good > 100
    assert len({other for other, _ in refused}) > 300
    for other, fault in refused:
        assert 1 <= int(fault.params["line"]) <= other.count(b"\n") + other.count(b"\r") + 2
        assert str(fault)


names = st.lists(
    st.from_regex(r'[A-Za-zÆØÅæøå"]([\w ,;"-]{0,9}[\w"])?', fullmatch=True).filter(
        lambda name: name.isprintable() and name not in ("papers", "invalid")
    ),
    min_size=3,
    max_size=3,
    unique=True,
)
rankings = st.dictionaries(st.lists(st.integers(0, 2), unique=True).map(tuple), st.integers(1, 999), max_size=6)


reasons = st.dictionaries(st.sampled_from(InvalidReason), st.integers(1, 9))


@given(names, rankings, reasons)
def test_ranked_papers_that_are_written_read_the_same(
    names: list[str], rankings: dict[tuple[int, ...], int], invalid: dict[InvalidReason, int]
) -> None:
    papers = RankedPapers(candidates=numbered_candidates(3), rankings=rankings, invalid=invalid)
    assert parse_ranked_csv(ranked_csv(papers, names)) == NamedPapers(names=tuple(names), papers=papers)


@given(names, rankings, reasons)
def test_marked_papers_that_are_written_read_the_same(
    names: list[str], rankings: dict[tuple[int, ...], int], invalid: dict[InvalidReason, int]
) -> None:
    marks = {tuple(sorted(ranking)): number for ranking, number in rankings.items()}
    papers = MarkedPapers(candidates=numbered_candidates(3), marks=marks, invalid=invalid)
    assert parse_marked_csv(marked_csv(papers, names)) == NamedPapers(names=tuple(names), papers=papers)
