"""Both directions against ``belenios-tool``, a program that nobody here wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.election.elections import SmallElection, a_contest, cast_all, make_election
from tests.election.tool_elections import QUESTION_OF_THE_TOOL, needs_tool, set_up, tool

pytestmark = needs_tool


def accepted_by_the_tool(election: SmallElection, folder: Path) -> None:
    election.save(folder)
    assert "all checks passed" in tool(folder, "election", "verify")


@pytest.mark.parametrize("trustees", [1, 2])
@pytest.mark.parametrize(
    ("changes", "selections", "expected"),
    [
        ({}, [(0,), (), (2,)], (1, 1, 0, 1)),
        ({"max_marks": 3}, [(0, 2), (), (0, 1, 2)], (1, 2, 1, 2)),
        ({"blank_allowed": False, "max_marks": 2}, [(0,), (1, 2), (2,)], (1, 1, 2)),
    ],
    ids=["one-mark", "up-to-three-marks", "no-blank"],
)
def test_the_tool_accepts_our_record_before_closing_after_closing_and_after_the_result(
    tmp_path: Path,
    trustees: int,
    changes: dict[str, object],
    selections: list[tuple[int, ...]],
    expected: tuple[int, ...],
) -> None:
    election = make_election(a_contest(**changes), trustees=trustees)  # type: ignore[arg-type]
    accepted_by_the_tool(election, tmp_path)
    cast_all(election, selections)
    election.vote(0, 1)
    election.vote(0, *selections[0])
    accepted_by_the_tool(election, tmp_path)
    tally = election.close()
    accepted_by_the_tool(election, tmp_path)
    assert election.count(tally) == (expected,)
    accepted_by_the_tool(election, tmp_path)


def test_the_tool_accepts_our_record_of_an_election_in_which_nobody_voted(tmp_path: Path) -> None:
    election = make_election()
    assert election.count(election.close()) == ((0, 0, 0, 0),)
    accepted_by_the_tool(election, tmp_path)


def test_we_accept_a_record_that_the_tool_made_alone_with_revotes_blanks_and_two_trustees(tmp_path: Path) -> None:
    theirs = set_up(tmp_path, [QUESTION_OF_THE_TOOL], group="BELENIOS-2048")
    for elector, choices in ((0, [0, 1, 0]), (1, [1, 0, 0]), (2, [0, 0, 1]), (0, [0, 0, 1])):
        theirs.vote(elector, choices)
    assert theirs.verified().ballots == 4
    theirs.close()
    assert theirs.verified().tally is not None
    theirs.decrypt()
    theirs.count()
    assert theirs.verified().counts == ((1, 0, 2),)
