"""Credentials: the secret code of an elector, and the public key that stands in the record (specification 4.8).

Fifteen Base58 characters in five groups of three; the last is a checksum that finds typing errors. The election's
identifier salts the derivation, so that a code is worth nothing in another election. Whoever holds the code can vote;
codes are never logged and never stored by this package.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.groups import Group
from election.errors import CredentialError
from election.ids import BASE58, SYSTEM_RNG, ElectionUuid, Rng, random_base58

CODE_LENGTH = 15
_RANDOM_LENGTH = CODE_LENGTH - 1
_GROUP_LENGTH = 3
_ITERATIONS = 1000
_LOOKALIKES = {"0": "o", "O": "o", "I": "i", "l": "L"}


@dataclass(frozen=True, slots=True)
class PrivateCredential:
    """The secret exponent of an elector in one election, and its public counterpart."""

    secret: mpz
    public: mpz

    def __repr__(self) -> str:
        return "PrivateCredential(<hidden>)"


def generate_credentials(count: int, *, rng: Rng = SYSTEM_RNG) -> tuple[str, ...]:
    """``count`` different codes of the form XXX-XXX-XXX-XXX-XXX.

    Raises:
        CredentialError: ``count`` is not positive.
    """
    if count < 1:
        raise CredentialError("credential-count", count=count)
    codes: dict[str, None] = {}
    while len(codes) < count:
        characters = random_base58(_RANDOM_LENGTH, rng)
        codes[_grouped(characters + _checksum(characters))] = None
    return tuple(codes)


def parse_credential(typed: str) -> str:
    """The code in its printed form, from what a person typed: spaces and dashes do not matter.

    Raises:
        CredentialError: A character that codes do not have, a wrong length, or a typing error; says where.
    """
    characters = "".join(typed.split()).replace("-", "")
    for place, character in enumerate(characters, start=1):
        if character not in BASE58:
            code = "credential-lookalike" if character in _LOOKALIKES else "credential-character"
            raise CredentialError(code, character=character, place=place, group=(place - 1) // _GROUP_LENGTH + 1)
    if len(characters) != CODE_LENGTH:
        raise CredentialError("credential-length", expected=CODE_LENGTH, found=len(characters))
    if _checksum(characters[:_RANDOM_LENGTH]) != characters[_RANDOM_LENGTH]:
        raise CredentialError("credential-checksum")
    return _grouped(characters)


def derive_credential(code: str, uuid: ElectionUuid, group: Group) -> PrivateCredential:
    """The keys of a code in one election (PBKDF2-HMAC-SHA256, 1,000 rounds, salt: the election's identifier).

    Raises:
        CredentialError: The code is mistyped.
    """
    password = parse_credential(code).encode()
    secret = mpz(int.from_bytes(hashlib.pbkdf2_hmac("sha256", password, uuid.encode(), _ITERATIONS))) % group.q
    return PrivateCredential(secret, group.secret_power(group.g, secret))


def _grouped(characters: str) -> str:
    return "-".join(characters[start : start + _GROUP_LENGTH] for start in range(0, CODE_LENGTH, _GROUP_LENGTH))


def _checksum(characters: str) -> str:
    number = 0
    for character in characters:
        number = number * len(BASE58) + BASE58.index(character)
    return BASE58[53 - number % 53]
