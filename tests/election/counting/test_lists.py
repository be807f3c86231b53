"""From votes on lists to people: real councils, the rules by hand, every way a lot can fall, what always holds."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from election.counting.apportion import ListId, Method
from election.counting.lists import (
    AlternatesByList,
    CandidateList,
    JointLists,
    ListOrder,
    ListVotes,
    by_list,
    elect_from_lists,
    sort_votes,
)
from election.counting.lots import Boundary, LotsRequired, decide
from election.counting.outcome import Completed
from election.counting.trail import Amount, State
from election.errors import ResultError
from election.ids import CandidateId
from tests.election.counting.drawing import (
    ByName,
    Count,
    all_outcomes,
    alternates,
    completed,
    elected,
    lot,
    required,
    told,
)
from tests.real_elections import needed


def a_list(name: str, for_list: int, *personal: Amount, order: ListOrder = ListOrder.SIDE_BY_SIDE) -> ListVotes:
    """List A with candidates A1, A2 ..."""
    votes = {CandidateId(f"{name}{number}"): each for number, each in enumerate(personal, start=1)}
    listed = CandidateList(id=ListId(name), candidates=tuple(votes), order=order)
    return ListVotes(of=listed, for_list=for_list, personal=votes)


def numbered(name: str, for_list: int, *personal: Amount) -> ListVotes:
    return a_list(name, for_list, *personal, order=ListOrder.NUMBERED)


def counting(lists: list[ListVotes], seats: int, **rules: object) -> Count:
    return lambda lots: elect_from_lists(lists, lots, seats=seats, **rules)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------- real councils


def _norway(council: str) -> dict[str, list[dict[str, str]]]:
    file = needed(f"norway-{council}-council.csv")
    parties: dict[str, list[dict[str, str]]] = {}
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            parties.setdefault(row["parti"], []).append(row)
    return parties


@pytest.mark.parametrize(
    ("council", "seats", "ties"),
    [("tromso", 43, {"Fremskrittspartiet"}), ("leikanger", 17, {"Sosialistisk Venstreparti"})],
)
def test_the_norwegian_councils_list_by_list(council: str, seats: int, ties: set[str]) -> None:
    """How many seats a list won is given: the file has no votes of lists."""
    won: Counter[str] = Counter()
    drawn: set[str] = set()
    for party, rows in _norway(council).items():
        status = {row["kandidatnavn"]: row["status"].strip() for row in rows}
        listed = sorted(rows, key=lambda row: int(row["kandidatnummer"].strip(" x\xa0")))
        votes = {CandidateId(row["kandidatnavn"]): Fraction(row["totalt"].replace(",", "")) for row in listed}
        votes_of_list = ListVotes(
            of=CandidateList(id=ListId(party), candidates=tuple(votes)), for_list=0, personal=votes
        )
        won[party] = sum(each == "VALGT" for each in status.values())
        count = counting(
            [votes_of_list], won[party], alternates=AlternatesByList(per_seat=1, more=3), alternates_ranked=False
        )
        outcome = decide(count)
        if isinstance(outcome, LotsRequired):
            # Two people with equal votes for the last place of an alternate: in Norway the list's order decides.
            assert outcome.boundary is Boundary.ALTERNATE
            order = sorted(outcome.tied, key=list(votes).index)
            outcome = completed(count, lot(outcome.boundary, *order, at=outcome.at))
            drawn.add(party)
        assert set(elected(outcome)) == {name for name, each in status.items() if each == "VALGT"}, party
        assert set(alternates(outcome)) == {name for name, each in status.items() if each == "VARA"}, party
    assert won.total() == seats
    assert drawn == ties


# ------------------------------------------------------------------------------------------------- worked by hand


def test_side_by_side_the_personal_votes_alone_decide_within_the_list() -> None:
    # A has 110 votes, B 40: 110, 55, 40.
    lists = [a_list("A", 100, 2, 5, 3), a_list("B", 0, 30, 10)]
    outcome = completed(counting(lists, 3, alternates=AlternatesByList(more=1)))
    assert elected(outcome) == ("A2", "A3", "B1")
    assert alternates(outcome) == ("A1", "B2")
    assert [place.votes for place in outcome.elected] == [5, 3, 30]


def test_a_tie_within_a_list_asks_for_a_lot_that_names_the_list() -> None:
    lists = [a_list("A", 100, 2, 5, 2), a_list("B", 0, 30, 10)]
    asked = required(counting(lists, 3))
    assert asked == LotsRequired(boundary=Boundary.SEAT, tied=("A1", "A3"), votes=2, to_choose=1, at="A")
    outcome = completed(counting(lists, 3), lot(Boundary.SEAT, "A3", "A1", at="A"))
    assert elected(outcome) == ("A2", "A3", "B1")
    assert [place.by_lot for place in outcome.elected] == [False, True, False]


def test_equal_ties_on_two_lists_are_two_lots() -> None:
    lists = [a_list("A", 9, 1, 1), a_list("B", 8, 1, 1)]
    count = counting(lists, 2)
    first = required(count)
    second = required(count, lot(Boundary.SEAT, "A2", "A1", at="A"))
    assert (first.at, second.at) == ("A", "B")
    drawn = (lot(Boundary.SEAT, "B1", "B2", at="B"), lot(Boundary.SEAT, "A2", "A1", at="A"))
    assert elected(completed(count, *drawn)) == ("A2", "B1")


def test_a_lot_for_a_seat_between_lists_leaves_nobody_marked_as_elected_by_lot() -> None:
    count = counting([a_list("A", 0, 4), a_list("B", 0, 4)], 1)
    assert required(count).boundary is Boundary.LIST_SEAT
    outcome = completed(count, lot(Boundary.LIST_SEAT, "B", "A", at="seat 1"))
    assert elected(outcome) == ("B1",)
    assert outcome.elected[0].by_lot is False
    assert any("by lot between equal figures (4)" in line for line in told(outcome))


def test_on_a_numbered_list_votes_for_the_list_bring_people_up_from_the_top() -> None:
    # 100 votes, 3 seats: 100 / 4 = 25, raised to 26. A4 has 30 and is elected. A1 lacks 16 of 55, A2 lacks 25 of 39:
    # both are elected, and the list is full.
    outcome = completed(counting([numbered("A", 55, 10, 1, 4, 30)], 3))
    assert [(place.candidate, place.votes) for place in outcome.elected] == [("A4", 30), ("A1", 26), ("A2", 26)]


def test_votes_for_the_list_that_run_out_leave_the_last_seat_to_most_votes() -> None:
    # 40 votes, 2 seats: 13 1/3, raised to 14. Nobody reaches it alone. A1 lacks 12 of 12 votes and is elected;
    # nothing is left for A2 (6), so A3 with 13 takes the second seat.
    outcome = completed(counting([numbered("A", 12, 2, 6, 13, 7)], 2, alternates=AlternatesByList(more=2)))
    assert set(elected(outcome)) == {"A1", "A3"}
    assert alternates(outcome) == ("A4", "A2")


def test_a_part_of_the_votes_that_is_not_enough_counts_all_the_same() -> None:
    # 30 votes, 2 seats: 10, raised to 11. A1 lacks 9 of 14, A2 lacks 8 and gets the last 5: 3 + 5 = 8 against 9.
    outcome = completed(counting([numbered("A", 14, 2, 3, 9, 2)], 2, alternates=AlternatesByList(more=1)))
    assert set(elected(outcome)) == {"A1", "A3"}
    assert [(place.candidate, place.votes) for place in outcome.alternates] == [("A2", 8)]


def test_a_whole_quotient_is_raised_too_so_no_more_people_than_seats_reach_it() -> None:
    # 30 votes, 2 seats: 10, raised to 11. Were it 10, three people had it.
    outcome = decide(counting([numbered("A", 0, 10, 10, 10)], 2))
    assert isinstance(outcome, LotsRequired)
    outcome = completed(counting([numbered("A", 2, 10, 9, 9)], 2))
    assert elected(outcome) == ("A1", "A2")


def test_without_personal_votes_the_numbers_decide() -> None:
    assert elected(completed(counting([numbered("A", 50, 0, 0, 0, 0)], 3))) == ("A1", "A2", "A3")


def test_the_same_votes_elect_others_side_by_side_than_on_a_numbered_list() -> None:
    votes = (60, 1, 0, 5)
    assert elected(completed(counting([numbered("A", *votes)], 1))) == ("A1",)
    assert elected(completed(counting([a_list("A", *votes)], 1))) == ("A3",)


def test_joint_lists_share_what_they_win_together() -> None:
    # 25, 31, 11, 16 with C and D joint: see test_apportion.
    lists = [a_list("A", 25, 0, 0, 0), a_list("B", 31, 0, 0, 0), a_list("C", 0, 11, 0), a_list("D", 0, 9, 7)]
    joint = [JointLists(id=ListId("C+D"), parts=(ListId("C"), ListId("D")))]
    outcome = completed(counting([*lists[2:]], 3, joint=joint))
    assert elected(outcome) == ("C1", "D1", "D2")
    whole = elect_from_lists(lists, ByName(), seats=8, joint=joint)
    assert [len(each.elected) for each in by_list([each.of for each in lists], whole)] == [2, 3, 1, 2]
    assert any(line.startswith("Within C+D, seat 1 goes to D with the figure 16.") for line in told(whole))


def test_a_list_with_too_few_people_passes_its_seats_on_and_what_nobody_can_take_stays_empty() -> None:
    lists = [a_list("A", 90, 1), a_list("B", 0, 5, 4)]
    assert elected(completed(counting(lists, 3))) == ("A1", "B1", "B2")
    outcome = completed(counting(lists, 5, alternates=AlternatesByList(more=1)))
    assert (outcome.vacant_seats, outcome.vacant_alternates) == (2, 2)
    assert told(outcome)[4] == "Seats that stay empty because nobody is left: 2."


def test_who_is_gone_leaves_the_votes_with_the_list_and_the_place_to_the_next() -> None:
    lists = [a_list("A", 0, 50, 8, 2), a_list("B", 0, 20, 10)]
    # 60, 30 / 30: two of A, one of B either way.
    assert elected(completed(counting(lists, 3))) == ("A1", "A2", "B1")
    outcome = completed(counting(lists, 3, gone=frozenset({"A1"})))
    assert elected(outcome) == ("A2", "A3", "B1")
    assert outcome.others[-1].candidate == "B2"
    assert {place.candidate for place in outcome.others} == {"A1", "B2"}


def test_who_is_gone_from_a_numbered_list_gets_none_of_its_votes() -> None:
    outcome = completed(counting([numbered("A", 50, 0, 0, 0, 0)], 3, gone=frozenset({"A2"})))
    assert elected(outcome) == ("A1", "A3", "A4")
    assert not any(each.to == "A2" for step in outcome.trail for each in step.transfers)


def test_a_list_of_which_everybody_is_gone_passes_its_seats_on() -> None:
    lists = [a_list("A", 90, 1), a_list("B", 0, 5, 4)]
    assert elected(completed(counting(lists, 2, gone=frozenset({"A1"})))) == ("B1", "B2")


def test_alternates_follow_the_seats_of_each_list() -> None:
    lists = [a_list("A", 0, 9, 8, 7, 6, 5, 4), a_list("B", 0, 1, 0)]
    outcome = completed(counting(lists, 2, alternates=AlternatesByList(per_seat=1, more=1)))
    places = by_list([each.of for each in lists], outcome)
    assert [[place.candidate for place in each.alternates] for each in places] == [["A3", "A4", "A5"], []]


def test_a_tie_among_alternates_needs_a_lot_only_where_they_have_an_order() -> None:
    lists = [a_list("A", 0, 9, 3, 3, 1)]
    rules = {"alternates": AlternatesByList(more=2)}
    assert required(counting(lists, 1, **rules)).boundary is Boundary.ALTERNATE_ORDER
    assert set(alternates(completed(counting(lists, 1, alternates_ranked=False, **rules)))) == {"A2", "A3"}


def test_the_trail_tells_a_citizen_how_it_came() -> None:
    lists = [numbered("A", 55, 10, 1, 4, 30), a_list("B", 21, 3, 2)]
    outcome = completed(counting(lists, 4, alternates=AlternatesByList(more=1)))
    assert told(outcome) == [
        "The seats go to the lists one by one, each to the highest figure: a list's votes divided by 1, 2, 3 and so on"
        " (d'Hondt).",
        "Seat 1 goes to A with the figure 100. All figures: A 100; B 26.",
        "Seat 2 goes to A with the figure 50. All figures: A 50; B 26.",
        "Seat 3 goes to A with the figure 100/3. All figures: A 100/3; B 26.",
        "Seat 4 goes to B with the figure 26. All figures: A 25; B 26.",
        "The list A has so many seats: 3. Its 100 votes divided by 4 and raised to the next whole number give the"
        " number of votes that make a seat: 26.",
        "A1 gets 16 of the votes for the list and now has 26. Votes for the list that are left: 39.",
        "A2 gets 25 of the votes for the list and now has 26. Votes for the list that are left: 14.",
        "Elected: A4, A1, A2.",
        "Alternates, the first to step in first: A3.",
        "The list B has so many seats: 1. Its candidates take them in the order of their personal votes.",
        "Elected: B1.",
        "Alternates, the first to step in first: B2.",
    ]


# ----------------------------------------------------------------------------------------- every way a lot can fall


def _possible(lists: list[ListVotes], seats: int) -> set[frozenset[str]]:
    """Everybody who can be elected together, by trying all orders of equals in one table of quotients."""
    table = [(Fraction(each.total) / (n + 1), each.of.id) for each in lists for n in range(len(each.of.candidates))]
    table.sort(key=lambda entry: entry[0], reverse=True)
    least = table[min(seats, len(table)) - 1][0]
    sure = [name for quotient, name in table if quotient > least]
    doubtful = [name for quotient, name in table if quotient == least]
    found = set()
    for chosen in set(combinations(doubtful, min(seats, len(table)) - len(sure))):
        number = Counter([*sure, *chosen])
        ways = (_ways_within(each.personal, number[each.of.id]) for each in lists)
        found |= {frozenset().union(*way) for way in product(*ways)}
    return found


def _ways_within(votes: Mapping[CandidateId, Amount], seats: int) -> set[frozenset[str]]:
    orders = (order for order in permutations(votes) if sorted(order, key=lambda each: -votes[each]) == list(order))
    return {frozenset(order[:seats]) for order in orders}


_small = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=3), min_size=1, max_size=3).flatmap(
    lambda people: st.tuples(*(st.builds(lambda n, p=tuple(each): (n, *p), st.integers(1, 3)) for each in people))
)


@settings(max_examples=200, deadline=None)
@given(_small, st.integers(1, 4))
def test_lots_are_asked_for_exactly_where_equals_matter_and_lead_to_every_outcome_that_the_votes_allow(
    votes: tuple[tuple[int, ...], ...], seats: int
) -> None:
    lists = [a_list(name, *each) for name, each in zip("ABC", votes, strict=False)]
    count = counting(lists, seats)
    possible = _possible(lists, seats)
    assert isinstance(decide(count), LotsRequired) == (len(possible) > 1)
    assert {frozenset(elected(outcome)) for outcome in all_outcomes(count)} == possible


# ------------------------------------------------------------------------------------------------ what always holds

_any_list = st.tuples(
    st.integers(0, 60), st.lists(st.integers(0, 30), min_size=1, max_size=6), st.sampled_from(ListOrder)
)
_any_lists = st.lists(_any_list, min_size=1, max_size=5).map(
    lambda made: [
        a_list(name, n, *people, order=order) for name, (n, people, order) in zip("ABCDE", made, strict=False)
    ]
)
_rules = st.tuples(st.integers(1, 12), st.sampled_from(Method), st.integers(0, 2), st.integers(0, 3))


def _counted(lists: list[ListVotes], rules: tuple[int, Method, int, int], gone: frozenset[CandidateId]) -> Completed:
    seats, method, per_seat, more = rules
    return elect_from_lists(
        lists,
        ByName(),
        seats=seats,
        method=method,
        alternates=AlternatesByList(per_seat=per_seat, more=more),
        gone=gone,
    )


@settings(deadline=None)
@given(_any_lists, _rules, st.randoms(use_true_random=False))
def test_everybody_has_one_place_and_every_place_is_accounted_for(
    lists: list[ListVotes], rules: tuple[int, Method, int, int], random: Random
) -> None:
    people = [each for listed in lists for each in listed.of.candidates]
    gone = frozenset(random.sample(people, random.randint(0, len(people) // 2)))
    outcome = _counted(lists, rules, gone)
    places = [*outcome.elected, *outcome.alternates, *outcome.others]
    assert sorted(place.candidate for place in places) == sorted(people)
    assert len(outcome.elected) + outcome.vacant_seats == rules[0]
    assert len(outcome.elected) == min(rules[0], len(people) - len(gone))
    assert gone.isdisjoint(place.candidate for place in (*outcome.elected, *outcome.alternates))
    for each in by_list([listed.of for listed in lists], outcome):
        asked = rules[2] * len(each.elected) + rules[3] if each.elected else 0
        assert len(each.alternates) <= asked
    expected = sum(rules[2] * len(e.elected) + rules[3] for e in by_list([x.of for x in lists], outcome) if e.elected)
    assert len(outcome.alternates) + outcome.vacant_alternates == expected


@settings(deadline=None)
@given(_any_lists, _rules)
def test_every_step_of_the_trail_adds_up_to_all_votes_and_has_its_sentence(
    lists: list[ListVotes], rules: tuple[int, Method, int, int]
) -> None:
    outcome = _counted(lists, rules, frozenset())
    assert {step.total for step in outcome.trail} == {sum(each.total for each in lists)}
    assert [step.number for step in outcome.trail] == list(range(1, len(outcome.trail) + 1))
    assert len(told(outcome)) == len(outcome.trail)
    seats = [step for step in outcome.trail if step.code.startswith("list-seat")]
    assert len(seats) == len(outcome.elected)


@settings(deadline=None)
@given(_any_lists, _rules)
def test_whoever_reaches_the_fordelingstal_is_elected_and_no_vote_for_the_list_is_handed_out_twice(
    lists: list[ListVotes], rules: tuple[int, Method, int, int]
) -> None:
    outcome = _counted(lists, rules, frozenset())
    for each, places in zip(lists, by_list([listed.of for listed in lists], outcome), strict=True):
        if each.of.order is not ListOrder.NUMBERED or not places.elected:
            continue
        quota = each.total // (len(places.elected) + 1) + 1
        names = {place.candidate for place in places.elected}
        assert names >= {candidate for candidate, number in each.personal.items() if number >= quota}
        handed = [move for step in outcome.trail for move in step.transfers if move.source == each.of.id]
        assert sum(move.votes for move in handed) <= each.for_list
        assert all(move.votes > 0 for move in handed)
        order = [each.of.candidates.index(CandidateId(str(move.to))) for move in handed]
        assert order == sorted(order)


@settings(deadline=None)
@given(_any_lists, _rules, st.randoms(use_true_random=False))
def test_the_order_in_which_papers_are_counted_does_not_matter(
    lists: list[ListVotes], rules: tuple[int, Method, int, int], random: Random
) -> None:
    papers = [mark for each in lists for mark in [each.of.id] * each.for_list]
    papers += [mark for each in lists for mark, number in each.personal.items() for _ in range(int(number))]
    random.shuffle(papers)
    again = list(sort_votes([each.of for each in lists], Counter(papers)))
    assert again == lists
    assert _counted(again, rules, frozenset()).trail == _counted(lists, rules, frozenset()).trail


@settings(deadline=None)
@given(_any_lists, st.integers(1, 12), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_on_the_ballot_does_not_matter(
    lists: list[ListVotes], seats: int, random: Random
) -> None:
    rules = (seats, Method.DHONDT, 0, 1)
    shuffled = random.sample(lists, len(lists))
    first, second = _counted(lists, rules, frozenset()), _counted(shuffled, rules, frozenset())
    assert set(elected(first)) == set(elected(second))
    assert set(alternates(first)) == set(alternates(second))


def test_states_in_the_trail_tell_who_stands_where() -> None:
    lists = [a_list("C", 0, 7), a_list("A", 0, 9, 2), a_list("B", 0, 3)]
    outcome = completed(counting(lists, 2, gone=frozenset({"A1"})))
    last = {each.of: each.state for each in outcome.trail[-1].standings}
    assert last == {
        "A": State.ELECTED,
        "A1": State.GONE,
        "A2": State.ELECTED,
        "B": State.STANDING,
        "C": State.ELECTED,
    }


# ---------------------------------------------------------------------------------------------- ways to be wrong


@pytest.mark.parametrize(
    ("lists", "joint", "code"),
    [
        ([a_list("A", 1, 1), a_list("A", 1, 1)], [], "list-twice"),
        ([a_list("A", 1, 1)], [JointLists(id=ListId("A"), parts=(ListId("A"),))], "list-twice"),
        ([a_list("A", 1, 1)], [JointLists(id=ListId("V"), parts=(ListId("X"),))], "list-unknown"),
        ([a_list("A", 1, 1)], [JointLists(id=ListId("V"), parts=(ListId("A"), ListId("A")))], "list-joint-twice"),
        ([a_list("A", 1, 1), a_list("A1", 1, 1)], [], "list-named-as-candidate"),
        ([a_list("A", -1, 1)], [], "list-votes-negative"),
        ([a_list("A", 1, -1)], [], "list-votes-negative"),
        (
            [ListVotes(of=CandidateList(id=ListId("A"), candidates=(CandidateId("A1"),)), for_list=1, personal={})],
            [],
            "list-votes-people",
        ),
        (
            [
                a_list("A", 1, 1),
                ListVotes(
                    of=CandidateList(id=ListId("B"), candidates=(CandidateId("A1"),)),
                    for_list=1,
                    personal={CandidateId("A1"): 1},
                ),
            ],
            [],
            "list-candidate-twice",
        ),
    ],
)
def test_lists_that_contradict_themselves_are_refused(
    lists: list[ListVotes], joint: list[JointLists], code: str
) -> None:
    with pytest.raises(ResultError) as caught:
        decide(counting(lists, 3, joint=joint))
    assert caught.value.code == code


def test_a_mark_for_nobody_who_stands_is_refused() -> None:
    with pytest.raises(ResultError) as caught:
        sort_votes([a_list("A", 0, 1).of], {"A1": 3, "A": 2, "Z": 1})
    assert caught.value.code == "list-mark-unknown"
