"""A trail for people: as a table of who stood at what after which step, and as sentences.

``say`` gives the sentence of a code in the reader's language; ``names`` are the names by id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from election.counting.documents import amount_text, decimals_of, fixed
from election.counting.trail import Amount, State, Step

Say = Callable[[str, Mapping[str, object]], str]

ROUNDED: Final = 5  # decimals of a number whose decimals do not end
_LONGEST_FRACTION: Final = 24  # characters: longer ones stand in the JSON only
_COLUMNS: Final = 6  # steps side by side
_MARKS: Final = {State.STANDING: " ", State.ELECTED: "*", State.EXCLUDED: "-", State.GONE: "x"}


def readable(amount: Amount) -> str:
    """A number as people read it: exact where its decimals end, else rounded, with the exact value beside it."""
    exact = amount_text(amount)
    if "/" not in exact:
        return exact
    rounded = f"≈ {fixed(amount, ROUNDED)}"
    return f"{rounded} ({exact})" if len(exact) <= _LONGEST_FRACTION else rounded


def sentences(trail: Sequence[Step], names: Mapping[str, str], say: Say) -> Iterator[str]:
    """Each step as a numbered sentence, with a line for each of its transfers."""
    for step in trail:
        yield f"{step.number}. {step_sentence(step, names, say)}"
        for each in step.transfers:
            to = None if each.to is None else names.get(each.to, each.to)
            params = {
                "source": names.get(each.source, each.source),
                "to": to or "",
                "papers": each.papers,
                "votes": readable(each.votes),
            }
            yield "   " + say("show-transfer" if to else "show-transfer-nobody", params)


def step_sentence(step: Step, names: Mapping[str, str], say: Say) -> str:
    """One step as a sentence."""
    params = {key: value if isinstance(value, str) else readable(value) for key, value in step.params.items()}
    return say(step.code, {**params, "people": ", ".join(names.get(each, each) for each in step.people)})


def table(trail: Sequence[Step], names: Mapping[str, str], say: Say) -> Iterator[str]:
    """Who stood at what: a row for each candidate, a column for each step that changed something."""
    steps = _changes(trail)
    for start in range(0, len(steps), _COLUMNS):
        if start:
            yield ""
        yield from _block(steps[start : start + _COLUMNS], names, say)
    yield ""
    yield say("show-legend", {})


def _changes(trail: Sequence[Step]) -> list[Step]:
    """The steps after which somebody stood otherwise than before."""
    changes: list[Step] = []
    for step in trail:
        if step.standings and (not changes or _stand(step) != _stand(changes[-1])):
            changes.append(step)
    return changes


def _stand(step: Step) -> tuple[object, ...]:
    return step.standings, step.exhausted, step.lost


def _block(steps: Sequence[Step], names: Mapping[str, str], say: Say) -> Iterator[str]:
    """Some steps side by side. Numbers of one block have as many decimals, so that they stand under each other."""
    amounts = [each.votes for step in steps for each in step.standings] + [s.exhausted for s in steps]
    decimals = max((ROUNDED if (d := decimals_of(each)) is None else d for each in amounts), default=0)
    people = list(dict.fromkeys(each.of for step in steps for each in step.standings))
    rows = [[say("show-step", {}), *(f"{step.number} " for step in steps)]]
    for of in people:
        stands = [next((each for each in step.standings if each.of == of), None) for step in steps]
        rows.append([
            names.get(of, of),
            *("" if each is None else fixed(each.votes, decimals) + _MARKS[each.state] for each in stands),
        ])  # fmt: skip
    for code, figures in (
        ("show-exhausted", [step.exhausted for step in steps]),
        ("show-lost", [step.lost for step in steps]),
        ("show-total", [step.total for step in steps]),
    ):
        if any(figures):
            rows.append([say(code, {}), *(fixed(each, decimals) + " " for each in figures)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield "  ".join((first.ljust(widths[0]), *cells)).rstrip()
