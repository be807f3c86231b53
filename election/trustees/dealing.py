"""How a threshold group makes its key, step by step (specification 3.1.1 "Pedersen" protocol, 4.6.4 to 4.6.6).

``deal`` is each trustee's, ``route`` the administrator's, ``finish`` each trustee's, ``assemble`` the administrator's.
The administrator passes on what is sealed and learns no share; no one ever holds the group's secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.groups import Group, parse_number, parse_scalar
from election.errors import ElectionError, TrusteeError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import Json, canonical_bytes
from election.record.shapes import fields, items, text
from election.trustees.certificates import MOST_MEMBERS, Certificate, check_certificates, place_among
from election.trustees.channels import ChannelKeys, inner, parse_inner, parse_signed, receive, send, sign, verify_signed
from election.trustees.coefficients import (
    Coefficients,
    check_degree,
    check_threshold,
    check_together,
    coefficients_to_json,
    parse_coefficients,
    power_at,
)
from election.trustees.keys import (
    TrusteePrivateKey,
    TrusteePublicKey,
    parse_trustee_public_key,
    trustee_public_key_to_json,
)
from election.trustees.threshold import ThresholdGroup, check_member_keys, member_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Polynomial:
    """What a trustee deals: a share sealed for each member, the public coefficients, and a copy for themselves."""

    polynomial: str
    secrets: tuple[str, ...]
    coefficients: Coefficients


@dataclass(frozen=True, slots=True, kw_only=True)
class Vinput:
    """What one trustee gets: their own polynomial back, every dealer's share for them and everybody's coefficients."""

    polynomial: str
    secrets: tuple[str, ...]
    coefficients: tuple[Coefficients, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voutput:
    """What one trustee makes of it: their decryption key, sealed for themselves, and its public key."""

    private_key: str
    public_key: TrusteePublicKey


def deal(
    keys: ChannelKeys, certificates: Sequence[Certificate], threshold: int, *, rng: Rng = SYSTEM_RNG
) -> Polynomial:
    """A trustee's random polynomial, its values sealed for the members (4.6.4).

    Raises:
        TrusteeError: The trustee is no member, or the threshold is not possible.
    """
    check_certificates(certificates)
    place_among(certificates, keys)
    check_threshold(threshold, len(certificates))
    group = keys.group
    # Zero has no place among the elements that are published.
    numbers = [1 + mpz(rng.randbelow(int(group.q) - 1)) for _ in range(threshold)]
    elements = tuple(group.secret_power(group.g, number) for number in numbers)
    return Polynomial(
        polynomial=send(keys, keys.encryption, inner({"polynomial": [str(number) for number in numbers]}), rng),
        secrets=tuple(
            send(keys, each.encryption, inner({"secret": str(_value(numbers, place, group))}), rng)
            for place, each in enumerate(certificates, start=1)
        ),
        coefficients=Coefficients(sign(keys, inner({"coefexps": [str(each) for each in elements]}), rng), elements),
    )


def dealer_of(message: Json, certificates: Sequence[Certificate], group: Group) -> int | None:
    """Whose signature a polynomial in its wire form carries, by their place from 1; nothing where it is nobody's."""
    try:
        read = fields(message, "polynomial", ("polynomial", "secrets", "coefexps"))
        signed = parse_signed(read["coefexps"], group)
    except ElectionError:
        return None
    for dealer, certificate in enumerate(certificates, start=1):
        try:
            verify_signed(signed, certificate.verification, group)
        except TrusteeError:
            continue
        return dealer
    return None


def parse_polynomial(message: Json, certificates: Sequence[Certificate], group: Group, *, dealer: int) -> Polynomial:
    """What dealer number ``dealer`` dealt, from its wire form; only its members can check the shares.

    Raises:
        TrusteeError: Malformed, not a share for each member, or coefficients that are not the dealer's.
    """
    try:
        read = fields(message, "polynomial", ("polynomial", "secrets", "coefexps"))
        secrets = tuple(text(each, "secrets") for each in items(read["secrets"], "secrets"))
        own = text(read["polynomial"], "polynomial")
    except ElectionError as fault:
        raise TrusteeError("polynomial-malformed", dealer=dealer, reason=str(fault)) from fault
    if len(secrets) != len(certificates):
        raise TrusteeError("polynomial-shares", dealer=dealer, expected=len(certificates), found=len(secrets))
    verification = certificates[dealer - 1].verification
    coefficients = parse_coefficients(read["coefexps"], verification, group, dealer=dealer)
    return Polynomial(polynomial=own, secrets=secrets, coefficients=coefficients)


def polynomial_to_bytes(polynomial: Polynomial) -> bytes:
    """Fields in the order of 4.6.4."""
    return canonical_bytes(
        {
            "polynomial": polynomial.polynomial,
            "secrets": list(polynomial.secrets),
            "coefexps": coefficients_to_json(polynomial.coefficients),
        }
    )


def route(certificates: Sequence[Certificate], polynomials: Sequence[Polynomial]) -> tuple[Vinput, ...]:
    """What each member gets (4.6.5); polynomials in the order of the certificates.

    Raises:
        TrusteeError: Not one polynomial for each member, or of different degrees.
    """
    check_certificates(certificates)
    if len(polynomials) != len(certificates):
        raise TrusteeError("polynomial-number", expected=len(certificates), found=len(polynomials))
    coefficients = tuple(each.coefficients for each in polynomials)
    threshold = len(coefficients[0].elements)
    check_threshold(threshold, len(certificates))
    check_degree(coefficients, threshold)
    return tuple(
        Vinput(
            polynomial=polynomials[place].polynomial,
            secrets=tuple(each.secrets[place] for each in polynomials),
            coefficients=coefficients,
        )
        for place in range(len(certificates))
    )


def parse_vinput(message: Json, certificates: Sequence[Certificate], group: Group) -> Vinput:
    """A vinput from its wire form, every signature of the coefficients checked.

    Raises:
        TrusteeError: Malformed, of another size than the group, or coefficients that are not the dealer's.
    """
    try:
        read = fields(message, "vinput", ("polynomial", "secrets", "coefexps"))
        secrets = tuple(text(each, "secrets") for each in items(read["secrets"], "secrets"))
        coefexps = items(read["coefexps"], "coefexps")
        own = text(read["polynomial"], "polynomial")
    except ElectionError as fault:
        raise TrusteeError("vinput-malformed", reason=str(fault)) from fault
    if not len(secrets) == len(coefexps) == len(certificates):
        raise TrusteeError("vinput-size", members=len(certificates), shares=len(secrets), coefficients=len(coefexps))
    coefficients = tuple(
        parse_coefficients(each, certificate.verification, group, dealer=dealer)
        for dealer, (each, certificate) in enumerate(zip(coefexps, certificates, strict=True), start=1)
    )
    return Vinput(polynomial=own, secrets=secrets, coefficients=coefficients)


def vinput_to_bytes(vinput: Vinput) -> bytes:
    """Fields in the order of 4.6.5."""
    return canonical_bytes(
        {
            "polynomial": vinput.polynomial,
            "secrets": list(vinput.secrets),
            "coefexps": [coefficients_to_json(each) for each in vinput.coefficients],
        }
    )


def finish(keys: ChannelKeys, certificates: Sequence[Certificate], vinput: Vinput, *, rng: Rng = SYSTEM_RNG) -> Voutput:
    """Check every dealer's share and add them up to the trustee's own decryption key (4.6.5, 4.6.6).

    Raises:
        TrusteeError: A share does not lie on its dealer's polynomial, a polynomial has another degree than the
            trustee's own, or what the trustee dealt was altered; names the dealer.
    """
    check_certificates(certificates)
    place = place_among(certificates, keys)
    _check_own(keys, place, vinput)
    secret = mpz(0)
    for dealer, (certificate, sealed) in enumerate(zip(certificates, vinput.secrets, strict=True), start=1):
        share = _open_share(keys, certificate, sealed, dealer)
        expected = power_at(keys.group, vinput.coefficients[dealer - 1].elements, place)
        if keys.group.secret_power(keys.group.g, share) != expected:
            raise TrusteeError("vinput-share", dealer=dealer)
        secret = (secret + share) % keys.group.q
    private = TrusteePrivateKey(secret, keys.group)
    sealed_key = send(keys, keys.encryption, inner({"decryption_key": str(secret)}), rng)
    return Voutput(private_key=sealed_key, public_key=private.public(rng=rng))


def parse_voutput(message: Json, group: Group) -> Voutput:
    """A voutput from its wire form, its key proved; whose it is, ``assemble`` finds.

    Raises:
        TrusteeError: Malformed, or the proof does not hold.
    """
    try:
        read = fields(message, "voutput", ("private_key", "public_key"))
        sealed = text(read["private_key"], "private_key")
    except ElectionError as fault:
        raise TrusteeError("voutput-malformed", reason=str(fault)) from fault
    return Voutput(private_key=sealed, public_key=parse_trustee_public_key(read["public_key"], group))


def voutput_to_bytes(voutput: Voutput) -> bytes:
    """Fields in the order of 4.6.6."""
    return canonical_bytes(
        {"private_key": voutput.private_key, "public_key": trustee_public_key_to_json(voutput.public_key)}
    )


def assemble(
    certificates: Sequence[Certificate],
    coefficients: Sequence[Coefficients],
    voutputs: Sequence[Voutput],
    group: Group,
) -> tuple[ThresholdGroup, tuple[str, ...]]:
    """The threshold parameters, and each member's sealed decryption key (4.6.7); voutputs in any order.

    Raises:
        TrusteeError: A voutput is of nobody, or a member has given none.
    """
    by_key = {each.public_key.public_key: each for each in voutputs}
    expected = member_keys(group, coefficients)
    for number, each in enumerate(voutputs, start=1):
        if each.public_key.public_key not in expected:
            raise TrusteeError("voutput-of-nobody", number=number)
    missing = [place for place, key in enumerate(expected, start=1) if key not in by_key]
    if missing:
        raise TrusteeError("voutput-missing", members=", ".join(map(str, missing)))
    ordered = tuple(by_key[key] for key in expected)
    keys = tuple(each.public_key for each in ordered)
    check_member_keys(group, coefficients, keys)
    made = ThresholdGroup(
        threshold=len(coefficients[0].elements),
        certificates=tuple(certificates),
        coefficients=tuple(coefficients),
        keys=keys,
    )
    return made, tuple(each.private_key for each in ordered)


def open_decryption_key(keys: ChannelKeys, sealed: str) -> TrusteePrivateKey:
    """The trustee's decryption key, which they sealed for themselves.

    Raises:
        TrusteeError: It is not theirs, or was altered.
    """
    message = receive(keys, keys.verification, sealed)
    secret = _number(message, "decryption_key", keys.group, terms=MOST_MEMBERS**2)
    if secret == 0:
        raise TrusteeError("trustee-key-file")
    return TrusteePrivateKey(secret, keys.group)


def _check_own(keys: ChannelKeys, place: int, vinput: Vinput) -> None:
    """Whether the trustee's own polynomial came back as they dealt it, and all have its degree."""
    message = receive(keys, keys.verification, vinput.polynomial)
    try:
        read = parse_inner(message, "raw_polynomial", ("polynomial",))
        numbers = [parse_scalar(each, keys.group) for each in items(read["polynomial"], "polynomial")]
    except ElectionError:
        raise TrusteeError("channel-malformed") from None
    elements = tuple(keys.group.secret_power(keys.group.g, number) for number in numbers)
    if elements != vinput.coefficients[place - 1].elements:
        raise TrusteeError("vinput-own")
    check_degree(vinput.coefficients, len(numbers))
    check_together(keys.group, vinput.coefficients)


def _open_share(keys: ChannelKeys, dealer: Certificate, sealed: str, number: int) -> mpz:
    try:
        return _number(receive(keys, dealer.verification, sealed), "secret", keys.group, terms=MOST_MEMBERS)
    except TrusteeError as fault:
        raise TrusteeError("vinput-unreadable", dealer=number, reason=str(fault)) from None


def _number(message: str, name: str, group: Group, *, terms: int) -> mpz:
    # belenios-tool adds numbers below q, a share's for each coefficient and a key's for each share, and leaves the
    # sum as it is.
    try:
        return parse_number(parse_inner(message, name, (name,))[name], terms * group.q) % group.q
    except ElectionError:
        # The reason could quote the secret.
        raise TrusteeError("channel-malformed") from None


def _value(numbers: Sequence[mpz], place: int, group: Group) -> mpz:
    """f(place) mod q (Horner)."""
    value = mpz(0)
    for number in reversed(numbers):
        value = (value * place + number) % group.q
    return value
