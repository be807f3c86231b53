"""A record next to the list of what was opened: no ballot of the record was opened, nor takes a ciphertext from one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from election.__main__ import main
from election.ballots import prepare_ballot
from election.challenge import open_ballot, opened_document, opened_entry
from election.commands.output import MET, NOT_MET, UNUSABLE
from election.errors import ElectionError, VerificationError
from election.verify import (
    ALONE,
    FirstFault,
    InMemory,
    Step,
    StepState,
    Verification,
    audit_record,
    verify_record,
)
from tests.election.elections import SmallElection, make_election
from tests.election.forging import changed, signed_anew


class TestedElection:
    """Elector 0 tested the machine and voted with another ballot; elector 1 cast the ballot that ``cast`` opens."""

    __test__ = False

    def __init__(self) -> None:
        self.election = make_election()
        definition, codes = self.election.definition, self.election.codes
        tested = prepare_ballot(definition, codes[0], (1,))
        cast = prepare_ballot(definition, codes[1], (2,))
        self.tested_raw = tested.raw
        self.tested = opened_entry(tested.raw, open_ballot(tested, definition))
        self.cast = opened_entry(cast.raw, open_ballot(cast, definition))
        self.election.vote(0, 0)
        self.election.append_ballot(cast.raw)
        self.files = len(self.election.entries)

    def with_ballot(self, raw: bytes) -> SmallElection:
        """The election with one ballot more."""
        grown = SmallElection(self.election.definition, self.election.trustees, self.election.codes)
        grown.entries, grown.head = list(self.election.entries), self.election.head
        grown.append_ballot(raw)
        return grown


@pytest.fixture(scope="module")
def tested() -> TestedElection:
    return TestedElection()


def refusal(election: SmallElection, opened: bytes) -> tuple[str, str]:
    with pytest.raises(VerificationError) as caught:
        verify_record(election.entries, opened=opened)
    assert caught.value.step == "6 ballots" or caught.value.step.startswith("6 ballots, event")
    return caught.value.step, caught.value.cause.code


def test_a_test_that_was_not_cast_leaves_the_record_good(tested: TestedElection) -> None:
    record = verify_record(tested.election.entries, opened=opened_document([tested.tested]))
    assert (record.opened, record.ballots) == (1, 2)
    assert verify_record(tested.election.entries).opened is None
    assert verify_record(tested.election.entries, opened=b"[]").opened == 0


def test_a_record_with_an_opened_ballot_is_refused(tested: TestedElection) -> None:
    assert refusal(tested.election, opened_document([tested.cast])) == ("6 ballots, event 2", "ballot-opened")
    both = opened_document([tested.tested, tested.cast])
    report = audit_record(tested.with_ballot(tested.tested_raw).entries, opened=both)
    found = [(fault.step, fault.cause.code) for fault in report.faults]
    assert found == [("6 ballots, event 2", "ballot-opened"), ("6 ballots, event 3", "ballot-opened")]


def test_a_ballot_that_takes_over_a_ciphertext_of_an_opened_one_is_refused(tested: TestedElection) -> None:
    """Signed by another card it has another mark; the proofs no longer hold, which is not even asked."""
    copy = signed_anew(tested.tested_raw, tested.election.codes[2], tested.election.definition)
    opened = opened_document([tested.tested])
    assert refusal(tested.with_ballot(copy), opened) == ("6 ballots, event 3", "ballot-opened")


def test_a_list_that_grows_is_held_against_the_ballots_before_and_after_it(tested: TestedElection) -> None:
    election = tested.election
    opened = opened_document([tested.tested])

    def taken(*lists: bytes) -> Verification:
        made = Verification(FirstFault(), ALONE, InMemory())
        made.run(election.entries)
        for place, each in enumerate(lists):
            made.take_opened(each, proven=place)
        return made

    assert taken(b"[]", opened).record.opened == 1  # type: ignore[union-attr]
    with pytest.raises(VerificationError) as before:
        taken(b"[]", opened_document([tested.cast]))
    assert before.value.cause.code == "ballot-opened"
    verification = taken(opened)
    with pytest.raises(VerificationError) as after:
        verification.run(tested.with_ballot(tested.tested_raw).entries[tested.files :])
    assert after.value.cause.code == "ballot-opened"


def test_a_list_that_does_not_hold_is_a_fault_and_nothing_is_said_of_it(tested: TestedElection) -> None:
    wrong = changed(tested.tested, lambda m: m["opening"]["randomness"][0].__setitem__(0, "1"))
    elsewhere = TestedElection().tested
    for raw, cause in {
        opened_document([wrong]): "challenge-randomness",
        opened_document([elsewhere]): "ballot-other-election",
        opened_document([tested.tested, tested.tested]): "challenge-twice",
        b"{}": "shape-list",
        b"": "json-unreadable",
    }.items():
        assert refusal(tested.election, raw) == ("6 ballots", "challenge-list")
        report = audit_record(tested.election.entries, opened=raw)
        fault = report.faults[0].cause
        assert isinstance(fault.__cause__, ElectionError)
        assert fault.__cause__.code == cause
        assert {each.step: each.state for each in report.steps}[Step.BALLOTS] is StepState.FAULTY
        assert report.record is not None
        assert report.record.opened is None


def test_the_command_finds_the_list_beside_the_record_or_where_it_is_told(
    tested: TestedElection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = tested.election.save(tmp_path)
    verify = ["verify", "--workers", "1", str(record)]
    assert main([*verify, "--json"]) == MET
    assert json.loads(capsys.readouterr().out)["election"]["opened"] is None
    beside = tmp_path / f"{tested.election.definition.uuid}.opened.json"
    beside.write_bytes(opened_document([tested.tested]) + b"\n")
    assert main([*verify, "--json"]) == MET
    assert json.loads(capsys.readouterr().out)["election"]["opened"] == 1
    assert main([*verify, "--language", "da"]) == MET
    assert "1 stemmesedler blev åbnet" in capsys.readouterr().out
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(opened_document([tested.cast]))
    assert main([*verify, "--opened", str(elsewhere)]) == NOT_MET
    assert "opened to test the machine" in capsys.readouterr().out
    elsewhere.write_bytes(b"[{}]")
    assert main([*verify, "--opened", str(elsewhere), "--language", "da"]) == NOT_MET
    assert "Listen over åbnede stemmesedler" in capsys.readouterr().out
    assert main([*verify, "--opened", str(tmp_path / "none")]) == UNUSABLE
    assert str(tmp_path / "none") in capsys.readouterr().err
