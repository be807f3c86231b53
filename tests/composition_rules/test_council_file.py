"""A council file is read whole or refused with every fault, each with its code, its key and its line."""

from __future__ import annotations

import json
import pickle
import re
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.catalogue import load_mandate
from composition_rules.council import Council
from composition_rules.errors import CouncilFileError, MandateError
from composition_rules.mandate import Office, Role, Route
from composition_rules.parse import CouncilFile, parse_council
from composition_rules.parse.schema import council_schema
from tests.composition_rules.test_mandate_schema import fits

PAGE = (Path(__file__).parents[2] / "docs" / "councils.md").read_text(encoding="utf-8")
GOOD = "".join(re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL))


def read(text: str) -> CouncilFile:
    return parse_council(text.encode(), load_mandate)


def faults_of(text: str | bytes) -> tuple[MandateError, ...]:
    with pytest.raises(CouncilFileError) as refused:
        parse_council(text if isinstance(text, bytes) else text.encode(), load_mandate)
    assert str(refused.value).startswith(f"The council was not read. Faults: {len(refused.value.faults)}.")
    return refused.value.faults


def line_of(part: str) -> int:
    assert part in GOOD, part
    return GOOD[: GOOD.index(part)].count("\n") + 1


def test_the_blocks_of_the_page_put_together_are_a_council() -> None:
    file = read(GOOD)
    amina, bo, carla = file.people
    assert (file.mandate.id, file.council.mandate_id) == ("norddjurs-dialogforum-2024", "norddjurs-dialogforum-2024")
    assert [person.id for person in file.people] == ["amina", "bo", "carla"]
    assert [(each.person, each.groups) for each in file.candidates] == [(carla, ("business-djursland", "free"))]
    assert amina.on(date(2026, 3, 31)).has("residence:norddjurs")
    assert not amina.on(date(2026, 4, 1)).has("residence:norddjurs")
    held = [(each.person, each.group, each.role, each.until) for each in file.council.holdings]
    assert held == [
        (amina, "elected", Role.MEMBER, date(2026, 4, 30)),
        (bo, "business-djursland", Role.MEMBER, None),
        (carla, "business-djursland", Role.ALTERNATE, None),
    ]
    assert [(each.person, each.office) for each in file.council.offices] == [(bo, Office.CHAIR)]
    assert [each.proposed for each in file.council.nominations] == [(bo, carla)]
    assert [(each.person, each.until) for each in file.council.substitutions] == [(carla, date(2025, 12, 31))]
    assert [(each.duty, each.on) for each in file.council.duties_done] == [("ordinary-meetings", date(2025, 3, 4))]


def test_a_route_that_is_left_out_is_that_of_the_group() -> None:
    routes = [holding.route for holding in read(GOOD).council.holdings]
    assert routes == [Route.DIRECT_ELECTION, Route.APPOINTMENT, Route.APPOINTMENT]


def test_a_council_without_anybody_is_a_council() -> None:
    file = read('language = 1\nmandate = "norddjurs-dialogforum-2024"\n')
    assert file.council == Council(mandate_id=file.mandate.id)


# what is written, what is written instead, code, key; the fault is on the line of what is written, plus so many lines
ONE_FAULT = {
    "newer file": ("language = 1", "language = 2", "unsupported-council-language", "language", 0),
    "mandate not shipped": ('"norddjurs-dialogforum-2024"', '"norddjurs"', "unknown-mandate", "mandate", 0),
    "unknown key": ("name = ", 'mail = "x"\nname = ', "unknown-key", "person[1].mail", 0),
    "unknown table": ("[[duty_done]]", "[[duties]]\n[[duty_done]]", "unknown-key", "duties", 0),
    "bad property": ('["gender:man"]', '["man"]', "bad-property", "person[2].properties[1]", 0),
    "property of unknown kind": ('["gender:man"]', '["sex:man"]', "unknown-kind", "person[2].properties[1]", 0),
    "property listed twice": ('["gender:man"]', '["gender:man", "gender:man"]', "listed-twice",
                              "person[2].properties[2]", 0),
    "properties as one text": ('["gender:man"]', '"gender:man"', "not-a-list-of-words", "person[2].properties", 0),
    "property as a number": ('["gender:man"]', "[7]", "not-a-string", "person[2].properties[1]", 0),
    "spell of unknown kind": ('"residence:n', '"home:n', "unknown-kind", "person[1].spell[1].property", 0),
    "spell of what always holds": ('"residence:norddjurs"', '"gender:woman"', "spell-of-lasting-property",
                                   "person[1].spell[1].property", 0),
    "spell backwards": ("until = 2026-03-31", "until = 2015-07-31", "ends-before-it-begins",
                        "person[1].spell[1].until", 0),
    "candidate for no group": ('"free"]', '"fre"]', "no-such-group", "person[3].candidate_for", 0),
    "candidate twice": ('"business-djursland", "free"]', '"free", "free"]', "listed-twice",
                        "person[3].candidate_for[2]", 0),
    "unknown person": ('person = "amina"', 'person = "anina"', "unknown-person", "holding[1].person", 0),
    "unknown group": ('group = "elected"', 'group = "electd"', "no-such-group", "holding[1].group", 0),
    "seat that is not there": ('group = "elected"\nseat = 1', 'group = "elected"\nseat = 5', "no-such-seat",
                               "holding[1].seat", 1),
    "seat nought": ('group = "elected"\nseat = 1', 'group = "elected"\nseat = 0', "number-too-small",
                    "holding[1].seat", 1),
    "role unknown": ('role = "member"', 'role = "guest"', "unknown-word", "holding[1].role", 0),
    "route unknown": ('route = "appointment"', 'route = "vote"', "unknown-word", "holding[2].route", 0),
    "date as text": ("since = 2025-01-15", 'since = "2025-01-15"', "not-a-date", "office[1].since", 0),
    "date with a time": ("since = 2025-01-15", "since = 2025-01-15T10:00:00", "not-a-date", "office[1].since", 0),
    "holding backwards": ("until = 2026-04-30", "until = 2024-12-31", "ends-before-it-begins", "holding[1].until", 0),
    "office unknown": ('office = "chair"', 'office = "mayor"', "unknown-word", "office[1].office", 0),
    "nobody proposed": ('["bo", "carla"]', "[]", "not-a-list-of-words", "nomination[1].proposed", 0),
    "stranger proposed": ('["bo", "carla"]', '["bo", "karla"]', "unknown-person", "nomination[1].proposed[2]", 0),
    "proposed twice": ('["bo", "carla"]', '["bo", "bo"]', "listed-twice", "nomination[1].proposed[2]", 0),
    "reason left empty": ("# reason = \"…\"", 'reason = ""', "empty-text", "nomination[1].reason", 0),
    "substitution backwards": ("until = 2025-12-31", "until = 2025-08-31", "ends-before-it-begins",
                               "substitution[1].until", 0),
    "duty unknown": ('duty = "ordinary-meetings"', 'duty = "dinner"', "no-such-duty", "duty_done[1].duty", 0),
}  # fmt: skip


@pytest.mark.parametrize(("part", "instead", "code", "path", "below"), ONE_FAULT.values(), ids=ONE_FAULT.keys())
def test_one_fault_is_named_by_code_key_and_line(part: str, instead: str, code: str, path: str, below: int) -> None:
    faults = faults_of(GOOD.replace(part, instead, 1))
    assert [(fault.code, fault.path, fault.line) for fault in faults] == [(code, path, line_of(part) + below)]


# what is put behind the file, code, key; the fault is on this line of what is put behind
ADDED = {
    "id used twice": ('[[person]]\nid = "bo"\nname = "Bo"\n', "duplicate-id", "person[4].id", 2),
    "id with capitals": ('[[person]]\nid = "Bo"\nname = "Bo"\n', "bad-id", "person[4].id", 2),
    "place held twice on the same days": (
        '[[holding]]\nperson = "carla"\ngroup = "elected"\nseat = 1\nrole = "member"\ndecision = "x"\n'
        "since = 2026-04-30\n",
        "seat-held",
        "holding[4].seat",
        4,
    ),
    "place for an alternate that is not there": (
        '[[holding]]\nperson = "amina"\ngroup = "free"\nseat = 1\nrole = "alternate"\ndecision = "x"\n'
        "since = 2026-04-30\n",
        "no-such-alternate",
        "holding[4].seat",
        4,
    ),
    "office held twice on the same days": (
        '[[office]]\nperson = "amina"\noffice = "chair"\ndecision = "x"\nsince = 2025-06-01\n',
        "office-held",
        "office[2].office",
        3,
    ),
    "nomination for no group": (
        '[[nomination]]\ngroup = "fre"\nnominated_by = "x"\nproposed = ["bo"]\non = 2025-01-01\n',
        "no-such-group",
        "nomination[2].group",
        2,
    ),
    "two substitutes on the same days": (
        '[[substitution]]\nperson = "amina"\ngroup = "business-djursland"\nseat = 1\ndecision = "x"\n'
        "since = 2025-12-31\n",
        "seat-substituted",
        "substitution[2].seat",
        4,
    ),
    "substitute for nobody": (
        '[[substitution]]\nperson = "amina"\ngroup = "free"\nseat = 1\ndecision = "x"\nsince = 2025-12-31\n',
        "seat-not-held",
        "substitution[2].seat",
        4,
    ),
    "substitute for oneself": (
        '[[substitution]]\nperson = "amina"\ngroup = "elected"\nseat = 1\ndecision = "x"\nsince = 2025-12-31\n',
        "substitute-holds-seat",
        "substitution[2].person",
        2,
    ),
}


@pytest.mark.parametrize(("added", "code", "path", "line"), ADDED.values(), ids=ADDED.keys())
def test_a_table_or_act_too_many_is_a_fault_on_its_line(added: str, code: str, path: str, line: int) -> None:
    faults = faults_of(GOOD + added)
    assert [(fault.code, fault.path, fault.line) for fault in faults] == [(code, path, GOOD.count("\n") + line)]


def test_faults_of_every_table_are_named_together_in_the_order_of_the_lines() -> None:
    text = GOOD.replace('group = "elected"', 'group = "electd"').replace('"bo", "carla"', '"bo", "karla"')
    text = text.replace('duty = "ordinary-meetings"', 'duty = "dinner"').replace('["gender:man"]', '["sex:man"]')
    found = [(fault.code, fault.line) for fault in faults_of(text)]
    assert found == [
        ("unknown-kind", line_of('["gender:man"]')),
        ("no-such-group", line_of('group = "elected"')),
        ("unknown-person", line_of("proposed =")),
        ("no-such-duty", line_of("duty =")),
    ]


def test_a_misread_holding_brings_no_second_fault_for_its_substitute() -> None:
    faults = faults_of(GOOD.replace('decision = "Kommunalbestyrelsen, punkt 7"', 'decision = ""', 1))
    assert [(fault.code, fault.path) for fault in faults] == [("empty-text", "holding[2].decision")]


def test_an_unknown_mandate_does_not_hide_what_each_table_says() -> None:
    text = GOOD.replace('"norddjurs-dialogforum-2024"', '"norddjurs"').replace('id = "bo"', 'id = "Bo"')
    codes = [fault.code for fault in faults_of(text)]
    assert codes[:2] == ["unknown-mandate", "bad-id"]


@pytest.mark.parametrize("raw", [b"\xff", b"language = ", b"", b'language = 1\nmandate = ""\n'])
def test_what_is_no_council_at_all_is_refused(raw: bytes) -> None:
    assert len(faults_of(raw)) >= 1


def faults_if_any(text: str) -> tuple[MandateError, ...]:
    try:
        read(text)
    except CouncilFileError as refused:
        return refused.faults
    return ()


@given(st.integers(0, len(GOOD) - 1), st.sampled_from(list('"[]=#\n0x')))
def test_a_changed_letter_is_read_or_refused_and_never_breaks_the_reader(at: int, letter: str) -> None:
    lines = [fault.line for fault in faults_if_any(GOOD[:at] + letter + GOOD[at + 1 :])]
    assert lines == sorted(lines)


def test_the_error_can_be_copied_between_processes() -> None:
    with pytest.raises(CouncilFileError) as refused:
        parse_council(b"", load_mandate)
    copy = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - bytes of our own
    assert (type(copy), str(copy)) == (CouncilFileError, str(refused.value))


def test_the_shipped_schema_is_that_of_the_code_and_takes_the_page() -> None:
    shipped = json.loads((files("composition_rules") / "council.schema.json").read_text(encoding="utf-8"))
    assert shipped == council_schema(), "run `python -m scripts.mandate_schema`"
    assert fits(tomllib.loads(GOOD), shipped)
    assert not fits(tomllib.loads(GOOD.replace('"gender:man"', '"sex:man"', 1)), shipped)
    assert not fits(tomllib.loads(GOOD.replace("since = 2025-01-15", 'since = "x"', 1)), shipped)
