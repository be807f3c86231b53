"""What holds for every test: on CI nothing is skipped, and a random test that failed fails again."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings

from tests.real_elections import ABSENT

ON_CI = os.environ.get("CI") == "true"

# Two cores shared by many tests: a time limit per example would only measure the neighbours.
settings.register_profile("here", deadline=None)
settings.register_profile("many", deadline=None, max_examples=2_000)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if ON_CI else "here")

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _refuse_skip(report: Report) -> Report:
    """A test that CI leaves out proves nothing, so there it is a failure."""
    if ON_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        if str(reason).endswith(ABSENT):  # the one thing that no set-up of ours can bring
            return report
        report.outcome = "failed"
        report.longrepr = f"skipped on CI, where everything is to run: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    return _refuse_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    return _refuse_skip(report)
