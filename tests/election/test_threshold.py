"""Threshold groups: how they are dealt, what everyone checks, and what of a forged one is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial, reduce
from itertools import combinations, islice
from typing import Any

import pytest
from gmpy2 import mpz
from hypothesis import given, settings
from hypothesis import strategies as st

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.errors import ElectionError, TallyError, TrusteeError
from election.ids import SYSTEM_RNG
from election.record.canonical import canonical_bytes
from election.trustees import (
    ThresholdGroup,
    TrusteePrivateKey,
    election_public_key,
    every_sub_factors,
    owners,
    parse_trustees,
    sub_factors,
    trustee_keys,
    trustees_to_bytes,
)
from election.trustees.certificates import (
    certificate_to_json,
    check_certificates,
    make_certificate,
    parse_certificate,
    place_among,
)
from election.trustees.channels import _encrypt, derive_channel_keys, generate_channel_keys, inner, receive, send, sign
from election.trustees.channels import signed_to_json as signed
from election.trustees.coefficients import Coefficients, power_at
from election.trustees.combination import lagrange_coefficient
from election.trustees.dealing import (
    _value,
    assemble,
    deal,
    finish,
    open_decryption_key,
    parse_polynomial,
    parse_vinput,
    parse_voutput,
    polynomial_to_bytes,
    route,
    vinput_to_bytes,
    voutput_to_bytes,
)
from tests.election.dealings import a_dealing, a_single
from tests.election.forging import ScriptedRng, changed

DEALING = a_dealing()
RAW = trustees_to_bytes([a_single().public(), DEALING.parameters])
MINUS_ONE = GROUP.p - 1


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(ElectionError) as caught:
        action()
    assert str(caught.value)
    return caught.value.code


def refusal(change: Callable[[Any], object]) -> str:
    """Why a document is refused of which the group's part (the second) was changed."""
    return code_of(lambda: parse_trustees(changed(RAW, lambda message: change(message[1][1])), GROUP))


# ------------------------------------------------------------------------------------------------- what must hold


def test_a_document_with_a_single_key_and_groups_is_read_back_and_numbered_through() -> None:
    other = a_dealing(2, 2)
    raw = trustees_to_bytes([DEALING.parameters, a_single().public(), other.parameters])
    trustees = parse_trustees(raw, GROUP)
    assert trustees_to_bytes(trustees) == raw
    assert [numbers for _, numbers in owners(trustees)] == [range(1, 4), range(4, 5), range(5, 7)]
    assert len(trustee_keys(trustees)) == 6


def test_nobody_holds_the_groups_secret_yet_it_is_the_sum_of_what_was_dealt() -> None:
    secret = sum(DEALING.dealt_numbers(dealer)[0] for dealer in range(3)) % GROUP.q
    assert DEALING.parameters.sub_key(GROUP) == GROUP.power(GROUP.g, secret)
    single = a_single()
    both = election_public_key([single.public(), DEALING.parameters], GROUP)
    assert both == GROUP.power(GROUP.g, secret + single.secret)
    assert secret not in {private.secret for private in DEALING.privates}


@pytest.mark.parametrize(("members", "threshold"), [(1, 1), (2, 2), (3, 3), (5, 3)])
def test_groups_of_every_shape_are_dealt_and_read_back(members: int, threshold: int) -> None:
    raw = trustees_to_bytes([a_dealing(members, threshold).parameters])
    assert trustees_to_bytes(parse_trustees(raw, GROUP)) == raw


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_threshold_of_shares_gives_the_secret_that_the_polynomial_hides(data: st.DataObject) -> None:
    """Oracle: the polynomial itself at zero."""
    threshold = data.draw(st.integers(1, 6))
    numbers = data.draw(st.lists(st.integers(0, int(GROUP.q) - 1), min_size=threshold, max_size=threshold))
    places = data.draw(st.lists(st.integers(1, 50), min_size=threshold, max_size=threshold, unique=True))
    values = {place: sum(number * place**k for k, number in enumerate(numbers)) for place in places}
    secret = sum(lagrange_coefficient(places, place, GROUP) * value for place, value in values.items()) % GROUP.q
    assert secret == numbers[0]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, int(GROUP.q) - 1), min_size=1, max_size=4), st.integers(1, 50))
def test_the_public_key_of_a_share_follows_from_the_public_coefficients(numbers: list[int], place: int) -> None:
    elements = [GROUP.power(GROUP.g, mpz(number)) for number in numbers]
    value = sum(number * place**k for k, number in enumerate(numbers))
    assert power_at(GROUP, elements, place) == GROUP.power(GROUP.g, mpz(value) % GROUP.q)


@pytest.mark.parametrize("came", [*combinations((2, 3, 4), 2), (2, 3, 4)])
def test_every_sufficient_subset_makes_the_same_factor(came: tuple[int, ...]) -> None:
    alpha = GROUP.power(GROUP.g, mpz(31337))
    secret = sum(DEALING.dealt_numbers(dealer)[0] for dealer in range(3)) % GROUP.q
    trustees = parse_trustees(RAW, GROUP)
    factors = {1: ((GROUP.power(alpha, a_single().secret),),)}
    factors |= {owner: ((GROUP.power(alpha, DEALING.privates[owner - 2].secret),),) for owner in came}
    assert sub_factors(trustees, factors, GROUP)[1] == ((GROUP.power(alpha, secret),),)


@pytest.mark.parametrize("groups", [((11, 6),), ((5, 3), (8, 5))])
def test_a_spoilt_share_is_soon_left_out_of_any_group_however_large(groups: tuple[tuple[int, int], ...]) -> None:
    """Of the first 252 choices of six of eleven in their order, every one has the first member."""
    numbers = [[mpz(7 + 5 * each) for each in range(threshold)] for _, threshold in groups]
    dealing = a_dealing()
    items = [
        replace(dealing.parameters, threshold=threshold, keys=(dealing.parameters.keys[0],) * members)
        for members, threshold in groups
    ]
    owned = [(group, place) for group, (members, _) in enumerate(groups) for place in range(1, members + 1)]
    good = {
        owner: ((GROUP.power(GROUP.g, _value(numbers[group], place, GROUP)),),)
        for owner, (group, place) in enumerate(owned, start=1)
    }
    whole = GROUP.power(GROUP.g, sum((each[0] for each in numbers), mpz(0)))
    last = len(owned)
    for spoilt in ((1,), (last,), (groups[0][0],), (1, last)[: len(groups)]):
        factors = good | {owner: ((GROUP.g,),) for owner in spoilt}
        opened = [
            reduce(lambda a, b: a * b % GROUP.p, (each[0][0] for each in chosen))
            for chosen in islice(every_sub_factors(items, factors, GROUP), 40)
        ]
        assert whole in opened


def test_too_few_of_a_group_or_a_missing_single_are_told_apart() -> None:
    trustees = parse_trustees(RAW, GROUP)
    one = ((mpz(4),),)
    assert code_of(lambda: sub_factors(trustees, {2: one, 3: one}, GROUP)) == "share-missing"
    with pytest.raises(TallyError) as caught:
        sub_factors(trustees, {1: one, 3: one}, GROUP)
    assert (caught.value.code, caught.value.params) == (
        "share-too-few",
        {"first": 2, "last": 4, "expected": 2, "found": 1},
    )


def test_every_message_between_trustees_is_read_back() -> None:
    for certificate in DEALING.certificates:
        assert parse_certificate(certificate_to_json(certificate), GROUP) == certificate
    for dealer, polynomial in enumerate(DEALING.polynomials, start=1):
        raw = polynomial_to_bytes(polynomial)
        assert parse_polynomial(json.loads(raw), DEALING.certificates, GROUP, dealer=dealer) == polynomial
    for vinput in DEALING.vinputs:
        assert parse_vinput(json.loads(vinput_to_bytes(vinput)), DEALING.certificates, GROUP) == vinput
    for voutput in DEALING.voutputs:
        assert parse_voutput(json.loads(voutput_to_bytes(voutput)), GROUP) == voutput


# --------------------------------------------------------------------------------------- forged threshold parameters


def anew(keys: Any, message: object) -> Any:
    """A message signed with a member's own key."""
    return signed(sign(keys, inner(message)))


def swap(items: list[Any], first: int = 0, second: int = 1) -> None:
    items[first], items[second] = items[second], items[first]


def coefficients_of(dealer: int) -> list[str]:
    return [str(each) for each in DEALING.parameters.coefficients[dealer].elements]


def redealt(dealer: int, elements: list[str]) -> Callable[[Any], None]:
    def change(message: Any) -> None:
        message["coefexps"][dealer] = anew(DEALING.keys[dealer], {"coefexps": elements})

    return change


def certificate_with(verification: str, encryption: str) -> Callable[[Any], None]:
    def change(message: Any) -> None:
        message["certs"][0] = anew(DEALING.keys[0], {"verification": verification, "encryption": encryption})

    return change


FIRST = DEALING.keys[0]
SPACED = f'{{"verification": "{FIRST.verification}","encryption":"{FIRST.encryption}"}}'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.update(threshold=0), "threshold-range"),
        (lambda m: m.update(threshold=4), "threshold-range"),
        (lambda m: m.update(threshold=3), "coefficients-degree"),
        (lambda m: m.update(threshold=1), "threshold-range"),
        (lambda m: m.update(threshold="2"), "threshold-malformed"),
        (lambda m: m.pop("certs"), "threshold-malformed"),
        (lambda m: m.update(more=1), "threshold-malformed"),
        (lambda m: m["certs"].pop(), "threshold-sizes"),
        (lambda m: m["coefexps"].pop(), "threshold-sizes"),
        (lambda m: m["verification_keys"].pop(), "threshold-sizes"),
        (lambda m: [m[each].clear() for each in ("certs", "coefexps", "verification_keys")], "certificate-number"),
        (lambda m: m["certs"].__setitem__(1, m["certs"][0]), "certificate-twice"),
        (lambda m: swap(m["certs"]), "coefficients-signature"),
        (lambda m: m["certs"][0].update(signature=m["certs"][1]["signature"]), "certificate-signature"),
        (lambda m: m["certs"].__setitem__(0, "x"), "certificate-malformed"),
        (lambda m: m["certs"].__setitem__(0, anew(FIRST, {"verification": "1"})), "certificate-malformed"),
        (lambda m: m["certs"].__setitem__(0, signed(sign(FIRST, SPACED))), "certificate-malformed"),
        (certificate_with("1", str(FIRST.encryption)), "certificate-malformed"),
        (certificate_with(str(MINUS_ONE), str(FIRST.encryption)), "certificate-outside-group"),
        (certificate_with(str(FIRST.verification), str(GROUP.p - FIRST.encryption)), "certificate-outside-group"),
        (lambda m: swap(m["coefexps"]), "coefficients-signature"),
        (redealt(0, coefficients_of(0)[::-1]), "threshold-key"),
        (redealt(0, coefficients_of(1)), "threshold-key"),
        (redealt(0, coefficients_of(0)[:1]), "coefficients-degree"),
        (redealt(0, [*coefficients_of(0), "4"]), "coefficients-outside-group"),
        (redealt(0, [*coefficients_of(0), coefficients_of(1)[0]]), "coefficients-degree"),
        (redealt(2, [coefficients_of(2)[0], str(MINUS_ONE)]), "coefficients-outside-group"),
        (redealt(2, [coefficients_of(2)[0], "1"]), "coefficients-malformed"),
        (redealt(2, [coefficients_of(2)[0], "0" + coefficients_of(2)[1]]), "coefficients-malformed"),
        (lambda m: m["coefexps"].__setitem__(0, anew(FIRST, ["1"])), "coefficients-malformed"),
        (lambda m: swap(m["verification_keys"]), "threshold-key"),
        (lambda m: m["verification_keys"][0].update(pok=m["verification_keys"][1]["pok"]), "trustee-key-proof"),
        (lambda m: m["verification_keys"].__setitem__(1, m["verification_keys"][0]), "threshold-key"),
        (
            lambda m: m["verification_keys"][0].update(public_key=str(GROUP.p - DEALING.parameters.keys[0].public_key)),
            "trustee-key-outside-group",
        ),
    ],
)
def test_forged_parameters_are_refused_by_name(change: Callable[[Any], object], code: str) -> None:
    assert refusal(change) == code


def test_a_group_that_comes_twice_and_fields_in_another_order_are_refused() -> None:
    assert code_of(lambda: parse_trustees(changed(RAW, lambda m: m.append(m[1])), GROUP)) == "trustee-twice"

    def reorder(message: Any) -> None:
        message[1][1] = dict(reversed(message[1][1].items()))

    assert code_of(lambda: parse_trustees(changed(RAW, reorder), GROUP)) == "trustees-not-canonical"


def test_a_rogue_dealer_cannot_prove_the_key_that_they_forged() -> None:
    """Rushing: a constant term chosen last, to cancel the others', gives a group key of the attacker's own."""
    own = TrusteePrivateKey(mpz(4711), GROUP)
    others = mpz(1)
    for dealer in (0, 1):
        others = others * DEALING.parameters.coefficients[dealer].elements[0] % GROUP.p
    rogue = own.public().public_key * GROUP.power(others, GROUP.q - 1) % GROUP.p
    assert refusal(redealt(2, [str(rogue), coefficients_of(2)[1]])) == "threshold-key"


# ------------------------------------------------------------------------------------------------------- the dealing


@pytest.mark.parametrize("place", [0, 1])
def test_dealers_whose_coefficients_cancel_out_make_no_group(place: int) -> None:
    """They would know the group's key, or each of them could open alone, and the record would claim a threshold."""
    keys = tuple(generate_channel_keys() for _ in range(2))
    certificates = tuple(make_certificate(each) for each in keys)
    first, second = [5, 7], [11, 13]
    second[place] = int(GROUP.q) - first[place]
    polynomials = [
        deal(each, certificates, 2, rng=ScriptedRng(*(number - 1 for number in numbers), 3))
        for each, numbers in zip(keys, (first, second), strict=True)
    ]
    vinputs = route(certificates, polynomials)
    for each, vinput in zip(keys, vinputs, strict=True):
        assert code_of(partial(finish, each, certificates, vinput)) == "coefficients-cancel"
    coefficients = tuple(each.coefficients for each in polynomials)
    secrets = [sum((_value([mpz(n) for n in each], at, GROUP) for each in (first, second)), mpz(0)) for at in (1, 2)]
    private = [TrusteePrivateKey(secret % GROUP.q, GROUP) for secret in secrets]
    forged = ThresholdGroup(
        threshold=2,
        certificates=certificates,
        coefficients=coefficients,
        keys=tuple(each.public() for each in private),
    )
    assert code_of(lambda: parse_trustees(trustees_to_bytes([forged]), GROUP)) == "coefficients-cancel"


def test_a_trustee_who_is_not_certified_deals_and_finishes_nothing() -> None:
    stranger = generate_channel_keys()
    assert code_of(lambda: deal(stranger, DEALING.certificates, 2)) == "certificate-own-missing"
    vinput = DEALING.vinputs[0]
    assert code_of(lambda: finish(stranger, DEALING.certificates, vinput)) == "certificate-own-missing"


@pytest.mark.parametrize("threshold", [0, -1, 1, 4])
def test_a_threshold_that_cannot_be_is_not_dealt(threshold: int) -> None:
    assert code_of(lambda: deal(FIRST, DEALING.certificates, threshold)) == "threshold-range"


def test_certificates_must_be_some_and_different() -> None:
    assert code_of(lambda: check_certificates([])) == "certificate-number"
    assert code_of(lambda: check_certificates([make_certificate(FIRST)] * 51)) == "certificate-number"
    assert code_of(lambda: check_certificates([make_certificate(FIRST)] * 2)) == "certificate-twice"
    assert place_among(DEALING.certificates, DEALING.keys[2]) == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.pop("secrets"), "polynomial-malformed"),
        (lambda m: m.update(secrets=[1, 2, 3]), "polynomial-malformed"),
        (lambda m: m["secrets"].pop(), "polynomial-shares"),
        (lambda m: m.update(coefexps=signed(DEALING.polynomials[1].coefficients.signed)), "coefficients-signature"),
        (lambda m: m["coefexps"].update(message="{}"), "coefficients-malformed"),
    ],
)
def test_a_polynomial_that_cannot_be_is_refused(change: Callable[[Any], object], code: str) -> None:
    raw = changed(polynomial_to_bytes(DEALING.polynomials[0]), change)
    assert code_of(lambda: parse_polynomial(json.loads(raw), DEALING.certificates, GROUP, dealer=1)) == code


def test_the_administrator_routes_only_what_all_have_dealt_with_one_threshold() -> None:
    certificates, polynomials = DEALING.certificates, DEALING.polynomials
    assert code_of(lambda: route(certificates, polynomials[:2])) == "polynomial-number"
    wider = deal(DEALING.keys[2], certificates, 3)
    assert code_of(lambda: route(certificates, [*polynomials[:2], wider])) == "coefficients-degree"


def test_a_share_off_the_dealers_polynomial_is_named() -> None:
    """The dealer seals one number and publishes the powers of another."""
    wrong = send(DEALING.keys[1], FIRST.encryption, inner({"secret": "12345"}))
    vinput = replace(DEALING.vinputs[0], secrets=(DEALING.vinputs[0].secrets[0], wrong, DEALING.vinputs[0].secrets[2]))
    with pytest.raises(TrusteeError) as caught:
        finish(FIRST, DEALING.certificates, vinput)
    assert (caught.value.code, caught.value.params) == ("vinput-share", {"dealer": 2})


@pytest.mark.parametrize(
    ("secrets", "reason"),
    [
        (lambda s: (s[0], DEALING.vinputs[1].secrets[1], s[2]), "channel-sealed"),  # sealed for another member
        (lambda s: (s[0], s[2], s[1]), "channel-signature"),  # dealt by another
        (lambda s: (s[0], "{}", s[2]), "channel-malformed"),
    ],
)
def test_a_share_that_cannot_be_opened_names_its_dealer(secrets: Callable[[Any], Any], reason: str) -> None:
    vinput = replace(DEALING.vinputs[0], secrets=secrets(DEALING.vinputs[0].secrets))
    with pytest.raises(TrusteeError) as caught:
        finish(FIRST, DEALING.certificates, vinput)
    assert caught.value.code == "vinput-unreadable"
    assert caught.value.params["dealer"] == 2
    assert caught.value.params["reason"] == str(TrusteeError(reason))


def test_a_trustee_sees_that_their_own_polynomial_was_altered_or_another_degree_slipped_in() -> None:
    again = deal(FIRST, DEALING.certificates, 2)
    vinput = replace(DEALING.vinputs[0], polynomial=again.polynomial)
    assert code_of(lambda: finish(FIRST, DEALING.certificates, vinput)) == "vinput-own"
    wide = deal(DEALING.keys[1], DEALING.certificates, 3).coefficients
    all_coefficients = (DEALING.vinputs[0].coefficients[0], wide, DEALING.vinputs[0].coefficients[2])
    vinput = replace(DEALING.vinputs[0], coefficients=all_coefficients)
    assert code_of(lambda: finish(FIRST, DEALING.certificates, vinput)) == "coefficients-degree"
    other = replace(DEALING.vinputs[0], polynomial=DEALING.vinputs[1].polynomial)
    assert code_of(lambda: finish(FIRST, DEALING.certificates, other)) == "channel-sealed"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.pop("polynomial"), "vinput-malformed"),
        (lambda m: m["secrets"].pop(), "vinput-size"),
        (lambda m: m["coefexps"].pop(), "vinput-size"),
        (lambda m: swap(m["coefexps"]), "coefficients-signature"),
    ],
)
def test_a_vinput_that_cannot_be_is_refused(change: Callable[[Any], object], code: str) -> None:
    raw = changed(vinput_to_bytes(DEALING.vinputs[0]), change)
    assert code_of(lambda: parse_vinput(json.loads(raw), DEALING.certificates, GROUP)) == code


def test_voutputs_must_be_those_of_the_members() -> None:
    coefficients = [each.coefficients for each in DEALING.polynomials]

    def made(*voutputs: Any) -> str:
        return code_of(lambda: assemble(DEALING.certificates, coefficients, voutputs, GROUP))

    assert made(*DEALING.voutputs[:2]) == "voutput-missing"
    assert made(DEALING.voutputs[0], *DEALING.voutputs[:2]) == "voutput-missing"
    assert made(*DEALING.voutputs, a_dealing(3, 2, 1).voutputs[0]) == "voutput-of-nobody"
    backwards = assemble(DEALING.certificates, coefficients, DEALING.voutputs[::-1], GROUP)[0]
    assert backwards == DEALING.parameters
    raw = voutput_to_bytes(DEALING.voutputs[0])
    other = json.loads(voutput_to_bytes(DEALING.voutputs[1]))["public_key"]["pok"]
    forged = changed(raw, lambda m: m["public_key"].update(pok=other))
    assert code_of(lambda: parse_voutput(json.loads(forged), GROUP)) == "trustee-key-proof"
    assert code_of(lambda: parse_voutput({"private_key": ""}, GROUP)) == "voutput-malformed"


# ---------------------------------------------------------------------------------------------------------- channels


def test_a_channel_opens_for_its_recipient_only_and_only_from_its_sender() -> None:
    one, two, three = DEALING.keys
    sealed = send(one, two.encryption, "æ secret")
    assert receive(two, one.verification, sealed) == "æ secret"
    assert code_of(lambda: receive(three, one.verification, sealed)) == "channel-sealed"
    assert code_of(lambda: receive(two, three.verification, sealed)) == "channel-signature"


def test_a_message_that_was_sealed_anew_for_somebody_else_is_refused() -> None:
    """Surreptitious forwarding: the signature is the sender's, the envelope is not for this reader."""
    one, two, three = DEALING.keys
    for_two = inner(signed(sign(one, inner({"recipient": str(two.encryption), "message": "x"}))))
    assert receive(two, one.verification, _encrypt(GROUP, two.encryption, for_two, SYSTEM_RNG)) == "x"
    sealed = _encrypt(GROUP, three.encryption, for_two, SYSTEM_RNG)
    assert code_of(lambda: receive(three, one.verification, sealed)) == "channel-recipient"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            lambda m: m.update(data="00" + m["data"][2:] if m["data"][:2] != "00" else "01" + m["data"][2:]),
            "channel-sealed",
        ),
        (lambda m: m.update(data=m["data"].upper()), "channel-not-canonical"),
        (lambda m: m.update(data="xy"), "channel-sealed"),
        (lambda m: m.update(data=""), "channel-sealed"),
        (lambda m: m.update(alpha=str(MINUS_ONE)), "channel-outside-group"),
        (lambda m: m.update(beta=str(GROUP.p - mpz(m["beta"]))), "channel-outside-group"),
        (lambda m: m.update(alpha="1"), "channel-malformed"),
        (lambda m: m.pop("beta"), "channel-malformed"),
    ],
)
def test_an_altered_envelope_is_refused(change: Callable[[Any], object], code: str) -> None:
    one, two, _ = DEALING.keys
    sealed = changed(send(one, two.encryption, "A" * 30).encode(), change).decode()
    assert code_of(lambda: receive(two, one.verification, sealed)) == code


def test_a_message_too_long_for_the_cipher_is_refused() -> None:
    one, two, _ = DEALING.keys
    assert code_of(lambda: send(one, two.encryption, "x" * 70_000)) == "channel-too-long"


def test_no_repr_and_no_error_shows_a_secret() -> None:
    keys = derive_channel_keys("1" * 22, GROUP)
    assert repr(keys) == str(keys) == "ChannelKeys(<hidden>)"
    sealed = send(keys, keys.encryption, canonical_bytes({"decryption_key": "12x"}).decode())
    with pytest.raises(TrusteeError) as caught:
        open_decryption_key(keys, sealed)
    assert (caught.value.code, caught.value.params, caught.value.__cause__) == ("channel-malformed", {}, None)


def test_a_decryption_key_of_another_member_does_not_open() -> None:
    assert code_of(lambda: open_decryption_key(FIRST, DEALING.voutputs[1].private_key)) == "channel-sealed"
    zero = send(FIRST, FIRST.encryption, inner({"decryption_key": "0"}))
    assert code_of(lambda: open_decryption_key(FIRST, zero)) == "trustee-key-file"


def test_coefficients_remember_who_signed_them() -> None:
    assert isinstance(DEALING.parameters.coefficients[0], Coefficients)
    keys = a_dealing(3, 2, 1).keys[0]
    forged = lambda m: m["coefexps"].__setitem__(0, anew(keys, {"coefexps": coefficients_of(0)}))  # noqa: E731
    assert refusal(forged) == "coefficients-signature"


def test_sums_that_belenios_tool_does_not_reduce_are_taken() -> None:
    """Its shares are sums of numbers below q, and its decryption keys sums of those."""
    share = sum(number * (2 if place else 1) for place, number in enumerate(DEALING.dealt_numbers(0))) + GROUP.q
    second = DEALING.keys[1]
    sealed = send(FIRST, second.encryption, inner({"secret": str(share)}))
    vinput = replace(DEALING.vinputs[1], secrets=(sealed, *DEALING.vinputs[1].secrets[1:]))
    assert finish(second, DEALING.certificates, vinput).public_key.public_key == DEALING.parameters.keys[1].public_key
    key = DEALING.privates[1]
    sealed = send(second, second.encryption, inner({"decryption_key": str(key.secret + 2 * GROUP.q)}))
    assert open_decryption_key(second, sealed) == key
