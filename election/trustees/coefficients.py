"""What each dealer of a threshold group publishes: g to each coefficient of their polynomial (specification 4.6.4).

From these anyone computes the group's key, and the public key of the share of each member.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.groups import Group, parse_element
from election.errors import ElectionError, TrusteeError
from election.record.canonical import Json, canonical_bytes, fingerprint
from election.record.shapes import items
from election.trustees.channels import SignedMessage, parse_inner, parse_signed, signed_to_json, verify_signed


@dataclass(frozen=True, slots=True)
class Coefficients:
    """A dealer's ``coefexps``: A_0 to A_t, signed."""

    signed: SignedMessage
    elements: tuple[mpz, ...]


def parse_coefficients(message: Json, verification: mpz, group: Group, *, dealer: int) -> Coefficients:
    """The coefficients of dealer number ``dealer`` from their wire form, checked.

    Raises:
        TrusteeError: Malformed, signed by somebody else, or outside the group; names the dealer.
    """
    try:
        signed = parse_signed(message, group)
        read = parse_inner(signed.message, "raw_coefexps", ("coefexps",))
        elements = tuple(parse_element(each, group) for each in items(read["coefexps"], "coefexps"))
    except ElectionError as fault:
        raise TrusteeError("coefficients-malformed", dealer=dealer, reason=str(fault)) from fault
    if not all(group.has_member(each) for each in elements):
        raise TrusteeError("coefficients-outside-group", dealer=dealer)
    try:
        verify_signed(signed, verification, group)
    except ElectionError as fault:
        raise TrusteeError("coefficients-signature", dealer=dealer) from fault
    return Coefficients(signed, elements)


def coefficients_to_json(coefficients: Coefficients) -> Json:
    """A ``coefexps`` is a signed message."""
    return signed_to_json(coefficients.signed)


def commitment(coefficients: Coefficients) -> str:
    """What a dealer tells the others before anybody shows coefficients: 43 characters that give away none of them."""
    return fingerprint(canonical_bytes(coefficients_to_json(coefficients)))


def check_committed(all_coefficients: Sequence[Coefficients], noted: Collection[str]) -> None:
    """Check that every dealer shows the coefficients that they were bound to before they saw those of the others.

    Not of the specification: Belenios 4.0 asks for it, protocol version 1 has no message for it and needs none.

    Raises:
        TrusteeError: A dealer does not, or there are not as many commitments as dealers.
    """
    if len(set(noted)) != len(all_coefficients):
        raise TrusteeError("commitment-number", expected=len(all_coefficients), found=len(set(noted)))
    for dealer, each in enumerate(all_coefficients, start=1):
        if commitment(each) not in noted:
            raise TrusteeError("commitment-other", dealer=dealer)


def check_degree(all_coefficients: Sequence[Coefficients], threshold: int) -> None:
    """Check that every polynomial has exactly ``threshold`` coefficients; with more, too many would be needed to open.

    Raises:
        TrusteeError: One has not; names the dealer.
    """
    for dealer, each in enumerate(all_coefficients, start=1):
        if len(each.elements) != threshold:
            raise TrusteeError("coefficients-degree", dealer=dealer, expected=threshold, found=len(each.elements))


def check_together(group: Group, all_coefficients: Sequence[Coefficients]) -> None:
    """Check that neither the first nor the last coefficients cancel out; they are equally many.

    Only all dealers together can make them do so. Then everybody knows the group's secret, or fewer than the threshold
    find it, and the record claims protection that there is not.

    Raises:
        TrusteeError: They do; names the place from 0.
    """
    elements = summed(group, all_coefficients)
    for place in (0, len(elements) - 1):
        if elements[place] == 1:
            raise TrusteeError("coefficients-cancel", place=place)


def check_threshold(threshold: int, members: int) -> None:
    """Check that a threshold can be that of a group.

    Raises:
        TrusteeError: More than there are would be needed, or one alone: a polynomial of degree zero gives every
            member the same key, and each could open any ballot.
    """
    least = min(2, members)
    if not least <= threshold <= members:
        raise TrusteeError("threshold-range", threshold=threshold, members=members, least=least)


def power_at(group: Group, elements: Sequence[mpz], place: int) -> mpz:
    """``g^f(place)`` from the ``g^coefficient`` of f (Horner)."""
    value = mpz(1)
    for element in reversed(elements):
        value = group.power(value, mpz(place)) * element % group.p
    return value


def summed(group: Group, all_coefficients: Sequence[Coefficients]) -> tuple[mpz, ...]:
    """The coefficients of the sum of all dealers' polynomials, as powers of g; they are equally many."""
    product = [mpz(1)] * len(all_coefficients[0].elements)
    for coefficients in all_coefficients:
        product = [a * b % group.p for a, b in zip(product, coefficients.elements, strict=True)]
    return tuple(product)
