"""Officials, trustees and voters, who do what they do through HTTP and nothing else."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from election.ballots import cast_ballot
from election.crypto.groups import BELENIOS_2048
from election.definition import ElectionDefinition, parse_election
from election.record.canonical import Json, canonical_bytes, load_json
from election.shares import decrypt_share
from election.tally import parse_tally
from election.trustees import TrusteePrivateKey, generate_trustee, parse_trustees, trustee_public_key_to_json
from election.trustees.rehearsal import answer_test, answer_to_bytes, parse_rehearsal_test
from election.trustees.threshold import threshold_group_to_json
from tests.election.dealings import Dealing

PASSWORD = "correct horse battery staple"
NAME = "Valg til Dialogforum 2025"
SLUG = "valg-til-dialogforum-2025"
CANDIDATES = ("Amina Hassan", "Bohdan Kovalenko", "Farah Ahmadi", "Selam Tesfay", "Mehmet Yılmaz", "Nour Haddad")
PLAN = {
    "seats": "norddjurs-dialogforum-2024/elected",
    "council": "new",
    "name": NAME,
    "description": "",
    "question": "Whom do you choose?",
    "max_marks": "1",
    "blank_allowed": "y",
    "opens_at": "2025-11-30T15:00",
    "closes_at": "2025-11-30T16:30",
}


class Official:
    """A person at the officials' pages."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.keys: dict[int, TrusteePrivateKey] = {}
        self.links: dict[int, str] = {}
        self.codes: tuple[str, ...] = ()

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers={"Accept-Language": "en"})

    def post(self, path: str, form_page: str | None = None, **fields: Any) -> TestResponse:
        """Send a form with the token of the page it stands on."""
        token = csrf_token(self.get(form_page or path).text)
        return self.client.post(path, data={"csrf_token": token, **fields}, headers={"Accept-Language": "en"})

    def log_in(self, password: str = PASSWORD, name: str = "Ane Official") -> TestResponse:
        return self.post("/official/log-in", name=name, password=password)

    def create(self, **changes: Any) -> str:
        """Make an election; its address."""
        answer = self.post("/official/elections/new", **{**PLAN, **changes})
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"].split("/")[-2]

    def add_candidates(self, slug: str, names: Sequence[str] = CANDIDATES) -> None:
        for name in names:
            answer = self.post(
                f"/official/e/{slug}/candidates", name=name, properties=["background:refugee-or-immigrant"]
            )
            assert answer.status_code == 302, answer.text

    def door_cards(self, slug: str, number: int) -> None:
        page = f"/official/e/{slug}/electors"
        assert self.post(f"{page}/door", page, number=str(number)).status_code == 302

    def upload_roll(self, slug: str, raw: bytes) -> TestResponse:
        page = f"/official/e/{slug}/electors"
        return self.post(f"{page}/roll", page, roll=(io.BytesIO(raw), "roll.csv"))

    def name_trustee(self, slug: str, name: str) -> int:
        """Name a trustee; their number. The link is kept as they would keep it."""
        answer = self.post(f"/official/e/{slug}/trustees", name=name)
        return self.keep_links(answer)

    def new_link(self, slug: str, number: int) -> None:
        self.keep_links(self.post(f"/official/e/{slug}/trustees/{number}/link", f"/official/e/{slug}/trustees"))

    def keep_links(self, answer: TestResponse) -> int:
        """The links of a page that shows them once; the number of the first trustee."""
        assert answer.status_code == 200, answer.text
        found = re.findall(r'trustee-link" href="http://[^/"]+/trustee/[^"#]+/(\d+)#([^"]+)"', answer.text)
        assert found, answer.text
        self.links |= {int(number): code for number, code in found}
        return int(found[0][0])

    def hand_in_key(self, slug: str, number: int) -> TestResponse:
        """As the trustee's browser does: make a key, send the public half."""
        self.keys[number] = generate_trustee()
        body = {"code": self.links[number], "public_key": trustee_public_key_to_json(self.keys[number].public())}
        return self.client.post(f"/trustee/{slug}/{number}/key", json=body, headers={"Accept-Language": "en"})

    def make_cards(self, slug: str, typed_name: str = NAME) -> TestResponse:
        """The name is asked for when cards were made before."""
        return self.post(f"/official/e/{slug}/cards", typed_name=typed_name)

    def prepare(self, *, cards: int = 4, trustees: int = 1, **changes: Any) -> str:
        """Everything up to the seal, without it."""
        slug = self.create(**changes)
        self.add_candidates(slug)
        self.door_cards(slug, cards)
        for number in range(1, trustees + 1):
            answer = self.hand_in_key(slug, self.name_trustee(slug, f"Trustee {number}"))
            assert answer.status_code == 201, answer.text
        assert self.make_cards(slug).status_code == 200
        return slug

    def confirm_by_name(self, slug: str, step: str, name: str = NAME, shown: str | None = None) -> TestResponse:
        """Type the name on the page of a step; ``shown`` is an earlier sight of it."""
        sight = self.sight(slug, step) if shown is None else shown
        return self.post(f"/official/e/{slug}/{step}", typed_name=name, shown=sight)

    def sight(self, slug: str, step: str) -> str:
        """What the page of a step remembers of what it shows."""
        found = re.search(r'name="shown"[^>]*value="([^"]*)"', self.get(f"/official/e/{slug}/{step}").text)
        return found[1] if found else ""

    def name_group(self, slug: str, dealing: Dealing, *names: str) -> list[int]:
        """Hand in the parameters of a group; the numbers of its members, whose keys are known here."""
        page = f"/official/e/{slug}/trustees"
        known = set(self.links)
        raw = canonical_bytes(threshold_group_to_json(dealing.parameters))
        self.keep_links(self.post(f"{page}/group", page, parameters=(io.BytesIO(raw), "group"), names="\n".join(names)))
        members = sorted(set(self.links) - known)
        self.keys |= dict(zip(members, dealing.privates, strict=True))
        return members

    def answer_to_test(self, slug: str, number: int, key: TrusteePrivateKey | None = None) -> Json:
        """What the trustee's browser or program makes of the test."""
        page = f"/trustee/{slug}/{number}"
        trustees = parse_trustees(self.get(f"{page}/trustees.json").data, BELENIOS_2048)
        test = parse_rehearsal_test(self.get(f"{page}/test.json").data, trustees, BELENIOS_2048)
        return load_json(answer_to_bytes(answer_test(key or self.keys[number], test)))

    def show_key(self, slug: str, number: int, answer: Json = None) -> TestResponse:
        """Hand in an answer to the test; the right one where none is given."""
        body = {"code": self.links[number], "answer": answer or self.answer_to_test(slug, number)}
        path = f"/trustee/{slug}/{number}/answer"
        return self.client.post(path, json=body, headers={"Accept-Language": "en"})

    def open(self, slug: str) -> TestResponse:
        """Every trustee whose key is known shows it; then voting opens."""
        for number in self.keys:
            assert self.show_key(slug, number).status_code == 201
        return self.post(f"/official/e/{slug}/open")

    def share(self, slug: str, number: int) -> bytes:
        """What the trustee's browser makes of the tally."""
        definition = self.definition(slug)
        sent = self.get(f"/trustee/{slug}/{number}/tally.json").get_json()
        assert sent["election_hash"] == definition.fingerprint
        assert sent["public_key"] == str(self.keys[number].public().public_key)
        tally = parse_sent_tally(sent["encrypted_tally"], definition)
        return decrypt_share(self.keys[number], tally, definition).content

    def decrypt(self, slug: str, number: int) -> TestResponse:
        """As the trustee's browser does: fetch the tally, use the key, send the share."""
        body = {"code": self.links[number], "partial_decryption": load_json(self.share(slug, number))}
        return self.client.post(f"/trustee/{slug}/{number}/decryption", json=body, headers={"Accept-Language": "en"})

    def count(self, slug: str) -> TestResponse:
        return self.post(f"/official/e/{slug}/count")

    def definition(self, slug: str) -> ElectionDefinition:
        return parse_election(self.get(f"/e/{slug}/election.json").data)


class Voter:
    """Somebody with a card."""

    def __init__(self, app: Flask, slug: str, code: str) -> None:
        self.client = app.test_client(use_cookies=False)
        self.slug, self.code = slug, code

    def make_ballot(self, *choices: int) -> bytes:
        raw = self.client.get(f"/e/{self.slug}/election.json").data
        return cast_ballot(parse_election(raw), self.code, choices)

    def send(self, raw: bytes) -> TestResponse:
        return self.client.post(
            f"/v/{self.slug}/ballots",
            data=raw,
            content_type="application/json",
            headers={"Accept-Language": "en"},
        )

    def vote(self, *choices: int) -> str:
        """Vote and return the tracker."""
        answer = self.send(self.make_ballot(*choices))
        assert answer.status_code == 201, answer.text
        tracker: str = answer.get_json()["tracker"]
        return tracker


def csrf_token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return found[1] if found else ""


def parse_sent_tally(message: Any, definition: ElectionDefinition) -> Any:
    """The tally as the trustee's page gets it: only the ciphertexts."""
    from election.record.canonical import canonical_bytes, sha256_hex

    content = canonical_bytes(message)
    sized = {"num_tallied": 1, "total_weight": 1, "encrypted_tally": sha256_hex(content)}
    return parse_tally(content, canonical_bytes(sized), definition)


def message_of(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.data)["code"]
