"""The rehearsal: each trustee opens a test ciphertext before voting can, so that a lost key is found in time.

What is encrypted, and with which randomness, follows from the trustees' document and a number that the administrator
draws. So a trustee's answer tells nobody anything (a ballot cannot be handed to them as a test), and it proves that
the key is at hand. Not of the Belenios specification; the proofs are those of 4.18, bound to the test and, unlike
there, to the ciphertext and the factor too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.crypto.elgamal import Ciphertext
from election.crypto.groups import Group, parse_element
from election.crypto.hashing import joined
from election.crypto.proofs import Proof, prove_decryption, verify_decryption
from election.crypto.wire import parse_proof, proof_to_json
from election.errors import ElectionError, TrusteeError
from election.ids import SYSTEM_RNG, Rng, random_base58
from election.record.canonical import Json, canonical_bytes, fingerprint, load_json
from election.record.shapes import fields, text, whole_number
from election.trustees.combination import sub_factors
from election.trustees.document import (
    TrusteeItem,
    election_public_key,
    owner_of,
    owners,
    trustee_keys,
    trustees_to_bytes,
)
from election.trustees.keys import TrusteePrivateKey
from election.trustees.threshold import ThresholdGroup

_NONCE_LENGTH = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalTest:
    """What every trustee is asked to open."""

    trustees: tuple[TrusteeItem, ...]
    group: Group
    nonce: str

    @property
    def fingerprint(self) -> str:
        """What the proofs are bound to: these trustees and this test, and no election."""
        return fingerprint(f"rehearsal|{self.group.name}|{self.nonce}|".encode() + trustees_to_bytes(self.trustees))

    def ciphertext(self) -> Ciphertext:
        """The encryption of ``message`` under the election's key, which anybody can make again."""
        group, randomness = self.group, self._derived("randomness")
        key = election_public_key(self.trustees, group)
        return Ciphertext(group.power(group.g, randomness), group.power(key, randomness) * self.message() % group.p)

    def message(self) -> mpz:
        """The element of the group that the trustees must find."""
        return self.group.power(self.group.g, self._derived("message"))

    def _derived(self, purpose: str) -> mpz:
        digest = hashlib.sha512(f"{purpose}|{self.fingerprint}".encode()).digest()
        return mpz(int.from_bytes(digest)) % self.group.q


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalAnswer:
    """One trustee's decryption of the test, with its proof."""

    owner: int
    factor: mpz
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How many of an item's trustees have shown that they hold their key."""

    owners: range
    needed: int
    """without them nothing can be counted"""
    wanted: int
    """with one to spare, where there is one"""
    proven: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A test and the answers that hold, by owner."""

    test: RehearsalTest
    answers: Mapping[int, RehearsalAnswer]

    def readiness(self) -> tuple[Readiness, ...]:
        """For each item of the trustees' document how far it is."""
        return tuple(
            Readiness(
                owners=numbers,
                needed=_threshold(item),
                wanted=min(_threshold(item) + 1, len(numbers)),
                proven=sum(owner in self.answers for owner in numbers),
            )
            for item, numbers in owners(self.test.trustees)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Somebody's decision to open although too few keys were shown, which is recorded with the election."""

    decided_by: str
    reason: str


def new_nonce(*, rng: Rng = SYSTEM_RNG) -> str:
    """A fresh number for a test."""
    return random_base58(_NONCE_LENGTH, rng)


def new_test(trustees: Sequence[TrusteeItem], group: Group, *, rng: Rng = SYSTEM_RNG) -> RehearsalTest:
    """A fresh test."""
    return RehearsalTest(trustees=tuple(trustees), group=group, nonce=new_nonce(rng=rng))


def answer_test(private_key: TrusteePrivateKey, test: RehearsalTest, *, rng: Rng = SYSTEM_RNG) -> RehearsalAnswer:
    """A trustee's decryption of the test.

    Raises:
        TrusteeError: The key belongs to none of the trustees.
    """
    public = test.group.secret_power(test.group.g, private_key.secret)
    owner = owner_of(test.trustees, public)
    alpha = test.ciphertext().alpha
    factor = test.group.secret_power(alpha, private_key.secret)
    factor, proof = prove_decryption(test.group, _statement(test, alpha, factor), private_key.secret, alpha, rng)
    return RehearsalAnswer(owner=owner, factor=factor, proof=proof)


def rehearse(test: RehearsalTest, answers: Sequence[RehearsalAnswer]) -> Rehearsal:
    """The rehearsal that these answers make; where enough have come, they must open the test.

    Raises:
        TrusteeError: An answer is nobody's, comes twice or does not hold, or together they open something else.
    """
    accepted: dict[int, RehearsalAnswer] = {}
    for answer in answers:
        if answer.owner in accepted:
            raise TrusteeError("rehearsal-twice", owner=answer.owner)
        _verify_answer(test, answer)
        accepted[answer.owner] = answer
    rehearsal = Rehearsal(test=test, answers=accepted)
    if all(each.proven >= each.needed for each in rehearsal.readiness()):
        _check_opens(rehearsal)
    return rehearsal


def verify_ready(rehearsal: Rehearsal, override: Override | None = None) -> None:
    """Check that voting may open: every trustee who is needed has shown their key, and of a group one to spare.

    Raises:
        TrusteeError: Too few have, and nobody decided otherwise with a reason.
    """
    if override is not None:
        if not (override.reason.strip() and override.decided_by.strip()):
            raise TrusteeError("rehearsal-override")
        return
    for each in rehearsal.readiness():
        if each.proven < each.wanted:
            last = each.owners.stop - 1
            raise TrusteeError(
                "rehearsal-too-few", first=each.owners.start, last=last, found=each.proven, expected=each.wanted
            )


def rehearsal_test_to_bytes(test: RehearsalTest) -> bytes:
    """The test as a file: the trustees' document is named by its fingerprint and handed along."""
    return canonical_bytes(
        {"format": "raadsvalg-rehearsal", "version": 1, "group": test.group.name, "nonce": test.nonce}
        | {"fingerprint": test.fingerprint}
    )


def parse_rehearsal_test(raw: bytes, trustees: Sequence[TrusteeItem], group: Group) -> RehearsalTest:
    """A test file, for these trustees.

    Raises:
        TrusteeError: Malformed, or for other trustees.
    """
    try:
        read = fields(load_json(raw), "rehearsal", ("format", "version", "group", "nonce", "fingerprint"))
        test = RehearsalTest(trustees=tuple(trustees), group=group, nonce=text(read["nonce"], "nonce"))
    except ElectionError as fault:
        raise TrusteeError("rehearsal-malformed", reason=str(fault)) from fault
    if rehearsal_test_to_bytes(test) != raw.strip():
        raise TrusteeError("rehearsal-other-trustees")
    return test


def answer_to_bytes(answer: RehearsalAnswer) -> bytes:
    """An answer as a file."""
    return canonical_bytes(
        {"owner": answer.owner, "decryption_factor": str(answer.factor), "proof": proof_to_json(answer.proof)}
    )


def parse_answer(raw: bytes, group: Group) -> RehearsalAnswer:
    """An answer file; whether it holds is asked by ``rehearse``.

    Raises:
        TrusteeError: Malformed.
    """
    try:
        read: dict[str, Json] = fields(load_json(raw), "answer", ("owner", "decryption_factor", "proof"))
        return RehearsalAnswer(
            owner=whole_number(read["owner"], "owner"),
            factor=parse_element(read["decryption_factor"], group),
            proof=parse_proof(read["proof"], group),
        )
    except ElectionError as fault:
        raise TrusteeError("rehearsal-malformed", reason=str(fault)) from fault


def _threshold(item: TrusteeItem) -> int:
    return item.threshold if isinstance(item, ThresholdGroup) else 1


def _verify_answer(test: RehearsalTest, answer: RehearsalAnswer) -> None:
    keys = trustee_keys(test.trustees)
    if not 1 <= answer.owner <= len(keys):
        raise TrusteeError("rehearsal-owner", owner=answer.owner, trustees=len(keys))
    public, alpha = keys[answer.owner - 1].public_key, test.ciphertext().alpha
    try:
        if not test.group.has_member(answer.factor):
            raise TrusteeError("rehearsal-proof", owner=answer.owner)
        statement = _statement(test, alpha, answer.factor)
        verify_decryption(test.group, statement, public, alpha, answer.factor, answer.proof)
    except ElectionError as fault:
        raise TrusteeError("rehearsal-proof", owner=answer.owner) from fault


def _statement(test: RehearsalTest, alpha: mpz, factor: mpz) -> str:
    """What stands for the election's fingerprint in the proof: unlike 4.18 also what the proof is about."""
    return f"{test.fingerprint}|{joined(alpha, factor)}"


def _check_opens(rehearsal: Rehearsal) -> None:
    test, group = rehearsal.test, rehearsal.test.group
    factors = {owner: ((answer.factor,),) for owner, answer in rehearsal.answers.items()}
    combined = mpz(1)
    for ((factor,),) in sub_factors(test.trustees, factors, group):
        combined = combined * factor % group.p
    # A subgroup element's inverse is its power to q - 1.
    if test.ciphertext().beta * group.power(combined, group.q - 1) % group.p != test.message():
        raise TrusteeError("rehearsal-unopened")
