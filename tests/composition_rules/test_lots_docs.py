"""Every figure of docs/lots.md is what the program gives, and the recipe's words are enough to recompute it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

from composition_rules.catalogue import load_mandate
from composition_rules.conflict import Line
from composition_rules.council import Council
from composition_rules.draw import Chances, Drawn, Ranked, Selection, chances, choose_ranked, draw, selection_of
from composition_rules.draw.draws import MOST_EXPECTED_ATTEMPTS
from composition_rules.draw.words import chances_lines, drawn_lines, ranked_lines, selection_lines
from composition_rules.mandate import Bound, Seats, Text
from composition_rules.messages import sentence
from composition_rules.parse import parse_council
from composition_rules.people import PersonId
from tests.composition_rules.applicants import person, requirement, two_groups

PAGE = (Path(__file__).parents[2] / "docs" / "lots.md").read_text(encoding="utf-8")
EXAMPLE, MORE = PAGE.split("### With one rule more")
VARIATION, OPEN_SEATS = MORE.split("### With seats that stay open")
DAY = date(2026, 2, 1)
SEED = "Lotto 7/2 2026: 3 9 14 21 27 30 34"


def selection(*, one_rule_more: bool = False) -> Selection:
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    file = parse_council(blocks[0].encode(), load_mandate)
    mandate = file.mandate
    if one_rule_more:
        rule = replace(
            requirement(Bound.AT_LEAST, 3, "background:refugee-or-immigrant"),
            title=Text(da="flygtninge- eller indvandrerbaggrund", en="refugee or immigrant background"),
        )
        civil = mandate.groups[0]
        mandate = replace(
            mandate, groups=(replace(civil, requirements=(*civil.requirements, rule)), *mandate.groups[1:])
        )
    applicants = [each.person for each in file.candidates if each.groups == ("civil-society",)]
    assert len(applicants) == 20
    return selection_of(file.council, mandate, "civil-society", seats=5, applicants=applicants, on=DAY)


def with_open_seats() -> Selection:
    """Three are chosen of six; up to two officials may come, of whom nobody lives in the municipality."""
    lives = Text(da="bopæl i kommunen", en="residence in the municipality")
    background = Text(da="flygtninge- eller indvandrerbaggrund", en="refugee or immigrant background")
    mandate = two_groups(
        Seats.exactly(3),
        Seats(least=0, most=2),
        others=(replace(requirement(Bound.AT_MOST, 0, "residence:here"), title=lives),),
        council=(
            replace(requirement(Bound.MAJORITY, None, "residence:here"), title=lives),
            replace(requirement(Bound.AT_LEAST, 1, "background:refugee-or-immigrant"), title=background),
        ),
    )
    officials = replace(mandate.groups[1], title=Text(da="Embedsmænd", en="Officials"))
    mandate = replace(mandate, groups=(mandate.groups[0], officials))
    residents = [person(name, "residence:here") for name in ("anna", "bo", "carl")]
    others = [person(name, "background:refugee-or-immigrant") for name in ("dina", "emma")]
    applicants = [*residents, *others, person("frida")]
    council = Council(mandate_id=mandate.id)
    return selection_of(council, mandate, "civil-society", seats=3, applicants=applicants, on=DAY)


def said(lines: list[Line]) -> set[str]:
    return {sentence(line.code, line.params_in("en")) for line in lines}


def quoted(part: str) -> set[str]:
    return set(re.findall(r"^> (.*)$", part, flags=re.MULTILINE))


def outcome(asked: Selection) -> tuple[Chances, Drawn]:
    counted, drawn = chances(asked), draw(asked, SEED)
    assert isinstance(counted, Chances)
    assert isinstance(drawn, Drawn)
    return counted, drawn


def test_the_example_is_what_the_program_says() -> None:
    asked = selection()
    counted, drawn = outcome(asked)
    quotes = quoted(EXAMPLE)
    assert len(quotes) == 7
    assert quotes <= said(selection_lines(asked) + chances_lines(counted) + drawn_lines(drawn, asked))
    assert {str(each.chance) for each in counted.chances} == {"0", "5/17"}
    assert [each.person.id for each in counted.chances if not each.chance] == ["gitte", "lars", "tove"]
    table = re.findall(r"^\| (\w+) \| ([0-9a-f]{8}) \|$", EXAMPLE, flags=re.MULTILINE)
    assert table == [(person, number[:8]) for person, number in drawn.numbers[:6]]


def test_the_variation_is_what_the_program_says() -> None:
    asked = selection(one_rule_more=True)
    counted, drawn = outcome(asked)
    named = re.search(r"By a ranking instead \(([^)]*)\)", VARIATION)
    assert named
    ranked = choose_ranked(asked, [PersonId(each) for each in named[1].split(", ")])
    assert isinstance(ranked, Ranked)
    quotes = quoted(VARIATION)
    assert len(quotes) == 12
    assert quotes <= said(chances_lines(counted) + drawn_lines(drawn, asked) + ranked_lines(ranked, asked))


def test_the_example_of_open_seats_is_what_the_program_says() -> None:
    asked = with_open_seats()
    counted = chances(asked)
    assert isinstance(counted, Chances)
    quotes = quoted(OPEN_SEATS)
    assert len(quotes) == 10
    assert quotes <= said(selection_lines(asked) + chances_lines(counted))
    listed = [[one.id for one in each] for each in combinations(asked.applicants, 3)]
    named = [line.split(", ") for line in re.findall(r"^- ([a-z, ]+)$", OPEN_SEATS, flags=re.MULTILINE)]
    assert [each for each in listed if asked.is_valid(each)] == named


def test_the_words_of_the_recipe_recompute_both_draws() -> None:
    for asked, background in ((selection(), 0), (selection(one_rule_more=True), 3)):
        have = {each.id for each in asked.applicants if each.has("background:refugee-or-immigrant")}
        connected = {each.id for each in asked.applicants if each.has("connection:slagelse")}
        attempt, first = 0, list[str]()
        while not first or len(have & set(first)) < background:
            attempt += 1
            lines = {one: f"{SEED}/slagelse-integrationsudvalg-2024:civil-society/{attempt}/{one}" for one in connected}
            numbers = {one: hashlib.sha256(line.encode("utf-8")).hexdigest() for one, line in lines.items()}
            first = sorted(numbers, key=lambda one: numbers[one])[:5]
        _, drawn = outcome(asked)
        assert (drawn.attempt, drawn.chosen) == (attempt, tuple(first))


def test_the_lines_written_out_on_the_page_hash_as_it_says() -> None:
    lines = re.findall(r"^ {4}(Lotto .*)$", PAGE, flags=re.MULTILINE)
    hashed = [hashlib.sha256(line.encode()).hexdigest() for line in lines]
    assert len(hashed) == 2
    assert f"`{hashed[0]}`" in PAGE
    assert f"| qasim | {hashed[1][:8]} |" in PAGE
    assert f"more than {MOST_EXPECTED_ATTEMPTS:,} attempts".replace(",", " ") in PAGE
