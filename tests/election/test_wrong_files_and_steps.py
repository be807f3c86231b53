"""What trustees and the registrar get wrong at the command line: each fault is named in both languages, with its cure.

Nothing is written over another file, nothing half-done is left, and no secret is printed.
"""

from __future__ import annotations

import errno
import getpass
import os
import stat
import tempfile
import warnings
from pathlib import Path

import pytest

from election.__main__ import main
from election.commands.output import INTERRUPTED
from election.crypto.groups import BELENIOS_2048, RFC_3526_2048
from election.record.canonical import load_json
from election.registrar import parse_print_job
from election.trustees import generate_trustee, parse_trustees
from election.trustees.certificates import parse_certificate
from tests.election.elections import make_election

CARDS = "registrar make --election-uuid 4S92PJQYHSkk7n --name N --authority A --closes x --passphrase-file pw"
MAKE = f"{CARDS} --address https://valg.example"
DEAL = "trustee deal --certs certs --threshold 2 --out out --key"
FINISH = "trustee finish --key a --certs certs --threshold 2 --out out --dealt"
REPRINT = "registrar reprint cards/private_creds.sealed.json --passphrase-file pw --out out"
FOREIGN = "The file holds no trustee's key, or one of another group", "ingen nøgle fra en nøgleholder"
MISSING = "there is no such file", "findes ikke"
FOLDER = "a_folder is a folder", "a_folder er en mappe"
EXISTS = "kept exists already; nothing is written over it", "kept findes allerede"
NO_JSON = (
    "junk cannot be used. The document is not readable JSON",
    "junk kan ikke bruges. Dokumentet er ikke læselig JSON",
)

FAULTS = {
    # private keys
    "a key that is not there": ("trustee sheet --out out --key nothing", *MISSING),
    "a folder for a key": ("trustee sheet --out out --key a_folder", *FOLDER),
    "an empty key file": ("trustee sheet --out out --key empty", *FOREIGN),
    "garbage for a key": ("trustee sheet --out out --key junk", *FOREIGN),
    "a key cut off": ("trustee sheet --out out --key cut", *FOREIGN),
    "a member's key cut off": ("trustee sheet --out out --key cut_a", *FOREIGN),
    "a key of the other group": ("trustee sheet --out out --key of_the_other_group", *FOREIGN),
    "a sealed key cut off": (
        "trustee sheet --out out --key cut_sealed --passphrase-file pw", "Take the copy", "Dokumentet er ikke læselig"),
    "the registrar's cards for a key": (
        "trustee sheet --out out --key cards/private_creds.sealed.json --passphrase-file pw",
        "of another kind", "af en anden slags"),
    "a wrong passphrase": (
        "trustee sheet --out out --key sealed --passphrase-file other_pw", "does not open the", "åbner ikke filen"),
    "no passphrase file": ("trustee sheet --out out --key sealed --passphrase-file nothing", *MISSING),
    "a descriptor that is not open": (
        "trustee sheet --out out --key sealed --passphrase-fd 99", "from --passphrase-fd 99", "fra --passphrase-fd 99"),
    "a descriptor below 0": (
        "trustee sheet --out out --key sealed --passphrase-fd -1", "from --passphrase-fd -1", "fra --passphrase-fd -1"),
    # what is written
    "a sheet over another file": ("trustee sheet --key plain --out kept", *EXISTS),
    "a key over another file": ("trustee keygen --plain --out kept", *EXISTS),
    "a recovered key over another file": ("trustee recover --plain --lines junk --out kept", *EXISTS),
    "a public key in no folder": ("trustee keygen --plain --out out --public no/folder", *MISSING),
    "a sheet in no folder": ("trustee certify --plain --out out --sheet no/folder", *MISSING),
    "one name for two files": (
        "trustee keygen --plain --out out --public out", "out is named for two files", "out er angivet til to filer"),
    "a name that is too long": ("trustee keygen --plain --out " + "x" * 300, "too long", "for langt"),
    "a group that nobody knows": ("trustee keygen --plain --out out --group X", "Name one of", "Nævn en fra"),
    # the steps of a group
    "junk among certificates": ("trustee collect --out out a.cert junk", *NO_JSON),
    "a key among certificates": ("trustee collect --out out a.cert plain.pub", "plain.pub cannot", "plain.pub kan"),
    "a certificate of the other group": (
        "trustee collect --out out a.cert r.cert", "larger than the group", "større, end gruppen"),
    "no certificate": ("trustee collect --out out empty", "between 1 and 50", "mellem 1 og 50"),
    "a threshold of nobody": (f"{DEAL} a --threshold 0", "between 2 and 3", "mellem 2 og 3"),
    "a threshold below nobody": (f"{DEAL} a --threshold -1", "between 2 and 3", "mellem 2 og 3"),
    "a threshold of one": (f"{DEAL} a --threshold 1", "between 2 and 3", "mellem 2 og 3"),
    "a threshold above the members": (f"{DEAL} a --threshold 4", "between 2 and 3", "mellem 2 og 3"),
    "a huge threshold": (f"{DEAL} a --threshold 99999999999999999999", "between 2 and 3", "mellem 2 og 3"),
    "a member of another group": (f"{DEAL} z", "Ask for the right list", "Bed om den rigtige liste"),
    "a trustee alone who deals": (f"{DEAL} plain", "made with certify", "lavede med certify"),
    "a step done twice": ("trustee deal --key a --certs certs --threshold 2 --out a.dealt", "exists", "findes"),
    "a missing dealer": (
        "trustee route --certs certs --out out a.dealt b.dealt", "2 trustees have dealt", "2 nøgleholdere har uddelt"),
    "a file for a folder": (
        "trustee route --certs certs --out kept a.dealt b.dealt c.dealt", "kept exists and is no", "kept findes og er"),
    "what was dealt to another": (f"{FINISH} for_b", "sealed for another key", "forseglet til en anden nøgle"),
    "what was dealt cut off": (f"{FINISH} cut_for_b", "cut_for_b cannot be used", "cut_for_b kan ikke bruges"),
    "a polynomial for what was dealt": (f"{FINISH} a.dealt", "What was dealt to you cannot be", "uddelt til dig, kan"),
    "parameters too early": (
        "trustee parameters --certs certs --polynomials a.dealt b.dealt c.dealt --out out empty", "1, 2, 3", "1, 2, 3"),
    "a private key among the public ones": ("trustee assemble --out out plain", "plain cannot", "plain kan ikke"),
    "a key twice": ("trustee assemble --out out plain.pub plain.pub", "same key", "samme nøgle"),
    # the key in use
    "a test for other trustees": (
        "trustee rehearse --key stranger --trustees trustees.json --test test --out out",
        "Take the key made for this election", "Brug den nøgle, der blev lavet til dette valg"),
    "junk for a test": (
        "trustee rehearse --key plain --trustees trustees.json --test junk --out out", "junk cannot", "junk kan ikke"),
    "junk for an answer": (
        "trustee rehearsal check --trustees trustees.json --test test junk", "junk cannot", "junk kan ikke"),
    "junk for trustees": ("trustee rehearsal new --trustees junk --out out", *NO_JSON),
    "junk for a record": ("trustee decrypt junk --key plain --out out", "FAULT in step 1", "FEJL i trin 1"),
    "a record not yet tallied": (
        "trustee decrypt young.bel --key plain --out out", "when voting has ended", "når afstemningen er slut"),
    "a stranger's key": (
        "trustee decrypt tallied.bel --key stranger --out out", "none of the election's", "nogen af valgets"),
    "a decryption over another file": ("trustee decrypt tallied.bel --key plain --out kept", *EXISTS),
    "a result without shares": ("tally result tallied.bel", "cannot come after", "kan ikke komme efter"),
    "a tally twice": ("tally close tallied.bel", "cannot come after", "kan ikke komme efter"),
    "a folder without a record": ("tally close a_folder", "there are 0 archives", "der er 0 arkiver"),
    # the registrar
    "no roll": (f"{MAKE} --roll nothing --out out", *MISSING),
    "junk for a roll": (f"{MAKE} --roll junk --out out", "was not imported", "blev ikke importeret"),
    "a folder for a roll": (f"{MAKE} --roll a_folder --out out", *FOLDER),
    "more cards than anybody needs": (f"{MAKE} --cards 9999999999 --out out", "At most 1000000", "højst laves 1000000"),
    "more spare cards than anybody needs": (
        f"{MAKE} --cards 1 --spare 9999999 --out out", "At most 1000000", "højst laves 1000000"),
    "cards over others": (f"{MAKE} --cards 1 --out cards", "exists already", "findes allerede"),
    "a file for the cards' folder": (f"{MAKE} --cards 1 --out kept", "is no folder", "er ikke en mappe"),
    "junk for weights": (f"{MAKE} --cards 1 --weights junk --out out", "Line 1 of the weights", "Linje 1"),
    "a weight of 5,000 digits": (f"{MAKE} --cards 1 --weights heavy --out out", "Line 1 of the weights", "Linje 1"),
    "an address that is none": (f"{CARDS} --address valg --cards 1 --out out", "begins with http", "begynder med http"),
    "a trustee's key for cards": (
        "registrar reprint sealed --passphrase-file pw --card 1 --out out", "of another kind", "af en anden slags"),
    "cards cut off": (
        "registrar reprint cut_cards --passphrase-file pw --card 1 --out out", "Take the copy", "Brug den kopi"),
    "a card that is not there": (f"{REPRINT} --card 2", "no card for the door", "intet kort til døren"),
    "a reprint over another file": (
        "registrar reprint cards/private_creds.sealed.json --passphrase-file pw --card 1 --out kept", *EXISTS),
    "junk for a list": ("registrar fingerprint junk", "not readable JSON", "ikke læselig JSON"),
    # ballots and the opening
    "a template that is junk": ("open el --election-uuid 4S92PJQYHSkk7n --template junk", *NO_JSON),
    "no folder to open": ("open nothing --election-uuid 4S92PJQYHSkk7n --template junk", *MISSING),
    "junk for a code": (
        "ballot make young.bel --choices choices --credential junk", "which codes never use", "bruges aldrig i koder"),
}  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "pw").write_text("korrekt hest batteri\n")
    (folder / "other_pw").write_text("en helt anden sætning\n")
    junk = {"junk": b"\xff\xfe\x00\x80", "empty": b"", "kept": b"kept", "heavy": b"1," + b"9" * 5000}
    for name, content in junk.items():
        (folder / name).write_bytes(content)
    (folder / "a_folder").mkdir()
    (folder / "choices").write_text("[[1,0,0,0]]")
    before = Path.cwd()
    os.chdir(folder)
    try:
        run("trustee keygen --out sealed --passphrase-file pw")
        for key in ("plain", "stranger"):
            run(f"trustee keygen --plain --out {key}")
        run("trustee keygen --plain --out of_the_other_group --group RFC-3526-2048")
        for key in "abcz":
            run(f"trustee certify --plain --out {key}")
        run("trustee certify --plain --out r --group RFC-3526-2048")
        run("trustee collect --out certs a.cert b.cert c.cert")
        for key in "abc":
            run(f"trustee deal --key {key} --certs certs --threshold 2 --out {key}.dealt")
        run("trustee route --certs certs --out routed a.dealt b.dealt c.dealt")
        run(f"{MAKE} --cards 1 --out cards")
        run("trustee assemble --out trustees.json plain.pub")
        run("trustee rehearsal new --trustees trustees.json --out test")
        # In no way that a command has.
        member = parse_certificate(load_json((folder / "b.cert").read_bytes()), BELENIOS_2048).fingerprint
        (folder / "for_b").write_bytes((folder / "routed" / f"{member}.vinput").read_bytes())
        halves = {"cut": "plain", "cut_a": "a", "cut_sealed": "sealed", "cut_for_b": "for_b"}
        for name, whole in (halves | {"cut_cards": "cards/private_creds.sealed.json"}).items():
            (folder / name).write_bytes((folder / whole).read_bytes()[:-20])
        election = make_election(known_trustees=parse_trustees((folder / "trustees.json").read_bytes(), BELENIOS_2048))
        election.vote(0, 1)
        election.vote(1, 1)
        (folder / "young.bel").write_bytes(election.archive())
        election.close()
        (folder / "tallied.bel").write_bytes(election.archive())
        (folder / "el").mkdir()
        for name in ("trustees.json", "cards/public_creds.json"):
            (folder / "el" / Path(name).name).write_bytes((folder / name).read_bytes())
    finally:
        os.chdir(before)
    return folder


def run(words: str) -> None:
    assert main(words.split()) == 0, words


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("way", FAULTS)
def test_a_fault_is_named_with_its_cure_in_both_languages_and_leaves_no_file_behind(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    words, english, danish = FAULTS[way]
    monkeypatch.chdir(files)
    before = everything(files)
    for language, said in (("en", english), ("da", danish)):
        capsys.readouterr()
        assert main([*words.split(), "--language", language]) in {1, 2}
        assert said in capsys.readouterr().err
    assert everything(files) == before


@pytest.mark.parametrize("words", ["trustee keygen --plain --out", "trustee sheet --key plain --out"])
def test_where_one_may_not_write_nothing_is_made(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(files)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    for language, said in (("en", "you may not read or write there"), ("da", "du har ikke ret til")):
        assert main([*words.split(), "locked", "--language", language]) == 2
        assert said in capsys.readouterr().err
    assert not (files / "locked").exists()


@pytest.mark.parametrize(
    ("number", "english", "danish"),
    [
        (errno.ENOSPC, "there is no room left", "der er ikke mere plads"),
        (errno.EACCES, "you may not read or write", "du har ikke ret"),
        (errno.EIO, "cannot be read or written: Input/output error", "kan ikke læses eller skrives"),
    ],
)
def test_a_disk_that_fails_half_way_leaves_nothing(
    files: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    english: str,
    danish: str,
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.chdir(files)
    before = everything(files)
    for language, said in (("en", english), ("da", danish)):
        for function in ((os, "fsync"), (tempfile, "mkstemp")):
            with monkeypatch.context() as broken:
                broken.setattr(*function, fail)
                assert main(["trustee", "keygen", "--plain", "--out", "half", "--language", language]) == 2
            assert said in capsys.readouterr().err
    assert everything(files) == before


def test_ctrl_c_ends_a_command_and_leaves_nothing(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_given: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.chdir(files)
    before = everything(files)
    for function in ((getpass, "getpass"), (os, "fsync")):
        with monkeypatch.context() as broken:
            broken.setattr(*function, interrupted)
            plain = ["--plain"] if function[0] is os else []
            assert main(["trustee", "keygen", *plain, "--out", "half"]) == INTERRUPTED
    assert everything(files) == before


def test_no_passphrase_is_asked_for_where_it_would_be_seen(
    files: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def echoing(question: str) -> str:
        asked.append(question)
        warnings.warn("Can not control echo on the terminal.", getpass.GetPassWarning, stacklevel=1)
        return "korrekt hest batteri"

    def closed(_question: str) -> str:
        raise EOFError

    monkeypatch.chdir(files)
    for answer in (echoing, closed):
        monkeypatch.setattr(getpass, "getpass", answer)
        for language, said in (("en", "--passphrase-file or"), ("da", "--passphrase-file eller")):
            assert main(["trustee", "sheet", "--key", "sealed", "--out", "out", "--language", language]) == 1
            assert said in capsys.readouterr().err
    assert asked == ["Passphrase: ", "Adgangssætning: "]
    assert not (files / "out").exists()


def test_what_is_secret_is_the_owners_alone_and_never_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in a folder with a space in its name, and for a user whose files everybody may read."""
    folder = tmp_path / "med mellemrum"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "pw").write_text("korrekt hest batteri\n")
    before = os.umask(0)
    try:
        for words in (
            "trustee keygen --out key --passphrase-file pw --sheet key.pdf",
            "trustee keygen --out plain --plain",
            "trustee certify --out member --plain",
            f"{MAKE} --cards 2 --out cards",
            f"{REPRINT} --card 1",
            "trustee sheet --key plain --out plain.pdf",
        ):
            run(words)
    finally:
        os.umask(before)
    printed = "".join(capsys.readouterr())
    secret = ["key", "plain", "member", "key.pdf", "plain.pdf", "out"]
    secret += [f"cards/{name}" for name in ("private_creds.sealed.json", "print_job.json")]
    for name in secret:
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name
    hidden = [card.code for card in parse_print_job((folder / "cards" / "print_job.json").read_bytes()).cards]
    hidden += [(folder / name).read_text().strip().strip('"') for name in ("plain", "member", "pw")]
    for word in hidden:
        assert word not in printed


def test_a_plain_key_is_read_in_the_group_of_the_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = generate_trustee(RFC_3526_2048)
    election = make_election(known_trustees=[key.public()], group=RFC_3526_2048)
    election.vote(0, 1)
    election.vote(1, 1)
    election.close()
    election.save(tmp_path)
    (tmp_path / "key").write_bytes(key.file_content())
    monkeypatch.chdir(tmp_path)
    run("trustee decrypt . --key key --out share")
