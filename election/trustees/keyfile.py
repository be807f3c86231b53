"""A trustee's key file, sealed with a passphrase.

One JSON object, version 1. The passphrase goes through Argon2id with the second recommended setting of RFC 9106
(3 passes, 4 lanes, 64 MiB); the key is encrypted with AES-256-GCM, and every other field is authenticated with it.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from election.crypto.groups import group_named
from election.errors import ElectionError, TrusteeError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import fields, text, whole_number
from election.trustees.channels import ChannelKeys
from election.trustees.secrets import TrusteeSecret, key_name, parse_plain, plain_content

FORMAT = "raadsvalg-trustee-key"
VERSION = 1
# OWASP, Application Security Verification Standard 4.0.3, 2.1.1.
SHORTEST_PASSPHRASE = 12
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32
# A file that asks for more than this would only stop the machine.
_MOST_KIBIBYTES, _MOST_PASSES, _MOST_LANES = 2**20, 16, 16
_SINGLE, _MEMBER = "single", "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardness:
    """How dear it is to try a passphrase (RFC 9106, section 4)."""

    passes: int = 3
    lanes: int = 4
    kibibytes: int = 64 * 1024


def is_sealed(raw: bytes) -> bool:
    """Whether a file is one of these, rather than a plain key."""
    return raw.startswith(b"{")


def check_passphrase(passphrase: str) -> None:
    """Check that a new passphrase is long enough.

    Raises:
        TrusteeError: It is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise TrusteeError("passphrase-short", least=SHORTEST_PASSPHRASE)


def seal(secret: TrusteeSecret, passphrase: str, *, hardness: Hardness | None = None, rng: Rng = SYSTEM_RNG) -> bytes:
    """The content of a key file that only the passphrase opens.

    Raises:
        TrusteeError: The passphrase is too short.
    """
    check_passphrase(passphrase)
    chosen = hardness or Hardness()
    salt, nonce = (rng.randbelow(2 ** (8 * size)).to_bytes(size) for size in (_SALT_BYTES, _NONCE_BYTES))
    header: dict[str, Json] = {
        "format": FORMAT,
        "version": VERSION,
        "kind": _MEMBER if isinstance(secret, ChannelKeys) else _SINGLE,
        "group": secret.group.name,
        "name": key_name(secret),
        "kdf": {
            "name": "argon2id",
            "passes": chosen.passes,
            "lanes": chosen.lanes,
            "kibibytes": chosen.kibibytes,
            "salt": base64.b64encode(salt).decode(),
        },
        "cipher": {"name": "aes-256-gcm", "nonce": base64.b64encode(nonce).decode()},
    }
    sealed = AESGCM(_stretched(passphrase, salt, chosen)).encrypt(nonce, plain_content(secret), canonical_bytes(header))
    return canonical_bytes(header | {"sealed": base64.b64encode(sealed).decode()}) + b"\n"


def unseal(raw: bytes, passphrase: str) -> TrusteeSecret:
    """The key in a sealed file.

    Raises:
        TrusteeError: Not such a file, of another version, asking too much of the machine, or the passphrase is
            wrong or the file was altered (which cannot be told apart).
    """
    header, sealed = _parse(raw)
    group = group_named(header["group"])
    kdf = header["kdf"]
    hardness = Hardness(passes=kdf["passes"], lanes=kdf["lanes"], kibibytes=kdf["kibibytes"])
    key = _stretched(passphrase, _decoded(kdf["salt"], _SALT_BYTES), hardness)
    try:
        content = AESGCM(key).decrypt(
            _decoded(header["cipher"]["nonce"], _NONCE_BYTES), sealed, canonical_bytes(header)
        )
    except InvalidTag:
        raise TrusteeError("passphrase-wrong") from None
    return parse_plain(content, group)


def _parse(raw: bytes) -> tuple[dict[str, Json], bytes]:
    try:
        names = ("format", "version", "kind", "group", "name", "kdf", "cipher", "sealed")
        read = fields(load_json(raw), "key file", names)
        kdf = fields(read["kdf"], "kdf", ("name", "passes", "lanes", "kibibytes", "salt"))
        cipher = fields(read["cipher"], "cipher", ("name", "nonce"))
        costs = tuple(whole_number(kdf[name], name) for name in ("passes", "lanes", "kibibytes"))
        known = (read["format"], kdf["name"], cipher["name"]) == (FORMAT, "argon2id", "aes-256-gcm")
        version = whole_number(read["version"], "version")
        sealed = _decoded(text(read["sealed"], "sealed"), None)
    except ElectionError as fault:
        raise TrusteeError("key-file-malformed", reason=str(fault)) from fault
    if not known or version != VERSION:
        raise TrusteeError("key-file-version", version=version, known=VERSION)
    passes, lanes, kibibytes = costs
    if not (1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_LANES and 8 * lanes <= kibibytes <= _MOST_KIBIBYTES):
        raise TrusteeError("key-file-cost")
    return {name: read[name] for name in names if name != "sealed"}, sealed


def _decoded(encoded: Json, size: int | None) -> bytes:
    try:
        content = base64.b64decode(text(encoded, "key file"), validate=True)
    except (binascii.Error, ValueError):
        raise TrusteeError("key-file-malformed", reason="base64") from None
    if size is not None and len(content) != size:
        raise TrusteeError("key-file-malformed", reason="base64")
    return content


def _stretched(passphrase: str, salt: bytes, hardness: Hardness) -> bytes:
    return Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=hardness.passes,
        lanes=hardness.lanes,
        memory_cost=hardness.kibibytes,
    ).derive(passphrase.encode())
