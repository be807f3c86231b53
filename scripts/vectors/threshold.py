"""Vectors of threshold groups, from a member's seed to the result (specification 3.1.1, 4.6, 4.7, 4.19)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from gmpy2 import mpz

from election.ballots import cast_ballot, parse_ballot
from election.credentials import generate_credentials
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.decryption import open_tally
from election.definition import define_election
from election.ids import new_election_uuid
from election.opened import counts_to_bytes
from election.questions import MarkedQuestion
from election.shares import decrypt_share
from election.tally import tally_ballots
from election.trustees import generate_trustee, parse_trustees, trustee_public_key_to_json, trustees_to_bytes
from election.trustees.certificates import certificate_to_json, make_certificate
from election.trustees.channels import (
    ChannelKeys,
    _encrypt,
    generate_channel_keys,
    inner,
    receive,
    send,
    sign,
    signed_to_json,
)
from election.trustees.coefficients import coefficients_to_json
from election.trustees.dealing import (
    assemble,
    deal,
    finish,
    open_decryption_key,
    polynomial_to_bytes,
    route,
    vinput_to_bytes,
    voutput_to_bytes,
)
from election.trustees.threshold import threshold_group_to_json
from scripts.vectors.cases import VALID, Case, SeededRng, altered, case, compact, faults_of_proof, text_altered

MEMBERS, THRESHOLD = 3, 2
Change = Callable[[Any], object]


class Group:
    """Two of three, of whom every secret follows from the seed, beside a trustee alone."""

    def __init__(self, rng: SeededRng) -> None:
        self.rng = rng
        self.keys = [generate_channel_keys(rng=rng) for _ in range(MEMBERS)]
        self.certificates = [make_certificate(each, rng=rng) for each in self.keys]
        self.polynomials = [deal(each, self.certificates, THRESHOLD, rng=rng) for each in self.keys]
        self.vinputs = route(self.certificates, self.polynomials)
        self.voutputs = [
            finish(each, self.certificates, vinput, rng=rng)
            for each, vinput in zip(self.keys, self.vinputs, strict=True)
        ]
        coefficients = [each.coefficients for each in self.polynomials]
        self.parameters, self.sealed = assemble(self.certificates, coefficients, self.voutputs, GROUP)
        self.privates = [open_decryption_key(each, key) for each, key in zip(self.keys, self.sealed, strict=True)]
        self.single = generate_trustee(rng=rng)
        self.items = parse_trustees(trustees_to_bytes([self.single.public(rng=rng), self.parameters]), GROUP)

    def certs(self) -> list[Any]:
        return [certificate_to_json(each) for each in self.certificates]

    def signed(self, member: int, message: Any) -> Any:
        """What a member (from 0) would sign."""
        return signed_to_json(sign(self.keys[member], inner(message), self.rng))


def negative(number: object) -> str:
    return str(GROUP.p - mpz(str(number)))


def inside(message: Any, change: Change) -> str:
    """The text of a signed message, with what it says changed."""
    return text_altered(message["message"], change)


# ------------------------------------------------------------------------------------------------ keys and channels


def channel_keys(group: Group) -> Iterable[Case]:
    for keys in group.keys[:2]:
        output = {name: str(getattr(keys, name)) for name in ("signing", "decryption", "verification", "encryption")}
        yield case("a seed", VALID, keys.seed, output)
    seed = group.keys[0].seed
    for name, wrong in (
        ("too short", seed[1:]),
        ("too long", seed + "1"),
        ("a letter that seeds do not have", "0" + seed[1:]),
    ):
        yield case(name, "trustee-key-file", wrong)


def signed_messages(group: Group) -> Iterable[Case]:
    keys = group.keys[0]
    made = signed_to_json(sign(keys, "Æble til alle", group.rng))
    given = {"verification": str(keys.verification), "signed": made}
    code = "channel-signature"
    yield case("honest", VALID, given)
    yield case("another sender", code, given | {"verification": str(group.keys[1].verification)})
    yield case("another text", code, altered(given, lambda m: m["signed"].update(message="Æble til ingen")))
    yield case("no signature", "shape-missing", altered(given, lambda m: m["signed"].pop("signature")))
    yield from faults_of_proof(given, lambda m: m["signed"]["signature"], code)


def channel_messages(group: Group) -> Iterable[Case]:
    sender, recipient, third = group.keys

    def of(keys: ChannelKeys, sealed: str, by: ChannelKeys = sender) -> Any:
        return {"seed": keys.seed, "sender": str(by.verification), "sealed": sealed}

    given = of(recipient, send(sender, recipient.encryption, "Æble", group.rng))
    yield case("to its recipient", VALID, given, "Æble")
    yield case("opened by another", "channel-sealed", given | {"seed": third.seed})
    yield case("of another sender", "channel-signature", given | {"sender": str(third.verification)})
    # The signature is the sender's, on a message to somebody else, and whoever got it sealed it anew.
    message = {"recipient": str(third.encryption), "message": "Æble"}
    forwarded = _encrypt(GROUP, recipient.encryption, inner(group.signed(0, message)), group.rng)
    yield case("passed on to somebody else", "channel-recipient", of(recipient, forwarded))
    bare = _encrypt(GROUP, recipient.encryption, inner({"message": "Æble"}), group.rng)
    yield case("without a signature", "channel-malformed", of(recipient, bare))

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, altered(given, lambda m: m.update(sealed=text_altered(m["sealed"], change))))

    yield changed("a byte altered", "channel-sealed", lambda m: m.update(data=_other_byte(m["data"])))
    yield changed("cut off", "channel-sealed", lambda m: m.update(data=m["data"][:-2]))
    yield changed("in capitals", "channel-not-canonical", lambda m: m.update(data=m["data"].upper()))
    yield changed("alpha negated", "channel-outside-group", lambda m: m.update(alpha=negative(m["alpha"])))
    yield changed("beta negated", "channel-outside-group", lambda m: m.update(beta=negative(m["beta"])))
    yield changed("alpha is the identity", "channel-malformed", lambda m: m.update(alpha="1"))
    yield changed("no beta", "channel-malformed", lambda m: m.pop("beta"))
    spaced = given["sealed"].replace(":", ": ", 1)
    yield case("a space", "channel-not-canonical", given | {"sealed": spaced})


def _other_byte(data: str) -> str:
    return f"{int(data[:2], 16) ^ 1:02x}{data[2:]}"


# --------------------------------------------------------------------------------------------------------- the dealing


def certificates(group: Group) -> Iterable[Case]:
    given, other = group.certs()[:2]

    def anew(name: str, expected: str, change: Change) -> Case:
        """What is certified changed, and signed by the member."""
        return case(name, expected, group.signed(0, json.loads(inside(given, change))))

    yield case("of a member of a group", VALID, given)
    yield case("another's signature", "certificate-signature", given | {"signature": other["signature"]})
    yield case("no signature", "certificate-malformed", {"message": given["message"]})
    spaced = signed_to_json(sign(group.keys[0], given["message"].replace(":", ": "), group.rng))
    yield case("not canonical", "certificate-malformed", spaced)
    yield anew("a key left out", "certificate-malformed", lambda m: m.pop("encryption"))
    yield anew("the encryption key negated", "certificate-outside-group", lambda m: m.update(encryption=_negated(m)))
    yield anew("a trivial key", "certificate-malformed", lambda m: m.update(encryption="1"))
    verification = str(group.keys[1].verification)
    yield anew("the key of another", "certificate-signature", lambda m: m.update(verification=verification))


def _negated(message: Any) -> str:
    return negative(message["encryption"])


def coefficients(group: Group) -> Iterable[Case]:
    made = coefficients_to_json(group.polynomials[0].coefficients)
    given = {"verification": str(group.keys[0].verification), "coefexps": made}

    def anew(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, given | {"coefexps": group.signed(0, json.loads(inside(made, change)))})

    yield case("of a dealer", VALID, given, json.loads(made["message"])["coefexps"])
    yield case("of another", "coefficients-signature", given | {"verification": str(group.keys[1].verification)})
    changed = made | {"message": inside(made, lambda m: m["coefexps"].reverse())}
    yield case("in another order", "coefficients-signature", given | {"coefexps": changed})
    yield anew("one negated", "coefficients-outside-group", lambda m: m["coefexps"].append(negative(GROUP.g)))
    yield anew("one is the identity", "coefficients-malformed", lambda m: m["coefexps"].append("1"))
    yield anew("a field more", "coefficients-malformed", lambda m: m.update(degree=1))


def polynomials(group: Group) -> Iterable[Case]:
    made = json.loads(polynomial_to_bytes(group.polynomials[0]))
    given = {"certificates": group.certs(), "dealer": 1, "polynomial": made}

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, altered(given, lambda m: change(m["polynomial"])))

    yield case("of the first dealer", VALID, given)
    yield case("said to be another's", "coefficients-signature", given | {"dealer": 2})
    yield changed("a share left out", "polynomial-shares", lambda m: m["secrets"].pop())
    yield changed("a share more", "polynomial-shares", lambda m: m["secrets"].append(m["secrets"][0]))
    yield changed("no coefficients", "polynomial-malformed", lambda m: m.pop("coefexps"))
    yield changed("a share that is no text", "polynomial-malformed", lambda m: m["secrets"].__setitem__(0, 1))


def vinputs(group: Group) -> Iterable[Case]:
    """What the second member gets; the output is the public key of their share."""
    made = json.loads(vinput_to_bytes(group.vinputs[1]))
    given = {"certificates": group.certs(), "seed": group.keys[1].seed, "vinput": made}
    dealer, member = group.keys[0], group.keys[1]

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, altered(given, lambda m: change(m["vinput"])))

    yield case("every share lies on its polynomial", VALID, given, str(group.parameters.keys[1].public_key))
    share = json.loads(receive(member, dealer.verification, made["secrets"][0]))["secret"]
    wrong = send(dealer, member.encryption, inner({"secret": str((int(share) + 1) % int(GROUP.q))}), group.rng)
    yield changed("a share off its polynomial", "vinput-share", lambda m: m["secrets"].__setitem__(0, wrong))
    yield changed("shares in another order", "vinput-unreadable", lambda m: m["secrets"].reverse())
    yield case("of another member", "channel-sealed", given | {"seed": group.keys[0].seed})
    stranger = generate_channel_keys(rng=group.rng)
    yield case("of nobody in the group", "certificate-own-missing", given | {"seed": stranger.seed})
    own = send(member, member.encryption, inner({"polynomial": ["5", "7"]}), group.rng)
    yield changed("another polynomial came back", "vinput-own", lambda m: m.update(polynomial=own))
    longer = group.signed(0, {"coefexps": [*json.loads(made["coefexps"][0]["message"])["coefexps"], str(GROUP.g)]})
    yield changed("another degree", "coefficients-degree", lambda m: m["coefexps"].__setitem__(0, longer))
    yield changed("a dealer left out", "vinput-size", lambda m: (m["secrets"].pop(), m["coefexps"].pop()))
    yield changed("no polynomial", "vinput-malformed", lambda m: m.pop("polynomial"))


def voutputs(group: Group) -> Iterable[Case]:
    made = [json.loads(voutput_to_bytes(each)) for each in group.voutputs]
    other = made[1]["public_key"]["pok"]
    yield case("of a member", VALID, made[0])
    yield case("another's proof", "trustee-key-proof", altered(made[0], lambda m: m["public_key"].update(pok=other)))
    yield case("no key", "voutput-malformed", {"private_key": made[0]["private_key"]})
    outside = altered(made[0], lambda m: m["public_key"].update(public_key=negative(m["public_key"]["public_key"])))
    yield case("outside the group", "trustee-key-outside-group", outside)


def decryption_keys(group: Group) -> Iterable[Case]:
    """The key that a member sealed for themselves; the output is its public key."""
    keys = group.keys[0]
    given = {"seed": keys.seed, "private_key": group.sealed[0]}

    def of(message: Any) -> Any:
        return given | {"private_key": send(keys, keys.encryption, inner(message), group.rng)}

    public = str(group.parameters.keys[0].public_key)
    secret = int(group.privates[0].secret)
    yield case("of a member", VALID, given, public)
    yield case("a sum that was not reduced", VALID, of({"decryption_key": str(secret + int(GROUP.q))}), public)
    yield case("of another member", "channel-sealed", given | {"private_key": group.sealed[1]})
    yield case("zero", "trustee-key-file", of({"decryption_key": "0"}))
    yield case("no number", "channel-malformed", of({"decryption_key": "key"}))


# ------------------------------------------------------------------------------------------- the group and the result


def threshold_parameters(group: Group) -> Iterable[Case]:
    """The output is the group's part of the election's key."""
    given = threshold_group_to_json(group.parameters)

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, altered(given, change))

    def swap_certs(message: Any) -> None:
        message["certs"][0], message["certs"][1] = message["certs"][1], message["certs"][0]

    def swap_keys(message: Any) -> None:
        message["verification_keys"].reverse()

    longer = group.signed(0, {"coefexps": [*map(str, group.polynomials[0].coefficients.elements), str(GROUP.g)]})
    yield case("two of three", VALID, given, str(group.parameters.sub_key(GROUP)))
    yield changed("a threshold of one", "threshold-range", lambda m: m.update(threshold=1))
    yield changed("more than there are", "threshold-range", lambda m: m.update(threshold=MEMBERS + 1))
    yield changed("another threshold", "coefficients-degree", lambda m: m.update(threshold=MEMBERS))
    yield changed("a threshold in quotation marks", "threshold-malformed", lambda m: m.update(threshold="2"))
    yield changed("a member left out", "threshold-sizes", lambda m: m["certs"].pop())
    yield changed("a certificate twice", "certificate-twice", lambda m: m["certs"].__setitem__(0, m["certs"][1]))
    yield changed("certificates in another order", "coefficients-signature", swap_certs)
    yield changed("keys in another order", "threshold-key", swap_keys)
    yield changed("a polynomial of a higher degree", "coefficients-degree", lambda m: _first(m["coefexps"], longer))
    foreign = trustee_public_key_to_json(group.single.public(rng=group.rng))
    yield changed("a key that nobody dealt", "threshold-key", lambda m: _first(m["verification_keys"], foreign))


def _first(items: list[Any], other: Any) -> None:
    items[0] = other


def trustees(group: Group) -> Iterable[Case]:
    """The output is the key of each trustee in the order of their numbers, and the election's."""
    document = trustees_to_bytes(group.items).decode()
    keys = [str(group.single.public(rng=group.rng).public_key), *(str(key.public_key) for key in group.parameters.keys)]
    whole = int(keys[0]) * int(group.parameters.sub_key(GROUP)) % int(GROUP.p)

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, text_altered(document, change))

    yield case("one alone and two of three", VALID, document, {"keys": keys, "public_key": str(whole)})
    yield changed("none", "trustee-none", lambda m: m.clear())
    yield changed("one twice", "trustee-twice", lambda m: m.append(m[0]))
    yield changed("of no kind", "trustee-kind", lambda m: m[0].__setitem__(0, "Double"))
    yield changed("one alone called a group", "threshold-malformed", lambda m: m[0].__setitem__(0, "Pedersen"))
    yield changed("a kind without key", "trustee-kind", lambda m: m[0].pop())
    spaced = document.replace(",", ", ", 1)
    yield case("a space", "trustees-not-canonical", spaced)


def threshold_results(group: Group) -> Iterable[Case]:
    """The counts by Lagrange interpolation, from the trustee alone and any two of the three."""
    question = MarkedQuestion(("Amina", "Çiğdem"), True, 0, 1, "Hvem?")
    uuid = new_election_uuid(group.rng)
    definition = define_election(
        uuid=uuid, name="Prøvevalg", description="", questions=[question], trustees=group.items
    )
    codes = generate_credentials(2, rng=group.rng)
    raws = [cast_ballot(definition, code, (place,), rng=group.rng) for place, code in enumerate(codes)]
    tally = tally_ballots(definition, [parse_ballot(raw, definition) for raw in raws])
    keys = [group.single, *group.privates]
    shares = {owner: decrypt_share(key, tally, definition, rng=group.rng) for owner, key in enumerate(keys, start=1)}
    counts = open_tally(tally, shares, group.items, definition)
    given: dict[str, Any] = {
        "election": definition.content.decode(),
        "trustees": trustees_to_bytes(group.items).decode(),
        "encrypted_tally": tally.content.decode(),
        "sized_encrypted_tally": tally.sized_content.decode(),
        "partial_decryptions": {str(owner): json.loads(share.content) for owner, share in shares.items()},
        "result": counts_to_bytes(counts).decode(),
    }

    def of(*owners: int) -> Any:
        every = given["partial_decryptions"]
        return given | {"partial_decryptions": {str(owner): every[str(owner)] for owner in owners}}

    yield case("everybody", VALID, given)
    for first, second in ((2, 3), (2, 4), (3, 4)):
        yield case(f"trustees 1, {first} and {second}", VALID, of(1, first, second))
    yield case("without the trustee alone", "share-missing", of(2, 3, 4))
    yield case("one of the three only", "share-too-few", of(1, 3))
    exchanged = altered(of(1, 2, 3), lambda m: m["partial_decryptions"].update({"2": m["partial_decryptions"]["3"]}))
    yield case("the share of another member", "share-proof", exchanged)
    yield case("one vote more", "result-wrong", given | {"result": compact({"result": [[0, 2, 1]]})})
