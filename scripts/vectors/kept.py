"""Vectors of what is kept and handed on outside the record: sealed files, recovery lines, rehearsals, cards, openings.

None of these is of the Belenios specification; docs/trustees.md, docs/registrar.md and docs/challenge.md describe them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from gmpy2 import mpz

from election.ballots import prepare_ballot
from election.challenge import open_ballot, opened_document, opened_entry
from election.credential_list import credentials_document, credentials_fingerprint
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import RFC_3526_2048
from election.ids import ElectionUuid
from election.registrar import (
    Cards,
    CardTexts,
    make_cards,
    print_job,
    print_job_to_bytes,
    public_list,
    seal_cards,
)
from election.roll import Elector
from election.sealed_file import Hardness
from election.trustees import TrusteePrivateKey, generate_trustee, trustees_to_bytes
from election.trustees.keyfile import seal
from election.trustees.recovery import recovery_lines
from election.trustees.rehearsal import answer_test, answer_to_bytes, new_test, rehearsal_test_to_bytes
from election.trustees.secrets import TrusteeSecret, public_number
from scripts.vectors.cases import VALID, Case, altered, case, text_altered
from scripts.vectors.marked import SmallElection
from scripts.vectors.threshold import Group

PASSPHRASE = "en lang sætning på dansk"  # noqa: S105 - opens nothing but these files
# Whoever reads these need not wait: new files ask for more.
LIGHT = Hardness(passes=1, lanes=1, kibibytes=64)
Change = Callable[[Any], object]


def sealed_keys(group: Group) -> Iterable[Case]:
    """The output is the public key of a trustee alone, or the key that a member signs with."""
    secrets: dict[str, TrusteeSecret] = {
        "of a trustee alone": group.single,
        "of a member of a group": group.keys[0],
        "in the other group": TrusteePrivateKey(mpz(3**200), RFC_3526_2048),
    }
    for name, secret in secrets.items():
        sealed = seal(secret, PASSPHRASE, hardness=LIGHT, rng=group.rng).decode()
        yield case(name, VALID, {"file": sealed, "passphrase": PASSPHRASE}, str(public_number(secret)))
    usual = seal(group.single, PASSPHRASE, rng=group.rng).decode()
    given = {"file": usual, "passphrase": PASSPHRASE}
    yield case("as hard as new files are", VALID, given, str(public_number(group.single)))
    given["file"] = seal(group.single, PASSPHRASE, hardness=LIGHT, rng=group.rng).decode()
    yield from _faults_of_file(given, about="name")


def sealed_cards(group: Group) -> Iterable[Case]:
    """The registrar's file; the output is the list of codes with the numbers that they are for."""
    cards = _cards(group)
    made = seal_cards(cards, public_list(cards), PASSPHRASE, hardness=LIGHT, rng=group.rng).decode()
    given = {"file": made, "passphrase": PASSPHRASE}
    yield case("two electors and a spare card", VALID, given, [[each.number, each.code] for each in cards.cards])
    yield from _faults_of_file(given, about="fingerprint")


def _faults_of_file(given: dict[str, str], *, about: str) -> Iterable[Case]:
    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, given | {"file": text_altered(given["file"], change)})

    yield case("another passphrase", "passphrase-wrong", given | {"passphrase": PASSPHRASE + "!"})
    yield changed("a field altered", "passphrase-wrong", lambda m: m.update({about: m[about][::-1]}))
    yield changed("the content altered", "passphrase-wrong", lambda m: m.update(sealed="A" + m["sealed"][1:]))
    yield changed("another kind of file", "key-file-kind", lambda m: m.update(format="raadsvalg-other"))
    yield changed("another version", "key-file-version", lambda m: m.update(version=2))
    yield changed("more work than is allowed", "key-file-cost", lambda m: m["kdf"].update(kibibytes=2**21))
    yield changed("no work at all", "key-file-cost", lambda m: m["kdf"].update(passes=0))
    yield changed("a salt cut off", "key-file-malformed", lambda m: m["kdf"].update(salt=m["kdf"]["salt"][4:]))
    yield changed("no Base64", "key-file-malformed", lambda m: m.update(sealed="?"))
    yield changed("a field left out", "key-file-malformed", lambda m: m.pop("cipher"))


def recovery_sheets(group: Group) -> Iterable[Case]:
    """Lines as they are typed; the output is as that of sealed keys."""
    single, member = list(recovery_lines(group.single)), list(recovery_lines(group.keys[0]))
    other = list(recovery_lines(generate_trustee(rng=group.rng)))
    wide = generate_trustee(RFC_3526_2048, rng=group.rng)
    yield case("a trustee alone", VALID, single, str(public_number(group.single)))
    yield case("a member of a group", VALID, member, str(public_number(group.keys[0])))
    yield case("in the other group", VALID, list(recovery_lines(wide)), str(public_number(wide)))
    typed = [each.lower().replace("o", "0") for each in reversed(single)]
    tidy = [f"  {line.replace(' ', '  ')} " for line in single]
    yield case("in another order, with empty lines", VALID, ["", *reversed(single), single[0]], _public(group))
    yield case("with more spaces", VALID, tidy, _public(group))
    yield case("in small letters, 0 for O", VALID, typed, _public(group))
    yield case("a part left out", "recovery-missing", single[1:])
    yield case("a letter mistyped", "recovery-mistyped", [_mistyped(single[0]), *single[1:]])
    yield case("a part of another sheet", "recovery-other-sheet", [single[0], *other[1:]])
    yield case("no line of a sheet", "recovery-unreadable", ["RV2" + single[0][3:], *single[1:]])
    yield case("nothing", "recovery-empty", ["", " "])


def _public(group: Group) -> str:
    return str(public_number(group.single))


def _mistyped(line: str) -> str:
    place = line.rindex(" ") - 1
    return line[:place] + ("A" if line[place] != "A" else "B") + line[place + 1 :]


def rehearsal_tests(group: Group) -> Iterable[Case]:
    """The output is the ciphertext that every trustee computes, and what it encrypts."""
    test = new_test(group.items, GROUP, rng=group.rng)
    document = rehearsal_test_to_bytes(test).decode()
    given = {"trustees": _trustees(group), "test": document}
    found = test.ciphertext()
    output = {"alpha": str(found.alpha), "beta": str(found.beta), "message": str(test.message())}

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, given | {"test": text_altered(document, change)})

    yield case("for these trustees", VALID, given, output)
    alone = json.dumps(json.loads(given["trustees"])[:1], separators=(",", ":"))
    yield case("for other trustees", "rehearsal-other-trustees", given | {"trustees": alone})
    yield changed("another number", "rehearsal-other-trustees", lambda m: m.update(nonce=m["nonce"][::-1]))
    yield changed("another version", "rehearsal-other-trustees", lambda m: m.update(version=2))
    yield changed("a ciphertext of somebody's", "rehearsal-malformed", lambda m: m.update(alpha=str(GROUP.g)))


def rehearsal_answers(group: Group) -> Iterable[Case]:
    test = new_test(group.items, GROUP, rng=group.rng)
    keys = [group.single, *group.privates]
    answers = [answer_to_bytes(answer_test(key, test, rng=group.rng)).decode() for key in keys]
    documents = {"trustees": _trustees(group), "test": rehearsal_test_to_bytes(test).decode()}
    given = documents | {"answers": answers}

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, given | {"answers": [text_altered(answers[0], change), *answers[1:]]})

    yield case("of everybody", VALID, given)
    yield case("of one", VALID, given | {"answers": answers[:1]})
    yield case("of one twice", "rehearsal-twice", given | {"answers": [answers[0], *answers]})
    yield changed("said to be another's", "rehearsal-proof", lambda m: m.update(owner=4))
    yield changed("of nobody", "rehearsal-owner", lambda m: m.update(owner=9))
    yield changed("another factor", "rehearsal-proof", lambda m: m.update(decryption_factor=str(GROUP.g)))
    yield changed("the factor negated", "rehearsal-proof", _negated)
    yield changed("no proof", "rehearsal-malformed", lambda m: m.pop("proof"))
    other = rehearsal_test_to_bytes(new_test(group.items, GROUP, rng=group.rng)).decode()
    yield case("to another test", "rehearsal-proof", given | {"test": other})


def _negated(message: Any) -> None:
    message["decryption_factor"] = str(GROUP.p - mpz(message["decryption_factor"]))


def _trustees(group: Group) -> str:
    return trustees_to_bytes(group.items).decode()


def print_jobs(group: Group) -> Iterable[Case]:
    """The output is what the squares on the cards say."""
    cards = _cards(group)
    job = print_job(cards.cards, cards.texts, {each.number: each for each in _roll()})
    document = print_job_to_bytes(job).decode()

    def changed(name: str, change: Change) -> Case:
        return case(name, "registrar-job", text_altered(document, change))

    yield case("two electors and a spare card", VALID, document, [job.url(card) for card in job.cards])
    yield changed("another version", lambda m: m.update(version=2))
    yield changed("a code mistyped", lambda m: m["cards"][0].update(code=m["cards"][1]["code"][:-1]))
    yield changed("an elector without number", lambda m: m["cards"][0]["elector"].pop("number"))
    yield changed("a text left out", lambda m: m["texts"].pop("closes"))


def _roll() -> tuple[Elector, ...]:
    return (
        Elector(number="17", name="Åse Østergård", address=("Torvet 3", "8500 Grenå")),
        Elector(number="18", name="Çiğdem", address=("Storegade 1", "8500 Grenå")),
    )


def _cards(group: Group) -> Cards:
    texts = CardTexts(
        name="Prøvevalg",
        authority="Valgbestyrelsen",
        closes="30. november kl. 16.30",
        address="https://valg.example.dk/v/proeve",
        help="12 34 56 78",
        language="da",
    )
    return make_cards(ElectionUuid("4S92PJQYHSkk7n"), texts, electors=_roll(), spare=1, rng=group.rng)


def imported_lists(election: SmallElection) -> Iterable[Case]:
    """A list from the registrar, with the fingerprint that the registrar noted."""
    document = credentials_document(dict.fromkeys(election.public, 1)).decode()
    given = {"list": document, "fingerprint": credentials_fingerprint(document.encode())}

    def of(name: str, expected: str, text: str) -> Case:
        return case(name, expected, {"list": text, "fingerprint": credentials_fingerprint(text.encode())})

    yield case("as it was noted", VALID, given)
    yield case("with a new line", VALID, given | {"list": document + "\n"})
    fewer = text_altered(document, lambda m: m.pop())
    yield case("one left out", "credentials-fingerprint", given | {"list": fewer})
    yield of("in another order", "credentials-order", text_altered(document, lambda m: m.reverse()))
    yield of("empty", "credentials-empty", "[]")


def opened_lists(election: SmallElection) -> Iterable[Case]:
    """The output is the trackers of the ballots that must not be cast."""
    definition = election.definition
    made = [prepare_ballot(definition, election.codes[2], chosen, rng=election.rng) for chosen in ((0,), ())]
    pairs = [(each.raw, open_ballot(each, definition)) for each in made]
    document = opened_document(opened_entry(*each) for each in pairs).decode()
    given = {"election": definition.content.decode(), "opened": document}
    trackers = sorted(json.loads(opening)["ballot"] for _, opening in pairs)

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, given | {"opened": text_altered(document, change)})

    def swap(message: Any) -> None:
        message[0]["opening"], message[1]["opening"] = message[1]["opening"], message[0]["opening"]

    yield case("nothing", VALID, given | {"opened": "[]"}, [])
    yield case("two ballots", VALID, given, trackers)
    yield changed("one twice", "challenge-twice", lambda m: m.append(m[0]))
    yield changed("openings exchanged", "challenge-other-ballot", swap)
    cast = json.loads(election.ballots[0])
    yield changed("a ballot that was cast", "challenge-other-ballot", lambda m: m[0].update(ballot=cast))
    yield changed("no opening", "shape-missing", lambda m: m[0].pop("opening"))
    spaced = document.replace(":", ": ", 1)
    yield case("a space", "challenge-not-canonical", altered(given, lambda m: m.update(opened=spaced)))
