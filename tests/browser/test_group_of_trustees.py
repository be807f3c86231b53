"""A group of trustees in front of Chromium: its members hand in files, a trustee alone decrypts beside it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from election.credentials import generate_credentials
from tests.browser.chromium import PHONE, Person, open_browser
from tests.browser.conftest import OFFICIAL, PASSWORD, Server
from tests.election.dealings import a_dealing
from tests.webvote.driver import Official, Voter

SEALED_KEY = '{"format":"raadsvalg-trustee-key","version":1,"kind":"member","sealed":"AA=="}'
BOARD = {"decided_by": "The election board", "reason": "Carl Ek is abroad"}


def test_members_hand_in_files_and_one_who_never_comes_stops_nothing(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    official = Official(server.app)
    codes = generate_credentials(2)
    monkeypatch.setattr("webvote.use_cases.credentials.generate_credentials", lambda _: codes)
    assert official.log_in(PASSWORD, OFFICIAL).status_code == 302
    slug = sealed(official)
    with open_browser(server.base, tmp_path / "phone", PHONE) as member:
        hand_in_the_answer(server, official, member, slug, tmp_path)
        refuse_the_key_of_another(server, official, member, slug, tmp_path)
        assert official.show_key(slug, 2).status_code == 201
        assert official.show_key(slug, 4).status_code == 201
        assert official.post(f"/official/e/{slug}/open", **BOARD).status_code == 302
        for choice, code in enumerate(codes):
            Voter(server.app, slug, code).vote(choice)
        assert official.confirm_by_name(slug, "close").status_code == 302
        hand_in_the_share(official, member, slug, tmp_path)
        assert official.decrypt(slug, 2).status_code == 201
        decrypt_alone(official, member, slug, tmp_path)
        member.go(f"/e/{slug}")
        member.see("#override", "Carl Ek is abroad")
        assert member.overflow() <= 0
        member.keep_screenshot("election-override-360")
    assert official.count(slug).status_code == 302


def sealed(official: Official) -> str:
    """Under a group of two of three (1 to 3) and a trustee alone (4)."""
    now = datetime.now(ZoneInfo("Europe/Copenhagen"))
    opens, closes = (moment.strftime("%Y-%m-%dT%H:%M") for moment in (now, now + timedelta(hours=1)))
    slug = official.create(opens_at=opens, closes_at=closes)
    official.add_candidates(slug)
    official.door_cards(slug, 2)
    official.name_group(slug, a_dealing(), "Anna Berg", "Bo Dahl", "Carl Ek")
    official.hand_in_key(slug, official.name_trustee(slug, "Dorte Fog"))
    assert official.make_cards(slug).status_code == 200
    assert official.confirm_by_name(slug, "seal").status_code == 302
    return slug


def open_page(official: Official, person: Person, slug: str, number: int) -> None:
    person.go("about:blank")
    person.go(f"/trustee/{slug}/{number}#{official.links[number]}")


def hand_in_the_answer(server: Server, official: Official, member: Person, slug: str, folder: Path) -> None:
    """Neither anything else nor the answer of another member will do; the code is typed only once."""
    open_page(official, member, slug, 1)
    member.see("#command", "election trustee rehearse .*--out my.answer")
    assert member.overflow() <= 0
    member.keep_screenshot("member-test-360")
    file = folder / "my.answer"
    asked = len(server.wiretap.seen)
    for wrong in ("election trustee rehearse", SEALED_KEY):
        file.write_text(wrong)
        member.attach("#made-file", file)
        member.click("#hand-in-button")
        member.see("#made-error", "not what the command writes")
    assert len(server.wiretap.seen) == asked
    for number, answer in ((2, "screen-problem"), (1, "screen-handed-in")):
        file.write_text(json.dumps(official.answer_to_test(slug, number)) + "\n")
        member.attach("#made-file", file)
        member.click("#hand-in-button")
        member.find(f"#{answer}")
        if number == 2:
            member.see(".server-message", "another trustee")
            member.click("#screen-problem .try-again")
    member.see("#screen-handed-in", "Your key works")


def refuse_the_key_of_another(server: Server, official: Official, alone: Person, slug: str, folder: Path) -> None:
    """It is said at the field where the file is chosen, and nothing of that key is sent."""
    open_page(official, alone, slug, 4)
    file = folder / "their.privkey"
    file.write_bytes(official.keys[1].file_content())
    alone.attach("#key-file", file)
    alone.click("#rehearse-button")
    alone.see("#key-error", "not the one that was handed in here")
    assert not [each for each in server.wiretap.seen if b"/trustee/" in each and b"/4/answer" in each]


def hand_in_the_share(official: Official, member: Person, slug: str, folder: Path) -> None:
    open_page(official, member, slug, 1)
    member.see("#command", r"election trustee decrypt .*\.bel --out my.share")
    assert member.overflow() <= 0
    member.keep_screenshot("member-decrypt-360")
    file = folder / "my.share"
    # As the command writes it: the share, and whose it is.
    file.write_text(official.share(slug, 1).decode() + '\n{"owner":1,"payload":"00"}\n')
    member.attach("#made-file", file)
    member.click("#hand-in-button")
    member.see("#screen-handed-in", "checked and handed in")


def decrypt_alone(official: Official, trustee: Person, slug: str, folder: Path) -> None:
    """The page checks the record of an election that a group holds too."""
    file = folder / "my.privkey"
    file.write_bytes(official.keys[4].file_content())
    open_page(official, trustee, slug, 4)
    trustee.attach("#key-file", file)
    trustee.click("#decrypt-button")
    trustee.see("#asking-words", "2 ballots from 2 of 2 cards")
    trustee.click("#open-button")
    trustee.find("#screen-decryption-done")
