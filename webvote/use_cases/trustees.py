"""Trustees: named by an official, each proving their key through a link that only they were given."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets

from election.record.canonical import Json
from election.trustees import TrusteePublicKey, parse_trustee_public_key, trustee_public_key_to_json
from webvote.phases import Act, Phase, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, Trustee
from webvote.use_cases.log import Signed, log_act

MOST_TRUSTEES = 20


def add_trustee(work: UnitOfWork, signed: Signed, slug: str, name: str) -> tuple[Trustee, str]:
    """Name a trustee; the code for their link is returned once and kept only as a hash.

    Raises:
        RefusedError: Too late, too many, or the name is empty or taken.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.CHANGE)
    name = " ".join(name.split())
    if not name:
        raise RefusedError("trustee-no-name")
    if name.casefold() in {each.name.casefold() for each in election.trustees}:
        raise RefusedError("trustee-named-already", name=name)
    if len(election.trustees) >= MOST_TRUSTEES:
        raise RefusedError("too-many-trustees", most=MOST_TRUSTEES)
    code = _new_code()
    number = max((each.number for each in election.trustees), default=0) + 1
    trustee = Trustee(number=number, name=name, code_hash=_hash(code), public_key=None, share=None)
    election.trustees.append(trustee)
    log_act(work, signed, "add-trustee", slug, name=name, number=number)
    return trustee, code


def renew_code(work: UnitOfWork, signed: Signed, slug: str, number: int) -> tuple[Trustee, str]:
    """A new link for a trustee; the old one stops working.

    Before sealing a key that was received is forgotten too, so that a lost key can be replaced.

    Raises:
        RefusedError: There is no such trustee.
    """
    election = work.elections.get_locked(slug)
    trustee = find_trustee(election, number)
    code = _new_code()
    trustee.code_hash = _hash(code)
    forgotten = election.phase is Phase.PREPARING and trustee.public_key is not None
    if forgotten:
        trustee.public_key = None
    log_act(work, signed, "renew-trustee-link", slug, number=number, key_forgotten=forgotten)
    return trustee, code


def remove_trustee(work: UnitOfWork, signed: Signed, slug: str, number: int) -> None:
    """Take back the naming of a trustee.

    Raises:
        RefusedError: Too late, or there is no such trustee.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.CHANGE)
    trustee = find_trustee(election, number)
    election.trustees.remove(trustee)
    log_act(work, signed, "remove-trustee", slug, number=number, name=trustee.name)


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
    text = json.dumps(trustee_public_key_to_json(key), separators=(",", ":"))
    if trustee.public_key == text:
        return
    if trustee.public_key is not None:
        raise RefusedError("trustee-key-received")
    if any(key.public_key == other.public_key for other in public_keys(election)):
        raise RefusedError("trustee-key-of-other")
    trustee.public_key = text
    log_act(work, signed, "trustee-key", slug, number=number)


def public_keys(election: Election) -> tuple[TrusteePublicKey, ...]:
    """The keys received so far, in the order of the trustees."""
    return tuple(parse_trustee_public_key(json.loads(each.public_key)) for each in election.trustees if each.public_key)


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
