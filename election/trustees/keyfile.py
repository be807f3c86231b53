"""A trustee's key file, sealed with a passphrase, so that a copied disk gives away nothing (``sealed_file``)."""

from __future__ import annotations

from typing import Final

from election import sealed_file
from election.crypto.groups import group_named
from election.errors import SealedFileError, TrusteeError
from election.ids import SYSTEM_RNG, Rng
from election.sealed_file import Hardness
from election.trustees.channels import ChannelKeys
from election.trustees.secrets import TrusteeSecret, key_name, parse_plain, plain_content

FORMAT: Final = "raadsvalg-trustee-key"
_ABOUT: Final = ("kind", "group", "name")
_SINGLE, _MEMBER = "single", "member"


def is_sealed(raw: bytes) -> bool:
    """Whether a file is one of these, rather than a plain key."""
    return raw.startswith(b"{")


def check_passphrase(passphrase: str) -> None:
    """Check that a new passphrase is long enough.

    Raises:
        TrusteeError: It is too short.
    """
    try:
        sealed_file.check_passphrase(passphrase)
    except SealedFileError as fault:
        raise TrusteeError(fault.code, **fault.params) from fault


def seal(secret: TrusteeSecret, passphrase: str, *, hardness: Hardness | None = None, rng: Rng = SYSTEM_RNG) -> bytes:
    """The content of a key file that only the passphrase opens.

    Raises:
        TrusteeError: The passphrase is too short.
    """
    kind = _MEMBER if isinstance(secret, ChannelKeys) else _SINGLE
    about = {"kind": kind, "group": secret.group.name, "name": key_name(secret)}
    check_passphrase(passphrase)
    return sealed_file.seal(plain_content(secret), passphrase, form=FORMAT, about=about, hardness=hardness, rng=rng)


def unseal(raw: bytes, passphrase: str) -> TrusteeSecret:
    """The key in a sealed file.

    Raises:
        TrusteeError: Not such a file, of another version, asking too much of the machine, or the passphrase is
            wrong or the file was altered (which cannot be told apart).
    """
    try:
        unsealed = sealed_file.unseal(raw, passphrase, form=FORMAT, about=_ABOUT)
    except SealedFileError as fault:
        # With what it came from, so that all of it can be said in another language.
        raise TrusteeError(fault.code, **fault.params) from fault.__cause__
    return parse_plain(unsealed.content, group_named(unsealed.about["group"]))
