"""No voting opens before enough trustees have shown their keys, or somebody answers for opening all the same."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from election.trustees import generate_trustee
from tests.webvote.driver import Official, Voter, message_of

REASON = "The chair is in hospital, and the deputy has a copy of the key"


def sealed(official: Official, trustees: int = 2) -> str:
    slug = official.prepare(cards=2, trustees=trustees)
    assert official.confirm_by_name(slug, "seal").status_code == 302
    return slug


def task(official: Official, slug: str, key: str) -> str:
    """What the task list says of one task."""
    found = re.search(rf'<li id="task-{key}">(.*?)</li>', official.get(f"/official/e/{slug}/").text, re.DOTALL)
    assert found
    return found[1]


def log_page(official: Official) -> str:
    return official.get("/official/log").text


def test_voting_opens_once_every_trustee_alone_has_shown_their_key(official: Official) -> None:
    slug = sealed(official)
    assert "Waiting for: Trustee 1, Trustee 2" in task(official, slug, "rehearse")
    assert official.show_key(slug, 1).status_code == 201
    assert "Waiting for: Trustee 2" in task(official, slug, "rehearse")
    assert "Waiting for trustees to test" in task(official, slug, "open")
    page = official.post(f"/official/e/{slug}/open")
    assert page.status_code == 200
    assert "Too few trustees have tested" in page.text
    assert "sealed, opens soon" in official.get(f"/e/{slug}").text
    assert official.show_key(slug, 2).status_code == 201
    assert "Keys tested: 2 of 2" in task(official, slug, "rehearse")
    assert official.post(f"/official/e/{slug}/open").status_code == 302
    public = official.get(f"/e/{slug}").text
    assert public.count("key tested before voting") == 2
    assert 'id="override"' not in public


def test_opening_with_too_few_keys_needs_who_decided_it_and_why(official: Official) -> None:
    slug = sealed(official)
    for about in ({}, {"decided_by": "The board", "reason": "  "}, {"decided_by": "", "reason": REASON}):
        page = official.post(f"/official/e/{slug}/open", **about)
        assert page.status_code == 200
        assert "Fill in this field." in page.text
    assert "Election opened" not in log_page(official)


def test_a_decision_to_open_with_too_few_keys_stands_in_the_log_and_on_the_public_pages(
    app: Flask, official: Official
) -> None:
    slug = sealed(official)
    official.show_key(slug, 1)
    opened = official.post(f"/official/e/{slug}/open", decided_by="The election board", reason=REASON)
    assert opened.status_code == 302
    log = log_page(official)
    assert "Decided to open although too few keys were tested" in log
    assert "Trustee 2" in log
    assert REASON in log
    assert "1 of 2" in task(official, slug, "rehearse")
    Voter(app, slug, official.codes[0]).vote(0)
    Voter(app, slug, official.codes[1]).vote(1)
    official.confirm_by_name(slug, "close")
    for number in (1, 2):
        official.decrypt(slug, number)
    official.count(slug)
    for page in (f"/e/{slug}", f"/e/{slug}/result"):
        text = official.get(page).text
        assert "Decided by The election board" in text
        assert REASON in text


def test_a_decision_that_is_not_needed_any_more_is_not_recorded(official: Official) -> None:
    slug = sealed(official, 1)
    official.show_key(slug, 1)
    about = {"decided_by": "The election board", "reason": REASON}
    assert official.post(f"/official/e/{slug}/open", **about).status_code == 302
    assert REASON not in log_page(official) + official.get(f"/e/{slug}").text


def test_the_answer_to_the_test_is_refused_unless_it_was_made_with_this_trustees_key(official: Official) -> None:
    slug = sealed(official)
    own: Any = official.answer_to_test(slug, 1)
    others: Any = official.answer_to_test(slug, 2)
    faults = {
        "rehearsal-of-other": others,
        "rehearsal-proof": others | {"owner": 1},
        "rehearsal-malformed": own | {"more": 1},
    }
    for code, answer in faults.items():
        assert message_of(official.show_key(slug, 1, answer)) == (400, code)
    stranger = str(generate_trustee().public().public_key)
    for factor in (others["decryption_factor"], stranger, own["proof"]["challenge"]):
        forged = own | {"decryption_factor": factor}
        assert message_of(official.show_key(slug, 1, forged)) == (400, "rehearsal-proof")
    official.links[1] += "x"
    assert message_of(official.show_key(slug, 1, own)) == (403, "trustee-code-wrong")
    assert "Waiting for: Trustee 1, Trustee 2" in task(official, slug, "rehearse")


def test_a_key_is_shown_once_and_not_after_voting_opened(official: Official) -> None:
    slug = sealed(official, 1)
    answer = official.answer_to_test(slug, 1)
    for _ in range(2):
        assert official.show_key(slug, 1, answer).status_code == 201
    assert log_page(official).count("Trustee tested the key") == 1
    official.post(f"/official/e/{slug}/open")
    assert message_of(official.show_key(slug, 1, answer)) == (409, "rehearse-too-late")


def test_a_lost_key_is_found_before_sealing_and_replaced_and_then_all_show_theirs_anew(official: Official) -> None:
    slug = official.prepare(cards=2, trustees=2)
    before = official.answer_to_test(slug, 1)
    assert official.show_key(slug, 1, before).status_code == 201
    assert "have not tested theirs yet" in official.get(f"/official/e/{slug}/seal").text
    official.new_link(slug, 2)
    assert message_of(official.show_key(slug, 1, before)) == (409, "rehearse-too-early")
    assert official.hand_in_key(slug, 2).status_code == 201
    assert "Waiting for: Trustee 1, Trustee 2" in task(official, slug, "rehearse")
    assert message_of(official.show_key(slug, 1, before)) == (400, "rehearsal-proof")
    for number in (1, 2):
        assert official.show_key(slug, number).status_code == 201
    assert "have not tested theirs yet" not in official.get(f"/official/e/{slug}/seal").text
    official.confirm_by_name(slug, "seal")
    assert official.post(f"/official/e/{slug}/open").status_code == 302


def test_a_trustee_more_asks_everybody_anew(official: Official) -> None:
    slug = official.prepare(cards=2, trustees=1)
    official.show_key(slug, 1)
    official.hand_in_key(slug, official.name_trustee(slug, "Late"))
    assert "Waiting for: Trustee 1, Late" in task(official, slug, "rehearse")
    official.post(f"/official/e/{slug}/trustees/2/remove", f"/official/e/{slug}/trustees")
    assert "Waiting for: Trustee 1" in task(official, slug, "rehearse")


def test_the_page_knows_its_trustee_in_the_record_although_another_was_removed(official: Official) -> None:
    slug = official.prepare(cards=1, trustees=2)
    official.post(f"/official/e/{slug}/trustees/1/remove", f"/official/e/{slug}/trustees")
    assert 'data-owner="1"' in official.get(f"/trustee/{slug}/2").text
    assert official.answer_to_test(slug, 2)["owner"] == 1  # type: ignore[index, call-overload]


def test_the_page_asks_for_the_key_until_it_was_shown(official: Official) -> None:
    slug = official.prepare(cards=1, trustees=1)
    state = re.compile(r'data-state="(\w+)"')
    page = f"/trustee/{slug}/1"
    assert state.findall(official.get(page).text) == ["rehearsal_needed"]
    official.show_key(slug, 1)
    assert state.findall(official.get(page).text) == ["key_ready"]
    other = official.name_trustee(slug, "Late")
    assert state.findall(official.get(page).text) == ["key_ready"]
    assert message_of(official.get(f"{page}/test.json")) == (409, "rehearse-too-early")
    official.hand_in_key(slug, other)
    assert state.findall(official.get(page).text) == ["rehearsal_needed"]
