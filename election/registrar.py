"""The registrar: makes the codes of an election on a machine of their own, and gives away what others may know.

The server gets the public list. The registrar keeps a sealed file, from which a card can be printed again: it joins a
code to a number of the roll, never to a name or an address, which are read from the roll anew. The print job holds
what stands on the cards, codes and names, and is destroyed when they are printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from gmpy2 import mpz

from election.credential_list import credentials_document, credentials_fingerprint
from election.credentials import derive_credential, generate_credentials, parse_credential
from election.crypto.groups import BELENIOS_2048, Group, group_named
from election.errors import CredentialError, ElectionError
from election.ids import SYSTEM_RNG, ElectionUuid, Rng
from election.record.canonical import Json, canonical_bytes, load_json
from election.record.shapes import fields, items, text, whole_number
from election.roll import Elector
from election.sealed_file import Hardness, seal, unseal

PRIVATE_FORM: Final = "raadsvalg-private-credentials"
JOB_VERSION: Final = 1
MOST_CARDS: Final = 10**6
"""More than any municipality has electors; a number with a digit too many would only fill the memory."""
_ABOUT: Final = ("uuid", "group", "fingerprint")
_TEXTS: Final = ("name", "authority", "closes", "address", "help", "language")


class CardKind(StrEnum):
    """Whom a card is for."""

    ELECTOR = "elector"
    """by letter to somebody on the roll"""
    DOOR = "door"
    """to whoever comes, unseen"""
    SPARE = "spare"
    """kept, for somebody who is added to the roll or whose card was spoilt"""


_NO_CARD: Final = {
    CardKind.ELECTOR: "registrar-no-card-elector",
    CardKind.DOOR: "registrar-no-card-door",
    CardKind.SPARE: "registrar-no-card-spare",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretCard:
    """A code and whom it is for."""

    kind: CardKind
    number: str
    """of the elector in the roll; else counted from 1 within the kind"""
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardTexts:
    """What stands on every card of an election."""

    name: str
    authority: str
    closes: str
    """until when one can vote, as people read it"""
    address: str
    """of the page that a code opens"""
    help: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """All cards of an election, in the order in which they are printed; every code is secret."""

    uuid: ElectionUuid
    group: Group
    """that of the election, in which the public credentials lie"""
    texts: CardTexts
    cards: tuple[SecretCard, ...]

    def card(self, kind: CardKind, number: str) -> SecretCard:
        """One of the cards.

        Raises:
            CredentialError: There is none of that kind and number.
        """
        for each in self.cards:
            if (each.kind, each.number) == (kind, number):
                return each
        raise CredentialError(_NO_CARD[kind], number=number[:40])


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCard:
    """What the printer is told of one card."""

    code: str = field(repr=False)
    elector: Elector | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """Cards to print."""

    texts: CardTexts
    cards: tuple[PrintedCard, ...]

    def url(self, card: PrintedCard) -> str:
        """The address in a card's square; the code stands in the fragment, which browsers send to nobody."""
        return f"{self.texts.address}#{card.code}"


def make_cards(
    uuid: ElectionUuid,
    texts: CardTexts,
    *,
    electors: Sequence[Elector] = (),
    door: int = 0,
    spare: int = 0,
    group: Group = BELENIOS_2048,
    rng: Rng = SYSTEM_RNG,
) -> Cards:
    """Fresh cards: one for each elector, or ``door`` of them for whoever comes, and ``spare`` more.

    ``group`` is that of the election: RFC-3526-2048 where candidates are ranked.

    Raises:
        CredentialError: For nobody, for a roll and the door at once, a negative number, or too many.
    """
    if electors and door:
        raise CredentialError("registrar-roll-and-door")
    if spare < 0 or door < 0 or not (electors or door):
        raise CredentialError("registrar-nobody")
    if max(door, len(electors)) + spare > MOST_CARDS:
        raise CredentialError("registrar-too-many", most=MOST_CARDS)
    owners = [(CardKind.ELECTOR, elector.number) for elector in electors]
    owners += [(CardKind.DOOR, str(number)) for number in range(1, door + 1)]
    owners += [(CardKind.SPARE, str(number)) for number in range(1, spare + 1)]
    codes = generate_credentials(len(owners), rng=rng)
    return Cards(
        uuid=uuid,
        group=group,
        texts=texts,
        cards=tuple(
            SecretCard(kind=kind, number=number, code=code) for (kind, number), code in zip(owners, codes, strict=True)
        ),
    )


def public_list(cards: Cards, *, weights: Mapping[str, int] | None = None, weighted: bool = False) -> bytes:
    """The document for the server: the public credential of every card, and weights where electors have them.

    ``weights`` are by number of the roll, 1 where left out; ``weighted`` says whether the mandate of the election
    gives some electors more votes than others.

    Raises:
        CredentialError: Weights that the mandate does not allow, of somebody who has no card, or below 1.
    """
    of_numbers = weights or {}
    numbers = {card.number for card in cards.cards if card.kind is CardKind.ELECTOR}
    for number, weight in of_numbers.items():
        if number not in numbers:
            raise CredentialError(_NO_CARD[CardKind.ELECTOR], number=number[:40])
        if weight < 1:
            raise CredentialError("credential-weight")
        if weight != 1 and not weighted:
            raise CredentialError("registrar-weights", number=number[:40], weight=weight)
    return credentials_document(
        {
            _public(card, cards): of_numbers.get(card.number, 1) if card.kind is CardKind.ELECTOR else 1
            for card in cards.cards
        }
    )


def seal_cards(
    cards: Cards, public: bytes, passphrase: str, *, hardness: Hardness | None = None, rng: Rng = SYSTEM_RNG
) -> bytes:
    """The registrar's own file, from which cards can be printed again.

    Raises:
        SealedFileError: The passphrase is too short.
    """
    content = canonical_bytes(
        {
            "texts": _texts_to_json(cards.texts),
            "cards": [{"kind": each.kind.value, "number": each.number, "code": each.code} for each in cards.cards],
        }
    )
    about = {"uuid": cards.uuid, "group": cards.group.name, "fingerprint": credentials_fingerprint(public)}
    return seal(content, passphrase, form=PRIVATE_FORM, about=about, hardness=hardness, rng=rng)


def unseal_cards(raw: bytes, passphrase: str) -> Cards:
    """The cards in a registrar's file.

    Raises:
        ElectionError: The passphrase is wrong, or the file is none of these.
    """
    unsealed = unseal(raw, passphrase, form=PRIVATE_FORM, about=_ABOUT)
    read = fields(load_json(unsealed.content), "private credentials", ("texts", "cards"))
    return Cards(
        uuid=ElectionUuid(unsealed.about["uuid"]),
        group=group_named(unsealed.about["group"]),
        texts=_parse_texts(read["texts"]),
        cards=tuple(_parse_card(item) for item in items(read["cards"], "cards")),
    )


def print_job(cards: Iterable[SecretCard], texts: CardTexts, electors: Mapping[str, Elector]) -> PrintJob:
    """What the printer needs for these cards; ``electors`` are by their number in the roll.

    Raises:
        CredentialError: An elector is not on the roll.
    """
    printed = []
    for card in cards:
        elector = electors.get(card.number) if card.kind is CardKind.ELECTOR else None
        if card.kind is CardKind.ELECTOR and elector is None:
            raise CredentialError("registrar-not-on-roll", number=card.number)
        printed.append(PrintedCard(code=card.code, elector=elector))
    return PrintJob(texts=texts, cards=tuple(printed))


def print_job_to_bytes(job: PrintJob) -> bytes:
    """The document of a print job; as secret as the cards."""
    return canonical_bytes(
        {
            "version": JOB_VERSION,
            "texts": _texts_to_json(job.texts),
            "cards": [{"code": card.code, "elector": _elector_to_json(card.elector)} for card in job.cards],
        }
    )


def parse_print_job(raw: bytes) -> PrintJob:
    """A print job from its document.

    Raises:
        CredentialError: It cannot be read; no code is quoted.
    """
    try:
        read = fields(load_json(raw), "print job", ("version", "texts", "cards"))
        if whole_number(read["version"], "version") != JOB_VERSION:
            raise CredentialError("registrar-job")
        return PrintJob(
            texts=_parse_texts(read["texts"]),
            cards=tuple(_parse_printed(item) for item in items(read["cards"], "cards")),
        )
    except ElectionError:
        raise CredentialError("registrar-job") from None


def _public(card: SecretCard, cards: Cards) -> mpz:
    return derive_credential(card.code, cards.uuid, cards.group).public


def _texts_to_json(texts: CardTexts) -> Json:
    return {name: getattr(texts, name) for name in _TEXTS}


def _parse_texts(message: Json) -> CardTexts:
    read = fields(message, "texts", _TEXTS)
    return CardTexts(**{name: text(read[name], name) for name in _TEXTS})


def _parse_card(message: Json) -> SecretCard:
    read = fields(message, "card", ("kind", "number", "code"))
    kind, number, code = (text(read[name], name) for name in ("kind", "number", "code"))
    if kind not in set(CardKind):
        raise CredentialError("registrar-card-kind", kind=kind[:40])
    return SecretCard(kind=CardKind(kind), number=number, code=parse_credential(code))


def _elector_to_json(elector: Elector | None) -> Json:
    if elector is None:
        return None
    return {"number": elector.number, "name": elector.name, "address": list(elector.address)}


def _parse_printed(message: Json) -> PrintedCard:
    read = fields(message, "card", ("code", "elector"))
    elector = None
    if read["elector"] is not None:
        of = fields(read["elector"], "elector", ("number", "name", "address"))
        lines = tuple(text(line, "address") for line in items(of["address"], "address"))
        elector = Elector(number=text(of["number"], "number"), name=text(of["name"], "name"), address=lines)
    return PrintedCard(code=parse_credential(text(read["code"], "code")), elector=elector)
