from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.counting.blt import numbered_candidates
from election.counting.figures import (
    Channel,
    CountSheet,
    IssuedPapers,
    figures_of_sheets,
    sheet_of_tally,
    votes_of_sheets,
)
from election.counting.marks import InvalidReason
from election.counting.sheets import SheetFile, parse_sheets, sheets_csv
from election.errors import CountFileError, CountInputError
from tests.election.counting.mutations import mutated

SHEETS = b"""figure,of,online,paper Allingaabro,paper Auning,postal
votes,Asta,40,10,7,3
votes,Bo,20,5,8,0
valid,,60,15,15,3
blank,,2,1,0,1
invalid,not-as-prescribed,0,2,0,0
invalid,envelope,0,0,0,1
papers,,62,18,15,5
issued,,62,30,20,9
used,,62,18,15,5
returned,,0,1,0,0
void,,0,1,2,0
unused,,0,10,3,4
"""


def one(_: int) -> int:
    return 1


def changed(line: int, *to: bytes) -> bytes:
    lines = SHEETS.split(b"\n")
    lines[line - 1 : line] = to
    return b"\n".join(lines)


def faults(raw: bytes, marks: int = 1) -> list[tuple[str, int]]:
    with pytest.raises(CountFileError) as caught:
        parse_sheets(raw, marks=lambda _: marks)
    return [
        (getattr(fault, "cause", fault).code, int(fault.params["line"])) for fault in caught.value.faults if str(fault)
    ]


def test_sheets_add_up_to_the_votes_and_the_figures_of_the_book() -> None:
    read = parse_sheets(SHEETS, marks=one)
    assert read.names == ("Asta", "Bo")
    assert votes_of_sheets(read.sheets) == {"1": 60, "2": 33}
    figures = figures_of_sheets(read.sheets)
    assert {each: row.papers for each, row in figures.per_channel.items()} == {
        Channel.ONLINE: 62,
        Channel.PAPER: 33,
        Channel.POSTAL: 5,
    }
    overall = figures.overall
    assert (overall.papers, overall.valid, overall.blank, overall.all_invalid) == (100, 93, 4, 3)
    assert overall.invalid[InvalidReason.NOT_AS_PRESCRIBED] == 2
    assert read.sheets[1].issued == IssuedPapers(issued=30, used=18, returned=1, void=1, unused=10)


def test_an_online_tally_is_one_more_sheet() -> None:
    on_paper = parse_sheets(SHEETS, marks=one).sheets[1:]
    online = sheet_of_tally(dict(zip(numbered_candidates(2), (40, 20), strict=True)), ballots=62, blank=2)
    assert votes_of_sheets((online, *on_paper)) == {"1": 60, "2": 33}
    with_tally, all_on_paper = figures_of_sheets((online, *on_paper)), figures_of_sheets(on_paper)
    assert with_tally.per_channel == {**figures_of_sheets([online]).per_channel, **all_on_paper.per_channel}
    assert with_tally.overall.papers == all_on_paper.overall.papers + 62
    assert all_on_paper.overall.issued == IssuedPapers(issued=59, used=38, returned=1, void=3, unused=17)
    assert with_tally.overall.issued is None  # nothing is printed for a vote online


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (changed(1, b"sheet,of,online,paper Allingaabro,paper Auning,postal"), [("csv-first-cell", 1)]),
        (changed(1, b"figure,for,online,paper Allingaabro,paper Auning,postal"), [("sheet-header", 1)]),
        (b"figure,of\nvotes,Asta\n", [("sheet-header", 1)] + [("sheet-missing", 2)] * 3),
        (changed(1, b"figure,of,web,paper Allingaabro,paper Auning,postal"), [("sheet-channel", 1)]),
        (changed(1, b"figure,of,online,paper Auning,paper Auning,postal"), [("sheet-column-twice", 1)]),
        (changed(2, b"votes,Asta,40,10,7"), [("csv-cells", 2)]),
        (changed(2, b"votes,Asta,40,10,7,"), [("sheet-number", 2)]),
        (changed(2, b"votes,Asta,40,10,7,-3"), [("sheet-number", 2)]),
        (changed(2, b"votes,Bo,40,10,7,3"), [("sheet-row-twice", 3)]),
        (changed(2, b"vote,Asta,40,10,7,3"), [("sheet-figure", 2)]),
        (changed(2, b"votes,,40,10,7,3"), [("csv-name", 2)]),
        (changed(5, b"blank,ones,2,1,0,1"), [("sheet-of", 5)]),
        (changed(6, b"invalid,lost,0,2,0,0"), [("csv-reason", 6)]),
        (changed(7, b"invalid,not-as-prescribed,0,0,0,1"), [("sheet-row-twice", 7)]),
        (changed(5), [("sheet-missing", 12)]),
        (changed(13), [("sheet-missing", 12)]),
        (changed(9), [("sheet-missing", 12)]),
        (changed(2, b"votes,Asta,41,10,7,3"), [("sheet-one-mark", 4)]),
        (changed(8, b"papers,,62,17,15,5"), [("sheet-papers", 8)]),
        (changed(9, b"issued,,62,31,20,9"), [("sheet-issued", 9)]),
        (changed(8, b"papers,,62,17,15,6"), [("sheet-papers", 8), ("sheet-papers", 8)]),
    ],
)
def test_what_is_wrong_with_sheets_is_named_with_its_line(raw: bytes, found: list[tuple[str, int]]) -> None:
    assert faults(raw) == found


def test_the_sheet_whose_figures_do_not_sum_is_named() -> None:
    with pytest.raises(CountFileError) as caught:
        parse_sheets(changed(8, b"papers,,62,17,15,5"), marks=one)
    assert [str(fault) for fault in caught.value.faults] == [
        "Line 8: paper Allingaabro: papers is 17, but valid, blank and invalid papers add up to 18. Count them again."
    ]


def test_with_several_marks_votes_lie_between_the_papers_and_the_marks() -> None:
    assert parse_sheets(changed(2, b"votes,Asta,60,15,15,3"), marks=lambda _: 2).sheets[0].valid == 60
    assert faults(changed(2, b"votes,Asta,61,10,7,3"), marks=2) == [("sheet-candidate", 4)]
    assert faults(changed(2, b"votes,Asta,39,10,7,3"), marks=2) == [("sheet-marks", 4)]
    assert faults(changed(3, b"votes,Bo,81,5,8,0"), marks=2) == [("sheet-marks", 4)]


def test_two_sheets_of_one_place_or_of_other_candidates_do_not_add_up() -> None:
    sheet = parse_sheets(SHEETS, marks=one).sheets[0]
    with pytest.raises(CountInputError) as twice:
        votes_of_sheets((sheet, sheet))
    other = sheet_of_tally({numbered_candidates(1)[0]: 1}, ballots=1, blank=0)
    with pytest.raises(CountInputError) as unlike:
        votes_of_sheets((parse_sheets(SHEETS, marks=one).sheets[1], other))
    assert (twice.value.code, unlike.value.code) == ("sheet-twice", "sheet-candidates")


def test_more_blank_ballots_than_ballots_are_refused() -> None:
    with pytest.raises(CountInputError) as caught:
        sheet_of_tally({}, ballots=1, blank=2)
    assert caught.value.code == "sheet-negative"


def test_fewer_than_no_papers_cannot_come_back() -> None:
    sheet = parse_sheets(SHEETS, marks=one).sheets[1]
    with pytest.raises(CountInputError) as caught:
        replace(sheet, issued=IssuedPapers(issued=30, used=31, returned=-1, void=0, unused=0))
    assert caught.value.code == "sheet-negative"


def test_a_thousand_changed_files_are_refused_or_sum_as_they_say() -> None:
    good, refused = 0, 0
    for raw in mutated(SHEETS, 1000, seed=5):
        try:
            read = parse_sheets(raw, marks=one)
        except CountFileError:
            refused += 1
            continue
        good += 1
        cells = [line.split(",") for line in raw.decode("utf-8-sig").replace("\r", "").split("\n") if line.strip()]
        numbers: dict[str, int] = {}
        for figure, _, *of_channels in cells[1:]:
            numbers[figure.strip()] = numbers.get(figure.strip(), 0) + sum(map(int, of_channels))
        overall = figures_of_sheets(read.sheets).overall
        assert (overall.papers, overall.valid, overall.blank, overall.all_invalid) == (
            numbers["papers"],
            numbers["valid"],
            numbers["blank"],
            numbers.get("invalid", 0),
        )
        assert sum(votes_of_sheets(read.sheets).values()) == numbers["votes"] == overall.valid
    assert good > 40
    assert refused > 400


@st.composite
def sheet_files(draw: st.DrawFn) -> SheetFile:
    candidates = numbered_candidates(draw(st.integers(1, 4)))
    channels = draw(
        st.lists(st.tuples(st.sampled_from(Channel), st.sampled_from(["", "Auning"])), min_size=1, unique=True)
    )
    sheets = []
    for channel, place in channels:
        votes = {each: draw(st.integers(0, 99)) for each in candidates}
        blank = draw(st.integers(0, 9))
        invalid = {reason: draw(st.integers(0, 9)) for reason in InvalidReason}
        valid = sum(votes.values())
        used, returned, void, unused = (draw(st.integers(0, 99)) for _ in range(4))
        sheets.append(
            CountSheet(
                channel=channel,
                place=place,
                votes=votes,
                papers=valid + blank + sum(invalid.values()),
                valid=valid,
                blank=blank,
                invalid=invalid,
                issued=IssuedPapers(
                    issued=used + returned + void + unused, used=used, returned=returned, void=void, unused=unused
                ),
            )
        )
    return SheetFile(names=tuple(f"Candidate {each}" for each in candidates), sheets=tuple(sheets))


@given(sheet_files())
def test_sheets_that_are_written_read_the_same_and_their_figures_sum(written: SheetFile) -> None:
    assert parse_sheets(sheets_csv(written.names, written.sheets), marks=one) == written
    figures = figures_of_sheets(written.sheets)
    assert figures.overall.papers == sum(sheet.papers for sheet in written.sheets)
    for rows in (figures.overall, *figures.per_channel.values()):
        assert rows.papers == rows.valid + rows.blank + sum(rows.invalid.values())
