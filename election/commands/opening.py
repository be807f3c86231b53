"""``election open FOLDER``: the record of an election begins, from files in the folder as belenios-tool has them."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from election.commands.faults import checked, naming
from election.commands.group_option import add_group, group_of
from election.commands.language import add_language, say
from election.commands.output import MET, print_lines
from election.commands.secret_files import write_new
from election.definition import ElectionDefinition, define_election, verify_weights
from election.errors import DefinitionError
from election.ids import ElectionUuid, is_election_uuid
from election.questions import parse_question
from election.record.archive import write_archive
from election.record.canonical import load_json
from election.record.shapes import fields, items, text
from election.record.writer import setup_entries_of
from election.trustees import parse_trustees
from election.verify import verify_record

if TYPE_CHECKING:
    from election.commands.output import Commands

TRUSTEES: Final = "trustees.json"
CREDENTIALS: Final = "public_creds.json"


def add_to(commands: Commands) -> None:
    """Add ``open``."""
    parser = commands.add_parser("open", help="begin the record of an election in a folder")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=f"holds {TRUSTEES} and {CREDENTIALS}")
    parser.add_argument("--election-uuid", required=True, metavar="UUID", help="the one that the credentials are for")
    add_group(parser)
    parser.add_argument(
        "--template", type=Path, required=True, metavar="FILE", help="names and questions, as for belenios-tool"
    )
    add_language(parser)
    parser.set_defaults(run=checked(_run))


def _run(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    trustees, credentials = ((folder / name).read_bytes().strip() for name in (TRUSTEES, CREDENTIALS))
    definition = _definition(options, trustees)
    entries, _ = setup_entries_of(definition, trustees, credentials)
    verify_weights(definition, verify_record(entries).weights.values())
    path = folder / f"{definition.uuid}.bel"
    write_new(path, b"".join(write_archive(entries, int(datetime.datetime.now(tz=datetime.UTC).timestamp()))))
    said = {"path": str(path), "fingerprint": definition.fingerprint}
    print_lines([say("election-opened", said, options.language)])
    return MET


def _definition(options: argparse.Namespace, trustees: bytes) -> ElectionDefinition:
    if not is_election_uuid(options.election_uuid):
        raise DefinitionError("definition-uuid")
    group = group_of(options)
    names = ("description", "name", "questions", "administrator", "credential_authority")
    raw = options.template.read_bytes()
    with naming(options.template):
        read = fields(load_json(raw), "template", names)
    with naming(options.folder / TRUSTEES):
        items_of_key = parse_trustees(trustees, group)
    return define_election(
        uuid=ElectionUuid(options.election_uuid),
        name=text(read["name"], "name"),
        description=text(read["description"], "description"),
        questions=[parse_question(question, group) for question in items(read["questions"], "questions")],
        trustees=items_of_key,
        administrator=text(read["administrator"], "administrator"),
        credential_authority=text(read["credential_authority"], "credential_authority"),
        group=group,
    )
