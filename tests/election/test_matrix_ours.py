"""Records that we make, in every cell: belenios-tool accepts them at every phase and works with our keys."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from gmpy2 import mpz

from election.ballots import parse_ballot, verify_ballot
from election.credential_list import credentials_document
from election.credentials import derive_credential
from election.decryption import open_tally
from election.errors import TallyError
from election.opened import Counts
from election.record.canonical import load_json
from election.record.writer import (
    end_ballots_entries,
    end_shuffles_entries,
    result_entries,
    setup_entries_of,
    share_entries,
    shuffle_entries,
    tally_entries,
)
from election.shares import Share, decrypt_share, parse_share
from election.shuffles import make_shuffle, with_shuffle
from election.tally import EncryptedTally, tally_ballots
from election.trustees import parse_trustees
from election.verify import verify_archive, verify_record
from tests.election.elections import SmallElection, make_election
from tests.election.forging import fault
from tests.election.matrix import (
    CELLS,
    ELECTORS,
    OF_WEIGHT_ONE,
    OF_WEIGHT_THREE,
    OTHER_PROGRAM,
    REFUSED,
    Cell,
    Choices,
    Trustees,
    choices_of_the_tool,
    comparable,
    our_trustees,
    plain_count,
)
from tests.election.test_belenios_tool import accepted_by_the_tool
from tests.election.tool_elections import needs_tool, raw_output, refusal

pytestmark = needs_tool


@pytest.fixture(scope="module")
def key_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@dataclass
class OurElection:
    """An election of ours, its record saved for the tool whenever that is asked."""

    cell: Cell
    trustees: Trustees
    folder: Path
    small: SmallElection

    def accepted(self) -> None:
        accepted_by_the_tool(self.small, self.folder)

    def vote(self, elector: int, choices: Choices) -> None:
        if elector != OTHER_PROGRAM:
            self.small.answer(elector, *choices)
            return
        self.small.save(self.folder)
        (self.folder / "code").write_text(self.small.codes[elector] + "\n")
        (self.folder / "choices").write_text(json.dumps(choices_of_the_tool(self.cell.questions, choices)) + "\n")
        words = ("election", "generate-ballot", "--privcred", "code", "--ballot", "choices")
        raw = raw_output(self.folder, *words).strip()
        verify_ballot(parse_ballot(raw, self.small.definition), self.small.definition)
        self.small.append_ballot(raw)

    def vote_all(self) -> None:
        for elector, choices in self.cell.cast:
            self.vote(elector, choices)

    def end_ballots(self) -> None:
        assert self.small.head
        self.small.take(end_ballots_entries(self.small.head))

    def tally(self, weights: tuple[int, ...]) -> EncryptedTally:
        ballots = [each.content for each in self.small.entries if each.content.startswith(b'{"election_uuid"')]
        definition = self.small.definition
        return tally_ballots(
            definition,
            [parse_ballot(raw, definition) for raw in ballots],
            dict(zip(public_credentials(self.small), weights, strict=True)),
        )

    def publish(self, tally: EncryptedTally) -> None:
        assert self.small.head
        self.small.take(tally_entries(self.small.head, tally))

    def shuffle(self, owner: int, tally: EncryptedTally) -> EncryptedTally:
        assert self.small.head
        shuffle = make_shuffle(tally, self.small.definition)
        self.small.take(shuffle_entries(self.small.head, owner, shuffle))
        return with_shuffle(tally, shuffle, self.small.definition)

    def end_shuffles(self) -> None:
        assert self.small.head
        self.small.take(end_shuffles_entries(self.small.head))

    def share_of_the_tool(self, owner: int) -> Share:
        """Made by the tool with our key."""
        words = (*self.trustees.keys[owner].words, "--trustee-id", str(owner))
        share, _ = raw_output(self.folder, "election", *words).splitlines()
        return parse_share(load_json(share), self.small.definition)

    def open(self, tally: EncryptedTally, shares: dict[int, Share]) -> Counts:
        definition = self.small.definition
        return open_tally(tally, shares, parse_trustees(self.trustees.content, self.cell.group), definition)


def public_credentials(small: SmallElection) -> list[mpz]:
    definition = small.definition
    return [derive_credential(code, definition.uuid, definition.group).public for code in small.codes]


def our_election(cell: Cell, key_files: Path, folder: Path) -> OurElection:
    trustees = our_trustees(key_files, cell.trustees, cell.group)
    small = make_election(
        questions=cell.questions,
        group=cell.group,
        electors=ELECTORS,
        known_trustees=parse_trustees(trustees.content, cell.group),
    )
    small.entries = []
    credentials = credentials_document(dict(zip(public_credentials(small), cell.weights, strict=True)))
    small.take(setup_entries_of(small.definition, trustees.content, credentials))
    return OurElection(cell, trustees, folder, small)


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_tool_accepts_our_record_at_every_phase_and_uses_our_keys(
    tmp_path: Path, key_files: Path, cell: Cell
) -> None:
    ours = our_election(cell, key_files, tmp_path)
    small = ours.small
    ours.accepted()
    ours.vote_all()
    ours.accepted()
    ours.end_ballots()
    ours.accepted()
    tally = ours.tally(cell.weights)
    ours.publish(tally)
    ours.accepted()
    if cell.ranked:
        for owner in cell.decrypting:
            tally = ours.shuffle(owner, tally)
            ours.accepted()
        ours.end_shuffles()
        ours.accepted()
    by_the_tool = replace(ours, small=replace(small, entries=list(small.entries)))
    finish(by_the_tool, tally, {owner: ours.share_of_the_tool(owner) for owner in cell.decrypting})
    assert comparable(verify_record(by_the_tool.small.entries).counts) == plain_count(cell)
    privates = {owner: ours.trustees.keys[owner].private for owner in cell.decrypting}
    finish(ours, tally, {owner: decrypt_share(key, tally, small.definition) for owner, key in privates.items()}, True)
    with small.save(tmp_path).open("rb") as file:
        assert comparable(verify_archive(file).counts) == plain_count(cell)


def finish(ours: OurElection, tally: EncryptedTally, shares: dict[int, Share], watched: bool = False) -> None:
    """Record these shares and what they open; after each of them the tool looks, where it is to."""
    for owner, share in shares.items():
        assert ours.small.head
        ours.small.take(share_entries(ours.small.head, owner, share))
        if watched:
            ours.accepted()
    assert ours.small.head
    ours.small.take(result_entries(ours.small.head, ours.open(tally, shares)))
    if watched:
        ours.accepted()


@pytest.mark.parametrize("cell", REFUSED, ids=str)
def test_ranked_votes_with_weights_are_refused_by_both_when_they_come_and_when_they_are_tallied(
    tmp_path: Path, key_files: Path, cell: Cell
) -> None:
    ours = our_election(cell, key_files, tmp_path)
    ours.accepted()
    ours.small.answer(OF_WEIGHT_ONE, (0,))
    ours.accepted()
    assert verify_record(ours.small.entries).ballots == 1
    ours.small.answer(OF_WEIGHT_THREE, (0,))
    ours.small.save(tmp_path)
    assert "process_ciphertexts" in refusal(tmp_path, "election", "verify")
    assert fault(ours.small.entries) == ("6 ballots, event 2", "tally-ranked-weight")
    ours.end_ballots()
    ours.small.save(tmp_path)
    assert "process_ciphertexts" in refusal(tmp_path, "election", "compute-encrypted-tally")
    with pytest.raises(TallyError) as caught:
        ours.tally(cell.weights)
    assert (caught.value.code, caught.value.params) == ("tally-ranked-weight", {"weight": 3})
