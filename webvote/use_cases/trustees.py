"""Trustees: named by an official, each proving their key through a link that only they were given.

A trustee alone makes a key in their own browser. The members of a group make theirs away from here, together; their
official hands in what is public of it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from election.crypto.groups import BELENIOS_2048
from election.errors import RecordError, TrusteeError
from election.record.canonical import Json, canonical_bytes, load_json
from election.trustees import (
    ThresholdGroup,
    TrusteeItem,
    TrusteePublicKey,
    parse_trustee_public_key,
    trustee_keys,
    trustee_public_key_to_json,
)
from election.trustees.rehearsal import new_nonce
from election.trustees.threshold import parse_threshold_group, threshold_group_to_json
from webvote.phases import Act, Phase, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, Trustee, TrusteeGroup
from webvote.use_cases.log import Signed, log_act

MOST_TRUSTEES = 20
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """A trustee alone, or the members of a group."""

    trustees: tuple[Trustee, ...]
    group: ThresholdGroup | None

    @property
    def needed(self) -> int:
        """Without how many of them nothing can be counted."""
        return 1 if self.group is None else self.group.threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """Trustees of whom some must still do something, and how many of them."""

    names: tuple[str, ...]
    number: int


def add_trustee(work: UnitOfWork, signed: Signed, slug: str, name: str) -> tuple[Trustee, str]:
    """Name a trustee; the code for their link is returned once and kept only as a hash.

    Raises:
        RefusedError: Too late, too many, or the name is empty or taken.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.CHANGE)
    trustee, code = _named(election, name)
    _keys_changed(election)
    log_act(work, signed, "add-trustee", slug, name=trustee.name, number=trustee.number)
    return trustee, code


def read_group(raw: bytes) -> ThresholdGroup:
    """The public parameters of a group, as ``election trustee parameters`` or belenios-tool writes them.

    Raises:
        TrusteeError: The file is something else, or a signature, a polynomial or a key in it does not hold.
    """
    try:
        message = load_json(raw.strip())
    except RecordError as fault:
        raise TrusteeError("threshold-malformed", reason=str(fault)) from fault
    return parse_threshold_group(message, BELENIOS_2048)


def add_group(
    work: UnitOfWork, signed: Signed, slug: str, group: ThresholdGroup, names: Sequence[str]
) -> tuple[tuple[Trustee, str], ...]:
    """Name the members of a group, in the order of their certificates, each with the code for their link.

    Raises:
        RefusedError: Too late, too many, not a name for each member, or a key is there already.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.CHANGE)
    if len(names) != len(group.keys):
        raise RefusedError("group-names", found=len(names), expected=len(group.keys))
    for key in group.keys:
        _check_new_key(election, key)
    kept = TrusteeGroup(parameters=canonical_bytes(threshold_group_to_json(group)).decode())
    election.trustee_groups.append(kept)
    members = tuple(_named(election, name) for name in names)
    for (trustee, _), key in zip(members, group.keys, strict=True):
        trustee.group, trustee.public_key = kept, _key_text(key)
    _keys_changed(election)
    named = ", ".join(trustee.name for trustee, _ in members)
    log_act(work, signed, "add-trustee-group", slug, names=named, threshold=group.threshold)
    return members


def _named(election: Election, name: str) -> tuple[Trustee, str]:
    name = " ".join(name.split())
    if not name:
        raise RefusedError("trustee-no-name")
    if len(name) > LONGEST_NAME:
        raise RefusedError("trustee-long-name", most=LONGEST_NAME)
    if name.casefold() in {each.name.casefold() for each in election.trustees}:
        raise RefusedError("trustee-named-already", name=name)
    if len(election.trustees) >= MOST_TRUSTEES:
        raise RefusedError("too-many-trustees", most=MOST_TRUSTEES)
    code = _new_code()
    number = max((each.number for each in election.trustees), default=0) + 1
    trustee = Trustee(number=number, name=name, code_hash=_hash(code), public_key=None, share=None)
    election.trustees.append(trustee)
    return trustee, code


def renew_code(work: UnitOfWork, signed: Signed, slug: str, number: int) -> tuple[Trustee, str]:
    """A new link for a trustee; the old one stops working.

    Before sealing a key that was received is forgotten too, so that a lost key can be replaced; but the key of a
    member follows from those of the whole group.

    Raises:
        RefusedError: There is no such trustee.
    """
    election = work.elections.get_locked(slug)
    trustee = find_trustee(election, number)
    code = _new_code()
    trustee.code_hash = _hash(code)
    forgotten = trustee.group is None and election.phase is Phase.PREPARING and trustee.public_key is not None
    if forgotten:
        trustee.public_key = None
        _keys_changed(election)
    log_act(work, signed, "renew-trustee-link", slug, number=number, key_forgotten=forgotten)
    return trustee, code


def remove_trustee(work: UnitOfWork, signed: Signed, slug: str, number: int) -> None:
    """Take back the naming of a trustee; with a member goes the whole group.

    Raises:
        RefusedError: Too late, or there is no such trustee.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.CHANGE)
    named = find_trustee(election, number)
    (gone,) = (each for each in holders(election) if named in each.trustees)
    for trustee in gone.trustees:
        election.trustees.remove(trustee)
        log_act(work, signed, "remove-trustee", slug, number=trustee.number, name=trustee.name)
    if named.group is not None:
        election.trustee_groups.remove(named.group)
    _keys_changed(election)


def accept_trustee_key(work: UnitOfWork, signed: Signed, slug: str, number: int, code: str, message: Json) -> None:
    """Keep a trustee's public key after its proof was checked.

    Raises:
        RefusedError: A wrong code, too late, or a key is there already.
        TrusteeError: The key or its proof is wrong.
    """
    election = work.elections.get_locked(slug)
    trustee = find_trustee(election, number)
    check_code(trustee, code)
    next_phase(election.phase, Act.CHANGE)
    key = parse_trustee_public_key(message)
    text = _key_text(key)
    if trustee.public_key == text:
        return
    if trustee.public_key is not None:
        raise RefusedError("trustee-key-received")
    _check_new_key(election, key)
    trustee.public_key = text
    _keys_changed(election)
    log_act(work, signed, "trustee-key", slug, number=number)


def _check_new_key(election: Election, key: TrusteePublicKey) -> None:
    if any(key.public_key == other.public_key for other in trustee_keys(trustee_items(election))):
        raise RefusedError("trustee-key-of-other")


def _keys_changed(election: Election) -> None:
    """What was shown together with other keys counts no more: the test is of all trustees together."""
    election.rehearsal_nonce = new_nonce()
    for each in election.trustees:
        each.answer = None


def holders(election: Election) -> tuple[Holders, ...]:
    """The trustees as they are needed, in the order of the record."""
    return tuple(
        Holders(trustees=tuple(members), group=_group(kept.parameters) if isinstance(kept, TrusteeGroup) else None)
        for kept, members in groupby(election.trustees, key=lambda each: each.group or each)
    )


# What was checked when it came is checked once more by each process; these texts never change.
@lru_cache(maxsize=64)
def _group(parameters: str) -> ThresholdGroup:
    return read_group(parameters.encode())


@lru_cache(maxsize=256)
def _key(text: str) -> TrusteePublicKey:
    return parse_trustee_public_key(json.loads(text))


def trustee_items(election: Election) -> tuple[TrusteeItem, ...]:
    """What is public of the trustees' keys, as far as they have come, in the order of the record."""
    return tuple(
        each.group or _key(text) for each in holders(election) if (text := each.trustees[0].public_key) is not None
    )


def has_every_key(election: Election) -> bool:
    """Whether there are trustees, and the keys of all of them."""
    return bool(election.trustees) and all(each.public_key is not None for each in election.trustees)


def owner_of_record(election: Election, trustee: Trustee) -> int:
    """The number of a trustee in the record, which counts from 1 without gaps.

    Numbers here have gaps where a naming was taken back.
    """
    return 1 + [each.number for each in election.trustees].index(trustee.number)


def still_awaited(
    election: Election, wanted: Sequence[int], has_come: Callable[[Trustee], bool]
) -> tuple[Awaited, ...]:
    """Whose act is lacking, when so many are ``wanted`` of each of the ``holders``."""
    found = []
    for each, number in zip(holders(election), wanted, strict=True):
        absent = tuple(trustee.name for trustee in each.trustees if not has_come(trustee))
        missing = number - (len(each.trustees) - len(absent))
        if missing > 0:
            found.append(Awaited(names=absent, number=missing))
    return tuple(found)


def _key_text(key: TrusteePublicKey) -> str:
    return canonical_bytes(trustee_public_key_to_json(key)).decode()


def find_trustee(election: Election, number: int) -> Trustee:
    """The trustee with this number.

    Raises:
        RefusedError: There is none.
    """
    for trustee in election.trustees:
        if trustee.number == number:
            return trustee
    raise RefusedError("no-such-trustee", status=404)


def check_code(trustee: Trustee, code: str) -> None:
    """Check that whoever writes was given the trustee's link.

    Raises:
        RefusedError: It was not.
    """
    if not hmac.compare_digest(trustee.code_hash, _hash(code)):
        raise RefusedError("trustee-code-wrong", status=403)


def _new_code() -> str:
    return secrets.token_urlsafe(18)


def _hash(code: str) -> str:
    # The code has 144 random bits, so a plain hash cannot be turned back.
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()
