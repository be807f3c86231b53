"""What a trustee must keep: the key of a trustee alone, or the seed of a member of a threshold group.

Both are read and written in the plain form of belenios-tool here; ``keyfile`` seals them, ``recovery`` puts them on
paper.
"""

from __future__ import annotations

from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048, Group
from election.record.canonical import sha256_hex
from election.trustees.channels import ChannelKeys, parse_seed
from election.trustees.keys import TrusteePrivateKey, parse_trustee_private_key

TrusteeSecret = TrusteePrivateKey | ChannelKeys


def plain_content(secret: TrusteeSecret) -> bytes:
    """The file that belenios-tool reads: ``.privkey`` of a trustee alone, ``.key`` of a member of a group."""
    if isinstance(secret, ChannelKeys):
        return secret.seed.encode() + b"\n"
    return secret.file_content() + b"\n"


def parse_plain(raw: bytes, group: Group = BELENIOS_2048) -> TrusteeSecret:
    """A plain key file of either kind.

    Raises:
        TrusteeError: The file holds no key.
    """
    return parse_trustee_private_key(raw, group) if raw.startswith(b'"') else parse_seed(raw, group)


def public_number(secret: TrusteeSecret) -> mpz:
    """What the world knows of a secret: the public key, or the key that a member signs with."""
    if isinstance(secret, ChannelKeys):
        return secret.verification
    return secret.group.secret_power(secret.group.g, secret.secret)


def key_name(secret: TrusteeSecret) -> str:
    """Sixteen characters by which people tell keys apart; no secret."""
    return sha256_hex(str(public_number(secret)).encode())[:16]
