"""Ballots that were opened to test a machine: taken with proof only, published, and never cast, whoever is faster."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from election.__main__ import main
from election.ballots import PreparedBallot, parse_ballot, prepare_ballot, tracker
from election.challenge import OpenedList, open_ballot, opened_document, opened_entry, parse_opened
from election.credentials import generate_credentials
from election.errors import BallotError
from tests.election.forging import changed, signed_anew
from tests.webvote.driver import Official, Voter, message_of
from webvote.refusals import RefusedError
from webvote.store.database import Store
from webvote.use_cases.ballots import accept_ballot
from webvote.use_cases.opened import accept_opened


class Tester(Voter):
    """A voter whose machine has made a ballot that is not cast yet."""

    __test__ = False

    def __init__(self, app: Flask, official: Official, slug: str, card: int = 0, code: str | None = None) -> None:
        super().__init__(app, slug, code or official.codes[card])
        self.definition = official.definition(slug)
        self.prepared: PreparedBallot = prepare_ballot(self.definition, self.code, (0,))

    @property
    def raw(self) -> bytes:
        return self.prepared.raw

    @property
    def entry(self) -> bytes:
        return opened_entry(self.raw, open_ballot(self.prepared, self.definition))

    def open(self, entry: bytes | None = None) -> TestResponse:
        return self.client.post(
            f"/v/{self.slug}/opened",
            data=self.entry if entry is None else entry,
            content_type="application/json",
            headers={"Accept-Language": "en"},
        )

    def published(self) -> bytes:
        return self.client.get(f"/e/{self.slug}/opened.json").data


@pytest.fixture
def tester(app: Flask, official: Official, slug: str) -> Tester:
    return Tester(app, official, slug)


def kept(store: Store) -> tuple[int, int]:
    """How many opened ballots and elements there are."""
    with store.engine.connect() as connection:
        ballots = connection.execute(text("select count(*) from opened_ballot")).scalar_one()
        return ballots, connection.execute(text("select count(*) from opened_element")).scalar_one()


def test_an_opened_ballot_is_published_with_its_opening_and_cannot_be_cast(tester: Tester, store: Store) -> None:
    assert parse_opened(tester.published(), tester.definition) == OpenedList()
    answer = tester.open()
    assert answer.status_code == 201, answer.text
    assert answer.get_json() == {"tracker": tracker(tester.raw), "opened": 1}
    assert tester.published() == opened_document([tester.entry])
    refused = tester.send(tester.raw)
    assert message_of(refused) == (409, "ballot-opened")
    assert "Make a new ballot" in refused.get_json()["message"]
    # The voter votes with a new one.
    tester.vote(0)
    assert kept(store) == (1, len(set(parse_ballot(tester.raw, tester.definition).ciphertext_digests())))


def test_the_list_is_whole_and_as_long_as_it_says(app: Flask, official: Official, tester: Tester) -> None:
    others = [Tester(app, official, tester.slug, card) for card in (1, 2)]
    for each in (tester, *others):
        assert each.open().status_code == 201
    answer = official.get(f"/e/{tester.slug}/opened.json")
    assert answer.content_length == len(answer.data)
    assert answer.data == opened_document(each.entry for each in (tester, *others))
    assert f'filename="{tester.definition.uuid}.opened.json"' in answer.headers["Content-Disposition"]


def test_the_same_opening_sent_again_gets_the_same_answer(tester: Tester, official: Official, store: Store) -> None:
    first, again = tester.open(), tester.open()
    assert (first.status_code, first.get_json()) == (again.status_code, again.get_json())
    assert kept(store)[0] == 1
    official.confirm_by_name(tester.slug, "close")
    assert tester.open().status_code == 201


def test_a_ballot_in_the_box_cannot_be_opened_any_more(tester: Tester, store: Store) -> None:
    assert tester.send(tester.raw).status_code == 201
    refused = tester.open()
    assert message_of(refused) == (409, "opened-after-cast")
    assert "it is a vote and no test" in refused.get_json()["message"].lower()
    assert kept(store) == (0, 0)


def test_a_machine_cannot_strike_out_a_cast_ballot_by_opening_another_with_its_ciphertexts(
    tester: Tester, store: Store
) -> None:
    """The opening would show how the cast ballot votes, and the record would hold an opened ciphertext for ever."""
    assert tester.send(tester.raw).status_code == 201
    twin = signed_anew(tester.raw, tester.code, tester.definition)
    assert twin != tester.raw
    opening = open_ballot(PreparedBallot(raw=twin, randomness=tester.prepared.randomness), tester.definition)
    assert message_of(tester.open(opened_entry(twin, opening))) == (409, "opened-after-cast")
    assert kept(store) == (0, 0)


def test_a_ballot_that_shares_its_ciphertexts_with_an_opened_one_is_not_cast(
    app: Flask, official: Official, tester: Tester
) -> None:
    assert tester.open().status_code == 201
    same_card = signed_anew(tester.raw, tester.code, tester.definition)
    assert message_of(tester.send(same_card)) == (409, "ballot-opened")
    thief = signed_anew(tester.raw, official.codes[1], tester.definition)
    assert message_of(tester.send(thief)) == (409, "ballot-opened")


def test_a_second_opened_ballot_with_the_same_ciphertexts_is_taken_too(tester: Tester, store: Store) -> None:
    assert tester.open().status_code == 201
    elements = kept(store)[1]
    twin = signed_anew(tester.raw, tester.code, tester.definition)
    opening = open_ballot(PreparedBallot(raw=twin, randomness=tester.prepared.randomness), tester.definition)
    assert tester.open(opened_entry(twin, opening)).status_code == 201
    assert kept(store) == (2, elements)
    assert len(parse_opened(tester.published(), tester.definition).trackers) == 2


Forge = Callable[[Tester], bytes]
FORGED: dict[str, tuple[Forge, int, str]] = {
    "wrong randomness": (
        lambda t: changed(t.entry, lambda m: m["opening"]["randomness"][0].__setitem__(0, "1")),
        400,
        "challenge-randomness",
    ),
    "another ballot's opening": (
        lambda t: opened_entry(t.raw, open_ballot(prepare_ballot(t.definition, t.code, (0,)), t.definition)),
        400,
        "challenge-other-ballot",
    ),
    "another election's opening": (
        lambda t: changed(t.entry, lambda m: m["opening"].update(election_uuid="1" * 14)),
        400,
        "challenge-other-election",
    ),
    "another election's ballot": (
        lambda t: changed(t.entry, lambda m: m["ballot"].update(election_uuid="1" * 14)),
        400,
        "ballot-other-election",
    ),
    "a broken signature": (
        lambda t: changed(t.entry, lambda m: m["ballot"]["signature"]["proof"].update(response="1")),
        400,
        "challenge-other-ballot",
    ),
    "no opening": (lambda t: changed(t.entry, lambda m: m.pop("opening")), 400, "shape-missing"),
    "a field too many": (lambda t: changed(t.entry, lambda m: m.update(name="Sigrid")), 400, "shape-unknown"),
    "a space": (lambda t: t.entry.replace(b":", b": ", 1), 400, "challenge-not-canonical"),
    "nothing": (lambda _: b"", 400, "json-unreadable"),
    "too much": (lambda _: b"[" * 400_000, 413, "ballot-refused-size"),
}


def test_what_is_no_true_opening_leaves_no_trace(tester: Tester, store: Store) -> None:
    for what, (forge, status, code) in FORGED.items():
        answer = tester.open(forge(tester))
        assert message_of(answer) == (status, code), what
        assert answer.get_json()["message"]
        assert kept(store) == (0, 0), what
    assert tester.send(tester.raw).status_code == 201


def test_an_opening_of_a_credential_that_is_not_listed_is_refused(
    app: Flask, official: Official, slug: str, store: Store
) -> None:
    stranger = Tester(app, official, slug, code=generate_credentials(1)[0])
    assert message_of(stranger.open()) == (403, "ballot-unknown-credential")
    assert kept(store) == (0, 0)


def test_whoever_only_knows_a_public_credential_has_no_ciphertext_computed(
    app: Flask, official: Official, tester: Tester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The credentials are public, and so anybody can write a ballot under one; the signature is what they lack."""
    thief = Tester(app, official, tester.slug, card=1)
    forged = changed(thief.raw, lambda m: m.update(credential=json.loads(tester.raw)["credential"]))
    opening = open_ballot(PreparedBallot(raw=forged, randomness=thief.prepared.randomness), thief.definition)
    computed: list[object] = []
    monkeypatch.setattr("election.challenge.encrypt", lambda *given: computed.append(given))
    assert message_of(tester.open(opened_entry(forged, opening))) == (400, "ballot-signature")
    assert computed == []


def test_no_single_card_fills_the_list_that_everybody_fetches(
    app: Flask, official: Official, tester: Tester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webvote.use_cases.opened.MOST_WITH_A_CARD", 2)
    once_more = [Tester(app, official, tester.slug) for _ in range(2)]
    assert [each.open().status_code for each in (tester, once_more[0])] == [201, 201]
    refused = once_more[1].open()
    assert message_of(refused) == (409, "opened-too-often")
    assert "You can still vote" in refused.get_json()["message"]
    # A lost answer is asked for again, others test, and the card votes.
    assert tester.open().status_code == 201
    assert Tester(app, official, tester.slug, card=1).open().status_code == 201
    assert len(parse_opened(tester.published(), tester.definition).trackers) == 3
    tester.vote(0)


def test_openings_are_taken_while_votes_are(app: Flask, official: Official) -> None:
    slug = official.prepare(cards=1)
    assert message_of(app.test_client().post(f"/v/{slug}/opened", data=b"{}")) == (409, "cast-too-early")
    assert official.get(f"/e/{slug}/opened").status_code == 404
    assert official.get(f"/e/{slug}/opened.json").status_code == 404
    official.confirm_by_name(slug, "seal")
    tester = Tester(app, official, slug)
    assert message_of(tester.open()) == (409, "cast-too-early")
    official.open(slug)
    official.confirm_by_name(slug, "close")
    assert message_of(tester.open()) == (409, "cast-too-late")


def test_cast_and_opened_at_the_same_instant_one_of_the_two_is_refused(
    app: Flask, official: Official, slug: str, store: Store
) -> None:
    testers = [Tester(app, official, slug, card) for card in range(4)]
    start = threading.Barrier(2 * len(testers))

    def act(step: Callable[[], TestResponse]) -> int:
        start.wait()
        return step().status_code

    steps = [step for each in testers for step in (lambda each=each: each.send(each.raw), each.open)]
    with ThreadPoolExecutor(len(steps)) as pool:
        answers = list(pool.map(act, steps))
    assert [sorted(answers[place : place + 2]) for place in range(0, len(answers), 2)] == [[201, 409]] * len(testers)
    assert kept(store)[0] == answers[1::2].count(201)


def test_whoever_was_checked_before_the_other_came_is_refused_under_the_lock(
    app: Flask, official: Official, slug: str, store: Store
) -> None:
    """As when the checks before the transaction saw neither of the two."""

    def cast(tester: Tester) -> None:
        with store.writing() as work:
            accept_ballot(work, slug, parse_ballot(tester.raw, tester.definition))

    def open_it(tester: Tester) -> None:
        ballot, opening = parse_ballot(tester.raw, tester.definition), open_ballot(tester.prepared, tester.definition)
        with store.writing() as work:
            accept_opened(work, slug, ballot, opening)

    for card, first, second, code in ((0, cast, open_it, "opened-after-cast"), (1, open_it, cast, "ballot-opened")):
        tester = Tester(app, official, slug, card)
        first(tester)
        with pytest.raises((RefusedError, BallotError)) as caught:
            second(tester)
        assert caught.value.code == code


def test_the_whole_record_is_verified_with_the_list_that_is_published_with_it(
    tester: Tester, official: Official, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tester.open().status_code == 201
    tester.vote(1)
    official.confirm_by_name(tester.slug, "close")
    official.decrypt(tester.slug, 1)
    official.count(tester.slug)
    for page in ("", "/result", "/box"):
        assert f'href="/e/{tester.slug}/opened"' in official.get(f"/e/{tester.slug}{page}").text
    for name in ("record.bel", "opened.json"):
        answer = official.get(f"/e/{tester.slug}/{name}")
        (tmp_path / answer.headers["Content-Disposition"].split('"')[1]).write_bytes(answer.data)
    (record,) = tmp_path.glob("*.bel")
    assert main(["verify", "--workers", "1", str(record)]) == 0
    assert "1 ballots were opened" in capsys.readouterr().out
    data = official.get(f"/e/{tester.slug}/result.json").get_json()
    assert [each["votes"] for each in data["votes"]][:2] == [0, 1]
