"""Marks of a record: the number and the hash of an event, short enough to print, to send or to read aloud.

The hash of an event holds all that came before it. Whoever was shown a record publishes the mark of its last event;
whoever has a later copy finds that event in it, or was shown another record (Hirschi, Schmid and Basin 2021).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from election.errors import RecordError
from election.record.chain import Head

_MARK: Final = re.compile(r"(0|[1-9][0-9]{0,17}):([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """An event that somebody was shown: its height from 0, and its hash."""

    height: int
    event: str

    def __str__(self) -> str:
        return f"{self.height}:{self.event}"


def mark_of(head: Head) -> Mark:
    """The mark of a record that ends here."""
    return Mark(head.height, head.event)


def parse_mark(written: str) -> Mark:
    """A mark as it was published, capital letters and spaces aside.

    Raises:
        RecordError: It is none (code mark-malformed).
    """
    found = _MARK.fullmatch("".join(written.split()).lower())
    if found is None:
        raise RecordError("mark-malformed", mark=written[:100])
    return Mark(int(found[1]), found[2])


def check_marks(heads: Iterable[Head], marks: Sequence[Mark]) -> None:
    """Check that a record, given by the heads that it had one after the other, holds the event of every mark.

    Raises:
        RecordError: It has another event there, or ends before it (codes mark-other, mark-later).
    """
    wanted = {mark.height for mark in marks}
    found = {head.height: head.event for head in heads if head.height in wanted}
    for mark in marks:
        if mark.height not in found:
            raise RecordError("mark-later", event=mark.height)
        if found[mark.height] != mark.event:
            raise RecordError("mark-other", event=mark.height, seen=mark.event, found=found[mark.height])
