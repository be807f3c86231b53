"""A file that only a passphrase opens, for what must be kept and never told: trustees' keys, the codes on cards.

One JSON object, version 1. The passphrase goes through Argon2id with the second recommended setting of RFC 9106
(3 passes, 4 lanes, 64 MiB); the content is encrypted with AES-256-GCM, and every other field is authenticated with it.
Whose content it is, and what it means, is left to whoever seals it: ``form`` names it, ``about`` tells what may be
known without the passphrase.
"""

from __future__ import annotations

import base64
import binascii
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from election.errors import ElectionError, RecordError, SealedFileError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import fields, text, whole_number

VERSION: Final = 1
# OWASP, Application Security Verification Standard 4.0.3, 2.1.1.
SHORTEST_PASSPHRASE: Final = 12
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32
# A file that asks for more than this would only stop the machine.
_MOST_KIBIBYTES, _MOST_PASSES, _MOST_LANES = 2**20, 16, 16
_KDF, _CIPHER = "argon2id", "aes-256-gcm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardness:
    """How dear it is to try a passphrase (RFC 9106, section 4)."""

    passes: int = 3
    lanes: int = 4
    kibibytes: int = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """What a sealed file says of its content, and the content."""

    about: Mapping[str, str]
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sealed:
    header: Mapping[str, Json]
    hardness: Hardness
    salt: bytes
    nonce: bytes
    sealed: bytes


def check_passphrase(passphrase: str) -> None:
    """Check that a new passphrase is long enough.

    Raises:
        SealedFileError: It is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise SealedFileError("passphrase-short", least=SHORTEST_PASSPHRASE)


def seal(
    content: bytes,
    passphrase: str,
    *,
    form: str,
    about: Mapping[str, str],
    hardness: Hardness | None = None,
    rng: Rng = SYSTEM_RNG,
) -> bytes:
    """The file that holds ``content`` for whoever knows the passphrase.

    Raises:
        SealedFileError: The passphrase is too short.
    """
    check_passphrase(passphrase)
    chosen = hardness or Hardness()
    salt, nonce = (rng.randbelow(2 ** (8 * size)).to_bytes(size) for size in (_SALT_BYTES, _NONCE_BYTES))
    header: dict[str, Json] = {
        "format": form,
        "version": VERSION,
        **about,
        "kdf": {
            "name": _KDF,
            "passes": chosen.passes,
            "lanes": chosen.lanes,
            "kibibytes": chosen.kibibytes,
            "salt": base64.b64encode(salt).decode(),
        },
        "cipher": {"name": _CIPHER, "nonce": base64.b64encode(nonce).decode()},
    }
    sealed = AESGCM(_stretched(passphrase, salt, chosen)).encrypt(nonce, content, canonical_bytes(header))
    return canonical_bytes(header | {"sealed": base64.b64encode(sealed).decode()}) + b"\n"


def unseal(raw: bytes, passphrase: str, *, form: str, about: tuple[str, ...]) -> Unsealed:
    """What a file holds that was sealed as ``form`` with the fields ``about``.

    Raises:
        SealedFileError: Not such a file, of another version, asking too much of the machine, or the passphrase is
            wrong or the file was altered (which cannot be told apart).
    """
    read = _parse(raw, form, about)
    key = _stretched(passphrase, read.salt, read.hardness)
    try:
        content = AESGCM(key).decrypt(read.nonce, read.sealed, canonical_bytes(read.header))
    except InvalidTag:
        raise SealedFileError("passphrase-wrong") from None
    return Unsealed(about={name: read.header[name] for name in about}, content=content)


def _parse(raw: bytes, form: str, about: tuple[str, ...]) -> _Sealed:
    names = ("format", "version", *about, "kdf", "cipher", "sealed")
    try:
        message = load_json(raw)
        if isinstance(message, dict) and message.get("format", form) != form:
            raise SealedFileError("key-file-kind")
        read = fields(message, "sealed file", names)
        kdf = fields(read["kdf"], "kdf", ("name", "passes", "lanes", "kibibytes", "salt"))
        cipher = fields(read["cipher"], "cipher", ("name", "nonce"))
        passes, lanes, kibibytes = (whole_number(kdf[name], name) for name in ("passes", "lanes", "kibibytes"))
        version = whole_number(read["version"], "version")
        for name in about:
            text(read[name], name)
        salt, nonce = _decoded(kdf["salt"], _SALT_BYTES), _decoded(cipher["nonce"], _NONCE_BYTES)
        sealed = _decoded(read["sealed"])
    except SealedFileError:
        raise
    except ElectionError as fault:
        raise SealedFileError("key-file-malformed", reason=str(fault)) from fault
    if (kdf["name"], cipher["name"], version) != (_KDF, _CIPHER, VERSION):
        raise SealedFileError("key-file-version", version=version, known=VERSION)
    if not (1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_LANES and 8 * lanes <= kibibytes <= _MOST_KIBIBYTES):
        raise SealedFileError("key-file-cost")
    header = {name: read[name] for name in names if name != "sealed"}
    hardness = Hardness(passes=passes, lanes=lanes, kibibytes=kibibytes)
    return _Sealed(header=header, hardness=hardness, salt=salt, nonce=nonce, sealed=sealed)


def _decoded(encoded: Json, size: int | None = None) -> bytes:
    try:
        content = base64.b64decode(text(encoded, "sealed file"), validate=True)
    except (binascii.Error, ValueError):
        raise RecordError("shape-text", place="base64") from None
    if size is not None and len(content) != size:
        raise RecordError("shape-length", place="base64", expected=size, found=len(content))
    return content


def _stretched(passphrase: str, salt: bytes, hardness: Hardness) -> bytes:
    kdf = Argon2id(
        salt=salt,
        length=_KEY_BYTES,
        iterations=hardness.passes,
        lanes=hardness.lanes,
        memory_cost=hardness.kibibytes,
    )
    # Keyboards write “å” in one sign or in two; a passphrase from a file may hold bytes that are no UTF-8.
    return kdf.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogateescape"))
