"""Officials: added on the command line, signing in and out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from webvote.refusals import RefusedError
from webvote.store.database import UnitOfWork
from webvote.store.models import Official
from webvote.use_cases.log import Signed, log_act

SHORTEST_PASSWORD = 12
FREE_ATTEMPTS = 5
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(minutes=15)

_HASHER = PasswordHasher()
# Checked when no official has the name, so that the time of the answer does not tell which names exist.
_NOBODY = _HASHER.hash("nobody has this password")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBrowser:
    """A browser in which an official signed in before."""

    official_id: int
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInStarted:
    """The attempt is noted; the password is to be checked against this hash outside the transaction."""

    official_id: int | None
    password_hash: str
    counted_under: str

    def __repr__(self) -> str:
        return "LogInStarted(<hidden>)"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInLocked:
    """Too many attempts: nothing is checked before ``until``."""

    until: datetime


def add_official(work: UnitOfWork, signed: Signed, *, name: str, password: str) -> Official:
    """Let a person run elections.

    Raises:
        RefusedError: The name is empty or taken, or the password is too short.
    """
    if not name.strip():
        raise RefusedError("official-no-name")
    if len(password) < SHORTEST_PASSWORD:
        raise RefusedError("password-too-short", shortest=SHORTEST_PASSWORD)
    if work.officials.by_key(_key(name)) is not None:
        raise RefusedError("official-exists", name=name)
    official = Official(
        key=_key(name), name=name.strip(), password_hash=_HASHER.hash(password), session_version=1, created_at=signed.at
    )
    work.officials.add(official)
    log_act(work, signed, "add-official", official.name)
    return official


def begin_log_in(
    work: UnitOfWork, name: str, now: datetime, browser: KnownBrowser | None = None
) -> LogInStarted | LogInLocked:
    """Count the attempt as failed before the password is looked at, so that guessing in parallel gains nothing.

    A browser that the official has used before has a count of its own: strangers who guess lock out strangers, and not
    the official who must close the election.
    """
    official = work.officials.by_key(_key(name))
    is_known = official is not None and browser is not None and browser.official_id == official.id
    counted_under = _name_hash(name, browser if is_known else None)
    attempts = work.officials.attempts(counted_under)
    if attempts.locked_until is not None and attempts.locked_until > now:
        return LogInLocked(until=attempts.locked_until)
    attempts.failed += 1
    if attempts.failed > FREE_ATTEMPTS:
        doublings = min(attempts.failed - FREE_ATTEMPTS - 1, 10)
        attempts.locked_until = now + min(FIRST_LOCK * 2**doublings, LONGEST_LOCK)
    if official is None:
        return LogInStarted(official_id=None, password_hash=_NOBODY, counted_under=counted_under)
    return LogInStarted(official_id=official.id, password_hash=official.password_hash, counted_under=counted_under)


def is_password_right(started: LogInStarted, password: str) -> bool:
    """Whether the password fits. Slow on purpose; belongs outside the transaction."""
    try:
        _HASHER.verify(started.password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
    return started.official_id is not None


def finish_log_in(work: UnitOfWork, started: LogInStarted, now: datetime) -> Official:
    """Forget the failed attempts and let the official in.

    Raises:
        RefusedError: The official is gone.
    """
    official = work.officials.get(started.official_id) if started.official_id is not None else None
    if official is None:
        raise RefusedError("log-in-wrong", status=403)
    attempts = work.officials.attempts(started.counted_under)
    attempts.failed, attempts.locked_until = 0, None
    log_act(work, Signed(by=official.name, at=now), "log-in", official.name)
    return official


def log_out(work: UnitOfWork, signed: Signed, official_id: int) -> None:
    """End every session of the official, also one whose cookie was copied."""
    official = work.officials.get(official_id)
    if official is not None:
        official.session_version += 1
        log_act(work, signed, "log-out", official.name)


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _name_hash(name: str, browser: KnownBrowser | None) -> str:
    # People sometimes type a password into the wrong field; it is not kept in the clear.
    return hashlib.sha256(f"{_key(name)}\n{browser.token if browser else ''}".encode()).hexdigest()
