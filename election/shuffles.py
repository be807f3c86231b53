"""Shuffles: each trustee in turn puts the ranked votes in an order that nobody else knows (specification 4.17).

One trustee who shuffles honestly and tells nobody is enough to part the votes from their electors. That no vote was
lost, added or changed is proved by each shuffle; nobody has to be trusted for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from election.crypto.elgamal import Ciphertext
from election.crypto.membership import check_members
from election.crypto.proofs import Prover
from election.crypto.shuffle import shuffle_ciphertexts
from election.crypto.shuffle_proof import prove_shuffle, verify_shuffle
from election.crypto.shuffle_statement import ShuffleProof, ShuffleStatement
from election.crypto.shuffle_wire import parse_shuffle_proof, shuffle_proof_to_json
from election.crypto.wire import ciphertext_to_json, parse_ciphertext
from election.definition import ElectionDefinition
from election.errors import ElectionError, GroupError, ProofError, TallyError
from election.ids import SYSTEM_RNG, Rng
from election.questions import RankedQuestion
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import fields, items
from election.tally import EncryptedTally

Columns = tuple[tuple[Ciphertext, ...], ...]
"""For each ranked question its votes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shuffle:
    """One trustee's shuffle of every ranked question, each with its proof."""

    ciphertexts: Columns
    proofs: tuple[ShuffleProof, ...]

    @property
    def content(self) -> bytes:
        """The ``shuffle`` document of the record."""
        return canonical_bytes(
            {
                "ciphertexts": [[ciphertext_to_json(each) for each in question] for question in self.ciphertexts],
                "proofs": [shuffle_proof_to_json(proof) for proof in self.proofs],
            }
        )


def ranked_votes(tally: EncryptedTally, definition: ElectionDefinition) -> Columns:
    """``nh_ciphertexts`` (4.17): the votes of the ranked questions only."""
    return tuple(
        votes
        for question, votes in zip(definition.questions, tally.choices, strict=True)
        if isinstance(question, RankedQuestion)
    )


def make_shuffle(tally: EncryptedTally, definition: ElectionDefinition, *, rng: Rng = SYSTEM_RNG) -> Shuffle:
    """Shuffle the ranked votes of a tally; the order is forgotten as soon as it is proved.

    Raises:
        TallyError: There is no ranked question.
        GroupError: The tally holds an element outside the group.
    """
    if not definition.has_ranked:
        raise TallyError("shuffle-not-asked")
    prover = Prover(definition.group, definition.public_key, rng)
    ciphertexts, proofs = [], []
    for votes in ranked_votes(tally, definition):
        check_members(definition.group, [part for each in votes for part in (each.alpha, each.beta)])
        shuffled = shuffle_ciphertexts(prover, votes)
        ciphertexts.append(shuffled.ciphertexts)
        proofs.append(prove_shuffle(prover, definition.fingerprint, votes, shuffled))
    return Shuffle(ciphertexts=tuple(ciphertexts), proofs=tuple(proofs))


def parse_shuffle(raw: bytes, definition: ElectionDefinition) -> Shuffle:
    """A shuffle from its document.

    Raises:
        TallyError: Malformed, not canonical, or not as many parts as ranked questions.
    """
    try:
        shuffle = _read(load_json(raw), definition)
    except TallyError:
        raise
    except ElectionError as fault:
        raise TallyError("shuffle-malformed", reason=str(fault)) from fault
    expected = sum(isinstance(question, RankedQuestion) for question in definition.questions)
    for found in (len(shuffle.ciphertexts), len(shuffle.proofs)):
        if found != expected:
            raise TallyError("shuffle-shape", expected=expected, found=found)
    if shuffle.content != raw:
        raise TallyError("shuffle-not-canonical")
    return shuffle


def verify_shuffled(
    shuffle: Shuffle, before: EncryptedTally, definition: ElectionDefinition, *, rng: Rng = SYSTEM_RNG
) -> None:
    """Check that a shuffle holds the votes that were there before, each once, and nothing else (4.17).

    Raises:
        TallyError: It does not, or holds an element outside the group; names the question.
    """
    ranked = [
        place for place, question in enumerate(definition.questions, start=1) if isinstance(question, RankedQuestion)
    ]
    votes = ranked_votes(before, definition)
    for question, old, new, proof in zip(ranked, votes, shuffle.ciphertexts, shuffle.proofs, strict=True):
        statement = ShuffleStatement(
            public_key=definition.public_key,
            election_fingerprint=definition.fingerprint,
            before=old,
            after=new,
        )
        try:
            verify_shuffle(definition.group, statement, proof, rng=rng)
        except GroupError as fault:
            raise TallyError("shuffle-outside-group", question=question) from fault
        except ProofError as fault:
            raise TallyError("shuffle-proof", question=question) from fault


def with_shuffle(tally: EncryptedTally, shuffle: Shuffle, definition: ElectionDefinition) -> EncryptedTally:
    """The tally with the shuffled votes in the place of those before (4.17)."""
    columns = iter(shuffle.ciphertexts)
    choices = (
        next(columns) if isinstance(question, RankedQuestion) else votes
        for question, votes in zip(definition.questions, tally.choices, strict=True)
    )
    return replace(tally, choices=tuple(choices), shuffled=True)


def check_shuffled(tally: EncryptedTally, definition: ElectionDefinition) -> None:
    """Check that opening the tally shows no elector's vote.

    Raises:
        TallyError: It holds answers to ranked questions that were not shuffled.
    """
    if definition.has_ranked and not tally.shuffled:
        raise TallyError("tally-not-shuffled")


def _read(message: Json, definition: ElectionDefinition) -> Shuffle:
    read = fields(message, "shuffle", ("ciphertexts", "proofs"))
    group = definition.group
    return Shuffle(
        ciphertexts=tuple(
            tuple(parse_ciphertext(each, group) for each in items(question, "ciphertexts"))
            for question in items(read["ciphertexts"], "ciphertexts")
        ),
        proofs=tuple(parse_shuffle_proof(proof, group) for proof in items(read["proofs"], "proofs")),
    )
