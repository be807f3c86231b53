"""Ranked votes under a threshold group, alone and beside a trustee: shuffled by all, opened by enough of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from election.crypto.groups import RFC_3526_2048 as GROUP
from election.decryption import open_tally
from election.opened import RankedVotes
from election.questions import RankedQuestion
from election.record.writer import end_shuffles_entries, result_entries, share_entries, shuffle_entries
from election.shares import decrypt_share
from election.shuffles import make_shuffle, with_shuffle
from election.trustees import TrusteeItem, owner_of, parse_trustees, trustees_to_bytes
from election.verify import verify_record
from tests.election.dealings import a_dealing, a_single
from tests.election.elections import make_election
from tests.election.test_belenios_tool import accepted_by_the_tool
from tests.election.tool_elections import needs_tool

QUESTION = RankedQuestion(("Dorte", "Emil", "Fatma"), "I hvilken rækkefølge?")


@needs_tool
@pytest.mark.parametrize("beside", [False, True], ids=["two-of-three", "two-of-three-and-a-single"])
def test_enough_members_of_a_group_open_what_all_shuffled_and_the_tool_accepts_it(tmp_path: Path, beside: bool) -> None:
    group, single = a_dealing(group=GROUP), a_single(group=GROUP)
    items: list[TrusteeItem] = [*([single.public()] if beside else []), group.parameters]
    trustees = parse_trustees(trustees_to_bytes(items), GROUP)
    keys = [*([single] if beside else []), *group.privates]
    by_owner = {owner_of(trustees, key.public().public_key): key for key in keys}
    election = make_election(questions=[QUESTION], group=GROUP, known_trustees=trustees)
    definition = election.definition
    for elector, ranking in enumerate(((1, 0), (), (2, 1, 0))):
        election.answer(elector, ranking)
    tally = election.close()
    for owner in sorted(by_owner):
        shuffle = make_shuffle(tally, definition)
        assert election.head
        election.take(shuffle_entries(election.head, owner, shuffle))
        tally = with_shuffle(tally, shuffle, definition)
    assert election.head
    election.take(end_shuffles_entries(election.head))
    accepted_by_the_tool(election, tmp_path)
    shares = {owner: decrypt_share(key, tally, definition) for owner, key in by_owner.items()}
    del shares[max(shares) - 1]  # a member of the group who did not come
    for owner, share in shares.items():
        assert election.head
        election.take(share_entries(election.head, owner, share))
    counts = open_tally(tally, shares, trustees, definition)
    assert election.head
    election.take(result_entries(election.head, counts))
    accepted_by_the_tool(election, tmp_path)
    (votes,) = counts
    assert isinstance(votes, RankedVotes)
    assert sorted(votes.numbers) == [(0, 0, 0), (2, 1, 0), (3, 2, 1)]
    record = verify_record(election.entries)
    assert record.counts == counts
    assert record.shuffled_by == sorted(by_owner)
