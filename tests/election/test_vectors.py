"""The test vectors: what each case holds is what it says, and the script makes the same bytes again."""

from __future__ import annotations

import base64
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gmpy2 import mpz

from election.ballots import parse_ballot, tracker, verify_ballot
from election.challenge import check_opening
from election.credential_list import parse_credentials
from election.credentials import derive_credential
from election.crypto.elgamal import encrypt
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import parse_element, parse_scalar
from election.crypto.membership import check_members
from election.crypto.proofs import BlankStatement, verify_blank, verify_exponent, verify_interval
from election.crypto.wire import parse_ciphertext, parse_proof, parse_proofs
from election.definition import parse_election
from election.errors import ElectionError
from election.ids import ElectionUuid
from election.record.archive import read_archive
from election.record.chain import Entry, EntryKind
from election.record.replay import replay
from election.shuffles import parse_shuffle, verify_shuffled
from election.tally import (
    parse_counts,
    parse_share,
    parse_tally,
    tally_ballots,
    verify_counts,
    verify_share,
    verify_tally,
)
from election.trustees import parse_trustee_public_key
from election.trustees.certificates import parse_certificate
from scripts.make_vectors import FOLDER, vectors
from tests.election.tool_elections import TOOL, needs_tool

FILES = sorted(FOLDER.glob("*.json"))


def element(given: Any) -> None:
    check_members(GROUP, [parse_element(given, GROUP)])


def scalar(given: Any) -> None:
    parse_scalar(given, GROUP)


def elgamal(given: Any) -> None:
    read = parse_ciphertext(given["ciphertext"], GROUP)
    check_members(GROUP, [read.alpha, read.beta])
    key, secret = mpz(given["public_key"]), parse_scalar(given["randomness"], GROUP)
    assert read == encrypt(GROUP, key, given["number"], secret)


def knowledge(given: Any) -> None:
    proof = parse_proof(given["proof"], GROUP)
    verify_exponent(GROUP, given["tag"], given["statement"], parse_element(given["public"], GROUP), proof)


def interval_proof(given: Any) -> None:
    least, most = given["interval"]
    verify_interval(
        GROUP,
        parse_element(given["public_key"], GROUP),
        given["statement"],
        parse_ciphertext(given["ciphertext"], GROUP),
        parse_proofs(given["proofs"], GROUP, "proofs"),
        range(least, most + 1),
    )


def blank_proofs(given: Any) -> None:
    least, most = given["interval"]
    blank, total = (parse_ciphertext(given[name], GROUP) for name in ("blank", "total"))
    claim = BlankStatement(given["statement"], blank, total, range(least, most + 1))
    overall, either = (parse_proofs(given[name], GROUP, name) for name in ("overall_proof", "blank_proof"))
    verify_blank(GROUP, parse_element(given["public_key"], GROUP), claim, overall, either)


def credential(given: Any) -> dict[str, str]:
    keys = derive_credential(given["code"], ElectionUuid(given["uuid"]), GROUP)
    return {"secret": str(keys.secret), "public": str(keys.public)}


def public_list(given: Any) -> None:
    parse_credentials(given.encode(), GROUP)


def trustee_key(given: Any) -> None:
    parse_trustee_public_key(given, GROUP)


def ballot(given: Any) -> None:
    definition = parse_election(given["election"].encode())
    verify_ballot(parse_ballot(given["ballot"].encode(), definition), definition)


def a_tracker(given: Any) -> str:
    return tracker(given.encode())


def opening(given: Any) -> list[list[int]]:
    definition = parse_election(given["election"].encode())
    opened = check_opening(given["ballot"].encode(), given["opening"].encode(), definition)
    return [list(selection) for selection in opened.selections]


def encrypted_tally(given: Any) -> None:
    definition = parse_election(given["election"].encode())
    published = parse_tally(given["encrypted_tally"].encode(), given["sized_encrypted_tally"].encode(), definition)
    ballots = [parse_ballot(raw.encode(), definition) for raw in given["ballots"]]
    verify_tally(published, tally_ballots(definition, ballots))


def partial_decryption(given: Any) -> None:
    definition = parse_election(given["election"].encode())
    tally = parse_tally(given["encrypted_tally"].encode(), given["sized_encrypted_tally"].encode(), definition)
    share = parse_share(given["partial_decryption"], definition)
    verify_share(share, parse_trustee_public_key(given["trustee"], GROUP), tally, definition)


def result(given: Any) -> None:
    definition = parse_election(given["election"].encode())
    tally = parse_tally(given["encrypted_tally"].encode(), given["sized_encrypted_tally"].encode(), definition)
    shares = [parse_share(share, definition) for share in given["partial_decryptions"]]
    verify_counts(parse_counts(given["result"].encode(), definition), tally, shares, definition)


def event_chain(given: Any) -> None:
    for _ in replay(Entry(EntryKind(entry["kind"]), entry["content"].encode()) for entry in given):
        pass


def archive(given: Any) -> None:
    for _ in replay(read_archive(io.BytesIO(base64.b64decode(given)))):
        pass


def certificate(given: Any) -> None:
    parse_certificate(given, GROUP)


def shuffle(given: Any) -> None:
    definition = parse_election(given["election"].encode())
    tally = parse_tally(given["encrypted_tally"].encode(), given["sized_encrypted_tally"].encode(), definition)
    verify_shuffled(parse_shuffle(given["shuffle"].encode(), definition), tally, definition)


READERS: dict[str, Callable[[Any], Any]] = {
    "group_element": element,
    "scalar": scalar,
    "elgamal": elgamal,
    "proof_of_knowledge": knowledge,
    "signature": knowledge,
    "interval_proof": interval_proof,
    "blank_proofs": blank_proofs,
    "certificate": certificate,
    "shuffle": shuffle,
    "credential": credential,
    "public_list": public_list,
    "trustee_key": trustee_key,
    "ballot": ballot,
    "tracker": a_tracker,
    "opening": opening,
    "encrypted_tally": encrypted_tally,
    "partial_decryption": partial_decryption,
    "result": result,
    "event_chain": event_chain,
    "archive": archive,
}


def cases() -> list[Any]:
    found = []
    for file in FILES:
        message = json.loads(file.read_bytes())
        found += [
            pytest.param(message["kind"], case, id=f"{message['kind']}: {case['name']}") for case in message["cases"]
        ]
    return found


@pytest.mark.parametrize(("kind", "case"), cases())
def test_each_case_comes_out_as_it_says(kind: str, case: Any) -> None:
    if case["expected"] == "valid":
        assert READERS[kind](case["input"]) == case.get("output")
        return
    with pytest.raises(ElectionError) as caught:
        READERS[kind](case["input"])
    assert caught.value.code == case["expected"]


def test_every_file_has_a_reader_and_good_and_bad_cases() -> None:
    assert {file.stem for file in FILES} == set(READERS)
    for file in FILES:
        message = json.loads(file.read_bytes())
        expected = [case["expected"] for case in message["cases"]]
        assert message["kind"] == file.stem
        assert "valid" in expected
        assert len(set(expected)) > 1 or file.stem == "tracker"  # a tracker is a hash: nothing can be wrong with it
        assert len({case["name"] for case in message["cases"]}) == len(expected) or file.stem in {
            "credential",
            "tracker",
        }


def test_the_script_makes_the_same_bytes_again() -> None:
    made = vectors()
    assert {name for name, content in made.items() if (FOLDER / f"{name}.json").read_bytes() != content} == set()
    assert set(made) == {file.stem for file in FILES}


@needs_tool
def test_belenios_tool_derives_the_same_credentials() -> None:
    assert TOOL
    for case in json.loads((FOLDER / "credential.json").read_bytes())["cases"]:
        if case["expected"] == "valid":
            given = case["input"]
            asked = ["--uuid", given["uuid"], "--group", "BELENIOS-2048", "--derive", given["code"]]
            done = subprocess.run([TOOL, "setup", "generate-credentials", *asked], capture_output=True, check=True)
            assert done.stdout.decode().strip() == case["output"]["public"]


@needs_tool
def test_belenios_tool_verifies_the_archive(tmp_path: Path) -> None:
    assert TOOL
    for case in json.loads((FOLDER / "archive.json").read_bytes())["cases"]:
        if case["expected"] == "valid":
            (tmp_path / "vector.bel").write_bytes(base64.b64decode(case["input"]))
            done = subprocess.run([TOOL, "election", "verify"], cwd=tmp_path, capture_output=True, check=False)
            assert "all checks passed" in (done.stdout + done.stderr).decode()
