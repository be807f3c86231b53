"""What somebody meets who uses the pages for the first time, and not in the order that was meant."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.webvote.conftest import TestClock
from tests.webvote.driver import NAME, PLAN, Official, Voter

EARLY = "The votes were counted on 30 November 2025. Write that day or a later one."


def test_a_closing_before_the_opening_is_told_beside_the_closing(official: Official) -> None:
    answer = official.post("/official/elections/new", **{**PLAN, "closes_at": "2025-11-30T14:00"})
    assert answer.status_code == 200
    assert "Planned closing: The closing time must be after the opening time." in answer.text
    assert 'id="closes_at-error-1"' in answer.text
    assert 'id="name-error-1"' not in answer.text


def test_the_summary_of_errors_names_the_fields(official: Official) -> None:
    answer = official.post("/official/elections/new", **{**PLAN, "name": "", "question": ""})
    assert "Name of the election: Fill in this field." in answer.text
    assert "Question on the ballot: Fill in this field." in answer.text


def test_a_missing_declaration_is_shown_before_the_seal(official: Official) -> None:
    slug = official.create()
    page = f"/official/e/{slug}/candidates"
    official.add_candidates(slug, ["Amina Hassan"])
    assert "not declared" not in official.get(page).text
    assert official.post(page, name="Bo Jensen").status_code == 302
    assert "not declared" in official.get(page).text


def test_opening_and_closing_at_another_time_than_voters_were_told_is_shown(
    official: Official, clock: TestClock
) -> None:
    slug = official.prepare()
    official.confirm_by_name(slug, "seal")
    clock.moment = clock.moment.replace(hour=13)
    assert "The planned opening is 30 November 2025, 15:00." in official.get(f"/official/e/{slug}/open").text
    official.open(slug)
    told = "Voters were told that they can vote until 30 November 2025, 16:30."
    assert told in official.get(f"/official/e/{slug}/close").text
    clock.moment = clock.moment.replace(hour=16)
    assert told not in official.get(f"/official/e/{slug}/close").text


def test_a_closed_booth_names_the_moment_of_closing(app: Flask, official: Official, clock: TestClock) -> None:
    slug = official.prepare()
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    open_booth = official.get(f"/v/{slug}").text
    assert "You can vote until 30 November 2025, 16:30." in open_booth
    assert "You could vote until" not in open_booth
    clock.pass_time(timedelta(minutes=20))
    official.confirm_by_name(slug, "close", NAME)
    assert "You could vote until 30 November 2025, 15:20." in official.get(f"/v/{slug}").text


def test_a_certification_is_not_older_than_the_count(app: Flask, official: Official) -> None:
    slug = official.prepare(cards=2)
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    Voter(app, slug, official.codes[0]).vote(0)
    Voter(app, slug, official.codes[1]).vote(0)
    official.confirm_by_name(slug, "close")
    official.decrypt(slug, 1)
    official.count(slug)
    page = f"/official/e/{slug}/certify"
    assert "A lot must be drawn before the result can be certified." in official.get(page).text
    fields = {"meeting": "The election board", "remarks": ""}
    answer = official.post(page, decided_on="2025-11-29", **fields)
    assert answer.status_code == 200
    assert EARLY in answer.text
