"""A group of trustees on the web: made by its members with our commands, handed in, and counted without all of them."""

from __future__ import annotations

import html
import io
import json
import re
import shlex
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from election.__main__ import main
from election.crypto.proofs import Proof
from election.record.canonical import canonical_bytes, sha256_hex
from election.shares import Share, decrypt_share, share_to_json
from election.tally import parse_tally
from election.trustees.threshold import threshold_group_to_json
from election.verify import verify_archive
from tests.election.dealings import a_dealing
from tests.election.test_threshold_election import poisoned
from tests.election.tool_elections import needs_tool, tool
from tests.webvote.driver import NAME, Official, Voter, message_of

MEMBERS = ("Anna Berg", "Bo Dahl", "Carl Ek")
BOARD = {"decided_by": "The election board", "reason": "Carl Ek is abroad; two of three are enough"}


class Desk:
    """A folder in which somebody runs exactly what a page says."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir()
        self.folder, self._patch = folder, monkeypatch

    def run(self, line: str, *more: str) -> None:
        program, *words = shlex.split(line)
        assert program == "election"
        with self._patch.context() as patch:
            patch.chdir(self.folder)
            found = [sorted(map(str, Path().glob(word))) if "*" in word else [word] for word in words]
            assert main([*(word for each in found for word in each), *more]) == 0, line

    def send(self, name: str, to: Desk, new_name: str) -> None:
        shutil.copy(self.folder / name, to.folder / new_name)


def lines_of(page: str) -> list[str]:
    return [html.unescape(line) for line in re.findall(r"<code[^>]*>(election [^<]*)</code>", page)]


def hold_ceremony(lines: list[str], office: Desk, desks: list[Desk]) -> None:
    """The six steps of the officials' page, by three members and an official."""
    certify, collect, deal, route, finish, parameters = lines
    for number, desk in enumerate(desks):
        desk.run(certify, "--plain")
        desk.send("my.key.cert", office, f"{number}.cert")
    office.run(collect)
    for number, desk in enumerate(desks):
        office.send("certs", desk, "certs")
        desk.run(deal)
        desk.send("my.dealt", office, f"{number}.dealt")
    office.run(route)
    certificates = (office.folder / "certs").read_text().splitlines()
    for number, (desk, certificate) in enumerate(zip(desks, certificates, strict=True)):
        office.send(f"routed/{fingerprint_of(certificate)}.vinput", desk, "dealt")
        desk.run(finish.replace("FILE", "dealt"))
        desk.send("my.finished", office, f"{number}.finished")
    office.run(parameters)


def fingerprint_of(certificate: str) -> str:
    return sha256_hex(json.loads(certificate)["message"].encode())


def hand_in(official: Official, slug: str, raw: bytes, names: tuple[str, ...] = MEMBERS) -> TestResponse:
    page = f"/official/e/{slug}/trustees"
    return official.post(f"{page}/group", page, parameters=(io.BytesIO(raw), "group"), names="\n".join(names))


def parameters_of() -> bytes:
    return canonical_bytes(threshold_group_to_json(a_dealing().parameters))


def with_group(official: Official, *, alone: int = 0, cards: int = 2, name: str = NAME) -> str:
    """Everything up to the seal, under a group of two of three and perhaps trustees alone, who come last."""
    slug = official.create(name=name)
    official.add_candidates(slug)
    official.door_cards(slug, cards)
    official.name_group(slug, a_dealing(), *MEMBERS)
    for number in range(alone):
        official.hand_in_key(slug, official.name_trustee(slug, f"Trustee {number}"))
    assert official.make_cards(slug).status_code == 200
    assert official.confirm_by_name(slug, "seal", name).status_code == 302
    return slug


def closed(app: Flask, official: Official, *, alone: int = 0) -> str:
    slug = with_group(official, alone=alone)
    assert official.open(slug).status_code == 302
    for number, code in enumerate(official.codes):
        Voter(app, slug, code).vote(number)
    assert official.confirm_by_name(slug, "close").status_code == 302
    return slug


def share_of(official: Official, slug: str, number: int) -> tuple[Share, Any, Any]:
    """A member's share, with the tally and the definition that it is of."""
    definition = official.definition(slug)
    content = canonical_bytes(official.get(f"/trustee/{slug}/{number}/tally.json").get_json()["encrypted_tally"])
    sized = {"num_tallied": 2, "total_weight": 2, "encrypted_tally": sha256_hex(content)}
    tally = parse_tally(content, canonical_bytes(sized), definition)
    return decrypt_share(official.keys[number], tally, definition), tally, definition


def send_share(official: Official, slug: str, number: int, share: Share) -> TestResponse:
    body = {"code": official.links[number], "partial_decryption": share_to_json(share)}
    return official.client.post(f"/trustee/{slug}/{number}/decryption", json=body, headers={"Accept-Language": "en"})


def result(official: Official, slug: str) -> list[int]:
    return [each["votes"] for each in official.get(f"/e/{slug}/result.json").get_json()["votes"]]


@needs_tool
def test_from_the_ceremony_to_a_result_that_belenios_tool_accepts_though_one_member_never_comes(
    app: Flask, official: Official, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = official.create()
    official.add_candidates(slug)
    official.door_cards(slug, 2)
    office = Desk(tmp_path / "office", monkeypatch)
    desks = [Desk(tmp_path / name, monkeypatch) for name in MEMBERS]
    hold_ceremony(lines_of(official.get(f"/official/e/{slug}/trustees").text), office, desks)
    official.keep_links(hand_in(official, slug, (office.folder / "group").read_bytes()))
    assert sorted(official.links) == [1, 2, 3]
    assert official.make_cards(slug).status_code == 200
    assert official.confirm_by_name(slug, "seal").status_code == 302
    for number, desk in zip((1, 2), desks, strict=False):
        answered = use_key(official, slug, number, desk, ("trustees.json", "test.json"), "my.answer", "answer")
        assert answered.status_code == 201
    assert "Waiting for: Carl Ek" in official.get(f"/official/e/{slug}/").text
    assert official.post(f"/official/e/{slug}/open", **BOARD).status_code == 302
    assert "Any 2 of these 3:" in official.get(f"/e/{slug}").text
    for number, code in enumerate(official.codes):
        Voter(app, slug, code).vote(number)
    assert official.confirm_by_name(slug, "close").status_code == 302
    for number, desk in zip((1, 2), desks, strict=False):
        answered = use_key(official, slug, number, desk, (), "my.share", "partial_decryption")
        assert answered.get_json() == {"awaited": 2 - number, "state": "done"}
    assert official.count(slug).status_code == 302
    assert result(official, slug) == [1, 1, 0, 0, 0, 0]
    accepted_by_both(official, slug, tmp_path, [1, 2])


def accepted_by_both(official: Official, slug: str, folder: Path, shares: list[int]) -> None:
    """The record is alone in a folder, as belenios-tool wants it."""
    record = official.get(f"/e/{slug}/record.bel").data
    (folder / f"{official.definition(slug).uuid}.bel").write_bytes(record)
    assert "all checks passed" in tool(folder, "election", "verify")
    assert sorted(verify_archive(io.BytesIO(record)).shares) == shares


def use_key(
    official: Official, slug: str, number: int, desk: Desk, files: tuple[str, ...], made: str, name: str
) -> TestResponse:
    """What the member's page says: save these files, run this, hand in what it made."""
    page = official.get(f"/trustee/{slug}/{number}").text
    for file in files:
        assert f'download="{file}"' in page
        (desk.folder / file).write_bytes(official.get(f"/trustee/{slug}/{number}/{file}").data)
    for record in re.findall(r'download="([^"]+\.bel)"', page):
        (desk.folder / record).write_bytes(official.get(f"/e/{slug}/record.bel").data)
    for line in lines_of(page):
        desk.run(line)
    # As handing_in.js does: the message stands on the first line.
    message = json.loads((desk.folder / made).read_text().splitlines()[0])
    body = {"code": official.links[number], name: message}
    where = "answer" if name == "answer" else "decryption"
    return official.client.post(f"/trustee/{slug}/{number}/{where}", json=body)


def test_a_bad_share_is_named_and_refused_and_the_others_go_on(app: Flask, official: Official) -> None:
    slug = closed(app, official)
    share, _, _ = share_of(official, slug, 1)
    ((first, *proofs),) = share.proofs
    spoilt = Share(factors=share.factors, proofs=((Proof(first.challenge, first.response + 1), *proofs),))
    assert message_of(send_share(official, slug, 1, spoilt)) == (400, "share-proof")
    assert message_of(send_share(official, slug, 2, share)) == (400, "share-proof")
    assert "Waiting for 2 of: Anna Berg, Bo Dahl, Carl Ek" in official.get(f"/official/e/{slug}/").text
    for number in (2, 3):
        assert official.decrypt(slug, number).status_code == 201
    assert official.count(slug).status_code == 302
    assert result(official, slug) == [1, 1, 0, 0, 0, 0]


def test_a_share_whose_proof_holds_for_something_else_only_waits_for_another_member(
    app: Flask, official: Official
) -> None:
    slug = closed(app, official)
    share, tally, definition = share_of(official, slug, 1)

    under: Any = SimpleNamespace(election=SimpleNamespace(definition=definition, tally=lambda: tally))
    assert send_share(official, slug, 1, poisoned(share, official.keys[1], under)).status_code == 201
    assert official.decrypt(slug, 3).status_code == 201
    assert official.count(slug).status_code == 400
    assert official.decrypt(slug, 2).status_code == 201
    assert official.count(slug).status_code == 302
    assert result(official, slug) == [1, 1, 0, 0, 0, 0]
    verify_archive(io.BytesIO(official.get(f"/e/{slug}/record.bel").data))


@needs_tool
def test_a_trustee_alone_beside_a_group_is_always_needed(app: Flask, official: Official, tmp_path: Path) -> None:
    slug = closed(app, official, alone=1)
    for number in (1, 3):
        official.decrypt(slug, number)
    page = official.post(f"/official/e/{slug}/count", f"/official/e/{slug}/close")
    assert "1 of these trustees: Trustee 0." in html.unescape(page.text)
    assert official.decrypt(slug, 4).status_code == 201
    assert official.count(slug).status_code == 302
    accepted_by_both(official, slug, tmp_path, [1, 3, 4])


def test_what_is_no_group_or_has_other_members_is_refused_in_words(official: Official) -> None:
    slug = official.create()
    good = parameters_of()
    low, exchanged = json.loads(good), json.loads(good)
    low["threshold"] = 1
    exchanged["certs"][0]["signature"] = exchanged["certs"][1]["signature"]
    for raw, words in (
        (b"", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b'"a key"', "cannot be read"),
        (canonical_bytes(low), "must lie between 2 and 3"),
        (canonical_bytes(exchanged), "not signed by its own key"),
    ):
        page = hand_in(official, slug, raw)
        assert page.status_code == 200
        assert words in page.text
        assert "trustee-link" not in page.text
    assert "There are 2 names, but the group has 3 members" in hand_in(official, slug, good, MEMBERS[:2]).text
    twice = hand_in(official, slug, good, (MEMBERS[0], MEMBERS[1], MEMBERS[0].upper()))
    assert "is a trustee already" in twice.text
    # PostgreSQL would refuse it with a fault of the server.
    assert "at most 200 characters" in hand_in(official, slug, good, ("A" * 201, *MEMBERS[1:])).text
    assert "error-summary" in official.post(f"/official/e/{slug}/trustees/group", f"/official/e/{slug}/trustees").text
    assert '<table id="trustees">' not in official.get(f"/official/e/{slug}/trustees").text


def test_a_group_goes_as_a_whole_and_a_new_link_keeps_its_keys(official: Official) -> None:
    slug = official.create()
    page = f"/official/e/{slug}/trustees"
    assert official.post(f"{page}/1/remove", page).status_code == 404
    assert official.name_group(slug, a_dealing(), *MEMBERS) == [1, 2, 3]
    assert "belongs to another trustee" in hand_in(official, slug, parameters_of(), ("D", "E", "F")).text
    official.new_link(slug, 2)
    assert official.show_key(slug, 2).status_code == 201
    assert message_of(official.hand_in_key(slug, 2)) == (409, "trustee-key-received")
    assert official.name_group(slug, a_dealing(number=1), "D", "E", "F") == [4, 5, 6]
    assert official.get(page).text.count("any 2 of 3 are enough") == 2
    official.post(f"{page}/3/remove", page)
    assert official.post(f"{page}/3/remove", page).status_code == 404
    assert "Any 2 of these 3: <bdi>D, E, F</bdi>" in official.get(f"/official/e/{slug}/seal").text
    text = official.get(page).text
    assert not [name for name in MEMBERS if name in text]
    assert text.count("any 2 of 3 are enough") == 1
    assert official.name_group(slug, a_dealing(), *MEMBERS) == [7, 8, 9]


def test_a_member_is_shown_the_fingerprint_by_which_they_know_their_certificate(official: Official) -> None:
    slug = official.create()
    for number in official.name_group(slug, a_dealing(), *MEMBERS):
        page = official.get(f"/trustee/{slug}/{number}").text
        assert a_dealing().certificates[number - 1].fingerprint in page
        assert 'data-member="yes"' in page


def test_what_a_group_did_in_one_election_counts_in_no_other(app: Flask, official: Official) -> None:
    first = with_group(official)
    answer = official.answer_to_test(first, 1)
    assert official.open(first).status_code == 302
    for number, code in enumerate(official.codes):
        Voter(app, first, code).vote(number)
    official.confirm_by_name(first, "close")
    share, _, _ = share_of(official, first, 1)
    links, official.links = official.links, {}
    second = with_group(official, name="Another")
    assert message_of(official.show_key(second, 1, answer)) == (400, "rehearsal-proof")
    assert official.open(second).status_code == 302
    # Not even the right member can use a key while there are votes to come.
    assert message_of(send_share(official, second, 1, share)) == (409, "decrypt-too-early")
    assert message_of(official.get(f"/trustee/{second}/1/tally.json")) == (409, "decrypt-too-early")
    for number, code in enumerate(official.codes):
        Voter(app, second, code).vote(number)
    official.confirm_by_name(second, "close", "Another")
    assert message_of(send_share(official, second, 1, share)) == (400, "share-proof")
    official.links = links
    assert message_of(send_share(official, second, 1, share)) == (403, "trustee-code-wrong")
    assert send_share(official, first, 1, share).status_code == 201


def test_fewer_members_than_the_threshold_open_nothing_however_often_they_come(app: Flask, official: Official) -> None:
    slug = closed(app, official)
    for _ in range(2):
        share, _, _ = share_of(official, slug, 1)
        answer = send_share(official, slug, 1, share)
        assert (answer.status_code, answer.get_json()["awaited"]) == (201, 1)
    assert sorted(verify_archive(io.BytesIO(official.get(f"/e/{slug}/record.bel").data)).shares) == [1]
    page = official.post(f"/official/e/{slug}/count", f"/official/e/{slug}/close")
    assert page.status_code == 409
    assert "1 of these trustees: Bo Dahl, Carl Ek" in page.text
    assert official.get(f"/e/{slug}/result.json").status_code == 404


def test_a_sealed_election_takes_no_other_group(official: Official) -> None:
    slug = with_group(official)
    before = official.get(f"/e/{slug}/record.bel").data
    assert "trustee-link" not in hand_in(official, slug, parameters_of(), ("D", "E", "F")).text
    page = f"/official/e/{slug}/trustees"
    assert official.post(f"{page}/1/remove", page).status_code == 409
    assert official.get(f"/trustee/{slug}/4").status_code == 404
    official.new_link(slug, 2)
    assert official.show_key(slug, 2).status_code == 201
    assert official.get(f"/e/{slug}/record.bel").data == before
