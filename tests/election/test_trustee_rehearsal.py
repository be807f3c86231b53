"""The rehearsal: keys are shown before voting opens, and nobody gets a ballot decrypted as a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from gmpy2 import mpz, powmod

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.hashing import challenge, joined
from election.crypto.proofs import Proof
from election.errors import ElectionError
from election.record.canonical import canonical_bytes
from election.trustees import TrusteePrivateKey, election_public_key
from election.trustees.rehearsal import (
    Override,
    Rehearsal,
    RehearsalAnswer,
    _check_opens,
    answer_test,
    answer_to_bytes,
    new_test,
    parse_answer,
    parse_rehearsal_test,
    rehearsal_test_to_bytes,
    rehearse,
    verify_ready,
)
from tests.election.dealings import a_dealing, a_single

# Trustee 1 alone, trustees 2 to 4 of whom two are enough.
ITEMS = (a_single().public(), a_dealing(3, 2).parameters)
KEYS = (a_single(), *a_dealing(3, 2).privates)
TEST = new_test(ITEMS, GROUP)
ANSWERS = {owner: answer_test(key, TEST) for owner, key in enumerate(KEYS, start=1)}


def rehearsed(owners: Iterable[int]) -> Rehearsal:
    return rehearse(TEST, [ANSWERS[owner] for owner in owners])


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(ElectionError) as caught:
        action()
    assert str(caught.value)
    return caught.value.code


def test_answers_name_their_trustee_and_are_read_back() -> None:
    assert [answer.owner for answer in ANSWERS.values()] == [1, 2, 3, 4]
    for answer in ANSWERS.values():
        assert parse_answer(answer_to_bytes(answer), GROUP) == answer


def test_the_test_is_under_the_elections_key() -> None:
    """Oracle: the secret of the whole election, which only a test may put together."""
    group = a_dealing(3, 2)
    secret = KEYS[0].secret + sum(group.dealt_numbers(dealer)[0] for dealer in range(3))
    assert election_public_key(ITEMS, GROUP) == GROUP.power(GROUP.g, secret)
    ciphertext = TEST.ciphertext()
    assert ciphertext.beta == GROUP.power(ciphertext.alpha, secret) * TEST.message() % GROUP.p
    assert TEST.message() != 1


@pytest.mark.parametrize(
    ("owners", "refused"),
    [
        ((), True),
        ((1,), True),
        ((2, 3, 4), True),  # the single is needed
        ((1, 2, 3), True),  # enough to count, but nobody to spare
        ((1, 2, 3, 4), False),
        ((4, 3, 2, 1), False),
    ],
)
def test_voting_opens_when_all_singles_and_the_threshold_and_one_more_have_shown_their_keys(
    owners: tuple[int, ...], refused: bool
) -> None:
    if refused:
        assert code_of(lambda: verify_ready(rehearsed(owners))) == "rehearsal-too-few"
    else:
        verify_ready(rehearsed(owners))


def test_where_there_is_nobody_to_spare_all_are_enough() -> None:
    group = a_dealing(2, 2)
    test = new_test([group.parameters], GROUP)
    answers = [answer_test(key, test) for key in group.privates]
    verify_ready(rehearse(test, answers))
    assert code_of(lambda: verify_ready(rehearse(test, answers[:1]))) == "rehearsal-too-few"


def test_the_figures_are_values_that_a_page_can_show() -> None:
    assert [(each.owners, each.needed, each.wanted, each.proven) for each in rehearsed([1, 2, 4]).readiness()] == [
        (range(1, 2), 1, 1, 1),
        (range(2, 5), 2, 3, 2),
    ]


def test_a_recorded_decision_opens_all_the_same_but_not_without_name_and_reason() -> None:
    verify_ready(rehearsed([1, 2, 3]), Override(decided_by="Valgbestyrelsen", reason="Den tredje er syg"))
    for empty in (Override(decided_by=" ", reason="x"), Override(decided_by="x", reason="")):
        assert code_of(lambda empty=empty: verify_ready(rehearsed([1]), empty)) == "rehearsal-override"


def test_an_answer_with_another_key_of_another_test_or_of_nobody_is_refused() -> None:
    other_test = new_test(ITEMS, GROUP)
    assert other_test.ciphertext() != TEST.ciphertext()
    stale = answer_test(KEYS[0], other_test)
    assert code_of(lambda: rehearse(TEST, [stale])) == "rehearsal-proof"
    assert code_of(lambda: rehearse(TEST, [replace(ANSWERS[2], owner=3)])) == "rehearsal-proof"
    assert code_of(lambda: rehearse(TEST, [replace(ANSWERS[1], factor=ANSWERS[2].factor)])) == "rehearsal-proof"
    negated = replace(ANSWERS[1], factor=GROUP.p - ANSWERS[1].factor)
    assert code_of(lambda: rehearse(TEST, [negated])) == "rehearsal-proof"
    assert code_of(lambda: rehearse(TEST, [ANSWERS[1], ANSWERS[1]])) == "rehearsal-twice"
    for owner in (0, 5):
        assert code_of(lambda owner=owner: rehearse(TEST, [replace(ANSWERS[1], owner=owner)])) == "rehearsal-owner"
    assert code_of(lambda: answer_test(TrusteePrivateKey(mpz(5), GROUP), TEST)) == "trustee-not-listed"


def test_an_answer_is_bound_to_its_factor_unlike_a_share() -> None:
    """With a challenge that hashes no factor, any B gives a wrong factor whose proof holds."""
    alpha, key = TEST.ciphertext().alpha, KEYS[0]
    w, other = mpz(7), mpz(11)
    a, b = GROUP.power(GROUP.g, w), GROUP.power(alpha, other)
    for statement in (TEST.fingerprint, f"{TEST.fingerprint}|{joined(alpha, ANSWERS[1].factor)}"):
        c = challenge(GROUP, "decrypt", f"{statement}|{ITEMS[0].public_key}", joined(a, b))
        response = (w - key.secret * c) % GROUP.q
        factor = GROUP.power(alpha, (other - response) * powmod(c, mpz(-1), GROUP.q) % GROUP.q)
        wrong = RehearsalAnswer(owner=1, factor=factor, proof=Proof(c, response))
        assert code_of(lambda wrong=wrong: rehearse(TEST, [wrong])) == "rehearsal-proof"


def test_a_negated_factor_whose_challenge_is_even_is_refused() -> None:
    """-1 to an even power leaves no trace in the proof; only membership of the group finds it."""
    alpha, key = TEST.ciphertext().alpha, KEYS[0]
    factor = GROUP.p - GROUP.power(alpha, key.secret)
    statement = f"{TEST.fingerprint}|{joined(alpha, factor)}|{ITEMS[0].public_key}"
    for w in map(mpz, range(1, 100)):
        c = challenge(GROUP, "decrypt", statement, joined(GROUP.power(GROUP.g, w), GROUP.power(alpha, w)))
        if c % 2 == 0:
            break
    wrong = RehearsalAnswer(owner=1, factor=factor, proof=Proof(c, (w - key.secret * c) % GROUP.q))
    assert code_of(lambda: rehearse(TEST, [wrong])) == "rehearsal-proof"


def test_keys_that_are_proved_but_do_not_make_the_elections_key_do_not_open_the_test() -> None:
    group = a_dealing(3, 2)
    forged = replace(group.parameters, coefficients=a_dealing(3, 2, 1).parameters.coefficients)
    test = new_test([forged], GROUP)
    answers = [answer_test(key, test) for key in group.privates]
    assert code_of(lambda: rehearse(test, answers)) == "rehearsal-unopened"


def test_a_test_says_everything_that_it_encrypts_so_that_no_ballot_can_be_slipped_in() -> None:
    """Nothing in the file is a ciphertext; with the same trustees and number everyone makes the same one."""
    raw = rehearsal_test_to_bytes(TEST)
    assert set(json.loads(raw)) == {"format", "version", "group", "nonce", "fingerprint"}
    assert parse_rehearsal_test(raw, ITEMS, GROUP).ciphertext() == TEST.ciphertext()
    randomness = TEST._derived("randomness")
    assert TEST.ciphertext().alpha == GROUP.power(GROUP.g, randomness)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.update(nonce="x"), "rehearsal-other-trustees"),
        (lambda m: m.update(version=2), "rehearsal-other-trustees"),
        (lambda m: m.update(fingerprint="x"), "rehearsal-other-trustees"),
        (lambda m: m.update(alpha="5"), "rehearsal-malformed"),
        (lambda m: m.pop("nonce"), "rehearsal-malformed"),
        (lambda m: m.update(nonce=5), "rehearsal-malformed"),
    ],
)
def test_an_altered_test_is_refused(change: Callable[[Any], object], code: str) -> None:
    message = json.loads(rehearsal_test_to_bytes(TEST))
    change(message)
    assert code_of(lambda: parse_rehearsal_test(canonical_bytes(message), ITEMS, GROUP)) == code


def test_a_test_for_other_trustees_is_refused() -> None:
    raw = rehearsal_test_to_bytes(TEST)
    assert code_of(lambda: parse_rehearsal_test(raw, ITEMS[::-1], GROUP)) == "rehearsal-other-trustees"


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"owner":1,"decryption_factor":"1","proof":{}}'])
def test_what_is_no_answer_is_refused(raw: bytes) -> None:
    assert code_of(lambda: parse_answer(raw, GROUP)) == "rehearsal-malformed"


def test_a_rehearsal_of_forged_answers_that_hold_alone_could_not_open() -> None:
    """Each proof is checked, so only a fault of the interpolation could get here: a group of another election."""
    swapped = Rehearsal(test=TEST, answers={1: ANSWERS[1], 2: ANSWERS[3], 3: ANSWERS[2]})
    _check_opens(rehearsed([1, 2, 3]))
    assert code_of(lambda: _check_opens(swapped)) == "rehearsal-unopened"
