"""``election verify FILE.bel``: a public record, step by step."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from election.commands.output import MET, NOT_MET, print_lines, unusable
from election.errors import RecordError, VerificationError
from election.verify import VerifiedRecord, verify_archive

if TYPE_CHECKING:
    from election.commands.output import Commands


def add_to(commands: Commands) -> None:
    """Add ``verify``."""
    parser = commands.add_parser("verify", help="verify a .bel archive, step by step")
    parser.add_argument("file", type=Path, metavar="FILE.bel")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    path: Path = options.file
    try:
        with path.open("rb") as file:
            record = verify_archive(file)
    except OSError as fault:
        return unusable(f"{path}: {fault.strerror}. Give the path of a .bel archive.")
    except VerificationError as fault:
        if _is_no_archive(fault):
            return unusable(f"{path}: not a .bel archive. Download the record again.")
        print_lines([f"FAULT in step {fault.step}: {fault.cause}"])
        return NOT_MET
    print_lines(_report(record))
    return MET


def _is_no_archive(fault: VerificationError) -> bool:
    cause = fault.cause
    if not isinstance(cause, RecordError):
        return False
    return cause.code == "archive-version" or (cause.code.startswith("archive-") and cause.params.get("entry") == 0)


def _report(record: VerifiedRecord) -> list[str]:
    definition = record.definition
    lines = [
        f"{definition.name}",
        f"  identifier {definition.uuid}, fingerprint {definition.fingerprint}",
        "Proved:",
        f"  The record is whole: {record.head.height + 1} events, each holding the hash of the one before.",
        f"  {len(record.trustees)} trustee(s) know the secrets that make up the election's key; all are needed.",
        f"  {record.ballots} ballots from {record.voters} of {len(record.weights)} credentials, each signed, each"
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
