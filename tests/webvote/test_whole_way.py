"""An election from its creation to the confirmed council, through the pages."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from flask import Flask
from werkzeug.test import TestResponse

from election.record.archive import read_archive
from tests.webvote.driver import CANDIDATES, NAME, Official, Voter


def test_an_election_goes_from_the_mandate_to_the_confirmed_council(
    app: Flask, official: Official, tmp_path: Path
) -> None:
    slug = official.prepare(cards=5, trustees=2)
    assert official.confirm_by_name(slug, "seal").status_code == 302
    assert official.open(slug).status_code == 302
    vote_and_close(app, official, slug)
    settle_by_lot(official, slug)
    decide(official, slug)
    assert "Everything is done." in official.get(f"/official/e/{slug}/").text
    assert official.get("/official/log").status_code == 200
    archive = official.get(f"/e/{slug}/record.bel")
    assert archive.headers["Content-Disposition"].endswith('.bel"')
    path = tmp_path / "record.bel"
    path.write_bytes(archive.data)
    mark = official.get(f"/e/{slug}/result").text.split('id="record-mark" dir="ltr">')[1].split("<")[0]
    command = [str(Path(sys.executable).with_name("election")), "verify", str(path), "--mark", mark]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert mark in done.stdout
    assert mark in official.get(f"/e/{slug}/box").text


def vote_and_close(app: Flask, official: Official, slug: str) -> None:
    """Two votes for the first (one of them after a change of mind), one for the second, one blank, one card unused."""
    voters = [Voter(app, slug, code) for code in official.codes]
    voters[0].vote(5)
    trackers = [voters[0].vote(0), voters[1].vote(0), voters[2].vote(1), voters[3].vote()]
    box = official.get(f"/e/{slug}/box").text
    assert all(tracker in box for tracker in trackers)
    assert "Ballots in the box: 5" in box
    assert official.confirm_by_name(slug, "close").status_code == 302
    for number in official.links:
        assert official.decrypt(slug, number).status_code == 201
    assert official.count(slug).status_code == 302


def settle_by_lot(official: Official, slug: str) -> None:
    """Places three and four are tied between four people without a vote."""
    data = official.get(f"/e/{slug}/result.json").get_json()
    assert data["blank"] == 1
    assert [each["votes"] for each in data["votes"]] == [2, 1, 0, 0, 0, 0]
    assert data["lot_required"] == {"between": list(CANDIDATES[2:]), "places": 2}
    assert certify(official, slug).status_code == 200
    order = {f"order-{place}": key for place, key in enumerate(("c5", "c3", "c6", "c4"))}
    about = {"method": "Slips in a bowl", "drawn_by": "Ane Official", "witnesses": "Bo\nCarla"}
    answer = official.post(f"/official/e/{slug}/lot", **order, **about, drawn_at="2025-11-30T17:00")
    assert answer.status_code == 302, answer.text
    data = official.get(f"/e/{slug}/result.json").get_json()
    assert set(data["elected"]) == {CANDIDATES[0], CANDIDATES[1], CANDIDATES[4], CANDIDATES[2]}
    assert set(data["alternates"]) == {CANDIDATES[5], CANDIDATES[3]}


def decide(official: Official, slug: str) -> None:
    """The election board certifies, a member is appointed, the municipal council confirms."""
    assert "Preliminary" in official.get(f"/e/{slug}/result").text
    assert certify(official, slug).status_code == 302
    page = official.get(f"/e/{slug}/result").text
    assert "The municipal council has not decided yet." in page
    assert "<meter" in page
    assert "0 of 14 seats are filled." in official.get("/").text
    council = council_address(official)
    answer = official.post(
        f"/official{council}/",
        place="free/member/1",
        person="Kirsten Politiker",
        properties=["member:arbejdsmarkedsudvalget"],
        decision="Municipal council, 12 November 2025, item 4",
        since="2025-11-12",
    )
    assert answer.status_code == 302, answer.text
    answer = official.post(
        f"/official/e/{slug}/confirm", decided_on="2025-11-30", meeting="Item 7", decision="The council appoints them."
    )
    assert answer.status_code == 302, answer.text
    page = official.get(council).text
    assert "Confirmed by the municipal council on 30 November 2025: Item 7." in page
    assert "5 of 14 seats are filled." in official.get("/").text


def certify(official: Official, slug: str) -> TestResponse:
    return official.post(f"/official/e/{slug}/certify", decided_on="2025-11-30", meeting="The election board")


def council_address(official: Official) -> str:
    page = official.get("/").text
    return "/council/" + page.split('href="/council/')[1].split('"')[0]


def test_the_record_can_be_had_before_closing(app: Flask, official: Official) -> None:
    slug = official.prepare(cards=1)
    assert official.get(f"/e/{slug}/record.bel").status_code == 404
    official.confirm_by_name(slug, "seal")
    assert len(list(read_archive(io.BytesIO(official.get(f"/e/{slug}/record.bel").data)))) == 5
    official.open(slug)
    Voter(app, slug, official.codes[0]).vote(1)
    record = official.get(f"/e/{slug}/record.bel")
    assert len(list(read_archive(io.BytesIO(record.data)))) == 7
    # An archive that is cut off between two entries looks whole: the length tells.
    assert record.content_length == len(record.data)


def test_sealing_asks_for_the_name_of_the_election(official: Official) -> None:
    slug = official.prepare(cards=1)
    answer = official.confirm_by_name(slug, "seal", "Something else")
    assert answer.status_code == 200
    assert f"This is not the name of the election: {NAME}" in answer.text
    assert official.get(f"/e/{slug}").status_code == 404


def test_whose_personal_alternate_somebody_is_officials_enter_and_votes_do_not_say(official: Official) -> None:
    official.create(seats="koege-integrationsraad/elected", max_marks="1")
    council = "/official" + council_address(official) + "/"
    page = official.get(council).text
    assert 'value="elected/alternate/1"' in page
    assert 'value="elected/member/1"' not in page
    entry = {"person": "Goran Simić", "decision": "The council, item 3", "since": "2025-11-20"}
    assert official.post(council, place="elected/alternate/1", **entry).status_code == 302
    assert "Goran Simić" in official.get(council).text
