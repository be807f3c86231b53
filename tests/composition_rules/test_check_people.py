"""Who moved away, lost a membership, was nominated without a pair, or sits in too long: the exact words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from composition_rules.check import Finding, FindingState, check
from composition_rules.council import Council, Nomination, Substitution
from composition_rules.mandate import (
    UNSTATED,
    AlternateKind,
    Alternates,
    Cause,
    EmptyPlace,
    Mandate,
    Role,
    Route,
    Seats,
    SubstitutionRule,
    Successor,
    Text,
    Vacancies,
)
from composition_rules.messages import SENTENCES, english
from composition_rules.people import Person, Spell
from composition_rules.statute import load_statute
from tests.composition_rules.councils import COMMITTEE, MANDATE, council, full_holdings, holding, person

DAY = date(2026, 4, 1)
LAST = date(2026, 3, 31)
_PO = Path(__file__).parents[2] / "webvote" / "translations" / "da" / "LC_MESSAGES" / "messages.po"
with _PO.open("rb") as _file:
    DANISH = read_po(_file, locale="da")
WOMAN, OTHER_WOMAN = person("Ida", "gender:woman"), person("Eva", "gender:woman")
MAN, OTHER_MAN = person("Per", "gender:man"), person("Ole", "gender:man")
STATUTE = load_statute("ligestillingsloven-10a").version_on(DAY)


def words(finding: Finding) -> tuple[str, str]:
    message = DANISH.get(SENTENCES[finding.code])
    assert message is not None
    return str(message.string).format(**finding.params_in("da")), english(finding)


def unmet(formed: Council, mandate: Mandate = MANDATE, on: date = DAY) -> list[Finding]:
    """What is found beside empty places and offices."""
    findings = check(formed, mandate, on=on)
    empty = ("seats-empty", "alternates-lacking", "office-empty", "members-requirement-not-yet")
    empty += ("alternates-requirement-not-yet",)
    return [each for each in findings if each.state is not FindingState.MET and each.code not in empty]


def had(name: str, word: str, *, until: date = LAST) -> Person:
    return replace(person(name), spells=(Spell(property=word, until=until),))


def nominated(*members: Person, nominations: tuple[Nomination, ...] = ()) -> tuple[Council, Mandate]:
    """A council whose “free” members are nominated by Fritidsrådet."""
    by = Text(da="Fritidsrådet", en="the Leisure Council")
    groups = tuple(
        replace(group, route=Route.NOMINATION, nominated_by=by, requirements=()) if group.id == "free" else group
        for group in MANDATE.groups
    )
    mandate = replace(MANDATE, groups=groups)
    formed = council(*(holding(each, "free", seat) for seat, each in enumerate(members, start=1)))
    for nomination in nominations:
        formed = formed.nominate(nomination, mandate=mandate)
    return formed, mandate


def nomination(*proposed: Person, reason: str | None = None, on: date = date(2024, 11, 20)) -> Nomination:
    return Nomination(
        group=MANDATE.group("free").id, nominated_by="Fritidsrådet", proposed=proposed, on=on, reason=reason
    )


def test_a_member_who_moved_away_is_found_where_the_mandate_asks_for_no_residence() -> None:
    gone = had("Amina", "residence:norddjurs")
    (found,) = unmet(council(holding(gone, "insight")))
    title = MANDATE.group("insight").title
    assert (found.state, found.people[0].id) == (FindingState.NOT_YET, "amina")
    assert found.clause == MANDATE.group("insight").clause
    assert words(found) == (
        f"{title.da}: Amina er flyttet: bopæl ophørte den 2026-03-31. Tag stilling til, hvem der får pladsen.",
        f"{title.en}: Amina moved away: residence ended on 2026-03-31. Decide who takes the place.",
    )


def test_who_lives_there_on_the_day_or_moved_back_is_not_found() -> None:
    gone = had("Amina", "residence:norddjurs")
    assert unmet(council(holding(gone, "insight")), on=LAST) == []
    back = replace(gone, spells=(*gone.spells, Spell(property="residence:norddjurs", since=DAY)))
    assert unmet(council(holding(back, "insight"))) == []
    to_come = replace(gone, spells=(Spell(property="residence:norddjurs", since=date(2027, 1, 1)),))
    assert unmet(council(holding(to_come, "insight"))) == []


def test_moving_away_is_told_by_the_requirement_that_asks_for_it() -> None:
    asked = replace(
        MANDATE.group("free").requirements[0],
        property="connection:norddjurs",
        title=Text(da="bor eller arbejder i kommunen", en="lives or works in the municipality"),
    )
    mandate = replace(MANDATE, requirements=(asked,))
    moved = [
        each
        for each in unmet(council(holding(had("Bo", "connection:norddjurs"), "insight")), mandate)
        if each.code == "moved-away"
    ]
    assert [each.clause for each in moved] == [asked.clause]
    assert "lives or works in the municipality ended on 2026-03-31" in words(moved[0])[1]


def test_a_requirement_of_members_is_not_told_of_an_alternate_who_moved() -> None:
    asked = replace(MANDATE.group("free").requirements[0], property="residence:norddjurs")
    mandate = replace(MANDATE, requirements=(asked,))
    spare = holding(had("Bo", "residence:norddjurs"), "insight", role=Role.ALTERNATE)
    moved = [each for each in unmet(council(spare), mandate) if each.code == "moved-away"]
    assert [each.clause for each in moved] == [MANDATE.group("insight").clause]


def test_moving_away_is_told_by_the_rule_of_vacancies_where_that_ends_the_seat() -> None:
    mandate = replace(MANDATE, vacancies=vacancies())
    (found,) = unmet(council(holding(had("Bo", "residence:norddjurs"), "insight")), mandate)
    assert found.clause == vacancies().clause


def vacancies(at_most: int | None = None) -> Vacancies:
    rule = (
        None
        if at_most is None
        else SubstitutionRule(
            text=Text(da="højst", en="at most"),
            at_least_months=UNSTATED,
            at_most_months=at_most,
            clause=MANDATE.group("free").clause,
        )
    )
    return Vacancies(
        text=Text(da="x", en="x"),
        ends_with=(Cause.MOVED_AWAY,),
        absences=None,
        successor=Successor.UNSTATED,
        consent=UNSTATED,
        nobody_left=EmptyPlace.UNSTATED,
        alternate_left=EmptyPlace.UNSTATED,
        substitution=UNSTATED if rule is None else rule,
        clause=MANDATE.composition,
    )


def test_a_lost_membership_is_found_with_who_lost_it_and_when() -> None:
    lost = had("Vibe", COMMITTEE)
    formed = council(holding(lost, "free", 1), holding(MAN, "free", 2), holding(WOMAN, "free", 3))
    before = check(formed, MANDATE, on=LAST)
    assert "members-requirement-met" in [each.code for each in before if each.group == "free"]
    missing, found = unmet(formed)
    title, asks = MANDATE.group("free").title, MANDATE.group("free").requirements[0].title
    assert (missing.code, missing.state) == ("members-requirement-impossible", FindingState.IMPOSSIBLE)
    assert [each.id for each in found.people] == ["vibe"]
    assert found.clause == MANDATE.group("free").requirements[0].clause
    assert words(found) == (
        f"{title.da}: Vibe har ikke længere ”{asks.da}”. Den sidste dag var 2026-03-31.",
        f"{title.en}: Vibe has “{asks.en}” no longer. The last day was 2026-03-31.",
    )


def test_a_lost_membership_that_another_member_has_too_is_no_finding() -> None:
    formed = council(holding(had("Vibe", COMMITTEE), "free", 1), holding(person("Per", COMMITTEE), "free", 2))
    assert unmet(formed) == []


PAIRS = {
    "a woman and a man": (
        (WOMAN, MAN),
        None,
        "gender-pair",
        "Fritidsrådet foreslog lige mange kvinder og mænd den 2024-11-20: kvinder: 1, mænd: 1.",
        "Fritidsrådet proposed as many women as men on 2024-11-20: women: 1, men: 1.",
    ),
    "a woman only": (
        (WOMAN,),
        None,
        "gender-pair-missing",
        "Fritidsrådet foreslog ikke lige mange kvinder og mænd den 2024-11-20: kvinder: 1, mænd: 0. "
        "Bed om flere forslag eller om begrundelsen.",
        "Fritidsrådet did not propose as many women as men on 2024-11-20: women: 1, men: 0. "
        "Ask for further proposals, or for the reason.",
    ),
    "a woman only, with a reason": (
        (WOMAN,),
        "Kun én opstillede.",
        "gender-reason-given",
        "Fritidsrådet gav den 2024-11-20 en begrundelse for at foreslå kvinder: 1, mænd: 0. "
        "Begrundelse: Kun én opstillede.",
        "Fritidsrådet gave a reason on 2024-11-20 for proposing women: 1, men: 0. Reason: Kun én opstillede.",
    ),
    "two women and a man": (
        (WOMAN, OTHER_WOMAN, MAN),
        None,
        "gender-pair-missing",
        "Fritidsrådet foreslog ikke lige mange kvinder og mænd den 2024-11-20: kvinder: 2, mænd: 1. "
        "Bed om flere forslag eller om begrundelsen.",
        "Fritidsrådet did not propose as many women as men on 2024-11-20: women: 2, men: 1. "
        "Ask for further proposals, or for the reason.",
    ),
    "a woman and somebody unknown": (
        (WOMAN, person("Kim")),
        None,
        "gender-unknown",
        "Fritidsrådet kom med forslag den 2024-11-20; ikke registreret som kvinde eller mand: Kim.",
        "Fritidsrådet made proposals on 2024-11-20; not recorded as a woman or a man: Kim.",
    ),
}


@pytest.mark.parametrize(("proposed", "reason", "code", "da", "en"), PAIRS.values(), ids=PAIRS.keys())
def test_a_nomination_is_held_against_the_gender_equality_act(
    proposed: tuple[Person, ...], reason: str | None, code: str, da: str, en: str
) -> None:
    formed, mandate = nominated(WOMAN, nominations=(nomination(*proposed, reason=reason),))
    found = [each for each in check(formed, mandate, on=DAY) if each.code.startswith(("gender", "nomination"))]
    title = MANDATE.group("free").title
    assert [(each.code, *words(each)) for each in found] == [(code, f"{title.da}: {da}", f"{title.en}: {en}")]
    good = code in ("gender-pair", "gender-reason-given")
    assert found[0].state is (FindingState.MET if good else FindingState.NOT_YET)
    assert STATUTE is not None
    rule = "reason-at-once" if reason else "equal-numbers"
    assert found[0].clause == next(each.clause for each in STATUTE.rules if each.id == rule)


def test_members_whose_nomination_is_not_recorded_are_named() -> None:
    formed, mandate = nominated(WOMAN, MAN, nominations=(nomination(WOMAN, OTHER_MAN),))
    (found,) = [each for each in unmet(formed, mandate) if each.group == "free"]
    title = MANDATE.group("free").title
    assert words(found) == (
        f"{title.da}: der er ikke registreret nogen indstilling for: Per. Registrér, hvem der blev foreslået.",
        f"{title.en}: no nomination is recorded for: Per. Record whom the body proposed.",
    )


def test_nothing_is_asked_of_a_nomination_before_the_act_or_of_seats_that_stand_empty() -> None:
    formed, mandate = nominated(WOMAN)
    assert [each.code for each in unmet(formed, mandate)] == ["nomination-unrecorded"]
    old = Council(mandate_id=MANDATE.id).seat(holding(WOMAN, "free", since=date(2005, 1, 1)), mandate=mandate)
    assert "nomination-unrecorded" not in [each.code for each in check(old, mandate, on=date(2009, 8, 31))]
    assert "nomination-unrecorded" in [each.code for each in check(old, mandate, on=date(2009, 9, 1))]
    assert unmet(*nominated()) == []


def test_a_nomination_that_came_later_or_for_others_does_not_count() -> None:
    later = nomination(WOMAN, MAN, on=date(2026, 4, 2))
    others = nomination(OTHER_WOMAN, OTHER_MAN)
    assert [each.code for each in unmet(*nominated(WOMAN, nominations=(later, others)))] == ["nomination-unrecorded"]


def personal(each: Seats) -> Mandate:
    """The mandate with two seats of “insight” that have so many personal alternates each."""
    two = Seats.exactly(2)
    alternates = Alternates(number=two.times(each), kind=AlternateKind.PERSONAL, order=None, per_member=each)
    groups = tuple(
        replace(group, alternates=alternates) if group.id == "insight" else group for group in MANDATE.groups
    )
    return replace(MANDATE, groups=groups, declared_alternates=UNSTATED)


def test_a_personal_alternate_of_an_empty_seat_is_found() -> None:
    mandate = personal(Seats(least=0, most=2))
    formed = Council(mandate_id=MANDATE.id)
    for one in (holding(MAN, "insight", 1), holding(WOMAN, "insight", 3, Role.ALTERNATE)):
        formed = formed.seat(one, mandate=mandate)
    (found,) = unmet(formed, mandate)
    title = MANDATE.group("insight").title
    assert words(found) == (
        f"{title.da}: personlig suppleant for plads 2, som er tom: Ida. Tag stilling til, hvem der får pladsen.",
        f"{title.en}: personal alternate for seat 2, which is empty: Ida. Decide who takes the seat.",
    )


def test_alternates_enough_in_number_but_not_for_each_member_are_found() -> None:
    mandate = personal(Seats(least=1, most=2))
    formed = Council(mandate_id=MANDATE.id)
    spares = [holding(each, "insight", place, Role.ALTERNATE) for place, each in ((1, OTHER_MAN), (2, OTHER_WOMAN))]
    for one in (holding(MAN, "insight", 1), holding(WOMAN, "insight", 2), *spares):
        formed = formed.seat(one, mandate=mandate)
    (found,) = unmet(formed, mandate)
    title = MANDATE.group("insight").title
    assert words(found) == (
        f"{title.da}: medlemmer, der mangler en personlig suppleant: Ida. Udpeg en til hver.",
        f"{title.en}: members who lack a personal alternate: Ida. Name one for each.",
    )


def substituted(*, member_until: date | None = None, spare_until: date | None = None) -> Council:
    formed = council(
        holding(MAN, "insight", 1, until=member_until), holding(WOMAN, "insight", 1, Role.ALTERNATE, until=spare_until)
    )
    sits_in = Substitution(
        person=WOMAN, group=MANDATE.group("insight").id, seat=1, decision="orlov", since=date(2026, 1, 15)
    )
    return formed.substitute(sits_in, mandate=MANDATE)


def test_an_alternate_who_sits_in_for_an_absent_member_is_no_finding() -> None:
    assert unmet(substituted()) == []


def test_a_substitute_whose_member_has_left_is_found() -> None:
    (found,) = unmet(substituted(member_until=LAST))
    title = MANDATE.group("insight").title
    assert words(found) == (
        f"{title.da}: Ida er stedfortræder på plads 1 for Per, som forlod pladsen den 2026-03-31. "
        "Tag stilling til, hvem der får pladsen.",
        f"{title.en}: Ida sits in on seat 1 for Per, who left it on 2026-03-31. Decide who takes the seat.",
    )
    assert unmet(substituted(member_until=LAST), on=LAST) == []


def test_a_substitute_who_is_alternate_no_longer_is_found() -> None:
    (found,) = unmet(substituted(spare_until=LAST))
    title = MANDATE.group("insight").title
    assert words(found) == (
        f"{title.da}: Ida er stedfortræder på plads 1 og er ikke suppleant for disse pladser den dag. "
        "Udpeg en suppleant.",
        f"{title.en}: Ida sits in on seat 1 and is no alternate of these seats on this day. Name an alternate.",
    )


def test_a_substitute_sits_in_no_longer_than_the_mandate_allows() -> None:
    mandate = replace(MANDATE, vacancies=vacancies(at_most=2))
    assert unmet(substituted(), mandate, on=date(2026, 3, 14)) == []
    (found,) = unmet(substituted(), mandate, on=date(2026, 3, 15))
    assert found.clause == MANDATE.group("free").clause
    title = MANDATE.group("insight").title
    assert words(found) == (
        f"{title.da}: Ida har været stedfortræder på plads 1 siden 2026-01-15, hvilket var tilladt til 2026-03-14. "
        "Tag stilling til, hvem der får pladsen.",
        f"{title.en}: Ida sits in on seat 1 since 2026-01-15, which was allowed until 2026-03-14. "
        "Decide who takes the seat.",
    )


def test_two_seats_and_an_expired_term_are_told_in_both_languages() -> None:
    formed = council(holding(MAN, "insight", 1), holding(MAN, "education"))
    twice, *expired = unmet(formed, on=date(2029, 1, 1))
    one, other = MANDATE.group("education").title, MANDATE.group("insight").title
    assert words(twice) == (
        f"Per har mere end én plads: {one.da} 1; {other.da} 1. Hver plads skal have sin egen person.",
        f"Per holds more than one seat: {one.en} 1; {other.en} 1. Each seat needs a person of its own.",
    )
    assert words(expired[0]) == (
        f"{one.da}: perioden for Per begyndte den 2025-01-01 og sluttede den 2028-12-31 (4 år).",
        f"{one.en}: the term of Per began on 2025-01-01 and ended on 2028-12-31 (4 years).",
    )


def test_findings_come_as_a_secretary_reads_them() -> None:
    """Groups first, each with seats, alternates, requirements and what was lost; then people; then terms."""
    lost = replace(had("Vibe", COMMITTEE), spells=(Spell(property=COMMITTEE, until=LAST),))
    holdings = [each for each in full_holdings() if each.group != "free"]
    gone = replace(holdings[0], person=replace(holdings[0].person, spells=had("x", "residence:here").spells))
    free = [holding(each, "free", seat) for seat, each in enumerate((lost, MAN, holdings[1].person), start=1)]
    codes = [each.code for each in unmet(council(gone, *holdings[1:], *free))]
    assert codes == ["members-requirement-impossible", "property-lost", "alternate-elsewhere", "moved-away"]
