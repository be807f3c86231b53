"""Shares of ranked votes: wrong ones whose proofs hold void votes and change none, and shares of no vote at all."""

from __future__ import annotations

from collections.abc import Callable

from gmpy2 import mpz, powmod

from election.crypto.embedding import decode_numbers
from election.crypto.groups import RFC_3526_2048 as GROUP
from election.crypto.hashing import challenge, joined
from election.crypto.powers import fixed_base
from election.crypto.proofs import Proof
from election.decryption import combine_shares, open_tally
from election.ids import SYSTEM_RNG
from election.opened import RankedVotes
from election.questions import RankedQuestion
from election.ranked_result import ranked_result
from election.record.writer import end_shuffles_entries, result_entries, share_entries, shuffle_entries
from election.shares import Share, decrypt_share, verify_share
from election.shuffles import make_shuffle, with_shuffle
from election.tally import EncryptedTally
from election.verify import verify_record
from election.verify.document import result_of
from tests.election.dealings import a_dealing
from tests.election.elections import SmallElection, make_election
from tests.election.forging import chained, fault, steps_of

RANKED = RankedQuestion(("Dorte", "Emil", "Fatma"), "I hvilken rækkefølge?")


def ground_share(
    election: SmallElection,
    tally: EncryptedTally,
    shares: tuple[Share, Share],
    wanted: Callable[[tuple[int, ...]], bool],
) -> Share:
    """The second trustee's share with a proof that holds and a first factor that opens to ``wanted`` numbers.

    In protocol version 1 the challenge of 4.18 hashes neither the ciphertext nor the factor. So B is any element, the
    factor follows from it, and whoever knows what the vote says tries until it would say something else.
    """
    secret, choice = election.trustees[1].secret, tally.choices[0][0]
    public, w = GROUP.power(GROUP.g, secret), GROUP.random_scalar(SYSTEM_RNG)
    a, honest = GROUP.power(GROUP.g, w), [share.factors[0][0] for share in shares]
    vote = choice.beta * GROUP.power(honest[0] * honest[1] % GROUP.p, mpz(-1)) % GROUP.p
    d, b = mpz(0), GROUP.power(choice.alpha, w)
    question = election.definition.questions[0]
    while True:
        d, b = d + 1, b * GROUP.g % GROUP.p
        c = challenge(GROUP, "decrypt", f"{election.definition.fingerprint}|{public}", joined(a, b))
        change = fixed_base(GROUP, GROUP.g).power(d * powmod(c, -1, GROUP.q) % GROUP.q)
        if wanted(decode_numbers(GROUP, vote * powmod(change, -1, GROUP.p) % GROUP.p, len(question.answers))):
            break
    first = shares[1].factors[0], shares[1].proofs[0]
    return Share(
        factors=((honest[1] * change % GROUP.p, *first[0][1:]), *shares[1].factors[1:]),
        proofs=((Proof(c, (w - secret * c) % GROUP.q), *first[1][1:]), *shares[1].proofs[1:]),
    )


def wrong_share(election: SmallElection, secret: mpz, alpha: mpz, honest: Share) -> Share:
    """A share whose first factor is wrong and whose proof holds, made as above with no wish for what it opens to."""
    public, w = GROUP.power(GROUP.g, secret), GROUP.random_scalar(SYSTEM_RNG)
    b = GROUP.power(alpha, w) * GROUP.g % GROUP.p
    said = f"{election.definition.fingerprint}|{public}"
    c = challenge(GROUP, "decrypt", said, joined(GROUP.power(GROUP.g, w), b))
    factor = honest.factors[0][0] * GROUP.power(GROUP.g, powmod(c, -1, GROUP.q)) % GROUP.p
    return Share(
        factors=((factor, *honest.factors[0][1:]),),
        proofs=((Proof(c, (w - secret * c) % GROUP.q), *honest.proofs[0][1:]),),
    )


def test_a_trustee_can_void_a_vote_with_a_share_that_verifies() -> None:
    """A weakness of protocol version 1 (docs/protocol.md): the vote turns into one that is none, for all to see."""
    election = make_election(questions=(RANKED,), group=GROUP, electors=2, trustees=2)
    election.answer(0, (0, 1, 2))
    election.answer(1, (2,))
    definition = election.definition
    tally = election.shuffle(election.close())
    first, second = (decrypt_share(trustee, tally, definition) for trustee in election.trustees)
    spoilt = ground_share(election, tally, (first, second), lambda _: True)
    verify_share(spoilt, election.trustees[1].public(), tally, definition)
    honest = ranked_result(definition, combine_shares(tally, [first, second], definition), 1)
    voided = ranked_result(definition, combine_shares(tally, [first, spoilt], definition), 1)
    assert (sum(honest.papers.invalid.values()), sum(voided.papers.invalid.values())) == (0, 1)
    assert set(voided.papers.rankings) <= set(honest.papers.rankings)


def test_a_trustee_who_tries_until_a_vote_says_another_ranking_only_voids_it() -> None:
    """One candidate takes some 250 tries, two took 104,060 and two minutes; more than that is a matter of patience."""
    election = make_election(questions=(RankedQuestion(("Dorte",), "Rang?"),), group=GROUP, electors=2, trustees=2)
    election.answer(0, ())
    election.answer(1, ())
    definition = election.definition
    tally = election.shuffle(election.close())
    first, second = (decrypt_share(trustee, tally, definition) for trustee in election.trustees)
    ground = ground_share(election, tally, (first, second), lambda numbers: numbers == (1,))
    published = combine_shares(tally, [first, ground], definition)
    assert isinstance(published[0], RankedVotes)
    assert published[0].numbers == ((1,), (0,))
    for owner, share in ((1, first), (2, ground)):
        assert election.head is not None
        election.take(share_entries(election.head, owner, share))
    assert election.head is not None
    election.take(result_entries(election.head, published))
    record = verify_record(election.entries)
    assert record.counts is not None
    papers = ranked_result(definition, record.counts, 1).papers
    assert (dict(papers.rankings), sum(papers.invalid.values())) == ({(): 1}, 1)
    (shown,) = result_of(record)
    assert {(each.ranks, each.valid): each.votes for each in shown.rankings} == {((0,), True): 1, ((1,), False): 1}


def test_a_member_who_spoils_ranked_votes_voids_none_while_enough_others_came() -> None:
    dealing = a_dealing(3, 2, 0, GROUP)
    items = (dealing.parameters,)
    election = make_election(questions=(RANKED,), group=GROUP, electors=2, known_trustees=items)
    election.answer(0, (0, 1, 2))
    election.answer(1, (2,))
    definition = election.definition
    tally = election.close()
    assert election.head is not None
    shuffle = make_shuffle(tally, definition)
    election.take(shuffle_entries(election.head, 1, shuffle))
    tally = with_shuffle(tally, shuffle, definition)
    election.take(end_shuffles_entries(election.head))
    shares = {owner: decrypt_share(key, tally, definition) for owner, key in enumerate(dealing.privates, start=1)}
    honest = open_tally(tally, shares, items, definition)
    spoilt = wrong_share(election, dealing.privates[0].secret, tally.choices[0][0].alpha, shares[1])
    verify_share(spoilt, dealing.parameters.keys[0], tally, definition)
    two = {1: spoilt, 2: shares[2]}
    voided, opened = open_tally(tally, two, items, definition), open_tally(tally, shares | two, items, definition)
    assert isinstance(voided[0], RankedVotes)
    assert isinstance(opened[0], RankedVotes)
    assert (voided[0].spoilt, opened[0].spoilt) == ({0}, set())
    assert opened == honest != voided
    for owner, share in (shares | two).items():
        election.take(share_entries(election.head, owner, share))
    good, bad = (result_entries(election.head, counts)[0] for counts in (opened, voided))
    assert verify_record([*election.entries, *good]).counts == honest
    assert fault([*election.entries, *bad]) == ("10 result, event 10", "result-wrong")


def test_a_ranked_election_in_which_nobody_votes_is_counted_by_trustees_whose_shares_are_all_the_same() -> None:
    election = make_election(questions=(RANKED,), group=GROUP, electors=1, trustees=3)
    assert election.count(election.shuffle(election.close())) == (RankedVotes(()),)
    assert verify_record(election.entries).shares.keys() == {1, 2, 3}
    copied = steps_of(election.entries)
    copied[-2] = copied[-3]
    assert fault(chained(copied)) == ("2 chain", "record-entry-twice")
