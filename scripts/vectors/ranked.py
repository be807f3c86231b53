"""Vectors of an election by rankings: answers, shuffles and their proofs, the result (4.11.2, 4.17, section 6)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from gmpy2 import mpz

from election.ballots import cast_ballot, parse_ballot
from election.credentials import derive_credential, generate_credentials
from election.crypto.elgamal import Ciphertext
from election.crypto.embedding import encode_numbers, most_numbers
from election.crypto.groups import RFC_3526_2048 as GROUP
from election.crypto.proofs import Prover
from election.crypto.shuffle import Shuffled, shuffle_ciphertexts
from election.crypto.shuffle_proof import _committed_chain, _committed_permutation, prove_shuffle
from election.crypto.shuffle_statement import (
    ShuffleStatement,
    generators,
    permutation_challenges,
    shuffle_challenge,
)
from election.crypto.shuffle_wire import shuffle_proof_to_json
from election.crypto.wire import ciphertext_to_json
from election.decryption import combine_shares
from election.definition import define_election
from election.ids import new_election_uuid
from election.opened import counts_to_bytes
from election.questions import RankedQuestion
from election.record.canonical import sha256_hex
from election.record.chain import Entry, Head
from election.record.writer import (
    Step,
    ballot_entries,
    end_ballots_entries,
    end_shuffles_entries,
    result_entries,
    setup_entries,
    share_entries,
    shuffle_entries,
    tally_entries,
)
from election.shares import decrypt_share
from election.shuffles import make_shuffle, with_shuffle
from election.tally import tally_ballots
from election.trustees import generate_trustee, trustee_public_key_to_json
from scripts.vectors.cases import (
    VALID,
    Case,
    SeededRng,
    altered,
    case,
    compact,
    faults_of_proof,
    plus_one,
    text_altered,
)

Change = Callable[[Any], object]


class RankedElection:
    """Three electors rank three candidates; two trustees shuffle and open."""

    def __init__(self, rng: SeededRng) -> None:
        self.rng = rng
        self.keys = [generate_trustee(GROUP, rng=rng) for _ in range(2)]
        self.public_keys = [key.public(rng=rng) for key in self.keys]
        question = RankedQuestion(("Dorte", "Emil", "Fatma"), "I hvilken rækkefølge?")
        uuid = new_election_uuid(rng)
        self.definition = define_election(
            uuid=uuid, name="Prøvevalg", description="", questions=[question], trustees=self.public_keys, group=GROUP
        )
        codes = generate_credentials(3, rng=rng)
        self.public = [derive_credential(code, uuid, GROUP).public for code in codes]
        votes = zip(codes, ((0, 1, 2), (2,), ()), strict=True)
        self.ballots = [cast_ballot(self.definition, code, vote, rng=rng) for code, vote in votes]
        self.cast = tally_ballots(self.definition, [parse_ballot(raw, self.definition) for raw in self.ballots])
        self.shuffles = []
        self.tally = self.cast
        for _ in self.keys:
            self.shuffles.append(make_shuffle(self.tally, self.definition, rng=rng))
            self.tally = with_shuffle(self.tally, self.shuffles[-1], self.definition)
        self.shares = [decrypt_share(key, self.tally, self.definition, rng=rng) for key in self.keys]
        self.counts = combine_shares(self.tally, self.shares, self.definition)

    def given(self) -> dict[str, Any]:
        """The election, and the tally before any shuffle."""
        return {
            "election": self.definition.content.decode(),
            "encrypted_tally": self.cast.content.decode(),
            "sized_encrypted_tally": self.cast.sized_content.decode(),
        }

    def entries(self) -> list[Entry]:
        entries, head = setup_entries(self.definition, self.public_keys, self.public)
        steps: list[Callable[[Head], Step]] = [
            *(lambda head, raw=raw: ballot_entries(head, raw) for raw in self.ballots),
            end_ballots_entries,
            lambda head: tally_entries(head, self.cast),
            *(lambda head, o=o, s=s: shuffle_entries(head, o, s) for o, s in enumerate(self.shuffles, 1)),
            end_shuffles_entries,
            *(lambda head, o=o, s=s: share_entries(head, o, s) for o, s in enumerate(self.shares, 1)),
            lambda head: result_entries(head, self.counts),
        ]
        found = list(entries)
        for step in steps:
            more, head = step(head)
            found += more
        return found


def negative(number: object) -> str:
    return str(GROUP.p - mpz(str(number)))


# ------------------------------------------------------------------------------------------------------- single votes


def embeddings(election: RankedElection) -> Iterable[Case]:
    """Numbers into an element, or an element into numbers."""
    for numbers in ([1, 2, 3], [0, 0, 0], [255, 0, 1], []):
        element = str(encode_numbers(GROUP, numbers))
        yield case(f"{numbers} written", VALID, {"numbers": numbers}, {"element": element})
        yield case(f"{numbers} read", VALID, {"element": element, "count": len(numbers)}, {"numbers": numbers})
    most = most_numbers(GROUP)
    whole = [9] * most
    yield case("as many as fit", VALID, {"numbers": whole}, {"element": str(encode_numbers(GROUP, whole))})
    beyond = str(encode_numbers(GROUP, [7, 1, 2]))
    yield case("what stands before is left out", VALID, {"element": beyond, "count": 2}, {"numbers": [1, 2]})
    yield case("one too many", "embedding-size", {"numbers": [0] * (most + 1)})
    yield case("a number too large", "embedding-number", {"numbers": [256]})
    yield case("a number below zero", "embedding-number", {"numbers": [-1]})


def ranked_answers(election: RankedElection) -> Iterable[Case]:
    ballot = json.loads(election.ballots[0])
    (made,) = ballot["answers"]
    given = {
        "election": election.definition.content.decode(),
        "credential": ballot["credential"],
        "answer": made,
    }
    code = "proof-of-knowledge"

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, altered(given, lambda m: change(m["answer"])))

    other = json.loads(election.ballots[1])["answers"][0]
    yield case("a ranking", VALID, given)
    yield case("of another elector", code, given | {"credential": str(election.public[1])})
    yield changed("another ciphertext", code, lambda m: m.update(choices=other["choices"]))
    yield changed("another's proof", code, lambda m: m.update(proof=other["proof"]))
    yield changed("another vote", code, lambda m: m["choices"].update(beta=other["choices"]["beta"]))
    outside = "element-outside-group"
    yield changed("alpha negated", outside, lambda m: m["choices"].update(alpha=negative(m["choices"]["alpha"])))
    yield changed("beta negated", outside, lambda m: m["choices"].update(beta=negative(m["choices"]["beta"])))
    yield changed("no proof", "shape-missing", lambda m: m.pop("proof"))
    yield changed("a list of choices", "shape-object", lambda m: m.update(choices=[m["choices"]]))
    yield from faults_of_proof(given, lambda m: m["answer"]["proof"], code, GROUP)


def ranked_ballots(election: RankedElection) -> Iterable[Case]:
    definition = election.definition.content.decode()
    first, second, blank = (raw.decode() for raw in election.ballots)
    given = {"election": definition, "ballot": first}

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, given | {"ballot": text_altered(first, change)})

    yield case("all ranked", VALID, given)
    yield case("one ranked", VALID, given | {"ballot": second})
    yield case("nobody ranked", VALID, given | {"ballot": blank})
    yield changed("another credential", "ballot-signature", lambda m: m.update(credential=str(election.public[1])))
    yield changed("another answer", "ballot-signature", lambda m: m.update(answers=json.loads(second)["answers"]))
    yield changed("no answer", "ballot-questions", lambda m: m["answers"].clear())
    yield changed("no proof", "ballot-malformed", lambda m: m["answers"][0].pop("proof"))
    yield changed("fields in another order", "ballot-not-canonical", lambda m: m.update(answers=m.pop("answers")))


def ranked_tallies(election: RankedElection) -> Iterable[Case]:
    """Every vote beside the others, in the order of their first elements."""
    given = election.given() | {"ballots": [raw.decode() for raw in election.ballots]}
    column = json.loads(given["encrypted_tally"])

    def of(name: str, expected: str, votes: Any) -> Case:
        tally = compact([votes])
        sized = text_altered(
            given["sized_encrypted_tally"], lambda m: m.update(encrypted_tally=sha256_hex(tally.encode()))
        )
        return case(name, expected, given | {"encrypted_tally": tally, "sized_encrypted_tally": sized})

    yield case("three votes", VALID, given)
    yield of("in another order", "tally-not-product", column[0][::-1])
    yield of("a vote twice", "tally-not-product", [column[0][0], column[0][0], column[0][2]])
    yield of("a vote left out", "tally-shape", column[0][:2])
    yield case("a ballot left out", "tally-not-product", given | {"ballots": given["ballots"][1:]})


# ----------------------------------------------------------------------------------------------------------- shuffles


def shuffle_generators(election: RankedElection) -> Iterable[Case]:
    """Derived from their numbers by everybody; there is nothing to refuse."""
    for number in (0, 1, 3):
        h, others = generators(GROUP, number)
        yield case(f"{number} of them", VALID, number, {"h": str(h), "h_i": [str(each) for each in others]})


class _Shuffle:
    """A shuffle of which every secret is at hand."""

    def __init__(self, election: RankedElection) -> None:
        rng, definition = election.rng, election.definition
        self.prover = Prover(GROUP, definition.public_key, rng)
        (self.before,) = election.cast.choices
        self.shuffled = shuffle_ciphertexts(self.prover, self.before)
        self.statement = ShuffleStatement(
            public_key=definition.public_key,
            election_fingerprint=definition.fingerprint,
            before=self.before,
            after=self.shuffled.ciphertexts,
        )

    def proved(self, after: tuple[Ciphertext, ...] | None = None) -> tuple[ShuffleStatement, Any]:
        """The statement with its proof, or that of a cheat whose ciphertexts are no shuffle."""
        shuffled = self.shuffled
        if after is not None:
            shuffled = Shuffled(
                ciphertexts=after, randomness=self.shuffled.randomness, permutation=self.shuffled.permutation
            )
        statement = ShuffleStatement(
            public_key=self.statement.public_key,
            election_fingerprint=self.statement.election_fingerprint,
            before=self.before,
            after=shuffled.ciphertexts,
        )
        return statement, prove_shuffle(self.prover, statement.election_fingerprint, self.before, shuffled)


def shuffle_steps(election: RankedElection) -> Iterable[Case]:
    """From the secrets of whoever shuffles: the ciphertexts (tables 1 and 3), c (table 9) and ĉ (table 12)."""
    made = _Shuffle(election)
    h, h_i = generators(GROUP, len(made.before))
    c, r = _committed_permutation(made.prover, made.shuffled.permutation, h_i)
    u = permutation_challenges(GROUP, made.statement, c)
    c_hat, r_hat = _committed_chain(made.prover, h, [u[place] for place in made.shuffled.permutation])
    given = {
        "public_key": str(made.statement.public_key),
        "before": [ciphertext_to_json(each) for each in made.before],
        "permutation": list(made.shuffled.permutation),
        "randomness": _texts(made.shuffled.randomness),
        "r": _texts(r),
        "u": _texts(u),
        "r_hat": _texts(r_hat),
    }
    output = {
        "after": [ciphertext_to_json(each) for each in made.shuffled.ciphertexts],
        "c": _texts(c),
        "c_hat": _texts(c_hat),
    }
    yield case("three ciphertexts", VALID, given, output)


def shuffle_proofs(election: RankedElection) -> Iterable[Case]:
    """The outputs are the challenges: u (table 11) and c (table 13)."""
    made = _Shuffle(election)

    def given(after: tuple[Ciphertext, ...] | None = None) -> tuple[Any, Any]:
        statement, proof = made.proved(after)
        u = permutation_challenges(GROUP, statement, proof.c)
        c = shuffle_challenge(GROUP, statement, proof.t, proof.c, proof.c_hat)
        message = {
            "public_key": str(statement.public_key),
            "election_hash": statement.election_fingerprint,
            "before": [ciphertext_to_json(each) for each in statement.before],
            "after": [ciphertext_to_json(each) for each in statement.after],
            "proof": shuffle_proof_to_json(proof),
        }
        return message, {"u": _texts(u), "c": str(c)}

    honest, output = given()
    code = "proof-of-shuffle"
    yield case("honest", VALID, honest, output)
    one, two, three = made.shuffled.ciphertexts
    yield case("a vote proved twice", code, given((one, one, three))[0])
    other = shuffle_ciphertexts(made.prover, [two]).ciphertexts[0]
    yield case("a vote proved in place of another", code, given((other, two, three))[0])
    yield case("another election", code, honest | {"election_hash": "other"})
    yield case("another key", code, honest | {"public_key": str(GROUP.g)})
    yield case("votes before it in another order", code, honest | {"before": honest["before"][::-1]})
    yield case("a vote left out", "proof-of-shuffle-size", honest | {"after": honest["after"][1:]})
    for part, place in _PLACES.items():
        yield _with_part(honest, part, place, code)
    yield _changed_proof(honest, "t1 negated", "element-outside-group", lambda p: _negate(p[0], 0))
    yield _changed_proof(honest, "ĉ negated", "element-outside-group", lambda p: _negate(p[3], 2))
    yield _changed_proof(honest, "a part of c left out", "proof-of-shuffle-size", lambda p: p[2].pop())
    yield _changed_proof(honest, "five parts", "shape-length", lambda p: p.append([]))
    yield _changed_proof(honest, "a response plus q", "number-out-of-range", lambda p: _plus_q(p[1], 0))


# Where each number of a proof stands: t, s, c, ĉ.
_PLACES: dict[str, tuple[int, ...]] = {
    "t1": (0, 0),
    "t2": (0, 1),
    "t3": (0, 2),
    "t4.1": (0, 3, 0),
    "t4.2": (0, 3, 1),
    "t̂": (0, 4, 1),
    "s1": (1, 0),
    "s2": (1, 1),
    "s3": (1, 2),
    "s4": (1, 3),
    "ŝ": (1, 4, 2),
    "s'": (1, 5, 0),
    "c": (2, 1),
    "ĉ": (3, 0),
}


def _with_part(honest: Any, part: str, place: tuple[int, ...], code: str) -> Case:
    def change(proof: Any) -> None:
        *path, last = place
        for step in path:
            proof = proof[step]
        is_scalar = place[0] == 1
        proof[last] = plus_one(proof[last], GROUP) if is_scalar else str(mpz(proof[last]) * GROUP.g % GROUP.p)

    return _changed_proof(honest, f"another {part}", code, change)


def _changed_proof(honest: Any, name: str, code: str, change: Change) -> Case:
    return case(name, code, altered(honest, lambda m: change(m["proof"])))


def _negate(numbers: list[str], place: int) -> None:
    numbers[place] = negative(numbers[place])


def _plus_q(numbers: list[str], place: int) -> None:
    numbers[place] = str(int(numbers[place]) + int(GROUP.q))


def _texts(numbers: Iterable[mpz]) -> list[str]:
    return [str(number) for number in numbers]


def shuffles(election: RankedElection) -> Iterable[Case]:
    given = election.given() | {"shuffle": election.shuffles[0].content.decode()}

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, given | {"shuffle": text_altered(given["shuffle"], change)})

    def one_twice(message: Any) -> None:
        message["ciphertexts"][0][0] = message["ciphertexts"][0][1]

    def negated(message: Any) -> None:
        message["ciphertexts"][0][0]["alpha"] = negative(message["ciphertexts"][0][0]["alpha"])

    yield case("three rankings", VALID, given)
    yield case("the second instead of the first", "shuffle-proof", given | {"shuffle": _second(election)})
    yield changed("another order", "shuffle-proof", lambda m: m["ciphertexts"][0].reverse())
    yield changed("one ciphertext twice", "shuffle-proof", one_twice)
    yield changed("one ciphertext left out", "shuffle-proof", lambda m: m["ciphertexts"][0].pop())
    yield changed("one negated", "shuffle-outside-group", negated)
    yield changed("no proof", "shuffle-shape", lambda m: m["proofs"].pop())
    yield changed(
        "fields in another order", "shuffle-not-canonical", lambda m: m.update(ciphertexts=m.pop("ciphertexts"))
    )
    yield changed("a field more", "shuffle-malformed", lambda m: m.update(owner=1))


def _second(election: RankedElection) -> str:
    return election.shuffles[1].content.decode()


# --------------------------------------------------------------------------------------------- opening what came out


def _shuffled(election: RankedElection) -> dict[str, Any]:
    return election.given() | {"shuffles": [each.content.decode() for each in election.shuffles]}


def ranked_shares(election: RankedElection) -> Iterable[Case]:
    given = _shuffled(election) | {
        "trustee": trustee_public_key_to_json(election.public_keys[0]),
        "partial_decryption": json.loads(election.shares[0].content),
    }
    at = "partial_decryption"
    yield case("of the first trustee", VALID, given)
    other = trustee_public_key_to_json(election.public_keys[1])
    yield case("of another trustee", "share-proof", given | {"trustee": other})
    yield case("before the last shuffle", "share-proof", given | {"shuffles": given["shuffles"][:1]})
    yield case("before any shuffle", "tally-not-shuffled", given | {"shuffles": []})
    swapped = altered(given, lambda m: m[at]["decryption_factors"][0].reverse())
    yield case("factors in another order", "share-proof", swapped)
    cut = altered(given, lambda m: [m[at][part][0].pop() for part in m[at]])
    yield case("a vote left out", "tally-shape", cut)


def ranked_results(election: RankedElection) -> Iterable[Case]:
    given = _shuffled(election) | {
        "partial_decryptions": [json.loads(share.content) for share in election.shares],
        "result": counts_to_bytes(election.counts).decode(),
    }

    def changed(name: str, expected: str, change: Change) -> Case:
        return case(name, expected, given | {"result": text_altered(given["result"], change)})

    yield case("every vote, in the order of the last shuffle", VALID, given)
    yield changed("in another order", "result-wrong", lambda m: m["result"][0].reverse())
    yield changed("a vote changed", "result-wrong", lambda m: m["result"][0].__setitem__(0, [1, 1, 1]))
    yield changed("a vote left out", "result-wrong", lambda m: m["result"][0].pop())
    yield changed("a candidate left out", "tally-shape", lambda m: m["result"][0][0].pop())
    without = given | {"partial_decryptions": given["partial_decryptions"][:1]}
    yield case("a share left out", "result-wrong", without)
