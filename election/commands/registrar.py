"""``election registrar make | reprint | fingerprint``: cards made on the registrar's own machine, offline."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from composition_rules.errors import CompositionError
from election.commands.faults import fault_of_file
from election.commands.files import read_mandate
from election.commands.group_option import add_group, group_of
from election.commands.language import add_language, explain, say
from election.commands.output import MET, NOT_MET, print_lines, unusable
from election.commands.secret_files import add_passphrase, known_passphrase, new_passphrase, write_new
from election.credential_list import credentials_fingerprint, group_of_credentials, import_credentials
from election.crypto.groups import BELENIOS_2048
from election.errors import CredentialError, ElectionError, RollFileError, SealedFileError
from election.ids import ElectionUuid, is_election_uuid
from election.registrar import (
    CardKind,
    Cards,
    CardTexts,
    SecretCard,
    make_cards,
    print_job,
    print_job_to_bytes,
    public_list,
    seal_cards,
    unseal_cards,
)
from election.roll import Elector, parse_roll

if TYPE_CHECKING:
    from election.commands.output import Commands

PUBLIC: Final = "public_creds.json"
PRIVATE: Final = "private_creds.sealed.json"
JOB: Final = "print_job.json"
_WEIGHT: Final = re.compile("[0-9]{1,18}")
# These say something of what was read or asked; every other error, that it cannot be used.
_DOES_NOT_HOLD: Final = frozenset({"credentials-fingerprint", "credentials-order", "credential-twice"})


def add_to(commands: Commands) -> None:
    """Add ``registrar`` and its actions."""
    parser = commands.add_parser("registrar", help="make the cards of an election, away from its server")
    actions = parser.add_subparsers(dest="action", required=True)
    _add_make(actions)
    _add_reprint(actions)
    listing = actions.add_parser("fingerprint", help="check a public list and print its fingerprint")
    listing.add_argument("file", type=Path, metavar="public_creds.json")
    listing.add_argument("--noted", metavar="FINGERPRINT", help="the one that the registrar noted down")
    add_language(listing)
    listing.set_defaults(run=partial(_run, _fingerprint))


def _add_make(actions: Commands) -> None:
    making = actions.add_parser("make", help="make the public list, the sealed private file and the print job")
    whom = making.add_mutually_exclusive_group(required=True)
    whom.add_argument("--roll", type=Path, metavar="ROLL.csv", help="one card for each elector on the roll")
    whom.add_argument("--cards", type=int, metavar="N", help="so many cards for whoever comes to the door")
    making.add_argument("--spare", type=int, default=0, metavar="N", help="so many more, kept for reissue")
    making.add_argument("--weights", type=Path, metavar="FILE", help="lines of number,weight; where the mandate allows")
    making.add_argument("--mandate", metavar="ID", help="the mandate that allows them: a shipped one, or a file")
    making.add_argument("--seats", metavar="GROUP", help="its seats that are elected")
    making.add_argument("--election-uuid", required=True, metavar="UUID", help="the identifier of the election")
    add_group(making)
    making.add_argument("--name", required=True, help="the election, as it stands on the card")
    making.add_argument("--authority", required=True, help="who holds it")
    making.add_argument("--closes", required=True, metavar="TEXT", help="until when one can vote")
    making.add_argument("--address", required=True, metavar="URL", help="the page on which a code is used")
    making.add_argument("--help-contact", default="", metavar="TEXT", help="who helps")
    making.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the three files go")
    add_passphrase(making)
    add_language(making)
    making.set_defaults(run=partial(_run, _make))


def _add_reprint(actions: Commands) -> None:
    reprinting = actions.add_parser("reprint", help="take one card out of the private file, to print it again")
    reprinting.add_argument("private", type=Path, metavar=PRIVATE)
    which = reprinting.add_mutually_exclusive_group(required=True)
    which.add_argument("--elector", metavar="NUMBER", help="that of an elector, by the number in the roll")
    which.add_argument("--card", metavar="N", help="a card for the door, by its place in the print job")
    which.add_argument("--spare", metavar="N", help="a spare card")
    reprinting.add_argument("--roll", type=Path, metavar="ROLL.csv", help="where the name and the address stand")
    reprinting.add_argument("--out", type=Path, required=True, metavar="JOB.json", help="the print job to write")
    add_passphrase(reprinting)
    add_language(reprinting)
    reprinting.set_defaults(run=partial(_run, _reprint))


def _run(act: Callable[[argparse.Namespace], Iterable[str]], options: argparse.Namespace) -> int:
    language: str = options.language
    try:
        print_lines(list(act(options)))
    except OSError as fault:
        return unusable(fault_of_file(fault, language))
    except RollFileError as fault:
        faults = [line for each in fault.faults for line in explain(each, language)]
        return unusable(*explain(fault, language), *faults)
    except (ElectionError, CompositionError) as fault:
        if fault.code in _DOES_NOT_HOLD:
            print_lines(explain(fault, language), sys.stderr)
            return NOT_MET
        return unusable(*explain(fault, language))
    return MET


def _make(options: argparse.Namespace) -> Iterator[str]:
    electors = parse_roll(options.roll.read_bytes()) if options.roll else ()
    if not is_election_uuid(options.election_uuid):
        raise CredentialError("registrar-uuid", uuid=options.election_uuid[:40])
    if not options.address.startswith(("https://", "http://")):
        raise CredentialError("registrar-address", address=options.address[:40])
    texts = CardTexts(
        name=options.name,
        authority=options.authority,
        closes=options.closes,
        address=options.address,
        help=options.help_contact,
        language=options.language,
    )
    uuid = ElectionUuid(options.election_uuid)
    cards = make_cards(
        uuid, texts, electors=electors, door=options.cards or 0, spare=options.spare, group=group_of(options)
    )
    weights = _weights(options.weights) if options.weights else None
    public = public_list(cards, weights=weights, weighted=_is_weighted(options))
    folder: Path = options.out
    # Nothing is written where one of the three would be refused.
    for name in (PUBLIC, PRIVATE, JOB):
        if (folder / name).exists():
            raise SealedFileError("file-exists", path=str(folder / name))
    private = seal_cards(cards, public, new_passphrase(options))
    job = print_job_to_bytes(print_job(cards.cards, texts, _by_number(electors)))
    folder.mkdir(parents=True, exist_ok=True)
    # The private file first: a public list without it would be one whose cards nobody has.
    write_new(folder / PRIVATE, private, secret=True)
    write_new(folder / JOB, job + b"\n", secret=True)
    write_new(folder / PUBLIC, public + b"\n")
    made = {"cards": len(cards.cards), "uuid": uuid, "group": cards.group.name, "spare": options.spare}
    yield say("registrar-made", made, options.language)
    for code, name in (("public", PUBLIC), ("private", PRIVATE), ("job", JOB)):
        yield say(f"registrar-file-{code}", {"path": folder / name}, options.language)
    yield _fingerprint_line(public, options.language)


def _reprint(options: argparse.Namespace) -> Iterator[str]:
    cards = unseal_cards(options.private.read_bytes(), known_passphrase(options))
    card = _asked_for(options, cards)
    if card.kind is CardKind.ELECTOR and options.roll is None:
        raise CredentialError("registrar-roll-needed")
    electors = parse_roll(options.roll.read_bytes()) if options.roll else ()
    job = print_job([card], cards.texts, _by_number(electors))
    write_new(options.out, print_job_to_bytes(job) + b"\n", secret=True)
    yield say("registrar-file-job", {"path": options.out}, options.language)
    code = "registrar-spare-taken" if card.kind is CardKind.SPARE else "registrar-reprinted"
    yield say(code, {"number": card.number}, options.language)


def _fingerprint(options: argparse.Namespace) -> Iterator[str]:
    raw: bytes = options.file.read_bytes()
    document = raw.removesuffix(b"\n")
    noted = options.noted or credentials_fingerprint(document)
    # Where no group holds its numbers, any of them says what is wrong with them.
    group = group_of_credentials(document) or BELENIOS_2048
    listed = import_credentials(raw, group, noted)
    yield say("registrar-listed", {"credentials": len(listed), "group": group.name}, options.language)
    yield _fingerprint_line(document, options.language)


def _fingerprint_line(document: bytes, language: str) -> str:
    return say("registrar-fingerprint", {"fingerprint": credentials_fingerprint(document)}, language)


def _asked_for(options: argparse.Namespace, cards: Cards) -> SecretCard:
    if options.elector is not None:
        return cards.card(CardKind.ELECTOR, options.elector)
    if options.card is not None:
        return cards.card(CardKind.DOOR, options.card)
    return cards.card(CardKind.SPARE, options.spare)


def _by_number(electors: Iterable[Elector]) -> dict[str, Elector]:
    return {elector.number: elector for elector in electors}


def _is_weighted(options: argparse.Namespace) -> bool:
    """Whether the mandate gives some electors more votes than others in this election.

    Raises:
        CredentialError: Only one of mandate and seats is named (code registrar-seats).
        CatalogueError, MandateFileError, CouncilError: There is no such mandate, it has faults, or no such group.
    """
    if bool(options.mandate) is not bool(options.seats):
        raise CredentialError("registrar-seats")
    if not options.mandate:
        return False
    rules = read_mandate(options.mandate).group(options.seats).election
    return rules is not None and rules.weights


def _weights(path: Path) -> dict[str, int]:
    """Lines of number,weight, in the form in which belenios-tool reads them."""
    weights: dict[str, int] = {}
    # What is no UTF-8 is found with its line, below.
    for line, row in enumerate(path.read_text("utf-8-sig", "replace").splitlines(), start=1):
        number, comma, weight = row.strip().rpartition(",")
        if not comma or not number or number in weights or not _WEIGHT.fullmatch(weight):
            raise CredentialError("registrar-weights-line", line=line)
        weights[number] = int(weight)
    return weights
