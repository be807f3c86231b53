"""``election watch URL``: how an observer stands guard over a running election.

Fetches the record at intervals, checks that it only grew, verifies what is new and keeps a copy; so too the list of
what was opened to test a machine, where the server gives one beside the record. A record or a list that lost or changed
anything, or grew by something bad, ends the watch with 1 and a message; what the server sent is kept.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from election.commands.download import DownloadError, Limits, check_address
from election.commands.faults import fault_of_file
from election.commands.language import add_language, explain, say
from election.commands.memory import MemoryOnDisk
from election.commands.output import MET, NOT_MET, print_lines, unusable
from election.commands.watching import ComplaintError, Watch
from election.commands.workers import WorkersError, add_workers, at_least_one, workers_of
from election.errors import ElectionError
from election.record.marks import mark_of

if TYPE_CHECKING:
    from election.commands.output import Commands


def add_to(commands: Commands) -> None:
    """Add ``watch``."""
    parser = commands.add_parser("watch", help="stand guard over the record of a running election")
    parser.add_argument("url", metavar="URL", help="address of the record.bel")
    parser.add_argument("--folder", type=Path, default=Path("watched"), help="where our own copy is kept")
    parser.add_argument("--interval", type=at_least_one, default=60, metavar="SECONDS")
    parser.add_argument("--once", action="store_true", help="look once and stop (for cron)")
    parser.add_argument("--patience", type=at_least_one, default=30, metavar="SECONDS", help="of silence of the server")
    parser.add_argument("--longest", type=at_least_one, default=600, metavar="SECONDS", help="that a fetch may take")
    add_workers(parser)
    add_language(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    language = options.language
    limits = Limits(options.patience, options.longest)
    try:
        check_address(options.url)
        with workers_of(options) as workers, MemoryOnDisk() as memory:
            return _watch(Watch(options.url, options.folder, limits, workers, memory), options)
    except (DownloadError, WorkersError) as fault:
        return unusable(say(fault.code, fault.params, language))
    except ElectionError as fault:
        reason = " ".join(explain(fault, language))
        return unusable(say("watch-own-copy", {"folder": options.folder, "reason": reason}, language))
    except OSError as fault:
        return unusable(fault_of_file(fault, language))


def _watch(watch: Watch, options: argparse.Namespace) -> int:
    while True:
        try:
            came = watch.look()
        except ComplaintError as complaint:
            _complain(complaint, options.language)
            return NOT_MET
        except DownloadError as fault:
            if options.once:
                raise
            print_lines([_dated(say(fault.code, fault.params, options.language))], sys.stderr)
        else:
            _tell(came, watch, options.language)
        if options.once:
            return MET
        time.sleep(options.interval)


def _tell(came: Counter[str], watch: Watch, language: str) -> None:
    record = watch.record
    if record is None:
        return
    kinds = ", ".join(f"{number} {kind}" for kind, number in came.items())
    new = say("watch-grown", {"kinds": kinds}, language) if came else say("watch-same", {}, language)
    figures = {"events": record.head.height + 1, "ballots": record.ballots, "voters": record.voters}
    print_lines([_dated(f"{new} {say('watch-good', figures, language)}")])
    if record.opened is not None:
        print_lines([_dated(say("proved-opened", {"opened": record.opened}, language))])
    print_lines([_dated(say("report-mark", {"mark": mark_of(record.head)}, language))])
    sys.stdout.flush()


def _complain(complaint: ComplaintError, language: str) -> None:
    places = {"copy": complaint.copy, "evidence": complaint.evidence}
    lines = [
        say("watch-alarm", {}, language),
        " ".join(explain(complaint.cause, language)),
        say("watch-evidence", places, language),
    ]
    print_lines(map(_dated, lines), sys.stderr)


def _dated(line: str) -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {line}"
