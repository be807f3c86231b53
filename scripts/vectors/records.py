"""Vectors of whole records: chains, archives, and what ``election verify`` says of them (4.4, docs/verifying.md)."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from election.phases import EventType
from election.record.archive import write_archive
from election.record.canonical import canonical_bytes
from election.record.chain import Entry, Head, extend
from election.record.replay import replay
from election.record.writer import owned_document
from scripts.vectors.cases import VALID, Case, case
from scripts.vectors.marked import SmallElection
from scripts.vectors.ranked import RankedElection

TIMESTAMP = 1_795_362_704
Step = tuple[EventType, tuple[bytes, ...]]


def chains(election: SmallElection) -> Iterable[Case]:
    entries = [{"kind": each.kind.value, "content": each.content.decode()} for each in election.entries()]
    yield case("a whole election", VALID, entries)
    yield case("before the result", VALID, entries[:-2])
    yield case("an event left out", "record-parent", entries[:6] + entries[7:])
    yield case("a document twice", "record-entry-twice", [*entries[:6], entries[5], *entries[6:]])
    yield case("a document that nothing refers to", "record-dangling", entries[:-1])


def archives(election: SmallElection) -> Iterable[Case]:
    raw = b"".join(write_archive(election.entries(), TIMESTAMP))

    def of(name: str, expected: str, content: bytes) -> Case:
        return case(name, expected, base64.b64encode(content).decode())

    def headed(name: str, expected: str, old: bytes, new: bytes) -> Case:
        """Another header document of the same length, and nothing else."""
        return of(name, expected, raw[:1024].replace(old, new))

    yield of("a whole election", VALID, raw)
    yield of("cut off", "archive-cut", raw[:-512])
    yield of("no header", "archive-header", raw[1024:])
    yield headed("another version", "archive-version", b'"version":1', b'"version":2')
    yield headed("another time in the header document", "archive-time", b'"1795362704"', b'"1795362705"')
    yield of("a byte changed", "archive-hash", raw[:1600] + bytes([raw[1600] ^ 1]) + raw[1601:])
    yield of("something after the end", "archive-unreadable", raw + bytes(512))


def records(election: RankedElection) -> Iterable[Case]:
    """Each event with its documents, the chain whole; what is wrong is wrong in the documents only.

    The output says whose shuffles and shares there are, and the result.
    """
    steps = [(step.event.type, tuple(each.content for each in step.documents)) for step in replay(election.entries())]
    first = next(place for place, (kind, _) in enumerate(steps) if kind is EventType.SHUFFLE)
    share = next(place for place, (kind, _) in enumerate(steps) if kind is EventType.PARTIAL_DECRYPTION)

    def of(name: str, expected: str, changed: Sequence[Step], output: Any = None) -> Case:
        given = [
            {"type": kind.value, "documents": [document.decode() for document in documents]}
            for kind, documents in changed
        ]
        return case(name, expected, given, output)

    def owned(place: int, owner: int) -> list[Step]:
        kind, (document, _) = steps[place]
        return [*steps[:place], (kind, (document, owned_document(owner, document))), *steps[place + 1 :]]

    result = json.loads(steps[-1][1][0])["result"]
    yield of("rankings, shuffled twice", VALID, steps, {"shuffles": [1, 2], "shares": [1, 2], "result": result})
    yield of("before the shuffles", VALID, steps[:first], {"shuffles": [], "shares": [], "result": None})
    yield of("a shuffle of nobody", "shuffle-owner", owned(first, 3)[: first + 1])
    yield of("shuffles out of turn", "shuffle-order", owned(first, 2)[: first + 2])
    kind, (document, binding) = steps[first]
    other = canonical_bytes(json.loads(binding) | {"payload": "0" * 64})
    yield of("an owner of another shuffle", "shuffle-not-canonical", [*steps[:first], (kind, (document, other))])
    yield of("no shuffle", "tally-not-shuffled", [*steps[:first], steps[share]])
    yield of("a share under another name", "share-proof", owned(share, 2)[: share + 1])
    yield of("a share twice", "share-twice", [*steps[: share + 1], *owned(share + 1, 1)[share + 1 : share + 2]])
    yield of("without the second share", "share-missing", [*steps[: share + 1], steps[-1]])


def chained(steps: Iterable[tuple[str, Sequence[str]]]) -> list[Entry]:
    """The entries of a record whose chain is whole, whatever its documents say."""
    head: Head | None = None
    entries: list[Entry] = []
    for kind, documents in steps:
        new, head = extend(head, EventType(kind), [document.encode() for document in documents])
        entries += new
    return entries


Maker = Callable[[Any], Iterable[Case]]
