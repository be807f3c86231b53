"""Who does the work of a command: the processors of this machine, or a Dask cluster.

``--workers 1`` does everything in the one process; ``--cluster ADDRESS`` needs the extra ``raadsvalg[cluster]``.
"""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from contextlib import contextmanager

from election.verify.workers import ALONE, Workers

# Seconds in which a worker that was stopped may be there again: whoever looks after it starts it anew.
GRACE = 20


class WorkersError(Exception):
    """Nobody does the work, or not to its end; the code has a sentence. Trouble, and no proof of anything."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def add_workers(parser: argparse.ArgumentParser) -> None:
    """The options that say who works."""
    parser.add_argument(
        "--workers", type=at_least_one, metavar="N", default=_processors(), help="processes (default: processors)"
    )
    parser.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler, as in tcp://192.0.2.1:8786")


def at_least_one(text: str) -> int:
    """A whole number from 1.

    Raises:
        ValueError: It is none; argparse says so.
    """
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _processors() -> int:
    # Those that this process may use, where the system tells (Linux).
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def workers_of(options: argparse.Namespace) -> Iterator[Workers]:
    """The workers that the options ask for; they are let go at the end, whatever they are at.

    Raises:
        WorkersError: Dask is not installed, nobody answers at the address, the cluster lost its scheduler or its
            workers, or a process of this machine was stopped.
    """
    if options.cluster is not None:
        with _cluster(options.cluster) as workers:
            yield workers
        return
    if options.workers == 1:
        yield ALONE
        return
    pool = ProcessPoolExecutor(options.workers)
    try:
        yield Workers(pool, options.workers)
    except BrokenExecutor as gone:
        raise WorkersError("workers-stopped") from gone
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client  # an extra, and slow to import
        from distributed.client import ClosedClientError
        from distributed.comm import CommClosedError
        from distributed.scheduler import KilledWorker
    except ImportError:
        raise WorkersError("cluster-no-dask") from None
    # Of a scheduler that is lost Dask writes stacks of calls on the error stream; we say it in a sentence.
    for each in ("distributed", "distributed.client"):
        logging.getLogger(each).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout="10s", set_as_default=False)
        number = sum(client.nthreads().values())
    except (OSError, ValueError):
        raise WorkersError("cluster-no-scheduler", address=address) from None

    def check() -> None:
        try:
            client.wait_for_workers(1, timeout=GRACE)
        except OSError as gone:
            raise WorkersError("cluster-stopped", address=address) from gone

    try:
        with client:
            yield Workers(client.get_executor(), max(number, 1), check)
    # What becomes of pieces whose scheduler is gone, and of a piece on which worker after worker died.
    except (CancelledError, ClosedClientError, CommClosedError, KilledWorker) as gone:
        raise WorkersError("cluster-stopped", address=address) from gone
