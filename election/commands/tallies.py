"""``election tally close | shuffle | add | end-shuffles | result``: from the last ballot to the result of a record."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from election.commands.faults import checked
from election.commands.language import add_language, say
from election.commands.output import MET, print_lines
from election.commands.own_record import OwnRecord, add_record, open_record
from election.commands.secret_files import write_new
from election.decryption import open_tally
from election.errors import TallyError
from election.phases import EventType, check_move
from election.record.canonical import load_json
from election.record.chain import extend
from election.record.writer import (
    end_ballots_entries,
    end_shuffles_entries,
    owned_document,
    result_entries,
    tally_entries,
)
from election.shuffles import make_shuffle
from election.tally import EncryptedTally, multiply

if TYPE_CHECKING:
    from election.commands.output import Commands


def add_to(commands: Commands) -> None:
    """Add ``tally`` and its actions."""
    parser = commands.add_parser("tally", help="close a record, shuffle ranked votes, and write the result")
    actions = parser.add_subparsers(dest="action", required=True)
    close = actions.add_parser("close", help="take no more ballots, and tally them")
    shuffle = actions.add_parser("shuffle", help="trustee: shuffle the ranked votes")
    shuffle.add_argument("--trustee", type=int, required=True, metavar="N", help="your number among the trustees")
    shuffle.add_argument("--out", type=Path, required=True, metavar="FILE")
    add = actions.add_parser("add", help="check a trustee's shuffle or partial decryption, and add it to the record")
    end = actions.add_parser("end-shuffles", help="take no more shuffles")
    result = actions.add_parser("result", help="open the tally with the trustees' partial decryptions")
    runs = ((close, _close), (shuffle, _shuffle), (add, _add), (end, _end_shuffles), (result, _result))
    for action, run in runs:
        add_record(action)
        add_language(action)
        action.set_defaults(run=checked(run))
    add.add_argument("files", type=Path, nargs="+", metavar="FILE")


def _close(options: argparse.Namespace) -> int:
    record = open_record(options)
    definition, weights = record.verified.definition, record.verified.weights
    ending, head = end_ballots_entries(record.verified.head)
    tally = multiply(definition, ((elements, weights[owner]) for owner, elements in record.memory.last()))
    entries, _ = tally_entries(head, tally)
    record.append(*ending, *entries)
    return _said("tally-closed", {"ballots": tally.num_tallied}, options.language)


def _shuffle(options: argparse.Namespace) -> int:
    record = open_record(options)
    check_move(record.verified.head.type, EventType.SHUFFLE)
    shuffle = make_shuffle(_tally(record), record.verified.definition)
    content = shuffle.content
    # Two lines, as belenios-tool writes and reads them.
    write_new(options.out, content + b"\n" + owned_document(options.trustee, content) + b"\n")
    return _said("tally-shuffled", {"path": str(options.out)}, options.language)


def _add(options: argparse.Namespace) -> int:
    record = open_record(options)
    for path in options.files:
        documents = tuple(path.read_bytes().splitlines())
        message = load_json(documents[0]) if documents else None
        is_shuffle = isinstance(message, dict) and "ciphertexts" in message
        kind = EventType.SHUFFLE if is_shuffle else EventType.PARTIAL_DECRYPTION
        entries, _ = extend(record.verified.head, kind, documents)
        record.append(*entries)
        print_lines([say("tally-added", {"path": str(path), "kind": kind.value}, options.language)])
    return MET


def _end_shuffles(options: argparse.Namespace) -> int:
    record = open_record(options)
    entries, _ = end_shuffles_entries(record.verified.head)
    record.append(*entries)
    by = ", ".join(map(str, record.verified.shuffled_by))
    return _said("tally-shuffles-ended", {"trustees": by}, options.language)


def _result(options: argparse.Namespace) -> int:
    record = open_record(options)
    verified, tally = record.verified, _tally(record)
    check_move(verified.head.type, EventType.RESULT)
    counts = open_tally(tally, verified.shares, verified.trustees, verified.definition)
    entries, _ = result_entries(verified.head, counts)
    record.append(*entries)
    return _said("tally-opened", {}, options.language)


def _tally(record: OwnRecord) -> EncryptedTally:
    if record.verified.tally is None:
        raise TallyError("tally-none-yet")
    return record.verified.tally


def _said(code: str, params: dict[str, str | int], language: str) -> int:
    print_lines([say(code, params, language)])
    return MET
