"""Two copies of a record, taken one after the other: the later one begins with the earlier one (4.4).

Events hold the hashes of what they brought and of the event before, so an election that lost or changed anything
shows it to everybody who kept a copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from election.ballots import tracker
from election.errors import RecordError
from election.phases import EventType
from election.record.chain import Head
from election.record.replay import RecordStep


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How the later copy continues the earlier one."""

    events: int
    """of the earlier copy"""
    added: tuple[tuple[EventType, int], ...]
    """kinds of event and how many of each came"""
    head: Head
    """of the later copy"""


def check_growth(earlier: Iterable[RecordStep], later: Iterable[RecordStep]) -> Growth:
    """What came between two copies.

    Raises:
        RecordError: The later copy does not begin with the earlier one; the first difference is named. Either copy
            is broken.
    """
    events, added, head = 0, Counter[EventType](), None
    rest = iter(later)
    for before, after in zip_longest(earlier, rest):
        head = after.head if after is not None else head
        if before is None:
            added[after.event.type] += 1
            continue
        if before != after:
            raise _difference(before, after, rest)
        events += 1
    if head is None:  # two copies of nothing; ``replay`` gives no such record
        raise RecordError("record-dangling", number=0)
    return Growth(events=events, added=tuple(added.items()), head=head)


def _difference(before: RecordStep, after: RecordStep | None, rest: Iterable[RecordStep]) -> RecordError:
    what, height = _named(before), before.event.height
    if after is None:
        return RecordError("growth-ends", what=what, event=height)
    if before.event.payload is not None:
        for step in (after, *rest):
            if step.event.payload == before.event.payload and step.event.type is before.event.type:
                return RecordError("growth-moved", what=what, event=height, now=step.event.height)
    return RecordError("growth-replaced", what=what, event=height, other=_named(after))


def _named(step: RecordStep) -> str:
    if step.event.type is EventType.BALLOT:
        return f"Ballot {tracker(step.documents[0].content)}"
    return step.event.type.value
