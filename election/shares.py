"""Partial decryptions: each trustee's part of opening the tally, with the proof that it is theirs (4.18)."""

from __future__ import annotations

from dataclasses import dataclass

from election.crypto.groups import parse_element
from election.crypto.membership import check_members
from election.crypto.proofs import Proof, prove_decryption, verify_decryption
from election.crypto.wire import parse_proof, proof_to_json
from election.definition import ElectionDefinition
from election.errors import ElectionError, TallyError
from election.ids import SYSTEM_RNG, Rng
from election.record.canonical import Json, canonical_bytes
from election.record.shapes import fields, items
from election.shuffles import check_shuffled
from election.tally import EncryptedTally, check_shape
from election.trustees import Factors, TrusteePrivateKey, TrusteePublicKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One trustee's partial decryption: a factor and a proof for each ciphertext of the tally."""

    factors: Factors
    proofs: tuple[tuple[Proof, ...], ...]

    @property
    def content(self) -> bytes:
        """The ``partial_decryption`` document of the record."""
        return canonical_bytes(share_to_json(self))


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
        check_shape(share.factors, definition)
        check_shape(share.proofs, definition)
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
        check_shape(parts, definition, tally.num_tallied)
    group = definition.group
    for choices, factors, proofs in zip(tally.choices, share.factors, share.proofs, strict=True):
        for choice, factor, proof in zip(choices, factors, proofs, strict=True):
            try:
                check_members(group, [factor])
                verify_decryption(group, definition.fingerprint, trustee.public_key, choice.alpha, factor, proof)
            except ElectionError as fault:
                raise TallyError("share-proof") from fault
