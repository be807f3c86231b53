"""Ballots whose every proof holds, but with an element of order two: only the check of membership sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest
from gmpy2 import mpz

import election.verify.ballots
import election.verify.judge
from election.ballots import parse_ballot, verify_ballot, verify_ballot_proofs
from election.crypto.groups import Group
from election.crypto.membership import check_members
from election.errors import BallotError, GroupError, VerificationError
from election.ids import SYSTEM_RNG, Rng
from election.phases import EventType
from election.record.chain import Entry
from election.verify import verify_record
from tests.election.elections import SmallElection, make_election
from tests.election.forging import (
    SECOND,
    Step,
    ballot_outside_the_group,
    chained,
    replaced,
    steps_of,
)

# 33 ballots of four choices hold 264 elements: enough for the check by random subsets.
MANY = 33


@pytest.fixture(scope="module")
def forged(finished: SmallElection) -> bytes:
    return ballot_outside_the_group(finished.definition, finished.codes[2], (1,))


@pytest.fixture(scope="module")
def large() -> SmallElection:
    """An open election in which everybody voted."""
    election = make_election(electors=MANY)
    for elector in range(MANY):
        election.vote(elector, elector % 3)
    return election


def elements_of(made: SmallElection) -> list[mpz]:
    raws = [documents[0] for kind, documents in steps_of(made.entries) if kind is EventType.BALLOT]
    return [element for raw in raws for element in parse_ballot(raw, made.definition).elements()]


def refused(entries: Iterable[Entry]) -> tuple[str, str, object]:
    with pytest.raises(VerificationError) as caught:
        verify_record(entries)
    cause = caught.value.cause
    return caught.value.step, cause.code, cause.params["tracker"]


def test_every_proof_of_the_forged_ballot_holds_but_it_is_refused(finished: SmallElection, forged: bytes) -> None:
    ballot = parse_ballot(forged, finished.definition)
    verify_ballot_proofs(ballot, finished.definition)
    with pytest.raises(BallotError) as caught:
        verify_ballot(ballot, finished.definition)
    assert caught.value.code == "ballot-outside-group"


def test_it_is_found_among_few_ballots(finished: SmallElection, steps: list[Step], forged: bytes) -> None:
    tracker = parse_ballot(forged, finished.definition).tracker
    for record in (steps, steps[: SECOND + 1]):  # before the tally, and at the end of an open record
        assert refused(chained(replaced(record, SECOND, forged))) == (
            f"6 ballots, event {SECOND}",
            "ballot-outside-group-of",
            tracker,
        )


@pytest.mark.parametrize("elector", [0, 20, MANY - 1])
def test_it_is_found_among_many_ballots(large: SmallElection, elector: int) -> None:
    raw = ballot_outside_the_group(large.definition, large.codes[elector], (2,))
    tracker = parse_ballot(raw, large.definition).tracker
    entries = chained(replaced(steps_of(large.entries), 1 + elector, raw))
    assert refused(entries) == (f"6 ballots, event {1 + elector}", "ballot-outside-group-of", tracker)


def test_two_of_them_do_not_hide_each_other(large: SmallElection) -> None:
    """Minus one times minus one is one: a product of all elements would lie in the group."""
    steps = steps_of(large.entries)
    for elector in (3, 30):
        raw = ballot_outside_the_group(large.definition, large.codes[elector], ())
        steps = replaced(steps, 1 + elector, raw)
    first = parse_ballot(steps[4][1][0], large.definition).tracker
    assert refused(chained(steps)) == ("6 ballots, event 4", "ballot-outside-group-of", first)


def test_ballots_are_asked_in_batches_and_none_is_left_out(
    large: SmallElection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[mpz] = []

    def spy(group: Group, numbers: Sequence[mpz], *, rng: Rng = SYSTEM_RNG) -> None:
        asked.extend(numbers)
        check_members(group, numbers, rng=rng)

    monkeypatch.setattr(election.verify.judge, "check_members", spy)
    monkeypatch.setattr(election.verify.ballots, "BATCH", 10)
    assert verify_record(large.entries).ballots == MANY
    assert len(asked) == 8 * MANY
    assert asked == elements_of(large)


def test_a_record_with_many_honest_ballots_holds(large: SmallElection) -> None:
    assert verify_record(large.entries).ballots == MANY


def test_the_error_of_a_batch_names_the_place(large: SmallElection) -> None:
    elements = elements_of(large)
    elements[77] = large.definition.group.p - elements[77]
    with pytest.raises(GroupError) as caught:
        check_members(large.definition.group, elements)
    assert caught.value.params == {"position": 77}
