"""Wire form of a shuffle's proof (specification 4.17): lists without names, in the order of the specification."""

from __future__ import annotations

from gmpy2 import mpz

from election.crypto.groups import Group, parse_element, parse_scalar
from election.crypto.shuffle_statement import Commitments, Responses, ShuffleProof
from election.errors import RecordError
from election.record.canonical import Json
from election.record.shapes import items


def parse_shuffle_proof(message: Json, group: Group) -> ShuffleProof:
    """Every number canonical and in range; whether there are as many as ciphertexts is asked where it is verified.

    Raises:
        ElectionError: Wrong shape, or a number that is not canonical or not in range.
    """
    t, s, c, c_hat = _parts(message, 4)
    t1, t2, t3, t4, t_hat = _parts(t, 5)
    t4_1, t4_2 = _parts(t4, 2)
    s1, s2, s3, s4, s_hat, s_prime = _parts(s, 6)
    return ShuffleProof(
        t=Commitments(
            t1=parse_element(t1, group),
            t2=parse_element(t2, group),
            t3=parse_element(t3, group),
            t4=(parse_element(t4_1, group), parse_element(t4_2, group)),
            t_hat=_elements(t_hat, group),
        ),
        s=Responses(
            s1=parse_scalar(s1, group),
            s2=parse_scalar(s2, group),
            s3=parse_scalar(s3, group),
            s4=parse_scalar(s4, group),
            s_hat=_scalars(s_hat, group),
            s_prime=_scalars(s_prime, group),
        ),
        c=_elements(c, group),
        c_hat=_elements(c_hat, group),
    )


def shuffle_proof_to_json(proof: ShuffleProof) -> Json:
    """The lists of 4.17."""
    t, s = proof.t, proof.s
    return [
        [*map(str, (t.t1, t.t2, t.t3)), _texts(t.t4), _texts(t.t_hat)],
        [*map(str, (s.s1, s.s2, s.s3, s.s4)), _texts(s.s_hat), _texts(s.s_prime)],
        _texts(proof.c),
        _texts(proof.c_hat),
    ]


def _parts(message: Json, number: int) -> list[Json]:
    parts = items(message, "shuffle_proof")
    if len(parts) != number:
        raise RecordError("shape-length", place="shuffle_proof", expected=number, found=len(parts))
    return parts


def _elements(message: Json, group: Group) -> tuple[mpz, ...]:
    return tuple(parse_element(item, group) for item in items(message, "shuffle_proof"))


def _scalars(message: Json, group: Group) -> tuple[mpz, ...]:
    return tuple(parse_scalar(item, group) for item in items(message, "shuffle_proof"))


def _texts(numbers: tuple[mpz, ...]) -> Json:
    return [str(number) for number in numbers]
