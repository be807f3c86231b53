"""Who steps in when a seat falls empty, cause by cause and kind by kind of alternates, and what it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from composition_rules.check import FindingState, check
from composition_rules.council import Council, Substitution
from composition_rules.errors import CouncilError
from composition_rules.mandate import (
    UNSTATED,
    AlternateKind,
    AlternateOrder,
    Alternates,
    Bound,
    Cause,
    EmptyPlace,
    Mandate,
    Office,
    Requirement,
    Role,
    Route,
    SeatGroupId,
    Seats,
    Share,
    Successor,
    Text,
    Vacancies,
)
from composition_rules.messages import sentence
from composition_rules.people import Person, PersonId, Spell
from composition_rules.succession import (
    Appointed,
    ByElection,
    DecisionRequired,
    Option,
    Outcome,
    StaysEmpty,
    StepsIn,
    Vacancy,
    succeed,
    succession,
    vacate,
)
from tests.composition_rules.councils import (
    COMMITTEE,
    FIRST_DAY,
    MANDATE,
    council,
    full_council,
    full_holdings,
    holding,
    office,
    person,
)

LAST = date(2025, 6, 30)
NEXT = LAST + timedelta(days=1)
SILENT = Vacancies(
    text=Text(da="x", en="x"),
    ends_with=UNSTATED,
    absences=None,
    successor=Successor.UNSTATED,
    consent=UNSTATED,
    nobody_left=EmptyPlace.UNSTATED,
    alternate_left=EmptyPlace.UNSTATED,
    substitution=UNSTATED,
    clause=MANDATE.composition,
)


def vacancy(group: str, seat: int = 1, cause: Cause = Cause.RESIGNATION, **changes: object) -> Vacancy:
    made = Vacancy(group=SeatGroupId(group), seat=seat, cause=cause, last_day=LAST)
    return replace(made, **changes)  # type: ignore[arg-type]


def ruled(**changes: object) -> Mandate:
    return replace(MANDATE, vacancies=replace(SILENT, **changes))  # type: ignore[arg-type]


def with_alternates(mandate: Mandate, group: str, **changes: object) -> Mandate:
    def changed(alternates: Alternates) -> Alternates:
        return replace(alternates, **changes)  # type: ignore[arg-type]

    groups = tuple(
        replace(each, alternates=changed(each.alternates)) if each.id == group else each for each in mandate.groups
    )
    return replace(mandate, groups=groups, declared_alternates=UNSTATED)


def by_votes() -> Mandate:
    return with_alternates(MANDATE, "elected", order=AlternateOrder.VOTES)


def who(outcome: Outcome) -> str:
    assert isinstance(outcome, StepsIn), outcome
    return outcome.alternate.person.name


def passed(outcome: Outcome) -> list[tuple[str, str]]:
    assert all(sentence(each.reason.code, each.reason.params_in("da")) for each in outcome.passed_over)
    return [(each.person.name, each.reason.code) for each in outcome.passed_over]


def refused(formed: Council, mandate: Mandate, which: Vacancy) -> str:
    with pytest.raises(CouncilError) as caught:
        succession(formed, mandate, which)
    assert str(caught.value)
    return caught.value.code


# --- causes


@pytest.mark.parametrize("cause", [Cause.RESIGNATION, Cause.DEATH, Cause.OTHER])
def test_who_resigns_or_dies_leaves_and_the_personal_alternate_steps_in(cause: Cause) -> None:
    outcome = succession(full_council(), MANDATE, vacancy("education", cause=cause))
    assert who(outcome) == "education alternate 1"
    assert outcome.reason.clause.text.startswith("Et medlem samt en suppleant fra uddannelsesinstitutionerne")


def test_moving_away_ends_a_seat_where_the_mandate_says_so() -> None:
    moved = vacancy("education", cause=Cause.MOVED_AWAY)
    silent = succession(full_council(), MANDATE, moved)
    assert isinstance(silent, DecisionRequired)
    assert (silent.reason.code, silent.options) == ("moving-away-unstated", (Option.KEEP_SEAT, Option.END_SEAT))
    assert isinstance(succession(full_council(), ruled(ends_with=(Cause.DEATH,)), moved), DecisionRequired)
    assert who(succession(full_council(), ruled(ends_with=(Cause.MOVED_AWAY,)), moved)) == "education alternate 1"


def test_moving_away_ends_a_seat_where_everybody_must_live_there() -> None:
    wish = requirement(Bound.ALL, "residence:norddjurs", preferred=True)
    moved = vacancy("education", cause=Cause.MOVED_AWAY)
    assert isinstance(succession(full_council(), replace(MANDATE, requirements=(wish,)), moved), DecisionRequired)
    must = replace(MANDATE, requirements=(replace(wish, preferred=False),))
    assert who(succession(full_council(), must, moved)) == "education alternate 1"
    some = replace(MANDATE, requirements=(replace(wish, preferred=False, bound=Bound.MAJORITY),))
    assert isinstance(succession(full_council(), some, moved), DecisionRequired)


def requirement(bound: Bound, asked: str, *, number: int | None = None, preferred: bool = False) -> Requirement:
    return Requirement(
        bound=bound,
        number=number,
        property=asked,
        title=Text(da=asked, en=asked),
        applies_to=Role.MEMBER,
        preferred=preferred,
        clause=MANDATE.composition,
    )


def test_absence_ends_a_seat_after_the_number_that_the_mandate_gives() -> None:
    two = ruled(ends_with=(Cause.ABSENCE,), absences=2)
    away = vacancy("education", cause=Cause.ABSENCE)
    assert who(succession(full_council(), two, replace(away, absences=2))) == "education alternate 1"
    assert refused(full_council(), two, replace(away, absences=1)) == "absences-too-few"
    assert refused(full_council(), two, away) == "absences-uncounted"


def test_absence_without_a_rule_or_a_number_has_to_be_decided() -> None:
    away = vacancy("education", cause=Cause.ABSENCE, absences=9)
    for mandate, code in (
        (MANDATE, "absence-unstated"),
        (ruled(), "absence-unstated"),
        (ruled(ends_with=(Cause.ABSENCE,), absences=UNSTATED), "absences-unstated"),
    ):
        outcome = succession(full_council(), mandate, away)
        assert isinstance(outcome, DecisionRequired)
        assert (outcome.reason.code, outcome.options) == (code, (Option.KEEP_SEAT, Option.END_SEAT))
        with pytest.raises(CouncilError, match="Decide it first"):
            vacate(full_council(), mandate, away)


def test_loss_of_the_membership_that_the_council_needs_empties_the_seat() -> None:
    lost = vacancy("free", cause=Cause.LOST_MEMBERSHIP, lost=COMMITTEE)
    outcome = succession(full_council(), MANDATE, lost)
    assert isinstance(outcome, DecisionRequired)
    assert outcome.reason.code == "no-alternates-unstated"


def test_loss_of_a_membership_that_another_still_brings_empties_no_seat() -> None:
    members = [one for one in full_holdings() if (one.group, one.seat) != ("free", 2)]
    formed = council(*members, holding(person("Second", COMMITTEE), "free", 2))
    lost = vacancy("free", cause=Cause.LOST_MEMBERSHIP, lost=COMMITTEE)
    assert refused(formed, MANDATE, lost) == "membership-still-met"
    # unless the mandate says that whoever loses a membership leaves
    says = replace(ruled(ends_with=(Cause.LOST_MEMBERSHIP,)), id=MANDATE.id)
    assert isinstance(succession(formed, says, lost), DecisionRequired)


def test_loss_of_a_membership_that_nobody_asks_for_is_refused() -> None:
    lost = vacancy("education", cause=Cause.LOST_MEMBERSHIP, lost=COMMITTEE)
    assert refused(full_council(), MANDATE, lost) == "membership-not-asked"
    assert refused(full_council(), MANDATE, replace(lost, lost=None)) == "lost-membership-unnamed"
    wish = replace(MANDATE, requirements=(requirement(Bound.ALL, COMMITTEE, preferred=True),))
    assert refused(full_council(), wish, lost) == "membership-not-asked"
    limit = replace(MANDATE, requirements=(requirement(Bound.AT_MOST, COMMITTEE, number=1),))
    assert refused(full_council(), limit, lost) == "membership-not-asked"


def test_a_property_of_the_whole_council_or_of_a_reserved_seat_can_be_lost() -> None:
    lost = vacancy("education", cause=Cause.LOST_MEMBERSHIP, lost="post:teacher")
    all_teach = replace(MANDATE, requirements=(requirement(Bound.ALL, "post:teacher"),))
    assert who(succession(full_council(), all_teach, lost)) == "education alternate 1"
    reserved = Share(seats=1, property="post:teacher", title=Text(da="x", en="x"))
    groups = tuple(replace(each, shares=(reserved,)) if each.id == "education" else each for each in MANDATE.groups)
    assert who(succession(full_council(), replace(MANDATE, groups=groups), lost)) == "education alternate 1"


def test_a_place_that_nobody_holds_or_a_last_day_of_the_calendar_is_refused() -> None:
    assert refused(council(), MANDATE, vacancy("education")) == "seat-not-held"
    assert refused(full_council(), MANDATE, vacancy("education", last_day=date.max)) == "no-day-after"
    assert refused(replace(full_council(), mandate_id=ruled().id), by_id("x"), vacancy("education")) == "other-mandate"


def by_id(name: str) -> Mandate:
    return replace(MANDATE, id=name)  # type: ignore[arg-type]


# --- kinds of alternates


def test_a_pool_without_an_order_needs_a_decision_unless_one_is_left() -> None:
    outcome = succession(full_council(), MANDATE, vacancy("elected", 3))
    assert isinstance(outcome, DecisionRequired)
    assert (outcome.reason.code, outcome.options) == ("alternates-without-order", (Option.CHOOSE_ALTERNATE,))
    assert [each.name for each in outcome.people] == [f"elected alternate {number}" for number in (1, 2, 3, 4)]
    but_one = frozenset(PersonId(f"elected alternate {number}") for number in (1, 2, 4))
    assert who(succession(full_council(), MANDATE, vacancy("elected", 3, declined=but_one))) == "elected alternate 3"


def test_a_pool_by_votes_is_taken_in_the_order_of_its_places() -> None:
    shuffled = replace(full_council(), holdings=full_council().holdings[::-1])
    outcome = succession(shuffled, by_votes(), vacancy("elected", 3))
    assert who(outcome) == "elected alternate 1"
    refuses = vacancy("elected", 3, declined=frozenset({PersonId("elected alternate 1")}))
    second = succession(shuffled, by_votes(), refuses)
    assert (who(second), passed(second)) == ("elected alternate 2", [("elected alternate 1", "passed-over-declined")])


def test_by_votes_but_one_of_them_was_appointed() -> None:
    holdings = tuple(
        replace(one, route=Route.APPOINTMENT) if (one.person.name == "elected alternate 2") else one
        for one in full_council().holdings
    )
    outcome = succession(replace(full_council(), holdings=holdings), by_votes(), vacancy("elected"))
    assert isinstance(outcome, DecisionRequired)
    assert outcome.reason.code == "alternates-without-votes"


def test_where_a_lot_decides_it_has_to_be_drawn() -> None:
    mandate = with_alternates(MANDATE, "elected", order=AlternateOrder.LOT)
    outcome = succession(full_council(), mandate, vacancy("elected"))
    assert isinstance(outcome, DecisionRequired)
    assert (outcome.options, len(outcome.people)) == ((Option.DRAW_LOT,), 4)


def test_two_personal_alternates_belong_to_one_member() -> None:
    two = Seats(least=0, most=2)
    mandate = with_alternates(
        MANDATE, "insight", kind=AlternateKind.PERSONAL, number=Seats.exactly(4), per_member=two, order=None
    )
    spares = [holding(person(f"Spare {number}"), "insight", number, Role.ALTERNATE) for number in (2, 3, 4)]
    members = [one for one in full_holdings() if one.place != ("insight", Role.ALTERNATE, 1)]
    formed = Council(mandate_id=mandate.id, holdings=(*members, *spares))
    assert who(succession(formed, mandate, vacancy("insight", 1))) == "Spare 2"
    undecided = succession(formed, mandate, vacancy("insight", 2))
    assert isinstance(undecided, DecisionRequired)
    assert [each.name for each in undecided.people] == ["Spare 3", "Spare 4"]


def test_alternates_of_whom_the_source_does_not_say_for_whom_they_stand_in() -> None:
    mandate = with_alternates(MANDATE, "education", kind=AlternateKind.UNSTATED)
    outcome = succession(full_council(), mandate, vacancy("education"))
    assert isinstance(outcome, DecisionRequired)
    assert (outcome.reason.code, len(outcome.people)) == ("alternates-for-whom-unstated", 1)


# --- who is passed over


def changed(formed: Council, name: str, **changes: object) -> Council:
    return replace(
        formed,
        holdings=tuple(
            replace(one, **changes) if one.person.name == name else one  # type: ignore[arg-type]
            for one in formed.holdings
        ),
    )


def test_an_alternate_who_sits_or_will_sit_is_passed_over() -> None:
    first = holding(person("elected alternate 1"), "free", 3)
    for since in (FIRST_DAY, date(2027, 1, 1)):
        sitting = changed(full_council(), "free member 3", person=first.person, since=since)
        outcome = succession(sitting, by_votes(), vacancy("elected"))
        assert passed(outcome) == [("elected alternate 1", "passed-over-sits")]
        assert who(outcome) == "elected alternate 2"
    over = changed(full_council(), "free member 3", person=first.person, until=LAST)
    assert who(succession(over, by_votes(), vacancy("elected"))) == "elected alternate 1"


def test_a_seat_that_ends_before_another_begins_may_be_taken() -> None:
    until = date(2026, 12, 31)
    formed = changed(full_council(), "elected member 1", until=until)
    formed = changed(formed, "free member 3", person=person("elected alternate 1"), since=until + timedelta(days=1))
    after = succeed(formed, by_votes(), vacancy("elected"), decision="minute 9")
    assert [one.group for one in after.on(until) if one.person.name == "elected alternate 1"] == ["elected"]


def test_an_alternate_whose_term_or_place_is_over_is_passed_over() -> None:
    old = changed(full_council(), "elected alternate 1", since=date(2021, 1, 1))
    assert passed(succession(old, by_votes(), vacancy("elected"))) == [("elected alternate 1", "passed-over-term-over")]
    left = changed(full_council(), "elected alternate 1", until=LAST)
    assert passed(succession(left, by_votes(), vacancy("elected"))) == [
        ("elected alternate 1", "passed-over-place-ended")
    ]


def test_an_alternate_who_has_moved_away_is_passed_over_where_the_mandate_minds() -> None:
    lived = (Spell(property="residence:norddjurs", until=date(2025, 3, 1)),)
    gone = replace(person("elected alternate 1"), spells=lived)
    formed = changed(full_council(), "elected alternate 1", person=gone)
    assert who(succession(formed, by_votes(), vacancy("elected"))) == "elected alternate 1"
    minds = replace(by_votes(), vacancies=replace(SILENT, ends_with=(Cause.MOVED_AWAY,)))
    outcome = succession(formed, minds, vacancy("elected"))
    assert passed(outcome) == [("elected alternate 1", "passed-over-moved-away")]
    back = replace(gone, properties=frozenset({"residence:norddjurs"}))
    assert passed(succession(changed(formed, gone.name, person=back), minds, vacancy("elected"))) == []


def test_who_leaves_does_not_step_in_for_themselves() -> None:
    own = changed(full_council(), "education alternate 1", person=person("education member 1"))
    outcome = succession(own, MANDATE, vacancy("education"))
    assert isinstance(outcome, DecisionRequired)
    assert passed(outcome) == [("education member 1", "passed-over-leaves")]


# --- what the mandate says


@pytest.mark.parametrize(
    ("rule", "kind", "code"),
    [
        (EmptyPlace.LEAVE_EMPTY, StaysEmpty, "place-stays-empty"),
        (EmptyPlace.BY_ELECTION, ByElection, "place-by-election"),
        (EmptyPlace.APPOINT, Appointed, "place-appointed"),
    ],
)
def test_when_nobody_is_left_the_mandate_decides(rule: EmptyPlace, kind: type[Outcome], code: str) -> None:
    for which, mandate in (
        (vacancy("volunteer-council"), ruled(nobody_left=rule)),
        (vacancy("education", role=Role.ALTERNATE), ruled(alternate_left=rule)),
    ):
        outcome = succession(full_council(), mandate, which)
        assert isinstance(outcome, kind)
        assert (outcome.reason.code, outcome.reason.clause) == (code, SILENT.clause)
        assert sentence(code, outcome.reason.params_in("da"))


def test_a_successor_that_is_appointed_or_elected_comes_before_any_alternate() -> None:
    appointed = succession(full_council(), ruled(successor=Successor.APPOINTED), vacancy("business-djursland"))
    assert isinstance(appointed, Appointed)
    assert appointed.by == Text(da="Business Djursland", en="Business Djursland")
    elected = succession(full_council(), ruled(successor=Successor.BY_ELECTION), vacancy("elected"))
    assert isinstance(elected, ByElection)
    council_appoints = succession(full_council(), ruled(successor=Successor.APPOINTED), vacancy("elected"))
    assert isinstance(council_appoints, Appointed)
    assert council_appoints.by == Text(da="kommunalbestyrelsen", en="the municipal council")


def test_where_the_mandate_is_silent_a_by_election_is_an_option_for_elected_seats_only() -> None:
    nobody = frozenset(PersonId(f"elected alternate {number}") for number in (1, 2, 3, 4))
    elected = succession(full_council(), MANDATE, vacancy("elected", declined=nobody))
    assert isinstance(elected, DecisionRequired)
    assert elected.options == (Option.LEAVE_EMPTY, Option.BY_ELECTION, Option.APPOINT)
    appointed = succession(full_council(), MANDATE, vacancy("free"))
    assert isinstance(appointed, DecisionRequired)
    assert appointed.options == (Option.LEAVE_EMPTY, Option.APPOINT)


def test_the_consent_is_that_of_the_alternate_and_of_whoever_the_mandate_names() -> None:
    named = Text(da="organisationen", en="the organisation")
    mandate = ruled(successor=Successor.ALTERNATE, consent=named)
    outcome = succession(full_council(), mandate, vacancy("education"))
    assert isinstance(outcome, StepsIn)
    assert [each.en for each in outcome.consents] == ["education alternate 1", "the organisation"]
    assert outcome.reason.clause == SILENT.clause
    silent = succession(full_council(), MANDATE, vacancy("education"))
    assert isinstance(silent, StepsIn)
    assert [each.en for each in silent.consents] == ["education alternate 1"]


def test_a_group_may_say_it_otherwise() -> None:
    own = replace(SILENT, nobody_left=EmptyPlace.BY_ELECTION)
    groups = tuple(replace(each, vacancies=own) if each.id == "free" else each for each in MANDATE.groups)
    mandate = replace(ruled(nobody_left=EmptyPlace.LEAVE_EMPTY), groups=groups)
    assert isinstance(succession(full_council(), mandate, vacancy("free")), ByElection)
    assert isinstance(succession(full_council(), mandate, vacancy("volunteer-council")), StaysEmpty)


# --- what is done


def test_the_alternate_takes_the_seat_the_day_after_and_leaves_the_alternates_place() -> None:
    after = succeed(full_council(), MANDATE, vacancy("education"), decision="minute 9")
    (member,) = [one for one in after.on(NEXT) if one.group == "education"]
    assert (member.person.name, member.role, member.seat) == ("education alternate 1", Role.MEMBER, 1)
    assert (member.since, member.decision, member.until) == (NEXT, "minute 9", None)
    lacks = {finding.code for finding in check(after, MANDATE, on=NEXT) if finding.state is not FindingState.MET}
    assert "alternates-lacking" in lacks
    assert "seats-empty" not in lacks
    assert "alternate-elsewhere" not in lacks


def test_a_later_first_day_leaves_the_alternate_an_alternate_until_then() -> None:
    later = date(2025, 9, 1)
    after = succeed(full_council(), MANDATE, vacancy("education"), decision="minute 9", since=later)
    on = {day: [one.role for one in after.on(day) if one.group == "education"] for day in (NEXT, later)}
    assert on == {NEXT: [Role.ALTERNATE], later: [Role.MEMBER]}
    with pytest.raises(CouncilError, match="cannot begin"):
        succeed(full_council(), MANDATE, vacancy("education"), decision="minute 9", since=LAST)


def test_the_seat_of_a_successor_ends_when_that_of_the_predecessor_would_have() -> None:
    formed = changed(full_council(), "education member 1", until=date(2025, 12, 31))
    after = succeed(formed, MANDATE, vacancy("education"), decision="minute 9")
    assert [one.until for one in after.on(NEXT) if one.group == "education"] == [date(2025, 12, 31)]


def test_a_decision_names_the_alternate_where_the_mandate_does_not() -> None:
    with pytest.raises(CouncilError) as nobody:
        succeed(full_council(), MANDATE, vacancy("elected"), decision="minute 9")
    assert nobody.value.code == "nobody-steps-in"
    third = PersonId("elected alternate 3")
    after = succeed(full_council(), MANDATE, vacancy("elected"), decision="minute 9", chosen=third)
    assert [one.person.id for one in after.on(NEXT) if one.place == ("elected", Role.MEMBER, 1)] == [third]
    for which, mandate in ((vacancy("elected"), MANDATE), (vacancy("elected"), by_votes())):
        with pytest.raises(CouncilError) as stranger:
            succeed(full_council(), mandate, which, decision="minute 9", chosen=PersonId("education alternate 1"))
        assert stranger.value.code == "not-among-alternates"


def test_the_chair_who_leaves_is_chair_no_more() -> None:
    before = full_council()
    chair = before.officers_on(LAST)[0].person
    after = vacate(before, MANDATE, vacancy("education"))
    assert chair.name == "education member 1"
    assert [one.office for one in after.officers_on(LAST)] == [Office.CHAIR, Office.DEPUTY]
    assert [one.office for one in after.officers_on(NEXT)] == [Office.DEPUTY]
    assert "office-empty" in {finding.code for finding in check(after, MANDATE, on=NEXT)}


def test_the_chair_with_another_seat_stays_chair_and_one_who_dies_leaves_every_place() -> None:
    double = person("Amira")
    formed = council(
        holding(double, "education"),
        holding(double, "free", 2),
        holding(double, "elected", 4, Role.ALTERNATE),
        offices=(office(double, Office.CHAIR),),
    )
    resigned = vacate(formed, MANDATE, vacancy("education"))
    assert [one.group for one in resigned.on(NEXT)] == ["free", "elected"]
    assert len(resigned.officers_on(NEXT)) == 1
    died = vacate(formed, MANDATE, vacancy("education", cause=Cause.DEATH))
    assert (died.on(NEXT), died.officers_on(NEXT)) == ((), ())
    assert died.on(LAST) == tuple(replace(one, until=LAST) for one in formed.holdings)


def test_an_alternate_who_leaves_empties_the_place_of_an_alternate_and_no_office() -> None:
    leaves = vacancy("education", role=Role.ALTERNATE)
    outcome = succession(full_council(), MANDATE, leaves)
    assert isinstance(outcome, DecisionRequired)
    assert outcome.reason.code == "alternate-left-unstated"
    after = vacate(full_council(), MANDATE, leaves)
    assert len(after.on(NEXT)) == len(full_council().on(NEXT)) - 1
    assert after.officers_on(NEXT) == full_council().officers_on(NEXT)


def test_who_sat_in_for_the_leaver_sits_in_no_longer_and_nobody_sits_in_while_stepping_in() -> None:
    spare: Person = person("insight alternate 1")
    formed = full_council()
    for seat in (1, 2):
        sits = Substitution(
            person=spare if seat == 2 else person("Other"),
            group=SeatGroupId("insight"),
            seat=seat,
            decision="minute 8",
            since=date(2025, 5, 1),
        )
        formed = formed.substitute(sits, mandate=MANDATE)
    after = succeed(formed, MANDATE, vacancy("insight", 1), decision="minute 9")
    assert len(after.substitutes_on(LAST)) == 2
    assert after.substitutes_on(NEXT) == ()
