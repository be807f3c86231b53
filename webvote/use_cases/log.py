"""The append-only, hash-chained log of official acts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import LogEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who does something, and when."""

    by: str
    at: datetime


def log_act(work: UnitOfWork, signed: Signed, act: str, subject: str, **detail: Any) -> None:
    """Add one link to the log, in the same transaction as the act itself."""
    head = work.log.head()
    entry = LogEntry(
        number=head.number + 1,
        at=signed.at,
        by=signed.by,
        act=act,
        subject=subject,
        detail=detail,
        previous=head.hash,
        hash="",
    )
    entry.hash = _hash(entry)
    work.log.append(entry)
    head.number, head.hash = entry.number, entry.hash


def verify_log(work: UnitOfWork) -> int:
    """Check that no link of the log was changed, removed or put in; returns how many there are.

    Raises:
        RefusedError: The first link that does not hold.
    """
    # Held first: an act that comes while the links are read would look like one that was put in.
    head = work.log.head()
    previous, number = "0" * 64, 0
    for entry in work.log.in_order():
        number += 1
        if entry.number != number or entry.previous != previous or _hash(entry) != entry.hash:
            raise RefusedError("log-broken", number=number)
        previous = entry.hash
    if (head.number, head.hash) != (number, previous):
        raise RefusedError("log-broken", number=number + 1)
    return number


def _hash(entry: LogEntry) -> str:
    content = [
        entry.number,
        entry.at.isoformat(),
        entry.by,
        entry.act,
        entry.subject,
        entry.detail,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
