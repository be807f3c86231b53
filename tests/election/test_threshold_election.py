"""Whole elections under threshold groups: a lost key voids nothing, a bad share is left aside, a needed one is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from gmpy2 import mpz, powmod

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.hashing import challenge, joined
from election.crypto.proofs import Proof
from election.errors import TallyError, VerificationError
from election.record.canonical import canonical_bytes
from election.record.writer import owned_document, result_entries, share_entries
from election.shares import Share, parse_share, share_to_json, verify_share
from election.trustees import TrusteePrivateKey, trustee_keys
from election.verify import audit_record, verify_record
from tests.election.dealings import Dealing, ThresholdElection, a_dealing, a_single, an_election
from tests.election.forging import Step, chained, changed, fault, replaced, steps_of

COUNTS = ((1, 1, 1, 0),)


def voted(*parts: TrusteePrivateKey | Dealing) -> ThresholdElection:
    """One blank, one vote for each of the first two, one elector stays away; counted or not."""
    under = an_election(*parts)
    under.election.vote(0, 2)
    under.election.vote(1)
    under.election.vote(2, 1)
    under.election.vote(0, 0)
    under.election.close()
    return under


def spoilt(share: Share) -> Share:
    """A share whose proof is of another factor."""
    ((first, *proofs),) = share.proofs
    return replace(share, proofs=((Proof(first.challenge, first.response + 1), *proofs),))


def fault_of(under: ThresholdElection) -> tuple[str, str]:
    """The step that refuses, without its event, and why."""
    step, code = fault(under.election.entries)
    return step.partition(",")[0], code


def says(change: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    """A share that says something else, in canonical form."""
    return lambda raw: changed(raw, change)


def first_of(message: Any) -> str:
    """The first factor, taken away."""
    return str(message["decryption_factors"][0].pop(0))


def factor(change: Callable[[mpz], mpz]) -> Callable[[bytes], bytes]:
    """A share whose first factor is another."""
    return says(lambda m: m["decryption_factors"][0].insert(0, str(change(mpz(first_of(m))))))


def test_one_lost_key_of_a_two_of_three_group_does_not_void_the_election() -> None:
    """From the keys to the result, whoever of the three loses theirs. (The IACR lost its election of 2025 to this.)"""
    under = voted(a_dealing(3, 2))
    for present in combinations((1, 2, 3), 2):
        assert under.open(under.shares(present)) == COUNTS
    with pytest.raises(TallyError) as caught:
        under.open(under.shares([2]))
    assert caught.value.code == "share-too-few"
    under.count([3, 1])
    record = verify_record(under.election.entries)
    assert record.counts == COUNTS
    assert sorted(record.shares) == [1, 3]


@pytest.mark.parametrize(
    ("parts", "present"),
    [
        ((a_single(),), [1]),
        ((a_single(), a_single(1)), [1, 2]),
        ((a_dealing(3, 2),), [1, 2, 3]),
        ((a_single(), a_dealing(3, 2)), [4, 1, 2]),
        ((a_dealing(3, 2), a_single()), [4, 1, 3]),
        ((a_dealing(3, 2), a_dealing(3, 3), a_single()), [7, 6, 5, 4, 2, 3]),
        ((a_dealing(1, 1), a_dealing(5, 3)), [1, 2, 4, 6]),
    ],
)
def test_every_mixture_of_keys_and_groups_is_counted_and_verified(
    parts: tuple[TrusteePrivateKey | Dealing, ...], present: list[int]
) -> None:
    under = voted(*parts)
    under.count(present)
    assert verify_record(under.election.entries).counts == COUNTS


def test_a_bad_share_of_a_group_is_named_and_left_aside() -> None:
    under = voted(a_single(), a_dealing(3, 2))
    under.count([1, 2, 3, 4], lambda owner, share: spoilt(share) if owner == 3 else share)
    record = verify_record(under.election.entries)
    assert record.counts == COUNTS
    assert sorted(record.shares) == [1, 2, 4]
    assert {owner: error.code for owner, error in record.left_aside.items()} == {3: "share-proof"}
    assert audit_record(under.election.entries).holds


MALFORMED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a factor missing": (says(lambda m: m["decryption_factors"][0].pop()), "tally-shape"),
    "a factor more": (says(lambda m: m["decryption_factors"][0].append("4")), "tally-shape"),
    "a proof missing": (says(lambda m: m["decryption_proofs"][0].pop()), "tally-shape"),
    "no question": (says(lambda m: m["decryption_factors"].clear()), "tally-shape"),
    "a factor outside the subgroup": (factor(lambda number: GROUP.p - number), "share-proof"),
    "a factor plus p": (factor(lambda number: GROUP.p + number), "share-malformed"),
    "a factor of zero": (factor(lambda number: mpz(0)), "share-malformed"),
    "the identity": (factor(lambda number: mpz(1)), "share-proof"),
    "a leading zero": (says(lambda m: m["decryption_factors"][0].insert(0, "0" + first_of(m))), "share-malformed"),
    "a factor as a number": (says(lambda m: m["decryption_factors"][0].insert(0, len(first_of(m)))), "share-malformed"),
    "a response plus q": (
        says(lambda m: m["decryption_proofs"][0][0].update(response=str(GROUP.q))), "share-malformed"),
    "a challenge missing": (says(lambda m: m["decryption_proofs"][0][0].pop("challenge")), "share-malformed"),
    "proofs missing": (says(lambda m: m.pop("decryption_proofs")), "share-malformed"),
    "a field more": (says(lambda m: m.update(x=1)), "share-malformed"),
    "fields swapped": (says(lambda m: m.update(decryption_factors=m.pop("decryption_factors"))), "share-not-canonical"),
    "a field twice": (lambda raw: b'{"decryption_factors":[],' + raw[1:], "share-malformed"),
    "a space": (lambda raw: raw.replace(b":", b": ", 1), "share-not-canonical"),
    "a line more": (lambda raw: raw + b"\n", "share-not-canonical"),
    "a list": (lambda raw: b"[]", "share-malformed"),
    "cut off": (lambda raw: raw[:-1], "share-malformed"),
    "no JSON": (lambda raw: b"\xff\x00", "share-malformed"),
    "nested deeply": (lambda raw: b"[" * 10_000 + b"]" * 10_000, "share-malformed"),
    "nothing": (lambda raw: b"", "share-malformed"),
}  # fmt: skip


@pytest.fixture(scope="module")
def mixed() -> list[Step]:
    """A record under trustee 1 alone and a group of 2 to 4, of whom 2 are enough: everybody decrypted."""
    under = voted(a_single(), a_dealing(3, 2))
    under.count([1, 2, 3, 4])
    return steps_of(under.election.entries)


@pytest.mark.parametrize("way", MALFORMED)
def test_a_malformed_share_of_a_member_is_named_and_left_aside_and_of_a_trustee_alone_refused(
    mixed: list[Step], way: str
) -> None:
    change, code = MALFORMED[way]
    alone, _, third, _ = range(len(mixed) - 5, len(mixed) - 1)
    raw = change(mixed[third][1][0])
    record = verify_record(chained(replaced(mixed, third, raw, owned_document(3, raw))))
    assert {owner: error.code for owner, error in record.left_aside.items()} == {3: code}
    assert sorted(record.shares) == [1, 2, 4]
    assert record.counts == COUNTS
    raw = change(mixed[alone][1][0])
    step, refused = fault(chained(replaced(mixed, alone, raw, owned_document(1, raw))))
    assert (step.partition(",")[0], refused) == ("9 decryptions", code)


@pytest.mark.parametrize(
    ("binding", "code"),
    [
        (b"", "json-unreadable"),
        (b"{}", "shape-missing"),
        (canonical_bytes({"owner": 3}), "shape-missing"),
        (canonical_bytes({"owner": "3", "payload": "x"}), "shape-number"),
        (canonical_bytes({"owner": 3, "payload": "x"}), "share-not-canonical"),
        (canonical_bytes({"owner": 5, "payload": "x"}), "share-owner"),
        (canonical_bytes({"owner": 2, "payload": "x"}), "share-twice"),
    ],
)
def test_nothing_is_left_aside_on_the_word_of_a_document_that_does_not_bind_the_share(
    mixed: list[Step], binding: bytes, code: str
) -> None:
    third = len(mixed) - 3
    step, found = fault(chained(replaced(mixed, third, mixed[third][1][0], binding)))
    assert (step.partition(",")[0], found) == ("9 decryptions", code)


def test_a_member_who_hands_in_the_share_of_another_is_left_aside_unless_others_came_between(mixed: list[Step]) -> None:
    third = len(mixed) - 3
    raw = mixed[third - 1][1][0]
    record = verify_record(chained(replaced(mixed, third, raw, owned_document(3, raw))))
    assert {owner: error.code for owner, error in record.left_aside.items()} == {3: "share-proof"}
    assert record.counts == COUNTS
    raw = mixed[third - 2][1][0]
    assert fault(chained(replaced(mixed, third, raw, owned_document(3, raw))))[1] == "record-entry-twice"


def test_too_few_good_shares_of_a_group_carry_no_result() -> None:
    under = voted(a_dealing(3, 2))
    under.count([1, 2], lambda owner, share: spoilt(share) if owner == 2 else share)
    assert fault_of(under) == ("10 result", "share-too-few")


def test_a_bad_share_of_a_trustee_alone_is_refused() -> None:
    under = voted(a_single(), a_dealing(3, 2))
    under.count([1, 2, 3], lambda owner, share: spoilt(share) if owner == 1 else share)
    assert fault_of(under) == ("9 decryptions", "share-proof")


def test_a_result_without_the_trustee_who_is_needed_is_refused() -> None:
    under = voted(a_single(), a_dealing(3, 2))
    for owner, share in under.shares([2, 3]).items():
        assert under.election.head
        under.election.take(share_entries(under.election.head, owner, share))
    assert under.election.head
    under.election.take(result_entries(under.election.head, COUNTS))
    assert fault_of(under) == ("10 result", "share-missing")


@pytest.mark.parametrize("bad_first", [True, False])
def test_a_member_decrypts_once_also_after_a_bad_share(bad_first: bool) -> None:
    under = voted(a_dealing(3, 2))
    good = under.shares([2])[2]
    for share in (spoilt(good), good) if bad_first else (good, spoilt(good)):
        assert under.election.head
        under.election.take(share_entries(under.election.head, 2, share))
    assert fault_of(under) == ("9 decryptions", "share-twice")


def test_a_share_under_another_members_name_is_left_aside_and_does_not_count() -> None:
    under = voted(a_dealing(3, 2))
    for owner in (1, 2):
        assert under.election.head
        # Made twice, because the same document twice would be refused already by the chain.
        under.election.take(share_entries(under.election.head, owner, under.shares([1])[1]))
    record = verify_record(under.election.entries)
    assert sorted(record.shares) == [1]
    assert sorted(record.left_aside) == [2]


@pytest.mark.parametrize("owner", [0, 4])
def test_a_share_of_nobody_is_refused(owner: int) -> None:
    under = voted(a_dealing(3, 2))
    assert under.election.head
    under.election.take(share_entries(under.election.head, owner, under.shares([1])[1]))
    with pytest.raises(VerificationError) as caught:
        verify_record(under.election.entries)
    assert caught.value.cause.code == "share-owner"


def test_each_share_is_read_back_and_holds_for_its_member_only() -> None:
    under = voted(a_dealing(3, 2))
    definition, tally = under.election.definition, under.election.tally()
    keys = trustee_keys(under.items)
    for owner, share in under.shares([1, 2, 3]).items():
        assert parse_share(share_to_json(share), definition) == share
        verify_share(share, keys[owner - 1], tally, definition)
        with pytest.raises(TallyError):
            verify_share(share, keys[owner % 3], tally, definition)


def poisoned(share: Share, key: TrusteePrivateKey, under: ThresholdElection) -> Share:
    """A share that is wrong and whose proof holds: B is free, because the challenge hashes no factor (4.18)."""
    definition = under.election.definition
    group, alpha = definition.group, under.election.tally().choices[0][0].alpha
    w, other = mpz(7), mpz(11)
    a, b = group.power(group.g, w), group.power(alpha, other)
    public = key.public().public_key
    c = challenge(group, "decrypt", f"{definition.fingerprint}|{public}", joined(a, b))
    response = (w - key.secret * c) % group.q
    factor = group.power(alpha, (other - response) * powmod(c, mpz(-1), group.q) % group.q)
    ((_, *factors),), ((_, *proofs),) = share.factors, share.proofs
    return Share(factors=((factor, *factors),), proofs=((Proof(c, response), *proofs),))


@pytest.mark.parametrize("bad", [1, 2, 3])
def test_a_member_who_spoils_a_share_that_verifies_voids_nothing_while_enough_others_came(bad: int) -> None:
    under = voted(a_dealing(3, 2))
    shares = under.shares([1, 2, 3])
    key = under.privates[bad]
    wrong = poisoned(shares[bad], key, under)
    verify_share(wrong, key.public(), under.election.tally(), under.election.definition)
    assert under.open(shares | {bad: wrong}) == COUNTS
    under.count([1, 2, 3], lambda owner, share: poisoned(share, key, under) if owner == bad else share)
    record = verify_record(under.election.entries)
    assert record.counts == COUNTS
    few = {owner: share for owner, share in (shares | {bad: wrong}).items() if owner in (bad, bad % 3 + 1)}
    with pytest.raises(TallyError) as caught:
        under.open(few)
    assert caught.value.code == "tally-unopened"


def test_a_wrong_result_is_refused_whichever_members_are_chosen() -> None:
    under = voted(a_dealing(3, 2))
    for owner, share in under.shares([1, 2, 3]).items():
        assert under.election.head
        under.election.take(share_entries(under.election.head, owner, share))
    assert under.election.head
    under.election.take(result_entries(under.election.head, ((1, 1, 0, 1),)))
    assert fault_of(under) == ("10 result", "result-wrong")
