"""Whom a body proposed: women and men as ligestillingsloven § 10 a asks; and what a number of candidates leads to."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from composition_rules.catalogue import load_mandate
from composition_rules.mandate import TooFewCandidates, Uncontested
from tests.webvote.driver import PLAN, Official
from webvote.messages import SENTENCES
from webvote.store.database import Store
from webvote.store.models import Candidate, Council, Election
from webvote.use_cases.log import verify_log
from webvote.use_cases.standing import what_follows

COUNCIL = "handicapraad-2026"
PAGE = f"/official/council/{COUNCIL}/nominations"
BODY = "Danske Handicaporganisationer"
LACKING = "no nomination is recorded for: {people}"
PAIR = "proposed as many women as men on 12 November 2025: women: {women}, men: {men}."
REASON = "Only men answered our call"


@pytest.fixture
def disability(official: Official) -> Official:
    """An official in front of a disability council with two members whom the organisations nominated."""
    answer = official.post("/official/councils/new", mandate="handicapraad-lov", name="Handicapråd 2026")
    assert answer.status_code == 302, answer.text
    for seat, person in enumerate(("Inger Holm", "Jens Bak"), start=1):
        appoint(official, f"disability-organisations/member/{seat}", person)
    return official


def appoint(official: Official, place: str, person: str) -> None:
    entry = {"place": place, "person": person, "decision": "Council, item 4", "since": "2025-11-20"}
    assert official.post(f"/official/council/{COUNCIL}/", **entry).status_code == 302


def nominate(official: Official, **changes: Any) -> TestResponse:
    entered = {
        "group": "disability-organisations",
        "nominated_by": BODY,
        "nominated_on": "2025-11-12",
        "women": "2",
        "men": "2",
        "appointed": ["Inger Holm", "Jens Bak"],
        "reason": "",
    }
    return official.post(PAGE, **{**entered, **changes})


def council(official: Official, on: str = "2025-11-30") -> str:
    return html.unescape(official.get(f"/council/{COUNCIL}?on={on}").text)


def log(store: Store) -> list[tuple[str, dict[str, Any]]]:
    with store.reading() as work:
        assert verify_log(work)
        return [(each.act, each.detail) for each in work.log.entries(subject=COUNCIL)]


def test_as_many_women_as_men_meet_the_finding(disability: Official, store: Store) -> None:
    assert LACKING.format(people="Inger Holm, Jens Bak") in council(disability)
    assert nominate(disability).status_code == 302
    page = council(disability)
    assert LACKING.format(people="") not in page
    assert f"{BODY} {PAIR.format(women=2, men=2)}" in page
    assert "Proposed: women: 2, men: 2. Got a seat: Inger Holm, Jens Bak." in page
    act, detail = log(store)[0]
    assert (act, detail["women"], detail["appointed"]) == ("nominate", 2, ["Inger Holm", "Jens Bak"])


def test_a_nomination_of_other_numbers_is_not_met_until_the_reason_is_given(disability: Official) -> None:
    nominate(disability, women="0", men="2")
    # The state and the sentence of the finding stand side by side.
    assert "women: 0, men: 2" in council(disability)
    assert PAIR.format(women=0, men=2) not in council(disability)
    withdraw(disability, 1)
    nominate(disability, women="0", men="2", reason=REASON)
    page = council(disability)
    assert f"Reason given: {REASON}" in page
    group = page.split('id="group-disability-organisations"')[1].split("</section>")[0]
    (line,) = (line for line in group.split("<li>") if REASON in line)
    assert '<span class="state done">met</span>' in line


def test_only_those_whom_the_body_proposed_are_covered(disability: Official) -> None:
    nominate(disability, women="1", men="1", appointed=["Inger Holm"])
    assert LACKING.format(people="Jens Bak") in council(disability)
    nominate(disability, women="1", men="1", appointed=["Jens Bak"])
    assert LACKING.format(people="") not in council(disability)


def test_an_earlier_day_knows_nothing_of_a_later_nomination(disability: Official) -> None:
    nominate(disability, nominated_on="2025-11-25")
    assert "Got a seat" not in council(disability, "2025-11-24")
    assert LACKING.format(people="Inger Holm, Jens Bak") in council(disability, "2025-11-24")
    assert "Got a seat" in council(disability, "2025-11-25")


def withdraw(official: Official, number: int) -> TestResponse:
    return official.post(f"{PAGE}/{number}/withdraw", PAGE)


def test_a_nomination_is_taken_back_and_the_log_keeps_it(disability: Official, store: Store) -> None:
    nominate(disability)
    assert withdraw(disability, 1).status_code == 302
    assert LACKING.format(people="Inger Holm, Jens Bak") in council(disability)
    (taken, detail), (entered, same) = log(store)[:2]
    assert (taken, entered, detail) == ("withdraw-nomination", "nominate", same)
    assert withdraw(disability, 1).status_code == 404


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"women": "0", "men": "0"}, SENTENCES["nomination-nobody"]),
        ({"women": "1", "men": "0"}, SENTENCES["nomination-too-few"].format(found=2, proposed=1)),
        ({"women": "-1"}, "Write a number between 0 and 100."),
        ({"women": ""}, "Fill in this field."),
        ({"appointed": []}, "Fill in this field."),
        ({"appointed": ["Somebody Else"]}, "Choose only what is on the list."),
        ({"group": "municipality"}, "Choose one of the list."),
        ({"nominated_on": "2025-12-01"}, "This day has not come yet."),
    ],
)
def test_what_cannot_be_a_nomination_is_refused_beside_its_field(
    disability: Official, changes: dict[str, Any], complaint: str
) -> None:
    answer = nominate(disability, **changes)
    assert answer.status_code == 200
    assert complaint in html.unescape(answer.text)
    assert "Got a seat" not in council(disability)


def test_a_member_of_other_seats_or_an_alternate_is_not_nominated(disability: Official) -> None:
    appoint(disability, "municipality/member/1", "Karin Friis")
    appoint(disability, "disability-organisations/alternate/1", "Lars Dam")
    for person in ("Karin Friis", "Lars Dam"):
        assert "Choose only what is on the list." in html.unescape(nominate(disability, appointed=[person]).text)


def test_a_council_without_nominated_seats_has_no_such_page(official: Official) -> None:
    official.create()
    slug = official.get("/").text.split('href="/council/')[1].split('"')[0]
    assert "to-nominations" not in official.get(f"/official/council/{slug}/").text
    assert official.get(f"/official/council/{slug}/nominations").status_code == 409


def test_the_same_council_is_not_made_twice(disability: Official) -> None:
    answer = disability.post("/official/councils/new", mandate="handicapraad-lov", name="Handicapråd  2026")
    assert SENTENCES["council-exists"] in answer.text
    other = disability.post("/official/councils/new", mandate="handicapraad-lov", name="Handicapråd 2030")
    assert other.status_code == 302


# What follows from the number of candidates


@pytest.mark.parametrize(
    ("seats", "number", "code"),
    [
        ("norddjurs-dialogforum-2024/elected", 5, "task-vote-needed"),
        ("norddjurs-dialogforum-2024/elected", 4, "task-decision-of-unstated"),
        ("norddjurs-dialogforum-2024/elected", 3, "task-too-few-unstated"),
        ("gentofte-integrationsraad-2018/elected", 6, "task-decision-of-election-board"),
        ("hjoerring-integrationsraad/elected", 6, "task-elected-without-vote"),
    ],
)
def test_the_candidates_task_says_what_the_mandate_makes_of_the_number(
    official: Official, seats: str, number: int, code: str
) -> None:
    slug = official.create(seats=seats)
    for letter in "ABCDEF"[:number]:
        assert official.post(f"/official/e/{slug}/candidates", name=f"Candidate {letter}").status_code == 302
    page = html.unescape(official.get(f"/official/e/{slug}/").text)
    places = 4 if seats.startswith("norddjurs") else 6
    assert SENTENCES[code].format(number=number, seats=places) in page


def test_a_list_that_is_too_short_for_the_marks_says_that_first(official: Official) -> None:
    slug = official.create(max_marks="2")
    official.add_candidates(slug, ["Candidate A"])
    assert SENTENCES["task-too-few-candidates"] in official.get(f"/official/e/{slug}/").text


def test_a_question_that_cannot_stand_on_a_ballot_is_refused_when_the_plan_is_changed(official: Official) -> None:
    slug = official.create()
    official.add_candidates(slug, ["Candidate A"])
    answer = official.post(f"/official/e/{slug}/plan", **{**PLAN, "question": "Whom\u202a?"})
    assert answer.status_code == 200
    assert "U+202A" in answer.text
    assert "Candidates: 1, seats: 4." in official.get(f"/official/e/{slug}/").text


@pytest.mark.parametrize("number", [1, 3, 4, 5])
@pytest.mark.parametrize("uncontested", Uncontested)
@pytest.mark.parametrize("too_few", TooFewCandidates)
def test_every_rule_that_a_mandate_can_have_is_told_in_a_whole_sentence(
    monkeypatch: pytest.MonkeyPatch, uncontested: Uncontested, too_few: TooFewCandidates, number: int
) -> None:
    mandate = load_mandate("norddjurs-dialogforum-2024")
    groups = [
        replace(each, election=replace(each.election, uncontested=uncontested, too_few=too_few))
        if each.election is not None
        else each
        for each in mandate.groups
    ]
    monkeypatch.setattr("webvote.use_cases.standing.mandate_of", lambda _: replace(mandate, groups=tuple(groups)))
    candidates = [
        Candidate(key=f"c{place}", name=f"C {place}", position=place, presentation="", properties=[])
        for place in range(1, number + 1)
    ]
    election = Election(group_id="elected", question="Whom?", max_marks=1, blank_allowed=True, candidates=candidates)
    election.council = Council(mandate_id=mandate.id)
    code, params = what_follows(election)
    sentence = SENTENCES[code].format(**dict(params))
    assert f"Candidates: {number}" in sentence
    assert (code == "task-vote-needed") == (number > 4)
