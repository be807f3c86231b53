"""Vectors of numbers, ciphertexts and single proofs (specification 4.2, 4.3, 4.5, 4.11 to 4.14, 4.18)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext, encrypt, product
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.proofs import (
    BlankStatement,
    Prover,
    prove_blank,
    prove_decryption,
    prove_exponent,
    prove_interval,
)
from election.crypto.wire import ciphertext_to_json, proof_to_json
from scripts.vectors.cases import VALID, Case, SeededRng, altered, case, faults_of_proof


def group_elements(rng: SeededRng) -> Iterable[Case]:
    element = GROUP.power(GROUP.g, GROUP.random_scalar(rng))
    yield case("the generator", VALID, str(GROUP.g))
    yield case("an element", VALID, str(element))
    yield case("zero", "element-trivial", "0")
    yield case("the identity", "element-trivial", "1")
    yield case("of order two", "element-outside-group", str(GROUP.p - 1))
    yield case("the negative of an element", "element-outside-group", str(GROUP.p - element))
    yield case("the modulus", "number-out-of-range", str(GROUP.p))
    yield case("plus the modulus", "number-out-of-range", str(element + GROUP.p))
    yield case("a leading zero", "number-leading-zero", f"0{element}")
    for name, text in (
        ("a sign", f"+{element}"),
        ("negative", "-1"),
        ("a space", f" {element}"),
        ("hexadecimal", "0x2"),
    ):
        yield case(name, "number-malformed", text)


def scalars(rng: SeededRng) -> Iterable[Case]:
    yield case("zero", VALID, "0")
    yield case("a scalar", VALID, str(GROUP.random_scalar(rng)))
    yield case("the greatest", VALID, str(GROUP.q - 1))
    yield case("q", "number-out-of-range", str(GROUP.q))
    yield case("q more", "number-out-of-range", str(GROUP.q + 5))
    yield case("a leading zero", "number-leading-zero", "00")
    yield case("digits of another script", "number-malformed", "٣")
    yield case("nothing", "number-malformed", "")


def ciphertexts(rng: SeededRng) -> Iterable[Case]:
    key = GROUP.power(GROUP.g, GROUP.random_scalar(rng))
    for number in (0, 1):
        secret = GROUP.random_scalar(rng)
        made = ciphertext_to_json(encrypt(GROUP, key, number, secret))
        given = {"public_key": str(key), "number": number, "randomness": str(secret), "ciphertext": made}
        yield case(f"of {number}", VALID, given)
    yield case("alpha is the identity", "element-trivial", altered(given, lambda m: m["ciphertext"].update(alpha="1")))
    yield case("no beta", "shape-missing", altered(given, lambda m: m["ciphertext"].pop("beta")))
    yield case("a third part", "shape-unknown", altered(given, lambda m: m["ciphertext"].update(gamma="2")))
    negative = str(GROUP.p - mpz(made["beta"]))
    yield case("negated", "element-outside-group", altered(given, lambda m: m["ciphertext"].update(beta=negative)))


def knowledge(tag: str, statement: str) -> Callable[[SeededRng], Iterable[Case]]:
    def cases(rng: SeededRng) -> Iterable[Case]:
        secret = GROUP.random_scalar(rng)
        public = GROUP.power(GROUP.g, secret)
        of = statement.format(group=GROUP.name, public=public)
        proof = proof_to_json(prove_exponent(GROUP, tag, of, secret, rng))
        given = {"tag": tag, "statement": of, "public": str(public), "proof": proof}
        other = str(GROUP.g)
        yield case("honest", VALID, given)
        yield case("another public key", "proof-of-knowledge", altered(given, lambda m: m.update(public=other)))
        yield case("another statement", "proof-of-knowledge", altered(given, lambda m: m.update(statement=of + "0")))
        yield case("another purpose", "proof-of-knowledge", altered(given, lambda m: m.update(tag="decrypt")))
        yield from faults_of_proof(given, lambda m: m["proof"], "proof-of-knowledge")

    return cases


def interval_proofs(rng: SeededRng) -> Iterable[Case]:
    key = GROUP.power(GROUP.g, GROUP.random_scalar(rng))
    prover = Prover(GROUP, key, rng)
    for number, interval in ((0, (0, 1)), (1, (0, 1)), (1, (1, 3))):
        secret = GROUP.random_scalar(rng)
        # A sum of marks is encrypted as a product; here by hand, so that it may be above 1.
        choice = encrypt(GROUP, key, number, secret)
        proofs = prove_interval(prover, "statement", choice, secret, number, range(interval[0], interval[1] + 1))
        given = {
            "public_key": str(key),
            "statement": "statement",
            "ciphertext": ciphertext_to_json(choice),
            "interval": list(interval),
            "proofs": [proof_to_json(proof) for proof in proofs],
        }
        yield case(f"{number} lies between {interval[0]} and {interval[1]}", VALID, given)
    yield case("another statement", "proof-of-range", altered(given, lambda m: m.update(statement="other")))
    yield case("another key", "proof-of-range", altered(given, lambda m: m.update(public_key=str(GROUP.g))))
    yield case("parts in another order", "proof-of-range", altered(given, lambda m: m["proofs"].reverse()))
    yield case("a part left out", "proof-length", altered(given, lambda m: m["proofs"].pop()))
    other = ciphertext_to_json(encrypt(GROUP, key, 2 - 1, secret + 1))
    yield case("another ciphertext", "proof-of-range", altered(given, lambda m: m.update(ciphertext=other)))
    yield from faults_of_proof(given, lambda m: m["proofs"][0], "proof-of-range")


def blank_proofs(rng: SeededRng) -> Iterable[Case]:
    key = GROUP.power(GROUP.g, GROUP.random_scalar(rng))
    for name, marks in (("a blank vote", (1, 0, 0)), ("two marks", (0, 1, 1))):
        secrets = [GROUP.random_scalar(rng) for _ in marks]
        choices = [encrypt(GROUP, key, mark, secret) for mark, secret in zip(marks, secrets, strict=True)]
        claim = BlankStatement("statement", choices[0], product(GROUP, choices[1:]), range(1, 3))
        overall, blank = prove_blank(
            Prover(GROUP, key, rng),
            claim,
            is_blank=bool(marks[0]),
            marks=sum(marks[1:]),
            blank_secret=secrets[0],
            total_secret=sum(secrets[1:], mpz(0)) % GROUP.q,
        )
        given = {
            "public_key": str(key),
            "statement": "statement",
            "blank": ciphertext_to_json(claim.blank),
            "total": ciphertext_to_json(claim.total),
            "interval": [1, 2],
            "overall_proof": [proof_to_json(proof) for proof in overall],
            "blank_proof": [proof_to_json(proof) for proof in blank],
        }
        yield case(name, VALID, given)
    both = ciphertext_to_json(Ciphertext(choices[0].alpha, choices[0].beta * GROUP.g % GROUP.p))
    yield case("blank and two marks", "proof-of-range", altered(given, lambda m: m.update(blank=both)))
    yield case("another statement", "proof-of-range", altered(given, lambda m: m.update(statement="other")))
    swapped = altered(given, lambda m: m.update(blank=m["total"], total=m["blank"]))
    yield case("blank and sum exchanged", "proof-of-range", swapped)
    for proof in ("overall_proof", "blank_proof"):
        yield case(f"{proof} cut", "proof-length", altered(given, lambda m: m[proof].pop()))  # noqa: B023
        yield from (
            each | {"name": f"{proof}: {each['name']}"}
            for each in faults_of_proof(given, lambda m: m[proof][0], "proof-of-range")  # noqa: B023
        )


def decryption_proofs(rng: SeededRng) -> Iterable[Case]:
    secret = GROUP.random_scalar(rng)
    public = GROUP.power(GROUP.g, secret)
    alpha, other = (GROUP.power(GROUP.g, GROUP.random_scalar(rng)) for _ in range(2))
    factor, proof = prove_decryption(GROUP, "fingerprint", secret, alpha, rng)
    given = {
        "election_hash": "fingerprint",
        "public_key": str(public),
        "alpha": str(alpha),
        "factor": str(factor),
        "proof": proof_to_json(proof),
    }
    code = "proof-of-decryption"
    yield case("honest", VALID, given)
    yield case("another election", code, given | {"election_hash": "other"})
    yield case("another key", code, given | {"public_key": str(other)})
    yield case("another ciphertext", code, given | {"alpha": str(other)})
    yield case("another factor", code, given | {"factor": str(other)})
    yield case("the negated factor", "element-outside-group", given | {"factor": str(GROUP.p - factor)})
    yield from faults_of_proof(given, lambda m: m["proof"], code)
