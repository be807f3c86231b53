"""The real elections that are counted again: they lie beside the project, not in it, and may not be copied into it."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "shared" / "data"
ABSENT = "the real elections (../shared/data) are not here"


def needed(name: str) -> Path:
    """The file of that name; without the folder the test is skipped, on CI too."""
    if not DATA.is_dir():
        pytest.skip(ABSENT)
    return DATA / name
