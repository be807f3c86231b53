"""Who does the work of a command: the processors of this machine, or a Dask cluster.

``--workers 1`` does everything in the one process; ``--cluster ADDRESS`` needs the extra ``raadsvalg[cluster]``.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager

from election.verify.workers import ALONE, Workers


class ClusterError(Exception):
    """The cluster cannot be used; the reason stands in the message."""


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
        ClusterError: Dask is not installed, nobody answers at the address, or a process of this machine was stopped.
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
        raise ClusterError("A process was stopped before its work was done; is there too little memory?") from gone
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client  # an extra, and slow to import
    except ImportError:
        raise ClusterError("Dask is not installed. Install raadsvalg[cluster].") from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as fault:
        raise ClusterError(f"{address}: no Dask scheduler answers there ({fault}).") from None
    with client:
        number = sum(client.nthreads().values())
        yield Workers(client.get_executor(), max(number, 1))
