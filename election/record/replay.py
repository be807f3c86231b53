"""Replay of a record: entries in, steps out, each step an event with the documents that it brought.

Refuses what breaks the chain (specification 4.4): a wrong parent or height, a payload that is not there, a document
that no event refers to or that comes twice, an event out of order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from election.errors import RecordError
from election.phases import EventType, check_move
from election.record.chain import Entry, EntryKind, Event, Head, check_link, parse_event

_DOCUMENTS = {
    EventType.SETUP: 4,
    EventType.BALLOT: 1,
    EventType.END_BALLOTS: 0,
    EventType.ENCRYPTED_TALLY: 2,
    EventType.SHUFFLE: 2,
    EventType.END_SHUFFLES: 0,
    EventType.PARTIAL_DECRYPTION: 2,
    EventType.RESULT: 1,
}
_MOST_DOCUMENTS = max(_DOCUMENTS.values())


@dataclass(frozen=True, slots=True)
class RecordStep:
    """An event and its documents, the payload last."""

    event: Event
    documents: tuple[Entry, ...]
    head: Head


def _refuse(fault: RecordError) -> None:
    raise fault


def replay(
    entries: Iterable[Entry],
    take_fault: Callable[[RecordError], None] = _refuse,
    first: Callable[[bytes, str], str] | None = None,
) -> Iterator[RecordStep]:
    """The steps of a record, in order.

    Where ``take_fault`` keeps a fault instead of raising it, the steps that are whole still come. ``first`` says who
    claimed a key first; without it, what was seen is remembered here.

    Raises:
        RecordError: The chain is broken, names the height.
    """
    chain = Chain(first or dict[bytes, str]().setdefault)
    for entry in entries:
        try:
            step = chain.take(entry)
        except RecordError as fault:
            take_fault(fault)
            continue
        if step is not None:
            yield step
    try:
        chain.finish()
    except RecordError as fault:
        take_fault(fault)


class Chain:
    """A chain that takes one entry after the other; ``first`` says who claimed a key first."""

    def __init__(self, first: Callable[[bytes, str], str]) -> None:
        self.head: Head | None = None
        self._waiting: list[Entry] = []
        self._first = first
        self._number = 0
        self._last_share: str | None = None

    def take(self, entry: Entry) -> RecordStep | None:
        """The step that an entry completes.

        Raises:
            RecordError: It does not follow what was taken before.
        """
        self._number += 1
        claimant = str(self._number)
        if self._first(bytes.fromhex(entry.sha256), claimant) != claimant and not self._may_come_again(entry):
            raise RecordError("record-entry-twice", after=self.head.height if self.head else -1)
        if entry.kind is EntryKind.DATA:
            if len(self._waiting) >= _MOST_DOCUMENTS:  # or a record without events would only fill the memory
                raise RecordError("record-dangling", number=len(self._waiting) + 1)
            self._waiting.append(entry)
            return None
        documents, self._waiting = tuple(self._waiting), []
        event = parse_event(entry.content)
        before, self.head = self.head, Head(event.height, entry.sha256, event.type)
        check_link(before, event)
        check_move(before.type if before else None, event.type)
        _check_documents(event, documents)
        self._last_share = documents[0].sha256 if event.type is EventType.PARTIAL_DECRYPTION else None
        return RecordStep(event, documents, self.head)

    def _may_come_again(self, entry: Entry) -> bool:
        # Where candidates are only ranked and nobody voted, the share of each trustee is the same empty lists. Of a
        # share that says anything, the proofs hold for one trustee only.
        return not self._waiting and entry.sha256 == self._last_share

    def finish(self) -> None:
        """Check that the last entry was an event: every document belongs to one.

        Raises:
            RecordError: There are documents without an event, or nothing at all.
        """
        if self._waiting or self.head is None:
            raise RecordError("record-dangling", number=len(self._waiting))


def _check_documents(event: Event, documents: Sequence[Entry]) -> None:
    if len(documents) != _DOCUMENTS[event.type]:
        raise RecordError(
            "record-documents", height=event.height, expected=_DOCUMENTS[event.type], found=len(documents)
        )
    if event.payload != (documents[-1].sha256 if documents else None):
        raise RecordError("record-payload", height=event.height)
