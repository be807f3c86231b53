"""The smallest number of rules and decisions that must give way, proved: the rest can be met, and with fewer it cannot.

Every proof that something is impossible names the parts it rests on, and one of these must give way. The search (after
Reiter, "A theory of diagnosis from first principles", 1987) gives way at each of them in turn, with one part more
allowed each time that nothing was found. Proofs that share no part need a part each, which ends most turns early.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from composition_rules.conflict import Part, leaving_out
from composition_rules.feasible import Model

Parts = tuple[Part, ...]


def smallest_without(model: Model, parts: Sequence[Part]) -> Parts:
    """One of the smallest sets of parts without which the rest can be met; of two it gives up the first of ``parts``.

    Raises:
        SearchLimitError: the steps ended before there was an answer.
    """
    return next(found for size in count() if (found := smallest_with(model, parts, (), size)) is not None)


def smallest_with(
    model: Model, parts: Sequence[Part], given: Parts, room: int, stay: frozenset[Part] = frozenset()
) -> Parts | None:
    """``given`` and at most ``room`` parts more, none of which has to ``stay``; None when so few are never enough.

    Raises:
        SearchLimitError: the steps ended before there was an answer.
    """
    blamed = []
    for each in _apart(model, given):
        blamed.append(each)
        if len(blamed) > room:
            return None
    if not blamed:
        return given
    for part in (part for part in parts if part in min(blamed, key=len) and part not in stay):
        found = smallest_with(model, parts, (*given, part), room - 1, stay)
        if found is not None:
            return found
        stay |= {part}
    return None


def _apart(model: Model, given: Parts) -> Iterator[frozenset[Part]]:
    """What proofs rest on, one after the other, none of which shares a part with another.

    Decisions are only loosened on the way: to leave one out can close a place, and what is then impossible may be
    possible with it.
    """
    question = leaving_out(given)
    while (blamed := model.blamed(question)) is not None:
        yield blamed
        more = leaving_out(blamed)
        question = replace(
            question, bounds={**question.bounds, **more.bounds}, loosened=question.loosened | more.without
        )
