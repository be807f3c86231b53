"""Make the cards: private codes for the paper, public credentials for the record.

The codes exist while the PDF is made and nowhere else: not in a table, not in a log, not in a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from election.credentials import derive_credential, generate_credentials
from election.crypto.groups import BELENIOS_2048
from election.ids import ElectionUuid
from election.roll import Elector
from webvote.phases import Act, next_phase
from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, ElectorsKind
from webvote.use_cases.log import Signed, log_act


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsOrder:
    """For whom cards are to be made. Door cards have no electors."""

    election: Election
    electors: tuple[Elector, ...]
    number: int
    earlier: str | None = None
    """One public credential of the cards that these will replace, by which they are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCards:
    """Fresh codes in the order of the roll, and their public credentials."""

    codes: tuple[str, ...] = field(repr=False)
    public: tuple[int, ...]


def order_cards(work: UnitOfWork, slug: str) -> CardsOrder:
    """For whom cards are to be made.

    Raises:
        RefusedError: Too late, or nobody has decided who may vote.
    """
    election = work.elections.get(slug)
    next_phase(election.phase, Act.CHANGE)
    if election.electors_kind is ElectorsKind.UNDECIDED:
        raise RefusedError("cards-without-electors")
    return CardsOrder(
        election=election,
        electors=_electors(work, election),
        number=election.electors_number,
        earlier=work.records.smallest_credential(election),
    )


def make_codes(order: CardsOrder) -> NewCards:
    """Draw the codes and derive their public credentials. Slow; belongs outside the transaction."""
    codes = generate_credentials(order.number)
    uuid = ElectionUuid(order.election.uuid)
    return NewCards(
        codes=codes,
        public=tuple(int(derive_credential(code, uuid, BELENIOS_2048).public) for code in codes),
    )


def keep_public_credentials(
    work: UnitOfWork, signed: Signed, slug: str, order: CardsOrder, public: Sequence[int]
) -> None:
    """Keep what may be known of the new cards; all earlier cards of this election are void from now on.

    Raises:
        RefusedError: Too late, or the electors were changed or other cards made while these were printed. Only one of
            two files may hold valid codes, and whoever pressed the button twice has the second.
    """
    election = work.elections.get_locked(slug)
    next_phase(election.phase, Act.CHANGE)
    if (_electors(work, election), election.electors_number) != (order.electors, order.number):
        raise RefusedError("electors-changed")
    if work.records.smallest_credential(election) != order.earlier:
        raise RefusedError("cards-made-meanwhile")
    again = election.cards_made_at is not None
    work.records.replace_credentials(election, public)
    election.cards_made_at = signed.at
    log_act(work, signed, "make-cards", slug, cards=len(public), earlier_cards_void=again)


def _electors(work: UnitOfWork, election: Election) -> tuple[Elector, ...]:
    return tuple(
        Elector(number=entry.number, name=entry.name, address=tuple(entry.address))
        for entry in work.elections.roll(election)
    )
