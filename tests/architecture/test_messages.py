"""Every error has a sentence that fits it, and no sentence waits for an error that nobody raises."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping

import pytest

from composition_rules.messages import SENTENCES as COMPOSITION
from election.commands.messages import SENTENCES as COMMANDS
from election.messages import SENTENCES as ELECTION
from tests.architecture.sources import Module, modules, planted
from webvote.messages import SENTENCES as WEB

SENTENCES = {"composition_rules": COMPOSITION, "election": ELECTION | COMMANDS, "webvote": WEB}
# What an error adds to the values it is given.
ADDED = {"MandateError": {"path", "line"}}
# Their first argument is no code of our own.
NO_CODE = frozenset(
    {"VerificationError", "RollFileError", "MandateFileError", "AssertionError", "ValueError", "TypeError"}
)


def fields_of(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def codes_of(argument: ast.expr) -> list[str]:
    """The codes an argument can be, as far as they are written there."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return [argument.value]
    if isinstance(argument, ast.IfExp):
        return [*codes_of(argument.body), *codes_of(argument.orelse)]
    return []


def misfits(module: Module, sentences: Mapping[str, str], kinds: frozenset[str]) -> Iterator[str]:
    """Errors made with a code that has no sentence, or without a value that its sentence shows."""
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        kind = ast.unparse(node.func)
        if kind not in kinds and kind != "super().__init__":
            continue
        given = {keyword.arg for keyword in node.keywords} | ADDED.get(kind, set())
        for code in codes_of(node.args[0]):
            if code not in sentences:
                yield f"{module.name}:{node.lineno} {code} has no sentence"
            elif None not in given and (lacking := fields_of(sentences[code]) - given):
                yield f"{module.name}:{node.lineno} {code} lacks {', '.join(sorted(lacking))}"


def error_names(*packages: str) -> frozenset[str]:
    """The classes of errors that carry a code."""
    return frozenset(
        node.name
        for module in modules(*packages)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        and node.name.endswith("Error")
        and node.name not in NO_CODE
        and "Exception" not in {ast.unparse(base) for base in node.bases}
    ) | {"RefusedError"}


def written_texts(*packages: str) -> set[str]:
    """Every text that stands in the code, but for the sentences' own modules."""
    return {
        node.value
        for module in modules(*packages)
        if "messages" not in module.name.split(".")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def composed_codes(*packages: str) -> list[re.Pattern[str]]:
    """Codes put together from parts: ``f"{act}-too-early"``."""
    found = []
    for module in modules(*packages):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                # A code is words and hyphens; other texts put together are no codes.
                written = [str(part) for part in parts if part is not None]
                if any("-" in part for part in written) and all(re.fullmatch("[a-z-]+", part) for part in written):
                    found.append(re.compile("".join("[a-z-]+" if part is None else str(part) for part in parts)))
    return found


@pytest.mark.parametrize("package", ["composition_rules", "election", "webvote"])
def test_every_code_has_a_sentence_with_its_values(package: str) -> None:
    kinds = error_names(package)
    found = [line for module in modules(package) for line in misfits(module, SENTENCES[package], kinds)]
    assert found == []


@pytest.mark.parametrize("package", ["composition_rules", "election", "webvote"])
def test_no_sentence_is_unused(package: str) -> None:
    everywhere = ("composition_rules", "election", "webvote")
    composed = composed_codes(*everywhere)
    unused = set(SENTENCES[package]) - written_texts(*everywhere)
    assert {code for code in unused if not any(pattern.fullmatch(code) for pattern in composed)} == set()


def test_a_code_belongs_to_one_package() -> None:
    for one, other in (("composition_rules", "election"), ("composition_rules", "webvote"), ("election", "webvote")):
        assert set(SENTENCES[one]) & set(SENTENCES[other]) == set()


@pytest.mark.parametrize(
    "source",
    [
        "raise BallotError('no-such-code')",
        "raise BallotError('known')",
        "raise BallotError('known' if x else 'no-such-code', place=1)",
        "class X(BallotError):\n    def __init__(self):\n        super().__init__('no-such-code')",
    ],
)
def test_a_planted_fault_is_found(source: str) -> None:
    sentences = {"known": "At {place}."}
    assert list(misfits(planted("election.ballots", source), sentences, frozenset({"BallotError"})))
    assert not list(misfits(planted("x", "raise BallotError('known', place=1)"), sentences, frozenset({"BallotError"})))
