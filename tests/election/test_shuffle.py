"""The proof of a shuffle: every part of it is needed, and nothing but a permutation passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from gmpy2 import mpz
from hypothesis import given, settings
from hypothesis import strategies as st

from election.crypto import shuffle_proof, shuffle_statement
from election.crypto.elgamal import Ciphertext, encrypt_element
from election.crypto.embedding import encode_numbers
from election.crypto.groups import RFC_3526_2048 as GROUP
from election.crypto.power_products import power_product
from election.crypto.proofs import Prover
from election.crypto.shuffle import Shuffled, random_permutation, shuffle_ciphertexts
from election.crypto.shuffle_proof import prove_shuffle, verify_shuffle
from election.crypto.shuffle_statement import ShuffleProof, ShuffleStatement, generators
from election.errors import ElectionError, GroupError
from election.ids import SYSTEM_RNG
from tests.election.forging import ScriptedRng

SECRET = mpz(987654321)
KEY = GROUP.power(GROUP.g, SECRET)
PROVER = Prover(GROUP, KEY, SYSTEM_RNG)
ELECTION = "fingerprint of the election"
VOTES = [(1, 2, 3), (3, 2, 1), (0, 0, 0), (2, 1, 3)]


def encrypted(numbers: tuple[int, ...]) -> Ciphertext:
    return encrypt_element(GROUP, KEY, encode_numbers(GROUP, numbers), GROUP.random_scalar(SYSTEM_RNG))


def opened(ciphertext: Ciphertext) -> mpz:
    return ciphertext.beta * GROUP.power(ciphertext.alpha, GROUP.q - SECRET) % GROUP.p


BEFORE = tuple(encrypted(vote) for vote in VOTES)
SHUFFLED = shuffle_ciphertexts(PROVER, BEFORE)
PROOF = prove_shuffle(PROVER, ELECTION, BEFORE, SHUFFLED)
STATEMENT = ShuffleStatement(public_key=KEY, election_fingerprint=ELECTION, before=BEFORE, after=SHUFFLED.ciphertexts)


def refusal(statement: ShuffleStatement = STATEMENT, proof: ShuffleProof = PROOF) -> tuple[str, object]:
    with pytest.raises(ElectionError) as caught:
        verify_shuffle(GROUP, statement, proof)
    return caught.value.code, caught.value.params.get("line")


def test_a_shuffle_holds_the_same_votes_and_none_of_the_same_ciphertexts() -> None:
    verify_shuffle(GROUP, STATEMENT, PROOF)
    assert sorted(map(opened, BEFORE)) == sorted(map(opened, SHUFFLED.ciphertexts))
    assert [opened(each) for each in SHUFFLED.ciphertexts] == [opened(BEFORE[j]) for j in SHUFFLED.permutation]
    before = {part for each in BEFORE for part in (each.alpha, each.beta)}
    assert not before & {part for each in SHUFFLED.ciphertexts for part in (each.alpha, each.beta)}


@pytest.mark.parametrize("number", [0, 1, 2, 9])
def test_any_number_of_ciphertexts_can_be_shuffled(number: int) -> None:
    before = tuple(BEFORE[place % 4] for place in range(number))
    shuffled = shuffle_ciphertexts(PROVER, before)
    statement = replace(STATEMENT, before=before, after=shuffled.ciphertexts)
    verify_shuffle(GROUP, statement, prove_shuffle(PROVER, ELECTION, before, shuffled))


def test_whoever_shuffled_does_not_show_how() -> None:
    assert str(SHUFFLED.randomness[0]) not in repr(SHUFFLED)
    assert repr(SHUFFLED) == "Shuffled(4 ciphertexts, <hidden>)"


# ------------------------------------------------------------------------------------ permutations


@given(st.integers(0, 60))
def test_a_permutation_holds_every_place_once(size: int) -> None:
    assert sorted(random_permutation(size, SYSTEM_RNG)) == list(range(size))


def test_every_permutation_can_come_and_each_from_one_draw_only() -> None:
    drawn = {random_permutation(3, ScriptedRng(a, b, c)) for a in range(3) for b in range(2) for c in range(1)}
    assert len(drawn) == 6


# ------------------------------------------------------------------------------------ wrong shuffles


def forged(
    after: tuple[Ciphertext, ...], before: tuple[Ciphertext, ...] = BEFORE, **changes: Any
) -> tuple[str, object]:
    """A proof that a cheat makes with the honest program for ciphertexts that are no shuffle."""
    shuffled = replace(SHUFFLED, ciphertexts=after, **changes)
    proof = prove_shuffle(PROVER, ELECTION, before, shuffled)
    return refusal(replace(STATEMENT, before=before, after=after), proof)


AFTER = SHUFFLED.ciphertexts


def test_a_duplicated_ciphertext_is_refused() -> None:
    assert forged((AFTER[0], AFTER[0], *AFTER[2:])) == ("proof-of-shuffle", 20)
    assert refusal(replace(STATEMENT, after=(AFTER[0], AFTER[0], *AFTER[2:])))[0] == "proof-of-shuffle"


def test_a_vote_duplicated_under_another_encryption_is_refused() -> None:
    again = shuffle_ciphertexts(PROVER, [AFTER[0]]).ciphertexts[0]
    assert forged((AFTER[0], again, *AFTER[2:])) == ("proof-of-shuffle", 20)


def test_a_vote_put_in_place_of_another_is_refused() -> None:
    assert forged((encrypted((1, 3, 2)), *AFTER[1:])) == ("proof-of-shuffle", 20)


def test_a_dropped_or_an_added_ciphertext_is_refused() -> None:
    assert refusal(replace(STATEMENT, after=AFTER[1:]))[0] == "proof-of-shuffle-size"
    assert refusal(replace(STATEMENT, after=(*AFTER, AFTER[0])))[0] == "proof-of-shuffle-size"
    three = shuffle_ciphertexts(PROVER, BEFORE[:3])
    proof = prove_shuffle(PROVER, ELECTION, BEFORE[:3], three)
    assert refusal(replace(STATEMENT, after=three.ciphertexts), proof)[0] == "proof-of-shuffle-size"


def test_a_pair_swapped_after_the_proof_is_refused() -> None:
    assert refusal(replace(STATEMENT, after=(AFTER[1], AFTER[0], *AFTER[2:])))[0] == "proof-of-shuffle"


def test_a_permutation_that_is_none_is_refused() -> None:
    # A cheat who counts the first vote twice: two places claim it, and one commitment is made up.
    twice = (0, 0, 2, 3)
    fresh = shuffle_ciphertexts(PROVER, BEFORE)
    by_place = dict(zip(fresh.permutation, fresh.ciphertexts, strict=True))
    shuffled = Shuffled(
        ciphertexts=tuple(by_place[place] for place in twice), randomness=fresh.randomness, permutation=twice
    )
    with pytest.raises(KeyError):  # the honest program cannot commit to it
        prove_shuffle(PROVER, ELECTION, BEFORE, shuffled)
    for places in ((0, 1, 2, 3), (0, 2, 1, 3)):
        after = tuple(by_place[place] for place in twice)
        cheat = Shuffled(ciphertexts=after, randomness=fresh.randomness, permutation=places)
        proof = prove_shuffle(PROVER, ELECTION, BEFORE, cheat)
        assert refusal(replace(STATEMENT, after=after), proof) == ("proof-of-shuffle", 20)


def test_weights_on_the_votes_are_refused() -> None:
    # Ciphertexts that multiply to the same: one vote times the other, and the other cancelled.
    moved = (
        Ciphertext(AFTER[0].alpha * AFTER[1].alpha % GROUP.p, AFTER[0].beta * AFTER[1].beta % GROUP.p),
        encrypt_element(GROUP, KEY, mpz(1), mpz(5)),
        *AFTER[2:],
    )
    assert forged(moved) == ("proof-of-shuffle", 20)


def test_a_proof_of_another_election_or_key_or_shuffle_is_refused() -> None:
    assert refusal(replace(STATEMENT, election_fingerprint="another election"))[0] == "proof-of-shuffle"
    assert refusal(replace(STATEMENT, public_key=KEY * GROUP.g % GROUP.p))[0] == "proof-of-shuffle"
    assert refusal(replace(STATEMENT, before=BEFORE[::-1]))[0] == "proof-of-shuffle"
    other = prove_shuffle(PROVER, ELECTION, BEFORE, shuffle_ciphertexts(PROVER, BEFORE))
    assert refusal(proof=other)[0] == "proof-of-shuffle"


def scalars_of(proof: ShuffleProof) -> list[Callable[[Callable[[mpz], mpz]], ShuffleProof]]:
    s = proof.s
    return [
        lambda f: replace(proof, s=replace(s, s1=f(s.s1))),
        lambda f: replace(proof, s=replace(s, s2=f(s.s2))),
        lambda f: replace(proof, s=replace(s, s3=f(s.s3))),
        lambda f: replace(proof, s=replace(s, s4=f(s.s4))),
        lambda f: replace(proof, s=replace(s, s_hat=(*s.s_hat[:-1], f(s.s_hat[-1])))),
        lambda f: replace(proof, s=replace(s, s_prime=(f(s.s_prime[0]), *s.s_prime[1:]))),
    ]


def elements_of(proof: ShuffleProof) -> list[Callable[[Callable[[mpz], mpz]], ShuffleProof]]:
    t = proof.t
    return [
        lambda f: replace(proof, t=replace(t, t1=f(t.t1))),
        lambda f: replace(proof, t=replace(t, t2=f(t.t2))),
        lambda f: replace(proof, t=replace(t, t3=f(t.t3))),
        lambda f: replace(proof, t=replace(t, t4=(f(t.t4[0]), t.t4[1]))),
        lambda f: replace(proof, t=replace(t, t4=(t.t4[0], f(t.t4[1])))),
        lambda f: replace(proof, t=replace(t, t_hat=(*t.t_hat[:-1], f(t.t_hat[-1])))),
        lambda f: replace(proof, c=(f(proof.c[0]), *proof.c[1:])),
        lambda f: replace(proof, c_hat=(*proof.c_hat[:-1], f(proof.c_hat[-1]))),
    ]


SCALARS = ("s1", "s2", "s3", "s4", "s_hat", "s_prime")
ELEMENTS = ("t1", "t2", "t3", "t4.1", "t4.2", "t_hat", "c", "c_hat")


@pytest.mark.parametrize("place", range(len(SCALARS)), ids=SCALARS)
def test_no_response_can_be_changed(place: int) -> None:
    assert refusal(proof=scalars_of(PROOF)[place](lambda s: (s + 1) % GROUP.q))[0] == "proof-of-shuffle"


@pytest.mark.parametrize("place", range(len(ELEMENTS)), ids=ELEMENTS)
def test_no_commitment_can_be_changed(place: int) -> None:
    assert refusal(proof=elements_of(PROOF)[place](lambda t: t * GROUP.g % GROUP.p))[0] == "proof-of-shuffle"


@pytest.mark.parametrize("place", range(len(ELEMENTS)), ids=ELEMENTS)
def test_elements_of_order_two_are_refused(place: int) -> None:
    foreign = elements_of(PROOF)[place]
    assert refusal(proof=foreign(lambda t: GROUP.p - t))[0] == "element-outside-group"
    assert refusal(proof=foreign(lambda _: GROUP.p - 1))[0] == "element-outside-group"


def test_negated_ciphertexts_are_refused() -> None:
    for at in range(4):
        for negated in (
            replace_part(AFTER[at], alpha=GROUP.p - AFTER[at].alpha),
            replace_part(AFTER[at], beta=GROUP.p - AFTER[at].beta),
        ):
            after = (*AFTER[:at], negated, *AFTER[at + 1 :])
            assert refusal(replace(STATEMENT, after=after))[0] == "element-outside-group"


def replace_part(ciphertext: Ciphertext, **parts: mpz) -> Ciphertext:
    return replace(ciphertext, **parts)


@pytest.mark.parametrize("part", ["t_hat", "c", "c_hat", "s_hat", "s_prime"])
def test_a_list_of_the_proof_that_is_too_short_or_too_long_is_refused(part: str) -> None:
    for change in (lambda each: each[1:], lambda each: (*each, each[0])):
        if part == "t_hat":
            wrong = replace(PROOF, t=replace(PROOF.t, t_hat=change(PROOF.t.t_hat)))
        elif part in ("s_hat", "s_prime"):
            wrong = replace(PROOF, s=replace(PROOF.s, **{part: change(getattr(PROOF.s, part))}))
        else:
            wrong = replace(PROOF, **{part: change(getattr(PROOF, part))})
        assert refusal(proof=wrong) == ("proof-of-shuffle-size", None)


# ------------------------------------------------- every field stands in the challenge


def hashed_without(monkeypatch: pytest.MonkeyPatch, name: str) -> ShuffleProof:
    """A proof whose maker leaves one thing out of the hashes; all else is as it must be."""
    listed, of_ciphertexts = shuffle_statement._listed, shuffle_statement._ciphertexts_listed
    left_out: dict[str, Callable[[], object]] = {
        "the ciphertexts": lambda: monkeypatch.setattr(shuffle_statement, "_ciphertexts_listed", lambda _: ""),
        "the lists": lambda: monkeypatch.setattr(shuffle_statement, "_listed", lambda _: ""),
        "the last of each list": lambda: monkeypatch.setattr(shuffle_statement, "_listed", lambda n: listed(n[:-1])),
        "the ciphertexts before": lambda: monkeypatch.setattr(
            shuffle_statement, "_ciphertexts_listed", lambda e: "" if e == BEFORE else of_ciphertexts(e)
        ),
        "the ciphertexts after": lambda: monkeypatch.setattr(
            shuffle_statement, "_ciphertexts_listed", lambda e: "" if e != BEFORE else of_ciphertexts(e)
        ),
        "the commitments": lambda: monkeypatch.setattr(shuffle_statement.Commitments, "hashed", lambda _: ""),
        "the challenge itself": lambda: monkeypatch.setattr(shuffle_proof, "shuffle_challenge", lambda *_: mpz(7)),
        "the challenges of the ciphertexts": lambda: monkeypatch.setattr(
            shuffle_proof, "permutation_challenges", lambda *_: (mpz(3), mpz(5), mpz(7), mpz(11))
        ),
    }
    left_out[name]()
    try:
        proof = prove_shuffle(PROVER, ELECTION, BEFORE, SHUFFLED)
        verify_shuffle(GROUP, STATEMENT, proof)  # whoever checks with the same mistake sees nothing
        return proof
    finally:
        monkeypatch.undo()


@pytest.mark.parametrize(
    "name",
    [
        "the ciphertexts",
        "the ciphertexts before",
        "the ciphertexts after",
        "the lists",
        "the last of each list",
        "the commitments",
        "the challenge itself",
        "the challenges of the ciphertexts",
    ],
)
def test_a_proof_whose_hash_leaves_something_out_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    assert refusal(proof=hashed_without(monkeypatch, name))[0] == "proof-of-shuffle"


@pytest.mark.parametrize("changes", [{"election_fingerprint": ""}, {"public_key": GROUP.g}])
def test_a_proof_whose_hash_names_no_election_or_key_is_refused(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any]
) -> None:
    of_statement = shuffle_proof.shuffle_challenge

    def without(group: Any, statement: ShuffleStatement, *rest: Any) -> mpz:
        return of_statement(group, replace(statement, **changes), *rest)

    monkeypatch.setattr(shuffle_proof, "shuffle_challenge", without)
    proof = prove_shuffle(PROVER, ELECTION, BEFORE, SHUFFLED)
    verify_shuffle(GROUP, STATEMENT, proof)
    monkeypatch.undo()
    assert refusal(proof=proof)[0] == "proof-of-shuffle"


# ------------------------------------------------------------------------------------ generators


def test_generators_are_elements_that_nobody_chose() -> None:
    h, others = generators(GROUP, 50)
    assert len({h, *others}) == 51
    assert all(GROUP.has_member(each) and each not in (1, GROUP.g) for each in (h, *others))
    assert generators(GROUP, 3) == (h, others[:3])


def test_generators_that_come_twice_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shuffle_statement, "_generator", lambda group, _: group.power(group.g, mpz(7)))
    with pytest.raises(GroupError, match="independent"):
        generators(GROUP, 2)
    monkeypatch.setattr(shuffle_statement, "_generator", lambda group, _: group.g)
    with pytest.raises(GroupError, match="independent"):
        generators(GROUP, 0)


# ------------------------------------------------------------------------------------ products of powers


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 2**64), st.integers(0, 2**300)), max_size=40))
def test_a_product_of_powers_is_what_it_says(pairs: list[tuple[int, int]]) -> None:
    expected = 1
    for base, exponent in pairs:
        expected = expected * pow(base, exponent, int(GROUP.p)) % int(GROUP.p)
    bases, exponents = [mpz(base) for base, _ in pairs], [mpz(exponent) for _, exponent in pairs]
    assert power_product(GROUP, bases, exponents) == expected


def test_a_product_of_powers_needs_as_many_exponents_as_bases() -> None:
    for number in (2, 20):
        with pytest.raises(ValueError, match="argument"):
            power_product(GROUP, [mpz(3)] * number, [mpz(3)] * (number - 1))
