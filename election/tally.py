"""The tally: ballots multiplied into one, opened by all trustees together (specification 4.16, 4.18, 4.19).

Nobody opens a single ballot: trustees decrypt the product, and answers to ranked questions only once they have been
shuffled (``shuffles``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from gmpy2 import mpz

from election.ballots import Ballot, last_ballots
from election.crypto.elgamal import IDENTITY, Ciphertext, product, raised
from election.crypto.embedding import has_only_numbers
from election.crypto.groups import Group, parse_element
from election.crypto.membership import check_members
from election.crypto.proofs import Proof, prove_decryption, verify_decryption
from election.crypto.wire import ciphertext_to_json, parse_ciphertext, parse_proof, proof_to_json
from election.definition import ElectionDefinition
from election.errors import ElectionError, TallyError
from election.ids import SYSTEM_RNG, Rng
from election.opened import Counts, open_question, opened_to_json, parse_opened, verify_opened
from election.questions import RankedQuestion
from election.record.canonical import Json, canonical_bytes, load_json, sha256_hex
from election.record.shapes import fields, items, weight, weight_to_json, whole_number
from election.trustees import Factors, TrusteeItem, TrusteePrivateKey, TrusteePublicKey, every_sub_factors

_T = TypeVar("_T")

# Choices of members by which a vote that is none is opened again: each member is left out of one of them, and electors
# who encrypt what is no vote cannot make the count last for hours.
_REOPENED = 20

Opened = tuple[tuple[mpz, ...], ...]
"""for each question what its ciphertexts hold: g to the number of votes, or a ranked vote"""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One trustee's partial decryption: a factor and a proof for each ciphertext of the tally."""

    factors: Factors
    proofs: tuple[tuple[Proof, ...], ...]

    @property
    def content(self) -> bytes:
        """The ``partial_decryption`` document of the record."""
        return canonical_bytes(share_to_json(self))


@dataclass(frozen=True, slots=True)
class ItemShare:
    """What the trustees of one item make together: a trustee alone, or the members of a threshold group who came."""

    factors: Factors


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
    _check_shape(tally.choices, definition, tally.num_tallied)
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


def check_shuffled(tally: EncryptedTally, definition: ElectionDefinition) -> None:
    """Check that opening the tally shows no elector's vote.

    Raises:
        TallyError: It holds answers to ranked questions that were not shuffled.
    """
    if definition.has_ranked and not tally.shuffled:
        raise TallyError("tally-not-shuffled")


def decrypt_share(
    private_key: TrusteePrivateKey, tally: EncryptedTally, definition: ElectionDefinition, *, rng: Rng = SYSTEM_RNG
) -> Share:
    """A trustee's part of opening the tally (4.18).

    Raises:
        TallyError: Its ranked votes were not shuffled.
        GroupError: The tally holds an element outside the group; decrypting it could betray the key.
    """
    check_shuffled(tally, definition)
    group = definition.group
    check_members(group, [part for question in tally.choices for each in question for part in (each.alpha, each.beta)])
    opened = tuple(
        tuple(
            prove_decryption(group, definition.fingerprint, private_key.secret, choice.alpha, rng)
            for choice in question
        )
        for question in tally.choices
    )
    return Share(
        factors=tuple(tuple(factor for factor, _ in question) for question in opened),
        proofs=tuple(tuple(proof for _, proof in question) for question in opened),
    )


def parse_share(message: Json, definition: ElectionDefinition) -> Share:
    """A partial decryption from its wire form.

    Raises:
        TallyError: Malformed, or not of the size of the questions; whether there are as many parts as ranked votes
            is asked by ``verify_share``.
    """
    group = definition.group
    try:
        read = fields(message, "partial_decryption", ("decryption_factors", "decryption_proofs"))
        share = Share(
            factors=tuple(
                tuple(parse_element(factor, group, identity_allowed=True) for factor in items(question, "factors"))
                for question in items(read["decryption_factors"], "factors")
            ),
            proofs=tuple(
                tuple(parse_proof(proof, group) for proof in items(question, "proofs"))
                for question in items(read["decryption_proofs"], "proofs")
            ),
        )
        _check_shape(share.factors, definition)
        _check_shape(share.proofs, definition)
    except TallyError:
        raise
    except ElectionError as fault:
        raise TallyError("share-malformed", reason=str(fault)) from fault
    return share


def share_to_json(share: Share) -> Json:
    """Fields in the order of 4.18."""
    return {
        "decryption_factors": [[str(factor) for factor in question] for question in share.factors],
        "decryption_proofs": [[proof_to_json(proof) for proof in question] for question in share.proofs],
    }


def verify_share(
    share: Share, trustee: TrusteePublicKey, tally: EncryptedTally, definition: ElectionDefinition
) -> None:
    """Check that a share was made from this tally with this trustee's key (4.18).

    Raises:
        TallyError: It was not, or the tally's ranked votes were not shuffled.
    """
    check_shuffled(tally, definition)
    for parts in (share.factors, share.proofs):
        _check_shape(parts, definition, tally.num_tallied)
    group = definition.group
    for choices, factors, proofs in zip(tally.choices, share.factors, share.proofs, strict=True):
        for choice, factor, proof in zip(choices, factors, proofs, strict=True):
            try:
                check_members(group, [factor])
                verify_decryption(group, definition.fingerprint, trustee.public_key, choice.alpha, factor, proof)
            except ElectionError as fault:
                raise TallyError("share-proof") from fault


def open_tally(
    tally: EncryptedTally,
    shares: Mapping[int, Share],
    trustees: Sequence[TrusteeItem],
    definition: ElectionDefinition,
) -> Counts:
    """The counts, from the verified shares by owner, of as many trustees as came (4.19).

    Raises:
        TallyError: A trustee who is needed is missing, a group has fewer than its threshold, or no sufficient choice
            of the members opens to a possible count.
    """
    return _with_some_choice(tally, shares, trustees, definition, lambda each: _counts_of(each, tally, definition))


def verify_opened_by(
    published: Counts,
    tally: EncryptedTally,
    shares: Mapping[int, Share],
    trustees: Sequence[TrusteeItem],
    definition: ElectionDefinition,
) -> Counts:
    """Check that the published counts are those that the verified shares, by owner, open (4.19).

    Gives them with the votes that only the opened elements show as spoilt.

    Raises:
        TallyError: They are not, whichever sufficient members are chosen, or somebody who is needed is missing.
    """
    return _with_some_choice(
        tally, shares, trustees, definition, lambda each: _verify_opened(published, each, tally, definition)
    )


def _with_some_choice(
    tally: EncryptedTally,
    shares: Mapping[int, Share],
    trustees: Sequence[TrusteeItem],
    definition: ElectionDefinition,
    action: Callable[[Opened], _T],
) -> _T:
    """What ``action`` gives for the first sufficient choice of members with which it does not fail."""
    factors = {owner: share.factors for owner, share in shares.items()}
    failure: TallyError | None = None
    for chosen in every_sub_factors(trustees, factors, definition.group):
        opened = _opened_elements(tally, [ItemShare(each) for each in chosen], definition.group)
        try:
            return action(_without_spoilt(opened, tally, factors, trustees, definition))
        except TallyError as fault:
            failure = failure or fault
    raise failure or TallyError("tally-unopened")


def _without_spoilt(
    opened: Opened,
    tally: EncryptedTally,
    factors: Mapping[int, Factors],
    trustees: Sequence[TrusteeItem],
    definition: ElectionDefinition,
) -> Opened:
    """The opened elements, each ranked vote that is none as any other sufficient members open it, where they can.

    A wrong share cannot make an element that holds numbers only, so the members who find one are right.
    """
    group = definition.group

    def reopened(number: int, place: int, element: mpz, count: int) -> mpz:
        if has_only_numbers(group, element, count):
            return element
        alone = {owner: ((each[number][place],),) for owner, each in factors.items()}
        for chosen in islice(every_sub_factors(trustees, alone, group), _REOPENED):
            other = _opened(group, tally.choices[number][place], [each[0][0] for each in chosen])
            if has_only_numbers(group, other, count):
                return other
        return element

    return tuple(
        tuple(reopened(number, place, each, len(question.answers)) for place, each in enumerate(elements))
        if isinstance(question, RankedQuestion)
        else elements
        for number, (question, elements) in enumerate(zip(definition.questions, opened, strict=True))
    )


def combine_shares(
    tally: EncryptedTally, shares: Sequence[Share | ItemShare], definition: ElectionDefinition
) -> Counts:
    """The counts, from the share of every item; that of a trustee alone is their own verified share (4.19).

    Raises:
        TallyError: The shares open to no possible count; one of them is missing or wrong.
    """
    return _counts_of(_opened_elements(tally, shares, definition.group), tally, definition)


def _counts_of(opened: Opened, tally: EncryptedTally, definition: ElectionDefinition) -> Counts:
    return tuple(
        open_question(definition.group, question, elements, tally.total_weight)
        for question, elements in zip(definition.questions, opened, strict=True)
    )


def _opened_elements(tally: EncryptedTally, shares: Sequence[Share | ItemShare], group: Group) -> Opened:
    """For each choice of each question g to the power of its votes; for each ranked vote what it encrypts."""
    return tuple(
        tuple(
            _opened(group, choice, [share.factors[number][place] for share in shares])
            for place, choice in enumerate(choices)
        )
        for number, choices in enumerate(tally.choices)
    )


def _opened(group: Group, choice: Ciphertext, factors: Sequence[mpz]) -> mpz:
    combined = mpz(1)
    for factor in factors:
        combined = combined * factor % group.p
    return choice.beta * group.power(combined, mpz(-1)) % group.p


def counts_to_bytes(counts: Counts) -> bytes:
    """The ``result`` document of the record (4.19)."""
    return canonical_bytes({"result": [opened_to_json(question) for question in counts]})


def parse_counts(raw: bytes, definition: ElectionDefinition) -> Counts:
    """The counts of a ``result`` document.

    Raises:
        ElectionError: Malformed or of the wrong size.
    """
    read = fields(load_json(raw), "result", ("result",))
    message = items(read["result"], "result")
    if len(message) != len(definition.questions):
        raise TallyError("tally-shape", expected=str(len(definition.questions)), found=str(len(message)))
    counts = tuple(parse_opened(of, question) for of, question in zip(message, definition.questions, strict=True))
    if counts_to_bytes(counts) != raw:
        raise TallyError("result-not-canonical")
    return counts


def verify_counts(
    published: Counts, tally: EncryptedTally, shares: Sequence[Share | ItemShare], definition: ElectionDefinition
) -> Counts:
    """Check that the published counts are those that the share of every item opens (4.19).

    Gives them with the votes that only the opened elements show as spoilt.

    Raises:
        TallyError: They are not.
    """
    return _verify_opened(published, _opened_elements(tally, shares, definition.group), tally, definition)


def _verify_opened(published: Counts, opened: Opened, tally: EncryptedTally, definition: ElectionDefinition) -> Counts:
    return tuple(
        verify_opened(definition.group, question, elements, tally.total_weight, counts)
        for question, counts, elements in zip(definition.questions, published, opened, strict=True)
    )


def _check_shape(
    parts: Sequence[Sequence[object]], definition: ElectionDefinition, num_tallied: int | None = None
) -> None:
    """As many parts as a question has choices; as a ranked question has votes, where their number is given."""
    found = [len(question) for question in parts]
    expected = [
        (num_tallied if isinstance(question, RankedQuestion) else question.choices) for question in definition.questions
    ]
    if len(found) != len(expected) or any(
        wanted is not None and size != wanted for size, wanted in zip(found, expected, strict=True)
    ):
        raise TallyError("tally-shape", expected=str(expected), found=str(found))
