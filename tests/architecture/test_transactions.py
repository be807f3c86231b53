"""A route opens one transaction; a use case is handed it; nobody catches everything."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Module, functions, is_within, modules, planted

OPENS = frozenset({"reading", "writing"})
ENDS = frozenset({"commit", "rollback", "begin", "begin_nested", "close"})
MAKES = frozenset({"Session", "Store", "sessionmaker", "create_engine"})
# A streamed answer is read after its route has ended, in many short transactions.
STREAMS = {("webvote.use_cases.record", "stream_archive"), ("webvote.use_cases.opened", "stream_opened")}

# Work too slow to do under a lock stands between two transactions, and the second looks again at what it builds on.
SLOW_BETWEEN = {
    ("webvote.pages.officials.accounts", "log_in"),  # the hash of the password
    ("webvote.pages.officials.voting", "close_page"),  # the product of all ballots
}


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def opened_by_use_cases(module: Module) -> Iterator[str]:
    """Use cases never open or end a transaction."""
    if not is_within(module.name, "webvote.use_cases"):
        return
    for node in module.tree.body:
        if (module.name, getattr(node, "name", "")) in STREAMS:
            continue
        for inner in ast.walk(node):
            if _called(inner) in OPENS | ENDS | MAKES:
                yield f"{module.name}:{inner.lineno} calls {_called(inner)}"  # type: ignore[attr-defined]


def opened_by_routes(module: Module) -> Iterator[str]:
    """A function of the pages opens at most one transaction that writes, and never one within another."""
    if not is_within(module.name, "webvote.pages"):
        return
    for function in functions(module.tree):
        calls = [_called(node) for node in ast.walk(function)]
        if calls.count("writing") > 1 and (module.name, function.name) not in SLOW_BETWEEN:
            yield f"{module.name}:{function.lineno} {function.name} opens several transactions"
        if any(call in (ENDS | MAKES) - {"close"} for call in calls):
            yield f"{module.name}:{function.lineno} {function.name} ends a transaction itself"
        for block in ast.walk(function):
            if isinstance(block, ast.With) and _opens_within(block):
                yield f"{module.name}:{block.lineno} {function.name} opens a transaction within another"


def _opens_within(block: ast.With) -> bool:
    opened = [item for item in block.items if _called(item.context_expr) in OPENS]
    inner = {_called(node) for statement in block.body for node in ast.walk(statement)}
    return len(opened) > 1 or (bool(opened) and bool(OPENS & inner))


def caught_everything(module: Module) -> Iterator[str]:
    """An error that nobody expected reaches the one place that reports it."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in kinds):
                yield f"{module.name}:{node.lineno} catches everything"


RULES = (opened_by_use_cases, opened_by_routes, caught_everything)


@pytest.mark.parametrize("rule", RULES)
def test_transactions_and_errors(rule: object) -> None:
    assert callable(rule)
    found = [violation for module in modules("composition_rules", "election", "webvote") for violation in rule(module)]
    assert found == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("webvote.use_cases.tally", "def f(store):\n    with store.writing() as work: ..."),
        ("webvote.use_cases.tally", "def f(work):\n    work.session.commit()"),
        ("webvote.use_cases.tally", "def f(url):\n    return Store(url)"),
        ("webvote.pages.voter", "def f():\n    with s.writing() as a: ...\n    with s.writing() as b: ..."),
        ("webvote.pages.voter", "def f():\n    with s.reading() as a:\n        with s.writing() as b: ..."),
        ("webvote.pages.voter", "def f():\n    with s.reading() as a, s.writing() as b: ..."),
        ("webvote.pages.voter", "def f(work):\n    work.commit()"),
        ("webvote.pages.voter", "try:\n    f()\nexcept Exception:\n    pass"),
        ("election.tally", "try:\n    f()\nexcept:\n    pass"),
        ("election.tally", "try:\n    f()\nexcept (ValueError, Exception):\n    pass"),
    ],
)
def test_a_planted_fault_is_found(name: str, source: str) -> None:
    assert any(list(rule(planted(name, source))) for rule in RULES)
