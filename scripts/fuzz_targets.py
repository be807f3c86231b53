"""What is fuzzed: every public reader of ``election``, with good documents to start from.

A target is named by its function, ``module.function`` without the package; after a colon comes what is altered where it
is not the document itself. Good documents are the good cases of the test vectors (tests/vectors).
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gmpy2 import mpz

from election.answers import parse_answer
from election.ballots import parse_ballot
from election.challenge import check_opening, parse_opened, read_entry
from election.choices import parse_choices
from election.commands.records import parse_lists, parse_lots, parse_office
from election.counting.blt import parse_blt
from election.counting.papers_csv import parse_marked_csv, parse_ranked_csv
from election.counting.sheets import parse_sheets
from election.credential_list import credentials_fingerprint, import_credentials, parse_credentials
from election.credentials import parse_credential
from election.crypto.groups import BELENIOS_2048, RFC_3526_2048, parse_element, parse_number, parse_scalar
from election.crypto.shuffle_wire import parse_shuffle_proof
from election.crypto.wire import parse_ciphertext, parse_proof, parse_proofs
from election.definition import parse_election
from election.ids import CandidateId
from election.marked_answers import parse_marked_answer
from election.opened import parse_counts
from election.opened import parse_opened as parse_opened_question
from election.questions import MarkedQuestion, parse_question
from election.ranked_answers import parse_ranked_answer
from election.record.archive import read_archive, read_entries, read_header
from election.record.canonical import load_json
from election.record.chain import parse_event
from election.record.marks import parse_mark
from election.record.replay import replay
from election.registrar import _ABOUT as CARDS_ABOUT
from election.registrar import PRIVATE_FORM, parse_print_job, unseal_cards
from election.roll import parse_roll
from election.sealed_file import Hardness, seal, unseal
from election.shares import parse_share
from election.shuffles import parse_shuffle
from election.tally import parse_tally
from election.trustees import keyfile, parse_trustee_private_key, parse_trustee_public_key, parse_trustees
from election.trustees.certificates import parse_certificate
from election.trustees.channels import parse_inner, parse_seed, parse_signed, receive, send
from election.trustees.coefficients import parse_coefficients
from election.trustees.dealing import (
    dealer_of,
    open_decryption_key,
    parse_polynomial,
    parse_vinput,
    parse_voutput,
)
from election.trustees.recovery import recover
from election.trustees.rehearsal import parse_answer as parse_rehearsal_answer
from election.trustees.rehearsal import parse_rehearsal_test
from election.trustees.secrets import parse_plain
from election.trustees.threshold import parse_threshold_group
from election.verify.judge import read_ballots
from scripts.make_vectors import FOLDER

ARCHIVES: Final = FOLDER.parent / "election" / "vectors"
GROUP, WIDE = BELENIOS_2048, RFC_3526_2048
PASSPHRASE = "en lang sætning på dansk"  # noqa: S105 - that of the test vectors
_LIGHT = Hardness(passes=1, lanes=1, kibibytes=64)

Reader = Callable[[bytes], object]


@dataclass(frozen=True)
class Target:
    """A reader, good documents for it, and how dear it is to read one: of dear ones fewer are read."""

    read: Reader
    good: tuple[bytes, ...]
    dear: int = 1


def good(kind: str) -> list[Any]:
    """The inputs of the good cases of a kind."""
    found = []
    for file in (FOLDER / f"{kind}.json", FOLDER / "belenios-tool" / f"{kind}.json"):
        if file.exists():
            cases = json.loads(file.read_bytes())["cases"]
            found += [case["input"] for case in cases if case["expected"] == "valid"]
    return found


def documents(inputs: Sequence[Any], *path: Any) -> tuple[bytes, ...]:
    """What stands at a place of each input, as bytes."""
    found = []
    for each in inputs:
        for step in path:
            each = json.loads(each)[step] if isinstance(each, str) else each[step]
        found.append(each.encode() if isinstance(each, str) else _compact(each))
    return tuple(found)


def _compact(message: Any) -> bytes:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def targets() -> dict[str, Target]:
    """Each by its name."""
    return {
        **_numbers(),
        **_record(),
        **_ballots(),
        **_tallies(),
        **_rankings(),
        **_trustees(),
        **_dealing(),
        **_kept(),
        **_counting(),
    }


def _text(raw: bytes) -> str:
    # A command hands on what was typed, whatever bytes it was.
    return raw.decode("utf-8", "surrogateescape")


def _numbers() -> dict[str, Target]:
    elements, scalars = documents(good("group_element")), documents(good("scalar"))
    proofs = documents(good("trustee_key"), "pok")
    return {
        "crypto.groups.parse_element": Target(lambda raw: parse_element(_text(raw), GROUP), elements),
        "crypto.groups.parse_element: any JSON": Target(lambda raw: parse_element(load_json(raw), GROUP), (b'"5"',)),
        "crypto.groups.parse_scalar": Target(lambda raw: parse_scalar(_text(raw), GROUP), scalars),
        "crypto.groups.parse_number": Target(lambda raw: parse_number(_text(raw), 50 * GROUP.q), scalars),
        "crypto.wire.parse_ciphertext": Target(
            lambda raw: parse_ciphertext(load_json(raw), GROUP), documents(good("elgamal"), "ciphertext")
        ),
        "crypto.wire.parse_proof": Target(lambda raw: parse_proof(load_json(raw), GROUP), proofs),
        "crypto.wire.parse_proofs": Target(
            lambda raw: parse_proofs(load_json(raw), GROUP, "proofs"), documents(good("interval_proof"), "proofs")
        ),
        "credentials.parse_credential": Target(
            lambda raw: parse_credential(_text(raw)), documents(good("credential"), "code")
        ),
    }


def _record() -> dict[str, Target]:
    archives = tuple(base64.b64decode(each) for each in good("archive"))
    archives += tuple(file.read_bytes() for file in sorted(ARCHIVES.glob("*.bel")))
    first = io.BytesIO(archives[0])
    timestamp = read_header(first)
    setups = good("setup")
    elections = documents(setups, "election") + documents(good("ranked_ballot"), "election")
    questions = tuple(_compact(json.loads(each)["questions"][0]) for each in elections)
    lists = documents(good("public_list"))
    return {
        "record.archive.read_archive": Target(lambda raw: list(replay(read_archive(io.BytesIO(raw)))), archives),
        "record.archive.read_entries": Target(
            lambda raw: list(read_entries(io.BytesIO(raw), timestamp)), (first.read(),)
        ),
        "record.archive.read_header": Target(lambda raw: read_header(io.BytesIO(raw)), (archives[0][:1024],)),
        "record.canonical.load_json": Target(load_json, elections + documents(setups, "trustees")),
        "record.chain.parse_event": Target(parse_event, documents(good("event"))),
        "record.marks.parse_mark": Target(lambda raw: parse_mark(_text(raw)), (b"17:" + b"0a" * 32,)),
        "definition.parse_election": Target(parse_election, elections),
        "questions.parse_question": Target(lambda raw: parse_question(load_json(raw), WIDE), questions),
        "credential_list.parse_credentials": Target(lambda raw: parse_credentials(raw, GROUP), lists),
        "credential_list.parse_credentials: names": Target(
            lambda raw: parse_credentials(raw, GROUP, names_allowed=True), (*lists, *_named(lists[0]))
        ),
        "credential_list.import_credentials": Target(
            lambda raw: import_credentials(raw, GROUP, credentials_fingerprint(raw.removesuffix(b"\n"))), lists
        ),
    }


def _named(credentials: bytes) -> Iterator[bytes]:
    for more in (",1,Amina", ",,Amina"):
        yield _compact([each + more for each in json.loads(credentials)])


def _ballots() -> dict[str, Target]:
    given, opening = good("ballot")[0], good("opening")[0]
    definition = parse_election(given["election"].encode())
    opened_in = parse_election(opening["election"].encode())
    listed = good("opened_list")
    list_in = parse_election(listed[0]["election"].encode())
    ballots = documents([each for each in good("ballot") if each["election"] == given["election"]], "ballot")
    answers = tuple(_compact(json.loads(raw)["answers"][0]) for raw in ballots)
    question = definition.questions[0]
    assert isinstance(question, MarkedQuestion)  # noqa: S101 - said to the reader of types
    entry = _compact({"ballot": json.loads(opening["ballot"]), "opening": json.loads(opening["opening"])})
    return {
        "ballots.parse_ballot": Target(lambda raw: parse_ballot(raw, definition), ballots),
        "verify.judge.read_ballots": Target(lambda raw: read_ballots(definition.content, [raw]), ballots),
        "answers.parse_answer": Target(lambda raw: parse_answer(load_json(raw), question, GROUP), answers),
        "marked_answers.parse_marked_answer": Target(
            lambda raw: parse_marked_answer(load_json(raw), question, GROUP), answers
        ),
        "choices.parse_choices": Target(lambda raw: parse_choices(raw, definition), (b"[[0,1,0]]", b"[[1,0,0]]")),
        "challenge.check_opening": Target(
            lambda raw: check_opening(opening["ballot"].encode(), raw, opened_in),
            (opening["opening"].encode(),),
            dear=4,
        ),
        "challenge.check_opening: the ballot": Target(
            lambda raw: check_opening(raw, opening["opening"].encode(), opened_in),
            (opening["ballot"].encode(),),
            dear=4,
        ),
        "challenge.read_entry": Target(read_entry, (entry,)),
        "challenge.parse_opened": Target(lambda raw: parse_opened(raw, list_in), documents(listed, "opened"), dear=4),
    }


def _tallies() -> dict[str, Target]:
    given = good("result")[0]
    definition = parse_election(given["election"].encode())
    tally, sized = (given[name].encode() for name in ("encrypted_tally", "sized_encrypted_tally"))
    result = given["result"].encode()
    return {
        "tally.parse_tally": Target(lambda raw: parse_tally(raw, sized, definition), (tally,)),
        "tally.parse_tally: its size": Target(lambda raw: parse_tally(tally, raw, definition), (sized,)),
        "shares.parse_share": Target(
            lambda raw: parse_share(load_json(raw), definition), documents([given], "partial_decryptions", 0)
        ),
        "opened.parse_counts": Target(lambda raw: parse_counts(raw, definition), (result,)),
        "opened.parse_opened": Target(
            lambda raw: parse_opened_question(load_json(raw), definition.questions[0]),
            documents([given], "result", "result", 0),
        ),
    }


def _rankings() -> dict[str, Target]:
    given, shuffle = good("ranked_result")[0], good("shuffle")[0]
    definition = parse_election(given["election"].encode())
    tally, sized = (given[name].encode() for name in ("encrypted_tally", "sized_encrypted_tally"))
    ballots = documents(good("ranked_ballot")[:3], "ballot")
    return {
        "ballots.parse_ballot: rankings": Target(lambda raw: parse_ballot(raw, definition), ballots),
        "choices.parse_choices: ranks": Target(
            lambda raw: parse_choices(raw, definition), (b"[[1,2,3]]", b"[[0,0,1]]")
        ),
        "ranked_answers.parse_ranked_answer": Target(
            lambda raw: parse_ranked_answer(load_json(raw), WIDE), documents(good("ranked_answer"), "answer")
        ),
        "tally.parse_tally: rankings": Target(lambda raw: parse_tally(raw, sized, definition), (tally,)),
        "opened.parse_counts: rankings": Target(lambda raw: parse_counts(raw, definition), (given["result"].encode(),)),
        "shares.parse_share: rankings": Target(
            lambda raw: parse_share(load_json(raw), definition), documents([given], "partial_decryptions", 0)
        ),
        "shuffles.parse_shuffle": Target(
            lambda raw: parse_shuffle(raw, definition), (shuffle["shuffle"].encode(),), dear=2
        ),
        "crypto.shuffle_wire.parse_shuffle_proof": Target(
            lambda raw: parse_shuffle_proof(load_json(raw), WIDE), documents(good("shuffle_proof"), "proof")
        ),
    }


def _trustees() -> dict[str, Target]:
    keys, private = documents(good("trustee_key")), documents(good("private_key"))
    seeds = documents(good("channel_keys"))
    sealed = documents(good("sealed_key")[:3], "file")
    test, answers = good("rehearsal_test")[0], good("rehearsal_answer")[0]
    of_test = parse_trustees(test["trustees"].encode(), GROUP)
    sheets = tuple("\n".join(lines).encode() for lines in good("recovery_sheet"))
    return {
        "trustees.document.parse_trustees": Target(
            lambda raw: parse_trustees(raw, GROUP),
            documents(good("trustees")) + documents(good("setup"), "trustees"),
            4,
        ),
        "trustees.keys.parse_trustee_public_key": Target(
            lambda raw: parse_trustee_public_key(load_json(raw), GROUP), keys
        ),
        "trustees.keys.parse_trustee_private_key": Target(lambda raw: parse_trustee_private_key(raw), private),
        "trustees.secrets.parse_plain": Target(lambda raw: parse_plain(raw), (*private, *seeds)),
        "trustees.keyfile.unseal": Target(lambda raw: keyfile.unseal(raw, PASSPHRASE), sealed),
        "trustees.keyfile.unseal: the key inside": Target(_sealed_key, (*private, *seeds)),
        "sealed_file.unseal": Target(
            lambda raw: unseal(raw, PASSPHRASE, form=keyfile.FORMAT, about=("kind", "group", "name")), sealed
        ),
        "trustees.recovery.recover": Target(lambda raw: recover(_text(raw).splitlines()), sheets),
        "trustees.rehearsal.parse_rehearsal_test": Target(
            lambda raw: parse_rehearsal_test(raw, of_test, GROUP), (test["test"].encode(),)
        ),
        "trustees.rehearsal.parse_answer": Target(
            lambda raw: parse_rehearsal_answer(raw, GROUP), documents(answers["answers"])
        ),
    }


def _sealed_key(raw: bytes) -> object:
    about = {"kind": "single", "group": GROUP.name, "name": ""}
    return keyfile.unseal(seal(raw, PASSPHRASE, form=keyfile.FORMAT, about=about, hardness=_LIGHT), PASSPHRASE)


def _dealing() -> dict[str, Target]:
    certs, polynomial, vinput = documents(good("certificate")), good("polynomial")[0], good("vinput")[0]
    certificates = [parse_certificate(each, GROUP) for each in polynomial["certificates"]]
    sealed, channel, coefexps = good("decryption_key")[0], good("channel_message")[0], good("coefficients")[0]
    keys, own = parse_seed(channel["seed"].encode()), parse_seed(sealed["seed"].encode())
    sender, dealer = mpz(channel["sender"]), mpz(coefexps["verification"])

    def resealed(raw: bytes) -> object:
        return open_decryption_key(own, send(own, own.encryption, raw.decode("utf-8", "replace")))

    return {
        "trustees.certificates.parse_certificate": Target(
            lambda raw: parse_certificate(load_json(raw), GROUP), certs, 2
        ),
        "trustees.channels.parse_seed": Target(lambda raw: parse_seed(raw), documents(good("channel_keys"))),
        "trustees.channels.parse_signed": Target(
            lambda raw: parse_signed(load_json(raw), GROUP), documents(good("signed_message"), "signed")
        ),
        "trustees.channels.parse_inner": Target(
            lambda raw: parse_inner(_text(raw), "cert_keys", ("verification", "encryption")),
            documents(good("certificate"), "message"),
        ),
        "trustees.channels.receive": Target(
            lambda raw: receive(keys, sender, _text(raw)), (channel["sealed"].encode(),), dear=2
        ),
        "trustees.coefficients.parse_coefficients": Target(
            lambda raw: parse_coefficients(load_json(raw), dealer, GROUP, dealer=1),
            documents([coefexps], "coefexps"),
            2,
        ),
        "trustees.dealing.dealer_of": Target(
            lambda raw: dealer_of(load_json(raw), certificates, GROUP), documents([polynomial], "polynomial"), 2
        ),
        "trustees.dealing.parse_polynomial": Target(
            lambda raw: parse_polynomial(load_json(raw), certificates, GROUP, dealer=1),
            documents([polynomial], "polynomial"),
            2,
        ),
        "trustees.dealing.parse_vinput": Target(
            lambda raw: parse_vinput(load_json(raw), certificates, GROUP), documents([vinput], "vinput"), 2
        ),
        "trustees.dealing.parse_voutput": Target(
            lambda raw: parse_voutput(load_json(raw), GROUP), documents(good("voutput"))
        ),
        "trustees.dealing.open_decryption_key": Target(
            lambda raw: open_decryption_key(own, _text(raw)), (sealed["private_key"].encode(),), 2
        ),
        "trustees.dealing.open_decryption_key: the key inside": Target(resealed, (b'{"decryption_key":"5"}',), 4),
        "trustees.threshold.parse_threshold_group": Target(
            lambda raw: parse_threshold_group(load_json(raw), GROUP), documents(good("threshold_parameters")), 4
        ),
    }


def _kept() -> dict[str, Target]:
    cards = good("sealed_cards")[0]["file"].encode()
    opened = unseal(cards, PASSPHRASE, form=PRIVATE_FORM, about=CARDS_ABOUT)

    def resealed(raw: bytes) -> object:
        made = seal(raw, PASSPHRASE, form=PRIVATE_FORM, about=opened.about, hardness=_LIGHT)
        return unseal_cards(made, PASSPHRASE)

    roll = "nummer;navn;adresse;postnummer;by\n17;Åse Østergård;Torvet 3;8500;Grenå\n18;Çiğdem;Storegade 1;8500;Grenå\n"
    written = tuple(roll.encode(encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16"))
    return {
        "registrar.unseal_cards": Target(lambda raw: unseal_cards(raw, PASSPHRASE), (cards,)),
        "registrar.unseal_cards: the cards inside": Target(resealed, (opened.content,)),
        "registrar.parse_print_job": Target(parse_print_job, documents(good("print_job"))),
        "roll.parse_roll": Target(parse_roll, written),
    }


_BLT = '3 2\n-3\n4 1 2 0\n3 2 1 0\n1 0\n2 1 2 0\n0\n"Asta"\n"Bo"\n"Carl Ø"\n"Valg til rådet"\n'
_RANKED = 'papers,Asta,Bo,"Carl, Ø"\n4,1,2,\n3,2,1,3\n1,,,\n'
_MARKED = "papers;Asta;Bo;Carl;invalid\n4;x;x;;\n3;;;x;\n1;;;;\n2;;x;x;envelope\n"
_SHEETS = """figure,of,online,paper Auning,postal
votes,Asta,40,7,3
votes,Bo,20,8,0
valid,,60,15,3
blank,,2,0,1
invalid,envelope,0,0,1
papers,,62,15,5
"""
_LOTS = """language = 1
[[lot]]
place = "seat"
order = ["2", "1"]
method = "slips in a bowl"
drawn_by = "the chair"
witnesses = ["A", "B"]
drawn_at = 2026-11-22T20:15:00+01:00
"""
_LISTS = """language = 1
[[list]]
name = "Red"
candidates = ["Asta"]
[[list]]
name = "Blue"
candidates = ["Bo"]
[[joint]]
name = "Both"
parts = ["Red", "Blue"]
[alternates]
per_seat = 1
"""
_OFFICE = """language = 1
candidates = ["Asta", "Bo Dam", "Carl"]
members = 21
[[round]]
votes = { Asta = 10, "Bo Dam" = 8, Carl = 3 }
blank = 0
"""


def _counting() -> dict[str, Target]:
    """Files of a count; those of a command are read by it alone."""
    ids: Mapping[str, CandidateId] = {"Asta": CandidateId("1"), "Bo": CandidateId("2")}
    readers: dict[str, tuple[Reader, str]] = {
        "counting.blt.parse_blt": (parse_blt, _BLT),
        "counting.papers_csv.parse_ranked_csv": (parse_ranked_csv, _RANKED),
        "counting.papers_csv.parse_marked_csv": (parse_marked_csv, _MARKED),
        "counting.sheets.parse_sheets": (lambda raw: parse_sheets(raw, marks=lambda _: 1), _SHEETS),
        "commands.records.parse_lots": (parse_lots, _LOTS),
        "commands.records.parse_lists": (lambda raw: parse_lists(raw, ids), _LISTS),
        "commands.records.parse_office": (parse_office, _OFFICE),
    }
    return {name: Target(read, (text.encode(),)) for name, (read, text) in readers.items()}
