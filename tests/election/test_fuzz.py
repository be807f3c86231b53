"""A fixed number of fuzzed inputs for the archive reader and each message parser; ``scripts/fuzz.py`` makes more."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
import re
from collections.abc import Iterator

import pytest

import election
from election.record.canonical import load_json
from scripts.fuzz import finding, mutations
from scripts.fuzz_targets import Target, targets

INPUTS = 200
TARGETS = targets()
READER = re.compile(r"(parse|read|load|unseal|import|recover|receive)(_\w+)?")
# These open a file by its path, and hand on what is in it to a reader that has a target.
BY_PATH = {
    "commands.files.read_council",
    "commands.files.read_mandate",
    "commands.own_record.read_definition",
    "commands.trustee_files.read_key",
}


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_makes_a_reader_raise_anything_but_its_own_errors(name: str) -> None:
    target = TARGETS[name]
    for raw in mutations(target.good, random.Random(name), INPUTS // target.dear):
        assert finding(target.read, raw) is None, raw[:200]


@pytest.mark.parametrize("name", TARGETS)
def test_good_documents_are_read(name: str) -> None:
    for raw in TARGETS[name].good:
        TARGETS[name].read(raw)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        (
            "trustees.rehearsal.parse_rehearsal_test",
            rb'{"format":"","version":1,"group":"","nonce":"\ud800","fingerprint":""}',
        ),
        (
            "trustees.dealing.dealer_of",
            rb'{"polynomial":"","secrets":[],'
            rb'"coefexps":{"message":"\uDFFF","signature":{"challenge":"0","response":"0"}}}',
        ),
        ("record.canonical.load_json", rb'{"\udc00":1}'),
    ],
)
def test_half_a_character_is_refused_before_it_is_hashed(name: str, raw: bytes) -> None:
    """Found by these inputs: whoever sent such a file stopped the trustee's program with a stack of lines."""
    assert finding(TARGETS[name].read, raw) is None
    assert load_json(rb'"\ud83d\ude00"') == "\N{GRINNING FACE}"


def readers() -> Iterator[str]:
    """Every public reader of the package, by the names of targets."""
    for module in pkgutil.walk_packages(election.__path__, "election."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if inspect.isfunction(value) and value.__module__ == module.name and READER.fullmatch(name):
                yield f"{module.name.removeprefix('election.')}.{name}"


def test_every_reader_has_a_target() -> None:
    found = set(readers())
    assert len(found) > 50
    assert not BY_PATH - found
    aimed_at = {name.partition(":")[0] for name in TARGETS}
    assert found - aimed_at - BY_PATH == set(), "add a target to scripts/fuzz_targets.py"
    beyond = {"challenge.check_opening", "trustees.dealing.dealer_of", "trustees.dealing.open_decryption_key"}
    assert aimed_at - found == beyond


def test_a_reader_without_a_target_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse_anything(raw: bytes) -> bytes:
        return raw

    parse_anything.__module__ = "election.roll"
    monkeypatch.setattr("election.roll.parse_anything", parse_anything, raising=False)
    assert "roll.parse_anything" in set(readers())


def test_a_reader_that_crashes_is_found() -> None:
    target = Target(lambda raw: raw.decode(), (b"{}",))
    found = [finding(target.read, raw) for raw in mutations(target.good, random.Random(0), 200)]
    assert any(isinstance(each, UnicodeDecodeError) for each in found)


def test_messages_are_changed_as_such() -> None:
    made = list(mutations((b'{"a":["1","2"],"b":"3"}',), random.Random(0), 400))
    assert {b'{"a":["1","2"]}', b'{"a":["1"],"b":"3"}', b'{"a":["1","1","2"],"b":"3"}'} <= set(made)
