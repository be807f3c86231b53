"""Records that belenios-tool makes, in every cell: we accept them at every phase and work with its keys."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from election.ballots import cast_ballot
from election.errors import VerificationError
from election.questions import question_to_json
from election.record.writer import owned_share_document
from election.shares import decrypt_share
from tests.election.matrix import (
    CELLS,
    OF_WEIGHT_ONE,
    OF_WEIGHT_THREE,
    OTHER_PROGRAM,
    REFUSED,
    Cell,
    Choices,
    Trustees,
    choices_of_the_tool,
    comparable,
    plain_count,
    trustees_of_the_tool,
)
from tests.election.tool_elections import ToolElection, needs_tool, raw_output, refusal, set_up

pytestmark = needs_tool


@pytest.fixture(scope="module")
def key_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


def election_of_the_tool(cell: Cell, trustees: Trustees, folder: Path) -> ToolElection:
    questions: list[Any] = [question_to_json(question) for question in cell.questions]
    return set_up(folder, questions, group=cell.group.name, weights=cell.weights, trustees=trustees.content)


def vote(theirs: ToolElection, cell: Cell, elector: int, choices: Choices) -> None:
    if elector != OTHER_PROGRAM:
        theirs.vote(elector, *choices_of_the_tool(cell.questions, choices))
        return
    theirs.add("Ballot", cast_ballot(theirs.verified().definition, theirs.codes[elector], *choices) + b"\n")


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_we_accept_the_record_of_the_tool_at_every_phase_and_use_its_keys(
    tmp_path: Path, key_files: Path, cell: Cell
) -> None:
    trustees = trustees_of_the_tool(key_files, cell.trustees, cell.group)
    (folder := tmp_path / "theirs").mkdir()
    theirs = election_of_the_tool(cell, trustees, folder)
    assert sorted(theirs.verified().weights.values()) == sorted(cell.weights)
    for number, (elector, choices) in enumerate(cell.cast, start=1):
        vote(theirs, cell, elector, choices)
        assert theirs.verified().ballots == number
    theirs.verify()
    theirs.add("EndBallots")
    assert theirs.verified().tally is None
    theirs.add("EncryptedTally", raw_output(folder, "election", "compute-encrypted-tally"))
    tally = theirs.verified().tally
    assert tally is not None
    assert (tally.num_tallied, tally.total_weight) == (3, sum(cell.weights[elector] for elector in dict(cell.cast)))
    if cell.ranked:
        for number, owner in enumerate(cell.decrypting, start=1):
            theirs.shuffle(owner)
            assert theirs.verified().shuffled_by == cell.decrypting[:number]
        theirs.add("EndShuffles")
        assert theirs.verified().shuffled_by == cell.decrypting
    decrypted_by_us(theirs, cell, trustees, tmp_path / "by-us")
    for number, owner in enumerate(cell.decrypting, start=1):
        words = (*trustees.keys[owner].words, "--trustee-id", str(owner))
        theirs.add("PartialDecryption", raw_output(folder, "election", *words))
        assert sorted(theirs.verified().shares) == cell.decrypting[:number]
    counted(theirs, cell)


def decrypted_by_us(theirs: ToolElection, cell: Cell, trustees: Trustees, folder: Path) -> None:
    """The end of the same election, but we decrypt with the keys of the tool."""
    folder.mkdir()
    shutil.copy(theirs.archive, folder)
    by_us = ToolElection(folder, theirs.codes)
    record = by_us.verified()
    assert record.tally is not None
    for owner in cell.decrypting:
        share = decrypt_share(trustees.keys[owner].private, record.tally, record.definition)
        by_us.add("PartialDecryption", share.content + b"\n" + owned_share_document(owner, share) + b"\n")
    counted(by_us, cell)


def counted(theirs: ToolElection, cell: Cell) -> None:
    """The tool counts and verifies, then we; nothing but the choices says what must come out."""
    assert comparable(theirs.count()) == plain_count(cell)
    theirs.verify()
    assert comparable(theirs.verified().counts) == plain_count(cell)


@pytest.mark.parametrize("cell", REFUSED, ids=str)
def test_ranked_votes_with_weights_are_refused_by_both_in_a_record_of_the_tool(
    tmp_path: Path, key_files: Path, cell: Cell
) -> None:
    theirs = election_of_the_tool(cell, trustees_of_the_tool(key_files, cell.trustees, cell.group), tmp_path)
    theirs.vote(OF_WEIGHT_ONE, [1, 0, 0])
    theirs.verify()
    assert theirs.verified().ballots == 1
    # The tool takes the ballot, and its record can never be tallied.
    theirs.vote(OF_WEIGHT_THREE, [1, 0, 0])
    assert "process_ciphertexts" in refusal(tmp_path, "election", "verify")
    with pytest.raises(VerificationError) as caught:
        theirs.verified()
    assert (caught.value.step, caught.value.cause.code) == ("6 ballots, event 2", "tally-ranked-weight")
    theirs.add("EndBallots")
    assert "process_ciphertexts" in refusal(tmp_path, "election", "compute-encrypted-tally")
