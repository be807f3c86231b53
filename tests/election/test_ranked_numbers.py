"""Small numbers in one element, and ranks in small numbers: what went in comes out."""

from __future__ import annotations

import pytest
from gmpy2 import mpz
from hypothesis import given, settings
from hypothesis import strategies as st

from election.crypto.embedding import decode_numbers, encode_numbers, most_numbers
from election.crypto.groups import BELENIOS_2048
from election.crypto.groups import RFC_3526_2048 as GROUP
from election.errors import BallotError, GroupError
from election.ranked_answers import ranking_of, ranks_of


@given(st.lists(st.integers(0, 255), max_size=most_numbers(GROUP)))
def test_numbers_come_out_of_the_element_as_they_went_in(numbers: list[int]) -> None:
    element = encode_numbers(GROUP, numbers)
    assert GROUP.has_member(element)
    assert decode_numbers(GROUP, element, len(numbers)) == tuple(numbers)


def test_the_numbers_stand_in_the_element_as_the_specification_says() -> None:
    element = encode_numbers(GROUP, (1, 2, 255))
    assert element >> 8 == (1 * 256 + 2) * 256 + 255
    assert not any(GROUP.has_member(mpz(smaller)) for smaller in range(int(element >> 8 << 8), int(element)))
    assert encode_numbers(GROUP, (0, 0, 0)) == 1


def test_as_many_numbers_fit_as_the_element_has_room_for() -> None:
    assert most_numbers(GROUP) == 254
    encode_numbers(GROUP, [255] * 254)
    with pytest.raises(GroupError, match="at most 254"):
        encode_numbers(GROUP, [0] * 255)


@pytest.mark.parametrize("number", [-1, 256, 2**64])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(GroupError, match="from 0 to 255"):
        encode_numbers(GROUP, [1, number])


def test_a_group_without_embedding_holds_no_numbers() -> None:
    assert most_numbers(BELENIOS_2048) == 0
    for use in (lambda: encode_numbers(BELENIOS_2048, []), lambda: decode_numbers(BELENIOS_2048, mpz(4), 1)):
        with pytest.raises(GroupError, match="RFC-3526-2048"):
            use()


@settings(max_examples=50)
@given(st.integers(1, int(GROUP.p) - 1), st.integers(1, 254))
def test_every_element_is_read_as_numbers_whatever_an_elector_encrypted(element: int, count: int) -> None:
    numbers = decode_numbers(GROUP, mpz(element), count)
    assert len(numbers) == count
    assert all(0 <= number < 256 for number in numbers)


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.permutations(range(n)), st.integers(0, n))))
def test_a_ranking_comes_out_of_its_ranks(case: tuple[int, list[int], int]) -> None:
    candidates, order, length = case
    ranking = tuple(order[:length])
    ranks = ranks_of(ranking, candidates)
    assert len(ranks) == candidates
    assert ranking_of(ranks) == ranking


@pytest.mark.parametrize(
    ("ranks", "ranking"),
    [((1, 0, 2), (0, 2)), ((0, 0, 0), ()), ((0, 1, 0), (1,)), ((3, 1, 2), (1, 2, 0))]
    + [(bad, None) for bad in ((1, 1, 2), (1, 3, 0), (2, 0, 3), (0, 4, 0), (2, 2, 2), (1, 2, 255))],
)
def test_ranks_are_read_as_belenios_tool_reads_them(ranks: tuple[int, ...], ranking: tuple[int, ...] | None) -> None:
    assert ranking_of(ranks) == ranking


@pytest.mark.parametrize("ranking", [(0, 0), (3,), (-1,)])
def test_a_ranking_of_nobody_known_or_of_somebody_twice_is_refused(ranking: tuple[int, ...]) -> None:
    with pytest.raises(BallotError, match="does not stand"):
        ranks_of(ranking, 3)
