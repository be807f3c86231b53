"""The command line of the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from webvote.__main__ import main
from webvote.config import settings_from_environment
from webvote.outside.clock import SystemClock
from webvote.store.database import Store
from webvote.use_cases.officials import LogInStarted, begin_log_in, is_password_right


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'command.sqlite'}"
    monkeypatch.setenv("WEBVOTE_DATABASE", url)
    monkeypatch.delenv("WEBVOTE_SECRET_KEY", raising=False)
    return url


def test_an_official_is_added_with_a_password_that_is_printed_once(
    environment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", "upgrade"]) == 0
    assert main(["official", "add", "Ane Official", "--generate"]) == 0
    password = capsys.readouterr().out.strip().removeprefix("Password of Ane Official: ")
    store = Store(environment)
    with store.writing() as work:
        started = begin_log_in(work, "ane official", SystemClock().now())
    assert isinstance(started, LogInStarted)
    assert is_password_right(started, password)
    store.close()


def test_an_official_cannot_be_added_twice(environment: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["db", "upgrade"])
    main(["official", "add", "Ane", "--generate"])
    assert main(["official", "add", "ANE", "--generate"]) == 1
    assert "There is an official named ANE already." in capsys.readouterr().err


def test_the_server_does_not_start_without_a_secret_key(environment: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve"]) == 2
    assert "WEBVOTE_SECRET_KEY" in capsys.readouterr().err


def test_the_folder_of_the_default_database_is_for_the_service_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings_from_environment({})
    assert (tmp_path / "instance").stat().st_mode & 0o077 == 0
