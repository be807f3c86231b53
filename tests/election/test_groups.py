"""Numbers have one spelling, and stay in their range."""

from __future__ import annotations

import pytest
from gmpy2 import is_prime, mpz
from hypothesis import given
from hypothesis import strategies as st

from election.crypto.groups import BELENIOS_2048, RFC_3526_2048, Group, group_named, parse_element, parse_scalar
from election.errors import GroupError
from tests.election.forging import ScriptedRng

GROUP = BELENIOS_2048


def refusal(text: object, *, identity_allowed: bool = False) -> str:
    with pytest.raises(GroupError) as caught:
        parse_element(text, GROUP, identity_allowed=identity_allowed)
    return caught.value.code


@pytest.mark.parametrize("group", [BELENIOS_2048, RFC_3526_2048], ids=lambda group: group.name)
def test_the_group_is_a_subgroup_of_prime_order_of_a_prime_field(group: Group) -> None:
    assert is_prime(group.p)
    assert is_prime(group.q)
    assert (group.p - 1) % group.q == 0
    assert group.g != 1
    assert group.power(group.g, group.q) == 1
    assert group_named(group.name) is group


def test_the_second_group_is_that_of_rfc_3526() -> None:
    # 2^2048 - 2^1984 - 1 + 2^64 * ( [2^1918 pi] + 124476 ), section 3 of the RFC; here its first and last 64 bits.
    p = int(RFC_3526_2048.p)
    assert p >> 1984 == 2**64 - 1
    assert p % 2**64 == 2**64 - 1
    assert RFC_3526_2048.p == 2 * RFC_3526_2048.q + 1


@given(st.integers(1, int(RFC_3526_2048.p) - 1))
def test_membership_asked_by_a_symbol_is_that_of_the_power(number: int) -> None:
    group = RFC_3526_2048
    assert group.has_member(mpz(number)) is (group.power(mpz(number), group.q) == 1)
    assert group.has_member(mpz(number)) is not group.has_member(group.p - number)


@pytest.mark.parametrize(
    "text",
    ["", " 2", "2 ", "2\n", "\t2", "+2", "-2", "1_000", "0x10", "1e3", "2.0", "٣", "２", "²", "2\x00", "NaN"],
)
def test_only_decimal_digits_are_a_number(text: str) -> None:
    assert refusal(text) == "number-malformed"
    with pytest.raises(GroupError):
        parse_scalar(text, GROUP)


@pytest.mark.parametrize(
    "text",
    [None, 2, 2.0, True, ["2"], {"2": "2"}, b"2"],
)
def test_only_a_text_is_a_number(text: object) -> None:
    assert refusal(text) == "number-malformed"
    with pytest.raises(GroupError):
        parse_scalar(text, GROUP)


@pytest.mark.parametrize("text", ["00", "02", "0" * 616 + "2"])
def test_a_number_does_not_begin_with_a_zero(text: str) -> None:
    assert refusal(text) == "number-leading-zero"


@pytest.mark.parametrize("text", [str(GROUP.p), str(GROUP.p + 2), "9" * 617, "9" * 618, "9" * 5000, "9" * 2_000_000])
def test_a_number_above_the_range_is_refused_without_reading_it(text: str) -> None:
    assert refusal(text) == "number-out-of-range"


def test_zero_and_one_are_no_elements_but_the_identity_may_be_allowed() -> None:
    assert refusal("0") == refusal("1") == "element-trivial"
    assert refusal("0", identity_allowed=True) == "element-trivial"
    assert parse_element("1", GROUP, identity_allowed=True) == 1


def test_the_greatest_number_of_the_range_is_read() -> None:
    assert parse_element(str(GROUP.p - 1), GROUP) == GROUP.p - 1
    assert parse_scalar(str(GROUP.q - 1), GROUP) == GROUP.q - 1
    assert parse_scalar("0", GROUP) == 0


def test_a_scalar_of_q_or_more_is_refused() -> None:
    for number in (GROUP.q, GROUP.q + 1, 2 * GROUP.q):
        with pytest.raises(GroupError) as caught:
            parse_scalar(str(number), GROUP)
        assert caught.value.code == "number-out-of-range"


@given(st.text(alphabet="0123456789+-_ ٣²", max_size=80))
def test_what_is_read_is_written_back_the_same(text: str) -> None:
    try:
        number = parse_scalar(text, GROUP)
    except GroupError:
        return
    assert str(number) == text


@given(st.integers(min_value=2, max_value=int(GROUP.p) - 1))
def test_every_number_of_the_range_is_read(number: int) -> None:
    assert parse_element(str(number), GROUP) == number


@given(st.integers(min_value=0, max_value=2 * int(GROUP.q)))
def test_a_power_with_a_secret_exponent_is_the_same_power(exponent: int) -> None:
    assert GROUP.secret_power(GROUP.g, mpz(exponent)) == GROUP.power(GROUP.g, mpz(exponent))


@pytest.mark.parametrize("exponent", [0, 1, int(GROUP.q) - 1, int(GROUP.q)])
def test_exponents_at_the_edge_are_no_special_case(exponent: int) -> None:
    assert GROUP.secret_power(GROUP.g, mpz(exponent)) == GROUP.power(GROUP.g, mpz(exponent))


def test_a_random_scalar_is_below_q() -> None:
    assert GROUP.random_scalar(ScriptedRng(int(GROUP.q) - 1)) == GROUP.q - 1
    assert GROUP.random_scalar(ScriptedRng(int(GROUP.q))) == 0


@pytest.mark.parametrize(
    "name", ["", "belenios-2048", "BELENIOS-2048 ", "RFC-3526-3072", None, 1, {"p": "23", "q": "11", "g": "4"}]
)
def test_no_group_but_those_of_the_specification_is_accepted(name: object) -> None:
    with pytest.raises(GroupError) as caught:
        group_named(name)
    assert caught.value.code == "group-unknown"
