"""Command line ``election``.

``election verify FILE.bel`` ends with 0 when everything holds, 1 with the first fault named by its step, 2 when the
input cannot be used at all. ``election mandate list`` and ``election mandate show ID`` print the shipped mandates.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from election.commands.mandates import list_mandates, show
from election.errors import RecordError, VerificationError
from election.verify import VerifiedRecord, verify_archive

HOLDS, FAULT, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    parser = argparse.ArgumentParser(prog="election", description="Check a public election record; read mandates.")
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser("verify", help="verify a .bel archive, step by step")
    verify.add_argument("file", type=Path, metavar="FILE.bel")
    mandate = commands.add_parser("mandate", help="read the mandates of councils").add_subparsers(
        dest="action", required=True
    )
    for name, help_text in (("list", "list the shipped mandates"), ("show", "print one as a person reads it")):
        action = mandate.add_parser(name, help=help_text)
        action.add_argument("--language", choices=("da", "en"), default="en")
        if name == "show":
            action.add_argument("id", metavar="ID")
    options = parser.parse_args(arguments)
    if options.command == "verify":
        return _verify(options.file)
    printed = show(options.id, options.language) if options.action == "show" else list_mandates(options.language)
    if isinstance(printed, str):
        return _unusable(printed)
    _print(sys.stdout, printed)
    return HOLDS


def _verify(path: Path) -> int:
    try:
        with path.open("rb") as file:
            record = verify_archive(file)
    except OSError as fault:
        return _unusable(f"{path}: {fault.strerror}. Give the path of a .bel archive.")
    except VerificationError as fault:
        if _is_no_archive(fault):
            return _unusable(f"{path}: not a .bel archive. Download the record again.")
        _print(sys.stdout, [f"FAULT in step {fault.step}: {fault.cause}"])
        return FAULT
    _print(sys.stdout, _report(record))
    return HOLDS


def _is_no_archive(fault: VerificationError) -> bool:
    cause = fault.cause
    if not isinstance(cause, RecordError):
        return False
    return cause.code == "archive-version" or (cause.code.startswith("archive-") and cause.params.get("entry") == 0)


def _unusable(sentence: str) -> int:
    _print(sys.stderr, [sentence])
    return UNUSABLE


def _print(stream: TextIO, lines: Iterable[str]) -> None:
    # What stands in a record was written by others: it must not move the cursor, hide a line or add one, nor stop
    # the program on a terminal that lacks the letters.
    encoding = stream.encoding or "utf-8"
    for line in lines:
        safe = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in line)
        stream.write(safe.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _report(record: VerifiedRecord) -> list[str]:
    definition = record.definition
    voters = len({ballot.credential for ballot in record.ballots})
    lines = [
        f"{definition.name}",
        f"  identifier {definition.uuid}, fingerprint {definition.fingerprint}",
        "Proved:",
        f"  The record is whole: {record.head.height + 1} events, each holding the hash of the one before.",
        f"  {len(record.trustees)} trustee(s) know the secrets that make up the election's key; all are needed.",
        f"  {len(record.ballots)} ballots from {voters} of {len(record.weights)} credentials, each signed, each"
        " following the rules, none a copy; the last of each credential counts.",
    ]
    if record.tally is None:
        lines.append("  The ballots have not been tallied yet.")
    else:
        lines.append(f"  The encrypted tally is the product of the {record.tally.num_tallied} ballots that count.")
    if record.counts is None:
        lines.append(
            f"  {len(record.shares)} of {len(record.trustees)} trustees have decrypted; there is no result yet."
        )
    else:
        lines.append("  The counts are what the trustees' shares open:")
        for question, counts in zip(definition.questions, record.counts, strict=True):
            names = (["(blank)"] if question.blank else []) + list(question.answers)
            lines += [f"    {count:6}  {name}" for name, count in zip(names, counts, strict=True)]
    lines += [
        "Not proved, and not provable from the record:",
        "  that the cards reached the right people, that a voter's phone sealed what the voter chose, and that all",
        "  trustees together did not open a single ballot.",
        "ALL CHECKS HOLD",
    ]
    return lines


if __name__ == "__main__":
    sys.exit(main())
