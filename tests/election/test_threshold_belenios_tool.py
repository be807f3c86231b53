"""Threshold groups in both directions with ``belenios-tool``: each step of one used by the other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.record.canonical import canonical_bytes, load_json
from election.record.writer import owned_share_document
from election.tally import decrypt_share
from election.trustees import (
    TrusteePrivateKey,
    owner_of,
    parse_trustee_private_key,
    parse_trustees,
    trustee_public_key_to_json,
    trustees_to_bytes,
)
from election.trustees.certificates import Certificate, certificate_to_json, make_certificate, parse_certificate
from election.trustees.channels import ChannelKeys, generate_channel_keys, parse_seed
from election.trustees.dealing import (
    Polynomial,
    assemble,
    deal,
    finish,
    open_decryption_key,
    parse_polynomial,
    parse_vinput,
    parse_voutput,
    polynomial_to_bytes,
    route,
    vinput_to_bytes,
    voutput_to_bytes,
)
from election.trustees.secrets import plain_content
from election.trustees.threshold import parse_threshold_group, threshold_group_to_json
from election.verify import verify_archive
from tests.election.dealings import Dealing, a_dealing, a_single, an_election
from tests.election.test_belenios_tool import TOOL, raw_output, tool, vote_by_the_tool

pytestmark = pytest.mark.skipif(TOOL is None, reason="belenios-tool is not installed: run scripts/system-setup")
THRESHOLD = ("setup", "generate-trustee-key-threshold", "--group", "BELENIOS-2048")


def step(folder: Path, number: int, *arguments: str, given: bytes = b"") -> bytes:
    """One step of the tool."""
    return raw_output(folder, *THRESHOLD, "--step", str(number), *arguments, given=given)


class Member:
    """A member of a group who runs either program at every step."""

    def __init__(self, folder: Path, *, tool_made: bool, tool_deals: bool, tool_finishes: bool) -> None:
        self.folder, self.tool_deals, self.tool_finishes = folder, tool_deals, tool_finishes
        folder.mkdir()
        if tool_made:
            step(folder, 1)
            self.keys = parse_seed(next(folder.glob("*.key")).read_bytes())
            self.certificate = parse_certificate(load_json(next(folder.glob("*.cert")).read_bytes().strip()), GROUP)
            assert next(folder.glob("*.cert")).stem == self.certificate.fingerprint
        else:
            self.keys = generate_channel_keys()
            self.certificate = make_certificate(self.keys)
        (folder / "key").write_bytes(plain_content(self.keys))

    def deal(self, certificates: Sequence[Certificate], place: int) -> Polynomial:
        if not self.tool_deals:
            return deal(self.keys, certificates, 2)
        self._certs(certificates)
        raw = step(self.folder, 3, "--certs", "certs.jsons", "--key", "key", "--threshold", "2")
        polynomial = parse_polynomial(load_json(raw.strip()), certificates, GROUP, dealer=place)
        assert polynomial_to_bytes(polynomial) == raw.strip()
        return polynomial

    def finish(self, certificates: Sequence[Certificate], vinput: bytes) -> bytes:
        if not self.tool_finishes:
            read = parse_vinput(load_json(vinput), certificates, GROUP)
            assert vinput_to_bytes(read) == vinput
            return voutput_to_bytes(finish(self.keys, certificates, read))
        self._certs(certificates)
        return step(self.folder, 5, "--certs", "certs.jsons", "--key", "key", given=vinput).strip()

    def _certs(self, certificates: Sequence[Certificate]) -> None:
        (self.folder / "certs.jsons").write_bytes(lines(certificate_to_json(each) for each in certificates))


def lines(messages: object) -> bytes:
    return b"".join(canonical_bytes(each) + b"\n" for each in messages)  # type: ignore[attr-defined]


@pytest.mark.parametrize("tool_administers", [False, True], ids=["we-administer", "the-tool-administers"])
@pytest.mark.parametrize(
    "members",
    [
        [(True, True, True), (False, False, False), (True, False, True)],
        [(False, True, False), (True, True, False), (False, False, True)],
    ],
    ids=["mixed", "other-mixture"],
)
def test_a_group_whose_steps_are_run_by_either_program_has_one_key(
    tmp_path: Path, members: list[tuple[bool, bool, bool]], tool_administers: bool
) -> None:
    group = [
        Member(tmp_path / str(number), tool_made=made, tool_deals=deals, tool_finishes=finishes)
        for number, (made, deals, finishes) in enumerate(members)
    ]
    certificates = [each.certificate for each in group]
    polynomials = [each.deal(certificates, place) for place, each in enumerate(group, start=1)]
    office = tmp_path / "office"
    office.mkdir()
    (office / "certs.jsons").write_bytes(lines(certificate_to_json(each) for each in certificates))
    (office / "polynomials.jsons").write_bytes(b"".join(polynomial_to_bytes(each) + b"\n" for each in polynomials))
    step(office, 2, "--certs", "certs.jsons")
    vinputs = [vinput_to_bytes(each) for each in route(certificates, polynomials)]
    if tool_administers:
        step(office, 4, "--certs", "certs.jsons", "--polynomials", "polynomials.jsons")
        theirs = [(office / f"{each.fingerprint}.vinput").read_bytes().strip() for each in certificates]
        assert theirs == vinputs
    voutputs = [each.finish(certificates, vinput) for each, vinput in zip(group, vinputs, strict=True)]
    read = [parse_voutput(load_json(raw), GROUP) for raw in voutputs]
    parameters, sealed = assemble(certificates, [each.coefficients for each in polynomials], read, GROUP)
    made = canonical_bytes(threshold_group_to_json(parameters))
    if tool_administers:
        given = b"".join(raw + b"\n" for raw in voutputs)
        theirs = step(office, 6, "--certs", "certs.jsons", "--polynomials", "polynomials.jsons", given=given)  # type: ignore[assignment]
        assert theirs.strip() == made  # type: ignore[attr-defined]
    assert parse_threshold_group(load_json(made), GROUP) == parameters
    for each, key, public in zip(group, sealed, parameters.keys, strict=True):
        assert open_decryption_key(each.keys, key).public().public_key == public.public_key


# ---------------------------------------------------------------------------------------------------- whole elections

MATRIX = {
    "single": lambda: (a_single(),),
    "two-singles": lambda: (a_single(), a_single(1)),
    "two-of-three": lambda: (a_dealing(3, 2),),
    "two-of-three-and-a-single": lambda: (a_single(), a_dealing(3, 2)),
    "two-of-three-before-a-single": lambda: (a_dealing(3, 2), a_single()),
    "two-groups": lambda: (a_dealing(3, 2), a_dealing(2, 2)),
}
PRESENT = {
    "single": [[1]],
    "two-singles": [[1, 2]],
    "two-of-three": [[1, 2], [3, 2]],
    "two-of-three-and-a-single": [[1, 3, 4], [2, 4, 1]],
    "two-of-three-before-a-single": [[1, 3, 4]],
    "two-groups": [[2, 3, 5, 4]],
}


@pytest.mark.parametrize(("kind", "present"), [(kind, each) for kind, sets in PRESENT.items() for each in sets])
def test_the_tool_accepts_our_record_at_every_phase(tmp_path: Path, kind: str, present: list[int]) -> None:
    under = an_election(*MATRIX[kind]())

    def accepted() -> None:
        under.election.save(tmp_path)
        assert "all checks passed" in tool(tmp_path, "election", "verify")

    under.election.vote(0, 1)
    under.election.vote(1)
    under.election.vote(0, 0)
    accepted()
    under.election.close()
    accepted()
    under.count(present)
    accepted()
    with next(tmp_path.glob("*.bel")).open("rb") as file:
        assert verify_archive(file).counts == ((1, 1, 0, 0),)


@pytest.mark.parametrize("kind", ["single", "two-singles", "two-of-three", "two-of-three-and-a-single"])
@pytest.mark.parametrize("made_by", ["made-by-us", "made-by-the-tool"])
def test_the_tool_holds_an_election_under_keys_of_either_and_both_decrypt(
    tmp_path: Path, kind: str, made_by: str
) -> None:
    if made_by == "made-by-us":
        privates = keys_of_ours(tmp_path, MATRIX[kind]())
    else:
        privates = keys_of_the_tool(
            tmp_path, singles=kind.count("single") + ("two-singles" in kind), group="three" in kind
        )
    codes = election_of_the_tool(tmp_path)
    archive = next(tmp_path.glob("*.bel"))
    for code, choice in zip([*codes, codes[0]], ["[[0,1,0]]", "[[1,0,0]]", "[[0,0,1]]", "[[0,0,1]]"], strict=True):
        vote_by_the_tool(tmp_path, code, choice)
    tool(tmp_path, "archive", "add-event", "--type=EndBallots")
    add(tmp_path, "EncryptedTally", raw_output(tmp_path, "election", "compute-encrypted-tally"))
    record = verify(archive)
    assert record.tally is not None
    privates_by_owner = {owner_of(record.trustees, key.public().public_key): (key, files) for key, files in privates}
    needed = [owner for owner in sorted(privates_by_owner) if owner != max(privates_by_owner) or "three" not in kind]
    for owner in needed:
        key, files = privates_by_owner[owner]
        # One after the other by the tool and by us.
        add(tmp_path, "PartialDecryption", decrypted(tmp_path, archive, owner, key, files))
        assert owner in verify(archive).shares
    add(tmp_path, "Result", raw_output(tmp_path, "election", "compute-result"))
    assert verify(archive).counts == ((1, 0, 2),)


def add(folder: Path, kind: str, given: bytes) -> None:
    tool(folder, "archive", "add-event", f"--type={kind}", given=given)


def verify(archive: Path):  # type: ignore[no-untyped-def]
    with archive.open("rb") as file:
        return verify_archive(file)


def decrypted(folder: Path, archive: Path, owner: int, key: TrusteePrivateKey, files: list[str]) -> bytes:
    if owner % 2:
        return raw_output(folder, "election", *files, "--trustee-id", str(owner))
    record = verify(archive)
    share = decrypt_share(key, record.tally, record.definition)
    return share.content + b"\n" + owned_share_document(owner, share) + b"\n"


def keys_of_ours(
    folder: Path, parts: tuple[TrusteePrivateKey | Dealing, ...]
) -> list[tuple[TrusteePrivateKey, list[str]]]:
    """The trustees' document by us, and each key as the tool's command reads it."""
    found: list[tuple[TrusteePrivateKey, list[str]]] = []
    for part in parts:
        if isinstance(part, TrusteePrivateKey):
            name = f"ours{len(found)}"
            (folder / name).write_bytes(plain_content(part))
            found.append((part, ["decrypt", "--privkey", name]))
            continue
        for number, (keys, voutput, private) in enumerate(zip(part.keys, part.voutputs, part.privates, strict=True)):
            (folder / f"member{number}").write_bytes(plain_content(keys))
            (folder / f"member{number}.dealt").write_text(voutput.private_key + "\n")
            files = ["decrypt-threshold", "--key", f"member{number}", "--decryption-key", f"member{number}.dealt"]
            found.append((private, files))
    items = [part.public() if isinstance(part, TrusteePrivateKey) else part.parameters for part in parts]
    (folder / "trustees.json").write_bytes(trustees_to_bytes(items))
    return found


def keys_of_the_tool(folder: Path, *, singles: int, group: bool) -> list[tuple[TrusteePrivateKey, list[str]]]:
    found: list[tuple[TrusteePrivateKey, list[str]]] = []
    if group:
        found += group_of_the_tool(folder)
    for _ in range(singles):
        tool(folder, "setup", "generate-trustee-key", "--group", "BELENIOS-2048")
    keys = sorted(folder.glob("*.privkey"))
    (folder / "public_keys.jsons").write_bytes(b"".join(key.with_suffix(".pubkey").read_bytes() for key in keys))
    found += [(parse_trustee_private_key(key.read_bytes()), ["decrypt", "--privkey", key.name]) for key in keys]
    tool(folder, "setup", "make-trustees")
    raw = (folder / "trustees.json").read_bytes().strip()
    assert trustees_to_bytes(parse_trustees(raw, GROUP)) == raw
    for key in keys:
        public = parse_trustee_private_key(key.read_bytes()).public()
        assert trustee_public_key_to_json(public) != json.loads(key.with_suffix(".pubkey").read_bytes())  # fresh proof
    return found


def group_of_the_tool(folder: Path) -> list[tuple[TrusteePrivateKey, list[str]]]:
    for _ in range(3):
        step(folder, 1)
    names = [path.stem for path in sorted(folder.glob("*.key"))]
    (folder / "certs.jsons").write_bytes(b"".join((folder / f"{name}.cert").read_bytes() for name in names))
    certs = ("--certs", "certs.jsons")
    dealt = [step(folder, 3, *certs, "--key", f"{name}.key", "--threshold", "2") for name in names]
    (folder / "polynomials.jsons").write_bytes(b"".join(dealt))
    polynomials = ("--polynomials", "polynomials.jsons")
    step(folder, 4, *certs, *polynomials)
    finished = [
        step(folder, 5, *certs, "--key", f"{name}.key", given=(folder / f"{name}.vinput").read_bytes())
        for name in names
    ]
    (folder / "threshold.json").write_bytes(step(folder, 6, *certs, *polynomials, given=b"".join(finished)))
    found = []
    for name in names:
        keys: ChannelKeys = parse_seed((folder / f"{name}.key").read_bytes())
        private = open_decryption_key(keys, (folder / f"{name}.dkey").read_text().strip())
        files = ["decrypt-threshold", "--key", f"{name}.key", "--decryption-key", f"{name}.dkey"]
        found.append((private, files))
    return found


def election_of_the_tool(folder: Path) -> list[str]:
    """An election of the tool under the trustees' document that lies there."""
    uuid = tool(folder, "setup", "generate-token").strip()
    options = ["--uuid", uuid, "--group", "BELENIOS-2048"]
    (folder / "voters.txt").write_text("a\nb\nc\n")
    tool(folder, "setup", "generate-credentials", *options, "--file", "voters.txt")
    next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
    codes = [line.split()[1] for line in next(folder.glob("*.privcreds")).read_text().splitlines()]
    (folder / "template.json").write_text(
        '{"description":"D","name":"N","questions":[{"answers":["A","B"],"blank":true,"min":0,"max":1,'
        '"question":"Q?"}],"administrator":"a","credential_authority":"c"}'
    )
    tool(folder, "setup", "make-election", *options, "--template", "template.json")
    tool(folder, "archive", "init")
    for name in ("election.json", "trustees.json", "public_creds.json", "threshold.json"):
        (folder / name).unlink(missing_ok=True)
    return codes
