"""The event chain: documents and events, each event holding the hash of the one before (specification 4.4).

Pure: whoever stores the record keeps the entries and the head, and hands the head back for the next event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from election.errors import RecordError
from election.phases import EventType
from election.record.canonical import Json, canonical_bytes, load_json, sha256_hex
from election.record.shapes import fields, text, whole_number

# Two hashes, a kind and a number: an event has no 250 bytes.
_MOST_EVENT_BYTES = 1024


class EntryKind(StrEnum):
    """The two kinds of file in an archive."""

    DATA = "data"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the record, named by its hash."""

    kind: EntryKind
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash by which others refer to it."""
        return sha256_hex(self.content)


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a chain: its height from 0, its hash and its kind."""

    height: int
    event: str
    type: EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step of an election."""

    parent: str | None
    height: int
    type: EventType
    payload: str | None

    def content(self) -> bytes:
        """The canonical document, fields in the order of 4.4."""
        message: dict[str, Json] = {"parent": self.parent} if self.parent else {}
        message |= {"height": self.height, "type": self.type.value}
        if self.payload:
            message["payload"] = self.payload
        return canonical_bytes(message)


def extend(head: Head | None, kind: EventType, documents: Sequence[bytes] = ()) -> tuple[tuple[Entry, ...], Head]:
    """The entries of one more event, and the new head; the last document is the event's payload."""
    entries = tuple(Entry(EntryKind.DATA, document) for document in documents)
    event = Event(
        parent=head.event if head else None,
        height=head.height + 1 if head else 0,
        type=kind,
        payload=entries[-1].sha256 if entries else None,
    )
    entry = Entry(EntryKind.EVENT, event.content())
    return (*entries, entry), Head(event.height, entry.sha256, kind)


def parse_event(raw: bytes) -> Event:
    """An event from its document.

    Raises:
        RecordError: Malformed, not canonical, or a kind that is not known here.
    """
    if len(raw) > _MOST_EVENT_BYTES:
        raise RecordError("record-event-not-canonical")
    read = fields(load_json(raw), "event", ("height", "type"), ("parent", "payload"))
    name = text(read["type"], "type")
    if name not in set(EventType):
        raise RecordError("record-event-type", type=name[:40])
    event = Event(
        parent=text(read["parent"], "parent") if "parent" in read else None,
        height=whole_number(read["height"], "height"),
        type=EventType(name),
        payload=text(read["payload"], "payload") if "payload" in read else None,
    )
    if event.content() != raw:
        raise RecordError("record-event-not-canonical")
    return event


def check_link(head: Head | None, event: Event) -> None:
    """Check that an event follows the head: parent and height.

    Raises:
        RecordError: It does not.
    """
    if event.parent != (head.event if head else None):
        raise RecordError("record-parent", height=event.height)
    if event.height != (head.height + 1 if head else 0):
        raise RecordError("record-height", expected=head.height + 1 if head else 0, found=event.height)
