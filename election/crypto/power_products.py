"""Products of powers with PUBLIC exponents: many bases, each raised once, as in the check of a shuffle.

Pippenger's method (1976): the exponents are read in windows from the top; the bases that have the same digit are
collected first, then each collection is raised to its digit, all together by running products.
"""

from __future__ import annotations

from collections.abc import Sequence

from gmpy2 import mpz

from election.crypto.groups import Group

# Below this many bases the windows cost more than they save.
_FEW = 8
_WIDEST_WINDOW = 14


def power_product(group: Group, bases: Sequence[mpz], exponents: Sequence[mpz]) -> mpz:
    """The product of ``base ** exponent``; exponents are not negative."""
    modulus = group.p
    product = mpz(1)
    if len(bases) < _FEW:
        for base, exponent in zip(bases, exponents, strict=True):
            product = product * group.power(base, exponent) % modulus
        return product
    bits = max(exponent.bit_length() for exponent in exponents)
    width = min(range(1, _WIDEST_WINDOW), key=lambda window: -(-bits // window) * (len(bases) + 2 ** (window + 1)))
    for start in reversed(range(0, bits, width)):
        for _ in range(width):
            product = product * product % modulus
        product = product * _window_product(modulus, bases, exponents, start, width) % modulus
    return product


def _window_product(modulus: mpz, bases: Sequence[mpz], exponents: Sequence[mpz], start: int, width: int) -> mpz:
    mask = 2**width - 1
    by_digit: list[mpz | None] = [None] * (mask + 1)
    for base, exponent in zip(bases, exponents, strict=True):
        if digit := int(exponent >> start & mask):
            collected = by_digit[digit]
            by_digit[digit] = base if collected is None else collected * base % modulus
    running, product = mpz(1), mpz(1)
    for collected in reversed(by_digit[1:]):
        if collected is not None:
            running = running * collected % modulus
        product = product * running % modulus
    return product
