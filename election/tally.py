"""The encrypted tally: the ballots that count multiplied into one, so that no single ballot is opened (4.16).

Answers to ranked questions cannot be multiplied; they stand side by side, and are opened only once they have been
shuffled (``shuffles``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gmpy2 import mpz

from election.ballots import Ballot, last_ballots
from election.crypto.elgamal import IDENTITY, Ciphertext, product, raised
from election.crypto.wire import ciphertext_to_json, parse_ciphertext
from election.definition import ElectionDefinition
from election.errors import TallyError
from election.questions import RankedQuestion
from election.record.canonical import canonical_bytes, load_json, sha256_hex
from election.record.shapes import fields, items, weight, weight_to_json, whole_number


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedTally:
    """The product of the ballots that count; the answers to a ranked question stand side by side instead."""

    choices: tuple[tuple[Ciphertext, ...], ...]
    """for each question, one ciphertext for each choice, or of a ranked question one for each ballot"""
    num_tallied: int
    """ballots that count"""
    total_weight: int
    """the sum of their weights; equal to ``num_tallied`` where every elector has one vote"""
    shuffled: bool = False
    """whether the answers to ranked questions stand in an order that no elector can be found by"""

    @property
    def content(self) -> bytes:
        """The ``encrypted_tally`` document of the record."""
        return canonical_bytes([[ciphertext_to_json(choice) for choice in question] for question in self.choices])

    @property
    def sized_content(self) -> bytes:
        """The ``sized_encrypted_tally`` document of the record, which refers to ``content``."""
        return canonical_bytes(
            {
                "num_tallied": self.num_tallied,
                "total_weight": weight_to_json(self.total_weight),
                "encrypted_tally": sha256_hex(self.content),
            }
        )


def tally_ballots(
    definition: ElectionDefinition, ballots: Sequence[Ballot], weights: Mapping[mpz, int] | None = None
) -> EncryptedTally:
    """Multiply the last ballot of each credential (4.16).

    ``weights`` gives the weight of each public credential; without it every ballot counts once.
    """
    return multiply(
        definition,
        ((tuple(ballot.elements()), weights[ballot.credential] if weights else 1) for ballot in last_ballots(ballots)),
    )


def multiply(definition: ElectionDefinition, ballots: Iterable[tuple[Sequence[mpz], int]]) -> EncryptedTally:
    """The product of ballots that count, each given by its elements and its weight, one by one (4.16).

    The specification lists the answers to a ranked question as the ballots stand; belenios-tool sorts them by their
    first element, and refuses a shuffle of any other order. So do we: the order then says nothing of who voted when.

    Raises:
        TallyError: A ballot with another weight than 1 answers a ranked question.
    """
    group = definition.group
    choices: list[list[Ciphertext]] = [
        [] if isinstance(question, RankedQuestion) else [IDENTITY] * question.choices
        for question in definition.questions
    ]
    number = total_weight = 0
    for elements, times in ballots:
        number, total_weight = number + 1, total_weight + times
        if times != 1 and definition.has_ranked:
            raise TallyError("tally-ranked-weight", weight=times)
        ciphertexts = map(Ciphertext, elements[::2], elements[1::2])
        for question, found in zip(definition.questions, choices, strict=True):
            if isinstance(question, RankedQuestion):
                found.append(next(ciphertexts))
            else:
                found[:] = [product(group, (each, raised(group, next(ciphertexts), times))) for each in found]
    for question, found in zip(definition.questions, choices, strict=True):
        if isinstance(question, RankedQuestion):
            found.sort(key=lambda each: (each.alpha, each.beta))
    return EncryptedTally(choices=tuple(map(tuple, choices)), num_tallied=number, total_weight=total_weight)


def parse_tally(raw: bytes, sized_raw: bytes, definition: ElectionDefinition) -> EncryptedTally:
    """Both documents of an encrypted tally; whether it is the product of the ballots is asked by ``verify_tally``.

    Raises:
        ElectionError: Malformed, of the wrong size or not canonical.
    """
    sized = fields(load_json(sized_raw), "sized_encrypted_tally", ("num_tallied", "total_weight", "encrypted_tally"))
    group = definition.group
    tally = EncryptedTally(
        # The product of no ballots at all is the identity.
        choices=tuple(
            tuple(parse_ciphertext(choice, group, identity_allowed=True) for choice in items(question, "tally"))
            for question in items(load_json(raw), "tally")
        ),
        num_tallied=whole_number(sized["num_tallied"], "num_tallied"),
        total_weight=weight(sized["total_weight"], "total_weight"),
    )
    check_shape(tally.choices, definition, tally.num_tallied)
    if tally.content != raw or tally.sized_content != sized_raw:
        raise TallyError("tally-not-canonical")
    return tally


def verify_tally(published: EncryptedTally, recomputed: EncryptedTally) -> None:
    """Check that the published tally is the product of the ballots, no more and no fewer.

    Raises:
        TallyError: It differs.
    """
    if published != recomputed:
        raise TallyError("tally-not-product", published=published.num_tallied, counted=recomputed.num_tallied)


def check_shape(
    parts: Sequence[Sequence[object]], definition: ElectionDefinition, num_tallied: int | None = None
) -> None:
    """Check that there are as many parts as a question has choices; as a ranked one has votes, where that is given.

    Raises:
        TallyError: There are more or fewer.
    """
    found = [len(question) for question in parts]
    expected = [
        (num_tallied if isinstance(question, RankedQuestion) else question.choices) for question in definition.questions
    ]
    if len(found) != len(expected) or any(
        wanted is not None and size != wanted for size, wanted in zip(found, expected, strict=True)
    ):
        raise TallyError("tally-shape", expected=str(expected), found=str(found))
