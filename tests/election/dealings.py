"""Threshold groups whose every secret is at hand, and elections under them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from gmpy2 import mpz

from election.crypto.groups import BELENIOS_2048 as GROUP
from election.crypto.groups import Group, parse_scalar
from election.decryption import open_tally
from election.record.canonical import load_json
from election.record.writer import result_entries, share_entries
from election.shares import Share, decrypt_share
from election.trustees import (
    ThresholdGroup,
    TrusteeItem,
    TrusteePrivateKey,
    generate_trustee,
    owner_of,
    parse_trustees,
    trustee_keys,
    trustees_to_bytes,
)
from election.trustees.certificates import Certificate, make_certificate
from election.trustees.channels import ChannelKeys, generate_channel_keys, receive
from election.trustees.dealing import (
    Polynomial,
    Vinput,
    Voutput,
    assemble,
    deal,
    finish,
    open_decryption_key,
    route,
)
from tests.election.elections import SmallElection, make_election


@dataclass(frozen=True)
class Dealing:
    """A group from the first key to the last."""

    keys: tuple[ChannelKeys, ...]
    certificates: tuple[Certificate, ...]
    polynomials: tuple[Polynomial, ...]
    vinputs: tuple[Vinput, ...]
    voutputs: tuple[Voutput, ...]
    parameters: ThresholdGroup
    privates: tuple[TrusteePrivateKey, ...]

    def __repr__(self) -> str:
        return f"<dealing of {self.parameters.threshold} of {len(self.keys)}>"

    def dealt_numbers(self, dealer: int) -> list[mpz]:
        """The secret polynomial of a dealer (from 0), which only a test may see all of."""
        keys = self.keys[dealer]
        message = load_json(receive(keys, keys.verification, self.polynomials[dealer].polynomial).encode())
        return [parse_scalar(number, keys.group) for number in message["polynomial"]]


@cache
def a_dealing(members: int = 3, threshold: int = 2, number: int = 0, group: Group = GROUP) -> Dealing:
    """A group; another for each ``number``."""
    keys = tuple(generate_channel_keys(group) for _ in range(members))
    certificates = tuple(make_certificate(each) for each in keys)
    polynomials = tuple(deal(each, certificates, threshold) for each in keys)
    vinputs = route(certificates, polynomials)
    voutputs = tuple(finish(each, certificates, vinput) for each, vinput in zip(keys, vinputs, strict=True))
    coefficients = [each.coefficients for each in polynomials]
    parameters, sealed = assemble(certificates, coefficients, voutputs, group)
    privates = tuple(open_decryption_key(each, key) for each, key in zip(keys, sealed, strict=True))
    return Dealing(keys, certificates, polynomials, vinputs, voutputs, parameters, privates)


@cache
def a_single(number: int = 0, group: Group = GROUP) -> TrusteePrivateKey:
    return generate_trustee(group)


@dataclass
class ThresholdElection:
    """An election under any trustees, who decrypt by their numbers."""

    election: SmallElection
    items: tuple[TrusteeItem, ...]
    privates: dict[int, TrusteePrivateKey]

    def shares(self, owners: Iterable[int]) -> dict[int, Share]:
        tally = self.election.tally()
        return {owner: decrypt_share(self.privates[owner], tally, self.election.definition) for owner in owners}

    def open(self, shares: dict[int, Share]) -> tuple[tuple[int, ...], ...]:
        definition = self.election.definition
        return open_tally(self.election.tally(), shares, self.items, definition)

    def count(self, owners: Sequence[int], change: Callable[[int, Share], Share] | None = None) -> None:
        """Record the shares of ``owners``, perhaps changed, and the result that the good ones open."""
        shares = self.shares(owners)
        counts = self.open(shares)
        for owner, share in shares.items():
            assert self.election.head
            recorded = change(owner, share) if change else share
            self.election.take(share_entries(self.election.head, owner, recorded))
        assert self.election.head
        self.election.take(result_entries(self.election.head, counts))


def an_election(*parts: TrusteePrivateKey | Dealing, electors: int = 4) -> ThresholdElection:
    """An election under these, ready for votes."""
    items: list[TrusteeItem] = []
    secrets: list[TrusteePrivateKey] = []
    for part in parts:
        items.append(part.parameters if isinstance(part, Dealing) else part.public())
        secrets += part.privates if isinstance(part, Dealing) else [part]
    read = parse_trustees(trustees_to_bytes(items), GROUP)
    assert len(trustee_keys(read)) == len(secrets)
    privates = {owner_of(read, each.public().public_key): each for each in secrets}
    return ThresholdElection(make_election(electors=electors, known_trustees=read), read, privates)
