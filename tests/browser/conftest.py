"""A real server on loopback, and everything that ever reached it."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import waitress.server
from flask import Flask

from tests.browser.chromium import CHROMIUM, DRIVER
from webvote.app import create_app
from webvote.config import Settings
from webvote.outside.clock import SystemClock
from webvote.store.database import Store
from webvote.store.migrate import upgrade
from webvote.use_cases.log import Signed
from webvote.use_cases.officials import add_official

OFFICIAL, PASSWORD = "Ane Official", "correct horse battery staple"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None or DRIVER is None:
                item.add_marker(
                    pytest.mark.skip(reason="Chromium and its driver are missing: run scripts/system-setup")
                )


@dataclass
class Wiretap:
    """Every request as it came over the wire, and every line of the log."""

    seen: list[bytes] = field(default_factory=list)
    log: io.StringIO = field(default_factory=io.StringIO)

    def listening(self, application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        def wsgi(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            body = environ["wsgi.input"].read()
            environ["wsgi.input"] = io.BytesIO(body)
            strings = [f"{name}={value}".encode() for name, value in environ.items() if isinstance(value, str)]
            self.seen.append(b"\n".join([*strings, body]))
            return application(environ, start_response)

        return wsgi


@dataclass
class Server:
    base: str
    database: Path
    wiretap: Wiretap
    app: Flask


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    database = tmp_path / "webvote.sqlite"
    url = f"sqlite:///{database}"
    upgrade(url)
    store = Store(url)
    with store.writing() as work:
        add_official(work, Signed(by="test", at=SystemClock().now()), name=OFFICIAL, password=PASSWORD)
    wiretap = Wiretap()
    handler = logging.StreamHandler(wiretap.log)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    # The test's own remote control of the browsers is not the server.
    for name in ("selenium", "urllib3", "PIL"):
        logging.getLogger(name).setLevel(logging.WARNING)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return listening(environ, start_response)

    listener = waitress.server.create_server(application, host="127.0.0.1", port=0, threads=4)
    base = f"http://127.0.0.1:{listener.effective_port}"
    settings = Settings(
        database=url,
        secret_key="a key of the tests that opens nothing at all",
        base_url=base,
        help_contact="Borgerservice, Torvet 3",
    )
    app = create_app(settings, store=store)
    listening = wiretap.listening(app)
    thread = threading.Thread(target=listener.run, daemon=True)
    thread.start()
    yield Server(base, database, wiretap, app)
    listener.close()
    thread.join(timeout=5)
    store.close()
    root.removeHandler(handler)
    root.setLevel(level)
