"""Powers by tables are the powers that gmpy2 computes."""

from __future__ import annotations

import pytest
from gmpy2 import mpz
from hypothesis import given
from hypothesis import strategies as st

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.powers import FixedBase, SharedBase, fixed_base, shared_base

Q = int(GROUP.q)
MEMBER = GROUP.power(GROUP.g, mpz(2024))
TABLE = FixedBase(GROUP, MEMBER)
SQUARES = SharedBase(GROUP, MEMBER)
EDGES = [0, 1, 2, 3, 15, 16, 17, 31, 255, 256, 2**128, 2**255, 2**256 % Q, Q // 2, Q - 2, Q - 1]
scalars = st.integers(min_value=0, max_value=Q - 1)


@given(st.integers(min_value=-3 * Q, max_value=3 * Q))
def test_a_power_by_table_is_the_power_for_any_exponent(exponent: int) -> None:
    assert TABLE.power(mpz(exponent)) == GROUP.power(MEMBER, mpz(exponent % Q))


@given(scalars)
def test_a_power_by_shared_squares_is_the_power(exponent: int) -> None:
    assert SQUARES.power(mpz(exponent)) == GROUP.power(MEMBER, mpz(exponent))


@pytest.mark.parametrize("exponent", EDGES)
def test_exponents_at_the_edge_of_a_window_are_no_special_case(exponent: int) -> None:
    expected = GROUP.power(MEMBER, mpz(exponent))
    assert TABLE.power(mpz(exponent)) == SQUARES.power(mpz(exponent)) == expected


@given(st.integers(min_value=1, max_value=int(GROUP.p) - 1), scalars)
def test_shared_squares_are_right_for_a_base_outside_the_group_too(base: int, exponent: int) -> None:
    """Ballots are asked for their proofs before they are asked for membership."""
    assert SharedBase(GROUP, mpz(base)).power(mpz(exponent)) == GROUP.power(mpz(base), mpz(exponent))


def test_tables_are_made_once() -> None:
    assert fixed_base(GROUP, MEMBER) is fixed_base(GROUP, MEMBER)
    assert shared_base(GROUP, MEMBER) is shared_base(GROUP, MEMBER)
