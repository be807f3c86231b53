"""Exponential ElGamal: what is encrypted adds up when ciphertexts are multiplied (specification 4.11.1, 4.16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isqrt

from gmpy2 import mpz

from election.crypto.groups import Group
from election.crypto.powers import fixed_base


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """An encryption of a small number."""

    alpha: mpz
    """g^r"""
    beta: mpz
    """y^r g^m"""


IDENTITY = Ciphertext(mpz(1), mpz(1))


def encrypt(group: Group, public_key: mpz, number: int, randomness: mpz) -> Ciphertext:
    """Encrypt ``number`` (0 or 1 in a ballot) with a scalar that is used once and never told."""
    # Both are as long as p, also where g is 2: the products take the same time.
    return encrypt_element(group, public_key, group.p + (mpz(1), group.g)[number], randomness)


def encrypt_element(group: Group, public_key: mpz, element: mpz, randomness: mpz) -> Ciphertext:
    """Encrypt an element as it is (4.11.2); what stands in a product of such ciphertexts means nothing."""
    return Ciphertext(
        group.secret_power(group.g, randomness),
        group.secret_power(public_key, randomness) * element % group.p,
    )


def product(group: Group, ciphertexts: Iterable[Ciphertext]) -> Ciphertext:
    """The encryption of the sum."""
    alpha, beta = mpz(1), mpz(1)
    for ciphertext in ciphertexts:
        alpha = alpha * ciphertext.alpha % group.p
        beta = beta * ciphertext.beta % group.p
    return Ciphertext(alpha, beta)


def raised(group: Group, ciphertext: Ciphertext, weight: int) -> Ciphertext:
    """The encryption of ``weight`` times the number (a ballot that counts more than once)."""
    if weight == 1:
        return ciphertext
    return Ciphertext(group.power(ciphertext.alpha, mpz(weight)), group.power(ciphertext.beta, mpz(weight)))


def discrete_logarithms(group: Group, elements: tuple[mpz, ...], bound: int) -> tuple[int | None, ...]:
    """For each element g^m the ``m`` from 0 to ``bound``, or None where there is none.

    Baby steps and giant steps: time and memory grow with the square root of the bound.
    """
    width = min(isqrt(bound) + 1, 2**20)
    steps: dict[mpz, int] = {}
    power = mpz(1)
    for exponent in range(width):
        steps.setdefault(power, exponent)
        power = power * group.g % group.p
    giant = fixed_base(group, group.g).power(mpz(-width))
    return tuple(_logarithm(group, element, steps, giant, width, bound) for element in elements)


def _logarithm(group: Group, element: mpz, steps: dict[mpz, int], giant: mpz, width: int, bound: int) -> int | None:
    for jump in range(bound // width + 1):
        if (small := steps.get(element)) is not None:
            exponent = jump * width + small
            return exponent if exponent <= bound else None
        element = element * giant % group.p
    return None
