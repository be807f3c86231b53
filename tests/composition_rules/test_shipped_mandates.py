"""Every shipped mandate says what its source says: each clause is read back at its lines, each number in its clause."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.mandate import (
    OPEN,
    UNSTATED,
    AlternateKind,
    AlternateOrder,
    Bound,
    Cause,
    Clause,
    ElectionRules,
    EmptyPlace,
    InForce,
    LegalBasis,
    Mandate,
    Office,
    Officers,
    Role,
    Route,
    Rule,
    SeatGroupId,
    Seats,
    SubstitutionRule,
    Successor,
    Term,
    TieRule,
    TooFewCandidates,
    Uncontested,
    Vacancies,
    Wording,
)
from tests.composition_rules.sources_read import SOURCES, verify_clause

SHARED_NOTE = Path(__file__).parents[3] / "shared" / "domain.md"
CLAUSES = [(name, clause) for name in mandate_ids() for clause in load_mandate(name).clauses()]
FROM_THE_NOTE = [name for name in mandate_ids() if load_mandate(name).sources[0].file == "domain-note.txt"]


@pytest.mark.parametrize(
    ("name", "clause"), CLAUSES, ids=lambda part: part if isinstance(part, str) else part.text[:24]
)
def test_clause_stands_word_for_word_on_its_lines_and_on_no_fewer(name: str, clause: Clause) -> None:
    verify_clause(clause)


def test_the_copied_note_says_what_the_note_says() -> None:
    copied = (SOURCES / "domain-note.txt").read_text(encoding="utf-8").split("\n")
    facts = [line for line in copied[3:] if line]
    assert len(facts) > 20
    if SHARED_NOTE.exists():  # the note itself lies outside the repository
        note = SHARED_NOTE.read_text(encoding="utf-8").split("\n")
        assert [line for line in facts if line not in note and line != "Addresses"] == []


@pytest.mark.parametrize("name", FROM_THE_NOTE)
def test_what_is_known_through_the_note_names_the_code_and_the_address(name: str) -> None:
    source = next(each for each in load_mandate(name).sources if each.id == "domain-note")
    code = source.title.partition("from ")[2].partition(",")[0]
    assert source.address is not None
    assert f"{code} {source.address}" in (SOURCES / source.file).read_text(encoding="utf-8")


def seats(mandate: Mandate) -> dict[str, str]:
    return {group.id: str(group.seats) for group in mandate.groups}


def rules(mandate: Mandate) -> ElectionRules:
    (found,) = (group.election for group in mandate.groups if group.election is not None)
    return found


def of_clause(group_id: str, mandate: Mandate) -> str:
    return mandate.group(group_id).clause.text


# --- Slagelse


def test_slagelse_seats_are_ranges_of_the_words() -> None:
    slagelse = load_mandate("slagelse-integrationsudvalg-2024")
    assert seats(slagelse) == {"civil-society": "5–7", "labour-market": "1", "culture": "1"}
    for group in slagelse.groups:
        assert group.clause.text.startswith(str(group.seats).replace("–", "-") + " ")
        assert (group.route, group.alternates.kind) == (Route.APPOINTMENT, AlternateKind.UNSTATED)
    assert slagelse.declared_seats == slagelse.seats == Seats(least=7, most=9)
    assert "7-9 medlemmer" in slagelse.composition.text


def test_slagelse_prefers_residence_and_requires_work_or_residence() -> None:
    slagelse = load_mandate("slagelse-integrationsudvalg-2024")
    (residence,) = slagelse.group("civil-society").requirements
    assert (residence.property, residence.bound, residence.preferred) == ("residence:slagelse", Bound.ALL, True)
    assert "ikke krav om bopæl" in residence.clause.text
    assert "det foretrækkes" in residence.clause.text
    (connection,) = slagelse.requirements
    assert (connection.bound, connection.preferred) == (Bound.ALL, False)
    assert "skal have relevant tilhørsforhold" in connection.clause.text
    assert connection.title.da in connection.clause.text.replace("i form af ", "") + " i Slagelse Kommune"


def test_slagelse_term_chair_quorum_duties_and_basis() -> None:
    slagelse = load_mandate("slagelse-integrationsudvalg-2024")
    assert isinstance(slagelse.term, Term)
    assert isinstance(slagelse.officers, Officers)
    assert isinstance(slagelse.quorum, Rule)
    assert isinstance(slagelse.in_force, InForce)
    assert (slagelse.term.years, slagelse.term.municipal_period) == (UNSTATED, True)
    assert "følger den kommunale valgperiode" in slagelse.term.clause.text
    assert [rule.office for rule in slagelse.officers.offices] == [Office.CHAIR]
    assert "vælger selv sin formand" in slagelse.officers.clause.text
    assert "beslutningsdygtighed, flertalsafgørelser" in slagelse.quorum.clause.text
    assert (slagelse.in_force.since, slagelse.adopted) == (date(2024, 1, 1), UNSTATED)
    assert "1. januar 2024" in slagelse.in_force.clause.text
    assert slagelse.legal_basis is LegalBasis.KOMMUNESTYRELSESLOVEN_17_4
    assert slagelse.legal_clause is not None
    assert "§ 17, stk. 4" in slagelse.legal_clause.text
    numbered = [(each.at_least, each.at_most) for each in slagelse.duties if each.clause.text[0].isdigit()]
    assert numbered == [(3, 5), (1, 1), (1, 1)]
    assert [each.clause.text.split()[0] for each in slagelse.duties][:3] == ["3-5", "1", "1"]
    assert slagelse.vacancies is UNSTATED


# --- Det Midtjyske Dialogforum


def test_midtjylland_has_seven_lead_partners_and_leaves_other_numbers_open() -> None:
    forum = load_mandate("det-midtjyske-dialogforum")
    partners = forum.group("lead-partners")
    assert "hvert af de syv konsortier" in partners.clause.text
    assert partners.seats == Seats.exactly(7)
    assert [share.seats for share in partners.shares] == [1] * 7
    assert forum.group("others").seats == OPEN
    named = [group for group in forum.groups if group.id not in {"lead-partners", "others"}]
    assert {group.seats for group in named} == {Seats(least=1, most=None)}
    assert forum.seats.most is None
    assert {group.route for group in forum.groups} == {Route.UNSTATED}
    assert (forum.declared_seats, forum.term, forum.officers) == (UNSTATED, UNSTATED, UNSTATED)
    assert [duty.at_least for duty in forum.duties] == [4]
    assert "kvartalsvise møder" in forum.duties[0].clause.text


def test_midtjylland_consortia_are_those_of_the_table() -> None:
    table = (
        (SOURCES / "midtjylland-konsortier-bilag-2.txt").read_text(encoding="utf-8").lower().replace("århus", "aarhus")
    )
    for share in load_mandate("det-midtjyske-dialogforum").group("lead-partners").shares:
        for town in re.split(r", | og ", share.title.da.lower()):
            assert re.search(rf"\b{town}\b", table), town


# --- DNIR, figure 2


def test_dnir_example_of_thirteen() -> None:
    example = load_mandate("dnir-eksempel-2023")
    assert [group.seats.least for group in example.groups] == [4, 3, 2, 1, 1, 1, 1]
    for group in example.groups:
        assert group.seats.fixed
        assert group.clause.text.startswith(f"{group.seats} ")
    assert example.seats == example.declared_seats == Seats.exactly(13)
    assert example.composition.text == "13 medlemmer"
    (requirement,) = example.all_requirements()
    assert (requirement.bound, requirement.property) == (Bound.ALL, "member:kommunalbestyrelsen")
    assert "også er medlemmer af kommunalbestyrelsen" in requirement.clause.text
    assert [group.id for group in example.groups if group.route is not Route.UNSTATED] == ["business"]
    assert "udpeget af erhvervskontaktudvalget" in of_clause("business", example)
    assert (example.municipality, example.legal_basis) == (UNSTATED, LegalBasis.UNSTATED)


# --- known through the domain note


def test_svendborg_one_seat_for_each_of_seven_groups_and_one_for_all_others() -> None:
    svendborg = load_mandate("svendborg-integrationsraad-2025")
    elected = svendborg.group("elected")
    (codes,) = re.findall(r"\(([A-Z, ]+)\)", elected.clause.text)
    named = [share for share in elected.shares if share.property is not None]
    assert [share.property for share in named] == [f"background:{code.lower()}" for code in codes.split(", ")]
    assert len(named) == 7
    assert "1 for each of the 7" in elected.clause.text
    assert [share.seats for share in elected.shares if share.property is None] == [1]
    assert elected.seats == Seats.exactly(8)
    assert svendborg.composition.text.startswith("8 seats")
    assert rules(svendborg).supporters == 6
    assert any(clause.text.startswith("6 eligible voters") for clause in rules(svendborg).clauses)
    assert (rules(svendborg).marks, rules(svendborg).ties) == (UNSTATED, TieRule.UNSTATED)


def test_koege_five_of_fifteen_with_up_to_two_alternates_and_a_majority() -> None:
    koege = load_mandate("koege-integrationsraad")
    assert koege.composition.text.startswith("5 of 15 by direct election, up to **two** alternates per member")
    assert seats(koege) == {"elected": "5", "others": "10"}
    assert koege.seats == Seats.exactly(15)
    assert {group.alternates.per_member for group in koege.groups} == {Seats(least=0, most=2)}
    majority, *aims = koege.requirements
    assert majority.bound is Bound.MAJORITY
    assert "must be the majority" in majority.clause.text
    assert [(aim.number, aim.preferred) for aim in aims] == [(1, True), (1, True)]
    assert all("aims at both Western and non-Western" in aim.clause.text for aim in aims)
    assert koege.group("others").route is Route.UNSTATED
    assert {group.alternates.order for group in koege.groups} == {AlternateOrder.UNSTATED}
    assert isinstance(koege.vacancies, Vacancies)
    assert (koege.vacancies.ends_with, koege.vacancies.absences) == ((Cause.ABSENCE,), 2)
    assert "two unexcused absences" in koege.vacancies.clause.text


def test_gentofte_six_and_six_one_rule_for_voting_and_standing_and_the_board_decides() -> None:
    gentofte = load_mandate("gentofte-integrationsraad-2018")
    assert gentofte.composition.text.startswith("6 members + 6 alternates")
    assert (gentofte.seats, gentofte.alternates) == (Seats.exactly(6), Seats.exactly(6))
    found = rules(gentofte)
    assert isinstance(found.franchise, Wording)
    assert (found.franchise, found.franchise.version) == (found.candidacy, "2018")
    assert "Same rule to vote and stand" in found.clauses[0].text
    assert found.uncontested is Uncontested.BOARD_DECIDES
    assert "election board decides" in found.clauses[1].text


def test_odense_thirteen_seats_and_no_rule_that_is_not_known() -> None:
    odense = load_mandate("odense-integrationsraad")
    assert odense.composition.text.startswith("13 seats")
    assert odense.seats == Seats.exactly(13)
    assert odense.alternates == OPEN
    found = rules(odense)
    assert (found.marks, found.uncontested, found.too_few) == (
        UNSTATED, Uncontested.UNSTATED, TooFewCandidates.UNSTATED,
    )  # fmt: skip


def test_hjoerring_six_and_six_and_a_vote_that_ranks() -> None:
    hjoerring = load_mandate("hjoerring-integrationsraad")
    assert hjoerring.composition.text.startswith("6 + 6 alternates")
    assert (hjoerring.seats, hjoerring.alternates) == (Seats.exactly(6), Seats.exactly(6))
    assert rules(hjoerring).uncontested is Uncontested.VOTE_TO_RANK
    assert any("to rank members and alternates" in clause.text for clause in rules(hjoerring).clauses)
    assert hjoerring.group("elected").alternates.order is AlternateOrder.VOTES


def test_a_senior_council_has_at_least_five_seats_none_reserved_and_one_vote_each() -> None:
    seniors = load_mandate("aeldreraad-lov")
    elected = seniors.group("elected")
    assert "no reserved seats, min. 5, one vote each" in elected.clause.text
    assert (elected.seats, elected.shares, rules(seniors).marks) == (Seats(least=5, most=None), (), 1)
    assert {each.property for each in elected.requirements} == {"residence:municipality", "age:60-on-election-day"}
    assert all("aged 60 **on election day**" in each.clause.text for each in elected.requirements)
    assert (rules(seniors).uncontested, rules(seniors).too_few) == (
        Uncontested.MAY_BE_CANCELLED, TooFewCandidates.NO_COUNCIL,
    )  # fmt: skip
    assert "< 5 candidates = no council can be formed" in rules(seniors).clauses[1].text
    assert seniors.legal_basis is LegalBasis.RETSSIKKERHEDSLOVEN_30
    assert isinstance(seniors.vacancies, Vacancies)
    assert seniors.vacancies.ends_with == (Cause.MOVED_AWAY,)
    assert "Moves out of the municipality -> must leave (ældreråd" in seniors.vacancies.clause.text
    assert elected.alternates.at_most_members
    assert elected.alternates.clause is not None
    assert elected.alternates.clause.text == "alternates at most as many as members"


def test_a_disability_council_has_two_equal_halves_with_personal_alternates() -> None:
    disability = load_mandate("handicapraad-lov")
    assert "3-7 nominated by Danske Handicaporganisationer + 3-7 by KB, equal numbers, personal" in (
        disability.composition.text
    )
    assert seats(disability) == {"disability-organisations": "3–7", "municipality": "3–7"}
    organisations, municipality = disability.groups
    assert municipality.as_many_as == SeatGroupId("disability-organisations")
    assert (organisations.route, municipality.route) == (Route.NOMINATION, Route.APPOINTMENT)
    for group in disability.groups:
        assert group.alternates.kind is AlternateKind.PERSONAL
        assert group.places(Role.ALTERNATE) == group.seats
        assert group.alternates.clause is not None
        assert group.alternates.clause.text.startswith("Der udpeges en personlig stedfortræder for hvert medlem")
    assert not any(group.election for group in disability.groups)
    assert isinstance(disability.officers, Officers)
    assert disability.officers.clause.text == "elects its chair"
    assert disability.legal_basis is LegalBasis.RETSSIKKERHEDSLOVEN_37A
    rule = disability.vacancies
    assert isinstance(rule, Vacancies)
    assert (rule.ends_with, rule.successor, rule.alternate_left) == (
        (Cause.MOVED_AWAY,), Successor.ALTERNATE, EmptyPlace.APPOINT,
    )  # fmt: skip
    assert "indtræder stedfortræderen i handicaprådet, og der udpeges en ny" in rule.clause.text
    assert isinstance(rule.substitution, SubstitutionRule)
    assert (rule.substitution.at_least_months, rule.substitution.at_most_months) == (UNSTATED, UNSTATED)
    assert "deltager i rådets møder ved det ordinære medlems forfald" in rule.substitution.clause.text


def test_of_empty_seats_nothing_is_said_but_by_three_and_by_two_of_them_not_who_steps_in() -> None:
    spoken = {name: load_mandate(name).vacancies for name in mandate_ids()}
    stated = {name: rule for name, rule in spoken.items() if isinstance(rule, Vacancies)}
    assert stated.keys() == {"aeldreraad-lov", "handicapraad-lov", "koege-integrationsraad"}
    for name, rule in stated.items():
        assert (rule.nobody_left, rule.consent) == (EmptyPlace.UNSTATED, UNSTATED)
        if name != "handicapraad-lov":
            assert (rule.successor, rule.substitution) == (Successor.UNSTATED, UNSTATED)
    assert not any(group.vacancies for name in mandate_ids() for group in load_mandate(name).groups)
