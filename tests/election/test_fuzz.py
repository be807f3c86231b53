"""A fixed number of fuzzed inputs for the archive reader and each message parser; ``scripts/fuzz.py`` makes more."""

from __future__ import annotations

import random

import pytest

from scripts.fuzz import finding, mutations, targets
from tests.election.forging import VECTORS

INPUTS = 400
TARGETS = targets((VECTORS / "4S92PJQYHSkk7n.bel").read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_makes_a_reader_raise_anything_but_its_own_errors(name: str) -> None:
    reader, good = TARGETS[name]
    for raw in mutations(good, random.Random(name), INPUTS):
        assert finding(reader, raw) is None, raw[:200]


def test_good_documents_are_read() -> None:
    for reader, good in TARGETS.values():
        for raw in good:
            reader(raw)


def test_a_reader_that_crashes_is_found() -> None:
    good = [b"{}"]
    found = [finding(lambda raw: raw.decode(), raw) for raw in mutations(good, random.Random(0), 200)]
    assert any(isinstance(each, UnicodeDecodeError) for each in found)
