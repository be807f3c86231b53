"""Between the count and the certification: lots from a seed, lots taken back, candidates who are gone."""

from __future__ import annotations

import hashlib
import html
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.webvote.driver import CANDIDATES, Official, Voter
from webvote.messages import SENTENCES
from webvote.services import services
from webvote.store.database import Store, make_engine
from webvote.store.migrate import alembic_config
from webvote.store.models import RecordedLot
from webvote.use_cases.result import lot_of

AMINA, BOHDAN, FARAH, SELAM, MEHMET, NOUR = CANDIDATES
# Six for Amina and so on: four seats, and the four others of Norddjurs are alternates in no order.
CLEAR = (6, 5, 4, 3, 2, 1)
# Farah, Selam and Mehmet are tied for two seats.
TIED = (4, 3, 2, 2, 2, 1)


def counted(app: Flask, official: Official, votes: tuple[int, ...]) -> str:
    """An election that is counted; ``votes`` in the order of the ballot.

    Two people vote; then other counts are put in their place, since encrypting a ballot for each vote takes seconds.
    """
    slug = official.prepare(cards=2)
    assert official.confirm_by_name(slug, "seal").status_code == 302
    assert official.open(slug).status_code == 302
    for code in official.codes:
        Voter(app, slug, code).vote(0)
    assert official.confirm_by_name(slug, "close").status_code == 302
    assert official.decrypt(slug, 1).status_code == 201
    assert official.count(slug).status_code == 302
    with app.app_context(), services().store.writing() as work:
        work.elections.get_locked(slug).counts = [0, *votes]
    return slug


def go(official: Official, slug: str, candidate: str, why: str, decision: str = "The board, item 2") -> TestResponse:
    return official.post(f"/official/e/{slug}/gone", candidate=candidate, why=why, decision=decision)


def back(official: Official, slug: str, candidate: str) -> TestResponse:
    return official.post(f"/official/e/{slug}/gone/{candidate}/take-back", f"/official/e/{slug}/gone")


def draw(official: Official, slug: str, *order: str) -> TestResponse:
    drawn = {f"order-{place}": key for place, key in enumerate(order)}
    about = {"method": "Slips in a bowl", "drawn_by": "Ane Official", "witnesses": "Bo\nCarla"}
    return official.post(f"/official/e/{slug}/lot", **drawn, **about, drawn_at="2025-11-30T17:00")


def take_back(official: Official, slug: str, number: int) -> TestResponse:
    return official.post(f"/official/e/{slug}/lots/{number}/take-back", f"/official/e/{slug}/lot")


def certify(official: Official, slug: str) -> TestResponse:
    return official.post(f"/official/e/{slug}/certify", decided_on="2025-11-30", meeting="The election board")


def data(official: Official, slug: str) -> Any:
    return official.get(f"/e/{slug}/result.json").get_json()


def public(official: Official, slug: str) -> str:
    return html.unescape(official.get(f"/e/{slug}/result").text)


def acts(store: Store, slug: str) -> list[tuple[str, dict[str, Any]]]:
    with store.reading() as work:
        return [(each.act, each.detail) for each in work.log.entries(subject=slug)]


@pytest.mark.parametrize("why", ["withdrew", "died", "not-eligible", "declined"])
def test_whoever_is_gone_makes_room_for_the_next_by_votes(app: Flask, official: Official, why: str) -> None:
    slug = counted(app, official, CLEAR)
    assert data(official, slug)["elected"] == [AMINA, BOHDAN, FARAH, SELAM]
    assert go(official, slug, "c2", why, "Illness of a private kind").status_code == 302
    after = data(official, slug)
    assert after["elected"] == [AMINA, FARAH, SELAM, MEHMET]
    assert after["alternates"] == [NOUR]
    assert after["gone"] == [{"candidate": BOHDAN, "why": why}]
    assert [each["votes"] for each in after["votes"]] == list(CLEAR)
    words = {"withdrew": "withdrew", "died": "died", "not-eligible": "not eligible"}
    page = public(official, slug)
    assert f"<li><bdi>{BOHDAN}</bdi>: {words.get(why, 'elected, declines the seat')}</li>" in page
    assert "Illness" not in page + official.get(f"/e/{slug}/result.json").text
    assert "Illness" in official.get(f"/official/e/{slug}/gone").text
    assert "Candidates who are gone: 1" in official.get(f"/official/e/{slug}/").text


def test_nobody_is_recorded_as_gone_by_a_form_that_names_nobody_or_no_reason(app: Flask, official: Official) -> None:
    slug = counted(app, official, CLEAR)
    for candidate, why in (("", "withdrew"), ("c2", "")):
        assert 'class="field invalid"' in go(official, slug, candidate, why).text
    assert data(official, slug)["gone"] == []


def test_who_is_gone_by_mistake_comes_back(app: Flask, official: Official, store: Store) -> None:
    slug = counted(app, official, CLEAR)
    before = data(official, slug)
    go(official, slug, "c1", "withdrew")
    assert back(official, slug, "c1").status_code == 302
    assert data(official, slug) == before
    assert [act for act, _ in acts(store, slug)][:2] == ["take-back-gone", "record-gone"]
    assert acts(store, slug)[1][1] == {"name": AMINA, "why": "withdrew", "decision": "The board, item 2"}
    assert back(official, slug, "c1").status_code == 404


def test_only_somebody_elected_can_decline_and_nobody_is_gone_twice(app: Flask, official: Official) -> None:
    slug = counted(app, official, CLEAR)
    assert SENTENCES["gone-not-elected"].format(person=NOUR) in go(official, slug, "c6", "declined").text
    assert go(official, slug, "c5", "withdrew").status_code == 302
    assert go(official, slug, "c5", "died").status_code == 200
    assert go(official, slug, "c9", "died").status_code == 200
    assert data(official, slug)["gone"] == [{"candidate": MEHMET, "why": "withdrew"}]


def test_with_a_lot_still_open_those_above_the_tie_can_decline_and_the_tied_cannot(
    app: Flask, official: Official
) -> None:
    slug = counted(app, official, TIED)
    assert SENTENCES["gone-not-elected"].format(person=FARAH) in go(official, slug, "c3", "declined").text
    assert go(official, slug, "c1", "declined").status_code == 302
    assert data(official, slug)["elected"] == [BOHDAN, FARAH, SELAM, MEHMET]


def test_a_lot_whose_tie_is_gone_is_set_aside_and_counts_again_when_the_tie_is_back(
    app: Flask, official: Official, store: Store
) -> None:
    slug = counted(app, official, TIED)
    assert draw(official, slug, "c5", "c3", "c4").status_code == 302
    assert set(data(official, slug)["elected"]) == {AMINA, BOHDAN, MEHMET, FARAH}
    assert go(official, slug, "c1", "died").status_code == 302
    page = official.get(f"/official/e/{slug}/gone").text
    assert f"This lot is set aside, for that tie is not there now: {MEHMET}, {FARAH}, {SELAM}." in html.unescape(page)
    assert acts(store, slug)[0] == (
        "record-gone",
        {"name": AMINA, "why": "died", "decision": "The board, item 2", "lots_set_aside": ["c5 c3 c4"]},
    )
    assert data(official, slug)["elected"] == [BOHDAN, FARAH, SELAM, MEHMET]
    assert [each["state"] for each in data(official, slug)["lots"]] == ["set-aside"]
    assert "set aside" in public(official, slug)
    assert SENTENCES["task-lots-unused"] in official.get(f"/official/e/{slug}/").text
    back(official, slug, "c1")
    assert acts(store, slug)[0][1]["lots_counting_again"] == ["c5 c3 c4"]
    assert [each["state"] for each in data(official, slug)["lots"]] == ["counts"]
    assert set(data(official, slug)["elected"]) == {AMINA, BOHDAN, MEHMET, FARAH}


def test_a_tie_between_other_people_needs_a_lot_of_its_own(app: Flask, official: Official) -> None:
    slug = counted(app, official, TIED)
    draw(official, slug, "c5", "c3", "c4")
    go(official, slug, "c5", "withdrew")
    assert data(official, slug)["elected"] == [AMINA, BOHDAN, FARAH, SELAM]
    back(official, slug, "c5")
    go(official, slug, "c2", "withdrew")
    go(official, slug, "c1", "withdrew")
    assert data(official, slug)["elected"] == [FARAH, SELAM, MEHMET, NOUR]
    assert data(official, slug)["alternates"] == []


def test_a_lot_that_must_be_drawn_anew_stands_beside_the_one_that_was_set_aside(app: Flask, official: Official) -> None:
    slug = counted(app, official, (4, 3, 2, 2, 2, 2))
    assert draw(official, slug, "c5", "c3", "c4", "c6").status_code == 302
    go(official, slug, "c3", "died")
    assert data(official, slug)["lot_required"] == {"between": [SELAM, MEHMET, NOUR], "places": 2}
    assert certify(official, slug).status_code == 200
    assert draw(official, slug, "c6", "c4", "c5").status_code == 302
    assert set(data(official, slug)["elected"]) == {AMINA, BOHDAN, NOUR, SELAM}
    assert [each["state"] for each in data(official, slug)["lots"]] == ["set-aside", "counts"]
    back(official, slug, "c3")
    assert [each["state"] for each in data(official, slug)["lots"]] == ["counts", "set-aside"]
    assert set(data(official, slug)["elected"]) == {AMINA, BOHDAN, MEHMET, FARAH}


def test_a_lot_is_computed_from_a_published_seed_and_anybody_can_compute_it_again(
    app: Flask, official: Official, store: Store
) -> None:
    slug = counted(app, official, TIED)
    before = public(official, slug)
    assert "[seed]/seat/1/c4" in before
    assert "[seed]/seat/1/c4" in html.unescape(official.get(f"/official/e/{slug}/lot/seed").text)
    answer = official.post(
        f"/official/e/{slug}/lot/seed", seed=" Lotto 28/11:  4 11 17 ", source="The election's page, 20 November"
    )
    assert answer.status_code == 302, answer.text
    lines = {key: f"Lotto 28/11: 4 11 17/seat/1/{key}" for key in ("c3", "c4", "c5")}
    hashes = {key: hashlib.sha256(line.encode()).hexdigest() for key, line in lines.items()}
    order = sorted(lines, key=lambda key: hashes[key])
    (lot,) = data(official, slug)["lots"]
    assert lot["ids"] == order
    assert (lot["place"], lot["at"], lot["state"]) == ("seat", "", "counts")
    assert lot["hashes"] == [{"line": lines[key], "sha256": hashes[key]} for key in order]
    page = public(official, slug)
    assert all(text in page for text in (*lines.values(), *hashes.values()))
    assert "The election's page, 20 November" in page
    names = dict(zip(("c3", "c4", "c5"), (FARAH, SELAM, MEHMET), strict=True))
    assert set(data(official, slug)["elected"]) == {AMINA, BOHDAN, names[order[0]], names[order[1]]}
    act, detail = acts(store, slug)[0]
    assert (act, detail["seed"]) == ("record-lot", "Lotto 28/11: 4 11 17")


@pytest.mark.parametrize(("seed", "complaint"), [("   ", "Fill in this field."), ("Lotto\u200b7", "cannot be seen")])
def test_a_seed_that_nobody_could_type_is_refused(app: Flask, official: Official, seed: str, complaint: str) -> None:
    slug = counted(app, official, TIED)
    answer = official.post(f"/official/e/{slug}/lot/seed", seed=seed, source="The page")
    assert answer.status_code == 200
    assert complaint in answer.text
    assert data(official, slug)["lot_required"]


def test_a_lot_of_the_first_tables_is_read_by_the_later_ones(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/older.sqlite"
    engine = make_engine(url)
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    # Without the election that it belongs to: nothing here looks for it.
    with closing(sqlite3.connect(tmp_path / "older.sqlite")) as older:
        older.execute(
            "INSERT INTO lot (election_id, number, boundary, drawn, method, drawn_by, witnesses, drawn_at)"
            """ VALUES (1, 1, 'seat', '["c2", "c1"]', 'Slips', 'Ane', '["Bo"]', '2025-11-30 16:00:00.000000')"""
        )
        older.commit()
    for target in ("head", "0001", "head"):
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            (command.downgrade if target == "0001" else command.upgrade)(config, target)
    with Session(engine) as session:
        lot = lot_of(session.scalars(select(RecordedLot)).one())
    engine.dispose()
    assert (lot.order, lot.at, lot.seed) == (("c2", "c1"), "", None)


def test_a_lot_is_taken_back_until_the_certification_and_stays_to_be_seen(
    app: Flask, official: Official, store: Store
) -> None:
    slug = counted(app, official, TIED)
    draw(official, slug, "c5", "c3", "c4")
    assert take_back(official, slug, 1).status_code == 302
    assert acts(store, slug)[0][0] == "take-back-lot"
    assert data(official, slug)["lot_required"]
    assert "taken back on 30 November 2025" in public(official, slug)
    assert take_back(official, slug, 1).status_code == 404
    assert draw(official, slug, "c4", "c3", "c5").status_code == 302
    assert set(data(official, slug)["elected"]) == {AMINA, BOHDAN, SELAM, FARAH}
    assert certify(official, slug).status_code == 302
    form = "/official/elections/new"
    assert official.post(f"/official/e/{slug}/lots/2/take-back", form).status_code == 409
    assert official.post(f"/official/e/{slug}/gone/c1/take-back", form).status_code == 409
    sent = {"candidate": "c1", "why": "died", "decision": "Too late"}
    assert SENTENCES["leave-too-late"] in official.post(f"/official/e/{slug}/gone", form, **sent).text
    assert "take it back" not in official.get(f"/official/e/{slug}/lot").text
    assert set(data(official, slug)["elected"]) == {AMINA, BOHDAN, SELAM, FARAH}


def test_nobody_is_gone_and_no_lot_is_computed_before_the_count(official: Official) -> None:
    slug = official.prepare(cards=2)
    for page in ("gone", "lot", "lot/seed"):
        assert official.get(f"/official/e/{slug}/{page}").status_code == 409
    assert official.post(f"/official/e/{slug}/gone/c1/take-back", "/official/elections/new").status_code == 409


def test_the_result_tells_how_the_seats_were_decided(app: Flask, official: Official) -> None:
    slug = counted(app, official, TIED)
    assert 'id="trail"' not in public(official, slug)
    draw(official, slug, "c5", "c3", "c4")
    trail = public(official, slug).split('id="trail"')[1].split("</ol>")[0]
    assert "Votes were counted: 14." in trail
    assert f"Tied with so many votes each: 2. Order drawn by lot: {MEHMET}, {FARAH}, {SELAM}." in trail
    assert f"Elected: {AMINA}, {BOHDAN}, {MEHMET}, {FARAH}." in trail
    official.get("/?lang=da")
    danish = html.unescape(official.client.get(f"/e/{slug}/result").text).split('id="trail"')[1].split("</ol>")[0]
    assert "Votes were counted" not in danish
    assert MEHMET in danish
