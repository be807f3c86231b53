"""Records made to stop whoever verifies them: refused before they fill the memory, and kept out of it afterwards."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from itertools import count, islice

import pytest
from gmpy2 import mpz

import election.verify.ballots
from election.credential_list import parse_credentials
from election.crypto.groups import RFC_3526_2048
from election.errors import BallotError, CredentialError, RecordError
from election.ids import Rng
from election.phases import EventType
from election.record.canonical import canonical_bytes, load_json
from election.record.chain import Entry, EntryKind
from election.verify import audit_record
from election.verify.judge import Judged, judge_ballots
from tests.election.elections import SmallElection
from tests.election.forging import END, SECOND, Step, chained, fault, replaced


def test_an_event_of_many_values_is_refused_before_it_is_read(finished: SmallElection) -> None:
    hostile = Entry(EntryKind.EVENT, b"[" + b"[]," * 2**19 + b"[]]")
    tracemalloc.start()
    try:
        assert fault([*finished.entries, hostile]) == ("2 chain", "record-event-not-canonical")
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("value", [b"[]", b"{}", b"0", b'""'])
def test_a_document_of_more_values_than_any_election_has_is_refused_before_it_is_read(value: bytes) -> None:
    many = b"[" + (value + b",") * 2**22 + value + b"]"
    tracemalloc.start()
    try:
        with pytest.raises(RecordError) as caught:
            load_json(many)
        assert caught.value.code == "json-values"
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_document_as_dense_as_a_result_of_many_ranked_votes_is_read() -> None:
    votes = b'{"result":[[' + b"[1,2,3]," * 2**18 + b"[0,0,0]]]}"
    assert len(load_json(votes)["result"][0]) == 2**18 + 1


def test_a_fault_that_an_audit_keeps_holds_nothing_of_what_was_refused(steps: list[Step]) -> None:
    report = audit_record(chained(replaced(steps, SECOND, b"x" * 2**20)))
    assert [each.cause.code for each in report.faults] == ["ballot-too-large", "tally-not-product"]
    for each in report.faults:
        error: BaseException | None = each
        while error is not None:
            assert error.__traceback__ is None
            error = error.__cause__


def test_credentials_chosen_so_that_reading_them_takes_for_ever_are_refused() -> None:
    """A hundred thousand of them would take half an hour: Python finds a number by its remainder by 2^61 - 1."""
    numbers = ((2**1984 + number) * (2**61 - 1) + 5 for number in count())
    alike = list(islice((number for number in numbers if RFC_3526_2048.has_member(mpz(number))), 1100))
    with pytest.raises(CredentialError) as caught:
        parse_credentials(canonical_bytes(list(map(str, alike))), RFC_3526_2048)
    assert caught.value.code == "credentials-alike"
    assert len(parse_credentials(canonical_bytes(list(map(str, alike[:1000]))), RFC_3526_2048)) == 1000


def test_ballots_made_to_fill_the_memory_are_judged_one_by_one(
    finished: SmallElection, steps: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []

    def spy(election: bytes, ballots: Sequence[bytes], rng: Rng) -> list[Judged | BallotError]:
        sent.append(len(ballots))
        return judge_ballots(election, ballots, rng)

    monkeypatch.setattr(election.verify.ballots, "judge_ballots", spy)
    large = [(EventType.BALLOT, (b"x" * 2**22 + b"%d" % number,)) for number in range(3)]
    report = audit_record(chained([*steps[:END], *large]))
    assert [each.cause.code for each in report.faults] == ["ballot-too-large"] * 3
    assert sent == [5, 1, 1]
