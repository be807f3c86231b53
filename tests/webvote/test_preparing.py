"""Candidates, rolls, trustees and cards: bad input gets words, and nothing is half-imported."""

from __future__ import annotations

import base64

import pytest
from sqlalchemy import text

from election.credentials import derive_credential
from election.crypto.groups import BELENIOS_2048
from election.ids import ElectionUuid
from election.trustees import generate_trustee, trustee_public_key_to_json
from tests.webvote.driver import PLAN, Official, message_of
from webvote.store.database import Store

GOOD_ROLL = "nummer;navn;adresse\n1;Ása Øster;Nygade 1\n2;Bo Bech;Nygade 2\n3;محمد علي;Nygade 3\n".encode()
PLAIN_ROLL = GOOD_ROLL.replace("محمد علي".encode(), b"Carl Dam")
BAD_ROLL = "nummer;navn;adresse\n1;Ása;Nygade 1\n1;Bo;Nygade 2\n3;;Nygade 3\n4;Ása;nygade 1\n".encode()


def rows(store: Store, table: str) -> int:
    with store.engine.connect() as connection:
        return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())  # noqa: S608


def import_roll(official: Official, slug: str, raw: bytes) -> None:
    content = base64.b64encode(raw).decode()
    form = "/official/elections/new"
    assert official.post(f"/official/e/{slug}/electors/roll/import", form, content=content).status_code == 302


def test_a_roll_is_shown_line_by_line_before_anything_is_stored(official: Official, store: Store) -> None:
    slug = official.create()
    page = official.upload_roll(slug, GOOD_ROLL)
    assert all(name in page.text for name in ("Ása Øster", "Bo Bech", "محمد علي"))
    assert rows(store, "roll_entry") == 0
    content = base64.b64encode(GOOD_ROLL).decode()
    answer = official.post(f"/official/e/{slug}/electors/roll/import", "/official/elections/new", content=content)
    assert answer.status_code == 302
    assert rows(store, "roll_entry") == 3
    assert "Electors on the roll: 3" in official.get(f"/official/e/{slug}/").text


def test_every_fault_of_a_roll_is_named_with_its_line_and_nothing_is_imported(official: Official, store: Store) -> None:
    slug = official.create()
    page = official.upload_roll(slug, BAD_ROLL).text
    for line in ("Line 3", "Line 4", "Line 5"):
        assert line in page
    content = base64.b64encode(BAD_ROLL).decode()
    answer = official.post(f"/official/e/{slug}/electors/roll/import", "/official/elections/new", content=content)
    assert answer.status_code == 400
    assert rows(store, "roll_entry") == 0


def test_a_file_that_is_no_roll_is_refused_in_words(official: Official) -> None:
    slug = official.create()
    assert "spreadsheet" in official.upload_roll(slug, b"PK\x03\x04....").text


def test_cards_for_a_named_roll_are_letters_in_the_order_of_the_roll(official: Official, store: Store) -> None:
    slug = official.create()
    content = base64.b64encode(GOOD_ROLL.replace("محمد علي".encode(), b"Carl Dam")).decode()
    official.post(f"/official/e/{slug}/electors/roll/import", "/official/elections/new", content=content)
    answer = official.make_cards(slug)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert rows(store, "public_credential") == 3
    with store.reading() as work:
        listed = work.records.credentials(work.elections.get(slug))
    assert listed == sorted(listed)


def test_making_the_cards_again_voids_the_earlier_ones_and_says_so(official: Official, store: Store) -> None:
    slug = official.create()
    official.door_cards(slug, 2)
    official.make_cards(slug)
    with store.reading() as work:
        first = work.records.credentials(work.elections.get(slug))
    assert "destroy them" in official.get(f"/official/e/{slug}/cards").text
    assert "Cards have been made. They carry the name" in official.get(f"/official/e/{slug}/plan").text
    official.make_cards(slug)
    with store.reading() as work:
        second = work.records.credentials(work.elections.get(slug))
    assert not set(first) & set(second)


def test_cards_are_refused_when_another_roll_came_while_they_were_printed(
    official: Official, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many people as before, but others: the letters would go to those who are not on the roll any more."""
    slug = official.create()
    import_roll(official, slug, PLAIN_ROLL)

    def print_slowly(*_: object) -> bytes:
        import_roll(official, slug, PLAIN_ROLL.replace(b"Bo Bech", b"Bo Beck"))
        return b"%PDF"

    monkeypatch.setattr("webvote.pages.officials.keys.print_cards", print_slowly)
    answer = official.make_cards(slug)
    assert answer.status_code == 409
    assert "The electors were changed while the cards were made." in answer.text
    assert rows(store, "public_credential") == 0


def test_of_two_files_of_cards_made_at_once_the_one_that_is_handed_out_is_valid(
    official: Official, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever presses twice is shown the second answer, so the first must not void it behind their back."""
    slug = official.create()
    official.door_cards(slug, 2)
    answers = []

    def print_slowly(*_: object) -> bytes:
        monkeypatch.undo()
        answers.append(official.make_cards(slug))
        return b"%PDF"

    monkeypatch.setattr("webvote.pages.officials.keys.print_cards", print_slowly)
    answers.append(official.make_cards(slug))
    assert [answer.status_code for answer in answers] == [200, 409]
    assert "Other cards were made at the same time" in answers[1].text
    assert rows(store, "public_credential") == 2


def test_a_candidate_twice_is_refused_beside_the_field_and_what_was_typed_stays(official: Official) -> None:
    slug = official.create()
    official.add_candidates(slug, ("Amina Hassan",))
    page = official.post(f"/official/e/{slug}/candidates", name="AMINA  hassan", presentation="I was here first")
    assert page.status_code == 200
    assert "error-message" in page.text
    assert "I was here first" in page.text


def test_candidates_can_be_moved_and_removed(official: Official) -> None:
    slug = official.create()
    official.add_candidates(slug, ("A One", "B Two", "C Three"))
    page = f"/official/e/{slug}/candidates"
    official.post(f"{page}/c3/up", page)
    official.post(f"{page}/c1/remove", page)
    shown = official.get(page).text
    assert "A One" not in shown
    assert shown.index("C Three") < shown.index("B Two")
    official.add_candidates(slug, ("D Four",))
    assert official.get(page).text.index("D Four") > shown.index("B Two")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"closes_at": "2025-11-30T14:00"}, "closing time must be after"),
        ({"name": ""}, "Fill in this field."),
        ({"max_marks": "0"}, "error-message"),
        ({"opens_at": "soon"}, "error-message"),
        ({"name": "  "}, "Fill in this field."),
        ({"opens_at": "0001-01-01T00:10"}, "Write a year between 2000 and 2100."),
        ({"closes_at": "9999-12-31T23:59"}, "Write a year between 2000 and 2100."),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused_and_keeps_what_was_typed(
    official: Official, changes: dict[str, str], words: str
) -> None:
    fields = {
        "seats": "norddjurs-dialogforum-2024/elected",
        "council": "new",
        "name": "Valg",
        "question": "Whom do you want?",
        "max_marks": "1",
        "opens_at": "2025-11-30T15:00",
        "closes_at": "2025-11-30T16:30",
    }
    answer = official.post("/official/elections/new", **{**fields, **changes})
    assert answer.status_code == 200
    assert words in answer.text
    assert "Whom do you want?" in answer.text


def test_a_plan_that_is_sent_twice_makes_one_election(official: Official, store: Store) -> None:
    official.create()
    answer = official.post("/official/elections/new", **PLAN)
    assert answer.status_code == 200
    assert "There is an election with this name" in answer.text
    assert rows(store, "election") == rows(store, "council") == 1


def test_times_are_typed_and_shown_in_local_time(official: Official, store: Store) -> None:
    slug = official.create()
    with store.reading() as work:
        assert work.elections.get(slug).opens_at.isoformat() == "2025-11-30T14:00:00+00:00"
    assert 'value="2025-11-30T15:00"' in official.get(f"/official/e/{slug}/plan").text


def test_a_trustee_key_needs_the_code_of_the_link_and_a_proof(official: Official) -> None:
    slug = official.create()
    number = official.name_trustee(slug, "Trustee 1")
    address = f"/trustee/{slug}/{number}/key"
    key = trustee_public_key_to_json(generate_trustee().public())
    assert message_of(official.client.post(address, json={"code": "x", "public_key": key})) == (
        403,
        "trustee-code-wrong",
    )
    code = official.links[number]
    other = trustee_public_key_to_json(generate_trustee().public())
    assert isinstance(key, dict)
    assert isinstance(other, dict)
    wrong = {"pok": other["pok"], "public_key": key["public_key"]}
    assert message_of(official.client.post(address, json={"code": code, "public_key": wrong})) == (
        400,
        "trustee-key-proof",
    )
    assert official.client.post(address, json={"code": code, "public_key": key}).status_code == 201
    assert official.client.post(address, json={"code": code, "public_key": key}).status_code == 201
    assert message_of(official.client.post(address, json={"code": code, "public_key": other})) == (
        409,
        "trustee-key-received",
    )


def test_a_new_link_voids_the_old_one_and_asks_for_a_new_key(official: Official) -> None:
    slug = official.create()
    number = official.name_trustee(slug, "Trustee 1")
    official.hand_in_key(slug, number)
    old = official.links[number]
    official.new_link(slug, number)
    assert official.links[number] != old
    assert "Waiting for keys from: Trustee 1" in official.get(f"/official/e/{slug}/").text
    assert official.hand_in_key(slug, number).status_code == 201


def test_cards_that_may_be_printed_are_made_void_only_by_typing_the_name(official: Official, store: Store) -> None:
    slug = official.prepare(cards=3)
    codes = official.codes
    again = official.make_cards(slug, typed_name="")
    assert again.mimetype == "text/html"
    assert official.make_cards(slug, typed_name="another election").mimetype == "text/html"
    with store.reading() as work:
        kept = set(work.records.credentials(work.elections.get(slug)))
        uuid = ElectionUuid(work.elections.get(slug).uuid)
    assert kept == {int(derive_credential(code, uuid, BELENIOS_2048).public) for code in codes}
    assert official.make_cards(slug).mimetype == "application/pdf"
