"""Counting is exact: int and Fraction only, so the same ballots give the same result everywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Module, is_within, modules, planted

EXACT = (
    "election.tally",
    "election.decryption",
    "election.opened",
    "election.result",
    "election.seats",
    "election.counting",
    "composition_rules",
)
WHOLE_NUMBERS_OF_NUMPY = "election.counting.arrays"  # an extra; its test holds it against whole numbers of Python
_PATH_WORDS = ("path", "folder", "directory", "file", "root", "here", "parent", "shipped")


def inexact(module: Module) -> Iterator[str]:
    """A float that is written, made, or comes out of a division."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{module.name}:{node.lineno} writes {node.value}"
        elif isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).rpartition(".")[2] in {"float", "fsum"}:
            yield f"{module.name}:{node.lineno} uses {ast.unparse(node)}"
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            if not (_joins_paths(node) or _is_fraction(node.left) or _is_fraction(node.right)):
                yield f"{module.name}:{node.lineno} divides: {ast.unparse(node)}"
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Div):
            yield f"{module.name}:{node.lineno} divides: {ast.unparse(node)}"
    for line, name in module.imports:
        if name.partition(".")[0] in {"numpy", "statistics", "cmath"} and module.name != WHOLE_NUMBERS_OF_NUMPY:
            yield f"{module.name}:{line} imports {name}"


def _joins_paths(node: ast.BinOp) -> bool:
    """``folder / "x.toml"``: a text on the right, or something named like a path on the left."""
    if isinstance(node.right, ast.JoinedStr) or (
        isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)
    ):
        return True
    return any(word in ast.unparse(node.left).lower() for word in _PATH_WORDS)


def _is_fraction(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Fraction"


def test_counting_is_exact() -> None:
    exact = [
        module for module in modules("composition_rules", "election") if any(is_within(module.name, e) for e in EXACT)
    ]
    assert {module.name.split(".")[-1] for module in exact} >= {"tally", "result", "seats", "check"}
    assert [violation for module in exact for violation in inexact(module)] == []


@pytest.mark.parametrize(
    "source",
    [
        "share = 0.5",
        "def f(x: float): ...",
        "quota = votes / (seats + 1)",
        "votes /= 2",
        "math.fsum(x)",
        "import numpy",
    ],
)
def test_a_planted_fault_is_found(source: str) -> None:
    assert list(inexact(planted("election.counting.quota", source)))


@pytest.mark.parametrize(
    "source",
    ["folder / 'a.toml'", "base / f'{name}.toml'", "Path(x).parent / name", "Fraction(votes) / seats", "a // b"],
)
def test_what_is_exact_passes(source: str) -> None:
    assert list(inexact(planted("election.counting.quota", source))) == []
