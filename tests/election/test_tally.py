"""The tally opens to the sum of the ballots that count, and to nothing else."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from gmpy2 import mpz
from hypothesis import given, settings
from hypothesis import strategies as st

from election.ballots import Ballot
from election.crypto.elgamal import IDENTITY, Ciphertext, discrete_logarithms, encrypt, product, raised
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.proofs import Proof
from election.decryption import combine_shares, verify_counts
from election.definition import define_election
from election.errors import ElectionError, GroupError, TallyError
from election.ids import SYSTEM_RNG, ElectionUuid
from election.marked_answers import MarkedAnswer
from election.opened import counts_to_bytes, marks_counted, parse_counts
from election.questions import question_of
from election.record.canonical import canonical_bytes
from election.shares import Share, decrypt_share, parse_share, share_to_json, verify_share
from election.tally import EncryptedTally, parse_tally, tally_ballots, verify_tally
from election.trustees import TrusteePrivateKey
from tests.election.elections import a_contest, make_election

TRUSTEES = (TrusteePrivateKey(mpz(1234567890), GROUP), TrusteePrivateKey(mpz(9876543210), GROUP))
DEFINITION = define_election(
    uuid=ElectionUuid("4S92PJQYHSkk7n"),
    name="Valg",
    description="",
    questions=[question_of(a_contest(max_marks=3))],
    trustees=[trustee.public() for trustee in TRUSTEES],
)
CHOICES = DEFINITION.questions[0].choices
NO_PROOF = Proof(mpz(0), mpz(0))
Votes = list[tuple[int, tuple[int, ...]]]

votes = st.lists(st.tuples(st.integers(2, 5), st.tuples(*[st.integers(0, 1)] * CHOICES)), max_size=7)


def ballot(credential: int, marks: tuple[int, ...]) -> Ballot:
    """Ciphertexts without proofs: quick, and what the tally is made from."""
    choices = tuple(encrypt(GROUP, DEFINITION.public_key, mark, GROUP.random_scalar(SYSTEM_RNG)) for mark in marks)
    answer = MarkedAnswer(choices=choices, individual_proofs=(), overall_proof=(), blank_proof=None)
    return Ballot(raw=b"", credential=mpz(credential), answers=(answer,), signature_hash="", signature=NO_PROOF)


def shares_of(tally: EncryptedTally) -> list[Share]:
    return [decrypt_share(trustee, tally, DEFINITION) for trustee in TRUSTEES]


def plain_counts(cast: Votes, weights: dict[int, int]) -> tuple[int, ...]:
    last = dict(cast)
    return tuple(sum(weights[elector] * marks[place] for elector, marks in last.items()) for place in range(CHOICES))


@settings(max_examples=25)
@given(votes, st.fixed_dictionaries({elector: st.integers(1, 40) for elector in range(2, 6)}))
def test_the_tally_opens_to_the_sum_of_the_last_ballots_times_their_weights(
    cast: Votes, weights: dict[int, int]
) -> None:
    ballots = [ballot(*vote) for vote in cast]
    tally = tally_ballots(DEFINITION, ballots, {mpz(elector): weight for elector, weight in weights.items()})
    electors = {elector for elector, _ in cast}
    assert (tally.num_tallied, tally.total_weight) == (len(electors), sum(weights[each] for each in electors))
    shares = shares_of(tally)
    for share, trustee in zip(shares, TRUSTEES, strict=True):
        verify_share(share, trustee.public(), tally, DEFINITION)
    counts = combine_shares(tally, shares, DEFINITION)
    assert counts == (plain_counts(cast, weights),)
    verify_counts(counts, tally, shares, DEFINITION)


def test_without_ballots_every_count_is_zero() -> None:
    tally = tally_ballots(DEFINITION, [])
    assert tally == EncryptedTally(choices=((IDENTITY,) * CHOICES,), num_tallied=0, total_weight=0)
    assert combine_shares(tally, shares_of(tally), DEFINITION) == ((0,) * CHOICES,)


TALLY = tally_ballots(DEFINITION, [ballot(2, (0, 1, 0, 1)), ballot(3, (1, 0, 0, 0))])
SHARES = shares_of(TALLY)
COUNTS = ((1, 1, 0, 1),)


def test_the_order_of_ballots_of_different_electors_does_not_matter() -> None:
    ballots = [ballot(elector, (0, 1, 0, 0)) for elector in range(2, 6)]
    assert tally_ballots(DEFINITION, ballots) == tally_ballots(DEFINITION, ballots[::-1])


def test_a_ciphertext_raised_and_a_product_of_none() -> None:
    one = encrypt(GROUP, DEFINITION.public_key, 1, mpz(5))
    assert raised(GROUP, one, 3) == product(GROUP, [one] * 3)
    assert product(GROUP, []) == IDENTITY


def test_both_documents_of_a_tally_are_read_back() -> None:
    assert parse_tally(TALLY.content, TALLY.sized_content, DEFINITION) == TALLY
    heavy = replace(TALLY, total_weight=2**30)
    assert b'"total_weight":"1073741824"' in heavy.sized_content
    assert parse_tally(heavy.content, heavy.sized_content, DEFINITION) == heavy


@pytest.mark.parametrize(
    ("content", "sized"),
    [
        (TALLY.content + b" ", TALLY.sized_content),
        (TALLY.content, TALLY.sized_content + b"\n"),
        (TALLY.content, TALLY.sized_content.replace(b'"num_tallied":2', b'"num_tallied":"2"')),
        (TALLY.content, TALLY.sized_content.replace(b'"total_weight":2', b'"total_weight":"2"')),
        (TALLY.content, TALLY.sized_content.replace(b'"total_weight":2', b'"total_weight":-2')),
        (TALLY.content, TALLY.sized_content[:-2] + b'0"}'),
        (b"[]", TALLY.sized_content),
        (b"[[]]", TALLY.sized_content),
        (b"[[{}]]", TALLY.sized_content),
        (b"null", b"null"),
        (canonical_bytes(json.loads(TALLY.content) * 2), TALLY.sized_content),
    ],
)
def test_a_malformed_tally_is_refused(content: bytes, sized: bytes) -> None:
    with pytest.raises(ElectionError):
        parse_tally(content, sized, DEFINITION)


def test_a_tally_that_is_not_the_product_is_refused() -> None:
    verify_tally(TALLY, replace(TALLY))
    for other in (
        replace(TALLY, num_tallied=3),
        replace(TALLY, total_weight=3),
        replace(TALLY, choices=(TALLY.choices[0][::-1],)),
    ):
        with pytest.raises(TallyError, match="not the product"):
            verify_tally(other, TALLY)


def test_a_trustee_does_not_decrypt_what_lies_outside_the_group() -> None:
    """The answer would tell a part of the key (small subgroups)."""
    first = TALLY.choices[0][0]
    for foreign in (Ciphertext(GROUP.p - first.alpha, first.beta), Ciphertext(first.alpha, GROUP.p - mpz(1))):
        with pytest.raises(GroupError):
            decrypt_share(TRUSTEES[0], replace(TALLY, choices=((foreign, *TALLY.choices[0][1:]),)), DEFINITION)


def test_a_share_is_read_back_and_a_malformed_one_refused() -> None:
    message = share_to_json(SHARES[0])
    assert parse_share(message, DEFINITION) == SHARES[0]
    for name in ("decryption_factors", "decryption_proofs"):
        good = message[name]
        wrong: list[object] = [None, [], [[]], [good[0][:-1]], [good[0] * 2], good * 2, [["0"] * 4]]
        for value in wrong:
            with pytest.raises(TallyError):
                parse_share(message | {name: value}, DEFINITION)


def test_a_share_holds_for_its_trustee_and_tally_only() -> None:
    public = [trustee.public() for trustee in TRUSTEES]
    verify_share(SHARES[0], public[0], TALLY, DEFINITION)
    outside = replace(SHARES[0], factors=((GROUP.p - SHARES[0].factors[0][0], *SHARES[0].factors[0][1:]),))
    for share, key, tally in (
        (SHARES[0], public[1], TALLY),
        (SHARES[0], public[0], tally_ballots(DEFINITION, [])),
        (replace(SHARES[0], factors=(SHARES[0].factors[0][::-1],)), public[0], TALLY),
        (outside, public[0], TALLY),
    ):
        with pytest.raises(TallyError, match="not made from this tally"):
            verify_share(share, key, tally, DEFINITION)


def test_a_share_too_few_or_one_twice_opens_nothing() -> None:
    for shares in ([], SHARES[:1], [*SHARES, SHARES[0]], [SHARES[0]] * 2):
        with pytest.raises(TallyError, match="do not open"):
            combine_shares(TALLY, shares, DEFINITION)
        with pytest.raises(TallyError, match="not those"):
            verify_counts(COUNTS, TALLY, shares, DEFINITION)


@pytest.mark.parametrize("wrong", [(1, 1, 0, 0), (1, 1, 1, 1), (0, 1, 1, 1), (1, 1, int(GROUP.q), 1)])
def test_other_counts_than_those_that_the_shares_open_are_refused(wrong: tuple[int, ...]) -> None:
    verify_counts(COUNTS, TALLY, SHARES, DEFINITION)
    with pytest.raises(TallyError, match="not those"):
        verify_counts((wrong,), TALLY, SHARES, DEFINITION)


def test_counts_of_a_thousand_million_million_are_checked_at_once() -> None:
    """A record made to waste time: looking for the logarithm would take years."""
    weight = 10**15
    tally = tally_ballots(DEFINITION, [ballot(2, (0, 1, 0, 0))], {mpz(2): weight})
    shares = shares_of(tally)
    start = time.monotonic()
    verify_counts(((0, weight, 0, 0),), tally, shares, DEFINITION)
    with pytest.raises(TallyError):
        verify_counts(((0, weight - 1, 0, 0),), tally, shares, DEFINITION)
    assert time.monotonic() - start < 5


def test_counts_are_read_back_also_where_they_are_written_as_text() -> None:
    for counts in (COUNTS, ((0, 2**30 - 1, 2**30, 10**18),)):
        assert parse_counts(counts_to_bytes(counts), DEFINITION) == counts


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"{}", b"[]", b'{"result":[]}', b'{"result":[[1,1,0]]}', b'{"result":[[1,1,0,1],[1]]}'),
        *(b'{"result":[["1",1,0,1]]}', b'{"result":[[1,1,-0,1]]}', b'{"result":[[1,1,-1,1]]}'),
        *(b'{"result":[[1,1,true,1]]}', b'{"result":[[1,1,1.0,1]]}', b'{"result":[[1,1,null,1]]}'),
        *(b'{"result": [[1,1,0,1]]}', b'{"result":[[1,1,0,1]],"x":1}', b'{"result":[[1,1,"0x",1]]}'),
        *('{"result":[[1,1,"٣",1]]}'.encode(), b'{"result":[[1,1,"' + b"9" * 9999 + b'",1]]}'),
        b'{"result":' + b"[" * 900 + b"]" * 900 + b"}",
    ],
)
def test_malformed_counts_are_refused(raw: bytes) -> None:
    with pytest.raises(ElectionError):
        parse_counts(raw, DEFINITION)


@given(st.integers(0, 5000), st.lists(st.integers(0, 6000), min_size=1, max_size=3))
@settings(max_examples=20)
def test_a_logarithm_is_found_up_to_the_bound_and_not_above(bound: int, exponents: list[int]) -> None:
    elements = tuple(GROUP.power(GROUP.g, mpz(exponent)) for exponent in exponents)
    expected = tuple(exponent if exponent <= bound else None for exponent in exponents)
    assert discrete_logarithms(GROUP, elements, bound) == expected


def test_whoever_knows_all_ballots_but_one_reads_it_from_the_counts() -> None:
    """What no protocol that publishes its counts can prevent (row 24 of the attacks in docs/protocol.md)."""
    election = make_election(electors=3)
    for elector, mark in enumerate((0, 1, 1)):
        election.vote(elector, mark)
    (counts,) = election.count(election.close())
    known = (0, 1, 1, 0)  # blank, and the marks of the first two electors
    assert tuple(all_ - mine for all_, mine in zip(marks_counted(counts), known, strict=True)) == (0, 0, 1, 0)
