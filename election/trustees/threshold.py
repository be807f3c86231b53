"""A group of trustees of whom a threshold is enough, as the record shows it (specification 4.6.7).

The dealing itself, which makes it, stands in ``dealing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.groups import Group
from election.errors import ElectionError, TrusteeError
from election.record.canonical import Json
from election.record.shapes import fields, items, whole_number
from election.trustees.certificates import Certificate, certificate_to_json, check_certificates, parse_certificate
from election.trustees.coefficients import (
    Coefficients,
    check_degree,
    check_threshold,
    check_together,
    coefficients_to_json,
    parse_coefficients,
    power_at,
    summed,
)
from election.trustees.keys import TrusteePublicKey, parse_trustee_public_key, trustee_public_key_to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdGroup:
    """The ``threshold_parameters``: any ``threshold`` of the members open what is encrypted to the group."""

    threshold: int
    certificates: tuple[Certificate, ...]
    coefficients: tuple[Coefficients, ...]
    keys: tuple[TrusteePublicKey, ...]
    """the public key of each member's share"""

    def sub_key(self, group: Group) -> mpz:
        """The group's key: the product of the constant terms (4.6.4)."""
        return summed(group, self.coefficients)[0]


def parse_threshold_group(message: Json, group: Group) -> ThresholdGroup:
    """Threshold parameters from their wire form, every signature, coefficient and key checked.

    Raises:
        TrusteeError: Malformed, or one of them does not hold.
    """
    try:
        read = fields(message, "threshold_parameters", ("threshold", "certs", "coefexps", "verification_keys"))
        threshold = whole_number(read["threshold"], "threshold")
        certs, coefexps, keys = (items(read[name], name) for name in ("certs", "coefexps", "verification_keys"))
    except ElectionError as fault:
        raise TrusteeError("threshold-malformed", reason=str(fault)) from fault
    if not len(certs) == len(coefexps) == len(keys):
        raise TrusteeError("threshold-sizes", certs=len(certs), coefexps=len(coefexps), keys=len(keys))
    certificates = tuple(parse_certificate(each, group) for each in certs)
    check_certificates(certificates)
    coefficients = tuple(
        parse_coefficients(each, certificate.verification, group, dealer=dealer)
        for dealer, (each, certificate) in enumerate(zip(coefexps, certificates, strict=True), start=1)
    )
    made = ThresholdGroup(
        threshold=threshold,
        certificates=certificates,
        coefficients=coefficients,
        keys=tuple(parse_trustee_public_key(key, group) for key in keys),
    )
    check_threshold(threshold, len(certificates))
    check_degree(coefficients, threshold)
    check_together(group, coefficients)
    check_member_keys(group, coefficients, made.keys)
    return made


def member_keys(group: Group, coefficients: Sequence[Coefficients]) -> tuple[mpz, ...]:
    """The public key that each member's share must have (4.6.6)."""
    elements = summed(group, coefficients)
    return tuple(power_at(group, elements, place) for place in range(1, len(coefficients) + 1))


def check_member_keys(group: Group, coefficients: Sequence[Coefficients], keys: Sequence[TrusteePublicKey]) -> None:
    """Check that each member's key follows from the coefficients.

    Raises:
        TrusteeError: One does not; names the member.
    """
    for member, (expected, key) in enumerate(zip(member_keys(group, coefficients), keys, strict=True), start=1):
        if key.public_key != expected:
            raise TrusteeError("threshold-key", member=member)


def threshold_group_to_json(threshold_group: ThresholdGroup) -> Json:
    """Fields in the order of 4.6.7."""
    return {
        "threshold": threshold_group.threshold,
        "certs": [certificate_to_json(each) for each in threshold_group.certificates],
        "coefexps": [coefficients_to_json(each) for each in threshold_group.coefficients],
        "verification_keys": [trustee_public_key_to_json(key) for key in threshold_group.keys],
    }
