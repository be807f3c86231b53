"""Small numbers in one element of the group: what a ranked question encrypts (specification 4.11.2)."""

from __future__ import annotations

from collections.abc import Sequence

from gmpy2 import mpz

from election.crypto.groups import Embedding, Group
from election.errors import GroupError


def most_numbers(group: Group) -> int:
    """How many numbers fit into an element; none where the group has no embedding."""
    if group.embedding is None:
        return 0
    return (group.q.bit_length() - group.embedding.padding) // group.embedding.bits_per_int


def encode_numbers(group: Group, numbers: Sequence[int]) -> mpz:
    """The first element that begins with these numbers.

    Raises:
        GroupError: Too many numbers, one too large, or no element begins with them, which nobody will see in a group
            of the specification (codes embedding-number, embedding-size, embedding-none).
    """
    embedding = _embedding_of(group)
    if len(numbers) > most_numbers(group):
        raise GroupError("embedding-size", found=len(numbers), most=most_numbers(group))
    whole = mpz(0)
    for number in numbers:
        if not 0 <= number < 2**embedding.bits_per_int:
            raise GroupError("embedding-number", number=number, most=2**embedding.bits_per_int - 1)
        whole = (whole << embedding.bits_per_int) + number
    first = whole << embedding.padding
    for candidate in range(2**embedding.padding):
        if group.has_member(first + candidate):
            return first + candidate
    raise GroupError("embedding-none")


def decode_numbers(group: Group, element: mpz, count: int) -> tuple[int, ...]:
    """The last ``count`` numbers of an element, whatever stands before them (``has_only_numbers`` asks that).

    An elector can encrypt any element. What it says is then for the count to judge; so this never refuses one.
    """
    embedding = _embedding_of(group)
    rest = element >> embedding.padding
    numbers = []
    for _ in range(count):
        numbers.append(int(rest % 2**embedding.bits_per_int))
        rest >>= embedding.bits_per_int
    return tuple(reversed(numbers))


def has_only_numbers(group: Group, element: mpz, count: int) -> bool:
    """Whether nothing stands before the last ``count`` numbers, as in every element that was made of so many."""
    embedding = _embedding_of(group)
    return bool(element >> (embedding.padding + count * embedding.bits_per_int) == 0)


def _embedding_of(group: Group) -> Embedding:
    if group.embedding is None:
        raise GroupError("embedding-group", group=group.name)
    return group.embedding
