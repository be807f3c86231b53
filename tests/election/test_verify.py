"""``audit_record`` goes on where ``verify_record`` stops; who works and where things are remembered changes nothing."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import election.commands.memory
import election.verify.ballots
from election.__main__ import main
from election.commands.memory import MemoryOnDisk
from election.commands.output import MET, NOT_MET, UNUSABLE
from election.errors import VerificationError
from election.record.archive import write_archive
from election.record.chain import Entry
from election.verify import ALONE, Report, StepState, Workers, audit_archive, audit_record, verify_record
from election.verify.document import verification_document, verification_json, verification_schema
from tests.election.counting.test_results import misfits
from tests.election.elections import TIMESTAMP, SmallElection
from tests.election.forging import (
    BLANK,
    END,
    FIRST,
    RESULT,
    REVOTE,
    SECOND,
    SETUP,
    SHARE_1,
    SHARE_2,
    TALLY,
    Step,
    chained,
    changed,
    replaced,
    setup_step,
)

SHIPPED = Path(__file__).resolve().parents[2] / "docs" / "verification.schema.json"


def bad_signature(message: dict[str, Any]) -> None:
    message["signature"]["proof"]["response"] = "5"


def spoilt(steps: list[Step], *places: int) -> list[Step]:
    """The record with the signatures of these ballots broken."""
    for place in places:
        steps = replaced(steps, place, changed(steps[place][1][0], bad_signature))
    return steps


def found(report: Report) -> list[tuple[str, str]]:
    return [(fault.step, fault.cause.code) for fault in report.faults]


def states(report: Report) -> dict[str, str]:
    return {each.step.partition(" ")[2]: each.state.value for each in report.steps}


def test_an_audit_of_a_good_record_reports_every_step(finished: SmallElection) -> None:
    report = audit_record(finished.entries)
    assert report.holds
    assert states(report) == dict.fromkeys(states(report), "holds") | {"shuffles": "not-needed"}
    assert report.record is not None
    assert (report.record.ballots, report.record.voters, report.record.counts) == (4, 3, ((1, 0, 1, 1),))


def test_an_audit_names_every_bad_ballot_where_verification_stops_at_the_first(steps: list[Step]) -> None:
    entries = chained(spoilt(steps, FIRST, SECOND))
    report = audit_record(entries)
    assert found(report) == [
        ("6 ballots, event 1", "ballot-signature"),
        ("6 ballots, event 3", "ballot-signature"),
        ("7 tally, event 6", "tally-not-product"),
    ]
    with pytest.raises(VerificationError) as caught:
        verify_record(entries)
    assert (caught.value.step, caught.value.cause.code) == found(report)[0]


def test_what_rests_on_a_faulty_step_is_not_judged(steps: list[Step]) -> None:
    wrong = changed(steps[TALLY][1][1], lambda message: message.update(num_tallied=99))
    report = audit_record(chained(replaced(steps, TALLY, steps[TALLY][1][0], wrong)))
    assert [code for _, code in found(report)] == ["tally-not-product"]
    assert states(report)["decryptions"] == StepState.NOT_CHECKED
    assert states(report)["result"] == StepState.NOT_CHECKED


def test_ballots_are_judged_though_the_trustees_are_faulty(steps: list[Step]) -> None:
    election, trustees, credentials, _ = steps[SETUP][1]
    one_only = json.dumps(json.loads(trustees)[:1], separators=(",", ":")).encode()
    forged = spoilt([setup_step(election, one_only, credentials), *steps[1:]], REVOTE)
    report = audit_record(chained(forged))
    assert [code for _, code in found(report)] == ["definition-key", "ballot-signature", "tally-not-product"]
    assert report.record is not None
    assert report.record.trustees == ()


def test_nothing_is_judged_by_an_election_that_cannot_be_read(steps: list[Step]) -> None:
    _, trustees, credentials, _ = steps[SETUP][1]
    report = audit_record(chained([setup_step(b"{}", trustees, credentials), *steps[1:]]))
    assert [code for _, code in found(report)] == ["shape-missing"]
    assert report.record is None
    assert states(report)["ballots"] == StepState.NOT_CHECKED


def test_an_audit_reads_on_after_a_fault_of_the_chain_and_of_the_archive(steps: list[Step]) -> None:
    entries = chained(steps)
    content = b"".join(write_archive([*entries[:9], *entries[8:]], TIMESTAMP))
    report = audit_archive(io.BytesIO(content))
    assert ("2 chain", "record-entry-twice") in found(report)
    assert report.record is not None
    assert report.record.counts == ((1, 0, 1, 1),)
    wrong_name = b"".join(write_archive(entries, TIMESTAMP)).replace(entries[4].sha256[:8].encode(), b"00000000", 1)
    assert [step for step, _ in found(audit_archive(io.BytesIO(wrong_name)))][:1] == ["1 archive"]


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with ProcessPoolExecutor(2) as executor:
        yield Workers(executor, 2)


Check = Callable[[Iterable[Entry], Workers], list[tuple[str, str]]]


@pytest.mark.parametrize("batch", [1, 2, 50])
@pytest.mark.parametrize("bad", [(), (FIRST,), (SECOND, REVOTE), (BLANK, SECOND)])
def test_the_faults_are_the_same_whoever_works_and_however_many_ballots_are_sent_together(
    steps: list[Step], pool: Workers, monkeypatch: pytest.MonkeyPatch, batch: int, bad: tuple[int, ...]
) -> None:
    monkeypatch.setattr(election.verify.ballots, "BATCH", batch)
    entries = chained(spoilt(steps, *bad))
    alone = audit_record(entries)
    assert found(audit_record(entries, workers=pool)) == found(alone)
    assert [step for step, _ in found(alone)][: len(bad)] == [f"6 ballots, event {place}" for place in bad]
    assert alone.holds == (not bad)


def test_a_bad_ballot_before_a_broken_chain_is_told_first(steps: list[Step], pool: Workers) -> None:
    entries = chained(spoilt(steps[:END], SECOND))
    broken = [*entries[:-2], entries[2], *entries[-2:]]  # a document that came before
    for workers in (ALONE, pool):
        with pytest.raises(VerificationError) as caught:
            verify_record(broken, workers=workers)
        assert (caught.value.step, caught.value.cause.code) == ("6 ballots, event 3", "ballot-signature")


def test_a_memory_on_disk_finds_the_same(steps: list[Step]) -> None:
    copied = changed(steps[FIRST][1][0], lambda message: message.update(credential=_credential(steps[SECOND])))
    for record in (steps, spoilt(steps, REVOTE), replaced(steps, SECOND, copied)):
        with MemoryOnDisk() as memory:
            report = audit_record(chained(record), memory=memory)
        expected = audit_record(chained(record))
        assert found(report) == found(expected)
        assert report.record is not None
        assert expected.record is not None
        assert report.record.tally == expected.record.tally


def _credential(step: Step) -> str:
    return str(json.loads(step[1][0])["credential"])


def test_the_published_schema_is_that_of_the_code_and_takes_every_report(steps: list[Step]) -> None:
    schema = verification_schema()
    assert json.loads(SHIPPED.read_text("utf-8")) == schema, "run `election verify --schema`"
    records = [steps, steps[:END], spoilt(steps, FIRST), [setup_step(b"{}", b"[]", b"[]")]]
    for record in records:
        document = json.loads(verification_json(verification_document(audit_record(chained(record)))))
        assert [*misfits(document, schema)] == []
        assert [*misfits(document | {"more": 1}, schema)] != []


def test_the_report_for_other_programs_says_what_the_plain_one_says(
    tmp_path: Path, steps: list[Step], capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.bel", tmp_path / "bad.bel"
    good.write_bytes(b"".join(write_archive(chained(steps), TIMESTAMP)))
    bad.write_bytes(b"".join(write_archive(chained(spoilt(steps, FIRST)), TIMESTAMP)))
    assert main(["verify", "--json", "--workers", "1", str(good)]) == MET
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["holds"], document["faults"]) == (1, True, [])
    assert [(each["blank"], each["votes"]) for each in document["result"][0]["choices"]] == [
        (True, 1),
        (False, 0),
        (False, 1),
        (False, 1),
    ]
    assert document["election"]["shares"] == [1, 2]
    assert main(["verify", "--json", "--workers", "2", str(bad)]) == NOT_MET
    fault = json.loads(capsys.readouterr().out)["faults"][0]
    assert (fault["step"], fault["event"], fault["code"]) == ("ballots", 1, "ballot-signature")
    assert main(["verify", "--language", "da", str(bad)]) == NOT_MET
    assert "FEJL i trin 6 (stemmesedler), hændelse 1" in capsys.readouterr().out


def test_a_result_before_all_shares_and_a_share_too_many_are_each_named(steps: list[Step]) -> None:
    early = [*steps[:SHARE_2], steps[RESULT]]
    assert found(audit_record(chained(early))) == [("10 result, event 8", "share-missing")]
    doubled = [*steps[: SHARE_1 + 1], *steps[SHARE_1:]]
    assert found(audit_record(chained(doubled)))[0] == ("2 chain", "record-entry-twice")


def test_two_processes_say_what_one_says_in_the_readers_language(
    tmp_path: Path, steps: list[Step], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "record.bel"
    malformed = changed(steps[SECOND][1][0], lambda message: message.pop("answers"))
    path.write_bytes(b"".join(write_archive(chained(replaced(steps, SECOND, malformed)), TIMESTAMP)))
    said = []
    for workers in ("1", "2"):
        assert main(["verify", str(path), "--workers", workers, "--language", "da"]) == NOT_MET
        said.append(capsys.readouterr())
    assert said[0] == said[1]
    assert "Feltet ”answers” mangler." in said[0].out


def stopped(*_: object) -> None:
    os._exit(1)


def test_a_process_that_is_stopped_ends_with_2_and_no_verdict(
    tmp_path: Path, steps: list[Step], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.bel"
    path.write_bytes(b"".join(write_archive(chained(steps), TIMESTAMP)))
    monkeypatch.setattr(election.verify.ballots, "judge_ballots", stopped)
    for language, words in (
        ("en", "no verdict. Is there too little memory?"),
        ("da", "ingen afgørelse. Er der for lidt"),
    ):
        assert main(["verify", str(path), "--workers", "2", "--language", language]) == UNUSABLE
        said = capsys.readouterr()
        assert said.out == ""
        assert words in said.err


def test_a_full_disk_ends_with_2_and_no_verdict(
    tmp_path: Path, steps: list[Step], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.bel"
    path.write_bytes(b"".join(write_archive(chained(steps), TIMESTAMP)))
    small = f"{election.commands.memory._TABLES}PRAGMA max_page_count = 3;"
    monkeypatch.setattr(election.commands.memory, "_TABLES", small)
    assert main(["verify", str(path), "--workers", "1"]) == UNUSABLE
    said = capsys.readouterr()
    assert said.out == ""
    assert "full" in said.err
