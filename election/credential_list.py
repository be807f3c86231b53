"""The public list of credentials (specification 4.8): made by the registrar, published in the record.

Its fingerprint is what the registrar notes down and what must later appear in the record: then nobody added, took away
or exchanged a credential on the way. The list is in numerical order, which says nothing of the order of the roll, and
holds no name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from gmpy2 import mpz

from election.crypto.groups import GROUPS, Group, parse_element
from election.crypto.membership import check_members
from election.errors import CredentialError, GroupError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import canonical_bytes, fingerprint, load_json
from election.record.shapes import items, text

_MOST_WEIGHT_DIGITS = 18
# The hash of a number is its remainder by 2^61 - 1, so that numbers can be chosen among which nothing is ever found.
_MOST_EQUAL_HASHES = 1000
# So many of the first numbers tell the group of a list: a longer one would be asked for as long as it is verified.
_TELLING: Final = 20


def credentials_document(weights: Mapping[mpz, int]) -> bytes:
    """The list of these public credentials; with weights only where somebody has more votes than one."""
    weighted = any(weight != 1 for weight in weights.values())
    return canonical_bytes(
        [f"{credential},{weight}" if weighted else str(credential) for credential, weight in sorted(weights.items())]
    )


def credentials_fingerprint(document: bytes) -> str:
    """The 43 characters by which a list is known.

    belenios-tool prints the same for the same list; the names that it may add to its own, it leaves out of the hash.
    """
    return fingerprint(document)


def verify_credentials_fingerprint(document: bytes, noted: str) -> None:
    """Check that a list is the one whose fingerprint was noted down.

    Raises:
        CredentialError: It is another (``credentials-fingerprint``).
    """
    found = credentials_fingerprint(document)
    if found != noted:
        raise CredentialError("credentials-fingerprint", noted=noted[:60], found=found)


def parse_credentials(
    raw: bytes, group: Group, *, names_allowed: bool = False, rng: Rng = SYSTEM_RNG
) -> dict[mpz, int]:
    """Public credentials and their weights; belenios-tool may add a name after a second comma.

    Raises:
        ElectionError: Malformed, not canonical, made for another group (code credentials-group), one twice, one outside
            the group, a weight that is none, a name where none is allowed, or numbers chosen to take for ever to read.
    """
    weights: dict[mpz, int] = {}
    message = load_json(raw)
    listed = [text(item, "credentials").split(",", 2) for item in items(message, "credentials")]
    _check_group(listed, group)
    credentials = [parse_element(number, group) for number, *_ in listed]
    if len(listed) - len(set(map(hash, credentials))) > _MOST_EQUAL_HASHES:
        raise CredentialError("credentials-alike")
    for credential, (_, *rest) in zip(credentials, listed, strict=True):
        if credential in weights:
            raise CredentialError("credential-twice")
        if len(rest) > 1 and not names_allowed:
            raise CredentialError("credential-more")
        # Where there are no weights, belenios-tool leaves the place before a name empty.
        weights[credential] = 1 if not rest or (not rest[0] and len(rest) > 1) else _parse_weight(rest[0])
    if canonical_bytes(message) != raw:
        raise CredentialError("credentials-not-canonical")
    check_members(group, list(weights), rng=rng)
    return weights


def import_credentials(raw: bytes, group: Group, noted: str, *, rng: Rng = SYSTEM_RNG) -> dict[mpz, int]:
    """A list that a registrar made elsewhere, before it enters an election.

    Raises:
        ElectionError: It is not the one whose fingerprint was noted down, as ``parse_credentials``, empty, or in
            another order than the numerical one, which could be that of the roll.
    """
    document = raw.removesuffix(b"\n")
    verify_credentials_fingerprint(document, noted)
    weights = parse_credentials(document, group, rng=rng)
    if not weights:
        raise CredentialError("credentials-empty")
    if list(weights) != sorted(weights):
        raise CredentialError("credentials-order")
    return weights


def group_of_credentials(raw: bytes) -> Group | None:
    """The group for which a list was made, or none where its numbers lie in none.

    The document does not name it (4.8), its numbers tell it: half of all numbers are squares and so lie in
    RFC-3526-2048, also half of those that were made in BELENIOS-2048; but nobody meets that group by chance.

    Raises:
        RecordError: Malformed.
    """
    return _group_of([text(item, "credentials").split(",", 2) for item in items(load_json(raw), "credentials")])


def _group_of(listed: Sequence[Sequence[str]]) -> Group | None:
    for group in GROUPS:
        if any(_is_member(number, group) for number, *_ in listed[:_TELLING]):
            return group
    return None


def _is_member(number: str, group: Group) -> bool:
    try:
        return group.has_member(parse_element(number, group))
    except GroupError:
        return False


def _check_group(listed: Sequence[Sequence[str]], group: Group) -> None:
    found = _group_of(listed)
    if found is not None and found is not group:
        raise CredentialError("credentials-group", found=found.name, expected=group.name)


def _parse_weight(weight: str) -> int:
    if not weight.isascii() or not weight.isdigit() or weight.startswith("0") or len(weight) > _MOST_WEIGHT_DIGITS:
        raise CredentialError("credential-weight")
    return int(weight)
