"""All tables in one place, for the migrations and for whoever needs several of them."""

from __future__ import annotations

from webvote.store.councils import Appointment, Council, Nomination
from webvote.store.elections import (
    Candidate,
    Election,
    ElectorsKind,
    GoneCandidate,
    Milestone,
    RecordedLot,
    RollEntry,
    Trustee,
    TrusteeGroup,
)
from webvote.store.officials import LogEntry, LogHead, LogInAttempts, Official
from webvote.store.record import (
    BoxedBallot,
    CiphertextDigest,
    OpenedBallot,
    OpenedElement,
    PublicCredential,
    RecordEntry,
)
from webvote.store.types import Base

__all__ = [
    "Appointment",
    "Base",
    "BoxedBallot",
    "Candidate",
    "CiphertextDigest",
    "Council",
    "Election",
    "ElectorsKind",
    "GoneCandidate",
    "LogEntry",
    "LogHead",
    "LogInAttempts",
    "Milestone",
    "Nomination",
    "Official",
    "OpenedBallot",
    "OpenedElement",
    "PublicCredential",
    "RecordEntry",
    "RecordedLot",
    "RollEntry",
    "Trustee",
    "TrusteeGroup",
]
