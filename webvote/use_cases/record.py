"""Keep the entries that ``election.record.writer`` makes, in the order of the chain."""

from __future__ import annotations

from collections.abc import Iterator

from election.phases import EventType
from election.record.archive import write_archive
from election.record.chain import Entry, EntryKind, Head
from election.record.writer import Step
from webvote.refusals import RefusedError
from webvote.store.database import Store, UnitOfWork
from webvote.store.models import Election, RecordEntry

_CHUNK = 200


def head_of(election: Election) -> Head:
    """The end of the chain.

    Raises:
        RefusedError: The election has no record yet.
    """
    if election.head_height is None or election.head_event is None or election.head_type is None:
        raise RefusedError("no-record-yet", status=404)
    return Head(election.head_height, election.head_event, EventType(election.head_type))


def append_step(work: UnitOfWork, election: Election, step: Step) -> int:
    """Put the entries of one event at the end of the record; returns the sequence of the first.

    The caller holds the lock on the election, so the chain has one order.
    """
    entries, head = step
    first = work.records.length(election) + 1
    work.records.append(
        RecordEntry(
            election_id=election.id,
            sequence=first + place,
            kind=entry.kind.value,
            sha256=entry.sha256,
            content=entry.content,
        )
        for place, entry in enumerate(entries)
    )
    election.head_height, election.head_event, election.head_type = head.height, head.event, head.type.value
    return first


def archive_size(work: UnitOfWork, election: Election, last: int) -> int:
    """How many bytes ``stream_archive`` gives.

    Whoever fetches it must notice a broken connection: an archive that is cut off between two entries looks whole.

    Raises:
        RefusedError: The election has no record yet.
    """
    header = sum(len(piece) for piece in write_archive((), _timestamp(election)))
    return header + work.records.archived_bytes(election, last)


def stream_archive(store: Store, election: Election, last: int) -> Iterator[bytes]:
    """The archive as it stood when entry ``last`` was the last.

    The record only grows, so it can be read in many short transactions and still be one moment's.
    """

    def entries() -> Iterator[Entry]:
        for first in range(1, last + 1, _CHUNK):
            with store.reading() as work:
                rows = work.records.entries(election.id, first, min(first + _CHUNK - 1, last))
            for row in rows:
                yield Entry(EntryKind(row.kind), row.content)

    yield from write_archive(entries(), _timestamp(election))


def _timestamp(election: Election) -> int:
    if election.record_timestamp is None:
        raise RefusedError("no-record-yet", status=404)
    return election.record_timestamp
