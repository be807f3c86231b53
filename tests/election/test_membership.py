"""One foreign number among many is found, whatever its order and wherever it stands."""

from __future__ import annotations

import pytest
from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.membership import check_members
from election.errors import GroupError

MINUS_ONE = GROUP.p - 1
ORDER_3 = GROUP.power(mpz(5), mpz(MINUS_ONE // 3))
LARGE_ORDER = GROUP.power(mpz(5), GROUP.q)
FOREIGN = {
    "order-2": MINUS_ONE,
    "order-3": ORDER_3,
    "large-order": LARGE_ORDER,
    "member-times-order-2": GROUP.p - GROUP.g,
    "member-times-order-3": GROUP.g * ORDER_3 % GROUP.p,
}


def members(number: int) -> list[mpz]:
    numbers = [GROUP.power(GROUP.g, mpz(4242))]
    while len(numbers) < number:
        numbers.append(numbers[-1] * GROUP.g % GROUP.p)
    return numbers


def position_of_fault(numbers: list[mpz]) -> object:
    with pytest.raises(GroupError) as caught:
        check_members(GROUP, numbers)
    assert caught.value.code == "element-outside-group"
    return caught.value.params["position"]


def test_the_foreign_numbers_have_the_orders_that_their_names_say() -> None:
    assert GROUP.power(MINUS_ONE, mpz(2)) == 1
    assert ORDER_3 != 1
    assert GROUP.power(ORDER_3, mpz(3)) == 1
    assert GROUP.power(LARGE_ORDER, mpz(6)) != 1
    assert not any(GROUP.has_member(number) for number in FOREIGN.values())


@pytest.mark.parametrize("number", [0, 1, 255, 256, 300, 301])
def test_members_are_accepted(number: int) -> None:
    check_members(GROUP, members(number)[:number])


def test_the_identity_is_a_member() -> None:
    check_members(GROUP, [mpz(1)] * 300)


@pytest.mark.parametrize("place", [0, 5, 299])
@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
def test_one_foreign_number_among_three_hundred_is_found_and_placed(foreign: mpz, place: int) -> None:
    numbers = members(300)
    numbers[place] = foreign
    assert position_of_fault(numbers) == place


@pytest.mark.parametrize("foreign", FOREIGN.values(), ids=FOREIGN)
def test_one_foreign_number_among_few_is_found_and_placed(foreign: mpz) -> None:
    assert position_of_fault([GROUP.g, foreign, GROUP.g]) == 1


def test_two_foreign_numbers_do_not_hide_each_other() -> None:
    """Their product is a member, so one product of everything would miss them."""
    numbers = members(300)
    numbers[7], numbers[200] = MINUS_ONE, MINUS_ONE
    assert position_of_fault(numbers) == 7
    numbers[7], numbers[200] = ORDER_3, ORDER_3 * ORDER_3 % GROUP.p
    assert position_of_fault(numbers) == 7


def test_a_batch_of_nothing_but_foreign_numbers_is_found() -> None:
    assert position_of_fault([MINUS_ONE] * 300) == 0
