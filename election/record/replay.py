"""Replay of a record: entries in, steps out, each step an event with the documents that it brought.

Refuses what breaks the chain (specification 4.4): a wrong parent or height, a payload that is not there, a document
that no event refers to or that comes twice, an event out of order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from election.errors import RecordError
from election.phases import EventType, check_move
from election.record.chain import Entry, EntryKind, Event, Head, check_link, parse_event

_DOCUMENTS = {
    EventType.SETUP: 4,
    EventType.BALLOT: 1,
    EventType.END_BALLOTS: 0,
    EventType.ENCRYPTED_TALLY: 2,
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


def replay(entries: Iterable[Entry]) -> Iterator[RecordStep]:
    """The steps of a record, in order.

    Raises:
        RecordError: The chain is broken, names the height.
    """
    head: Head | None = None
    waiting: list[Entry] = []
    seen: set[str] = set()
    for entry in entries:
        if entry.sha256 in seen:
            raise RecordError("record-entry-twice", after=head.height if head else -1)
        seen.add(entry.sha256)
        if entry.kind is EntryKind.DATA:
            waiting.append(entry)
            if len(waiting) > _MOST_DOCUMENTS:  # or a record without events would only fill the memory
                raise RecordError("record-dangling", number=len(waiting))
            continue
        event = parse_event(entry.content)
        check_link(head, event)
        check_move(head.type if head else None, event.type)
        _check_documents(event, waiting)
        head = Head(event.height, entry.sha256, event.type)
        yield RecordStep(event, tuple(waiting), head)
        waiting = []
    if waiting or head is None:
        raise RecordError("record-dangling", number=len(waiting))


def _check_documents(event: Event, documents: list[Entry]) -> None:
    if len(documents) != _DOCUMENTS[event.type]:
        raise RecordError(
            "record-documents", height=event.height, expected=_DOCUMENTS[event.type], found=len(documents)
        )
    if event.payload != (documents[-1].sha256 if documents else None):
        raise RecordError("record-payload", height=event.height)
