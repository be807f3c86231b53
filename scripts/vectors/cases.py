"""Cases of a test vector: what is read, and what is expected of it; the same bytes at every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from election.crypto.groups import BELENIOS_2048, Group

SEED = "raadsvalg test vectors 1"
VALID = "valid"
Case = dict[str, Any]


class SeededRng:
    """Numbers that look like chance and are the same at every run: SHA-256 of the seed and a counter."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._counter = 0

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        """See ``election.ids.Rng``; 128 bits more than the bound leave no bias that could be seen."""
        content = b""
        while 8 * len(content) < exclusive_upper_bound.bit_length() + 128:
            content += hashlib.sha256(f"{self._seed}|{self._counter}".encode()).digest()
            self._counter += 1
        return int.from_bytes(content) % exclusive_upper_bound


def case(name: str, expected: str, given: Any, output: Any = None) -> Case:
    made = {"name": name, "expected": expected, "input": given}
    return made if output is None else made | {"output": output}


def altered(given: Any, change: Callable[[Any], object]) -> Any:
    copy = deepcopy(given)
    change(copy)
    return copy


def text_altered(document: str, change: Callable[[Any], object]) -> str:
    return compact(altered(json.loads(document), change))


def compact(message: Any) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def plus_one(number: str, group: Group = BELENIOS_2048) -> str:
    return str((int(number) + 1) % int(group.q))


def faults_of_proof(given: Any, at: Callable[[Any], Any], code: str, group: Group = BELENIOS_2048) -> Iterable[Case]:
    """Another response, another challenge, a scalar that is not the only form of itself."""

    def more(field: str) -> Case:
        changed = altered(given, lambda m: at(m).update({field: plus_one(at(m)[field], group)}))
        return case(f"another {field}", code, changed)

    yield more("challenge")
    yield more("response")
    longer = str(int(at(given)["response"]) + int(group.q))
    yield case("the response plus q", "number-out-of-range", altered(given, lambda m: at(m).update(response=longer)))
