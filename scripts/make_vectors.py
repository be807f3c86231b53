"""Write tests/vectors/*.json anew: one file for each message and proof, the same bytes at every run.

Every number comes from one seed. What is said of each case, "valid" or the code of the error, is checked by
tests/election/test_vectors.py and, for what browsers read, by tests/js/vectors.test.js.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from gmpy2 import mpz

from election.ballots import cast_ballot, parse_ballot, prepare_ballot, tracker
from election.challenge import open_ballot
from election.contest import Candidate, Contest
from election.credential_list import credentials_document
from election.credentials import derive_credential, generate_credentials
from election.crypto.elgamal import Ciphertext, encrypt, product
from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import RFC_3526_2048
from election.crypto.proofs import BlankStatement, Prover, prove_blank, prove_exponent, prove_interval
from election.crypto.wire import ciphertext_to_json, proof_to_json
from election.definition import define_election
from election.ids import CandidateId, new_election_uuid
from election.questions import RankedQuestion, question_of
from election.record.archive import write_archive
from election.record.chain import Entry
from election.record.writer import (
    Step,
    ballot_entries,
    end_ballots_entries,
    result_entries,
    setup_entries,
    share_entries,
    tally_entries,
)
from election.shuffles import make_shuffle
from election.tally import combine_shares, counts_to_bytes, decrypt_share, tally_ballots
from election.trustees import generate_trustee, trustee_public_key_to_json
from election.trustees.certificates import certificate_to_json, make_certificate
from election.trustees.channels import generate_channel_keys

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "vectors"
SEED = "raadsvalg test vectors 1"
TIMESTAMP = 1_795_362_704
VALID = "valid"
Case = dict[str, Any]


class SeededRng:
    """Numbers that look like chance and are the same at every run: SHA-256 of the seed and a counter."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._counter = 0

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        """See ``election.ids.Rng``; 128 bits more than the bound leave no bias that could be seen."""
        content = b""
        while 8 * len(content) < exclusive_upper_bound.bit_length() + 128:
            content += hashlib.sha256(f"{self._seed}|{self._counter}".encode()).digest()
            self._counter += 1
        return int.from_bytes(content) % exclusive_upper_bound


def case(name: str, expected: str, given: Any, output: Any = None) -> Case:
    made = {"name": name, "expected": expected, "input": given}
    return made if output is None else made | {"output": output}


def altered(given: Any, change: Callable[[Any], object]) -> Any:
    copy = deepcopy(given)
    change(copy)
    return copy


def text_altered(document: str, change: Callable[[Any], object]) -> str:
    return compact(altered(json.loads(document), change))


def compact(message: Any) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def plus_one(number: str) -> str:
    return str((int(number) + 1) % int(GROUP.q))


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


def group_elements(rng: SeededRng) -> Iterable[Case]:
    element = GROUP.power(GROUP.g, GROUP.random_scalar(rng))
    yield case("the generator", VALID, str(GROUP.g))
    yield case("an element", VALID, str(element))
    yield case("zero", "element-trivial", "0")
    yield case("the identity", "element-trivial", "1")
    yield case("of order two", "element-outside-group", str(GROUP.p - 1))
    yield case("the negative of an element", "element-outside-group", str(GROUP.p - element))
    yield case("the modulus", "number-out-of-range", str(GROUP.p))
    yield case("plus the modulus", "number-out-of-range", str(element + GROUP.p))
    yield case("a leading zero", "number-leading-zero", f"0{element}")
    for name, text in (
        ("a sign", f"+{element}"),
        ("negative", "-1"),
        ("a space", f" {element}"),
        ("hexadecimal", "0x2"),
    ):
        yield case(name, "number-malformed", text)


def scalars(rng: SeededRng) -> Iterable[Case]:
    yield case("zero", VALID, "0")
    yield case("a scalar", VALID, str(GROUP.random_scalar(rng)))
    yield case("the greatest", VALID, str(GROUP.q - 1))
    yield case("q", "number-out-of-range", str(GROUP.q))
    yield case("q more", "number-out-of-range", str(GROUP.q + 5))
    yield case("a leading zero", "number-leading-zero", "00")
    yield case("digits of another script", "number-malformed", "٣")
    yield case("nothing", "number-malformed", "")


def ciphertexts(rng: SeededRng) -> Iterable[Case]:
    key = GROUP.power(GROUP.g, GROUP.random_scalar(rng))
    for number in (0, 1):
        secret = GROUP.random_scalar(rng)
        made = ciphertext_to_json(encrypt(GROUP, key, number, secret))
        given = {"public_key": str(key), "number": number, "randomness": str(secret), "ciphertext": made}
        yield case(f"of {number}", VALID, given)
    yield case("alpha is the identity", "element-trivial", altered(given, lambda m: m["ciphertext"].update(alpha="1")))
    yield case("no beta", "shape-missing", altered(given, lambda m: m["ciphertext"].pop("beta")))
    yield case("a third part", "shape-unknown", altered(given, lambda m: m["ciphertext"].update(gamma="2")))
    negative = str(GROUP.p - mpz(made["beta"]))
    yield case("negated", "element-outside-group", altered(given, lambda m: m["ciphertext"].update(beta=negative)))


def knowledge(tag: str, statement: str) -> Callable[[SeededRng], Iterable[Case]]:
    def cases(rng: SeededRng) -> Iterable[Case]:
        secret = GROUP.random_scalar(rng)
        public = GROUP.power(GROUP.g, secret)
        of = statement.format(group=GROUP.name, public=public)
        proof = proof_to_json(prove_exponent(GROUP, tag, of, secret, rng))
        given = {"tag": tag, "statement": of, "public": str(public), "proof": proof}
        other = str(GROUP.g)
        yield case("honest", VALID, given)
        yield case("another public key", "proof-of-knowledge", altered(given, lambda m: m.update(public=other)))
        yield case("another statement", "proof-of-knowledge", altered(given, lambda m: m.update(statement=of + "0")))
        yield case("another purpose", "proof-of-knowledge", altered(given, lambda m: m.update(tag="decrypt")))
        yield from faults_of_proof(given, lambda m: m["proof"], "proof-of-knowledge")

    return cases


def faults_of_proof(given: Any, at: Callable[[Any], Any], code: str) -> Iterable[Case]:
    """Another response, another challenge, a scalar that is not the only form of itself."""
    for field in ("challenge", "response"):
        yield case(f"another {field}", code, altered(given, lambda m: at(m).update({field: plus_one(at(m)[field])})))  # noqa: B023
    longer = str(int(at(given)["response"]) + int(GROUP.q))
    yield case("the response plus q", "number-out-of-range", altered(given, lambda m: at(m).update(response=longer)))


def interval_proofs(rng: SeededRng) -> Iterable[Case]:
    key = GROUP.power(GROUP.g, GROUP.random_scalar(rng))
    prover = Prover(GROUP, key, rng)
    for number, interval in ((0, (0, 1)), (1, (0, 1)), (1, (1, 3))):
        secret = GROUP.random_scalar(rng)
        # A sum of marks is encrypted as a product; here by hand, so that it may be above 1.
        choice = encrypt(GROUP, key, number, secret)
        proofs = prove_interval(prover, "statement", choice, secret, number, range(interval[0], interval[1] + 1))
        given = {
            "public_key": str(key),
            "statement": "statement",
            "ciphertext": ciphertext_to_json(choice),
            "interval": list(interval),
            "proofs": [proof_to_json(proof) for proof in proofs],
        }
        yield case(f"{number} lies between {interval[0]} and {interval[1]}", VALID, given)
    yield case("another statement", "proof-of-range", altered(given, lambda m: m.update(statement="other")))
    yield case("another key", "proof-of-range", altered(given, lambda m: m.update(public_key=str(GROUP.g))))
    yield case("parts in another order", "proof-of-range", altered(given, lambda m: m["proofs"].reverse()))
    yield case("a part left out", "proof-length", altered(given, lambda m: m["proofs"].pop()))
    other = ciphertext_to_json(encrypt(GROUP, key, 2 - 1, secret + 1))
    yield case("another ciphertext", "proof-of-range", altered(given, lambda m: m.update(ciphertext=other)))
    yield from faults_of_proof(given, lambda m: m["proofs"][0], "proof-of-range")


def blank_proofs(rng: SeededRng) -> Iterable[Case]:
    key = GROUP.power(GROUP.g, GROUP.random_scalar(rng))
    for name, marks in (("a blank vote", (1, 0, 0)), ("two marks", (0, 1, 1))):
        secrets = [GROUP.random_scalar(rng) for _ in marks]
        choices = [encrypt(GROUP, key, mark, secret) for mark, secret in zip(marks, secrets, strict=True)]
        claim = BlankStatement("statement", choices[0], product(GROUP, choices[1:]), range(1, 3))
        overall, blank = prove_blank(
            Prover(GROUP, key, rng),
            claim,
            is_blank=bool(marks[0]),
            marks=sum(marks[1:]),
            blank_secret=secrets[0],
            total_secret=sum(secrets[1:], mpz(0)) % GROUP.q,
        )
        given = {
            "public_key": str(key),
            "statement": "statement",
            "blank": ciphertext_to_json(claim.blank),
            "total": ciphertext_to_json(claim.total),
            "interval": [1, 2],
            "overall_proof": [proof_to_json(proof) for proof in overall],
            "blank_proof": [proof_to_json(proof) for proof in blank],
        }
        yield case(name, VALID, given)
    both = ciphertext_to_json(Ciphertext(choices[0].alpha, choices[0].beta * GROUP.g % GROUP.p))
    yield case("blank and two marks", "proof-of-range", altered(given, lambda m: m.update(blank=both)))
    yield case("another statement", "proof-of-range", altered(given, lambda m: m.update(statement="other")))
    swapped = altered(given, lambda m: m.update(blank=m["total"], total=m["blank"]))
    yield case("blank and sum exchanged", "proof-of-range", swapped)
    for proof in ("overall_proof", "blank_proof"):
        yield case(f"{proof} cut", "proof-length", altered(given, lambda m: m[proof].pop()))  # noqa: B023
        yield from (
            each | {"name": f"{proof}: {each['name']}"}
            for each in faults_of_proof(given, lambda m: m[proof][0], "proof-of-range")  # noqa: B023
        )


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
    given = {
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
    given = {
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


def chains(election: SmallElection) -> Iterable[Case]:
    entries = [{"kind": each.kind.value, "content": each.content.decode()} for each in election.entries()]
    yield case("a whole election", VALID, entries)
    yield case("before the result", VALID, entries[:-2])
    yield case("an event left out", "record-parent", entries[:6] + entries[7:])
    yield case("a document twice", "record-entry-twice", [*entries[:6], entries[5], *entries[6:]])
    yield case("a document that nothing refers to", "record-dangling", entries[:-1])


def archives(election: SmallElection) -> Iterable[Case]:
    raw = b"".join(write_archive(election.entries(), TIMESTAMP))

    def of(name: str, expected: str, content: bytes) -> Case:
        return case(name, expected, base64.b64encode(content).decode())

    yield of("a whole election", VALID, raw)
    yield of("cut off", "archive-cut", raw[:-512])
    yield of("no header", "archive-header", raw[1024:])
    yield of("a byte changed", "archive-hash", raw[:1600] + bytes([raw[1600] ^ 1]) + raw[1601:])
    yield of("something after the end", "archive-unreadable", raw + bytes(512))


def certificates(rng: SeededRng) -> Iterable[Case]:
    given = certificate_to_json(make_certificate(generate_channel_keys(rng=rng), rng=rng))
    other = certificate_to_json(make_certificate(generate_channel_keys(rng=rng), rng=rng))
    yield case("of a member of a group", VALID, given)
    yield case("another's signature", "certificate-signature", given | {"signature": other["signature"]})
    yield case("no signature", "certificate-malformed", {"message": given["message"]})


def shuffles(rng: SeededRng) -> Iterable[Case]:
    group = RFC_3526_2048
    trustee = generate_trustee(group, rng=rng).public(rng=rng)
    question = RankedQuestion(("Dorte", "Emil"), "I hvilken rækkefølge?")
    uuid = new_election_uuid(rng)
    definition = define_election(
        uuid=uuid, name="Prøvevalg", description="", questions=[question], trustees=[trustee], group=group
    )
    codes = generate_credentials(3, rng=rng)
    votes = zip(codes, ((0, 1), (1,), ()), strict=True)
    read = [parse_ballot(cast_ballot(definition, code, vote, rng=rng), definition) for code, vote in votes]
    tally = tally_ballots(definition, read)
    given = {
        "election": definition.content.decode(),
        "encrypted_tally": tally.content.decode(),
        "sized_encrypted_tally": tally.sized_content.decode(),
        "shuffle": make_shuffle(tally, definition, rng=rng).content.decode(),
    }

    def changed(name: str, expected: str, change: Callable[[Any], object]) -> Case:
        return case(name, expected, given | {"shuffle": text_altered(given["shuffle"], change)})

    def one_twice(message: Any) -> None:
        message["ciphertexts"][0][0] = message["ciphertexts"][0][1]

    yield case("three rankings", VALID, given)
    yield changed("another order", "shuffle-proof", lambda m: m["ciphertexts"][0].reverse())
    yield changed("one ciphertext twice", "shuffle-proof", one_twice)
    yield changed("no proof", "shuffle-shape", lambda m: m["proofs"].pop())


def vectors() -> dict[str, bytes]:
    """The content of every file."""
    election = SmallElection(SeededRng(SEED))
    alone: dict[str, tuple[str, Callable[[SeededRng], Iterable[Case]]]] = {
        "group_element": ("4.2, 5.1", group_elements),
        "scalar": ("4.2", scalars),
        "elgamal": ("4.11.1", ciphertexts),
        "proof_of_knowledge": ("4.5", knowledge("pok", "{group}|{public}")),
        "signature": ("4.14", knowledge("sig", "the hash of a ballot")),
        "interval_proof": ("4.12", interval_proofs),
        "blank_proofs": ("4.13", blank_proofs),
        "certificate": ("4.6.2", certificates),
        "shuffle": ("4.17, 6; group RFC-3526-2048", shuffles),
    }
    of_election: dict[str, tuple[str, Callable[[SmallElection], Iterable[Case]]]] = {
        "credential": ("4.8", credentials),
        "public_list": ("4.8", public_lists),
        "trustee_key": ("4.5", trustee_keys),
        "ballot": ("4.15", ballots),
        "tracker": ("4.15", trackers),
        "opening": ("docs/challenge.md", openings),
        "encrypted_tally": ("4.16", tallies),
        "partial_decryption": ("4.18", shares),
        "result": ("4.19", results),
        "event_chain": ("4.4", chains),
        "archive": ("4.4", archives),
    }
    files: dict[str, bytes] = {}
    for kind, (section, make) in alone.items():
        files[kind] = _file(kind, section, make(SeededRng(f"{SEED} {kind}")))
    for kind, (section, make_of) in of_election.items():
        files[kind] = _file(kind, section, make_of(election))
    return files


def _file(kind: str, section: str, cases: Iterable[Case]) -> bytes:
    message = {
        "kind": kind,
        "section": section,
        "made_by": f"scripts/make_vectors.py, seed {SEED!r}",
        "group": GROUP.name,
        "cases": list(cases),
    }
    return (json.dumps(message, ensure_ascii=False, indent=1) + "\n").encode()


if __name__ == "__main__":
    for name, content in vectors().items():
        (FOLDER / f"{name}.json").write_bytes(content)
