"""A mandate against its statute: what is forbidden, missing, unstated and advisable, each with both texts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composition_rules.catalogue import load_mandate, mandate_ids
from composition_rules.lint import LintFinding, LintState, examine, lint
from composition_rules.mandate import Mandate
from composition_rules.messages import sentence
from composition_rules.parse import parse_mandate
from composition_rules.statute import load_statute, shipped_statutes

FORBIDDEN, MISSING, UNSTATED, ADVISABLE = LintState
BEFORE, AFTER = date(2021, 12, 31), date(2022, 1, 1)
CLAUSE = 'clause = { source = "domain-note", lines = [1, 1], text = "x" }\n'

NOTHING_KNOWN = ["gap-legal-basis", "gap-adoption"]
SHIPPED = {
    "aeldreraad-lov": [
        "lint-term-open", "gap-adoption", "gap-alternates", "gap-election", "gap-quorum", "gap-chair",
        "lint-confirm", "lint-notice-group", "lint-notice-group",
    ],
    "det-midtjyske-dialogforum": [
        *NOTHING_KNOWN, "gap-route", "gap-alternates", "gap-term", "gap-vacancies", "gap-quorum", "gap-chair",
        "gap-one-seat",
    ],
    "dnir-eksempel-2023": [
        *NOTHING_KNOWN, "gap-route", "gap-alternates", "gap-term", "gap-vacancies", "gap-quorum", "gap-chair",
        "gap-one-seat",
    ],
    "gentofte-integrationsraad-2018": [
        *NOTHING_KNOWN, "gap-alternates", "gap-term", "gap-vacancies", "gap-election", "gap-quorum", "gap-chair",
    ],
    "handicapraad-lov": [
        "lint-appointer-open", "gap-adoption", "gap-term", "gap-quorum", "lint-notice-group", "lint-notice-group",
        "lint-confirm", "lint-notice-group", "gap-chair-ballot", "gap-one-seat",
    ],
    "hjoerring-integrationsraad": [
        *NOTHING_KNOWN, "gap-term", "gap-vacancies", "gap-election", "gap-quorum", "gap-chair",
    ],
    "koege-integrationsraad": [
        *NOTHING_KNOWN, "gap-route", "gap-alternates-order", "gap-term", "gap-election", "gap-quorum", "gap-chair",
        "gap-one-seat",
    ],
    "norddjurs-dialogforum-2024": [
        "gap-legal-basis", "gap-alternates-order", "gap-vacancies", "gap-election", "gap-quorum",
        "gap-chair-ballot", "gap-one-seat",
    ],
    "odense-integrationsraad": [
        *NOTHING_KNOWN, "gap-alternates", "gap-term", "gap-vacancies", "gap-election", "gap-quorum", "gap-chair",
    ],
    "slagelse-integrationsudvalg-2024": [
        "gap-alternates", "gap-vacancies", "lint-confirm", "lint-notice", "gap-chair-ballot", "gap-one-seat",
    ],
    "svendborg-integrationsraad-2025": [
        *NOTHING_KNOWN, "gap-alternates", "gap-term", "gap-vacancies", "gap-election", "gap-quorum", "gap-chair",
    ],
}  # fmt: skip


def text_of(name: str, *changes: tuple[str, str]) -> str:
    text = (files("composition_rules") / "mandates" / f"{name}.toml").read_text(encoding="utf-8")
    for part, instead in changes:
        assert part in text, part
        text = text.replace(part, instead, 1)
    return text


def changed(name: str, *changes: tuple[str, str]) -> Mandate:
    return parse_mandate(text_of(name, *changes).encode())


def by_law(mandate: Mandate, on: date | None = None) -> list[tuple[LintState, str, str | None]]:
    """What is forbidden or missing: state, code and the rule of the statute."""
    found = lint(mandate, on=on)
    return [(each.state, each.code, each.rule) for each in found if each.state in (FORBIDDEN, MISSING)]


def said(finding: LintFinding) -> str:
    return sentence(finding.code, finding.params_in("en"))


# --- the shipped mandates


@pytest.mark.parametrize("name", mandate_ids())
def test_every_shipped_mandate_has_exactly_these_findings(name: str) -> None:
    assert [finding.code for finding in lint(load_mandate(name))] == SHIPPED[name]


@pytest.mark.parametrize("name", mandate_ids())
def test_every_finding_is_a_whole_sentence_and_cites_what_it_rests_on(name: str) -> None:
    mandate = load_mandate(name)
    for finding in lint(mandate):
        for language in ("da", "en"):
            assert "{" not in sentence(finding.code, finding.params_in(language))
        assert finding.clause in mandate.clauses()
        assert (finding.statute_clause is None) is (finding.statute is None)
        if finding.statute is not None:
            assert finding.statute_clause in load_statute(finding.statute).clauses()


def test_the_norddjurs_election_leaves_everything_to_be_decided() -> None:
    (finding,) = (each for each in lint(load_mandate("norddjurs-dialogforum-2024")) if each.code == "gap-election")
    assert said(finding) == (
        "Directly elected: to be decided before each election: who votes, who may stand, how many supporters are "
        "needed, how many marks a voter has, the order on the ballot, what settles a tie, what happens with no more "
        "candidates than seats, what happens with too few candidates."
    )


def test_what_holds_is_not_reported_but_counted() -> None:
    report = examine(load_mandate("slagelse-integrationsudvalg-2024"))
    assert [rule.id for rule in report.held] == ["appointed", "proportional", "equal-numbers", "reason-at-once"]
    assert [rule.id for rule in report.met] == ["appointed", "equal-numbers", "reason-at-once"]
    assert report.lawful


# --- the integration council, before and from 2022

INTEGRATION = ('legal_basis = "unstated"', 'legal_basis = "integrationsloven-42"')


def integration(*changes: tuple[str, str]) -> Mandate:
    return changed("gentofte-integrationsraad-2018", INTEGRATION, *changes)


def test_fewer_than_seven_members_was_forbidden_before_2022_and_is_not_now() -> None:
    assert by_law(integration(), BEFORE) == [(FORBIDDEN, "lint-members", "seven-members")]
    assert by_law(integration(), AFTER) == []
    seven = integration(
        ("seats = 6\nalternates = 6", "seats = 7\nalternates = 6"),
        ("seats = 6\nalternates = {", "seats = 7\nalternates = {"),
    )
    assert by_law(seven, BEFORE) == []


def test_the_finding_cites_the_statute_and_the_mandate() -> None:
    (finding,) = (each for each in lint(integration(), on=BEFORE) if each.state is FORBIDDEN)
    assert finding.statute_clause is not None
    assert "mindst syv medlemmer" in finding.statute_clause.text
    assert finding.clause.text == "6 members + 6 alternates | G18"
    assert said(finding) == (
        "The mandate allows a number that Integration Act, section 42 does not: members: 6; allowed: 7 or more."
    )


def test_the_day_is_that_of_the_mandate_unless_another_is_asked_for() -> None:
    old = integration(('in_force = "unstated"', f"in_force = {{ since = 2018-01-01, {CLAUSE.strip()} }}"))
    assert by_law(old) == [(FORBIDDEN, "lint-members", "seven-members")]
    assert by_law(old, AFTER) == []
    adopted = integration(
        ('adopted = "unstated"', f'adopted = {{ on = 2018-01-01, by = {{ da = "x", en = "x" }}, {CLAUSE.strip()} }}')
    )
    assert by_law(adopted) == by_law(old)


def test_a_mandate_of_no_day_is_held_against_the_latest_version_and_that_is_said() -> None:
    codes = Counter(finding.code for finding in lint(integration()))
    assert codes["lint-day-open"] == 1
    assert codes["lint-confirm"] == 1
    assert by_law(integration()) == []


def test_an_election_to_an_integration_council_only_advises() -> None:
    (finding,) = (each for each in lint(integration(), on=AFTER) if each.rule == "appointed")
    assert (finding.state, finding.code) == (ADVISABLE, "lint-appointment-follows")
    appointed = integration(('filled_by = { da = "direkte valg"', 'filled_by = { da = "Byrådet"'))
    assert "appointed" not in [each.rule for each in lint(appointed, on=AFTER)]


def test_another_body_may_not_appoint_members_of_an_integration_council() -> None:
    norddjurs = changed("norddjurs-dialogforum-2024", INTEGRATION)
    others = [each for each in lint(norddjurs) if each.code == "lint-appointer"]
    assert [each.group for each in others] == ["business-djursland", "leisure-council", "volunteer-council"]
    assert {each.state for each in others} == {FORBIDDEN}


def test_residence_only_in_words_is_told_apart_from_no_residence() -> None:
    (words,) = (each for each in lint(integration(), on=BEFORE) if each.rule == "residence")
    assert (words.state, words.code) == (UNSTATED, "lint-asked-in-words")
    norddjurs = changed("dnir-eksempel-2023", INTEGRATION)
    assert (MISSING, "lint-not-asked", "residence") in by_law(norddjurs, BEFORE)


def test_the_term_of_an_integration_council_is_the_municipal_period() -> None:
    term = '[term]\nyears = 2\nmunicipal_period = PERIOD\nbegins = "unstated"\nuntil_successor = "unstated"\n' + CLAUSE
    before = ('term = "unstated"\n', "")
    for period, expected in (("true", None), ("false", FORBIDDEN), ('"unstated"', UNSTATED)):
        mandate = integration(before, ("[composition]", term.replace("PERIOD", period) + "\n[composition]"))
        found = [each.state for each in lint(mandate, on=AFTER) if each.rule == "term"]
        assert found == ([] if expected is None else [expected])


# --- the senior council


def seniors(*changes: tuple[str, str]) -> Mandate:
    return changed("aeldreraad-lov", *changes)


SECOND_GROUP = """
[[group]]
id = "north"
title = { da = "Nord", en = "North" }
seats = 2
alternates = { kind = "unstated", at_most_members = true }
route = "direct-election"
filled_by = { da = "direkte valg", en = "direct election" }
clause = { source = "domain-note", lines = [4, 4], text = "x" }
election.franchise = "unstated"
election.candidacy = "unstated"
election.supporters = "unstated"
election.marks = 2
election.ballot_order = "unstated"
election.ties = "unstated"
election.uncontested = "unstated"
election.too_few = "unstated"
"""


def share(title: str, seats: int, word: str) -> str:
    return f'[[group.share]]\nseats = {seats}\nproperty = "{word}"\ntitle = {{ da = "{title}", en = "{title}" }}\n\n'


def test_reserved_seats_in_a_senior_council_are_forbidden() -> None:
    exact = ("seats = { least = 5 }\nroute", "seats = 5\nroute")
    shares = share("Nord", 2, "connection:north") + share("Syd", 3, "connection:south")
    reserved = seniors(exact, ("[[group.requirement]]", shares + "[[group.requirement]]"))
    assert by_law(reserved) == [(FORBIDDEN, "lint-reserved", "no-reserved-seats")] * 2
    finding = lint(reserved)[0]
    assert finding.statute_clause is not None
    assert "no seats reserved for groups" in finding.statute_clause.text
    assert said(finding).startswith("Directly elected: seats reserved for “Nord”: 2.")


def test_seats_divided_by_area_are_reserved_too() -> None:
    divided = parse_mandate((text_of("aeldreraad-lov") + SECOND_GROUP).encode())
    found = by_law(divided)
    assert (FORBIDDEN, "lint-seats-divided", "no-reserved-seats") in found
    assert (FORBIDDEN, "lint-marks", "one-vote") in found
    assert (MISSING, "lint-not-asked", "residence") in found
    open_words = [each.rule for each in lint(divided) if each.code == "lint-wording-open"]
    assert open_words == ["who-votes", "who-stands"]


def test_a_requirement_beyond_age_and_residence_reserves_seats_and_a_wish_does_not() -> None:
    asked = 'all = true\napplies_to = "member"\nproperty = "age:60-on-election-day"'
    one_woman = 'at_least = 1\napplies_to = "member"\nproperty = "gender:woman"'
    assert (FORBIDDEN, "lint-reserved-requirement", "no-reserved-seats") in by_law(seniors((asked, one_woman)))
    wish = seniors((asked, one_woman.replace("applies", "preferred = true\napplies")))
    assert [each.state for each in lint(wish) if each.code == "lint-reserved-wish"] == [ADVISABLE]


ONE_WRONG = {
    "four members": (("seats = { least = 5 }\nalternates", "seats = { least = 4 }\nalternates"),
                     ("seats = { least = 5 }\nroute", "seats = { least = 4 }\nroute"), FORBIDDEN, "lint-members"),
    "two marks": (("marks = 1", "marks = 2"), None, FORBIDDEN, "lint-marks"),
    "marks open": (("marks = 1", 'marks = "unstated"'), None, UNSTATED, "lint-marks-open"),
    "aged 65": (("fyldt 60 år", "fyldt 65 år"), None, ADVISABLE, "lint-wording"),
    "ten alternates of five": (('kind = "unstated"\nat_most_members = true',
                                'kind = "pool"\nnumber = 10\norder = "votes"'),
                               ("seats = { least = 5 }\nroute", "seats = 5\nroute"), FORBIDDEN,
                               "lint-more-alternates"),
    "alternates unlimited": (("at_most_members = true\n", ""), None, UNSTATED, "lint-alternates-number-open"),
    "no residence": (('property = "residence:municipality"', 'property = "connection:x"'), None, UNSTATED,
                     "lint-asked-in-words"),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_WRONG)
def test_one_thing_against_the_law_on_senior_councils_is_one_finding(name: str) -> None:
    first, second, state, code = ONE_WRONG[name]
    mandate = seniors(*(change for change in (first, second) if change is not None))
    assert (state, code) in [(each.state, each.code) for each in lint(mandate)]
    assert code not in SHIPPED["aeldreraad-lov"]


def test_a_senior_council_may_not_be_appointed_nor_left_open() -> None:
    text = text_of("aeldreraad-lov")
    start, end = text.index("[group.election]"), text.index("[[group.requirement]]")
    without = text[:start] + text[end:]
    for route, state in (("appointment", FORBIDDEN), ("unstated", UNSTATED)):
        mandate = parse_mandate(without.replace('route = "direct-election"', f'route = "{route}"').encode())
        assert state in [each.state for each in lint(mandate) if each.rule == "direct-election"]


# --- the disability council

DISABILITY_WRONG = {
    "eight of one side": (("most = 7 }\nalternates.number = { least = 3, most = 7 }",
                           "most = 8 }\nalternates.number = { least = 3, most = 8 }"), FORBIDDEN, "lint-members"),
    "not tied": (('as_many_as = "disability-organisations"\n', ""), MISSING, "lint-sides-untied"),
    "no personal alternates": (('number = { least = 3, most = 7 }\nalternates.kind = "personal"',
                                'number = 0\nalternates.kind = "none"'), MISSING, "lint-alternates"),
    "alternates open": (('number = { least = 3, most = 7 }\nalternates.kind = "personal"',
                          'kind = "unstated"'),
                        UNSTATED, "lint-alternates-open"),
    "chair of the mayor": (('chosen_by = { da = "Handicaprådet"', 'chosen_by = { da = "borgmesteren"'), FORBIDDEN,
                           "lint-chair"),
    "chair by nobody": (('chosen_by = { da = "Handicaprådet", en = "the Disability Council" }',
                         'chosen_by = "unstated"'), UNSTATED, "lint-chair-open"),
    "appointed by the organisations": (('filled_by = "unstated"', 'filled_by = { da = "DH", en = "DH" }'), FORBIDDEN,
                                       "lint-appointer"),
    "one side only": (('route = "nomination"\nfilled_by = "unstated"\nnominated_by = { da = "Danske '
                       'Handicaporganisationer", en = "Disabled People’s Organisations Denmark" }\n',
                       'route = "appointment"\nfilled_by = { da = "Byrådet", en = "x" }\n'), MISSING,
                      "lint-members-missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", DISABILITY_WRONG)
def test_one_thing_against_the_law_on_disability_councils_is_one_finding(name: str) -> None:
    change, state, code = DISABILITY_WRONG[name]
    found = [(each.state, each.code) for each in lint(changed("handicapraad-lov", change))]
    assert (state, code) in found
    assert code not in SHIPPED["handicapraad-lov"]


def test_sides_that_cannot_be_equal_are_forbidden() -> None:
    five = (
        "seats = { least = 3, most = 7 }\nalternates.number = { least = 3, most = 7 }",
        "seats = 5\nalternates.number = 5",
    )
    three = (
        "seats = { least = 3, most = 7 }\nalternates.number = { least = 3, most = 7 }",
        "seats = 3\nalternates.number = 3",
    )
    untied = ('as_many_as = "disability-organisations"\n', "")
    assert (FORBIDDEN, "lint-sides", "equal-sides") in by_law(changed("handicapraad-lov", five, three, untied))
    assert by_law(changed("handicapraad-lov", five, five, untied)) == []


def test_a_disability_council_is_not_elected_by_the_public() -> None:
    elected = text_of("aeldreraad-lov", ('statute = "retssikkerhedsloven-30"', 'statute = "retssikkerhedsloven-37a"'))
    assert (FORBIDDEN, "lint-route", "no-public-election") in by_law(parse_mandate(elected.encode()))


# --- every council


def test_whoever_nominates_is_told_of_the_pair() -> None:
    found = [each for each in lint(load_mandate("handicapraad-lov")) if each.statute == "ligestillingsloven-10a"]
    assert [(each.rule, each.state, each.group) for each in found] == [
        ("equal-numbers", ADVISABLE, "disability-organisations"),
        ("reason-at-once", ADVISABLE, "disability-organisations"),
    ]


def test_a_day_before_any_known_version_is_said() -> None:
    (finding,) = (each for each in lint(load_mandate("koege-integrationsraad"), on=date(2005, 1, 1)) if each.statute)
    assert (finding.code, finding.state) == ("lint-no-version", UNSTATED)
    assert "2005-01-01" in said(finding)


@given(name=st.sampled_from(mandate_ids()), on=st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_findings_come_by_gravity_and_the_order_of_the_statutes_changes_nothing_else(name: str, on: date) -> None:
    mandate = load_mandate(name)
    found = lint(mandate, on=on)
    assert [list(LintState).index(each.state) for each in found] == sorted(
        list(LintState).index(each.state) for each in found
    )
    turned = lint(mandate, on=on, statutes=shipped_statutes()[::-1])
    assert Counter((each.code, each.rule, each.group) for each in turned) == Counter(
        (each.code, each.rule, each.group) for each in found
    )


def test_residence_of_some_members_only_is_not_residence_of_every_member() -> None:
    asked = 'all = true\napplies_to = "member"\nproperty = "residence:municipality"'
    for some in (asked.replace("all = true", "majority = true"), asked.replace("applies", "preferred = true\napplies")):
        found = [each.state for each in lint(seniors((asked, some))) if each.rule == "residence"]
        assert found == [UNSTATED]


@pytest.mark.parametrize(("years", "state"), [("2", None), ("4", None), ("5", FORBIDDEN), ('"unstated"', UNSTATED)])
def test_a_senior_council_is_elected_at_least_every_fourth_year(years: str, state: LintState | None) -> None:
    term = f'[term]\nyears = {years}\nmunicipal_period = false\nbegins = "unstated"\nuntil_successor = "unstated"\n'
    mandate = seniors(('term = "unstated"\n', ""), ("[composition]", term + CLAUSE + "\n[composition]"))
    found = [each.state for each in lint(mandate) if each.rule == "every-fourth-year"]
    assert found == ([] if state is None else [state])
