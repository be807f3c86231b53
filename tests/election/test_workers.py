"""Verification over a Dask cluster: two processes on this machine, reached as any cluster is, by an address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

import election.verify.ballots
from election.__main__ import main
from election.commands.output import MET, NOT_MET, UNUSABLE
from election.record.archive import write_archive
from tests.election.elections import TIMESTAMP, SmallElection
from tests.election.forging import FIRST, SECOND, Step, chained, changed, replaced

pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_of_two_finds_what_one_process_finds(
    address: str,
    tmp_path: Path,
    finished: SmallElection,
    steps: list[Step],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(election.verify.ballots, "BATCH", 1)
    good, bad = finished.save(tmp_path), tmp_path / "bad.bel"
    forged = steps
    for place in (SECOND, FIRST):
        raw = changed(steps[place][1][0], lambda message: message["signature"]["proof"].update(response="5"))
        forged = replaced(forged, place, raw)
    bad.write_bytes(b"".join(write_archive(chained(forged), TIMESTAMP)))
    for path, code in ((good, MET), (bad, NOT_MET)):
        assert main(["verify", str(path), "--cluster", address]) == code
        over_the_cluster = capsys.readouterr().out
        assert main(["verify", str(path), "--workers", "1"]) == code
        assert capsys.readouterr().out == over_the_cluster


def test_an_address_where_nobody_answers_ends_with_2(
    tmp_path: Path, finished: SmallElection, capsys: pytest.CaptureFixture[str]
) -> None:
    path = finished.save(tmp_path)
    for wrong in ("tcp://127.0.0.1:9", "nonsense://", ""):
        assert main(["verify", str(path), "--cluster", wrong]) == UNUSABLE
        assert "The cluster cannot be used" in capsys.readouterr().err
