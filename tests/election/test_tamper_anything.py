"""Any byte or value of any document changed, with the chain made anew: refused, and never with another exception."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from election.phases import EventType
from election.record.canonical import canonical_bytes
from tests.election.forging import (
    RESULT,
    SETUP,
    Step,
    chained,
    fault,
    replaced,
    setup_step,
)

Steps = list[Step]


@settings(max_examples=80)
@given(st.integers(SETUP, RESULT), st.integers(0, 3), st.integers(0, 2**20), st.integers(1, 127))
def test_no_byte_of_any_document_can_be_changed_even_when_the_chain_is_made_anew(
    steps: Steps, place: int, number: int, at: int, difference: int
) -> None:
    kind, documents = steps[place]
    assume(documents)
    number %= len(documents)
    forged = bytearray(documents[number])
    forged[at % len(forged)] ^= difference
    changed_documents = [*documents[:number], bytes(forged), *documents[number + 1 :]]
    if kind is EventType.SETUP and number < 3:
        changed_documents = list(setup_step(*changed_documents[:3])[1])
    if kind is EventType.PARTIAL_DECRYPTION and number == 0:
        owned = json.loads(documents[1]) | {"payload": chained([(kind, (bytes(forged),))])[0].sha256}
        changed_documents[1] = canonical_bytes(owned)
    fault(chained(replaced(steps, place, *changed_documents)))


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**70)
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["1", "5"]),
    partial(st.lists, max_size=3),
    max_leaves=5,
)


def paths(message: Any) -> list[tuple[Any, Any]]:
    """Every place of a message at which another value could stand."""
    if not isinstance(message, dict | list):
        return []
    keys = list(message) if isinstance(message, dict) else list(range(len(message)))
    return [(message, key) for key in keys] + [path for key in keys for path in paths(message[key])]


@settings(max_examples=80)
@given(st.integers(SETUP, RESULT), st.integers(0, 3), st.integers(0, 2**20), values)
def test_no_value_in_any_place_of_any_document_raises_anything_but_a_verification_error(
    steps: Steps, place: int, number: int, at: int, value: object
) -> None:
    kind, documents = steps[place]
    assume(documents)
    number %= len(documents)
    message = json.loads(documents[number])
    container, key = paths(message)[at % len(paths(message))]
    assume(container[key] != value or type(container[key]) is not type(value))
    container[key] = value
    forged = json.dumps(message, ensure_ascii=True, separators=(",", ":")).encode()
    changed_documents = [*documents[:number], forged, *documents[number + 1 :]]
    if kind is EventType.SETUP and number < 3:
        changed_documents = list(setup_step(*changed_documents[:3])[1])
    fault(chained(replaced(steps, place, *changed_documents)))
