"""A voter tests the phone before voting, another machine says what the phone sealed, and then the voter votes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from flask import jsonify
from PIL import Image
from selenium.webdriver.common.keys import Keys

from election.__main__ import main
from election.challenge import parse_opened, read_entry
from election.credentials import derive_credential, generate_credentials
from tests.browser.chromium import LAPTOP, PHONE, Person, open_browser
from tests.browser.conftest import OFFICIAL, PASSWORD, Server
from tests.webvote.driver import CANDIDATES, Official, Voter, message_of

CHOSEN, DECOY = 2, 4


@pytest.fixture
def official(server: Server, monkeypatch: pytest.MonkeyPatch) -> Official:
    """Whose election is open, and whose cards are at hand."""
    person = Official(server.app)

    def deal_and_keep(count: int) -> tuple[str, ...]:
        person.codes = generate_credentials(count)
        return person.codes

    monkeypatch.setattr("webvote.use_cases.credentials.generate_credentials", deal_and_keep)
    assert person.log_in(PASSWORD, OFFICIAL).status_code == 302
    now = datetime.now(ZoneInfo("Europe/Copenhagen"))
    opens, closes = (moment.strftime("%Y-%m-%dT%H:%M") for moment in (now, now + timedelta(hours=1)))
    slug = person.prepare(cards=1, opens_at=opens, closes_at=closes)
    person.confirm_by_name(slug, "seal")
    person.open(slug)
    return person


def test_a_voter_tests_the_phone_and_then_votes_with_a_new_ballot(
    server: Server, official: Official, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slug, code = "valg-til-dialogforum-2025", official.codes[0]
    with (
        open_browser(server.base, tmp_path / "phone", PHONE) as voter,
        open_browser(server.base, tmp_path / "other", LAPTOP) as other,
    ):
        voter.go(f"/v/{slug}#{code}")
        voter.click("#start-button")
        refused_by_the_server(voter, server)
        mark = seal(voter, DECOY)
        open_the_ballot(voter, mark)
        test = voter.downloaded("*.json")
        look_with_another_machine(voter, other, mark)
        refuse_a_file_that_was_changed(other, test, tmp_path)
        another = vote(voter, mark)
        no_trace(server, (voter, other), code, (mark, another))
    check_with_the_command(official, slug, test, tmp_path, capsys)
    raw, _ = read_entry(test.read_bytes())
    assert message_of(Voter(server.app, slug, code).send(raw)) == (409, "ballot-opened")
    assert another in official.get(f"/e/{slug}/box").text
    assert mark not in official.get(f"/e/{slug}/box").text


def keep(person: Person, name: str) -> None:
    """At 360 px nothing hangs over the edge, also when the page runs from right to left."""
    assert person.overflow() <= 0
    person.keep_screenshot(name)
    person.driver.execute_script("document.documentElement.dir = 'rtl'")
    assert person.overflow() <= 0
    person.keep_screenshot(f"{name}-rtl")
    person.driver.execute_script("document.documentElement.dir = 'ltr'")


def seal(voter: Person, choice: int) -> str:
    """Choose, and see the mark before anybody knows what becomes of the ballot."""
    voter.click(f'.choice:has(input[value="{choice}"])')
    voter.click("#review-button")
    voter.see("#screen-check h1", "You have not voted yet")
    mark = voter.attribute("#sealed-mark", "data-tracker")
    assert "".join(voter.text("#sealed-mark").split()) == mark
    assert len(mark) == 43
    return mark


def refused_by_the_server(voter: Person, server: Server) -> None:
    """The server does not take a test: nothing is shown of it, and the ballot is thrown away all the same."""
    kept = server.app.view_functions["opened.take"]
    refusing = wraps(kept)(lambda **_: (jsonify(code="x", message="Not <b>now</b>."), 409))
    server.app.view_functions["opened.take"] = refusing
    first = seal(voter, CHOSEN)
    voter.click("#test-button")
    voter.click("#open-ballot-button")
    voter.see("#screen-test-refused .server-message", "Not <b>now</b>")
    server.app.view_functions["opened.take"] = kept
    voter.click("#screen-test-refused .new-ballot")
    voter.find("#screen-choose")
    assert seal(voter, CHOSEN) != first
    voter.click("#change-button")


def open_the_ballot(voter: Person, mark: str) -> None:
    """By keyboard, and with the language changed on the way."""
    keep(voter, "voter-check-360")
    voter.find("#test-button").send_keys(Keys.ENTER)
    voter.find("#screen-test")
    assert voter.driver.execute_script("return document.activeElement.textContent") == "Test the machine"
    keep(voter, "voter-test-360")
    switch(voter, "da")
    voter.see("#screen-test h1", "Afprøv maskinen")
    assert voter.attribute("#test-mark", "data-tracker") == mark
    voter.keep_screenshot("voter-test-360-da")
    voter.click("#no-test-button")
    assert voter.attribute("#sealed-mark", "data-tracker") == mark
    voter.click("#test-button")
    voter.find("#open-ballot-button").send_keys(Keys.ENTER)
    voter.see("#screen-tested h1", "Du har ikke stemt endnu")
    switch(voter, "en")
    voter.see("#screen-tested h1", "You have not voted yet")
    assert voter.text("#opened-list") == CANDIDATES[DECOY]
    assert voter.attribute("#opened-mark", "data-tracker") == mark
    keep(voter, "voter-tested-360")
    voter.click("#save-opened-button")


def switch(voter: Person, language: str) -> None:
    """The parts of the page are exchanged at once, the attribute with them."""
    voter.click(f".languages [hreflang={language}]")
    voter.find(f"html[lang={language}]")


def look_with_another_machine(voter: Person, other: Person, mark: str) -> None:
    path = voter.downloads / "square.png"
    voter.driver.execute_script("scrollTo(0, 0)")
    voter.driver.save_screenshot(str(path))
    address = zxingcpp.read_barcodes(Image.open(path))[0].text
    other.go(address)
    other.see("#opened-choices", f"^{CANDIDATES[DECOY]}$")
    assert other.attribute("#opened-tracker", "data-tracker") == mark
    assert mark not in other.driver.current_url
    keep(other, "opened-holds")
    other.type("#opened-mark", mark.swapcase())
    other.click("#check-opened")
    other.see("#mark-error", "No ballot with this mark was tested")
    voter.driver.switch_to.new_window("tab")
    voter.go(f"{address.partition('#')[0]}?lang=da#{mark}")
    voter.see("#opened-choices", f"^{CANDIDATES[DECOY]}$")
    keep(voter, "opened-holds-360")
    voter.driver.close()
    voter.driver.switch_to.window(voter.driver.window_handles[0])


def refuse_a_file_that_was_changed(other: Person, test: Path, folder: Path) -> None:
    message = json.loads(test.read_bytes())
    message["opening"]["randomness"][0].reverse()
    wrong = folder / "wrong.json"
    wrong.write_text(json.dumps(message, separators=(",", ":")))
    other.attach("#opened-file", wrong)
    other.click("#check-opened")
    other.see("#opened-reason", "cannot show what it sealed for “I want to vote blank”")
    other.keep_screenshot("opened-fails")
    other.attach("#opened-file", test)
    other.click("#check-opened")
    other.see("#opened-choices", f"^{CANDIDATES[DECOY]}$")


def vote(voter: Person, tested: str) -> str:
    """With a new ballot, whose mark before and after casting is the same."""
    voter.click("#screen-tested .new-ballot")
    mark = seal(voter, CHOSEN)
    assert mark != tested
    assert voter.text("#chosen-list") == CANDIDATES[CHOSEN]
    voter.click("#cast-button")
    voter.find("#screen-receipt")
    assert voter.attribute("#tracker", "data-tracker") == mark
    voter.click("#finish-button")
    assert CANDIDATES[DECOY] not in voter.text("#screen-finished")
    for place in ("#opened-mark", "#sealed-mark", "#test-mark", "#tracker"):
        assert voter.attribute(place, "data-tracker") == ""
    return mark


def no_trace(server: Server, people: tuple[Person, ...], code: str, marks: tuple[str, ...]) -> None:
    """No browser keeps anything, the code was never sent, and no address or log tells of a ballot."""
    for person in people:
        assert person.driver.execute_script("return localStorage.length + sessionStorage.length") == 0
        assert not [each for each in (code, *marks) if each in person.driver.current_url]
    secrets = (code, code.replace("-", ""))
    assert not [each for each in server.wiretap.seen if any(secret.encode() in each for secret in secrets)]
    lines = [line for each in server.wiretap.seen for line in each.split(b"\n") if b"=" in line[:40]]
    assert not [line for line in lines if line.startswith(b"HTTP_REFERER=")]
    addresses = [line for line in lines if line.startswith((b"PATH_INFO=", b"QUERY_STRING=", b"REQUEST_URI="))]
    assert addresses
    assert not [line for line in addresses if any(mark.encode() in line for mark in marks)]
    assert not [each for each in (*secrets, *marks) if each in server.wiretap.log.getvalue()]


def check_with_the_command(
    official: Official, slug: str, test: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    definition = official.definition(slug)
    election = folder / "election.json"
    election.write_bytes(definition.content)
    assert main(["challenge", "check", str(test), "--election", str(election)]) == 0
    assert f"[x] {CANDIDATES[DECOY]}" in capsys.readouterr().out
    published = official.get(f"/e/{slug}/opened.json").data
    assert published == b"[" + test.read_bytes() + b"]"
    assert len(parse_opened(published, definition).trackers) == 1
    code = official.codes[0]
    secret = derive_credential(code, definition.uuid, definition.group).secret
    assert not [each for each in (str(secret), code, code.replace("-", "")) if each in test.read_text()]
