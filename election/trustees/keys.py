"""A trustee's key and the proof that its owner knows the secret of it (specification 4.5)."""

from __future__ import annotations

from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048, Group, parse_element, parse_scalar
from election.crypto.proofs import Proof, prove_exponent, verify_exponent
from election.crypto.wire import parse_proof, proof_to_json
from election.errors import ElectionError, TrusteeError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import fields


@dataclass(frozen=True, slots=True)
class TrusteePublicKey:
    """A trustee's public key and the proof that somebody knows the secret of it."""

    public_key: mpz
    pok: Proof


@dataclass(frozen=True, slots=True)
class TrusteePrivateKey:
    """The secret of one trustee. It is made and used on that trustee's machine."""

    secret: mpz
    group: Group

    def __repr__(self) -> str:
        return "TrusteePrivateKey(<hidden>)"

    def public(self, *, rng: Rng = SYSTEM_RNG) -> TrusteePublicKey:
        """The public key with its proof of knowledge (4.5)."""
        public_key = self.group.secret_power(self.group.g, self.secret)
        return TrusteePublicKey(
            public_key, prove_exponent(self.group, *_knowledge(self.group, public_key), self.secret, rng)
        )

    def file_content(self) -> bytes:
        """The key file, in the form of belenios-tool: the number in base 10 as a JSON string."""
        return canonical_bytes(str(self.secret))


def generate_trustee(group: Group = BELENIOS_2048, *, rng: Rng = SYSTEM_RNG) -> TrusteePrivateKey:
    """A fresh key."""
    return TrusteePrivateKey(group.random_scalar(rng), group)


def parse_trustee_private_key(raw: bytes, group: Group = BELENIOS_2048) -> TrusteePrivateKey:
    """A key file of ours or of belenios-tool.

    Raises:
        TrusteeError: The file holds no key.
    """
    try:
        secret = parse_scalar(load_json(raw), group)
    except ElectionError:
        # The reason could quote the key.
        raise TrusteeError("trustee-key-file") from None
    if secret == 0:
        raise TrusteeError("trustee-key-file")
    return TrusteePrivateKey(secret, group)


def parse_trustee_public_key(message: Json, group: Group = BELENIOS_2048) -> TrusteePublicKey:
    """A public key from its wire form, checked.

    Raises:
        TrusteeError: Malformed, outside the group, or the proof does not hold.
    """
    try:
        read = fields(message, "trustee_public_key", ("pok", "public_key"))
        key = TrusteePublicKey(parse_element(read["public_key"], group), parse_proof(read["pok"], group))
    except ElectionError as fault:
        raise TrusteeError("trustee-key-malformed", reason=str(fault)) from fault
    verify_trustee_public_key(key, group)
    return key


def verify_trustee_public_key(key: TrusteePublicKey, group: Group) -> None:
    """Check that the key lies in the group and that its owner knows the secret (4.5).

    Raises:
        TrusteeError: It does not, or nobody need know it.
    """
    if not group.has_member(key.public_key):
        raise TrusteeError("trustee-key-outside-group")
    try:
        verify_exponent(group, *_knowledge(group, key.public_key), key.public_key, key.pok)
    except ElectionError as fault:
        raise TrusteeError("trustee-key-proof") from fault


def trustee_public_key_to_json(key: TrusteePublicKey) -> Json:
    """Fields in the order of 4.5."""
    return {"pok": proof_to_json(key.pok), "public_key": str(key.public_key)}


def _knowledge(group: Group, public_key: mpz) -> tuple[str, str]:
    return "pok", f"{group.name}|{public_key}"
