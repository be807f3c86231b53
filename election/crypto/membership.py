"""Do many numbers lie in the subgroup? One answer for all of them, or the place of the first that does not.

An exponentiation for each number is the dearest part of a strict verification. The product of a random half of the
numbers lies outside the subgroup with probability at least one half as soon as one number does (the numbers outside
are the non-trivial cosets; including or leaving out one such number changes the coset of the product). So 128
independent random subsets miss a foreign number with probability at most 2^-128, whatever the order of its foreign
part: elements of order two are found as surely as any other. Subsets are drawn after the numbers are fixed. See
``docs/adr/0008``.
"""

from __future__ import annotations

from collections.abc import Sequence

from gmpy2 import mpz

from election.crypto.groups import Group
from election.errors import GroupError
from election.ids import SYSTEM_RNG, Rng

SUBSETS = 128
_BLOCK = 6
# Below this many numbers, asking each is cheaper than the 128 exponentiations of the subsets.
_BATCH_FROM = 2 * SUBSETS


def check_members(group: Group, numbers: Sequence[mpz], *, rng: Rng = SYSTEM_RNG) -> None:
    """Check that all ``numbers`` (each from 1 to p-1) lie in the subgroup.

    Raises:
        GroupError: ``element-outside-group`` with the ``position`` of the first that does not.
    """
    if len(numbers) >= _BATCH_FROM and not group.is_squares and _all_subsets_inside(group, numbers, rng):
        return
    for position, number in enumerate(numbers):
        if not group.has_member(number):
            raise GroupError("element-outside-group", position=position)


def _all_subsets_inside(group: Group, numbers: Sequence[mpz], rng: Rng) -> bool:
    modulus = group.p
    products = [mpz(1)] * SUBSETS
    for start in range(0, len(numbers), _BLOCK):
        block = numbers[start : start + _BLOCK]
        # All 2^k products of the block at once, then one multiplication a subset.
        table = [mpz(1)]
        for number in block:
            table += [entry * number % modulus for entry in table]
        choices = rng.randbelow(len(table) ** SUBSETS)
        mask = len(table) - 1
        for subset in range(SUBSETS):
            chosen = choices & mask
            choices >>= len(block)
            if chosen:
                products[subset] = products[subset] * table[chosen] % modulus
    return all(group.has_member(product) for product in products)
