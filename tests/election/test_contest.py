"""A contest is read off its mandate and never contradicts itself or its voters' eyes."""

from __future__ import annotations

import pytest

from composition_rules.catalogue import load_mandate
from election.contest import Candidate, contest_from_mandate
from election.errors import ContestError
from election.ids import CandidateId
from tests.election.elections import a_contest

MANDATE = load_mandate("norddjurs-dialogforum-2024")
CANDIDATES = [Candidate(CandidateId("a"), "Amina"), Candidate(CandidateId("b"), "Bohdan")]


def refusal(names: tuple[str, ...] = ("Amina", "Bohdan"), **changes: object) -> str:
    with pytest.raises(ContestError) as caught:
        a_contest(names, **changes)
    str(caught.value)
    return caught.value.code


def test_the_elected_group_of_norddjurs_gives_four_seats_and_four_alternates_without_an_order() -> None:
    contest = contest_from_mandate(MANDATE, "elected", question="Hvem?", candidates=CANDIDATES)
    assert (contest.seats, contest.alternates, contest.alternates_ranked) == (4, 4, False)
    assert (contest.max_marks, contest.blank_allowed) == (1, True)


def test_a_group_that_is_not_elected_has_no_contest() -> None:
    others = [group.id for group in MANDATE.groups if group.id != "elected"]
    assert others
    for group in others:
        with pytest.raises(ContestError, match="not filled by direct election"):
            contest_from_mandate(MANDATE, group, question="Hvem?", candidates=CANDIDATES)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"names": ()}, "contest-no-candidate"),
        ({"max_marks": 0}, "contest-marks"),
        ({"max_marks": 3}, "contest-marks"),
        ({"seats": 0}, "contest-places"),
        ({"alternates": -1}, "contest-places"),
        ({"question": ""}, "contest-question"),
        ({"question": " \n"}, "contest-question"),
        ({"question": "?" * 201}, "contest-question"),
        ({"names": ("Amina", "")}, "contest-name"),
        ({"names": ("Amina", "x" * 201)}, "contest-name"),
        ({"candidates": (CANDIDATES[0], Candidate(CandidateId("a"), "Bohdan"))}, "contest-id-twice"),
    ],
)
def test_a_contest_that_contradicts_itself_is_refused(changes: dict[str, object], code: str) -> None:
    assert refusal(**changes) == code  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "twin",
    [
        "Amina",
        "AMINA",
        " amina ",
        "Ａmina",  # wide
        "Ami\u200bna",  # zero-width space
        "Ami\u00adna",  # soft hyphen
        "Amina\ufeff",
        "Am\u2060ina",
        "Ami\u034fna",  # combining grapheme joiner
        "Amina\ufe0f",  # variation selector
        "Amina\u3164",  # Hangul filler
        "\U000e0041Amina",  # tag
    ],
)
def test_two_names_that_look_the_same_are_refused(twin: str) -> None:
    assert refusal(("Amina", twin)) == "contest-name-twice"


def test_letters_composed_or_not_and_spaces_wide_or_narrow_look_the_same() -> None:
    assert refusal(("Renée Å", "Rene\u0301e\N{NO-BREAK SPACE}\N{ANGSTROM SIGN}")) == "contest-name-twice"


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u2800\u2800", "\ufeff \u2060", "\u115f\u1160"])
def test_a_name_that_shows_nothing_is_no_name(name: str) -> None:
    assert refusal(("Amina", name)) == "contest-name"


@pytest.mark.parametrize("character", ["\x00", "\n", "\x1b", "\x7f", "\u2028", "\u202e", "\u2066", "\ud800", "\ue000"])
def test_characters_that_hide_or_turn_text_are_refused(character: str) -> None:
    assert refusal(("Amina", f"Boh{character}dan")) == "contest-character"
    assert refusal(question=f"Hvem{character}?") == "contest-character"


@pytest.mark.parametrize("name", ["محمد الأحمد", "می‌خواهم", "Đặng Thị Hà", "O'Neil-Æbelø", "সুমাইয়া", "李 明", "Ⴀⴁ"])
def test_names_of_all_scripts_are_accepted(name: str) -> None:
    assert a_contest(("Amina", name)).candidates[1].name == name
