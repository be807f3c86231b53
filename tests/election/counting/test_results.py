from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.counting.blt import numbered_candidates
from election.counting.documents import amount_text, decimals_of, fixed, schema_of
from election.counting.figures import ProtocolFigures, figures_of_sheets
from election.counting.lots import LotsRequired, decide
from election.counting.marks import InvalidReason
from election.counting.most_votes import elect_by_votes
from election.counting.outcome import Completed
from election.counting.papers import RankedPapers
from election.counting.results import result_csv, result_document, result_json, result_schema
from election.counting.rules import Places, Rule, run_rule
from election.counting.sheets import SheetFile, parse_sheets
from election.counting.show import readable, sentences, table
from election.counting.trail import Standing, State, Step, Transfer
from election.ids import CandidateId
from election.messages import SENTENCES
from tests.election.counting.test_sheets import SHEETS, sheet_files

SHIPPED = Path(__file__).resolve().parents[3] / "docs" / "result.schema.json"
IDS = numbered_candidates(3)
NAMES = dict(zip(IDS, ("Asta", "Bo", "Carl"), strict=True))
PAPERS = RankedPapers(candidates=IDS, rankings={(0, 1): 7, (1,): 3, (2, 1): 2, (2,): 1, (): 1})


def say(code: str, params: Mapping[str, object]) -> str:
    return SENTENCES[code].format(**params)


def counted(rule: Rule) -> Completed:
    outcome = run_rule(rule, PAPERS, Places(seats=2, alternates=1))
    assert isinstance(outcome, Completed)
    return outcome


KINDS = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def misfits(value: Any, schema: Mapping[str, Any], at: str = "$") -> Iterator[str]:
    """Where a document breaks a schema: as much of JSON Schema as ours uses."""
    if "anyOf" in schema:
        if all([*misfits(value, each, at)] for each in schema["anyOf"]):
            yield f"{at}: none fits"
    elif (
        ("const" in schema and value != schema["const"])
        or ("enum" in schema and value not in schema["enum"])
        or ("type" in schema and type(value) is not KINDS[schema["type"]])
        or ("pattern" in schema and not re.search(schema["pattern"], value))
    ):
        yield f"{at}: {value}"
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from misfits(each, schema["items"], f"{at}[{number}]")
    elif isinstance(value, dict):
        yield from misfits_of_members(value, schema, at)


def misfits_of_members(value: dict[str, Any], schema: Mapping[str, Any], at: str) -> Iterator[str]:
    yield from (f"{at}.{key} is missing" for key in schema.get("required", ()) if key not in value)
    for key, each in value.items():
        inside = schema.get("properties", {}).get(key, schema.get("additionalProperties", {}))
        if inside is False:
            yield f"{at}.{key} is unknown"
        else:
            yield from misfits(each, inside, f"{at}.{key}")


@pytest.mark.parametrize("rule", [Rule.SCOTTISH_STV, Rule.GREGORY_STV, Rule.MEEK_STV])
def test_a_result_fits_its_schema_and_holds_every_number_exactly(rule: Rule) -> None:
    outcome = counted(rule)
    figures = figures_of_sheets(parse_sheets(SHEETS, marks=lambda _: 1).sheets)
    document = result_document(outcome, title="T", rule=rule, seats=2, names=NAMES, figures=figures)
    written = json.loads(result_json(document))
    assert [*misfits(written, result_schema())] == []
    assert written["lot_required"] is None
    assert [row["channel"] for row in written["figures"]] == ["online", "paper", "postal", "all"]
    for told, step in zip(written["completed"]["trail"], outcome.trail, strict=True):
        assert (told["code"], told["people"]) == (step.code, list(step.people))
        assert [Fraction(each["votes"]) for each in told["standings"]] == [each.votes for each in step.standings]
        assert [Fraction(each["votes"]) for each in told["transfers"]] == [each.votes for each in step.transfers]
        assert Fraction(told["exhausted"]) == step.exhausted


def test_a_lot_that_is_needed_fits_the_schema_too() -> None:
    required = decide(lambda lots: elect_by_votes({IDS[0]: 1, IDS[1]: 1}, lots, seats=1))
    assert isinstance(required, LotsRequired)
    document = result_document(required, title="", rule=Rule.ONE_MARK, seats=1, names=NAMES)
    written = json.loads(result_json(document))
    assert [*misfits(written, result_schema())] == []
    assert written["lot_required"] == {
        "boundary": "seat",
        "tied": ["1", "2"],
        "votes": "1",
        "to_choose": 1,
        "at": "",
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.pop("seats"),
        lambda document: document.update(more=1),
        lambda document: document.update(format=2),
        lambda document: document["completed"]["elected"][0].update(votes=1.5),
        lambda document: document["completed"]["elected"][0].update(votes="1e3"),
        lambda document: document["completed"]["trail"][1]["standings"][0].update(state="lost"),
    ],
)
def test_another_document_does_not_fit(change: Any) -> None:
    document = result_document(counted(Rule.GREGORY_STV), title="T", rule=Rule.GREGORY_STV, seats=2, names=NAMES)
    written = json.loads(result_json(document))
    change(written)
    assert [*misfits(written, result_schema())] != []


def test_the_schema_that_is_published_is_that_of_the_code() -> None:
    # election count --schema > docs/result.schema.json
    assert json.loads(SHIPPED.read_text("utf-8")) == result_schema()


def test_what_json_cannot_say_exactly_has_no_schema() -> None:
    with pytest.raises(TypeError):
        schema_of(bytes)


def test_a_result_as_csv_has_a_row_for_everybody() -> None:
    written = result_csv(counted(Rule.GREGORY_STV), NAMES, ProtocolFigures(per_channel={}))
    rows = [*csv.DictReader(io.StringIO(written.decode()))]
    assert [(row["place"], row["number"], row["name"], row["by_lot"]) for row in rows[:3]] == [
        ("elected", "1", "Asta", "no"),
        ("elected", "2", "Bo", "no"),
        ("alternate", "1", "Carl", "no"),
    ]
    assert {row["place"] for row in rows[3:]} == {"figure"}


FIGURES = ("papers", "valid", "blank", *(f"invalid {reason}" for reason in InvalidReason))
ISSUED_FIGURES = ("issued", "used", "returned", "void", "unused")


def sum_as_they_should(figures: Mapping[str, int]) -> bool:
    """The figures of one row by their names, as in the CSV."""
    issued, *became = (figures.get(each, 0) for each in ISSUED_FIGURES)
    papers, *counted_as = (figures[each] for each in FIGURES)
    return papers == sum(counted_as) and issued == sum(became)


@settings(max_examples=50)
@given(sheet_files(), st.sets(st.integers(0, 7)))
def test_the_published_figures_sum_by_channel_and_together(file: SheetFile, silent: set[int]) -> None:
    sheets = [replace(each, issued=None) if place in silent else each for place, each in enumerate(file.sheets)]
    figures = figures_of_sheets(sheets)
    document = result_document(counted(Rule.GREGORY_STV), title="", rule="any", seats=2, names=NAMES, figures=figures)
    written = json.loads(result_json(document))
    assert [*misfits(written, result_schema())] == []
    rows = {row["channel"]: row for row in written["figures"]}
    table = [*csv.DictReader(io.StringIO(result_csv(counted(Rule.GREGORY_STV), NAMES, figures).decode()))]
    in_csv: dict[str, dict[str, int]] = {channel: {} for channel in rows}
    for each in table:
        if each["place"] == "figure":
            in_csv[each["id"]][each["name"]] = int(each["votes"])
    for channel, row in rows.items():
        flat = {each: row[each] for each in ("papers", "valid", "blank")}
        flat |= {f"invalid {reason}": number for reason, number in row["invalid"].items()} | (row["issued"] or {})
        assert in_csv[channel] == flat
        assert sum_as_they_should(flat)
        of_row = [each for each in sheets if channel in ("all", each.channel)]
        assert flat["papers"] == sum(each.papers for each in of_row)
        assert (row["issued"] is None) is any(each.issued is None for each in of_row)
        if row["issued"]:
            assert row["issued"]["used"] == sum(each.issued.used for each in of_row if each.issued)


@given(st.fractions(max_denominator=10**6))
def test_a_number_is_written_exactly(number: Fraction) -> None:
    text = amount_text(number)
    assert Fraction(text) == number
    decimals = decimals_of(number)
    assert ("/" in text) is (decimals is None)
    if decimals is not None:
        assert (10**decimals * number).denominator == 1
        assert decimals == 0 or (10 ** (decimals - 1) * number).denominator > 1


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (12, "12"),
        (Fraction(601552, 100_000), "6.01552"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(37, 3), "≈ 12.33333 (37/3)"),
        (Fraction(2, 3), "≈ 0.66667 (2/3)"),
        (Fraction(10**30, 3), f"≈ {10**30 // 3}.33333"),
    ],
)
def test_people_read_numbers_exactly_or_rounded_with_the_exact_one_beside(number: Fraction, text: str) -> None:
    assert readable(number) == text


def test_five_decimals_are_kept_and_more_are_rounded_half_to_even() -> None:
    assert [fixed(Fraction(n, 10), 0) for n in (5, 15, 25)] == ["0", "2", "2"]
    assert fixed(Fraction(912), 5) == "912.00000"


STEPS = (
    Step(
        number=1,
        code="count-votes",
        params={"total": 10},
        standings=(Standing("1", 7, State.STANDING), Standing("2", 3, State.STANDING)),
    ),
    Step(
        number=2,
        code="count-elected",
        people=("1",),
        standings=(Standing("1", Fraction(13, 2), State.ELECTED), Standing("2", 3, State.STANDING)),
        transfers=(Transfer("1", "2", 2, Fraction(1, 3)), Transfer("1", None, 1, 1)),
        exhausted=Fraction(1, 2),
    ),
    Step(number=3, code="count-nobody-elected"),
)


def test_a_trail_reads_as_numbered_sentences_with_what_went_where() -> None:
    assert [*sentences(STEPS, NAMES, say)] == [
        "1. Votes were counted: 10.",
        "2. Elected: Asta.",
        "   From Asta to Bo: 2 papers, ≈ 0.33333 (1/3) votes.",
        "   From Asta to nobody, for no preference is left: 1 papers, 1 votes.",
        "3. Nobody is elected.",
    ]


def test_a_trail_reads_as_a_table_of_the_steps_that_changed_something() -> None:
    assert [*table(STEPS, NAMES, say)] == [
        "Step                     1      2",
        "Asta                   7.0    6.5*",
        "Bo                     3.0    3.0",
        "(no preference left)   0.0    0.5",
        "(together)            10.0   10.0",
        "",
        "* elected, - excluded, x takes no place",
    ]


def test_a_long_table_is_broken_into_blocks_and_tells_everybody_in_each() -> None:
    many = [Step(number=n, code="x", standings=(Standing(CandidateId("1"), n, State.STANDING),)) for n in range(1, 15)]
    lines = [*table(many, NAMES, say)]
    assert [line for line in lines if line.startswith("Asta")] == [
        "Asta        1   2   3   4   5   6",
        "Asta        7   8   9   10   11   12",
        "Asta        13   14",
    ]
