"""How trustees write to each other, through an administrator who can neither read nor alter it (4.6.1, 4.6.3).

A trustee has one secret, a seed of 22 characters. Two keys come from it, one to sign and one to decrypt with. A message
is bound to its recipient, signed, then encrypted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESCCM
from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext
from election.crypto.groups import BELENIOS_2048, Group, parse_element
from election.crypto.proofs import Proof, prove_exponent, verify_exponent
from election.crypto.wire import parse_proof, proof_to_json
from election.errors import ElectionError, TrusteeError
from election.ids import BASE58, SYSTEM_RNG, Rng, random_base58
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import fields, text

SEED_LENGTH = 22
# Not in the specification: what belenios-tool does (the defaults of its library SJCL), seen by decrypting its files.
_TAG_BYTES = 8
_NONCE_BYTES = 13
# A nonce of 13 bytes leaves two for the length of a message (RFC 3610).
_MOST_BYTES = 2**16 - 1


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A text and the signature of whoever wrote it."""

    message: str
    signature: Proof


@dataclass(frozen=True, slots=True)
class ChannelKeys:
    """A trustee's seed and what is derived from it: the signing and the decryption key, both secret."""

    seed: str
    group: Group
    signing: mpz
    decryption: mpz
    verification: mpz
    """g^signing, public"""
    encryption: mpz
    """g^decryption, public"""

    def __repr__(self) -> str:
        return "ChannelKeys(<hidden>)"


def generate_channel_keys(group: Group = BELENIOS_2048, *, rng: Rng = SYSTEM_RNG) -> ChannelKeys:
    """The keys of a fresh seed."""
    return derive_channel_keys(random_base58(SEED_LENGTH, rng), group)


def parse_seed(raw: bytes, group: Group = BELENIOS_2048) -> ChannelKeys:
    """The keys of a seed file of ours or of belenios-tool: 22 characters, perhaps a new line.

    Raises:
        TrusteeError: The file holds no seed.
    """
    seed = raw.removesuffix(b"\n").decode("ascii", "replace")
    if len(seed) != SEED_LENGTH or any(character not in BASE58 for character in seed):
        raise TrusteeError("trustee-key-file")
    return derive_channel_keys(seed, group)


def derive_channel_keys(seed: str, group: Group) -> ChannelKeys:
    """Both key pairs of a seed (4.6.1)."""
    signing, decryption = (_derived(f"{prefix}|{seed}", group) for prefix in ("sk", "dk"))
    return ChannelKeys(
        seed=seed,
        group=group,
        signing=signing,
        decryption=decryption,
        verification=group.secret_power(group.g, signing),
        encryption=group.secret_power(group.g, decryption),
    )


def sign(keys: ChannelKeys, message: str, rng: Rng = SYSTEM_RNG) -> SignedMessage:
    """A message with its signature (4.6.1)."""
    return SignedMessage(message, prove_exponent(keys.group, "sigmsg", message, keys.signing, rng))


def verify_signed(signed: SignedMessage, verification: mpz, group: Group) -> None:
    """Check that the owner of ``verification`` wrote this.

    Raises:
        TrusteeError: Somebody else did, or it was altered.
    """
    try:
        verify_exponent(group, "sigmsg", signed.message, verification, signed.signature)
    except ElectionError as fault:
        raise TrusteeError("channel-signature") from fault


def parse_signed(message: Json, group: Group) -> SignedMessage:
    """A signed message from its wire form; who signed it is asked by ``verify_signed``.

    Raises:
        ElectionError: Wrong shape.
    """
    read = fields(message, "signed_msg", ("message", "signature"))
    return SignedMessage(text(read["message"], "message"), parse_proof(read["signature"], group))


def signed_to_json(signed: SignedMessage) -> Json:
    """Fields in the order of 4.6.1."""
    return {"message": signed.message, "signature": proof_to_json(signed.signature)}


def parse_inner(content: str, place: str, names: tuple[str, ...]) -> dict[str, Json]:
    """The fields of a message within a message, in its one canonical form.

    Raises:
        ElectionError: Wrong shape, or not canonical.
    """
    read = fields(load_json(content.encode("utf-8", "surrogatepass")), place, names)
    if canonical_bytes({name: read[name] for name in names}) != content.encode("utf-8", "surrogatepass"):
        raise TrusteeError("channel-not-canonical", place=place)
    return read


def inner(message: Json) -> str:
    """A message as a text within another."""
    return canonical_bytes(message).decode()


def send(keys: ChannelKeys, recipient: mpz, message: str, rng: Rng = SYSTEM_RNG) -> str:
    """``send(sk, recipient, message)`` of 4.6.3: what only the owner of the encryption key can open."""
    signed = sign(keys, inner({"recipient": str(recipient), "message": message}), rng)
    return _encrypt(keys.group, recipient, inner(signed_to_json(signed)), rng)


def receive(keys: ChannelKeys, sender: mpz, sealed: str) -> str:
    """Open what the owner of the verification key ``sender`` sent to the owner of ``keys``.

    Raises:
        TrusteeError: Malformed, sealed for somebody else, altered, or by another sender.
    """
    try:
        signed = parse_signed(load_json(_decrypt(keys, sealed).encode()), keys.group)
        content = parse_inner(signed.message, "channel_msg", ("recipient", "message"))
        recipient = parse_element(content["recipient"], keys.group)
        message = text(content["message"], "message")
    except TrusteeError:
        raise
    except ElectionError:
        # The reason could quote what was sealed.
        raise TrusteeError("channel-malformed") from None
    verify_signed(signed, sender, keys.group)
    if recipient != keys.encryption:
        raise TrusteeError("channel-recipient")
    return message


def _encrypt(group: Group, recipient: mpz, message: str, rng: Rng) -> str:
    content = message.encode()
    if len(content) > _MOST_BYTES:
        raise TrusteeError("channel-too-long", bytes=len(content), most=_MOST_BYTES)
    r, s = group.random_scalar(rng), group.random_scalar(rng)
    hidden = group.secret_power(group.g, s)
    alpha = group.secret_power(group.g, r)
    beta = group.secret_power(recipient, r) * hidden % group.p
    data = AESCCM(_hashed(f"key|{hidden}"), _TAG_BYTES).encrypt(_nonce(alpha), content, None)
    return inner({"alpha": str(alpha), "beta": str(beta), "data": data.hex()})


def _decrypt(keys: ChannelKeys, sealed: str) -> str:
    group = keys.group
    read = parse_inner(sealed, "encrypted_msg", ("alpha", "beta", "data"))
    pair = Ciphertext(parse_element(read["alpha"], group), parse_element(read["beta"], group))
    # A power of an element of small order would tell something of the key.
    if not (group.has_member(pair.alpha) and group.has_member(pair.beta)):
        raise TrusteeError("channel-outside-group")
    # alpha to q - dk is the inverse of alpha to dk.
    hidden = pair.beta * group.secret_power(pair.alpha, group.q - keys.decryption) % group.p
    try:
        data = bytes.fromhex(text(read["data"], "data"))
        if data.hex() != read["data"]:
            raise TrusteeError("channel-not-canonical", place="data")
        return AESCCM(_hashed(f"key|{hidden}"), _TAG_BYTES).decrypt(_nonce(pair.alpha), data, None).decode()
    except (InvalidTag, ValueError, OverflowError):
        raise TrusteeError("channel-sealed") from None


def _nonce(alpha: mpz) -> bytes:
    return _hashed(f"iv|{alpha}")[:_NONCE_BYTES]


def _hashed(text_: str) -> bytes:
    return hashlib.sha256(text_.encode()).digest()


def _derived(text_: str, group: Group) -> mpz:
    return mpz(int.from_bytes(_hashed(text_))) % group.q
