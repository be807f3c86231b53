"""Ranges, bounds, shares, terms: what the language says beyond the Norddjurs mandate, and how it is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from composition_rules.errors import MandateFileError
from composition_rules.mandate import (
    OPEN,
    UNSTATED,
    AlternateKind,
    BallotOrder,
    Bound,
    Cause,
    EmptyPlace,
    LegalBasis,
    MajorityBase,
    Mandate,
    Officers,
    Route,
    Rule,
    Seats,
    SubstitutionRule,
    Successor,
    Term,
    Vacancies,
    Wording,
)
from composition_rules.parse import parse_mandate
from composition_rules.show import show_mandate

PAGE = (Path(__file__).parents[2] / "docs" / "mandates.md").read_text(encoding="utf-8")
GOOD = "".join(re.findall(r"^```toml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL))
COMMITTEE = (
    'id = "committee"\ntitle = { da = "Udpeget af Byrådet", en = "Appointed by the municipal council" }\nseats = 1'
)
CLAUSE = 'clause = { source = "kommissorium", lines = [1, 1], text = "x" }'


def read(*changes: tuple[str, str]) -> Mandate:
    return parse_mandate(changed(*changes).encode())


def changed(*changes: tuple[str, str]) -> str:
    text = GOOD
    for part, instead in changes:
        assert part in text, part
        text = text.replace(part, instead, 1)
    return text


def faults(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(MandateFileError) as refused:
        read(*changes)
    assert all(str(fault) for fault in refused.value.faults)
    return [(fault.code, fault.path) for fault in refused.value.faults]


def test_the_page_says_what_the_values_hold() -> None:
    mandate = read()
    assert isinstance(mandate.term, Term)
    assert isinstance(mandate.officers, Officers)
    assert isinstance(mandate.quorum, Rule)
    assert (mandate.term.years, mandate.term.municipal_period) == (4, True)
    assert [each.majority_of for each in mandate.officers.rounds] == [MajorityBase.VOTES_CAST, MajorityBase.MOST_VOTES]
    assert [(each.bound, each.number) for each in mandate.requirements] == [(Bound.MAJORITY, None)]
    assert (mandate.duties[0].at_least, mandate.duties[0].at_most) == (4, 6)
    assert mandate.one_seat_each is True
    rules = mandate.group("elected").election
    assert rules is not None
    assert isinstance(rules.franchise, Wording)
    assert (rules.franchise.version, rules.candidacy, rules.ballot_order) == ("2025", UNSTATED, BallotOrder.SURNAME)
    assert mandate.properties().keys() == {"background:refugee-or-immigrant", "member:socialudvalget"}


@pytest.mark.parametrize(
    ("written", "means", "shown"),
    [
        ("{ least = 5, most = 7 }", Seats(least=5, most=7), "5–7"),
        ("{ least = 5 }", Seats(least=5, most=None), "5+"),
        ('"open"', OPEN, "0+"),
        ("5", Seats.exactly(5), "5"),
    ],
)
def test_a_number_of_seats_is_fixed_a_range_or_open(written: str, means: Seats, shown: str) -> None:
    mandate = read(("seats = 7", 'seats = "unstated"'), (COMMITTEE, COMMITTEE[:-1] + written), SHARELESS)
    assert (mandate.group("committee").seats, str(mandate.group("committee").seats)) == (means, shown)
    assert mandate.seats == means + Seats.exactly(6)


SHARE = GOOD[GOOD.index("[[group.share]]") :]
SHARELESS = (SHARE, "")


def test_a_declared_total_narrows_what_the_groups_add_up_to() -> None:
    wide = (COMMITTEE, COMMITTEE[:-1] + "{ least = 1, most = 9 }")
    mandate = read(("seats = 7", "seats = { least = 8, most = 10 }"), wide, SHARELESS)
    assert mandate.seats == Seats(least=8, most=10)
    assert faults(("seats = 7", "seats = { least = 16, most = 20 }"), wide, SHARELESS) == [
        ("seats-do-not-add-up", "composition.seats")
    ]


def test_up_to_two_alternates_for_each_member() -> None:
    personal = '{ kind = "personal", per_member = { least = 0, most = 2 }, order = "votes" }'
    mandate = read(('{ number = 1, kind = "shared" }', personal))
    alternates = mandate.group("associations").alternates
    assert (alternates.kind, alternates.number) == (AlternateKind.PERSONAL, Seats(least=0, most=4))


def test_alternates_of_which_nothing_is_said() -> None:
    alternates = read(('{ number = 1, kind = "shared" }', '{ kind = "unstated" }')).group("associations").alternates
    assert (alternates.kind, alternates.number) == (AlternateKind.UNSTATED, OPEN)


def test_whole_tables_may_be_unstated() -> None:
    start, end = GOOD.index("[term]"), GOOD.index("[[duty]]")
    silent = GOOD.replace(GOOD[start:end], "").replace(
        'in_force = "unstated"',
        'in_force = "unstated"\nterm = "unstated"\nofficers = "unstated"\nvacancies = "unstated"',
    )
    adopted = GOOD[GOOD.index("[adopted]") : GOOD.index("[composition]")]
    mandate = parse_mandate(silent.replace(adopted, "").replace("in_force", 'adopted = "unstated"\nin_force').encode())
    assert (mandate.term, mandate.officers, mandate.offices) == (UNSTATED, UNSTATED, ())
    assert mandate.vacancies is UNSTATED
    assert (mandate.adopted, mandate.adopted_by) == (UNSTATED, UNSTATED)


def test_the_legal_basis_may_have_a_clause_and_a_group_a_term_of_its_own() -> None:
    basis = f'legal_basis = {{ statute = "integrationsloven-42", {CLAUSE} }}'
    term = (
        f'term = {{ years = 2, municipal_period = false, begins = "unstated", until_successor = "unstated", {CLAUSE} }}'
    )
    mandate = read(('legal_basis = "integrationsloven-42"', basis), (COMMITTEE, f"{COMMITTEE}\n{term}"))
    assert mandate.legal_basis is LegalBasis.INTEGRATIONSLOVEN_42
    assert mandate.legal_clause in mandate.clauses()
    own, general = (mandate.term_of(mandate.group(name).id) for name in ("committee", "elected"))
    assert isinstance(own, Term)
    assert (own.years, general) == (2, mandate.term)


def test_a_route_that_the_source_does_not_tell() -> None:
    group = read(
        ('route = "appointment"\nfilled_by = { da = "Byrådet", en = "the municipal council" }',
         'route = "unstated"\nfilled_by = "unstated"')
    ).group("committee")  # fmt: skip
    assert (group.route, group.filled_by) == (Route.UNSTATED, UNSTATED)


def test_empty_seats_and_absence_for_a_time() -> None:
    rule = read().vacancies
    assert isinstance(rule, Vacancies)
    assert rule.ends_with == (Cause.RESIGNATION, Cause.DEATH, Cause.MOVED_AWAY, Cause.ABSENCE)
    assert (rule.absences, rule.successor) == (3, Successor.ALTERNATE)
    assert (rule.nobody_left, rule.alternate_left) == (EmptyPlace.LEAVE_EMPTY, EmptyPlace.APPOINT)
    assert isinstance(rule.substitution, SubstitutionRule)
    assert (rule.substitution.at_least_months, rule.substitution.at_most_months) == (3, UNSTATED)
    assert rule.ends_by(Cause.DEATH)
    assert not rule.ends_by(Cause.OTHER)


def test_a_group_may_have_a_rule_of_its_own_for_empty_seats() -> None:
    own = f"""vacancies = {{ da = "x", en = "x", ends_with = "unstated", successor = "by-election",
        consent = "unstated", nobody_left = "unstated", alternate_left = "unstated", substitution = "unstated",
        {CLAUSE} }}""".replace("\n        ", " ")
    mandate = read((COMMITTEE, f"{COMMITTEE}\n{own}"))
    rules = {group.id: mandate.vacancies_of(group.id) for group in mandate.groups}
    special = rules.pop(mandate.group("committee").id)
    assert isinstance(special, Vacancies)
    assert (special.successor, special.ends_with) == (Successor.BY_ELECTION, UNSTATED)
    assert set(rules.values()) == {mandate.vacancies}
    assert special.clause in mandate.clauses()


@pytest.mark.parametrize("language", ["da", "en"])
def test_shown_are_the_rules_of_empty_seats_and_that_alternates_are_no_more_than_members(language: str) -> None:
    pool = '{ number = 4, kind = "pool", order = "votes" }'
    shown = "\n".join(show_mandate(read((pool, pool[:-2] + ", at_most_members = true }")), language))
    wanted = {
        "da": ["efter stemmetal, højst lige så mange som medlemmer", "Hvem træder ind: suppleanten",
               "fratræden, dødsfald, fraflytning fra kommunen, udeblivelse", "Udeblivelser uden afbud: 3",
               "Når ingen er tilbage: pladsen står tom", "Midlertidigt forfald: forfald i mindst tre måneder"],
        "en": ["by votes, no more than members", "Who steps in: the alternate",
               "resignation, death, moving out of the municipality, absence", "Unexcused absences: 3",
               "When nobody is left: the place stays empty", "Temporary absence: absence of at least three months"],
    }  # fmt: skip
    assert [part for part in wanted[language] if part not in shown] == []


ONE = "at_least = 1\n"
ONE_FAULT = {
    "two bounds": (ONE, "at_least = 1\nexactly = 1\n", "bound-twice", "group[3].requirement[1].exactly"),
    "no bound": ('at_least = 1\napplies', "applies", "missing-key", "group[3].requirement[1].at_least"),
    "majority of false": ("majority = true", "majority = false", "not-true", "requirement[1].majority"),
    "exactly too many": (ONE + "appl", "exactly = 2\nappl", "requirement-too-large",
                         "group[3].requirement[1].exactly"),
    "kind unknown": ('"member:socialudvalget"', '"membr:socialudvalget"', "unknown-kind",
                     "group[3].requirement[1].property"),
    "range backwards": (COMMITTEE, COMMITTEE[:-1] + "{ least = 3, most = 2 }", "range-backwards",
                        "group[3].seats.most"),
    "range of words": (COMMITTEE, COMMITTEE[:-1] + '{ least = "x" }', "not-an-integer", "group[3].seats.least"),
    "range with a stranger": (COMMITTEE, COMMITTEE[:-1] + "{ least = 1, most = 1, x = 2 }", "unknown-key",
                              "group[3].seats.x"),
    "meetings backwards": ("at_most = 6", "at_most = 3", "range-backwards", "duty[1].at_most"),
    "shares too many": ("[[group.share]]\nseats = 1", "[[group.share]]\nseats = 2", "shares-do-not-add-up",
                        "group[3].share"),
    "as many as nobody": (COMMITTEE, COMMITTEE + '\nas_many_as = "x"', "unknown-group", "group[3].as_many_as"),
    "per member for all": ('{ number = 1, kind = "shared" }', '{ number = 1, kind = "shared", per_member = 1 }',
                           "per-member-needless", "group[1].alternates.per_member"),
    "shared by how many": ('{ number = 1, kind = "shared" }', '{ kind = "shared" }', "missing-key",
                           "group[1].alternates.number"),
    "wording without version": ('version = "2025", ', "", "missing-key", "group[2].election.franchise.version"),
    "two for each in no order": ('{ number = 1, kind = "shared" }', '{ kind = "personal", per_member = 2 }',
                                 "order-needed", "group[1].alternates.order"),
    "one for each in an order": ('{ number = 1, kind = "shared" }',
                                 '{ kind = "personal", per_member = 1, order = "votes" }', "order-needless",
                                 "group[1].alternates.order"),
    "no alternates but not too many": ('{ number = 0, kind = "none" }',
                                       '{ number = 0, kind = "none", at_most_members = true }',
                                       "at-most-members-needless", "group[3].alternates.at_most_members"),
    "absence without a number": ("absences = 3", "# 3", "absences-needed", "vacancies.ends_with"),
    "absences that end nothing": ('"moved-away", "absence"]', '"moved-away"]', "absences-needless",
                                  "vacancies.absences"),
    "an end unheard of": ('["resignation", "death", "moved-away", "absence"]', '["resignation", "holidays"]',
                          "words-unusable", "vacancies.ends_with"),
    "an end named twice": ('["resignation", "death",', '["death", "death",', "words-unusable", "vacancies.ends_with"),
    "no end at all": ('["resignation", "death", "moved-away", "absence"]', "[]", "words-unusable",
                      "vacancies.ends_with"),
    "one end without a list": ('["resignation", "death", "moved-away", "absence"]', '"death"', "words-unusable",
                               "vacancies.ends_with"),
    "words only": ('successor = "alternate"\n', "", "missing-key", "vacancies.successor"),
    "successor unknown": ('successor = "alternate"', 'successor = "friend"', "unknown-word", "vacancies.successor"),
    "absent for no month": ("at_least_months = 3", "at_least_months = 0", "number-too-small",
                            "vacancies.substitution.at_least_months"),
    "absence that ends before it counts": ('at_most_months = "unstated"', "at_most_months = 2", "range-backwards",
                                           "vacancies.substitution.at_most_months"),
    "statute unknown": ('legal_basis = "integrationsloven-42"', f'legal_basis = {{ statute = "x", {CLAUSE} }}',
                        "unknown-word", "legal_basis.statute"),
}  # fmt: skip


@pytest.mark.parametrize(("part", "instead", "code", "path"), ONE_FAULT.values(), ids=ONE_FAULT.keys())
def test_one_fault_is_named_by_code_and_key(part: str, instead: str, code: str, path: str) -> None:
    # Seats that cannot be read make their share and their total unreadable too: those are not reported on top.
    assert faults((part, instead)) == [(code, path)]


def test_two_shares_for_the_same_people() -> None:
    twice = (SHARE, SHARE + SHARE)
    found = faults(twice, (COMMITTEE, COMMITTEE[:-1] + "2"), ("seats = 7", "seats = 8"))
    assert found == [("shares-alike", "group[3].share[2].property")]
