"""Decryption factors of the trustees who came, made into one factor for each item (specification 4.19).

Of a threshold group any sufficient subset opens the same: the factors are multiplied with the powers by which
Lagrange's interpolation gives the polynomial's value at zero.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from gmpy2 import mpz, powmod

from election.crypto.groups import Group
from election.errors import TallyError
from election.trustees.document import TrusteeItem, owners
from election.trustees.threshold import ThresholdGroup

Factors = tuple[tuple[mpz, ...], ...]
"""for each question, one factor for each ciphertext"""


def lagrange_coefficient(places: Collection[int], place: int, group: Group) -> mpz:
    """What the share at ``place`` is multiplied with to get the secret from the shares at ``places`` (4.19)."""
    numerator, denominator = mpz(1), mpz(1)
    for other in places:
        if other != place:
            numerator = numerator * other % group.q
            denominator = denominator * (other - place) % group.q
    return numerator * powmod(denominator, mpz(-1), group.q) % group.q


def sub_factors(trustees: Sequence[TrusteeItem], factors: Mapping[int, Factors], group: Group) -> tuple[Factors, ...]:
    """For each item what its trustees' verified ``factors``, by owner, make together.

    Raises:
        TallyError: A trustee who is needed is missing, or a group has fewer than its threshold.
    """
    return tuple(_sub_factor(item, numbers, factors, group) for item, numbers in owners(trustees))


def _sub_factor(item: TrusteeItem, numbers: range, factors: Mapping[int, Factors], group: Group) -> Factors:
    if not isinstance(item, ThresholdGroup):
        if numbers.start not in factors:
            raise TallyError("share-missing", owner=numbers.start)
        return factors[numbers.start]
    came = [owner for owner in numbers if owner in factors]
    if len(came) < item.threshold:
        last = numbers.stop - 1
        raise TallyError("share-too-few", first=numbers.start, last=last, expected=item.threshold, found=len(came))
    return _interpolated({1 + owner - numbers.start: factors[owner] for owner in came[: item.threshold]}, group)


def _interpolated(factors: Mapping[int, Factors], group: Group) -> Factors:
    weights = [lagrange_coefficient(factors.keys(), place, group) for place in factors]
    return tuple(
        tuple(_weighed_product(group, same, weights) for same in zip(*question, strict=True))
        for question in zip(*factors.values(), strict=True)
    )


def _weighed_product(group: Group, factors: Sequence[mpz], weights: Sequence[mpz]) -> mpz:
    product = mpz(1)
    for factor, weight in zip(factors, weights, strict=True):
        product = product * group.power(factor, weight) % group.p
    return product
