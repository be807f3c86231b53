"""Certificates: the public keys of a trustee's channel, signed by themselves (specification 4.6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048, Group, parse_element
from election.errors import ElectionError, TrusteeError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import Json, sha256_hex
from election.trustees.channels import (
    ChannelKeys,
    SignedMessage,
    inner,
    parse_inner,
    parse_signed,
    sign,
    signed_to_json,
    verify_signed,
)

# A share of the widest group (RFC-3526-2048) must fit a message of 64 KiB together with fifty coefficients; no council
# has that many trustees.
MOST_MEMBERS = 50


@dataclass(frozen=True, slots=True)
class Certificate:
    """Both public keys of a trustee, and their signature by the first."""

    signed: SignedMessage
    verification: mpz
    encryption: mpz

    @property
    def fingerprint(self) -> str:
        """The name that belenios-tool gives to the files of this trustee."""
        return sha256_hex(self.signed.message.encode())


def make_certificate(keys: ChannelKeys, *, rng: Rng = SYSTEM_RNG) -> Certificate:
    """The certificate of a trustee's keys."""
    message = inner({"verification": str(keys.verification), "encryption": str(keys.encryption)})
    return Certificate(sign(keys, message, rng), keys.verification, keys.encryption)


def parse_certificate(message: Json, group: Group = BELENIOS_2048) -> Certificate:
    """A certificate from its wire form, checked.

    Raises:
        TrusteeError: Malformed, outside the group, or not signed by its own key.
    """
    try:
        signed = parse_signed(message, group)
        read = parse_inner(signed.message, "cert_keys", ("verification", "encryption"))
        verification, encryption = (parse_element(read[name], group) for name in ("verification", "encryption"))
    except ElectionError as fault:
        raise TrusteeError("certificate-malformed", reason=str(fault)) from fault
    if not (group.has_member(verification) and group.has_member(encryption)):
        raise TrusteeError("certificate-outside-group")
    try:
        verify_signed(signed, verification, group)
    except ElectionError as fault:
        raise TrusteeError("certificate-signature") from fault
    return Certificate(signed, verification, encryption)


def certificate_to_json(certificate: Certificate) -> Json:
    """A ``cert`` is a signed message."""
    return signed_to_json(certificate.signed)


def check_certificates(certificates: Sequence[Certificate]) -> None:
    """Check that these can be the members of one group.

    Raises:
        TrusteeError: None at all, too many, or a key twice.
    """
    if not 1 <= len(certificates) <= MOST_MEMBERS:
        raise TrusteeError("certificate-number", number=len(certificates), most=MOST_MEMBERS)
    keys = {key for each in certificates for key in (each.verification, each.encryption)}
    if len(keys) != 2 * len(certificates):
        raise TrusteeError("certificate-twice")


def place_among(certificates: Sequence[Certificate], keys: ChannelKeys) -> int:
    """The place of a trustee in the group, from 1.

    Raises:
        TrusteeError: Their certificate is not there.
    """
    for place, each in enumerate(certificates, start=1):
        if each.verification == keys.verification and each.encryption == keys.encryption:
            return place
    raise TrusteeError("certificate-own-missing")
