"""The tally: ballots multiplied into one, opened by all trustees together (specification 4.16, 4.18, 4.19).

Nobody opens a single ballot: trustees decrypt the product only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from gmpy2 import mpz

from election.ballots import Ballot, last_ballots
from election.crypto.elgamal import IDENTITY, Ciphertext, discrete_logarithms, product, raised
from election.crypto.groups import Group, parse_element
from election.crypto.membership import check_members
from election.crypto.powers import fixed_base
from election.crypto.proofs import Proof, prove_decryption, verify_decryption
from election.crypto.wire import ciphertext_to_json, parse_ciphertext, parse_proof, proof_to_json
from election.definition import ElectionDefinition
from election.errors import ElectionError, TallyError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import Json, canonical_bytes, load_json, sha256_hex
from election.record.shapes import fields, items, weight, weight_to_json, whole_number
from election.trustees import Factors, TrusteeItem, TrusteePrivateKey, TrusteePublicKey, sub_factors

Counts = tuple[tuple[int, ...], ...]
"""For each question the votes of each choice, blank first where allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedTally:
    """The product of the ballots that count."""

    choices: tuple[tuple[Ciphertext, ...], ...]
    """for each question, one ciphertext for each choice"""
    num_tallied: int
    """ballots that count"""
    total_weight: int
    """the sum of their weights; equal to ``num_tallied`` where every elector has one vote"""

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
    """The product of ballots that count, each given by its elements and its weight, one by one (4.16)."""
    group = definition.group
    products = [IDENTITY] * sum(question.choices for question in definition.questions)
    number = total_weight = 0
    for elements, times in ballots:
        number, total_weight = number + 1, total_weight + times
        for place, (alpha, beta) in enumerate(zip(elements[::2], elements[1::2], strict=True)):
            products[place] = product(group, (products[place], raised(group, Ciphertext(alpha, beta), times)))
    rest = iter(products)
    choices = tuple(tuple(islice(rest, question.choices)) for question in definition.questions)
    return EncryptedTally(choices=choices, num_tallied=number, total_weight=total_weight)


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
    _check_shape([len(question) for question in tally.choices], definition)
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


def decrypt_share(
    private_key: TrusteePrivateKey, tally: EncryptedTally, definition: ElectionDefinition, *, rng: Rng = SYSTEM_RNG
) -> Share:
    """A trustee's part of opening the tally (4.18).

    Raises:
        GroupError: The tally holds an element outside the group; decrypting it could betray the key.
    """
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
        TallyError: Malformed, or not of the size of the tally.
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
        _check_shape([len(question) for question in share.factors], definition)
        _check_shape([len(question) for question in share.proofs], definition)
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
        TallyError: It was not.
    """
    group = definition.group
    for choices, factors, proofs in zip(tally.choices, share.factors, share.proofs, strict=True):
        for choice, factor, proof in zip(choices, factors, proofs, strict=True):
            try:
                check_members(group, [factor])
                verify_decryption(group, definition.fingerprint, trustee.public_key, choice.alpha, factor, proof)
            except ElectionError as fault:
                raise TallyError("share-proof") from fault


def item_shares(
    trustees: Sequence[TrusteeItem], shares: Mapping[int, Share], definition: ElectionDefinition
) -> tuple[ItemShare, ...]:
    """What each item of the trustees' document opens, from the verified shares by owner (4.19).

    Raises:
        TallyError: A trustee who is needed is missing, or a group has fewer than its threshold.
    """
    factors = {owner: share.factors for owner, share in shares.items()}
    return tuple(ItemShare(each) for each in sub_factors(trustees, factors, definition.group))


def combine_shares(
    tally: EncryptedTally, shares: Sequence[Share | ItemShare], definition: ElectionDefinition
) -> Counts:
    """The counts, from the share of every item; that of a trustee alone is their own verified share (4.19).

    Raises:
        TallyError: The shares open to no possible count; one of them is missing or wrong.
    """
    return tuple(
        _counts_of(definition.group, elements, tally.total_weight)
        for elements in _opened_elements(tally, shares, definition.group)
    )


def _opened_elements(
    tally: EncryptedTally, shares: Sequence[Share | ItemShare], group: Group
) -> tuple[tuple[mpz, ...], ...]:
    """For each choice of each question g to the power of its votes."""
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
    # A subgroup element's inverse is its power to q - 1.
    return choice.beta * group.power(combined, group.q - 1) % group.p


def _counts_of(group: Group, elements: tuple[mpz, ...], bound: int) -> tuple[int, ...]:
    counts = []
    for count in discrete_logarithms(group, elements, bound):
        if count is None:
            raise TallyError("tally-unopened")
        counts.append(count)
    return tuple(counts)


def counts_to_bytes(counts: Counts) -> bytes:
    """The ``result`` document of the record (4.19)."""
    return canonical_bytes({"result": [[weight_to_json(count) for count in question] for question in counts]})


def parse_counts(raw: bytes, definition: ElectionDefinition) -> Counts:
    """The counts of a ``result`` document.

    Raises:
        ElectionError: Malformed or of the wrong size.
    """
    read = fields(load_json(raw), "result", ("result",))
    counts = tuple(
        tuple(weight(count, "result") for count in items(question, "result"))
        for question in items(read["result"], "result")
    )
    _check_shape([len(question) for question in counts], definition)
    if counts_to_bytes(counts) != raw:
        raise TallyError("result-not-canonical")
    return counts


def verify_counts(
    published: Counts, tally: EncryptedTally, shares: Sequence[Share | ItemShare], definition: ElectionDefinition
) -> None:
    """Check that the published counts are those that the share of every item opens (4.19).

    No logarithm is taken: weights of a record made to waste time would make that last for years.

    Raises:
        TallyError: They are not.
    """
    g = fixed_base(definition.group, definition.group.g)
    opened = _opened_elements(tally, shares, definition.group)
    for counts, elements in zip(published, opened, strict=True):
        for count, element in zip(counts, elements, strict=True):
            # Without the bound, a count plus the order of the group would open the same element.
            if count > tally.total_weight or g.power(mpz(count)) != element:
                raise TallyError("result-wrong")


def _check_shape(sizes: list[int], definition: ElectionDefinition) -> None:
    expected = [question.choices for question in definition.questions]
    if sizes != expected:
        raise TallyError("tally-shape", expected=str(expected), found=str(sizes))
