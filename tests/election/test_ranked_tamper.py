"""Each way to forge a record with ranked votes, with the chain made anew: refused by its own step, and named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from gmpy2 import mpz

from election.ballots import cast_ballot, parse_ballot, verify_ballot
from election.credentials import derive_credential
from election.crypto.elgamal import Ciphertext, encrypt_element
from election.crypto.embedding import encode_numbers
from election.crypto.groups import RFC_3526_2048 as GROUP
from election.crypto.proofs import Prover, prove_exponent
from election.errors import BallotError, ElectionError, TallyError
from election.ids import SYSTEM_RNG
from election.opened import RankedVotes, marks_counted
from election.phases import EventType
from election.questions import MarkedQuestion, RankedQuestion
from election.ranked_answers import RankedAnswer, ranked_answer_to_json
from election.ranked_result import ranked_result
from election.record.canonical import canonical_bytes
from election.record.writer import owned_document
from election.shares import decrypt_share, verify_share
from election.shuffles import Shuffle, make_shuffle, parse_shuffle, verify_shuffled, with_shuffle
from election.tally import EncryptedTally, multiply, tally_ballots
from election.verify import audit_record, verify_record
from tests.election.elections import SmallElection, make_election
from tests.election.forging import Step, chained, changed, fault, replaced, signed_anew, steps_of

SETUP, FIRST, SECOND, REVOTE, THIRD, END, TALLY, SHUFFLE_1, SHUFFLE_2, END_SHUFFLES, SHARE_1, SHARE_2, RESULT = range(
    13
)
RANKED = RankedQuestion(("Dorte", "Emil", "Fatma"), "I hvilken rækkefølge?")
MARKED = MarkedQuestion(("Ja", "Nej"), True, 1, 1, "Hvad?")


@pytest.fixture(scope="module")
def held() -> SmallElection:
    """Three electors, one of whom votes twice; a marked question between two ranked ones; two trustees."""
    election = make_election(questions=(RANKED, MARKED, RANKED), group=GROUP, electors=4, trustees=2)
    election.answer(0, (0, 1, 2), (0,), (1,))
    election.answer(1, (2,), (), ())
    election.answer(0, (1, 0), (1,), (2, 0, 1))
    election.answer(2, (), (1,), (0,))
    counts = election.count(election.shuffle(election.close()))
    assert isinstance(counts[0], RankedVotes)
    assert sorted(counts[0].numbers) == [(0, 0, 0), (0, 0, 1), (2, 1, 0)]
    assert counts[1] == (1, 0, 2)
    return election


@pytest.fixture(scope="module")
def steps(held: SmallElection) -> list[Step]:
    return steps_of(held.entries)


def tally_of(held: SmallElection) -> EncryptedTally:
    return held.tally()


def shuffle_at(held: SmallElection, steps: list[Step], place: int) -> Shuffle:
    return parse_shuffle(steps[place][1][0], held.definition)


def shuffle_step(owner: int, shuffle: Shuffle) -> Step:
    return EventType.SHUFFLE, (shuffle.content, owned_document(owner, shuffle.content))


def with_first(steps: list[Step], shuffle: Shuffle) -> tuple[str, str]:
    return fault(chained([*steps[:SHUFFLE_1], shuffle_step(1, shuffle), *steps[SHUFFLE_2:]]))


def test_the_record_holds_and_says_who_shuffled(held: SmallElection) -> None:
    record = verify_record(held.entries)
    assert record.shuffled_by == [1, 2]
    assert record.counts is not None
    assert audit_record(held.entries).holds


# ------------------------------------------------------------------------------------------------------- the shuffles


def test_a_vote_duplicated_or_swapped_after_the_proof_is_refused(held: SmallElection, steps: list[Step]) -> None:
    shuffle = shuffle_at(held, steps, SHUFFLE_1)
    (one, two, three), second = shuffle.ciphertexts
    for forged in ((one, one, three), (two, one, three)):
        assert with_first(steps, replace(shuffle, ciphertexts=(forged, second))) == (
            "8 shuffles, event 7",
            "shuffle-proof",
        )
    for wrong in ((one, two), (one, two, three, three)):
        assert with_first(steps, replace(shuffle, ciphertexts=(wrong, second)))[1] == "shuffle-proof"


def test_the_shuffles_of_two_questions_cannot_change_places(held: SmallElection, steps: list[Step]) -> None:
    shuffle = shuffle_at(held, steps, SHUFFLE_1)
    for forged in (
        replace(shuffle, ciphertexts=shuffle.ciphertexts[::-1]),
        replace(shuffle, proofs=shuffle.proofs[::-1]),
        replace(shuffle, ciphertexts=shuffle.ciphertexts[::-1], proofs=shuffle.proofs[::-1]),
    ):
        assert with_first(steps, forged) == ("8 shuffles, event 7", "shuffle-proof")


def test_a_shuffle_of_too_few_or_too_many_questions_is_refused(held: SmallElection, steps: list[Step]) -> None:
    shuffle = shuffle_at(held, steps, SHUFFLE_1)
    for forged in (
        replace(shuffle, ciphertexts=shuffle.ciphertexts[:1]),
        replace(shuffle, proofs=shuffle.proofs[:1]),
        Shuffle(ciphertexts=(), proofs=()),
        replace(shuffle, proofs=(*shuffle.proofs, shuffle.proofs[0])),
    ):
        assert with_first(steps, forged) == ("8 shuffles, event 7", "shuffle-shape")


def test_a_shuffle_with_an_element_of_order_two_is_refused(held: SmallElection, steps: list[Step]) -> None:
    shuffle = shuffle_at(held, steps, SHUFFLE_1)
    (one, *rest), second = shuffle.ciphertexts
    negated = Ciphertext(GROUP.p - one.alpha, one.beta)
    expected = ("8 shuffles, event 7", "shuffle-outside-group")
    assert with_first(steps, replace(shuffle, ciphertexts=((negated, *rest), second))) == expected
    proof = replace(shuffle.proofs[0], c=(GROUP.p - shuffle.proofs[0].c[0], *shuffle.proofs[0].c[1:]))
    assert with_first(steps, replace(shuffle, proofs=(proof, shuffle.proofs[1]))) == expected


def test_a_shuffle_of_another_election_or_of_the_votes_before_an_earlier_one_is_refused(
    held: SmallElection, steps: list[Step]
) -> None:
    other = make_election(questions=(RANKED, MARKED, RANKED), group=GROUP)
    for elector in range(3):
        other.answer(elector, (0,), (), (1,))
    foreign = make_shuffle(other.close(), other.definition)
    assert with_first(steps, foreign) == ("8 shuffles, event 7", "shuffle-proof")
    # The second trustee shuffles what was there before the first: the first one's work is undone.
    again = make_shuffle(tally_of(held), held.definition)
    forged = [*steps[:SHUFFLE_2], shuffle_step(2, again), *steps[END_SHUFFLES:]]
    assert fault(chained(forged)) == ("8 shuffles, event 8", "shuffle-proof")


def test_trustees_shuffle_once_each_and_in_their_order(held: SmallElection, steps: list[Step]) -> None:
    first, second = shuffle_at(held, steps, SHUFFLE_1), shuffle_at(held, steps, SHUFFLE_2)

    def by(*owners: int) -> tuple[str, str]:
        done = [shuffle_step(owner, each) for owner, each in zip(owners, (first, second), strict=True)]
        return fault(chained([*steps[:SHUFFLE_1], *done, *steps[END_SHUFFLES:]]))

    assert by(1, 1) == ("8 shuffles, event 8", "shuffle-order")
    assert by(2, 1) == ("8 shuffles, event 8", "shuffle-order")
    assert by(0, 2) == ("8 shuffles, event 7", "shuffle-owner")
    assert by(1, 3) == ("8 shuffles, event 8", "shuffle-owner")


def test_an_event_of_the_shuffles_out_of_order_is_refused(steps: list[Step]) -> None:
    expected = ("2 chain", "record-order")
    for forged in (
        [*steps[:SHUFFLE_1], *steps[END_SHUFFLES:]],  # ended before any
        [*steps[:END_SHUFFLES], *steps[SHARE_1:]],  # not ended
        [*steps[:SHUFFLE_2], steps[END_SHUFFLES], steps[SHUFFLE_2], *steps[SHARE_1:]],
        [*steps[:TALLY], steps[SHUFFLE_1]],
        [*steps[: END_SHUFFLES + 1], steps[END_SHUFFLES]],
    ):
        assert fault(chained(forged))[0:2] == expected


def test_votes_opened_without_a_shuffle_are_refused(steps: list[Step]) -> None:
    """belenios-tool would compare them with the tally; whoever opens them sees each elector's vote."""
    assert fault(chained([*steps[:SHUFFLE_1], *steps[SHARE_1:]])) == ("9 decryptions, event 7", "tally-not-shuffled")


def test_nobody_opens_votes_that_were_not_shuffled(held: SmallElection) -> None:
    tally = tally_of(held)
    with pytest.raises(TallyError, match="not been shuffled"):
        decrypt_share(held.trustees[0], tally, held.definition)
    shuffled = with_shuffle(tally, make_shuffle(tally, held.definition), held.definition)
    share = decrypt_share(held.trustees[0], shuffled, held.definition)
    verify_share(share, held.trustees[0].public(), shuffled, held.definition)
    with pytest.raises(TallyError, match="not been shuffled"):
        verify_share(share, held.trustees[0].public(), tally, held.definition)


def test_a_shuffle_where_nothing_is_ranked_is_refused(finished: SmallElection, held: SmallElection) -> None:
    plain = steps_of(finished.entries)
    shuffle = make_shuffle(tally_of(held), held.definition)
    place = next(number for number, (kind, _) in enumerate(plain) if kind is EventType.ENCRYPTED_TALLY) + 1
    forged = [*plain[:place], shuffle_step(1, shuffle), (EventType.END_SHUFFLES, ()), *plain[place:]]
    assert fault(chained(forged)) == (f"8 shuffles, event {place}", "shuffle-not-asked")
    with pytest.raises(TallyError, match="no ranked question"):
        make_shuffle(finished.tally(), finished.definition)


SPELLINGS: dict[str, tuple[Callable[[Any], object], str]] = {
    "swapped fields": (lambda m: m.update(ciphertexts=m.pop("ciphertexts")), "shuffle-not-canonical"),
    "unknown field": (lambda m: m.update(extra=1), "shuffle-malformed"),
    "no proofs": (lambda m: m.pop("proofs"), "shuffle-malformed"),
    "scalar plus q": (
        lambda m: m["proofs"][0][1].__setitem__(0, str(int(m["proofs"][0][1][0]) + int(GROUP.q))),
        "shuffle-malformed",
    ),
    "element plus p": (
        lambda m: m["proofs"][0][0].__setitem__(0, str(int(m["proofs"][0][0][0]) + int(GROUP.p))),
        "shuffle-malformed",
    ),
    "leading zero": (lambda m: m["proofs"][0][2].__setitem__(0, "0" + m["proofs"][0][2][0]), "shuffle-malformed"),
    "identity in a ciphertext": (lambda m: m["ciphertexts"][0][0].update(alpha="1"), "shuffle-malformed"),
    "identity in the proof": (lambda m: m["proofs"][0][3].__setitem__(0, "1"), "shuffle-malformed"),
    "zero in the proof": (lambda m: m["proofs"][0][0][3].__setitem__(1, "0"), "shuffle-malformed"),
    "proof with a part too many": (lambda m: m["proofs"][0].append([]), "shuffle-malformed"),
    "proof with a part too few": (lambda m: m["proofs"][0][1].pop(), "shuffle-malformed"),
    "number that is no text": (lambda m: m["proofs"][0][0].__setitem__(0, 4), "shuffle-malformed"),
    "ciphertexts no list": (lambda m: m.update(ciphertexts={}), "shuffle-malformed"),
}


@pytest.mark.parametrize(("change", "code"), SPELLINGS.values(), ids=SPELLINGS)
def test_a_shuffle_in_another_spelling_is_refused(
    held: SmallElection, steps: list[Step], change: Callable[[Any], object], code: str
) -> None:
    with pytest.raises(TallyError) as caught:
        parse_shuffle(changed(steps[SHUFFLE_1][1][0], change), held.definition)
    assert caught.value.code == code


def test_a_record_with_a_shuffle_in_another_spelling_is_refused(steps: list[Step]) -> None:
    forged = changed(steps[SHUFFLE_1][1][0], SPELLINGS["swapped fields"][0])
    documents = (forged, owned_document(1, forged))
    assert fault(chained(replaced(steps, SHUFFLE_1, *documents))) == ("8 shuffles, event 7", "shuffle-not-canonical")


def test_a_shuffle_under_a_name_that_is_not_its_own_is_refused(steps: list[Step]) -> None:
    shuffle, owned = steps[SHUFFLE_1][1]
    for change in (lambda m: m.update(payload="0" * 64), lambda m: m.update(owner=m.pop("owner"))):
        forged = changed(owned, change)
        expected = ("8 shuffles, event 7", "shuffle-not-canonical")
        assert fault(chained(replaced(steps, SHUFFLE_1, shuffle, forged))) == expected


# --------------------------------------------------------------------------------------------------- ballots and tally


def ballot_with(held: SmallElection, elector: int, change: Callable[[Any], object]) -> bytes:
    raw = cast_ballot(held.definition, held.codes[elector], (0, 1), (0,), (2,))
    return signed_anew(changed(raw, change), held.codes[elector], held.definition)


def with_ballot(steps: list[Step], raw: bytes) -> tuple[str, str]:
    return fault(chained([*steps[:FIRST], (EventType.BALLOT, (raw,)), *steps[SECOND:]]))


def test_a_ranked_answer_whose_proof_does_not_hold_is_refused(held: SmallElection, steps: list[Step]) -> None:
    expected = ("6 ballots, event 1", "ballot-proof")

    def other(name: str) -> Callable[[Any], object]:
        return lambda m: m["answers"][0]["proof"].update({name: str(int(m["answers"][0]["proof"][name]) // 2)})

    def swapped(m: Any) -> None:
        m["answers"][0], m["answers"][2] = m["answers"][2], m["answers"][0]

    for name in ("challenge", "response"):
        assert with_ballot(steps, ballot_with(held, 0, other(name))) == expected
    # Both questions are ranked and the statement names neither: two answers of one ballot may change places.
    verify_ballot(parse_ballot(ballot_with(held, 0, swapped), held.definition), held.definition)


def test_a_ranked_answer_copied_from_another_elector_is_refused(held: SmallElection, steps: list[Step]) -> None:
    copied = json.loads(steps[SECOND][1][0])["answers"][0]
    forged = ballot_with(held, 3, lambda m: m["answers"].__setitem__(0, copied))
    with pytest.raises(BallotError, match="question 1"):
        verify_ballot(parse_ballot(forged, held.definition), held.definition)
    late = [*steps[:END], (EventType.BALLOT, (forged,)), *steps[END:]]
    assert fault(chained(late)) == ("6 ballots, event 5", "ballot-copied")


@pytest.mark.parametrize("left_out", ["the key", "the elector", "the election", "the ciphertext"])
def test_a_ranked_answer_whose_hash_leaves_something_out_is_refused(
    held: SmallElection, steps: list[Step], left_out: str
) -> None:
    definition, prover = held.definition, Prover(GROUP, held.definition.public_key, SYSTEM_RNG)
    credential = derive_credential(held.codes[0], definition.uuid, GROUP)
    secret = GROUP.random_scalar(SYSTEM_RNG)
    ciphertext = encrypt_element(GROUP, prover.public_key, encode_numbers(GROUP, (1, 2, 3)), secret)
    parts = {
        "the election": definition.fingerprint,
        "the elector": str(credential.public),
        "the key": str(definition.public_key),
        "the ciphertext": f"{ciphertext.alpha},{ciphertext.beta}",
    }

    def answered(said: dict[str, str]) -> bytes:
        statement = f"{said['the election']}|{said['the elector']}|{said['the key']},{said['the ciphertext']}"
        proof = prove_exponent(GROUP, "raweg", statement, secret, SYSTEM_RNG)
        answer = ranked_answer_to_json(RankedAnswer(ciphertext=ciphertext, proof=proof))
        return ballot_with(held, 0, lambda m: m["answers"].__setitem__(0, answer))

    verify_ballot(parse_ballot(answered(parts), definition), definition)
    assert with_ballot(steps, answered(parts | {left_out: ""})) == ("6 ballots, event 1", "ballot-proof")


def test_a_negated_ranked_answer_is_refused(held: SmallElection, steps: list[Step]) -> None:
    definition = held.definition
    credential = derive_credential(held.codes[0], definition.uuid, GROUP)
    secret = GROUP.random_scalar(SYSTEM_RNG)
    honest = encrypt_element(GROUP, definition.public_key, encode_numbers(GROUP, (1, 2, 3)), secret)
    # -beta leaves no trace in the proof at all; it would open to what is no element.
    negated = Ciphertext(honest.alpha, GROUP.p - honest.beta)
    said = f"{definition.fingerprint}|{credential.public}|{definition.public_key},{negated.alpha},{negated.beta}"
    proof = prove_exponent(GROUP, "raweg", said, secret, SYSTEM_RNG)
    answer = ranked_answer_to_json(RankedAnswer(ciphertext=negated, proof=proof))
    forged = ballot_with(held, 0, lambda m: m["answers"].__setitem__(0, answer))
    assert with_ballot(steps, forged) == ("6 ballots, event 1", "ballot-outside-group-of")


ANSWERS: dict[str, Callable[[Any], object]] = {
    "marked answer to a ranked question": lambda m: m["answers"].__setitem__(slice(0, 2), m["answers"][1::-1]),
    "ranked answer to a marked question": lambda m: m["answers"].__setitem__(1, m["answers"][0]),
    "list of ciphertexts": lambda m: m["answers"][0].update(choices=[m["answers"][0]["choices"]]),
    "no proof": lambda m: m["answers"][0].pop("proof"),
    "unknown field": lambda m: m["answers"][0].update(extra=1),
    "identity": lambda m: m["answers"][0]["choices"].update(alpha="1"),
    "scalar plus q": lambda m: m["answers"][0]["proof"].update(
        response=str(int(m["answers"][0]["proof"]["response"]) + int(GROUP.q))
    ),
}


@pytest.mark.parametrize("change", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_in_another_shape_is_refused(
    held: SmallElection, steps: list[Step], change: Callable[[Any], object]
) -> None:
    raw = changed(steps[FIRST][1][0], change)
    assert with_ballot(steps, raw) == ("6 ballots, event 1", "ballot-malformed")


def test_no_honest_ballot_is_longer_than_the_limit(held: SmallElection, steps: list[Step]) -> None:
    longest = max(len(steps[place][1][0]) for place in (FIRST, SECOND, REVOTE, THIRD))
    with pytest.raises(BallotError) as caught:
        parse_ballot(b" " * 10**6, held.definition)
    assert caught.value.code == "ballot-too-large"
    assert longest <= int(caught.value.params["limit"]) < longest + 2000


def test_a_tally_with_a_vote_more_less_or_changed_is_refused(held: SmallElection, steps: list[Step]) -> None:
    tally = tally_of(held)
    (one, two, three), marked, last = tally.choices
    shape, product = "tally-shape", "tally-not-product"
    for votes, code in (
        ((one, two), shape),
        ((one, two, three, three), shape),
        ((one, one, three), product),
        ((two, one, three), product),
        ((Ciphertext(one.alpha, one.beta * GROUP.g % GROUP.p), two, three), product),
    ):
        forged = replace(tally, choices=(votes, marked, last))
        got = fault(chained(replaced(steps, TALLY, forged.content, forged.sized_content)))
        assert got == ("7 tally, event 6", code)


def test_ranked_votes_have_no_weight(held: SmallElection, steps: list[Step]) -> None:
    ballots = [parse_ballot(steps[place][1][0], held.definition) for place in (FIRST, SECOND)]
    with pytest.raises(TallyError, match="the weight 2"):
        tally_ballots(held.definition, ballots, {ballots[0].credential: 1, ballots[1].credential: 2})
    assert multiply(held.definition, []).choices[0] == ()


# ---------------------------------------------------------------------------------------------------------- the result


def test_a_share_with_a_factor_too_few_is_refused(steps: list[Step]) -> None:
    share, _ = steps[SHARE_1][1]
    for change in (
        lambda m: m["decryption_factors"][0].pop(),
        lambda m: m["decryption_proofs"][2].pop(),
        lambda m: m["decryption_factors"].pop(),
    ):
        forged = changed(share, change)
        got = fault(chained(replaced(steps, SHARE_1, forged, owned_document(1, forged))))
        assert got == ("9 decryptions, event 10", "tally-shape")


RESULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "a rank changed": (lambda r: r[0][0].__setitem__(0, r[0][0][0] + 1), "result-wrong"),
    "two votes swapped": (lambda r: r[0].__setitem__(slice(0, 2), [r[0][1], r[0][0]]), "result-wrong"),
    "a vote missing": (lambda r: r[0].pop(), "result-wrong"),
    "a vote twice": (lambda r: r[0].append(r[0][0]), "result-wrong"),
    "a rank plus 256": (lambda r: r[0][0].__setitem__(0, r[0][0][0] + 256), "result-wrong"),
    "two questions swapped": (lambda r: r.__setitem__(slice(0, 3, 2), [r[2], r[0]]), "result-wrong"),
    "a mark changed": (lambda r: r[1].__setitem__(0, r[1][0] + 1), "result-wrong"),
    "a rank missing": (lambda r: r[0][0].pop(), "tally-shape"),
    "a question missing": (lambda r: r.pop(), "tally-shape"),
    "marks for ranks": (lambda r: r.__setitem__(0, r[1]), "shape-list"),
    "ranks for marks": (lambda r: r.__setitem__(1, r[0]), "shape-number"),
    "a rank as text": (lambda r: r[0][0].__setitem__(0, "1"), "shape-number"),
    "a rank below 0": (lambda r: r[0][0].__setitem__(0, -1), "shape-number"),
}


@pytest.mark.parametrize(("change", "code"), RESULTS.values(), ids=RESULTS)
def test_a_result_that_was_not_opened_is_refused(steps: list[Step], change: Callable[[Any], object], code: str) -> None:
    forged = changed(steps[RESULT][1][0], lambda m: change(m["result"]))
    assert fault(chained(replaced(steps, RESULT, forged))) == ("10 result, event 12", code)


def test_a_ballot_that_encrypts_no_ranking_stops_nobody_and_counts_for_nobody() -> None:
    election = make_election(questions=(RANKED,), group=GROUP)
    election.answer(0, (0, 2))
    for elector, element in ((1, encode_numbers(GROUP, (1, 1, 9))), (2, GROUP.power(GROUP.g, mpz(10**9)))):
        credential = derive_credential(election.codes[elector], election.definition.uuid, GROUP)
        secret, key = GROUP.random_scalar(SYSTEM_RNG), election.definition.public_key
        ciphertext = encrypt_element(GROUP, key, element, secret)
        said = f"{election.definition.fingerprint}|{credential.public}|{key},{ciphertext.alpha},{ciphertext.beta}"
        proof = prove_exponent(GROUP, "raweg", said, secret, SYSTEM_RNG)
        answer = ranked_answer_to_json(RankedAnswer(ciphertext=ciphertext, proof=proof))
        message = {
            "election_uuid": election.definition.uuid,
            "election_hash": election.definition.fingerprint,
            "credential": "",
            "answers": [answer],
            "signature": None,
        }
        raw = signed_anew(canonical_bytes(message), election.codes[elector], election.definition)
        election.append_ballot(raw)
    counts = election.count(election.shuffle(election.close()))
    assert verify_record(election.entries).counts == counts
    read = ranked_result(election.definition, counts, 1)
    assert read.papers.rankings == {(0, 2): 1}
    assert sum(read.papers.invalid.values()) == 2
    assert list(read.names.values()) == ["Dorte", "Emil", "Fatma"]


def test_the_votes_of_a_question_are_asked_for_by_its_number(held: SmallElection) -> None:
    counts = verify_record(held.entries).counts
    assert counts is not None
    assert ranked_result(held.definition, counts, 3).papers.number == 3
    for number, code in ((0, "result-question"), (4, "result-question"), (2, "result-question-marked")):
        with pytest.raises(ElectionError) as caught:
            ranked_result(held.definition, counts, number)
        assert caught.value.code == code
    with pytest.raises(TypeError):
        marks_counted(counts[0])


def test_an_audit_tells_a_bad_shuffle_and_judges_nothing_that_rests_on_it(
    held: SmallElection, steps: list[Step]
) -> None:
    foreign = make_shuffle(tally_of(held), held.definition)
    wrong = replace(foreign, ciphertexts=foreign.ciphertexts[::-1])
    report = audit_record(chained([*steps[:SHUFFLE_1], shuffle_step(1, wrong), *steps[SHUFFLE_2:]]))
    assert {each.name for each in report.faults} == {"8 shuffles"}
    with pytest.raises(TallyError):
        verify_shuffled(wrong, tally_of(held), held.definition)
