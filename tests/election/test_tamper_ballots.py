"""Each way to forge, copy, repeat or move a ballot, with the chain made anew: refused by its own step, and named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from election.ballots import cast_ballot, parse_ballot
from election.credentials import derive_credential, generate_credentials
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.errors import VerificationError
from election.verify import verify_record
from tests.election.elections import SmallElection, make_election
from tests.election.forging import (
    BLANK,
    END,
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
    signed_anew,
)

Steps = list[Step]


def with_ballot(steps: Steps, raw: bytes, place: int = SECOND) -> tuple[str, str]:
    return fault(chained(replaced(steps, place, raw)))


def test_a_ballot_with_a_wrong_proof_is_refused(finished: SmallElection, steps: Steps) -> None:
    def claim(message: Any) -> None:
        proof = message["answers"][0]["individual_proofs"][0][0]
        proof["response"] = str((int(proof["response"]) + 1) % int(GROUP.q))

    raw = signed_anew(changed(steps[SECOND][1][0], claim), finished.codes[2], finished.definition)
    assert with_ballot(steps, raw) == ("6 ballots, event 3", "ballot-proof")


def test_a_ballot_with_a_wrong_signature_is_refused(finished: SmallElection, steps: Steps) -> None:
    def resign(message: Any) -> None:
        message["signature"]["proof"]["challenge"] = "5"

    assert with_ballot(steps, changed(steps[SECOND][1][0], resign)) == ("6 ballots, event 3", "ballot-signature")


def test_a_ballot_in_the_name_of_another_elector_is_refused(finished: SmallElection, steps: Steps) -> None:
    victim = derive_credential(finished.codes[3], finished.definition.uuid, GROUP)
    raw = changed(steps[SECOND][1][0], lambda m: m.update(credential=str(victim.public)))
    assert with_ballot(steps, raw) == ("6 ballots, event 3", "ballot-signature")


def test_a_ballot_with_an_unknown_credential_is_refused(finished: SmallElection, steps: Steps) -> None:
    (code,) = generate_credentials(1)
    raw = cast_ballot(finished.definition, code, (0,))
    assert with_ballot(steps, raw) == ("6 ballots, event 3", "ballot-unknown-credential")


def test_a_ballot_of_another_election_is_refused(steps: Steps) -> None:
    other = make_election()
    assert with_ballot(steps, other.vote(0, 1)) == ("6 ballots, event 3", "ballot-other-election")


@pytest.mark.parametrize("part", ["answers", "alpha", "beta", "alpha as beta"])
def test_a_copied_ciphertext_is_refused_and_its_origin_named(finished: SmallElection, steps: Steps, part: str) -> None:
    def copy(message: Any) -> None:
        source = json.loads(steps[FIRST][1][0])["answers"]
        name, _, origin = part.partition(" as ")
        if part == "answers":
            message["answers"] = source
        else:
            message["answers"][0]["choices"][2][origin or name] = source[0]["choices"][1][name]

    raw = signed_anew(changed(steps[SECOND][1][0], copy), finished.codes[2], finished.definition)
    with pytest.raises(VerificationError) as caught:
        verify_record(chained(replaced(steps, SECOND, raw)))
    assert caught.value.cause.code == "ballot-copied"
    earlier = parse_ballot(steps[FIRST][1][0], finished.definition).tracker
    assert caught.value.cause.params["earlier"] == earlier


def test_answers_that_a_voter_signs_a_second_time_are_refused_as_a_copy(finished: SmallElection, steps: Steps) -> None:
    raw = signed_anew(steps[FIRST][1][0], finished.codes[0], finished.definition)
    assert with_ballot(steps, raw, REVOTE) == ("6 ballots, event 4", "ballot-copied")


def test_the_same_ballot_twice_is_refused(steps: Steps) -> None:
    entries = chained([*steps[:END], steps[FIRST], *steps[END:]])
    assert fault(entries) == ("2 chain", "record-entry-twice")


def test_a_ballot_after_the_end_of_ballots_is_refused(steps: Steps) -> None:
    late = [*steps[:SECOND], steps[REVOTE], steps[END], steps[SECOND], *steps[TALLY:]]
    assert fault(chained(late)) == ("2 chain", "record-order")


def test_ballots_in_another_order_let_an_old_ballot_count_and_are_refused(steps: Steps) -> None:
    order = (SETUP, REVOTE, BLANK, SECOND, FIRST, END, TALLY, SHARE_1, SHARE_2, RESULT)
    assert fault(chained([steps[place] for place in order])) == ("7 tally, event 6", "tally-not-product")
