"""Seats to lists: the examples of the law and of others, another program, an oracle, and the known theorems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from election.counting.apportion import Claim, JointClaim, ListId, Method, apportion, seats_of
from election.counting.lots import Boundary, DrawnLots, LotNeededError, LotsRequired
from tests.election.counting.drawing import ByName, lot

MANY = 1_000


def claims_of(votes: Mapping[str, int], most: Mapping[str, int] | None = None) -> list[Claim]:
    return [Claim(id=ListId(each), votes=n, most=(most or {}).get(each, MANY)) for each, n in votes.items()]


def share(
    votes: Mapping[str, int],
    seats: int,
    method: Method = Method.DHONDT,
    lots: DrawnLots | None = None,
    most: Mapping[str, int] | None = None,
) -> dict[str, int] | LotsRequired:
    """The seats of each list that has any, or the lot that is needed."""
    try:
        return dict(seats_of(apportion(claims_of(votes, most), lots or DrawnLots(), seats=seats, method=method)))
    except LotNeededError as needed:
        return needed.required


# ------------------------------------------------------------------------------------------------- worked by hand

# Aarhus Universitet, "Optælling af stemmer og fordeling af mandater", medarbejdere.au.dk/strategi/universitetsvalg/
# om-valg-paa-au/optaelling-af-stemmer: eight seats, lists A to D, with and without C and D in a listeforbund.
AU = {"A": 25, "B": 31, "C": 11, "D": 16}


def test_the_published_example_without_joint_lists() -> None:
    given_seats = apportion(claims_of(AU), DrawnLots(), seats=8)
    assert [seat.to for seat in given_seats] == ["B", "A", "D", "B", "A", "C", "B", "A"]
    assert [seat.figure for seat in given_seats] == [
        31, 25, 16, Fraction(31, 2), Fraction(25, 2), 11, Fraction(31, 3), Fraction(25, 3),
    ]  # fmt: skip


def test_the_published_example_with_joint_lists() -> None:
    a, b, c, d = claims_of(AU)
    joint = JointClaim(id=ListId("C+D"), parts=(c, d))
    given_seats = apportion([a, b, joint], DrawnLots(), seats=8)
    assert [seat.to for seat in given_seats if seat.within is None] == ["B", "C+D", "A", "B", "C+D", "A", "B", "C+D"]
    assert [seat.figure for seat in given_seats if seat.to == "C+D"] == [27, Fraction(27, 2), 9]
    inside = [(seat.to, seat.figure, seat.number) for seat in given_seats if seat.within == "C+D"]
    assert inside == [("D", 16, 1), ("C", 11, 2), ("D", 8, 3)]


def test_a_listeforbund_within_a_valgforbund_is_shared_after_it() -> None:
    a, b, c, d = claims_of({"A": 40, "B": 33, "C": 18, "D": 9})
    pact = JointClaim(id=ListId("V"), parts=(b, JointClaim(id=ListId("L"), parts=(c, d))))
    # 60, 40, 30, 20 / 20 among V and A; 33, 27, 16 1/2 / 13 1/2 within V; 18 within L.
    got = seats_of(apportion([a, pact], DrawnLots(), seats=5))
    assert got == {"A": 2, "V": 3, "B": 2, "L": 1, "C": 1}


def test_equal_quotients_need_a_lot_that_names_the_seat() -> None:
    # 60, 40, 30, 20 / 20: seats 4 and 5 for 60/3 and 40/2; with four seats they are tied.
    assert share({"A": 60, "B": 40}, 4) == LotsRequired(
        boundary=Boundary.LIST_SEAT, tied=("A", "B"), votes=20, to_choose=1, at="seat 4"
    )
    assert share({"A": 60, "B": 40}, 5) == {"A": 3, "B": 2}
    drawn = DrawnLots([lot(Boundary.LIST_SEAT, "B", "A", at="seat 4")])
    assert share({"A": 60, "B": 40}, 4, lots=drawn) == {"A": 2, "B": 2}


def test_a_lot_within_a_joint_list_names_that_list_too() -> None:
    a, b = claims_of({"A": 5, "B": 5})
    with pytest.raises(LotNeededError) as caught:
        apportion([JointClaim(id=ListId("V"), parts=(a, b))], DrawnLots(), seats=3)
    assert caught.value.required.at == "V seat 3"


def test_surplus_seats_go_to_the_list_that_is_next_entitled() -> None:
    # 90, 45, 30, 22 1/2 | 20, 10 | 12: with two people on A, its seats 3 and 4 go to 20 and 12.
    votes = {"A": 90, "B": 20, "C": 12}
    assert share(votes, 4) == {"A": 4}
    assert share(votes, 4, most={"A": 2}) == {"A": 2, "B": 1, "C": 1}


def test_the_surplus_of_a_part_stays_within_its_joint_list() -> None:
    # V has 100 of 130 votes: 100, 50, 33 1/3, 30: three of four seats; B has one person, so C takes two of them.
    a, b, c = claims_of({"A": 30, "B": 90, "C": 10}, {"B": 1})
    got = seats_of(apportion([a, JointClaim(id=ListId("V"), parts=(b, c))], DrawnLots(), seats=4))
    assert got == {"A": 1, "V": 3, "B": 1, "C": 2}


def test_the_surplus_of_a_joint_list_goes_to_the_others() -> None:
    a, b, c = claims_of({"A": 30, "B": 90, "C": 10}, {"B": 1, "C": 1})
    got = seats_of(apportion([a, JointClaim(id=ListId("V"), parts=(b, c))], DrawnLots(), seats=4))
    assert got == {"A": 2, "V": 2, "B": 1, "C": 1}


@pytest.mark.parametrize("method", Method)
def test_seats_for_which_no_list_has_people_stay_empty(method: Method) -> None:
    assert share({"A": 3, "B": 2}, 9, method, most={"A": 2, "B": 1}) == {"A": 2, "B": 1}


@pytest.mark.parametrize("method", Method)
def test_without_votes_the_lists_take_one_seat_each_in_turn(method: Method) -> None:
    assert share({"A": 0, "B": 0}, 4, method) == {"A": 2, "B": 2}
    asked = share({"A": 0, "B": 0}, 3, method)
    assert isinstance(asked, LotsRequired)
    assert asked.at == "seat 3"


def test_largest_remainder_is_not_house_monotone() -> None:
    # The Alabama paradox: the quotas are 4 2/7, 4 2/7, 1 3/7, and with one seat more 4 5/7, 4 5/7, 1 4/7.
    votes = {"A": 6, "B": 6, "C": 2}
    assert share(votes, 10, Method.LARGEST_REMAINDER) == {"A": 4, "B": 4, "C": 2}
    assert share(votes, 11, Method.LARGEST_REMAINDER) == {"A": 5, "B": 5, "C": 1}


def test_the_three_methods_differ() -> None:
    votes = {"A": 40, "B": 35, "C": 13, "D": 12}
    # 40, 35, 20, 17 1/2, 13 1/3 / 13
    assert share(votes, 5, Method.DHONDT) == {"A": 3, "B": 2}
    # 40, 35, 13 1/3, 13, 12 / 11 2/3
    assert share(votes, 5, Method.SAINTE_LAGUE) == {"A": 2, "B": 1, "C": 1, "D": 1}
    # A quota is 20 votes: 2, 1 3/4, 13/20, 12/20.
    assert share(votes, 5, Method.LARGEST_REMAINDER) == {"A": 2, "B": 2, "C": 1}


# -------------------------------------------------------------------------------------------------- another program


def _by_votelib(votes: Mapping[str, int], seats: int, method: Method) -> tuple[dict[str, int], frozenset[str], int]:
    """Seats without doubt, who is tied, and for how many seats."""
    proportional = pytest.importorskip("votelib.evaluate.proportional", reason="votelib (group peers) is not installed")
    evaluator = {
        Method.DHONDT: lambda: proportional.HighestAverages("d_hondt"),
        Method.SAINTE_LAGUE: lambda: proportional.HighestAverages("sainte_lague"),
        Method.LARGEST_REMAINDER: lambda: proportional.LargestRemainder("hare"),
    }[method]()
    sure: dict[str, int] = {}
    tied: frozenset[str] = frozenset()
    doubtful = 0
    for each, number in evaluator.evaluate(dict(votes), seats).items():
        if isinstance(each, str):
            sure[each] = number
        else:
            tied, doubtful = frozenset(each), number
    return {each: number for each, number in sure.items() if number}, tied, doubtful


def _ours(votes: Mapping[str, int], seats: int, method: Method) -> tuple[dict[str, int], frozenset[str], int]:
    asked = share(votes, seats, method)
    if not isinstance(asked, LotsRequired):
        return asked, frozenset(), 0
    before = int(asked.at.removeprefix("seat ")) - 1
    sure = Counter(seat.to for seat in apportion(claims_of(votes), ByName(), seats=seats, method=method)[:before])
    return dict(sure), frozenset(asked.tied), asked.to_choose


@pytest.mark.parametrize("method", Method)
def test_votelib_gives_the_same_seats_and_the_same_ties(method: Method) -> None:
    random = Random(81)
    ties = 0
    for _ in range(2_000):
        most = random.choice((3, 12, 200, 100_000))
        votes = {name: random.randint(0, most) for name in "ABCDEFG"[: random.randint(1, 7)]}
        seats = random.randint(1, 15)
        if method is Method.LARGEST_REMAINDER and not any(votes.values()):
            continue  # votelib divides by the quota of nothing
        ours = _ours(votes, seats, method)
        ties += bool(ours[1])
        assert ours == _by_votelib(votes, seats, method), (votes, seats)
    assert ties > 200


# ------------------------------------------------------------------------------------------------------ an oracle


def _possible(votes: Mapping[str, int], most: Mapping[str, int], seats: int, first: int) -> set[tuple[int, ...]]:
    """Every way in which the greatest quotients of the whole table can be taken (divisors 1, 1 + first, ...)."""
    table = [(Fraction(number, 1 + first * n), each) for each, number in votes.items() for n in range(most[each])]
    table.sort(reverse=True)
    if len(table) <= seats:
        return {tuple(most[each] for each in votes)}
    least = table[seats - 1][0]
    sure = [each for quotient, each in table if quotient > least]
    doubtful = [each for quotient, each in table if quotient == least]
    return {
        tuple(([*sure, *chosen]).count(each) for each in votes) for chosen in combinations(doubtful, seats - len(sure))
    }


_parties = st.integers(1, 5).flatmap(
    lambda n: st.tuples(
        st.fixed_dictionaries({name: st.integers(1, 12) for name in "ABCDE"[:n]}),
        st.fixed_dictionaries({name: st.integers(0, 5) for name in "ABCDE"[:n]}),
    )
)


@settings(max_examples=500)
@given(_parties, st.integers(1, 9), st.sampled_from([(Method.DHONDT, 1), (Method.SAINTE_LAGUE, 2)]))
def test_the_greatest_of_all_quotients_take_the_seats_and_a_lot_is_needed_where_they_do_not_decide(
    parties: tuple[dict[str, int], dict[str, int]], seats: int, method: tuple[Method, int]
) -> None:
    votes, most = parties
    possible = _possible(votes, most, seats, method[1])
    got = share(votes, seats, method[0], most=most)
    if isinstance(got, LotsRequired):
        assert len(possible) > 1
        drawn = DrawnLots([lot(got.boundary, *sorted(got.tied, reverse=True), at=got.at)])
        got = share(votes, seats, method[0], lots=drawn, most=most)
        assert not isinstance(got, LotsRequired)
        assert tuple(got.get(each, 0) for each in votes) in possible
    else:
        assert possible == {tuple(got.get(each, 0) for each in votes)}


# --------------------------------------------------------------------------------------------------------- theorems

_votes = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 400), min_size=1)
_seats = st.integers(1, 31)


def _drawn(votes: Mapping[str, int], seats: int, method: Method) -> dict[str, int]:
    got = share(votes, seats, method, lots=ByName())
    assert not isinstance(got, LotsRequired)
    return got


@given(_votes, _seats, st.sampled_from(Method))
def test_all_seats_are_given(votes: dict[str, int], seats: int, method: Method) -> None:
    assert sum(_drawn(votes, seats, method).values()) == seats


@given(_votes, _seats, st.sampled_from([Method.DHONDT, Method.SAINTE_LAGUE]))
def test_one_seat_more_takes_no_seat_from_anybody(votes: dict[str, int], seats: int, method: Method) -> None:
    fewer, more = _drawn(votes, seats, method), _drawn(votes, seats + 1, method)
    assert all(more.get(each, 0) >= number for each, number in fewer.items())


@given(_votes, _seats)
def test_by_dhondt_no_list_gets_less_than_its_whole_quotas(votes: dict[str, int], seats: int) -> None:
    got, total = _drawn(votes, seats, Method.DHONDT), sum(votes.values())
    assert all(got.get(each, 0) >= number * seats // total for each, number in votes.items())


@given(_votes, _seats)
def test_by_largest_remainder_every_list_gets_its_quotas_rounded_down_or_up(votes: dict[str, int], seats: int) -> None:
    got, total = _drawn(votes, seats, Method.LARGEST_REMAINDER), sum(votes.values())
    assert all(
        number * seats // total <= got.get(each, 0) <= -(-number * seats // total) for each, number in votes.items()
    )


@given(_votes, _seats, st.sampled_from(Method), st.randoms(use_true_random=False))
def test_neither_names_nor_their_order_matter(
    votes: dict[str, int], seats: int, method: Method, random: Random
) -> None:
    names = random.sample("STUVWXYZ", len(votes))
    renamed = dict(zip(votes, names, strict=True))
    order = random.sample(list(votes), len(votes))
    first = share(votes, seats, method)
    second = share({renamed[each]: votes[each] for each in order}, seats, method)
    if isinstance(first, LotsRequired):
        assert isinstance(second, LotsRequired)
        assert {renamed[each] for each in first.tied} == set(second.tied)
        assert (first.at, first.votes, first.to_choose) == (second.at, second.votes, second.to_choose)
    else:
        assert second == {renamed[each]: number for each, number in first.items()}


@given(_votes, _seats, st.sampled_from(Method), st.integers(1, 50))
def test_more_votes_for_a_list_take_no_seat_from_it(
    votes: dict[str, int], seats: int, method: Method, added: int
) -> None:
    name = min(votes)  # by name it also has the luck of every lot, before and after
    before = _drawn(votes, seats, method).get(name, 0)
    assert _drawn({**votes, name: votes[name] + added}, seats, method).get(name, 0) >= before


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 400), min_size=2), _seats)
def test_by_dhondt_joining_never_costs_a_seat(votes: dict[str, int], seats: int) -> None:
    claims = claims_of(votes)
    apart = share(votes, seats)
    assume(not isinstance(apart, LotsRequired))
    assert isinstance(apart, dict)
    joint = JointClaim(id=ListId("joint"), parts=tuple(claims[:2]))
    together = seats_of(apportion([joint, *claims[2:]], ByName(), seats=seats))
    assert together["joint"] >= sum(apart.get(each.id, 0) for each in claims[:2])
    assert together["joint"] == sum(together[each.id] for each in claims[:2])


def test_by_sainte_lague_joining_can_cost_a_seat() -> None:
    # 7, 6 / 5 apart; 13, 5 / 4 1/3 with A and B together.
    a, b, c = claims_of({"A": 7, "B": 6, "C": 5})
    joint = JointClaim(id=ListId("J"), parts=(a, b))
    assert share({"A": 7, "B": 6, "C": 5}, 2, Method.SAINTE_LAGUE) == {"A": 1, "B": 1}
    together = seats_of(apportion([joint, c], DrawnLots(), seats=2, method=Method.SAINTE_LAGUE))
    assert together == {"J": 1, "A": 1, "C": 1}


@given(_votes, _seats, st.sampled_from(Method))
def test_figures_never_rise_and_every_seat_goes_to_the_highest(
    votes: dict[str, int], seats: int, method: Method
) -> None:
    given_seats = apportion(claims_of(votes), ByName(), seats=seats, method=method)
    assert [seat.number for seat in given_seats] == list(range(1, seats + 1))
    assert all(seat.figure == max(seat.figures.values()) == seat.figures[seat.to] for seat in given_seats)
    figures = [Fraction(seat.figure) for seat in given_seats]
    assert figures == sorted(figures, reverse=True)
