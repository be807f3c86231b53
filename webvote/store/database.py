"""The engine and the unit of work: one transaction, opened by a route, never by a use case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from webvote.store.openings import Openings
from webvote.store.repositories import Councils, Elections, Log, Officials, Records

BUSY_TIMEOUT_MILLISECONDS = 20_000
_WRITES = "webvote_writes"


class UnitOfWork:
    """One open transaction, as the use cases see it."""

    def __init__(self, session: Session) -> None:
        self.elections = Elections(session)
        self.councils = Councils(session)
        self.records = Records(session)
        self.openings = Openings(session)
        self.officials = Officials(session)
        self.log = Log(session)


class Store:
    """Opens transactions on one database."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._writing_engine = self.engine.execution_options(**{_WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A transaction that changes nothing."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield UnitOfWork(session)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """A transaction that is kept when the block ends and forgotten when it raises."""
        with Session(self._writing_engine, expire_on_commit=False) as session, session.begin():
            yield UnitOfWork(session)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine with the guarantees of this application: durable commits and one writer at a time."""
    # A fault of the database goes into the server's log, with its time: never with what was to be stored.
    engine = create_engine(
        url,
        hide_parameters=True,
        **({} if make_url(url).get_backend_name() == "sqlite" else {"pool_pre_ping": True}),
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions of its own: BEGIN IMMEDIATE is what gives the event chain one order.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    # An acknowledged ballot survives a power cut.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # A roll that was replaced leaves no names in the free pages of the file.
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
