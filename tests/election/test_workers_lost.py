"""A Dask cluster that loses workers in the middle of a verification: the others judge, or nothing is said at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

import election.commands.workers
import election.verify.ballots
import election.verify.workers
from election.__main__ import main
from election.commands.output import MET, UNUSABLE
from election.errors import BallotError
from election.verify.judge import Judged, judge_ballots
from tests.election.elections import SmallElection

pytestmark = pytest.mark.cluster
ROOT = Path(__file__).resolve().parents[2]
LOST = {
    "en": ("stopped before its work was done, so there is no verdict", "too little memory?"),
    "da": ("standsede, før dens arbejde var gjort, så der er ingen afgørelse", "for lidt hukommelse?"),
}

Judge = Callable[..., object]


@dataclass(frozen=True)
class Cluster:
    """A scheduler and two workers whom nobody starts anew, each a process of its own."""

    scheduler: int
    address: str


@contextmanager
def process_of(module: str, *options: str) -> Iterator[int]:
    started = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", "--host", "127.0.0.1", "--no-dashboard", *options],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield started.pid
    finally:
        started.kill()
        started.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    file = str(tmp_path / "scheduler.json")
    worker = partial(process_of, "dask_worker", "--scheduler-file", file, "--no-nanny", "--nthreads", "1")
    with process_of("dask_scheduler", "--port", "0", "--scheduler-file", file) as scheduler, worker(), worker():
        with Client(scheduler_file=file, timeout="20s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=20)
            address = client.scheduler.address
        yield Cluster(scheduler, address)


def die(*_: object) -> None:
    os._exit(1)


def die_once(killed: Path, *given: Any) -> list[Judged | BallotError]:
    if not killed.exists():
        killed.touch()
        os._exit(1)
    return judge_ballots(*given)


def kill(process: int, *_: object) -> None:
    os.kill(process, signal.SIGKILL)
    time.sleep(1)


Lost = Callable[[Judge, str, str], None]


@pytest.fixture
def assert_no_verdict(
    tmp_path: Path,
    finished: SmallElection,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> Lost:
    def check(judge: Judge, address: str, language: str) -> None:
        monkeypatch.setattr(election.verify.ballots, "judge_ballots", judge)
        record = str(finished.save(tmp_path))
        assert main(["verify", record, "--cluster", address, "--language", language]) == UNUSABLE
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        assert all(words in said.err for words in (address, *LOST[language]))
        # What Dask logs goes to the error stream of the process, past whoever captures it here.
        assert [logged for logged in caplog.records if logged.name == "distributed.client"] == []

    return check


def test_workers_who_die_whenever_they_are_started_anew_end_with_2_and_no_verdict(assert_no_verdict: Lost) -> None:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as started:
        assert_no_verdict(die, started.scheduler_address, "en")


def test_a_cluster_that_lost_both_workers_ends_with_2_and_no_verdict(
    cluster: Cluster, assert_no_verdict: Lost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(election.verify.workers, "PATIENCE", 0.5)
    monkeypatch.setattr(election.commands.workers, "GRACE", 0.5)
    assert_no_verdict(die, cluster.address, "da")


def test_a_cluster_that_lost_its_scheduler_ends_with_2_and_no_verdict(
    cluster: Cluster, assert_no_verdict: Lost
) -> None:
    assert_no_verdict(partial(kill, cluster.scheduler), cluster.address, "en")


def test_what_a_worker_died_on_is_judged_by_the_other(
    cluster: Cluster,
    tmp_path: Path,
    finished: SmallElection,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, killed = finished.save(tmp_path), tmp_path / "killed"
    assert main(["verify", str(path), "--workers", "1"]) == MET
    alone = capsys.readouterr().out
    monkeypatch.setattr(election.verify.ballots, "judge_ballots", partial(die_once, killed))
    assert main(["verify", str(path), "--cluster", cluster.address]) == MET
    assert killed.exists()
    assert capsys.readouterr().out == alone
