"""What the box accepts and what it refuses: with a reason, and without a trace in the record."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from election.ballots import cast_ballot, parse_ballot
from election.credentials import derive_credential, generate_credentials
from election.record.canonical import canonical_bytes
from tests.webvote.driver import Official, Voter, message_of
from webvote.store.database import Store
from webvote.use_cases.ballots import ballot_rules, refuse_early

Change = Callable[[dict[str, object]], None]


@pytest.fixture
def voter(app: Flask, official: Official, slug: str) -> Voter:
    return Voter(app, slug, official.codes[0])


def trace(store: Store) -> list[tuple[str, int]]:
    """How many rows each table of the record has."""
    tables = ("record_entry", "boxed_ballot", "ciphertext_digest")
    with store.engine.connect() as connection:
        return [(name, connection.execute(text(f"select count(*) from {name}")).scalar_one()) for name in tables]  # noqa: S608


def changed(raw: bytes, change: Change) -> bytes:
    message = json.loads(raw)
    change(message)
    return canonical_bytes(message)


def break_proof(message: dict[str, object]) -> None:
    """Exchange two ciphertexts and leave their proofs where they are."""
    choices = message["answers"][0]["choices"]  # type: ignore[index]
    choices[0], choices[1] = choices[1], choices[0]


def break_signature(message: dict[str, object]) -> None:
    proof = message["signature"]["proof"]  # type: ignore[index]
    proof["response"] = str(int(proof["response"]) - 1)


def of_other_election(message: dict[str, object]) -> None:
    message["election_uuid"] = "1" * 14


REFUSALS: dict[str, tuple[Change, int, str]] = {
    "wrong proof": (break_proof, 400, "ballot-signature"),
    "wrong signature": (break_signature, 400, "ballot-signature"),
    "other election": (of_other_election, 400, "ballot-other-election"),
    "field too many": (lambda message: message.update(extra="1"), 400, "ballot-malformed"),
}


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_changed_ballot_is_refused_without_a_trace(voter: Voter, store: Store, reason: str) -> None:
    change, status, code = REFUSALS[reason]
    before = trace(store)
    answer = voter.send(changed(voter.make_ballot(0), change))
    assert message_of(answer) == (status, code)
    assert answer.get_json()["message"]
    assert trace(store) == before


def test_a_ballot_whose_proof_is_wrong_under_a_right_signature_is_refused(
    app: Flask, voter: Voter, store: Store, official: Official
) -> None:
    """The proof of somebody else's statement: made for another card and signed with this one's."""
    definition = official.definition(voter.slug)
    other = json.loads(cast_ballot(definition, official.codes[1], (0,)))
    mine = derive_credential(official.codes[0], definition.uuid, definition.group)
    from election.crypto.proofs import prove_exponent
    from election.crypto.wire import proof_to_json
    from election.ids import SYSTEM_RNG
    from election.record.canonical import fingerprint

    other["credential"] = str(mine.public)
    del other["signature"]
    signed = fingerprint(canonical_bytes(other))
    proof = prove_exponent(definition.group, "sig", signed, mine.secret, SYSTEM_RNG)
    other["signature"] = {"hash": signed, "proof": proof_to_json(proof)}
    before = trace(store)
    assert message_of(voter.send(canonical_bytes(other))) == (400, "ballot-proof")
    assert trace(store) == before


def test_a_copy_of_somebodys_ciphertexts_is_refused_as_a_copy(app: Flask, voter: Voter, official: Official) -> None:
    raw = voter.make_ballot(0)
    assert voter.send(raw).status_code == 201
    thief = Voter(app, voter.slug, official.codes[1])
    own = json.loads(thief.make_ballot(1))
    own["answers"] = json.loads(raw)["answers"]
    assert message_of(thief.send(canonical_bytes(own))) == (400, "ballot-copy")


def test_an_unknown_credential_is_refused(app: Flask, voter: Voter, store: Store) -> None:
    before = trace(store)
    stranger = Voter(app, voter.slug, generate_credentials(1)[0])
    assert message_of(stranger.send(stranger.make_ballot(0))) == (403, "ballot-unknown-credential")
    assert trace(store) == before


def test_a_ballot_in_another_form_of_the_same_json_is_refused(voter: Voter, store: Store) -> None:
    before = trace(store)
    message = json.loads(voter.make_ballot(0))
    answer = voter.send(json.dumps(dict(reversed(message.items())), separators=(",", ":")).encode())
    assert message_of(answer) == (400, "ballot-not-canonical")
    assert trace(store) == before


def test_a_ballot_larger_than_the_election_can_need_is_refused_unread(voter: Voter, store: Store) -> None:
    before = trace(store)
    assert message_of(voter.send(b"[" * 200_000)) == (413, "ballot-refused-size")
    assert trace(store) == before


@pytest.mark.parametrize("raw", [b"", b"{}", b"nonsense", b"[" * 5000, b"\xff\xfe"])
def test_what_is_no_ballot_is_refused(voter: Voter, raw: bytes) -> None:
    status, code = message_of(voter.send(raw))
    assert status == 400
    assert code.startswith(("ballot-", "json-", "record-", "shape-"))


def test_a_ballot_after_closing_is_refused(voter: Voter, official: Official, store: Store) -> None:
    raw = voter.make_ballot(0)
    kept = voter.make_ballot(1)
    assert voter.send(kept).status_code == 201
    official.confirm_by_name(voter.slug, "close")
    before = trace(store)
    assert message_of(voter.send(raw)) == (409, "cast-too-late")
    assert trace(store) == before
    # Whoever asks again because the answer got lost is told the truth.
    assert voter.send(kept).status_code == 201


def test_a_ballot_before_opening_is_refused(app: Flask, official: Official) -> None:
    slug = official.prepare(cards=1)
    official.confirm_by_name(slug, "seal")
    voter = Voter(app, slug, official.codes[0])
    assert message_of(voter.send(voter.make_ballot(0))) == (409, "cast-too-early")


def test_sending_the_same_ballot_again_gives_the_same_answer_and_one_ballot(voter: Voter, store: Store) -> None:
    raw = voter.make_ballot(0)
    first = voter.send(raw)
    before = trace(store)
    again = voter.send(raw)
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())
    assert trace(store) == before


def test_voting_again_replaces_the_earlier_ballot(voter: Voter, official: Official) -> None:
    voter.vote(0)
    voter.vote(2)
    official.confirm_by_name(voter.slug, "close")
    official.decrypt(voter.slug, 1)
    official.count(voter.slug)
    data = official.get(f"/e/{voter.slug}/result.json").get_json()
    assert [each["votes"] for each in data["votes"]] == [0, 0, 1, 0, 0, 0]
    assert (data["ballots"], data["voters"]) == (2, 1)


def test_a_card_is_asked_for_by_its_public_credential(voter: Voter, official: Official) -> None:
    definition = official.definition(voter.slug)
    public = derive_credential(voter.code, definition.uuid, definition.group).public
    address = f"/v/{voter.slug}/card"
    assert voter.client.post(address, json={"credential": str(public)}).get_json() == {"phase": "open"}
    assert message_of(voter.client.post(address, json={"credential": "5"})) == (403, "credential-unknown")
    assert message_of(voter.client.post(address, data=b"[" * 900)) == (400, "not-json")
    official.confirm_by_name(voter.slug, "close")
    assert message_of(voter.client.post(address, json={"credential": str(public)})) == (409, "cast-too-late")


def test_a_ballot_is_found_by_its_mark(voter: Voter, official: Official) -> None:
    tracker = voter.vote(0)
    page = f"/e/{voter.slug}/box"
    assert "Your ballot is in the box, as number 1." in official.post(page, tracker=f" {tracker} ").text
    assert "No ballot with this mark" in official.post(page, tracker=tracker.swapcase()).text


def test_a_second_sending_that_was_overtaken_by_the_first_is_not_called_a_copy(
    voter: Voter, slug: str, store: Store
) -> None:
    raw = voter.make_ballot(0)
    assert voter.send(raw).status_code == 201
    # As when the receipt was looked for before the first sending reached the box, and the copy after it.
    with store.reading() as work:
        ballot = parse_ballot(raw, ballot_rules(work, slug).definition)
        refuse_early(work, slug, ballot)


def test_the_box_warns_whoever_looks_for_a_ballot_that_was_replaced(
    voter: Voter, official: Official, slug: str
) -> None:
    first, second = (voter.send(voter.make_ballot(choice)).get_json()["tracker"] for choice in (0, 1))
    replaced = official.post(f"/e/{slug}/box", tracker=first).text
    assert 'id="replaced"' in replaced
    assert "ballot number 2" in replaced
    assert 'id="found"' not in replaced
    assert 'id="found"' in official.post(f"/e/{slug}/box", tracker=second).text


def test_another_card_does_not_replace_a_ballot(app: Flask, voter: Voter, official: Official, slug: str) -> None:
    mine = voter.send(voter.make_ballot(0)).get_json()["tracker"]
    other = Voter(app, slug, official.codes[1])
    assert other.send(other.make_ballot(0)).status_code == 201
    assert 'id="found"' in official.post(f"/e/{slug}/box", tracker=mine).text
