"""An application on a database of its own, and people who use it through its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from election.credentials import generate_credentials
from tests.webvote.driver import PASSWORD, Official
from webvote.app import create_app
from webvote.config import Settings
from webvote.services import services
from webvote.store.database import Store
from webvote.store.migrate import upgrade
from webvote.use_cases.log import Signed
from webvote.use_cases.officials import add_official


class TestClock:
    """A clock that stands still until it is moved."""

    __test__ = False

    def __init__(self) -> None:
        self.moment = datetime(2025, 11, 30, 14, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def pass_time(self, time: timedelta) -> None:
        self.moment += time


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows; copied for each test, since migrating takes longer than copying."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def database_url(empty_database: Path, tmp_path: Path) -> str:
    path = tmp_path / "webvote.sqlite"
    shutil.copy(empty_database, path)
    return f"sqlite:///{path}"


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def app(database_url: str, clock: TestClock) -> Iterator[Flask]:
    settings = Settings(
        database=database_url,
        secret_key="a key of the tests that opens nothing",
        base_url="http://localhost",
        testing=True,
        help_contact="Telephone 12 34 56 78",
    )
    application = create_app(settings, clock=clock)
    with application.app_context():
        store = services().store
    with store.writing() as work:
        add_official(work, Signed(by="set-up", at=clock.now()), name="Ane Official", password=PASSWORD)
    yield application
    store.close()


@pytest.fixture
def store(app: Flask) -> Store:
    with app.app_context():
        return services().store


@pytest.fixture
def official(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Official:
    """A signed-in official who also keeps the codes of the cards, as the paper would."""
    person = Official(app)

    def deal_and_keep(count: int) -> tuple[str, ...]:
        person.codes = generate_credentials(count)
        return person.codes

    monkeypatch.setattr("webvote.use_cases.credentials.generate_credentials", deal_and_keep)
    assert person.log_in().status_code == 302
    return person


@pytest.fixture
def slug(official: Official) -> str:
    """An open election with four cards."""
    slug = official.prepare(cards=4)
    official.confirm_by_name(slug, "seal")
    official.open(slug)
    return slug
