"""Fast powers for PUBLIC exponents, where one base is raised many times.

A verification spends nearly all of its time here. Secret exponents go through ``Group.secret_power`` instead: what
follows takes a time, and touches memory, that depends on the exponent.
"""

from __future__ import annotations

from functools import lru_cache

from gmpy2 import mpz

from election.crypto.groups import Group

_TABLE_BITS = 8
_WINDOW_BITS = 4
_WINDOW_MASK = 2**_WINDOW_BITS - 1


class FixedBase:
    """Powers of a base that is used throughout an election, by a table of 8-bit windows.

    One power costs one multiplication for each byte of the exponent instead of some three hundred.
    """

    __slots__ = ("_modulus", "_order", "_rows")

    def __init__(self, group: Group, base: mpz) -> None:
        self._modulus = group.p
        self._order = group.q
        self._rows: list[list[mpz]] = []
        for _ in range((group.q.bit_length() + _TABLE_BITS - 1) // _TABLE_BITS):
            row = [mpz(1)]
            for _ in range(2**_TABLE_BITS - 1):
                row.append(row[-1] * base % group.p)
            self._rows.append(row)
            base = row[-1] * base % group.p

    def power(self, exponent: mpz) -> mpz:
        """``base ** exponent``; the exponent may be negative or above ``q``."""
        modulus = self._modulus
        digits = int(exponent % self._order).to_bytes(len(self._rows), "little")
        product = mpz(1)
        for row, digit in zip(self._rows, digits, strict=True):
            if digit:
                product = product * row[digit] % modulus
        return product


@lru_cache(maxsize=32)
def fixed_base(group: Group, base: mpz) -> FixedBase:
    """The table of ``base``: made once (some 20 ms, 2 MB), kept for the elections in use."""
    return FixedBase(group, base)


class SharedBase:
    """Two or more powers of a base that is soon forgotten, such as a part of a ciphertext.

    The squares of the base are made once and shared; each power then costs some 66 multiplications. The method is
    Yao's (1976) with sliding windows from the right: collect the squares that have the same odd digit, then raise
    each collection to its digit, all digits together by running products.
    """

    __slots__ = ("_modulus", "_squares")

    def __init__(self, group: Group, base: mpz) -> None:
        modulus = self._modulus = group.p
        squares = self._squares = [base]
        for _ in range(group.q.bit_length() - 1):
            base = base * base % modulus
            squares.append(base)

    def power(self, exponent: mpz) -> mpz:
        """``base ** exponent`` for an exponent from 0 to ``q`` - 1."""
        modulus, squares = self._modulus, self._squares
        by_digit: list[mpz] = [mpz(1)] * (_WINDOW_MASK // 2 + 1)
        rest, position = int(exponent), 0
        while rest:
            zeros = (rest & -rest).bit_length() - 1
            rest >>= zeros
            position += zeros
            digit = (rest & _WINDOW_MASK) >> 1
            by_digit[digit] = by_digit[digit] * squares[position] % modulus
            rest >>= _WINDOW_BITS
            position += _WINDOW_BITS
        # The collection at place k belongs to the digit 2k + 1: the product of all, times the square of the product
        # of each to the power k.
        running, weighted = mpz(1), mpz(1)
        for collection in reversed(by_digit[1:]):
            running = running * collection % modulus
            weighted = weighted * running % modulus
        return running * by_digit[0] * (weighted * weighted % modulus) % modulus


@lru_cache(maxsize=32)
def shared_base(group: Group, base: mpz) -> SharedBase:
    """The squares of ``base``, kept for the few proofs about it that follow each other."""
    return SharedBase(group, base)
