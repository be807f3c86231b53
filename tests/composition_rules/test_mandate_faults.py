"""Each way in which a mandate file can be wrong has its message, its key and its line; nothing is half-read."""

from __future__ import annotations

import pickle
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules import catalogue
from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.errors import CatalogueError, MandateError, MandateFileError
from composition_rules.parse import parse_mandate

GOOD = (files("composition_rules") / "mandates" / "norddjurs-dialogforum-2024.toml").read_text(encoding="utf-8")
FREE = 'id = "free"\ntitle = { da = "Øvrige medlemmer", en = "Other members" }\nseats = 3\n'


def faults_of(text: str | bytes) -> list[tuple[str, str, int]]:
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(MandateFileError) as refused:
        parse_mandate(raw)
    return [(fault.code, fault.path, fault.line) for fault in refused.value.faults]


def faults_if_any(text: str) -> tuple[MandateError, ...]:
    try:
        parse_mandate(text.encode())
    except MandateFileError as refused:
        return refused.faults
    return ()


def line_of(part: str) -> int:
    assert GOOD.count(part) >= 1, part
    return GOOD[: GOOD.index(part)].count("\n") + 1


# what is written, what is written instead, code, key; the fault is on the line of what is written
ONE_FAULT = {
    "unknown top key": ('municipality = "N', 'mayor = "x"\nmunicipality = "N', "unknown-key", "mayor"),
    "two keys on one line": ('id = "unions"', 'id = "unions"; x = 1', "not-toml", ""),
    "number as text": ("seats = 14", 'seats = "14"', "not-an-integer", "composition.seats"),
    "boolean for a number": ("seats = 14", "seats = true", "not-an-integer", "composition.seats"),
    "fraction for a number": ("years = 4", "years = 4.0", "not-an-integer", "term.years"),
    "no years": ("years = 4", "years = 0", "number-too-small", "term.years"),
    "far too many years": ("years = 4", "years = 1000", "number-too-large", "term.years"),
    "date as text": ("on = 2024-09-10", 'on = "2024-09-10"', "not-a-date", "adopted.on"),
    "date with a time": ("on = 2024-09-10", "on = 2024-09-10T10:00:00", "not-a-date", "adopted.on"),
    "text as a number": ('municipality = "Norddjurs Kommune"', "municipality = 707", "not-a-string", "municipality"),
    "empty text": ('municipality = "Norddjurs Kommune"', 'municipality = "  "', "empty-text", "municipality"),
    "id with capitals": ('id = "unions"', 'id = "Unions"', "bad-id", "group[3].id"),
    "id used twice": ('id = "unions"', 'id = "education"', "duplicate-id", "group[3].id"),
    "duty used twice": ('id = "dialogue-meeting"', 'id = "ordinary-meetings"', "duplicate-id", "duty[2].id"),
    "office used twice": ('id = "deputy"', 'id = "chair"', "duplicate-id", "officers.office[2].id"),
    "office unknown": ('id = "deputy"', 'id = "mayor"', "unknown-word", "officers.office[2].id"),
    "legal basis unknown": ('legal_basis = "unstated"', 'legal_basis = "x"', "unknown-word", "legal_basis"),
    "rule in words as a number": ('quorum = "unstated"', "quorum = 7", "not-a-table", "quorum"),
    "boolean as text": ('successor = "unstated"', 'successor = "no"', "not-a-boolean", "term.until_successor"),
    "unknown source": ('source = "kommissorium"', 'source = "law"', "unknown-source", "adopted.clause.source"),
    "lines backwards": ("lines = [67, 69]", "lines = [69, 67]", "lines-unusable", "composition.clause.lines"),
    "line nought": ("lines = [67, 69]", "lines = [0, 69]", "lines-unusable", "composition.clause.lines"),
    "one line": ("lines = [67, 69]", "lines = [67]", "lines-unusable", "composition.clause.lines"),
    "lines as text": ("lines = [67, 69]", 'lines = "67-69"', "lines-unusable", "composition.clause.lines"),
    "seats do not add up": ("seats = 14", "seats = 15", "seats-do-not-add-up", "composition.seats"),
    "alternates do not add up": ("alternates = 9", "alternates = 8", "alternates-do-not-add-up",
                                 "composition.alternates"),
    "no seats": ("seats = 2\n", "seats = 0\n", "number-too-small", "group[7].seats"),
    "route unknown": ('route = "direct-election"', 'route = "vote"', "unknown-word", "group[6].route"),
    "more required than there are": ("at_least = 1\napplies", "at_least = 4\napplies", "requirement-too-large",
                                     "group[8].requirement[1].at_least"),
    "bad property": ('"member:arbejdsmarkedsudvalget"', '"Arbejdsmarkedsudvalget"', "bad-property",
                     "group[8].requirement[1].property"),
    "requirement on nobody": ('applies_to = "alternate"', 'applies_to = "all"', "unknown-word",
                              "group[6].requirement[2].applies_to"),
    "no alternates but one": ('{ number = 0, kind = "none" }', '{ number = 1, kind = "none" }', "alternates-of-none",
                              "group[5].alternates.number"),
    "shared by nobody": ('{ number = 1, kind = "shared" }', '{ number = 0, kind = "shared" }',
                         "alternates-without-number", "group[7].alternates.number"),
    "personal for two seats": ('kind = "shared"', 'kind = "personal"', "personal-alternates",
                               "group[7].alternates.number"),
    "pool without order": ('kind = "pool", order = "unstated"', 'kind = "pool"', "order-needed",
                           "group[6].alternates.order"),
    "order of one": ('kind = "shared"', 'kind = "shared", order = "votes"', "order-needless",
                     "group[7].alternates.order"),
    "marks as text": ('marks = "unstated"', 'marks = "one"', "not-an-integer", "group[6].election.marks"),
    "alternates as a number": ('alternates = { number = 1, kind = "shared" }', "alternates = 1", "not-a-table",
                               "group[7].alternates"),
    "nominator without nomination": (FREE, 'nominated_by = { da = "x", en = "x" }\n' + FREE, "nominator-needless",
                                     "group[8].nominated_by"),
    "newer language": ("language = 1", "language = 2", "unsupported-language", "language"),
    "unclosed text": ('id = "unions"', 'id = "unions', "not-toml", ""),
    "key written twice": ("years = 4", "years = 4\nyears = 4", "not-toml", ""),
}  # fmt: skip


@pytest.mark.parametrize(("part", "instead", "code", "path"), ONE_FAULT.values(), ids=ONE_FAULT.keys())
def test_one_fault_is_named_by_code_key_and_line(part: str, instead: str, code: str, path: str) -> None:
    faults = faults_of(GOOD.replace(part, instead, 1))
    spoilt_line = line_of(part) + instead.count("\n") - part.count("\n") if code == "not-toml" else line_of(part)
    assert faults == [(code, path, spoilt_line)]


def test_missing_key_is_named_at_its_table() -> None:
    faults = faults_of(GOOD.replace('body.da = "Dialogforum for Integration"\n', ""))
    assert faults == [("missing-key", "body.da", line_of("body.da"))]


def test_missing_table_is_named_once_and_its_misspelling_too() -> None:
    faults = faults_of(GOOD.replace("[composition]", "[compositions]"))
    assert faults == [("missing-key", "composition", 1), ("unknown-key", "compositions", line_of("[composition]"))]


def test_missing_election_is_named_at_the_route() -> None:
    start, end = GOOD.index("[group.election]"), GOOD.index("[[group.requirement]]")
    faults = faults_of(GOOD[:start] + GOOD[end:])
    assert faults == [("election-needed", "group[6].route", line_of('route = "direct-election"'))]


def test_needless_election_is_named_at_its_heading() -> None:
    faults = faults_of(GOOD.replace('route = "direct-election"', 'route = "appointment"'))
    assert faults == [("election-needless", "group[6].election", line_of("[group.election]"))]


def test_three_faults_are_all_named_in_the_order_of_the_lines() -> None:
    text = GOOD.replace('kind = "shared"', 'kind = "sharde"').replace("years = 4", 'years = "four"')
    text = text.replace('municipality = "Norddjurs Kommune"', 'municipalty = "Norddjurs Kommune"')
    with pytest.raises(MandateFileError) as refused:
        parse_mandate(text.encode())
    assert [(fault.code, fault.path) for fault in refused.value.faults] == [
        ("missing-key", "municipality"),
        ("unknown-key", "municipalty"),
        ("not-an-integer", "term.years"),
        ("unknown-word", "group[7].alternates.kind"),
    ]
    said = str(refused.value)
    assert said.startswith("The mandate was not read. Faults: 4.")
    assert f"Line {line_of('years = 4')}, term.years: Write a whole number here, without quotation marks." in said
    assert "Write one of: unstated, none, personal, shared, pool." in said


def test_a_wrong_total_is_not_reported_on_top_of_an_unreadable_number() -> None:
    assert faults_of(GOOD.replace("seats = 2\n", 'seats = "two"\n')) == [
        ("not-an-integer", "group[7].seats", line_of("seats = 2\n"))
    ]


def test_an_empty_file_names_each_missing_part() -> None:
    paths = {path for _, path, _ in faults_of("")}
    assert {"language", "id", "title", "municipality", "source", "adopted", "group", "term", "officers"} <= paths


def test_a_list_where_a_table_belongs_and_the_other_way_round() -> None:
    assert ("not-a-table", "term", 2) in faults_of("language = 1\nterm = [1]\n")
    assert ("not-a-list", "group", 2) in faults_of("language = 1\n[group]\n")
    assert ("not-a-table", "group[1]", 2) in faults_of("language = 1\ngroup = [3]\n")


def test_bytes_that_are_not_utf_8_are_named_by_line() -> None:
    assert faults_of(b'language = 1\nid = "R\xe5d"\n') == [("not-utf8", "", 2)]


def test_unusable_toml_is_named_by_line() -> None:
    assert faults_of("language = 1\n\nid = \n") == [("not-toml", "", 3)]
    assert faults_of("language = 1\nid = [") == [("not-toml", "", 2)]
    assert faults_of("a = " + "[" * 100_000)[0][0] == "not-toml"
    assert faults_of("a = " + "1" * 5_000)[0][0] == "not-toml"


def test_a_file_from_windows_reads_the_same() -> None:
    raw = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert parse_mandate(raw) == parse_mandate(GOOD.encode())


def test_nomination_names_who_nominates_and_who_appoints() -> None:
    nominated = FREE + 'nominated_by = { da = "Foreningen", en = "the association" }\n'
    before, after = GOOD.split(FREE)
    mandate = parse_mandate((before + nominated + after.replace('"appointment"', '"nomination"', 1)).encode())
    group = mandate.group("free")
    assert group.nominated_by is not None
    assert (group.nominated_by.en, group.filled_by.en) == ("the association", "the municipal council")
    assert faults_of(before + FREE + after.replace('"appointment"', '"nomination"', 1))[0][:2] == (
        "nominator-needed",
        "group[8].route",
    )


@given(st.data())
def test_a_file_with_any_line_left_out_or_spoilt_is_read_or_refused_but_never_crashes(data: st.DataObject) -> None:
    lines = GOOD.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    instead = data.draw(st.sampled_from(["", "x", "x = 1", "[x]", "[[group]]", "seats = -1", 'id = "x"', "title = 1"]))
    text = "\n".join([*lines[:at], instead, *lines[at + 1 :]])
    for fault in faults_if_any(text):
        assert 1 <= fault.line <= len(lines)
        assert str(fault).startswith(f"Line {fault.line}")


def test_errors_cross_process_borders() -> None:
    with pytest.raises(MandateFileError) as refused:
        parse_mandate(b"language = 1\nx = 2\n")
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - our own bytes
    assert str(again) == str(refused.value)
    assert [fault.line for fault in again.faults] == [fault.line for fault in refused.value.faults]


def test_a_shipped_file_is_named_after_its_mandate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.toml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(catalogue, "_FOLDER", str(tmp_path))
    with pytest.raises(CatalogueError, match=r"Name the file after its mandate"):
        load_mandate("other")


def test_shipped_mandates_are_read_by_id_and_no_other_file_is() -> None:
    assert "norddjurs-dialogforum-2024" in mandate_ids()
    for mandate_id in mandate_ids():
        assert load_mandate(mandate_id).id == mandate_id
    with pytest.raises(CatalogueError, match=r"Shipped are: .*norddjurs-dialogforum-2024"):
        load_mandate("../../pyproject")
