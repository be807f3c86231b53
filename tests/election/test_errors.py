"""Every error has a sentence that its parameters fill in, and crosses process borders unchanged."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import election.errors
from election.errors import (
    BallotError,
    CountFileError,
    CountInputError,
    CountLineError,
    ElectionError,
    RecordError,
    RollError,
    RollFileError,
    VerificationError,
)
from election.messages import SENTENCES

# They hold other errors, and are pickled with them.
HOLDING_OTHERS = {RollFileError, CountFileError, CountLineError, VerificationError}
PACKAGE = Path(election.errors.__file__).parent
BRANCHES = [
    each
    for each in vars(election.errors).values()
    if isinstance(each, type) and issubclass(each, ElectionError) and each not in HOLDING_OTHERS
]
# Codes that a variable carries to the place where the error is made, with what they are given there.
INDIRECT = {
    "contest-question": {"text", "limit"},
    "contest-name": {"text", "limit"},
    "credential-lookalike": {"character", "place", "group"},
    "credential-character": {"character", "place", "group"},
    "lot-people": {"place"},
    "lot-not-asked": {"place"},
}


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Where an error is made with its code in plain sight: place, code, names of its parameters."""
    names = {each.__name__ for each in BRANCHES}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield f"{path.name}:{node.lineno}", code.value, {each.arg or "**" for each in node.keywords}


def test_errors_are_found_in_the_source() -> None:
    assert len(list(raised())) > 60


def test_every_error_that_is_raised_has_a_sentence_that_its_parameters_fill_in() -> None:
    lacking = [
        (place, code)
        for place, code, given in raised()
        if code not in SENTENCES or not ("**" in given or placeholders(SENTENCES[code]) <= given)
    ]
    assert lacking == []


@pytest.mark.parametrize("code", INDIRECT)
def test_codes_that_are_chosen_first_are_filled_in_too(code: str) -> None:
    assert placeholders(SENTENCES[code]) <= INDIRECT[code]


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_one_that_formats(code: str) -> None:
    params = dict.fromkeys(placeholders(SENTENCES[code]), "{x} %s")
    assert set(params) == set() or "{x} %s" in str(RecordError(code, **params))
    assert str(RecordError(code, **params)).strip()


@pytest.mark.parametrize("branch", BRANCHES)
def test_every_kind_of_error_is_pickled_with_its_code_and_parameters(branch: type[ElectionError]) -> None:
    error = branch("record-height", expected=3, found=5)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(copy) is branch
    assert (copy.code, copy.params, str(copy)) == (error.code, error.params, str(error))


def test_an_error_is_pickled_with_the_one_that_it_quotes() -> None:
    error = BallotError("ballot-malformed", reason="The document holds a field twice.")
    error.__cause__ = RecordError("json-duplicate-key")
    cause = pickle.loads(pickle.dumps(error)).__cause__  # noqa: S301
    assert (type(cause), cause.code) == (RecordError, "json-duplicate-key")
    error.__cause__ = ValueError("of another package")
    assert error.__reduce__()[2] is None  # not pickled: where Dask is at work it pickles causes in its own way


def test_errors_that_hold_errors_are_pickled_with_them() -> None:
    verification = VerificationError("6 ballots", RecordError("record-height", expected=3, found=5))
    copy = pickle.loads(pickle.dumps(verification))  # noqa: S301
    assert (copy.step, copy.cause.code, copy.cause.params) == (
        "6 ballots",
        "record-height",
        {"expected": 3, "found": 5},
    )
    assert str(copy) == str(verification) == "Step 6 ballots: Event 3 is expected; the record has event 5."
    faults = (RollError("roll-no-electors", line=2), RollError("roll-empty"))
    roll = pickle.loads(pickle.dumps(RollFileError(faults)))  # noqa: S301
    assert [each.code for each in roll.faults] == ["roll-no-electors", "roll-empty"]
    assert str(roll) == "The roll was not imported: 2 faults."
    fault = CountLineError(3, CountInputError("record-height", expected=3, found=5))
    file = pickle.loads(pickle.dumps(CountFileError((fault,))))  # noqa: S301
    assert [(each.params["line"], each.cause.params) for each in file.faults] == [(3, {"expected": 3, "found": 5})]
