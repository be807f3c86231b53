"""``election trustee``: every step on files, as a trustee and an administrator run it."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from election.__main__ import main
from election.ballots import parse_ballot
from election.credential_list import credentials_document
from election.credentials import derive_credential
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.record.canonical import load_json
from election.record.writer import end_ballots_entries, owned_document, setup_entries_of, tally_entries
from election.shares import parse_share, verify_share
from election.tally import tally_ballots
from election.trustees import TrusteePrivateKey, parse_trustee_private_key, parse_trustees, trustee_keys
from election.trustees.certificates import parse_certificate
from election.trustees.channels import ChannelKeys
from election.trustees.coefficients import commitment, parse_coefficients
from election.trustees.keyfile import unseal
from election.trustees.recovery import recovery_lines
from election.verify import verify_archive
from tests.election.elections import make_election

PASSPHRASE = "korrekt hest batteri hæfteklamme"


class Desk:
    """A folder in which the commands run, and what they say."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        (folder / "passphrase").write_text(PASSPHRASE + "\n")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = main(["trustee", *arguments])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def good(self, *arguments: str) -> str:
        code, out, err = self.run(*arguments)
        assert (code, err) == (0, "")
        return out

    def refused(self, *arguments: str) -> str:
        code, out, err = self.run(*arguments)
        assert (code, out) == (1, "")
        return err

    def key(self, name: str) -> tuple[str, ...]:
        return "--key", str(self.folder / name), "--passphrase-file", str(self.folder / "passphrase")

    def out(self, name: str) -> tuple[str, ...]:
        return "--out", str(self.folder / name)

    def new(self, name: str) -> tuple[str, ...]:
        return *self.out(name), "--passphrase-file", str(self.folder / "passphrase")

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One trustee alone and a group of two of three, each step by its command; keys plain, so that it is quick."""
    folder = tmp_path_factory.mktemp("trustees")
    at = lambda name: str(folder / name)  # noqa: E731

    def run(*arguments: str) -> None:
        assert main(["trustee", *arguments]) == 0

    run("keygen", "--out", at("alone"), "--plain")
    for member in "abc":
        run("certify", "--out", at(member), "--plain")
    run("collect", "--out", at("certs"), at("a.cert"), at("b.cert"), at("c.cert"))
    agreed = ("--certs", at("certs"), "--threshold", "2")
    for member in "abc":
        run("deal", "--key", at(member), *agreed, "--out", at(f"{member}.dealt"))
    dealt = [at("c.dealt"), at("a.dealt"), at("b.dealt")]
    run("route", "--certs", at("certs"), "--out", at("routed"), *dealt)
    fingerprints = re.findall(r"[0-9a-f]{64}", " ".join(path.name for path in (folder / "routed").iterdir()))
    assert len(fingerprints) == 3
    for member in "abc":
        name = parse_certificate(load_json((folder / f"{member}.cert").read_bytes()), GROUP).fingerprint
        run(
            "finish",
            "--key",
            at(member),
            *agreed,
            "--dealt",
            at(f"routed/{name}.vinput"),
            "--out",
            at(f"{member}.done"),
        )
    finished = [at("b.done"), at("c.done"), at("a.done")]
    run("parameters", "--certs", at("certs"), "--out", at("group"), *finished, "--polynomials", *dealt)
    run("assemble", "--out", at("trustees.json"), at("alone.pub"), at("group"))
    return folder


def test_every_step_of_a_group_by_its_command_leads_to_the_trustees_of_an_election(made: Path) -> None:
    trustees = parse_trustees((made / "trustees.json").read_bytes(), GROUP)
    assert len(trustee_keys(trustees)) == 4


def test_a_dealer_who_shows_other_coefficients_than_they_told_of_is_named(made: Path, desk: Desk) -> None:
    """Row 5 of the attacks: whoever waited for the others' coefficients is bound to their own by then."""
    polynomials = [load_json((made / f"{member}.dealt").read_bytes()) for member in "abc"]
    certificates = [parse_certificate(load_json((made / f"{member}.cert").read_bytes()), GROUP) for member in "abc"]
    told = [
        commitment(parse_coefficients(each["coefexps"], certificate.verification, GROUP, dealer=1))
        for each, certificate in zip(polynomials, certificates, strict=True)
    ]
    agreed = ("--certs", str(made / "certs"), "--threshold", "2", "--committed", desk.path("noted"))
    dealt = str(made / "routed" / f"{certificates[0].fingerprint}.vinput")
    finish = ("finish", "--key", str(made / "a"), *agreed, "--dealt", dealt)
    (desk.folder / "noted").write_text("\n".join([*reversed(told), ""]))
    desk.good(*finish, *desk.out("done"))
    again = desk.good("deal", "--key", str(made / "c"), *agreed[:4], *desk.out("again")).split()[-1]
    (desk.folder / "noted").write_text("\n".join([*told[:2], again]))
    assert "Dealer 3 shows other coefficients" in desk.refused(*finish, *desk.out("other"))
    (desk.folder / "noted").write_text("\n".join([told[0], told[0], told[1]]))
    assert "2 commitments were noted" in desk.refused(*finish, *desk.out("other"))


def test_trustees_decrypt_a_record_by_command_and_one_member_may_be_missing(made: Path, desk: Desk) -> None:
    trustees = parse_trustees((made / "trustees.json").read_bytes(), GROUP)
    election = make_election(known_trustees=trustees)
    election.vote(0, 1)
    record = election.save(desk.folder)
    alone = ("decrypt", "--key", str(made / "alone"), str(record))
    assert "The record holds no tally yet" in desk.refused(*alone, *desk.out("early"))
    election.vote(1, 1)
    tally = election.close()
    record = election.save(desk.folder)
    assert "trustee 1" in desk.good(*alone, *desk.out("share1"))
    member = ("decrypt", "--key", str(made / "b"), "--finished", str(made / "b.done"), str(record))
    assert "trustee 3" in desk.good(*member, *desk.out("share3"))
    for owner in (1, 3):
        share, owned = desk.read(f"share{owner}").splitlines()
        assert load_json(owned)["owner"] == owner
        read = parse_share(load_json(share), election.definition)
        verify_share(read, trustee_keys(trustees)[owner - 1], tally, election.definition)
    with record.open("rb") as file:
        assert verify_archive(file).tally == tally


def test_a_key_opens_one_tally_of_an_election_as_two_that_differ_by_a_ballot_show_it(made: Path, desk: Desk) -> None:
    election = make_election(known_trustees=parse_trustees((made / "trustees.json").read_bytes(), GROUP))
    (desk.folder / "key").write_bytes((made / "alone").read_bytes())
    decrypt = ("decrypt", "--key", desk.path("key"))
    election.vote(0, 1)
    election.vote(1, 2)
    entries, head = list(election.entries), election.head
    election.close()
    desk.good(*decrypt, str(election.save(desk.folder)), *desk.out("share"))
    desk.good(*decrypt, str(election.save(desk.folder)), *desk.out("the same again"))
    election.entries, election.head = entries, head
    election.vote(2, 0)
    election.close()
    refused = desk.refused(*decrypt, str(election.save(desk.folder)), *desk.out("other"))
    assert "another tally of this election" in refused
    assert not (desk.folder / "other").exists()
    another = make_election(known_trustees=parse_trustees((made / "trustees.json").read_bytes(), GROUP))
    another.vote(0, 1)
    another.vote(1, 2)
    another.close()
    desk.good(*decrypt, str(another.save(desk.folder)), *desk.out("of another election"))


def test_ballots_that_count_more_than_once_are_decrypted_only_when_the_trustee_says_so(made: Path, desk: Desk) -> None:
    """With weights 1, 2, 4 … the sum tells each vote, and nobody need open a ballot for it."""
    election = make_election(known_trustees=parse_trustees((made / "trustees.json").read_bytes(), GROUP))
    definition = election.definition
    weights = {
        derive_credential(code, definition.uuid, GROUP).public: 2**place for place, code in enumerate(election.codes)
    }
    election.take(setup_entries_of(definition, (made / "trustees.json").read_bytes(), credentials_document(weights)))
    election.entries = election.entries[-5:]
    for elector in range(3):
        election.vote(elector, elector % 2)
    ballots = [
        parse_ballot(entry.content, definition) for entry in election.entries if b"election_uuid" in entry.content
    ]
    assert election.head is not None
    election.take(end_ballots_entries(election.head))
    election.take(tally_entries(election.head, tally_ballots(definition, ballots, weights)))
    decrypt = ("decrypt", "--key", str(made / "alone"), str(election.save(desk.folder)))
    assert "who voted how" in desk.refused(*decrypt, *desk.out("refused"))
    desk.good(*decrypt, "--weights", *desk.out("share"))


def test_a_bad_share_never_enters_a_record_of_ours_and_the_trustee_can_decrypt_again(made: Path, desk: Desk) -> None:
    trustees = parse_trustees((made / "trustees.json").read_bytes(), GROUP)
    election = make_election(known_trustees=trustees)
    for elector in (0, 1):
        election.vote(elector, 1)
    election.close()
    record = election.save(desk.folder)
    before = record.read_bytes()
    desk.good("decrypt", "--key", str(made / "b"), "--finished", str(made / "b.done"), str(record), *desk.out("share"))
    share, _ = desk.read("share").splitlines()
    for bad in (b"{}", share[:-1], share.replace(b'"response":"', b'"response":"1', 1)):
        (desk.folder / "bad").write_bytes(bad + b"\n" + owned_document(3, bad) + b"\n")
        assert main(["tally", "add", str(record), desk.path("bad")]) == 1
        assert record.read_bytes() == before
    assert main(["tally", "add", str(record), desk.path("share")]) == 0


def test_a_tally_of_a_single_ballot_is_not_opened(made: Path, desk: Desk) -> None:
    election = make_election(known_trustees=parse_trustees((made / "trustees.json").read_bytes(), GROUP))
    election.vote(0, 1)
    election.close()
    refused = desk.refused("decrypt", "--key", str(made / "alone"), *desk.out("share"), str(election.save(desk.folder)))
    assert "single ballot" in refused
    assert not (desk.folder / "share").exists()


def test_a_key_that_is_not_the_elections_and_a_forged_record_are_refused(made: Path, desk: Desk) -> None:
    election = make_election()
    for elector in (0, 1):
        election.vote(elector, 1)
    election.close()
    record = election.save(desk.folder)
    use = ("decrypt", "--key", str(made / "alone"), *desk.out("share"))
    assert "belongs to none of the election's trustees" in desk.refused(*use, str(record))
    raw = bytearray(record.read_bytes())
    raw[-700] ^= 1
    record.write_bytes(raw)
    assert "FAULT in step" in desk.refused(*use, str(record))


def test_a_rehearsal_by_command(made: Path, desk: Desk) -> None:
    trustees = ("--trustees", str(made / "trustees.json"))
    desk.good("rehearsal", "new", *trustees, *desk.out("test"))
    test = (*trustees, "--test", desk.path("test"))
    desk.good("rehearse", "--key", str(made / "alone"), *test, *desk.out("1"))
    for number, member in enumerate("abc", start=2):
        files = ("--key", str(made / member), "--finished", str(made / f"{member}.done"))
        assert f"trustee {number}" in desk.good("rehearse", *files, *test, *desk.out(str(number)))
    answers = [desk.path(str(number)) for number in (1, 2, 3, 4)]
    code, out, err = desk.run("rehearsal", "check", *test, *answers[:3])
    assert code == 1
    assert "Trustees 2 to 4: 2 have shown their key; 2 are needed to count, 3 before voting opens." in out
    assert "2 of the trustees 2 to 4 have shown their key; 3 must" in err
    decided = ("--decided-by", "Valgbestyrelsen", "--reason", "Den tredje er syg")
    assert "READY BY DECISION of Valgbestyrelsen" in desk.good("rehearsal", "check", *test, *answers[:3], *decided)
    assert desk.run("rehearsal", "check", *test, *answers[:3], "--decided-by", "Valgbestyrelsen")[0] == 1
    assert "READY: voting may open." in desk.good("rehearsal", "check", *test, *answers)


def test_a_sealed_key_is_for_its_owner_only_and_nothing_is_written_over(desk: Desk) -> None:
    assert "Keep it" in desk.good("keygen", *desk.new("key"))
    secret = unseal(desk.read("key"), PASSPHRASE)
    assert isinstance(secret, TrusteePrivateKey)
    assert stat.S_IMODE((desk.folder / "key").stat().st_mode) == 0o600
    before = desk.read("key")
    (desk.folder / "second.pub").write_text("something else")
    assert "second.pub exists already" in desk.refused("keygen", *desk.new("second"))
    assert not (desk.folder / "second").exists()
    (desk.folder / "second.pub").unlink()
    assert "exists already" in desk.refused("keygen", *desk.new("key"))
    assert desk.read("key") == before
    assert sorted(path.name for path in desk.folder.iterdir()) == ["key", "key.pub", "passphrase"]


def test_a_file_that_cannot_be_written_whole_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device", "disk")

    monkeypatch.setattr(os, "fsync", fail)
    code, _, err = desk.run("keygen", *desk.out("key"), "--plain")
    assert (code, "key: there is no room left" in err) == (2, True)
    assert [path.name for path in desk.folder.iterdir()] == ["passphrase"]


def test_the_sheet_printed_with_a_key_gives_it_back_by_typing_or_scanning(desk: Desk) -> None:
    desk.good("certify", *desk.new("key"), "--sheet", desk.path("sheet.pdf"), "--language", "da")
    secret = unseal(desk.read("key"), PASSPHRASE)
    assert isinstance(secret, ChannelKeys)
    assert stat.S_IMODE((desk.folder / "sheet.pdf").stat().st_mode) == 0o600
    subprocess.run(["pdftoppm", "-r", "150", "-png", "sheet.pdf", "page"], cwd=desk.folder, check=True)
    scanned = [code.text for page in desk.folder.glob("page*.png") for code in zxingcpp.read_barcodes(Image.open(page))]
    (desk.folder / "lines").write_text("\n".join(scanned))
    desk.good("recover", "--lines", desk.path("lines"), *desk.new("back"))
    assert unseal(desk.read("back"), PASSPHRASE) == secret
    desk.good("sheet", *desk.key("back"), *desk.out("again.pdf"))
    lines = recovery_lines(secret)
    (desk.folder / "lines").write_text(lines[0])
    assert "Of 2 parts these are missing: 2." in desk.refused("recover", "--lines", desk.path("lines"), *desk.new("x"))
    assert not (desk.folder / "x").exists()


def test_a_wrong_passphrase_is_said_so_and_a_short_one_not_taken(desk: Desk) -> None:
    desk.good("keygen", *desk.new("key"))
    (desk.folder / "passphrase").write_text("forkert hest batteri\n")
    assert "does not open the file" in desk.refused("sheet", *desk.key("key"), *desk.out("sheet.pdf"))
    (desk.folder / "passphrase").write_text("kort\n")
    assert "too short" in desk.refused("keygen", *desk.new("other"))
    assert not (desk.folder / "other").exists()


def test_the_passphrase_is_asked_twice_or_read_from_a_descriptor_and_is_no_argument(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = [PASSPHRASE, PASSPHRASE, PASSPHRASE, "noget helt andet"]
    monkeypatch.setattr("getpass.getpass", lambda _question: typed.pop(0))
    desk.good("keygen", *desk.out("key"))
    assert isinstance(unseal(desk.read("key"), PASSPHRASE), TrusteePrivateKey)
    assert "not the same" in desk.refused("keygen", *desk.out("other"))
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\r\nmore")
    os.close(writing)
    desk.good("sheet", "--key", desk.path("key"), "--passphrase-fd", str(reading), *desk.out("sheet.pdf"))
    os.close(reading)
    with pytest.raises(SystemExit):
        main(["trustee", "keygen", *desk.out("third"), "--passphrase", PASSPHRASE])


def test_keys_in_the_form_of_belenios_tool_on_request(desk: Desk) -> None:
    desk.good("keygen", *desk.out("key"), "--plain")
    private = parse_trustee_private_key(desk.read("key"))
    public = load_json(desk.read("key.pub"))
    assert public["public_key"] == str(private.public().public_key)
    desk.good("certify", *desk.out("seed"), "--plain", "--public", desk.path("certificate"))
    assert re.fullmatch(rb"[1-9A-HJ-NP-Za-km-z]{22}\n", desk.read("seed"))


def test_a_key_of_the_wrong_kind_is_named(made: Path, desk: Desk) -> None:
    agreed = ("--certs", str(made / "certs"), "--threshold", "2", *desk.out("out"))
    assert "Take the key that you made with certify" in desk.refused("deal", "--key", str(made / "alone"), *agreed)
    desk.good("rehearsal", "new", "--trustees", str(made / "trustees.json"), *desk.out("test"))
    test = ("--trustees", str(made / "trustees.json"), "--test", desk.path("test"), *desk.out("out"))
    assert "--finished" in desk.refused("rehearse", "--key", str(made / "a"), *test)


def test_faults_of_the_steps_are_named(made: Path, desk: Desk) -> None:
    certs = ("--certs", str(made / "certs"))
    at = lambda name: str(made / name)  # noqa: E731
    assert "same key" in desk.refused("collect", *desk.out("x"), at("a.cert"), at("a.cert"))
    assert "dealt twice" in desk.refused("route", *certs, *desk.out("x"), at("a.dealt"), at("a.dealt"), at("b.dealt"))
    assert "2 trustees have dealt" in desk.refused("route", *certs, *desk.out("x"), at("a.dealt"), at("b.dealt"))
    (desk.folder / "junk").write_text("{}\n")
    assert "File 2 was dealt by none" in desk.refused("route", *certs, *desk.out("x"), at("a.dealt"), desk.path("junk"))
    (desk.folder / "stranger.dealt").write_bytes((made / "a.dealt").read_bytes())
    strangers = desk.path("strangers")
    for name in "xyz":
        desk.good("certify", *desk.out(name), "--plain")
    desk.good("collect", "--out", strangers, *(desk.path(f"{name}.cert") for name in "xyz"))
    refused = desk.refused("route", "--certs", strangers, *desk.out("r"), desk.path("stranger.dealt"))
    assert "none of the certified trustees" in refused
    vinput = next((made / "routed").iterdir())
    wrong = ("finish", "--key", at("a"), *certs, "--threshold", "3", "--dealt", str(vinput), *desk.out("f"))
    assert "was dealt with threshold 2; 3 was agreed" in desk.refused(*wrong)
    dealt = ("--polynomials", at("a.dealt"), at("b.dealt"), at("c.dealt"))
    refused = desk.refused("parameters", *certs, *desk.out("p"), at("a.done"), at("c.done"), *dealt)
    assert "have not finished: 2" in refused
    code, _, err = desk.run("assemble", *desk.out("t"), desk.path("nothing"))
    assert (code, "nothing" in err) == (2, True)


def test_danish_is_spoken(desk: Desk) -> None:
    (desk.folder / "lines").write_text("hej\n")
    said = desk.refused("recover", "--lines", desk.path("lines"), *desk.new("key"), "--language", "da")
    assert "Linje 1 er ikke en linje fra et gendannelsesark." in said
