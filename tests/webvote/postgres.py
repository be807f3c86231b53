"""A scratch schema on the PostgreSQL of this machine, gone after the test."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

SERVER = "host=127.0.0.1 port=5432 user=root dbname=test connect_timeout=3"
URL = "postgresql+psycopg://root@127.0.0.1:5432/test"


@contextmanager
def scratch_schema() -> Iterator[str]:
    """The URL of an empty schema.

    Raises:
        psycopg.OperationalError: There is no server.
    """
    name = f"webvote_{secrets.token_hex(6)}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f"create schema {name}")
        try:
            yield f"{URL}?options=-csearch_path%3D{name}"
        finally:
            connection.execute(f"drop schema {name} cascade")
