"""``election trustee collect | deal | route | finish | parameters | assemble``: how a threshold group is made.

Trustees deal and finish on their own machines; the administrator collects, routes and assembles, and learns no share.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from election.commands.group_option import add_group, group_of
from election.commands.language import add_language, say
from election.commands.output import MET, print_lines
from election.commands.secret_files import write_new
from election.commands.trustee_files import add_key, each_message, json_lines, member_key
from election.crypto.groups import Group
from election.errors import TrusteeError
from election.record.canonical import Json, canonical_bytes
from election.trustees import TrusteeItem, parse_trustees, trustee_keys, trustees_to_bytes
from election.trustees.certificates import Certificate, certificate_to_json, check_certificates, parse_certificate
from election.trustees.coefficients import check_committed, commitment
from election.trustees.dealing import (
    Polynomial,
    assemble,
    deal,
    dealer_of,
    finish,
    parse_polynomial,
    parse_vinput,
    parse_voutput,
    polynomial_to_bytes,
    route,
    vinput_to_bytes,
    voutput_to_bytes,
)
from election.trustees.keys import parse_trustee_public_key
from election.trustees.threshold import parse_threshold_group, threshold_group_to_json

if TYPE_CHECKING:
    from election.commands.output import Commands

_Run = Callable[[argparse.Namespace], int]


def add_to(actions: Commands, checked: Callable[[_Run], _Run]) -> None:
    """Add the steps in their order."""

    def action(name: str, words: str, run: _Run, *, files: str | None = None) -> argparse.ArgumentParser:
        parser = actions.add_parser(name, help=words)
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER" if name == "route" else "FILE")
        if files:
            parser.add_argument("files", type=Path, nargs="+", metavar=files)
        add_language(parser)
        parser.set_defaults(run=checked(run))
        return parser

    collect = action("collect", "administrator: put the members' certificates together", _collect, files="CERT")
    add_group(collect)
    dealing = action("deal", "trustee: deal a share to each member", _deal)
    routing = action("route", "administrator: sort what was dealt by member", _route, files="POLYNOMIAL")
    add_group(routing)
    finishing = action("finish", "trustee: check what was dealt to you and make your key", _finish)
    finishing.add_argument("--dealt", type=Path, required=True, metavar="FILE", help="what was dealt to you")
    finishing.add_argument(
        "--committed", type=Path, metavar="FILE", help="what all dealers told before they showed what they dealt"
    )
    making = action("parameters", "administrator: make the group's public parameters", _parameters, files="FINISHED")
    making.add_argument("--polynomials", type=Path, nargs="+", required=True, metavar="FILE")
    add_group(making)
    for each in (dealing, routing, finishing, making):
        each.add_argument("--certs", type=Path, required=True, metavar="FILE", help="the collected certificates")
    for each in (dealing, finishing):
        each.add_argument("--threshold", type=int, required=True, metavar="T", help="how many are enough to count")
        add_key(each)
    joining = action(
        "assemble", "administrator: public keys and groups to the trustees of an election", _join, files="KEY"
    )
    add_group(joining)


def _collect(options: argparse.Namespace) -> int:
    certificates = _certificates(options.files, group_of(options))
    check_certificates(certificates)
    write_new(options.out, _lines([certificate_to_json(each) for each in certificates]))
    params = {"path": options.out, "number": len(certificates)}
    print_lines([say("trustee-certificates", params, options.language), *(f"  {c.fingerprint}" for c in certificates)])
    return MET


def _deal(options: argparse.Namespace) -> int:
    keys = member_key(options)
    polynomial = deal(keys, _certificates([options.certs], keys.group), options.threshold)
    write_new(options.out, polynomial_to_bytes(polynomial) + b"\n")
    params = {"path": options.out, "commitment": commitment(polynomial.coefficients)}
    print_lines([say(code, params, options.language) for code in ("trustee-public-written", "trustee-commitment")])
    return MET


def _route(options: argparse.Namespace) -> int:
    group = group_of(options)
    certificates = _certificates([options.certs], group)
    dealt = route(certificates, _polynomials(options.files, certificates, group))
    options.out.mkdir(exist_ok=True)
    for member, (certificate, vinput) in enumerate(zip(certificates, dealt, strict=True), start=1):
        path = options.out / f"{certificate.fingerprint}.vinput"
        write_new(path, vinput_to_bytes(vinput) + b"\n")
        print_lines([say("trustee-routed", {"path": path, "member": member}, options.language)])
    return MET


def _finish(options: argparse.Namespace) -> int:
    keys = member_key(options)
    certificates = _certificates([options.certs], keys.group)
    vinput = parse_vinput(_one(options.dealt), certificates, keys.group)
    if len(vinput.coefficients[0].elements) != options.threshold:
        found = len(vinput.coefficients[0].elements)
        raise TrusteeError("vinput-threshold", expected=options.threshold, found=found)
    if options.committed is not None:
        check_committed(vinput.coefficients, options.committed.read_text("utf-8", "replace").split())
    write_new(options.out, voutput_to_bytes(finish(keys, certificates, vinput)) + b"\n")
    print_lines([say("trustee-public-written", {"path": options.out}, options.language)])
    return MET


def _parameters(options: argparse.Namespace) -> int:
    group = group_of(options)
    certificates = _certificates([options.certs], group)
    polynomials = _polynomials(options.polynomials, certificates, group)
    route(certificates, polynomials)
    voutputs = each_message(options.files, lambda message: parse_voutput(message, group))
    made = assemble(certificates, [each.coefficients for each in polynomials], voutputs, group)[0]
    write_new(options.out, canonical_bytes(threshold_group_to_json(made)) + b"\n")
    params = {"path": options.out, "members": len(certificates), "threshold": made.threshold}
    print_lines([say("trustee-parameters", params, options.language)])
    return MET


def _join(options: argparse.Namespace) -> int:
    group = group_of(options)
    items = tuple(each_message(options.files, lambda message: _item(message, group)))
    content = trustees_to_bytes(items)
    parse_trustees(content, group)
    write_new(options.out, content)
    params = {"path": options.out, "items": len(items), "trustees": len(trustee_keys(items))}
    print_lines([say("trustee-document", params, options.language)])
    return MET


def _item(message: Json, group: Group) -> TrusteeItem:
    if isinstance(message, dict) and "threshold" in message:
        return parse_threshold_group(message, group)
    return parse_trustee_public_key(message, group)


def _certificates(paths: Sequence[Path], group: Group) -> tuple[Certificate, ...]:
    return tuple(each_message(paths, lambda message: parse_certificate(message, group)))


def _polynomials(paths: Sequence[Path], certificates: Sequence[Certificate], group: Group) -> tuple[Polynomial, ...]:
    """What was dealt, in the order of the certificates, whatever that of the files."""
    found: dict[int, Polynomial] = {}
    for number, message in enumerate(json_lines(*paths), start=1):
        dealer = dealer_of(message, certificates, group)
        if dealer is None:
            raise TrusteeError("polynomial-of-nobody", number=number)
        if dealer in found:
            raise TrusteeError("polynomial-twice", dealer=dealer)
        found[dealer] = parse_polynomial(message, certificates, group, dealer=dealer)
    return tuple(found[dealer] for dealer in sorted(found))


def _one(path: Path) -> Json:
    messages = json_lines(path)
    return messages[0] if len(messages) == 1 else None


def _lines(messages: Sequence[Json]) -> bytes:
    return b"".join(canonical_bytes(each) + b"\n" for each in messages)
