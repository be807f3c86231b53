"""The shipped Norddjurs mandate says what its source says: each clause is read back at its lines."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from composition_rules.catalogue import load_mandate
from composition_rules.mandate import (
    UNSTATED,
    Adoption,
    AlternateKind,
    AlternateOrder,
    BallotOrder,
    Bound,
    Clause,
    LegalBasis,
    Office,
    Officers,
    Role,
    Route,
    SeatGroup,
    Seats,
    Term,
    Text,
    TieRule,
    TooFewCandidates,
    Uncontested,
)

MANDATE = load_mandate("norddjurs-dialogforum-2024")

# A copy of the public document lies beside this test; ../shared holds the one it was taken from.
HERE = Path(__file__).parent / "sources"
SHARED = Path(__file__).parents[3] / "shared" / "sources"
FOLDERS = [folder for folder in (HERE, SHARED) if folder.is_dir()]

DANISH_NUMBERS = {"et": 1, "en": 1, "én": 1, "to": 2, "tre": 3, "fire": 4}


def lines_of(folder: Path, clause: Clause) -> list[str]:
    text = (folder / clause.source.file).read_text(encoding="utf-8")
    return text.split("\n")[clause.first_line - 1 : clause.last_line]


def joined(lines: list[str]) -> str:
    """The lines as running text, words that were divided at the end of a line made whole."""
    whole = re.sub(r"(\w)-\s*\n\s*(?=\w)", r"\1", "\n".join(lines))
    return " ".join(whole.split())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
@pytest.mark.parametrize("clause", MANDATE.clauses(), ids=lambda clause: f"{clause.first_line}-{clause.text[:24]}")
def test_clause_stands_word_for_word_on_its_lines_and_on_no_fewer(clause: Clause, folder: Path) -> None:
    lines = lines_of(folder, clause)
    assert len(lines) == clause.last_line - clause.first_line + 1
    assert clause.text in joined(lines)
    assert clause.text not in joined(lines[1:])
    assert clause.text not in joined(lines[:-1])


@pytest.mark.parametrize("group", MANDATE.groups, ids=lambda group: group.id)
def test_numbers_of_a_group_are_the_words_of_its_clause(group: SeatGroup) -> None:
    words = re.findall(r"\w+", group.clause.text.lower())
    assert DANISH_NUMBERS[words[0]] == group.seats.least
    alternates = [DANISH_NUMBERS[words[n - 1]] for n, word in enumerate(words) if word.startswith("suppleant")]
    assert (alternates or [0]) == [group.alternates.number.least]


@pytest.mark.parametrize("group", MANDATE.groups, ids=lambda group: group.id)
def test_who_fills_a_group_and_from_where_are_words_of_its_clause(group: SeatGroup) -> None:
    assert isinstance(group.filled_by, Text)
    assert group.filled_by.da in group.clause.text
    for words in (group.drawn_from, group.qualification):
        assert words is None or words.da in group.clause.text
    verb = "vælges ved" if group.route is Route.DIRECT_ELECTION else "udpeges af"
    assert f"{verb} {group.filled_by.da}" in group.clause.text


def test_groups_in_the_order_of_the_source() -> None:
    assert [(group.id, group.seats.least, group.alternates.number.least) for group in MANDATE.groups] == [
        ("education", 1, 1),
        ("business-djursland", 1, 1),
        ("unions", 1, 1),
        ("leisure-council", 1, 1),
        ("volunteer-council", 1, 0),
        ("elected", 4, 4),
        ("insight", 2, 1),
        ("free", 3, 0),
    ]


def test_fourteen_seats_and_nine_alternates() -> None:
    assert MANDATE.seats == MANDATE.declared_seats == Seats.exactly(14)
    assert MANDATE.alternates == Seats.exactly(9)
    assert "i alt 14 medlemmer" in MANDATE.composition.text


def test_the_two_insight_seats_share_one_alternate() -> None:
    alternates = MANDATE.group("insight").alternates
    assert (alternates.number.most, alternates.kind) == (1, AlternateKind.SHARED)


def test_only_the_elected_are_elected_and_all_others_are_appointed() -> None:
    routes = {str(group.id): group.route for group in MANDATE.groups}
    assert routes.pop("elected") is Route.DIRECT_ELECTION
    assert set(routes.values()) == {Route.APPOINTMENT}


def test_all_elected_members_and_alternates_have_a_refugee_or_immigrant_background() -> None:
    elected = MANDATE.group("elected")
    assert [(r.applies_to, r.number, r.property) for r in elected.requirements] == [
        (Role.MEMBER, elected.seats.most, "background:refugee-or-immigrant"),
        (Role.ALTERNATE, elected.alternates.number.most, "background:refugee-or-immigrant"),
    ]


def test_one_of_the_three_free_seats_is_for_a_member_of_the_committee() -> None:
    (requirement,) = MANDATE.group("free").requirements
    assert (requirement.bound, requirement.number, requirement.property) == (
        Bound.AT_LEAST,
        1,
        "member:arbejdsmarkedsudvalget",
    )
    assert "mindst én" in requirement.clause.text


def test_four_years_and_chair_and_deputy_chosen_by_the_council_itself() -> None:
    assert isinstance(MANDATE.term, Term)
    assert isinstance(MANDATE.officers, Officers)
    assert MANDATE.term.years == 4
    assert "fireårig" in MANDATE.term.clause.text
    assert [rule.office for rule in MANDATE.officers.offices] == [Office.CHAIR, Office.DEPUTY]
    for rule in MANDATE.officers.offices:
        assert rule.title.da.lower() in MANDATE.officers.clause.text
    assert MANDATE.officers.chosen_by == Text(da="Dialogforum for Integration", en="the Dialogue Forum for Integration")


def test_two_meetings_and_one_dialogue_meeting_a_year() -> None:
    assert [(duty.id, duty.at_least) for duty in MANDATE.duties] == [("ordinary-meetings", 2), ("dialogue-meeting", 1)]
    dialogue = MANDATE.duties[1]
    assert dialogue.together_with is not None
    assert dialogue.together_with.da in dialogue.clause.text


def test_adopted_on_10_september_2024() -> None:
    assert MANDATE.adopted == date(2024, 9, 10)
    assert isinstance(MANDATE.adoption, Adoption)
    assert "10. september2024" in MANDATE.adoption.clause.text
    assert MANDATE.in_force is UNSTATED


def test_where_the_source_is_silent_the_mandate_says_unstated() -> None:
    elected = MANDATE.group("elected")
    rules = elected.election
    assert rules is not None
    assert (rules.franchise, rules.candidacy, rules.marks) == (UNSTATED, UNSTATED, UNSTATED)
    assert (rules.ties, rules.uncontested) == (TieRule.UNSTATED, Uncontested.UNSTATED)
    assert (rules.supporters, rules.ballot_order) == (UNSTATED, BallotOrder.UNSTATED)
    assert rules.too_few is TooFewCandidates.UNSTATED
    assert elected.alternates.order is AlternateOrder.UNSTATED
    assert MANDATE.legal_basis is LegalBasis.UNSTATED
    assert (MANDATE.quorum, MANDATE.vacancies) == (UNSTATED, UNSTATED)
    assert isinstance(MANDATE.term, Term)
    assert isinstance(MANDATE.officers, Officers)
    assert (MANDATE.officers.eligible, MANDATE.officers.ballot) == (UNSTATED, UNSTATED)
    assert (MANDATE.term.begins, MANDATE.term.until_successor) == (UNSTATED, UNSTATED)


def test_every_title_is_in_danish_and_english() -> None:
    body = MANDATE.body
    assert (body.in_language("da"), body.in_language("da_DK")) == (body.da, body.da)
    assert (body.in_language("en"), body.in_language("uk")) == (body.en, body.en)
