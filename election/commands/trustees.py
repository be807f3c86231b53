"""``election trustee …``: the steps of trustees, and of the administrator between them (docs/trustees.md)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from election.commands import trustee_counting, trustee_groups
from election.commands.faults import checked
from election.commands.group_option import add_group, group_of
from election.commands.language import add_language, say
from election.commands.output import MET, print_lines
from election.commands.secret_files import check_new, write_new
from election.commands.trustee_files import add_key, add_new_key, read_key, write_key
from election.paper.recovery_sheet import SheetWords, render_recovery_sheet
from election.record.canonical import canonical_bytes
from election.trustees import generate_trustee, trustee_public_key_to_json
from election.trustees.certificates import certificate_to_json, make_certificate
from election.trustees.channels import generate_channel_keys
from election.trustees.recovery import recover, recovery_lines, sheet_name
from election.trustees.secrets import TrusteeSecret, key_name

if TYPE_CHECKING:
    from election.commands.output import Commands


def add_to(commands: Commands) -> None:
    """Add ``trustee`` and its actions."""
    parser = commands.add_parser("trustee", help="make, keep, rehearse and use the keys that open the tally")
    actions = parser.add_subparsers(dest="action", required=True)
    keygen = actions.add_parser("keygen", help="make the key of a trustee alone")
    keygen.add_argument("--public", type=Path, metavar="FILE", help="the public key; KEY.pub if left out")
    _makes_key(keygen, _keygen)
    certify = actions.add_parser("certify", help="make the key of a member of a threshold group")
    certify.add_argument("--public", type=Path, metavar="FILE", help="the certificate; KEY.cert if left out")
    _makes_key(certify, _certify)
    sheet = actions.add_parser("sheet", help="print the recovery sheet of a key")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    add_key(sheet)
    add_language(sheet)
    sheet.set_defaults(run=checked(_sheet))
    back = actions.add_parser("recover", help="make a key file from the lines of a recovery sheet")
    back.add_argument("--lines", type=Path, metavar="FILE", help="typed or scanned lines; standard input if left out")
    add_new_key(back)
    add_language(back)
    back.set_defaults(run=checked(_recover))
    trustee_groups.add_to(actions, checked)
    trustee_counting.add_to(actions, checked)


def _makes_key(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--sheet", type=Path, metavar="FILE.pdf", help="also print the recovery sheet")
    add_new_key(parser)
    add_group(parser)
    add_language(parser)
    parser.set_defaults(run=checked(run))


def _keygen(options: argparse.Namespace) -> int:
    public = _checked_paths(options, ".pub")
    secret = generate_trustee(group_of(options))
    return _made(options, secret, public, canonical_bytes(trustee_public_key_to_json(secret.public())))


def _certify(options: argparse.Namespace) -> int:
    public = _checked_paths(options, ".cert")
    secret = generate_channel_keys(group_of(options))
    return _made(options, secret, public, canonical_bytes(certificate_to_json(make_certificate(secret))))


def _checked_paths(options: argparse.Namespace, ending: str) -> Path:
    """Where the public half goes, once nothing stands in the way of any file; else a key would lie there without it."""
    check_new(options.out)
    public: Path = options.public or options.out.with_name(options.out.name + ending)
    check_new(*(path for path in (options.out, public, options.sheet) if path is not None))
    return public


def _made(options: argparse.Namespace, secret: TrusteeSecret, public: Path, content: bytes) -> int:
    write_key(options, secret)
    if options.sheet is not None:
        _write_sheet(options.sheet, secret, options.language)
    write_new(public, content + b"\n")
    print_lines(
        [
            say("trustee-key-written", {"path": options.out, "name": key_name(secret)}, options.language),
            say("trustee-public-written", {"path": public}, options.language),
        ]
    )
    return MET


def _sheet(options: argparse.Namespace) -> int:
    check_new(options.out)
    _write_sheet(options.out, read_key(options), options.language)
    return MET


def _write_sheet(path: Path, secret: TrusteeSecret, language: str) -> None:
    lines = recovery_lines(secret)
    named = {"name": key_name(secret), "sheet": sheet_name(secret), "parts": len(lines)}
    words = SheetWords(
        title=say("sheet-title", {}, language),
        warning=say("sheet-warning", {}, language),
        use=say("sheet-use", {}, language),
        owner=say("sheet-owner", {}, language),
        key=say("sheet-key", named, language),
        page=say("sheet-page", {"page": "{page}", "pages": "{pages}"}, language),
    )
    write_new(path, render_recovery_sheet(lines, words), secret=True)
    print_lines([say("trustee-sheet-written", {"path": path, "sheet": named["sheet"]}, language)])


def _recover(options: argparse.Namespace) -> int:
    check_new(options.out)
    typed = sys.stdin.read() if options.lines is None else options.lines.read_text("utf-8", "replace")
    secret = recover(typed.splitlines())
    write_key(options, secret)
    print_lines([say("trustee-key-written", {"path": options.out, "name": key_name(secret)}, options.language)])
    return MET
