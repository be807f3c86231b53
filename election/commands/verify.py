"""``election verify FILE.bel``: a public record, step by step, and every fault that can be found."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from election.commands.faults import fault_of_file
from election.commands.language import add_language, explain, say, step_code
from election.commands.memory import MemoryOnDisk
from election.commands.output import MET, NOT_MET, print_lines, unusable
from election.commands.workers import WorkersError, add_workers, workers_of
from election.errors import RecordError, VerificationError
from election.record.archive import read_archive
from election.record.marks import check_marks, mark_of, parse_mark
from election.record.replay import replay
from election.trustees import trustee_keys
from election.verify import Report, StepState, VerifiedRecord, audit_archive
from election.verify.document import (
    NOT_PROVED,
    result_of,
    verification_document,
    verification_json,
    verification_schema,
)

if TYPE_CHECKING:
    from election.commands.output import Commands


def add_to(commands: Commands) -> None:
    """Add ``verify``."""
    parser = commands.add_parser("verify", help="verify a .bel archive, step by step")
    parser.add_argument("file", type=Path, metavar="FILE.bel", nargs="?")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print the report as JSON (docs/verifying.md)")
    shape.add_argument("--schema", action="store_true", help="print the JSON Schema of --json and stop")
    parser.add_argument(
        "--credentials-fingerprint", metavar="NOTED", help="of the public list, as the registrar noted it"
    )
    parser.add_argument(
        "--opened",
        type=Path,
        metavar="FILE",
        help="list of ballots opened to test a machine; without it FILE.opened.json, where that is there",
    )
    parser.add_argument(
        "--mark", action="append", default=[], metavar="MARK", help="of a record that others were shown (repeatable)"
    )
    add_workers(parser)
    add_language(parser)
    parser.set_defaults(run=_run, refuse=parser.error)


def _run(options: argparse.Namespace) -> int:
    if options.schema:
        print_lines(json.dumps(verification_schema(), ensure_ascii=False, indent=1).split("\n"))
        return MET
    if options.file is None:
        options.refuse("the following arguments are required: FILE.bel")
    path, language = options.file, options.language
    try:
        with path.open("rb") as file, workers_of(options) as workers, MemoryOnDisk() as memory:
            opened = _opened_list(options.opened, path)
            report = audit_archive(file, workers=workers, memory=memory, opened=opened)
    except OSError as fault:
        return unusable(fault_of_file(fault, language))
    except WorkersError as fault:
        return unusable(say(fault.code, fault.params, language))
    if any(map(is_no_archive, report.faults)):
        return unusable(say("file-no-archive", {"path": path}, language))
    if options.json:
        print_lines(verification_json(verification_document(report)).decode().splitlines())
    else:
        print_lines(report_lines(report, language))
    others = _is_of_the_registrar(report, options.credentials_fingerprint, language)
    return MET if _is_what_others_saw(options) and others and report.holds else NOT_MET


def _is_what_others_saw(options: argparse.Namespace) -> bool:
    """Whether the record holds the events of which others published the marks."""
    if not options.mark:
        return True
    try:
        with options.file.open("rb") as file:
            check_marks((step.head for step in replay(read_archive(file))), [parse_mark(each) for each in options.mark])
    except RecordError as fault:
        print_lines(explain(fault, options.language), sys.stderr)
        return False
    return True


def _opened_list(given: Path | None, record: Path) -> bytes | None:
    """The list of what was opened; the page of an election offers it under the name that is looked for."""
    beside = record.with_suffix(".opened.json")
    if given is None and not beside.is_file():
        return None
    return (given or beside).read_bytes().removesuffix(b"\n")


def _is_of_the_registrar(report: Report, noted: str | None, language: str) -> bool:
    """Whether the credentials are those of which the registrar noted the fingerprint, where one was given."""
    found = report.record.credentials_fingerprint if report.record is not None else ""
    if noted is None or noted == found:
        return True
    print_lines([say("credentials-fingerprint", {"noted": noted, "found": found or "-"}, language)], sys.stderr)
    return False


def is_no_archive(fault: VerificationError) -> bool:
    """Whether the file is no archive at all, so that nothing can be said of an election."""
    cause = fault.cause
    if not isinstance(cause, RecordError):
        return False
    return cause.code == "archive-version" or (cause.code.startswith("archive-") and cause.params.get("entry") == 0)


def report_lines(report: Report, language: str) -> list[str]:
    """A report as a person reads it: what was proved, what is wrong, what nobody can prove from a record."""
    lines = [] if report.record is None else _heading(report.record, language)
    if not report.holds:
        lines += [line for fault in report.faults for line in explain(fault, language)]
        for state, code in ((StepState.HOLDS, "report-held"), (StepState.NOT_CHECKED, "report-not-checked")):
            steps = [say(step_code(each.step), {}, language) for each in report.steps if each.state is state]
            if steps:
                lines.append(say(code, {"steps": ", ".join(steps)}, language))
        return [*lines, say("report-not-good", {"number": len(report.faults)}, language)]
    if report.record is not None:
        lines += _proved(report.record, language)
    lines.append(say("report-not-provable", {}, language))
    lines += ["  " + say(code, {}, language) for code in NOT_PROVED]
    return [*lines, say("report-good", {}, language)]


def _heading(record: VerifiedRecord, language: str) -> list[str]:
    definition = record.definition
    identity = {"uuid": definition.uuid, "fingerprint": definition.fingerprint}
    return [definition.name, "  " + say("report-identity", identity, language)]


def _proved(record: VerifiedRecord, language: str) -> list[str]:
    figures = {
        "events": record.head.height + 1,
        "trustees": len(trustee_keys(record.trustees)),
        "ballots": record.ballots,
        "voters": record.voters,
        "credentials": len(record.weights),
        "shares": len(record.shares),
        "shuffles": ", ".join(map(str, record.shuffled_by)),
        "opened": record.opened,
    }
    codes = ["proved-chain", "proved-trustees", "proved-ballots"]
    if record.opened is not None:
        codes.append("proved-opened")
    if record.tally is None:
        codes.append("report-no-tally")
    else:
        codes.append("proved-tally")
    if record.shuffled_by:
        codes.append("proved-shuffles")
    codes.append("report-no-result" if record.counts is None else "proved-result")
    counted = 0 if record.tally is None else record.tally.num_tallied
    lines = [
        "  " + say(code, figures | ({"ballots": counted} if code == "proved-tally" else {}), language) for code in codes
    ]
    lines.insert(1, "  " + say("report-mark", {"mark": mark_of(record.head)}, language))
    for owner, fault in record.left_aside.items():
        reason = " ".join(explain(fault, language))
        lines.append("  " + say("report-left-aside", {"owner": owner, "reason": reason}, language))
    for question in result_of(record):
        for choice in question.choices:
            name = say("report-blank", {}, language) if choice.blank else choice.name
            lines.append(f"    {choice.votes:6}  {name}")
        for ranking in question.rankings:
            said = " > ".join(ranking.candidates) or say("report-blank", {}, language)
            if not ranking.valid:
                said = say("report-no-ranking", {"ranks": ", ".join(map(str, ranking.ranks))}, language)
            lines.append(f"    {ranking.votes:6}  {said}")
    return [say("report-proved", {}, language), *lines]
