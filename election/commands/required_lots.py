"""A lot that is needed: between whom and why, how it follows from a seed, and how it is recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from composition_rules.lots import canonical_seed, open_lot
from election.counting.lots import Boundary, LotsRequired, seeded_lot
from election.counting.show import Say, readable

_NO_PLACE: Final = (Boundary.EXCLUSION, Boundary.SURPLUS)


def lot_lines(required: LotsRequired, names: Mapping[str, str], seed: str | None, speak: Say) -> Iterator[str]:
    """Everything that whoever draws the lot must know.

    Raises:
        LotError: The seed cannot be used.
        ResultError: The same (code lot-seed-unusable).
    """
    people = ", ".join(names.get(each, each) for each in required.tied)
    # Of an order, or of who is left out, it would be wrong to say that so many get the place.
    some_get_it = required.boundary not in _NO_PLACE and required.to_choose < len(required.tied)
    yield speak("show-lot-required" if some_get_it else "show-lot-required-order", {
        "place": required.place, "people": people, "votes": readable(required.votes), "number": required.to_choose,
    })  # fmt: skip
    yield speak(required.why, {})
    yield speak("show-lot-recipe", {})
    lot = open_lot(seed or "SEED", required.place, required.tied)
    yield from (f"  {lot.text(1, each)}" + (f"  {lot.number(1, each)}" if seed else "") for each in required.tied)
    yield speak("show-lot-record", {})
    drawn: Sequence[str] = required.tied
    if seed:
        unwritten = datetime(1, 1, 1, tzinfo=UTC)
        drawn = seeded_lot(required, seed=seed, drawn_by="", witnesses=(), drawn_at=unwritten).order
    yield from _record(required, drawn, seed)


def _record(required: LotsRequired, order: Sequence[str], seed: str | None) -> Iterator[str]:
    """The lot as it is written into a file of lots."""
    yield "  language = 1"
    yield "  [[lot]]"
    yield f'  place = "{required.boundary}"'
    if required.at:
        yield f"  at = {_quoted(required.at)}"
    yield f"  order = [{', '.join(map(_quoted, order))}]"
    yield f'  method = "{"seed" if seed else "…"}"'
    if seed:
        yield f"  seed = {_quoted(canonical_seed(seed))}"
    yield '  drawn_by = "…"'
    yield '  witnesses = ["…"]'
    yield "  drawn_at = …"


def _quoted(text: str) -> str:
    """A text as TOML and JSON both write it."""
    return json.dumps(text, ensure_ascii=False)
