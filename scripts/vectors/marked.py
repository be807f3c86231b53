"""Vectors of an election by marks: every message from the credentials to the archive (specification 4.4 to 4.19)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from gmpy2 import mpz

from election.ballots import cast_ballot, parse_ballot, prepare_ballot, tracker
from election.challenge import open_ballot
from election.contest import Candidate, Contest
from election.credential_list import credentials_document
from election.credentials import derive_credential, generate_credentials
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.decryption import combine_shares
from election.definition import define_election
from election.ids import CandidateId, new_election_uuid
from election.opened import counts_to_bytes
from election.questions import question_of
from election.record.canonical import sha256_hex
from election.record.chain import Entry, EntryKind
from election.record.writer import (
    Step,
    ballot_entries,
    end_ballots_entries,
    result_entries,
    setup_entries,
    share_entries,
    tally_entries,
)
from election.shares import decrypt_share
from election.tally import tally_ballots
from election.trustees import generate_trustee, trustee_public_key_to_json
from scripts.vectors.cases import VALID, Case, SeededRng, altered, case, compact, plus_one, text_altered

TIMESTAMP = 1_795_362_704


class SmallElection:
    """One election of which every secret follows from the seed."""

    def __init__(self, rng: SeededRng) -> None:
        self.rng = rng
        names = ("Amina", "Çiğdem")
        contest = Contest(
            question="Hvem skal sidde i dialogforum?",
            candidates=tuple(Candidate(CandidateId(name), name) for name in names),
            max_marks=1,
            blank_allowed=True,
            seats=1,
            alternates=0,
            alternates_ranked=False,
        )
        self.uuid = new_election_uuid(rng)
        self.keys = [generate_trustee(rng=rng) for _ in range(2)]
        self.public_keys = [key.public(rng=rng) for key in self.keys]
        self.definition = define_election(
            uuid=self.uuid,
            name="Prøvevalg",
            description="",
            questions=[question_of(contest)],
            trustees=self.public_keys,
        )
        self.codes = generate_credentials(3, rng=rng)
        self.public = [derive_credential(code, self.uuid, GROUP).public for code in self.codes]
        # The second elector votes blank, the first one twice.
        votes = ((0, (0,)), (1, ()), (0, (1,)))
        self.ballots = [cast_ballot(self.definition, self.codes[elector], chosen, rng=rng) for elector, chosen in votes]
        read = [parse_ballot(raw, self.definition) for raw in self.ballots]
        self.tally = tally_ballots(self.definition, read)
        self.shares = [decrypt_share(key, self.tally, self.definition, rng=rng) for key in self.keys]
        self.counts = combine_shares(self.tally, self.shares, self.definition)

    def entries(self) -> list[Entry]:
        entries, head = setup_entries(self.definition, self.public_keys, self.public)
        steps: list[Callable[[Any], Step]] = [
            *(lambda head, raw=raw: ballot_entries(head, raw) for raw in self.ballots),
            end_ballots_entries,
            lambda head: tally_entries(head, self.tally),
            *(lambda head, owner=o, share=s: share_entries(head, owner, share) for o, s in enumerate(self.shares, 1)),
            lambda head: result_entries(head, self.counts),
        ]
        found = list(entries)
        for step in steps:
            more, head = step(head)
            found += more
        return found


def credentials(election: SmallElection) -> Iterable[Case]:
    for code in election.codes:
        keys = derive_credential(code, election.uuid, GROUP)
        output = {"secret": str(keys.secret), "public": str(keys.public)}
        yield case("a code", VALID, {"code": code, "uuid": election.uuid}, output)
    for name, wrong, expected in (
        ("a typing error", "2" + code[1:] if code[0] != "2" else "3" + code[1:], "credential-checksum"),
        ("too short", code[:-1], "credential-length"),
        ("a letter that codes do not have", "0" + code[1:], "credential-lookalike"),
    ):
        yield case(name, expected, {"code": wrong, "uuid": election.uuid})


def public_lists(election: SmallElection) -> Iterable[Case]:
    document = credentials_document(dict.fromkeys(election.public, 1)).decode()
    weighted = credentials_document({credential: place for place, credential in enumerate(election.public, 1)}).decode()
    yield case("one vote each", VALID, document)
    yield case("with weights", VALID, weighted)
    yield case("one twice", "credential-twice", text_altered(document, lambda m: m.append(m[0])))
    yield case("a name", "credential-more", text_altered(weighted, lambda m: m.append(m.pop() + ",Amina")))
    yield case("a weight of nothing", "credential-weight", text_altered(document, lambda m: m.append(m.pop() + ",0")))
    yield case("not canonical", "credentials-not-canonical", document.replace(",", ", ", 1))
    negative = str(GROUP.p - election.public[0])
    yield case("outside the group", "element-outside-group", text_altered(document, lambda m: m.append(negative)))


def trustee_keys(election: SmallElection) -> Iterable[Case]:
    given = trustee_public_key_to_json(election.public_keys[0])
    other = trustee_public_key_to_json(election.public_keys[1])
    yield case("a trustee alone", VALID, given)
    yield case("another's proof", "trustee-key-proof", given | {"pok": other["pok"]})
    yield case("no proof", "trustee-key-malformed", {"public_key": given["public_key"]})
    negative = str(GROUP.p - mpz(given["public_key"]))
    yield case("outside the group", "trustee-key-outside-group", given | {"public_key": negative})


def ballots(election: SmallElection) -> Iterable[Case]:
    definition = election.definition.content.decode()
    first, blank, _ = (raw.decode() for raw in election.ballots)
    given = {"election": definition, "ballot": first}

    def changed(name: str, expected: str, change: Callable[[Any], object]) -> Case:
        return case(name, expected, given | {"ballot": text_altered(first, change)})

    yield case("a mark", VALID, given)
    yield case("blank", VALID, given | {"ballot": blank})
    yield changed("another election", "ballot-other-election", lambda m: m.update(election_hash="x"))
    yield changed("another credential", "ballot-signature", lambda m: m.update(credential=str(election.public[1])))
    yield changed("another answer", "ballot-signature", lambda m: m.update(answers=json.loads(blank)["answers"]))
    yield changed("another hash", "ballot-signature", lambda m: m["signature"].update(hash="x"))
    yield changed("a choice left out", "answer-length", lambda m: m["answers"][0]["choices"].pop())
    yield changed("no blank_proof", "ballot-malformed", lambda m: m["answers"][0].pop("blank_proof"))
    yield changed("fields in another order", "ballot-not-canonical", lambda m: m.update(answers=m.pop("answers")))
    yield case("a space", "ballot-not-canonical", given | {"ballot": first.replace(":", ": ", 1)})


def trackers(election: SmallElection) -> Iterable[Case]:
    for raw in election.ballots:
        yield case("a ballot", VALID, raw.decode(), tracker(raw))


def openings(election: SmallElection) -> Iterable[Case]:
    definition, rng = election.definition, election.rng
    prepared = [prepare_ballot(definition, election.codes[2], chosen, rng=rng) for chosen in ((1,), ())]
    given = [
        {
            "election": definition.content.decode(),
            "ballot": each.raw.decode(),
            "opening": open_ballot(each, definition).decode(),
        }
        for each in prepared
    ]
    yield case("a mark", VALID, given[0], [[1]])
    yield case("a blank vote", VALID, given[1], [[]])
    exchanged = given[0] | {"opening": given[1]["opening"]}
    yield case("of another ballot", "challenge-other-ballot", exchanged)

    def one_more(message: Any) -> None:
        message["randomness"][0][0] = plus_one(message["randomness"][0][0])

    for name, code, change in (
        ("another randomness", "challenge-randomness", one_more),
        ("another election", "challenge-other-election", lambda m: m.update(election_uuid="x")),
        ("a number left out", "challenge-length", lambda m: m["randomness"][0].pop()),
        ("another version", "challenge-version", lambda m: m.update(version=2)),
    ):
        yield case(name, code, given[0] | {"opening": text_altered(given[0]["opening"], change)})


def tallies(election: SmallElection) -> Iterable[Case]:
    given: dict[str, Any] = {
        "election": election.definition.content.decode(),
        "ballots": [raw.decode() for raw in election.ballots],
        "encrypted_tally": election.tally.content.decode(),
        "sized_encrypted_tally": election.tally.sized_content.decode(),
    }
    yield case("the last ballot of each credential", VALID, given)
    yield case("a ballot left out", "tally-not-product", given | {"ballots": given["ballots"][1:-1]})
    yield case("not canonical", "tally-not-canonical", given | {"encrypted_tally": " " + given["encrypted_tally"]})
    fewer = text_altered(given["encrypted_tally"], lambda m: m[0].pop())
    yield case("a choice left out", "tally-shape", given | {"encrypted_tally": fewer})


def shares(election: SmallElection) -> Iterable[Case]:
    given = {
        "election": election.definition.content.decode(),
        "encrypted_tally": election.tally.content.decode(),
        "sized_encrypted_tally": election.tally.sized_content.decode(),
        "trustee": trustee_public_key_to_json(election.public_keys[0]),
        "partial_decryption": json.loads(election.shares[0].content),
    }
    yield case("of the first trustee", VALID, given)
    other = trustee_public_key_to_json(election.public_keys[1])
    yield case("of another trustee", "share-proof", given | {"trustee": other})
    at = "partial_decryption"
    swapped = altered(given, lambda m: m[at]["decryption_factors"][0].reverse())
    yield case("factors in another order", "share-proof", swapped)
    cut = altered(given, lambda m: m[at]["decryption_proofs"][0].pop())
    yield case("a proof left out", "tally-shape", cut)


def results(election: SmallElection) -> Iterable[Case]:
    given: dict[str, Any] = {
        "election": election.definition.content.decode(),
        "encrypted_tally": election.tally.content.decode(),
        "sized_encrypted_tally": election.tally.sized_content.decode(),
        "partial_decryptions": [json.loads(share.content) for share in election.shares],
        "result": counts_to_bytes(election.counts).decode(),
    }
    yield case("the counts", VALID, given)
    off_by_one = text_altered(given["result"], lambda m: m["result"][0].__setitem__(0, m["result"][0][0] + 1))
    yield case("off by one", "result-wrong", given | {"result": off_by_one})
    yield case("not canonical", "result-not-canonical", given | {"result": given["result"].replace(":", ": ")})


def elections(election: SmallElection) -> Iterable[Case]:
    document = election.definition.content.decode()
    output = {"fingerprint": election.definition.fingerprint}

    def changed(name: str, expected: str, change: Callable[[Any], object]) -> Case:
        return case(name, expected, text_altered(document, change))

    yield case("one question by marks", VALID, document, output)
    yield changed("another version", "definition-version", lambda m: m.update(version=2))
    yield changed("a group of one's own", "group-unknown", lambda m: m.update(group="BELENIOS-2049"))
    yield changed("a short identifier", "definition-uuid", lambda m: m.update(uuid="abc"))
    yield changed("no question", "definition-no-question", lambda m: m.update(questions=[]))
    yield changed("more marks than answers", "definition-marks", lambda m: m["questions"][0].update(max=9))
    yield changed("a field that nobody knows", "shape-unknown", lambda m: m.update(extra="1"))
    yield changed("fields in another order", "definition-not-canonical", lambda m: m.update(name=m.pop("name")))
    yield changed("the key has a leading zero", "number-leading-zero", _leading_zero)
    yield case("a field twice", "json-duplicate-key", document.replace('"name":', '"name":"","name":', 1))
    yield case("a space", "definition-not-canonical", document.replace(",", ", ", 1))


def _leading_zero(message: Any) -> None:
    message["public_key"] = "0" + message["public_key"]


def setups(election: SmallElection) -> Iterable[Case]:
    """With the key file of a trustee, because a browser checks the first event only for somebody who has a key."""
    election_, trustees, credentials, setup = (entry.content.decode() for entry in election.entries()[:4])
    documents = {"election": election_, "trustees": trustees, "credentials": credentials}
    given = documents | {"setup": setup, "private_key": election.keys[0].file_content().decode()}

    def bound(name: str, expected: str, **changes: str) -> Case:
        """The documents changed, and bound to each other again."""
        new = documents | changes
        return case(name, expected, given | new | {"setup": compact({each: _hash(new[each]) for each in documents})})

    first, second = json.loads(trustees)
    yield case("a first event", VALID, given)
    yield case("a document exchanged", "record-setup", given | {"credentials": credentials.replace('"', '"', 1) + " "})
    yield bound("a key left out", "definition-key", trustees=compact([first]))
    yield bound("a key twice", "trustee-twice", trustees=compact([first, first]))
    yield bound("a trustee of no kind", "trustee-kind", trustees=compact([first, ["Double", second[1]]]))
    swapped = [first, ["Single", second[1] | {"pok": first[1]["pok"]}]]
    yield bound("another's proof", "trustee-key-proof", trustees=compact(swapped))
    yield bound("a credential twice", "credential-twice", credentials=text_altered(credentials, _first_again))
    key = str(GROUP.p - election.definition.public_key)
    negated = text_altered(election_, lambda m: m.update(public_key=key))
    yield bound("the election's key negated", "element-outside-group", election=negated)


def _first_again(message: Any) -> None:
    message.append(message[0])


def _hash(document: str) -> str:
    return sha256_hex(document.encode())


def events(election: SmallElection) -> Iterable[Case]:
    found = [entry.content.decode() for entry in election.entries() if entry.kind is EntryKind.EVENT]
    first, ballot = found[0], found[1]

    def changed(name: str, expected: str, change: Callable[[Any], object]) -> Case:
        return case(name, expected, text_altered(ballot, change))

    yield case("the first", VALID, first)
    yield case("a ballot", VALID, ballot)
    yield case("without payload", VALID, next(each for each in found if "EndBallots" in each))
    yield changed("a kind that nobody knows", "record-event-type", lambda m: m.update(type="Recount"))
    yield changed("no height", "shape-missing", lambda m: m.pop("height"))
    yield changed("a height below zero", "shape-number", lambda m: m.update(height=-1))
    yield changed("a height that is no whole number", "json-number", lambda m: m.update(height=1.0))
    yield changed("fields in another order", "record-event-not-canonical", lambda m: m.update(type=m.pop("type")))
    yield changed("a field more", "shape-unknown", lambda m: m.update(time=1))
    yield case("not JSON", "json-unreadable", ballot[:-1])


def private_keys(election: SmallElection) -> Iterable[Case]:
    """The plain key file of a trustee alone; each is refused with one code, which quotes nothing of the key."""
    key = election.keys[0]
    yield case("of a trustee alone", VALID, key.file_content().decode(), {"public_key": str(key.public().public_key)})
    for name, text in (
        ("zero", '"0"'),
        ("q", f'"{GROUP.q}"'),
        ("a leading zero", f'"0{key.secret}"'),
        ("no number", '"key"'),
        ("nothing", '""'),
    ):
        yield case(name, "trustee-key-file", text)
