"""Every shipped statute says what its source says, and each way to write one wrongly is named by its line."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.errors import CatalogueError, MandateError, StatuteFileError
from composition_rules.mandate import Clause, LegalBasis, Seats
from composition_rules.statute import (
    AskKind,
    LongestTerm,
    Marks,
    Members,
    Statute,
    catalogue,
    load_statute,
    parse_statute,
    shipped_statutes,
    statute_ids,
)
from composition_rules.statute.parsing import _READERS
from tests.composition_rules.sources_read import SOURCES, verify_clause

GOOD = (files("composition_rules") / "statutes" / "integrationsloven-42.toml").read_text(encoding="utf-8")
CLAUSES = [(statute.id, clause) for statute in shipped_statutes() for clause in statute.clauses()]
NUMBERS = {1: "one", 3: "3", 4: "fjerde", 5: "5", 7: "syv|7"}  # as the sources write them


@pytest.mark.parametrize(
    ("name", "clause"), CLAUSES, ids=lambda part: part if isinstance(part, str) else part.text[:24]
)
def test_clause_stands_word_for_word_on_its_lines_and_on_no_fewer(name: str, clause: Clause) -> None:
    verify_clause(clause)


@pytest.mark.parametrize("statute", shipped_statutes(), ids=lambda statute: statute.id)
def test_every_number_of_a_rule_stands_in_its_clause(statute: Statute) -> None:
    for rule in (rule for version in statute.versions for rule in version.rules):
        match rule.asks:
            case Members(seats=Seats(least=least, most=most)):
                numbers = [least] if most is None else [least, most]
            case LongestTerm(years=number) | Marks(exactly=number):
                numbers = [number]
            case _:
                numbers = []
        for number in numbers:
            assert re.search(NUMBERS[number], rule.clause.text), rule.id


def test_every_source_says_where_it_was_found() -> None:
    for statute in shipped_statutes():
        for source in statute.sources:
            assert source.address is not None
            assert source.address in (SOURCES / source.file).read_text(encoding="utf-8")


def test_every_legal_basis_of_a_mandate_has_its_statute() -> None:
    named = {basis.value for basis in LegalBasis} - {LegalBasis.NONE.value, LegalBasis.UNSTATED.value}
    assert named == {statute.id for statute in shipped_statutes() if not statute.every_council}
    assert [statute.id for statute in shipped_statutes() if statute.every_council] == ["ligestillingsloven-10a"]


def test_the_integration_act_has_one_version_before_2022_and_one_from_then_on() -> None:
    act = load_statute("integrationsloven-42")
    before, after = act.versions
    assert (before.until, after.since) == (date(2021, 12, 31), date(2022, 1, 1))
    assert act.version_on(date(2021, 12, 31)) is before
    assert act.version_on(date(2022, 1, 1)) is after
    assert {rule.id for rule in before.rules} - {rule.id for rule in after.rules} == {
        "seven-members", "residence", "drawn-from-associations",
    }  # fmt: skip


def test_what_was_read_from_a_draft_says_so() -> None:
    before, after = load_statute("integrationsloven-42").versions
    assert before.confirm is None
    assert after.confirm is not None
    assert "draft" in after.confirm.en
    assert {rule.clause.source.id for rule in after.rules} == {"draft"}


def test_section_10_a_asks_for_as_many_women_as_men_since_the_exception_went() -> None:
    act = load_statute("ligestillingsloven-10a")
    assert act.version_on(date(2009, 8, 31)) is None
    version = act.version_on(date(2009, 9, 1))
    assert version is not None
    pair, reason = version.rules
    assert pair.clause.text.endswith("lige mange kvinder og mænd")
    assert "ulige antal" not in pair.clause.text
    assert "begrundelsen" in reason.clause.text


def test_every_kind_of_rule_can_be_read_and_is_used() -> None:
    assert _READERS.keys() == set(AskKind)
    written = "".join(path.read_text("utf-8") for path in (files("composition_rules") / "statutes").iterdir())
    assert {kind for kind in AskKind if f'kind = "{kind}"' not in written} == set()


def faults(*changes: tuple[str, str]) -> list[tuple[str, str, int]]:
    text = GOOD
    for part, instead in changes:
        assert part in text, part
        text = text.replace(part, instead, 1)
    with pytest.raises(StatuteFileError) as refused:
        parse_statute(text.encode())
    assert str(refused.value).startswith("The statute was not read.")
    return [(fault.code, fault.path, fault.line) for fault in refused.value.faults]


def faults_if_any(text: str) -> tuple[MandateError, ...]:
    try:
        parse_statute(text.encode())
    except StatuteFileError as refused:
        return refused.faults
    return ()


def line_of(part: str) -> int:
    return GOOD[: GOOD.index(part)].count("\n") + 1


ONE_FAULT = {
    "unknown key": ("seats = { least = 7 }", "seats = { least = 7 }\nx = 1", "unknown-key", "version[1].rule[1].x", 1),
    "unknown kind": ('kind = "members"', 'kind = "member"', "unknown-word", "version[1].rule[1].kind", None),
    "key of another kind": ('has = "residence"', 'has = "residence"\nyears = 4', "unknown-key",
                            "version[1].rule[2].years", 1),
    "unknown property": ('has = "residence"', 'has = "home"', "unknown-word", "version[1].rule[2].has", 0),
    "no members": ("seats = { least = 7 }", "seats = 0", "number-too-small", "version[1].rule[1].seats", 0),
    "rule twice": ('id = "residence"', 'id = "seven-members"', "duplicate-id", "version[1].rule[2].id", 0),
    "unknown source": ('clause.source = "before"', 'clause.source = "law"', "unknown-source",
                       "version[1].rule[1].clause.source", 0),
    "day as text": ("until = 2021-12-31", 'until = "2021-12-31"', "not-a-date", "version[1].until", 0),
    "versions on one day": ("since = 2022-01-01", "since = 2021-12-31", "versions-overlap", "version[2].since", 0),
    "later version undated": ("since = 2022-01-01\n", "", "versions-overlap", "version[2].since", None),
    "ends before it begins": ("until = 2021-12-31", "since = 2022-01-01\nuntil = 2021-12-31", "ends-before-it-begins",
                              "version[1].until", 1),
    "another version of the language": ("language = 1", "language = 2", "unsupported-statute-language", "language", 0),
}  # fmt: skip


@pytest.mark.parametrize(("part", "instead", "code", "path", "below"), ONE_FAULT.values(), ids=ONE_FAULT.keys())
def test_one_fault_is_named_by_code_key_and_line(
    part: str, instead: str, code: str, path: str, below: int | None
) -> None:
    found = faults((part, instead))
    assert (code, path) in [(each, where) for each, where, _ in found]
    if below is not None:
        assert found == [(code, path, line_of(part) + below)]


def test_all_faults_are_named_at_once() -> None:
    found = faults(('has = "residence"', 'has = "home"'), ("until = 2021-12-31", 'until = "x"'))
    assert [code for code, _, _ in found] == ["not-a-date", "unknown-word"]


@given(st.data())
def test_a_file_with_any_line_left_out_or_spoilt_is_read_or_refused_but_never_crashes(data: st.DataObject) -> None:
    lines = GOOD.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    instead = data.draw(
        st.sampled_from(["", "x", "x = 1", "[x]", "[[version]]", "[[version.rule]]", 'kind = "notice"'])
    )
    for fault in faults_if_any("\n".join([*lines[:at], instead, *lines[at + 1 :]])):
        assert 1 <= fault.line <= len(lines)


def test_statutes_are_read_by_id_and_no_other_file_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [load_statute(name).id for name in statute_ids()] == list(statute_ids())
    with pytest.raises(CatalogueError, match=r"Shipped are: integrationsloven-42"):
        load_statute("../../pyproject")
    (tmp_path / "other.toml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(catalogue, "_FOLDER", str(tmp_path))
    with pytest.raises(CatalogueError, match=r"Name the file after its statute"):
        load_statute("other")


def test_the_blocks_of_the_page_put_together_are_a_statute_and_it_names_every_kind() -> None:
    page = (Path(__file__).parents[2] / "docs" / "statutes.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL)
    (version,) = parse_statute("\n".join(blocks).encode()).versions
    assert [rule.id for rule in version.rules] == ["seven-members", "appointed"]
    assert {kind for kind in AskKind if f"\n| `{kind}` |" not in page} == set()
    assert {name for name in statute_ids() if f"\n| `{name}` |" not in page} == set()
