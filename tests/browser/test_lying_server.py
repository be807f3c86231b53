"""A server that wants one ballot opened, in front of a trustee's page that does not do it."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Response, jsonify

from election.ballots import parse_ballot
from election.credentials import generate_credentials
from election.definition import ElectionDefinition
from election.record.archive import read_archive, write_archive
from election.tally import EncryptedTally, tally_ballots
from tests.browser.chromium import LAPTOP, Person, open_browser
from tests.browser.conftest import OFFICIAL, PASSWORD, Server
from tests.election.elections import TIMESTAMP
from tests.election.forging import Step, chained, replaced, steps_of
from tests.webvote.driver import Official, Voter

CARDS = 4
# Where the events of the record stand.
FIRST, SECOND, THIRD, END, TALLY = range(1, 6)


class ClosedElection:
    """Three of four cards have voted, voting is closed, and the trustee has a file with a key."""

    def __init__(self, server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server = server
        official = Official(server.app)

        def deal_and_keep(count: int) -> tuple[str, ...]:
            official.codes = generate_credentials(count)
            return official.codes

        monkeypatch.setattr("webvote.use_cases.credentials.generate_credentials", deal_and_keep)
        assert official.log_in(PASSWORD, OFFICIAL).status_code == 302
        now = datetime.now(ZoneInfo("Europe/Copenhagen"))
        opens, closes = (moment.strftime("%Y-%m-%dT%H:%M") for moment in (now, now + timedelta(hours=1)))
        self.slug = official.prepare(cards=CARDS, opens_at=opens, closes_at=closes)
        official.confirm_by_name(self.slug, "seal")
        official.open(self.slug)
        for code, choice in zip(official.codes, (0, 1, 2), strict=False):
            Voter(server.app, self.slug, code).vote(choice)
        assert official.confirm_by_name(self.slug, "close").status_code == 302
        self.link = f"/trustee/{self.slug}/1#{official.links[1]}"
        self.key_file = folder / "key.privkey"
        self.key_file.write_bytes(official.keys[1].file_content())
        self.definition: ElectionDefinition = official.definition(self.slug)
        self.public_key = str(official.keys[1].public().public_key)
        record = official.get(f"/e/{self.slug}/record.bel").data
        self.steps: list[Step] = steps_of(read_archive(io.BytesIO(record)))

    def tally_of(self, *places: int) -> EncryptedTally:
        ballots = [parse_ballot(self.steps[place][1][0], self.definition) for place in places]
        return tally_ballots(self.definition, ballots)

    def ask_for(self, tally: EncryptedTally) -> None:
        """From now on the server asks for this tally to be decrypted."""
        self.server.app.view_functions["trustee.tally"] = lambda **_: jsonify(
            election_hash=self.definition.fingerprint,
            public_key=self.public_key,
            encrypted_tally=json.loads(tally.content),
        )

    def show_record_of(self, *places: int) -> None:
        """From now on the record holds these ballots only, with their tally, in a chain that is whole."""
        tally = self.tally_of(*places)
        kept = [self.steps[place] for place in (0, *places, END, TALLY)]
        steps = replaced(kept, len(kept) - 1, tally.content, tally.sized_content)
        archive = b"".join(write_archive(chained(steps), TIMESTAMP))
        self.server.app.view_functions["public.record"] = lambda **_: Response(archive)
        self.ask_for(tally)

    def offer_key(self, trustee: Person) -> None:
        trustee.go("about:blank")
        trustee.go(self.link)
        trustee.attach("#key-file", self.key_file)
        trustee.click("#decrypt-button")

    def shares_sent(self) -> int:
        return sum(b"partial_decryption" in request for request in self.server.wiretap.seen)


@pytest.fixture
def closed(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClosedElection:
    return ClosedElection(server, tmp_path, monkeypatch)


def test_one_ballot_is_not_opened_whatever_the_server_says(closed: ClosedElection, tmp_path: Path) -> None:
    with open_browser(closed.server.base, tmp_path / "trustee", LAPTOP) as trustee:
        closed.ask_for(closed.tally_of(SECOND))
        closed.offer_key(trustee)
        trustee.see("#screen-mismatch", "tally-not-of-the-record")
        trustee.keep_screenshot("trustee-mismatch")
        closed.show_record_of(SECOND)
        closed.offer_key(trustee)
        trustee.see("#screen-one-ballot", "how that voter voted")
        trustee.keep_screenshot("trustee-one-ballot")
    assert closed.shares_sent() == 0


def test_a_second_tally_that_differs_by_one_ballot_is_not_opened(closed: ClosedElection, tmp_path: Path) -> None:
    with open_browser(closed.server.base, tmp_path / "trustee", LAPTOP) as trustee:
        closed.server.app.view_functions["trustee.decryption"] = lambda **_: Response(status=503)
        closed.offer_key(trustee)
        trustee.see("#asking-words", f"3 ballots from 3 of {CARDS} cards")
        trustee.click("#open-button")
        trustee.find("#screen-offline")
        trustee.click("#screen-offline .try-again")
        trustee.click("#open-button")
        trustee.find("#screen-offline")
        assert closed.shares_sent() == 2
        closed.show_record_of(FIRST, THIRD)
        closed.offer_key(trustee)
        trustee.see("#asking-words", f"2 ballots from 2 of {CARDS} cards")
        trustee.click("#open-button")
        trustee.find("#screen-tally-changed")
    assert closed.shares_sent() == 2
