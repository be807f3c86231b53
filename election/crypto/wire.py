"""Wire form of ciphertexts and proofs (specification 4.3): one strict reader and one writer for each."""

from __future__ import annotations

from election.crypto.elgamal import Ciphertext
from election.crypto.groups import Group, parse_element, parse_scalar
from election.crypto.proofs import Proof
from election.record.canonical import Json
from election.record.shapes import fields, items


def parse_ciphertext(message: Json, group: Group, *, identity_allowed: bool = False) -> Ciphertext:
    """Both parts in range; membership of the subgroup is asked elsewhere.

    Raises:
        ElectionError: Wrong shape, or a number that is not canonical or not in range.
    """
    read = fields(message, "ciphertext", ("alpha", "beta"))
    return Ciphertext(
        parse_element(read["alpha"], group, identity_allowed=identity_allowed),
        parse_element(read["beta"], group, identity_allowed=identity_allowed),
    )


def ciphertext_to_json(ciphertext: Ciphertext) -> Json:
    """Fields in the order of 4.3."""
    return {"alpha": str(ciphertext.alpha), "beta": str(ciphertext.beta)}


def parse_proof(message: Json, group: Group) -> Proof:
    """Two scalars below q.

    Raises:
        ElectionError: Wrong shape, or a number that is not canonical or not below q.
    """
    read = fields(message, "proof", ("challenge", "response"))
    return Proof(parse_scalar(read["challenge"], group), parse_scalar(read["response"], group))


def parse_proofs(message: Json, group: Group, place: str) -> tuple[Proof, ...]:
    """A list of proofs.

    Raises:
        ElectionError: As ``parse_proof``.
    """
    return tuple(parse_proof(item, group) for item in items(message, place))


def proof_to_json(proof: Proof) -> Json:
    """Fields in the order of 4.3."""
    return {"challenge": str(proof.challenge), "response": str(proof.response)}
