"""The ``trustees`` document of the record and the key that all of it makes (specification 3.1.1, 4.7).

Each item is one trustee who is needed, or a group of whom a threshold is. Trustees are numbered from 1 through the
whole document, the members of a group in the order of their certificates: the ``owner`` of a partial decryption.
"""

from __future__ import annotations

from collections.abc import Sequence

from gmpy2 import mpz

from election.crypto.groups import Group
from election.errors import TrusteeError
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import items
from election.trustees.keys import TrusteePublicKey, parse_trustee_public_key, trustee_public_key_to_json
from election.trustees.threshold import ThresholdGroup, parse_threshold_group, threshold_group_to_json

TrusteeItem = TrusteePublicKey | ThresholdGroup


def trustees_to_bytes(trustees: Sequence[TrusteeItem]) -> bytes:
    """The ``trustees`` document of the record (4.7)."""
    return canonical_bytes([_item_to_json(item) for item in trustees])


def _item_to_json(item: TrusteeItem) -> Json:
    if isinstance(item, ThresholdGroup):
        return ["Pedersen", threshold_group_to_json(item)]
    return ["Single", trustee_public_key_to_json(item)]


def parse_trustees(raw: bytes, group: Group) -> tuple[TrusteeItem, ...]:
    """The ``trustees`` document of a record, every key, signature and coefficient checked.

    Raises:
        TrusteeError: No key, the same key twice, a kind that is not known, a wrong key, or not canonical.
        RecordError: Not JSON.
    """
    trustees = tuple(_parse_item(item, group) for item in items(load_json(raw), "trustees"))
    if not trustees:
        raise TrusteeError("trustee-none")
    keys = trustee_keys(trustees)
    if len({key.public_key for key in keys}) != len(keys):
        raise TrusteeError("trustee-twice")
    if trustees_to_bytes(trustees) != raw:
        raise TrusteeError("trustees-not-canonical")
    return trustees


def _parse_item(message: Json, group: Group) -> TrusteeItem:
    name, *content = items(message, "trustees") or [None]
    if len(content) == 1:
        if name == "Single":
            return parse_trustee_public_key(content[0], group)
        if name == "Pedersen":
            return parse_threshold_group(content[0], group)
    raise TrusteeError("trustee-kind", kind=str(name)[:40])


def election_public_key(trustees: Sequence[TrusteeItem], group: Group) -> mpz:
    """The product of the keys of all items (3.1.1)."""
    product = mpz(1)
    for item in trustees:
        product = product * (item.sub_key(group) if isinstance(item, ThresholdGroup) else item.public_key) % group.p
    return product


def trustee_keys(trustees: Sequence[TrusteeItem]) -> tuple[TrusteePublicKey, ...]:
    """The key of every trustee; number ``owner`` stands at place ``owner - 1``."""
    return tuple(key for item in trustees for key in _keys_of(item))


def owners(trustees: Sequence[TrusteeItem]) -> tuple[tuple[TrusteeItem, range], ...]:
    """Each item with the numbers of its trustees."""
    numbered = []
    first = 1
    for item in trustees:
        after = first + len(_keys_of(item))
        numbered.append((item, range(first, after)))
        first = after
    return tuple(numbered)


def owner_of(trustees: Sequence[TrusteeItem], public_key: mpz) -> int:
    """The number of the trustee who holds the secret of ``public_key``.

    Raises:
        TrusteeError: It is none of theirs.
    """
    for owner, key in enumerate(trustee_keys(trustees), start=1):
        if key.public_key == public_key:
            return owner
    raise TrusteeError("trustee-not-listed")


def _keys_of(item: TrusteeItem) -> tuple[TrusteePublicKey, ...]:
    return item.keys if isinstance(item, ThresholdGroup) else (item,)
