"""Decryption factors of the trustees who came, made into one factor for each item (specification 4.19).

Of a threshold group any sufficient subset opens the same: the factors are multiplied with the powers by which
Lagrange's interpolation gives the polynomial's value at zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import TypeVar

from gmpy2 import mpz, powmod

from election.crypto.groups import Group
from election.errors import TallyError
from election.trustees.document import TrusteeItem, owners
from election.trustees.threshold import ThresholdGroup

_T = TypeVar("_T")

# Choices that are tried at most: all of any group of ten.
MOST_CHOICES = 252

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
    return next(every_sub_factors(trustees, factors, group))


def every_sub_factors(
    trustees: Sequence[TrusteeItem], factors: Mapping[int, Factors], group: Group
) -> Iterator[tuple[Factors, ...]]:
    """``sub_factors`` for one sufficient choice of each group's members after another, the first of them first.

    All give the same, unless a member spoilt a share whose proof holds all the same (in protocol version 1 the
    challenge of 4.18 hashes neither the ciphertext nor the factor). Then those without that member still open. So the
    order is one in which each member of each group is soon left out, however many there are.

    Raises:
        TallyError: As ``sub_factors``.
    """
    choices = [_sufficient(item, numbers, factors) for item, numbers in owners(trustees)]
    for chosen in islice(_in_turn(choices), MOST_CHOICES):
        yield tuple(
            _interpolated({1 + owner - numbers.start: factors[owner] for owner in members}, group)
            for members, (_, numbers) in zip(chosen, owners(trustees), strict=True)
        )


def _sufficient(item: TrusteeItem, numbers: range, factors: Mapping[int, Factors]) -> tuple[tuple[int, ...], ...]:
    """The choices of members that are just enough."""
    came = [owner for owner in numbers if owner in factors]
    if not isinstance(item, ThresholdGroup):
        if not came:
            raise TallyError("share-missing", owner=numbers.start)
        return (tuple(came),)
    if len(came) < item.threshold:
        last = numbers.stop - 1
        raise TallyError("share-too-few", first=numbers.start, last=last, expected=item.threshold, found=len(came))
    # Neighbours in a ring first: among these, one choice after the other does without the first, the second and so on.
    ring = (came * 2)[: len(came) + item.threshold - 1]
    neighbours = (tuple(sorted(ring[start : start + item.threshold])) for start in range(len(came)))
    return tuple(dict.fromkeys((*neighbours, *islice(combinations(came, item.threshold), MOST_CHOICES))))


def _in_turn(choices: Sequence[Sequence[_T]]) -> Iterator[tuple[_T, ...]]:
    """Every way to take one of each: those of the first choices first, so that none is held fast to the end."""
    for last in range(max(map(len, choices))):
        for places in product(*(range(min(last + 1, len(each))) for each in choices)):
            if max(places) == last:
                yield tuple(each[place] for each, place in zip(choices, places, strict=True))


def _interpolated(factors: Mapping[int, Factors], group: Group) -> Factors:
    weights = [lagrange_coefficient(factors.keys(), place, group) for place in factors]
    return tuple(
        tuple(_weighed_product(group, same, weights) for same in zip(*question, strict=True))
        for question in zip(*factors.values(), strict=True)
    )


def _weighed_product(group: Group, factors: Sequence[mpz], weights: Sequence[mpz]) -> mpz:
    value = mpz(1)
    for factor, weight in zip(factors, weights, strict=True):
        value = value * group.power(factor, weight) % group.p
    return value
