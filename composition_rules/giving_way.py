"""The smallest number of rules and decisions that must give way, proved: the rest can be met, and with fewer it cannot.

Every proof that something is impossible names the parts it rests on, and one of these must give way. The search (after
Reiter, "A theory of diagnosis from first principles", 1987) gives way at each of them in turn, with one part more
allowed each time that nothing was found. Proofs that share no part need a part each, which ends most turns early.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from composition_rules.conflict import Part, leaving_out
from composition_rules.feasible import Model
from composition_rules.places import PlaceRule

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
    """What proofs rest on, one after the other, as far as none shares a part with another.

    Only rules are left out on the way: without a decision a place can be closed, and what is then impossible may be
    possible with it.
    """
    without = list(given)
    while (blamed := model.blamed(leaving_out(without))) is not None:
        yield blamed
        rules = [part for part in blamed if isinstance(part, PlaceRule)]
        if len(rules) < len(blamed):
            return
        without += rules
