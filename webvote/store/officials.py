"""Tables of the officials: who they are, who tried to sign in, and what they did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from webvote.store.types import Base


class Official(Base):
    """A person who may run elections. ``session_version`` ends every session of theirs when it is raised."""

    __tablename__ = "official"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class LogInAttempts(Base):
    """Failed log-ins under one name, whether or not an official has it: the answer must not tell which exist."""

    __tablename__ = "log_in_attempts"

    name_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class LogEntry(Base):
    """One act of an official, chained by hash to the one before."""

    __tablename__ = "official_log"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class LogHead(Base):
    """The last link of the official log; locked while a link is added, so that the chain has one order."""

    __tablename__ = "official_log_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
