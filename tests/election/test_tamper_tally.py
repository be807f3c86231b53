"""Each way to forge the tally, a share or the result, with the chain made anew: refused by its own step, and named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from election.ballots import parse_ballot
from election.crypto.elgamal import Ciphertext
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.hashing import challenge, joined
from election.crypto.proofs import Proof
from election.decryption import combine_shares
from election.errors import TallyError
from election.ids import SYSTEM_RNG
from election.phases import EventType
from election.record.canonical import canonical_bytes
from election.record.writer import owned_share_document
from election.shares import Share, decrypt_share, verify_share
from election.tally import EncryptedTally, tally_ballots
from election.verify import verify_record
from tests.election.elections import SmallElection
from tests.election.forging import (
    BLANK,
    FIRST,
    RESULT,
    REVOTE,
    SECOND,
    SHARE_1,
    TALLY,
    Step,
    chained,
    changed,
    fault,
    replaced,
)

Steps = list[Step]


@pytest.fixture(scope="module")
def tally(finished: SmallElection) -> EncryptedTally:
    return finished.tally()


def with_tally(steps: Steps, tally: EncryptedTally) -> tuple[str, str]:
    return fault(chained(replaced(steps, TALLY, tally.content, tally.sized_content)))


def test_a_tally_that_is_not_the_product_is_refused(steps: Steps, tally: EncryptedTally) -> None:
    """belenios-tool 2.0 accepts it."""
    expected = ("7 tally, event 6", "tally-not-product")
    (choices,) = tally.choices
    added = Ciphertext(choices[1].alpha, choices[1].beta * GROUP.g % GROUP.p)
    assert with_tally(steps, replace(tally, choices=((choices[0], added, *choices[2:]),))) == expected
    assert with_tally(steps, replace(tally, choices=((choices[0], choices[2], choices[1], choices[3]),))) == expected
    assert with_tally(steps, replace(tally, num_tallied=4)) == expected
    assert with_tally(steps, replace(tally, num_tallied=2)) == expected
    assert with_tally(steps, replace(tally, total_weight=4)) == expected


@pytest.mark.parametrize("kept", [(FIRST, BLANK, SECOND), (BLANK, SECOND), (FIRST, BLANK, SECOND, REVOTE), ()])
def test_a_tally_that_drops_or_keeps_the_wrong_ballots_is_refused(
    finished: SmallElection, steps: Steps, kept: tuple[int, ...]
) -> None:
    ballots = [parse_ballot(steps[place][1][0], finished.definition) for place in kept]
    if len(kept) == 4:  # the replaced ballot counted beside the one that replaced it
        ballots[0] = replace(ballots[0], credential=ballots[0].credential + 1)
    assert with_tally(steps, tally_ballots(finished.definition, ballots)) == ("7 tally, event 6", "tally-not-product")


def test_a_dropped_ballot_leaves_a_tally_that_does_not_fit(steps: Steps) -> None:
    assert fault(chained(steps[:SECOND] + steps[REVOTE:])) == ("7 tally, event 5", "tally-not-product")


def test_a_tally_that_refers_to_another_one_is_refused(steps: Steps) -> None:
    content, sized = steps[TALLY][1]
    wrong = changed(sized, lambda m: m.update(encrypted_tally="0" * 64))
    assert fault(chained(replaced(steps, TALLY, content, wrong))) == ("7 tally, event 6", "tally-not-canonical")


def share_step(owner: int, share: Share) -> Step:
    return EventType.PARTIAL_DECRYPTION, (share.content, owned_share_document(owner, share))


@pytest.fixture(scope="module")
def shares(finished: SmallElection, tally: EncryptedTally) -> list[Share]:
    return [decrypt_share(trustee, tally, finished.definition) for trustee in finished.trustees]


def with_shares(steps: Steps, *given: tuple[int, Share]) -> tuple[str, str]:
    return fault(chained([*steps[:SHARE_1], *(share_step(*each) for each in given), steps[RESULT]]))


def test_shares_may_come_in_any_order(steps: Steps, shares: list[Share]) -> None:
    given = [share_step(2, shares[1]), share_step(1, shares[0])]
    assert verify_record(chained([*steps[:SHARE_1], *given, steps[RESULT]])).counts == ((1, 0, 1, 1),)


def test_a_share_of_the_wrong_trustee_twice_or_missing_is_refused(steps: Steps, shares: list[Share]) -> None:
    first, second = shares
    assert with_shares(steps, (1, second), (2, first)) == ("9 decryptions, event 7", "share-proof")
    assert with_shares(steps, (1, first), (1, second)) == ("9 decryptions, event 8", "share-twice")
    assert with_shares(steps, (0, first), (2, second)) == ("9 decryptions, event 7", "share-owner")
    assert with_shares(steps, (3, first), (2, second)) == ("9 decryptions, event 7", "share-owner")
    assert with_shares(steps, (2, second)) == ("10 result, event 8", "share-missing")


def test_the_same_share_entry_twice_is_refused(steps: Steps, shares: list[Share]) -> None:
    assert with_shares(steps, (1, shares[0]), (1, shares[0])) == ("2 chain", "record-entry-twice")


def test_a_wrong_factor_is_refused(steps: Steps, shares: list[Share]) -> None:
    (factors,) = shares[0].factors
    for wrong in (factors[0] * GROUP.g % GROUP.p, GROUP.p - factors[0], GROUP.g):
        share = replace(shares[0], factors=((wrong, *factors[1:]),))
        assert with_shares(steps, (1, share), (2, shares[1])) == ("9 decryptions, event 7", "share-proof")


def test_a_share_of_another_tally_is_refused(finished: SmallElection, steps: Steps, shares: list[Share]) -> None:
    other = decrypt_share(finished.trustees[0], tally_ballots(finished.definition, []), finished.definition)
    assert with_shares(steps, (1, other), (2, shares[1])) == ("9 decryptions, event 7", "share-proof")


def test_a_share_in_another_spelling_is_refused(steps: Steps) -> None:
    share, owned = steps[SHARE_1][1]
    expected = ("9 decryptions, event 7", "share-not-canonical")
    swapped = changed(share, lambda m: m.update(decryption_factors=m.pop("decryption_factors")))
    assert fault(chained(replaced(steps, SHARE_1, swapped, owned))) == expected
    wrong = changed(owned, lambda m: m.update(payload="0" * 64))
    assert fault(chained(replaced(steps, SHARE_1, share, wrong))) == expected


@pytest.mark.parametrize(
    "counts", [[1, 0, 1, 0], [1, 0, 2, 1], [0, 0, 1, 1], [1, 1, 0, 1], [0, 1, 1, 1], [1, 0, 1, int(GROUP.q) + 1]]
)
def test_a_result_off_by_one_or_permuted_is_refused(steps: Steps, counts: list[int]) -> None:
    document = canonical_bytes({"result": [counts if max(counts) < 9 else [*counts[:3], "9" * 30]]})
    assert fault(chained(replaced(steps, RESULT, document))) == ("10 result, event 9", "result-wrong")


def test_a_result_in_another_spelling_is_refused(steps: Steps) -> None:
    expected = ("10 result, event 9", "result-not-canonical")
    for document in (b'{"result":[["1",0,1,1]]}', b'{"result":[[1,0,1,1]]}\n', b'{"result":[[1,-0,1,1]]}'):
        assert fault(chained(replaced(steps, RESULT, document))) == expected


def test_a_trustee_can_spoil_the_count_with_a_share_that_verifies_but_cannot_choose_it(
    finished: SmallElection, steps: Steps, tally: EncryptedTally, shares: list[Share]
) -> None:
    """A weakness of protocol version 1: the challenge of 4.18 does not hash the ciphertext and the factor.

    The trustee picks the commitment B first and solves for the factor, which is then off by a random power. The
    record is refused at the result, but no step can say whose share it was.
    """
    definition, secret = finished.definition, finished.trustees[0].secret
    public, alpha = GROUP.power(GROUP.g, secret), tally.choices[0][0].alpha
    w, b = GROUP.random_scalar(SYSTEM_RNG), GROUP.power(GROUP.g, GROUP.random_scalar(SYSTEM_RNG))
    c = challenge(GROUP, "decrypt", f"{definition.fingerprint}|{public}", joined(GROUP.power(GROUP.g, w), b))
    response = (w - secret * c) % GROUP.q
    root = pow(int(c), -1, int(GROUP.q))
    factor = pow(int(b * GROUP.power(alpha, GROUP.q - response) % GROUP.p), root, int(GROUP.p))
    spoilt = Share(
        factors=((type(alpha)(factor), *shares[0].factors[0][1:]),),
        proofs=((Proof(c, response), *shares[0].proofs[0][1:]),),
    )
    verify_share(spoilt, finished.trustees[0].public(), tally, definition)
    with pytest.raises(TallyError, match="do not open"):
        combine_shares(tally, [spoilt, shares[1]], definition)
    assert with_shares(steps, (1, spoilt), (2, shares[1])) == ("10 result, event 9", "result-wrong")
