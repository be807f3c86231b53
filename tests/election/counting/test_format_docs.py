"""The examples of docs/formats.md are read as they stand there."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from election.commands.records import parse_lists, parse_lots, parse_office
from election.counting.blt import numbered_candidates, parse_blt
from election.counting.lots import Boundary
from election.counting.papers_csv import parse_marked_csv, parse_ranked_csv
from election.counting.sheets import parse_sheets
from election.ids import CandidateId

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "formats.md").read_text("utf-8")


def example(first_line: str) -> bytes:
    """The indented block that begins so."""
    block = re.search(rf"(?:^    {re.escape(first_line)}.*\n)(?:^    .*\n)*", TEXT, re.MULTILINE)
    assert block is not None
    return dedent(block.group()).encode()


def test_the_blt_of_the_page_is_read() -> None:
    # The remarks at the right are told not to be part of the file.
    read = parse_blt(re.sub(rb"(?m) {2,}.*$", b"", example("4 2 ")))
    assert (read.names, read.seats, read.title) == (("Asta", "Bo", "Carl", "Dina"), 2, "Council 2026")
    assert read.papers.rankings == {(0, 1): 5, (): 1}
    assert read.withdrawn == {"3"}


def test_the_ballots_of_the_page_are_read() -> None:
    assert parse_ranked_csv(example("papers,Asta,Bo,Carl\n".strip())).papers.number == 9
    marked = parse_marked_csv(example("papers,Asta,Bo,Carl,invalid")).papers
    assert (marked.valid, marked.blank, marked.number) == (7, 1, 9)


def test_the_sheets_of_the_page_are_read() -> None:
    assert [sheet.name for sheet in parse_sheets(example("figure,of"), marks=lambda _: 1).sheets] == [
        "online",
        "paper Allingaabro",
        "postal",
    ]


def test_the_lots_lists_and_votes_for_an_office_of_the_page_are_read() -> None:
    blocks = re.findall(r"(?:^    language = 1\n)(?:^    .*\n)*", TEXT, re.MULTILINE)
    lots, lists, office = (dedent(block).encode() for block in blocks)
    assert [lot.boundary for lot in parse_lots(lots)] == [Boundary.SEAT]
    ids = dict(zip(("Red", "Asta", "Bo", "Blue", "Carl"), numbered_candidates(5), strict=True))
    assert [joint.parts for joint in parse_lists(lists, ids).joint] == [("Red", "Blue")]
    assert [vote.votes[CandidateId("Bo Dam")] for vote in parse_office(office).rounds] == [8, 9]
