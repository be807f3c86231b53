"""Named ways to forge a document of a record whose chain is made anew, each refused by its own step with its own error.

What needs more than a changed document stands in the other ``test_tamper_*`` files, in ``test_archive.py`` and in
``test_chain.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from gmpy2 import mpz, powmod

from election.credentials import derive_credential
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.record.canonical import sha256_hex
from election.verify import verify_record
from tests.election.elections import SmallElection, make_election
from tests.election.forging import (
    BLANK,
    FIRST,
    RESULT,
    REVOTE,
    SECOND,
    SETUP,
    SHARE_1,
    SHARE_2,
    TALLY,
    Step,
    chained,
    changed,
    fault,
    replaced,
    setup_step,
    signed_anew,
)

Forge = Callable[[SmallElection, list[Step]], list[Step]]
P, Q = int(GROUP.p), int(GROUP.q)


def small_order() -> int:
    """An element whose order is a small odd prime: its power to a secret tells the secret's remainder."""
    cofactor = (GROUP.p - 1) // GROUP.q
    prime = next(number for number in range(3, 2**20, 2) if cofactor % number == 0)
    return next(
        int(found) for base in range(2, 99) if (found := powmod(mpz(base), (GROUP.p - 1) // prime, GROUP.p)) != 1
    )


def ballot(place: int, change: Callable[[Any], object], *, signed: bool = False) -> Forge:
    """A ballot after a change, with a good signature again where ``signed``."""

    def forge(made: SmallElection, steps: list[Step]) -> list[Step]:
        raw = changed(steps[place][1][0], change)
        if signed:
            raw = signed_anew(raw, made.codes[{FIRST: 0, BLANK: 1, SECOND: 2, REVOTE: 0}[place]], made.definition)
        return replaced(steps, place, raw)

    return forge


def text(place: int, number: int, change: Callable[[bytes], bytes]) -> Forge:
    """Bytes of a document after a change, whatever they then are."""

    def forge(made: SmallElection, steps: list[Step]) -> list[Step]:
        documents = list(steps[place][1])
        documents[number] = change(documents[number])
        assert documents[number] != steps[place][1][number]
        if place == SETUP:
            return [setup_step(*documents[:3]), *steps[1:]]
        if place in (TALLY, SHARE_1, SHARE_2) and number == 0:
            owner = json.loads(documents[1])
            owner["encrypted_tally" if place == TALLY else "payload"] = sha256_hex(documents[0])
            documents[1] = json.dumps(owner, separators=(",", ":")).encode()
        return replaced(steps, place, *documents)

    return forge


def says(place: int, number: int, change: Callable[[Any], object]) -> Forge:
    """What a document says after a change, in canonical form."""
    return text(place, number, lambda raw: changed(raw, change))


def choice(message: Any, number: int = 1) -> Any:
    return message["answers"][0]["choices"][number]


def put(*path: str | int, value: Any) -> Callable[[Any], None]:
    """Write ``value``, or what it makes of the old one, at a place of a message."""

    def change(message: Any) -> None:
        for key in path[:-1]:
            message = message[key]
        message[path[-1]] = value(message[path[-1]]) if callable(value) else value

    return change


def plus(number: int) -> Callable[[str], str]:
    return lambda old: str(int(old) + number)


def swapped(*path: str | int) -> Callable[[Any], None]:
    """The members of an object in the other order."""

    def change(message: Any) -> None:
        for key in path:
            message = message[key]
        members = list(message.items())[::-1]
        message.clear()
        message.update(members)

    return change


def from_another_election(made: SmallElection, steps: list[Step]) -> list[Step]:
    other = make_election(electors=1)
    return replaced(steps, SECOND, other.vote(0, 1))


def moved_here(made: SmallElection, steps: list[Step]) -> list[Step]:
    """A ballot of another election with this one's names written in, and signed for it by one of its own electors."""
    other = make_election(electors=1)
    message = json.loads(other.vote(0, 1))
    message["election_uuid"], message["election_hash"] = made.definition.uuid, made.definition.fingerprint
    raw = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
    return replaced(steps, SECOND, signed_anew(raw, made.codes[2], made.definition))


def of_another_elector(made: SmallElection, steps: list[Step]) -> list[Step]:
    """A ballot that its elector never cast again, with the name of somebody who stayed away, signed by them."""
    return replaced(steps, SECOND, signed_anew(steps[SECOND][1][0], made.codes[3], made.definition))


def named_after_another(made: SmallElection, steps: list[Step]) -> list[Step]:
    public = str(derive_credential(made.codes[3], made.definition.uuid, GROUP).public)
    return replaced(steps, SECOND, changed(steps[SECOND][1][0], put("credential", value=public)))


def signature_of_the_revote(made: SmallElection, steps: list[Step]) -> list[Step]:
    signature = json.loads(steps[REVOTE][1][0])["signature"]
    return replaced(steps, FIRST, changed(steps[FIRST][1][0], put("signature", value=signature)))


def shares_exchanged(made: SmallElection, steps: list[Step]) -> list[Step]:
    one, two = json.loads(steps[SHARE_1][1][1]), json.loads(steps[SHARE_2][1][1])
    one["owner"], two["owner"] = 2, 1
    step = replaced(steps, SHARE_1, steps[SHARE_1][1][0], json.dumps(one, separators=(",", ":")).encode())
    return replaced(step, SHARE_2, steps[SHARE_2][1][0], json.dumps(two, separators=(",", ":")).encode())


def proofs_exchanged(message: Any) -> None:
    proofs = message["answers"][0]["individual_proofs"]
    proofs[1], proofs[2] = proofs[2], proofs[1]


def choices_exchanged(message: Any) -> None:
    choices = message["answers"][0]["choices"]
    choices[1], choices[2] = choices[2], choices[1]


def branches_exchanged(message: Any) -> None:
    message["answers"][0]["individual_proofs"][1].reverse()


def parts_exchanged(message: Any) -> None:
    one = choice(message)
    one["alpha"], one["beta"] = one["beta"], one["alpha"]


def negated(message: Any) -> None:
    choice(message)["beta"] = str(P - int(choice(message)["beta"]))


def minus(old: str) -> str:
    return str(P - int(old))


BALLOTS = "6 ballots, event 3"
SMALL = {"alpha": "5", "beta": "5"}
CHOICE = ("answers", 0, "choices", 1)
PROOF = ("answers", 0, "individual_proofs", 1, 0)

WAYS: dict[str, tuple[Forge, str, str]] = {
    # forms of numbers
    "a leading zero in a ciphertext": (
        ballot(SECOND, put(*CHOICE, "alpha", value=lambda old: "0" + old), signed=True), BALLOTS, "ballot-malformed"),
    "a plus sign": (
        ballot(SECOND, put(*CHOICE, "alpha", value=lambda old: "+" + old), signed=True), BALLOTS, "ballot-malformed"),
    "a ciphertext plus p": (
        ballot(SECOND, put(*CHOICE, "beta", value=plus(P)), signed=True), BALLOTS, "ballot-malformed"),
    "a negative number": (
        ballot(SECOND, put(*CHOICE, "beta", value=lambda old: "-" + old), signed=True), BALLOTS, "ballot-malformed"),
    "a number that is no string": (
        ballot(SECOND, put(*CHOICE, "beta", value=5), signed=True), BALLOTS, "ballot-malformed"),
    "digits of another script": (
        ballot(SECOND, put(*CHOICE, "beta", value="٣"), signed=True), BALLOTS, "ballot-malformed"),
    "a challenge plus q": (
        ballot(SECOND, put(*PROOF, "challenge", value=plus(Q)), signed=True), BALLOTS, "ballot-malformed"),
    "a response plus q": (
        ballot(SECOND, put(*PROOF, "response", value=plus(Q)), signed=True), BALLOTS, "ballot-malformed"),
    "a response of the signature plus q": (
        ballot(SECOND, put("signature", "proof", "response", value=plus(Q))), BALLOTS, "ballot-malformed"),
    "a leading zero in a response": (
        ballot(SECOND, put(*PROOF, "response", value=lambda old: "0" + old), signed=True), BALLOTS, "ballot-malformed"),
    # elements that are none
    "zero for a ciphertext": (
        ballot(SECOND, put(*CHOICE, "alpha", value="0"), signed=True), BALLOTS, "ballot-malformed"),
    "the identity for a ciphertext": (
        ballot(SECOND, put(*CHOICE, "alpha", value="1"), signed=True), BALLOTS, "ballot-malformed"),
    "an element of order two": (
        ballot(SECOND, put(*CHOICE, "alpha", value=str(P - 1)), signed=True), BALLOTS, "ballot-proof"),
    "an element of small order": (
        ballot(SECOND, put(*CHOICE, "alpha", value=str(small_order())), signed=True), BALLOTS, "ballot-proof"),
    "a negated ciphertext": (ballot(SECOND, negated, signed=True), BALLOTS, "ballot-proof"),
    # forms of documents
    "swapped keys of a ballot": (ballot(SECOND, swapped()), BALLOTS, "ballot-not-canonical"),
    "swapped keys of a ciphertext": (ballot(SECOND, swapped(*CHOICE), signed=True), BALLOTS, "ballot-not-canonical"),
    "swapped keys of a proof": (ballot(SECOND, swapped(*PROOF), signed=True), BALLOTS, "ballot-not-canonical"),
    "swapped keys of the signature": (ballot(SECOND, swapped("signature")), BALLOTS, "ballot-not-canonical"),
    "a duplicated key": (
        text(SECOND, 0, lambda raw: b'{"credential":"5",' + raw[1:]), BALLOTS, "ballot-malformed"),
    "an unknown key": (ballot(SECOND, put("name", value="Amina")), BALLOTS, "ballot-malformed"),
    "an unknown key in an answer": (
        ballot(SECOND, put("answers", 0, "name", value="Amina"), signed=True), BALLOTS, "ballot-malformed"),
    "a space": (text(SECOND, 0, lambda raw: raw.replace(b'":"', b'": "', 1)), BALLOTS, "ballot-not-canonical"),
    "a line end": (text(SECOND, 0, lambda raw: raw + b"\n"), BALLOTS, "ballot-not-canonical"),
    "a mark of byte order": (text(SECOND, 0, lambda raw: b"\xef\xbb\xbf" + raw), BALLOTS, "ballot-malformed"),
    "an escaped letter": (
        text(SECOND, 0, lambda raw: raw.replace(b'"answers"', b'"\\u0061nswers"')), BALLOTS, "ballot-not-canonical"),
    "bytes that are no text": (text(SECOND, 0, lambda raw: b"\xff" + raw), BALLOTS, "ballot-malformed"),
    "a ballot of many megabytes": (text(SECOND, 0, lambda raw: raw + b" " * 2**22), BALLOTS, "ballot-too-large"),
    # parts of ballots
    "an answer too many": (
        ballot(SECOND, put("answers", value=lambda old: old * 2), signed=True), BALLOTS, "ballot-too-large"),
    "two short answers": (
        ballot(SECOND, put("answers", value=[{}, {}]), signed=True), BALLOTS, "ballot-questions"),
    "no answer": (ballot(SECOND, put("answers", value=[]), signed=True), BALLOTS, "ballot-questions"),
    "a candidate too many": (
        ballot(SECOND, put("answers", 0, "choices", value=lambda old: [*old, SMALL]), signed=True),
        BALLOTS, "answer-length"),
    "a proof too few": (
        ballot(SECOND, put("answers", 0, "individual_proofs", value=lambda old: old[1:]), signed=True),
        BALLOTS, "answer-length"),
    "a branch too few": (
        ballot(SECOND, put("answers", 0, "overall_proof", value=lambda old: old[1:]), signed=True),
        BALLOTS, "answer-length"),
    "no blank proof": (
        ballot(SECOND, lambda message: message["answers"][0].pop("blank_proof"), signed=True),
        BALLOTS, "ballot-malformed"),
    "the proofs of two candidates exchanged": (ballot(SECOND, proofs_exchanged, signed=True), BALLOTS, "ballot-proof"),
    "the votes for two candidates exchanged": (ballot(SECOND, choices_exchanged, signed=True), BALLOTS, "ballot-proof"),
    "the branches of a proof exchanged": (ballot(SECOND, branches_exchanged, signed=True), BALLOTS, "ballot-proof"),
    "the parts of a ciphertext exchanged": (ballot(SECOND, parts_exchanged, signed=True), BALLOTS, "ballot-proof"),
    "a challenge off by one": (
        ballot(SECOND, put(*PROOF, "challenge", value=plus(1)), signed=True), BALLOTS, "ballot-proof"),
    "a response of the whole off by one": (
        ballot(SECOND, put("answers", 0, "overall_proof", 0, "response", value=plus(1)), signed=True),
        BALLOTS, "ballot-proof"),
    "a response of the blank proof off by one": (
        ballot(SECOND, put("answers", 0, "blank_proof", 0, "response", value=plus(1)), signed=True),
        BALLOTS, "ballot-proof"),
    # whose ballot
    "a signature off by one": (
        ballot(SECOND, put("signature", "proof", "response", value=plus(1))), BALLOTS, "ballot-signature"),
    "a hash that was not signed": (
        ballot(SECOND, put("signature", "hash", value=lambda old: old[::-1])), BALLOTS, "ballot-signature"),
    "the signature of another ballot of the same elector": (
        signature_of_the_revote, "6 ballots, event 1", "ballot-signature"),
    "the credential of somebody who stayed away": (named_after_another, BALLOTS, "ballot-signature"),
    "a ballot signed anew by somebody who stayed away": (of_another_elector, BALLOTS, "ballot-proof"),
    "an unknown credential": (
        ballot(SECOND, put("credential", value=str(GROUP.g))), BALLOTS, "ballot-unknown-credential"),
    "the uuid of another election": (
        ballot(SECOND, put("election_uuid", value="4S92PJQYHSkk7n"), signed=True), BALLOTS, "ballot-other-election"),
    "the fingerprint of another election": (
        ballot(SECOND, put("election_hash", value=lambda old: old[::-1]), signed=True),
        BALLOTS, "ballot-other-election"),
    "a ballot of another election": (from_another_election, BALLOTS, "ballot-other-election"),
    "a ballot moved here from another election and signed anew": (moved_here, BALLOTS, "ballot-proof"),
    # the set-up
    "another version of the protocol": (says(SETUP, 0, put("version", value=2)), "3 election", "definition-version"),
    "a group of one's own": (says(SETUP, 0, put("group", value="BELENIOS-1024")), "3 election", "group-unknown"),
    "swapped keys of the election": (says(SETUP, 0, swapped()), "3 election", "definition-not-canonical"),
    "a field twice in the election": (
        text(SETUP, 0, lambda raw: b'{"version":1,' + raw[1:]), "3 election", "json-duplicate-key"),
    "more marks than candidates": (
        says(SETUP, 0, put("questions", 0, "max", value=9)), "3 election", "definition-marks"),
    "the election's key off by one": (
        says(SETUP, 0, put("public_key", value=plus(1))), "3 election", "element-outside-group"),
    "a trustee's proof off by one": (
        says(SETUP, 1, put(0, 1, "pok", "response", value=plus(1))), "4 trustees", "trustee-key-proof"),
    "a trustee of an unknown kind": (says(SETUP, 1, put(0, 0, value="Double")), "4 trustees", "trustee-kind"),
    "swapped keys of a trustee": (says(SETUP, 1, swapped(0, 1)), "4 trustees", "trustees-not-canonical"),
    # the tally
    "a ballot fewer in the tally": (
        says(TALLY, 1, put("num_tallied", value=2)), "7 tally, event 6", "tally-not-product"),
    "a weight more in the tally": (
        says(TALLY, 1, put("total_weight", value=4)), "7 tally, event 6", "tally-not-product"),
    "two candidates of the tally exchanged": (
        text(TALLY, 0, lambda raw: changed(raw, lambda message: message[0].reverse())),
        "7 tally, event 6", "tally-not-product"),
    "swapped keys of the tally's size": (says(TALLY, 1, swapped()), "7 tally, event 6", "tally-not-canonical"),
    "a candidate fewer in the tally": (
        text(TALLY, 0, lambda raw: changed(raw, lambda message: message[0].pop())), "7 tally, event 6", "tally-shape"),
    # decryptions
    "the shares of two trustees exchanged": (shares_exchanged, "9 decryptions, event 7", "share-proof"),
    "a factor off by one": (
        text(SHARE_1, 0, lambda raw: changed(raw, put("decryption_factors", 0, 0, value=plus(1)))),
        "9 decryptions, event 7", "share-proof"),
    "a factor negated": (
        text(SHARE_1, 0, lambda raw: changed(raw, put("decryption_factors", 0, 0, value=minus))),
        "9 decryptions, event 7", "share-proof"),
    "a proof of decryption plus q": (
        text(SHARE_1, 0, lambda raw: changed(raw, put("decryption_proofs", 0, 0, "response", value=plus(Q)))),
        "9 decryptions, event 7", "share-malformed"),
    "swapped keys of a share": (
        text(SHARE_1, 0, lambda raw: changed(raw, swapped())), "9 decryptions, event 7", "share-not-canonical"),
    "a trustee who does not exist": (
        says(SHARE_2, 1, put("owner", value=3)), "9 decryptions, event 8", "share-owner"),
    # the result
    "a count off by one": (
        says(RESULT, 0, put("result", 0, 1, value=lambda old: old + 1)), "10 result, event 9", "result-wrong"),
    "votes of two candidates exchanged": (
        says(RESULT, 0, lambda message: message["result"][0].reverse()), "10 result, event 9", "result-wrong"),
    "a count plus q": (
        says(RESULT, 0, put("result", 0, 0, value=str(Q + 1))), "10 result, event 9", "shape-number"),
    "a negative count": (says(RESULT, 0, put("result", 0, 0, value=-1)), "10 result, event 9", "shape-number"),
    "a candidate fewer in the result": (
        says(RESULT, 0, lambda message: message["result"][0].pop()), "10 result, event 9", "tally-shape"),
    "a result twice in one document": (
        text(RESULT, 0, lambda raw: b'{"result":[],' + raw[1:]), "10 result, event 9", "json-duplicate-key"),
}  # fmt: skip


@pytest.mark.parametrize("name", WAYS)
def test_a_forged_record_is_refused_by_name(finished: SmallElection, steps: list[Step], name: str) -> None:
    forge, step, code = WAYS[name]
    assert fault(chained(forge(finished, steps))) == (step, code)


def test_there_are_at_least_sixty_ways() -> None:
    assert len(WAYS) >= 60


def test_the_forging_itself_breaks_nothing(finished: SmallElection, steps: list[Step]) -> None:
    unchanged = ballot(SECOND, lambda _: None, signed=True)(finished, steps)
    assert verify_record(chained(unchanged)).ballots == 4
