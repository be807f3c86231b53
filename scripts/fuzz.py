"""Fuzzing of whatever reads what others wrote: the archive reader and the parser of each message.

    python -m scripts.fuzz [--inputs 1000] [--seed 0] [TARGET ...]

Good documents (``scripts/fuzz_targets.py``) are cut, repeated, joined and changed, as bytes and, where they are JSON,
as messages. A reader may take or refuse what it gets, by an error of its package; any other exception is a finding.
(That nothing changed is taken for good is shown by the ``test_tamper_*`` files.) The same seed gives the same inputs.
Ends with 1 on the first finding and writes the input to ``fuzz-TARGET.bin``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from composition_rules.errors import CompositionError
from election.errors import ElectionError
from scripts.fuzz_targets import Reader, targets

_TOKENS = (
    b'"', b"{", b"}", b"[", b"]", b",", b":", b"0", b"1", b"-", b"\\u0000", b"\\ud800", b"\xff", b"\0", b"null",
    b"true", b"1e9", b"NaN", b'"0"', b'"1"', b'"alpha":"5",', b"[" * 99, b" ", b"\n", b"9" * 700, b"\xd9\xa3", b"\x7f",
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 9, 2**53, "", "0", "1", "-1", "x", " 5", "\0", "\ud800", "\x7f", "ø", "9" * 700,
    [], {}, [[]], [None], {"": ""},
)  # fmt: skip


def mutations(good: Sequence[bytes], chance: random.Random, number: int) -> Iterator[bytes]:
    """So many documents, each a good one after one to four changes."""
    for _ in range(number):
        document = chance.choice(good)
        if chance.randrange(3) == 0:
            document = _changed_message(document, chance)
        raw = bytearray(document)
        for _ in range(chance.randint(0 if document not in good else 1, 4)):
            _change(raw, chance, good)
        yield bytes(raw)


def _change(raw: bytearray, chance: random.Random, good: Sequence[bytes]) -> None:
    at = chance.randint(0, len(raw))
    to = min(len(raw), at + chance.choice((1, 2, 8, 64, 512, 4096)))
    match chance.randrange(6):
        case 0:
            raw[at:to] = bytes(chance.randrange(256) for _ in range(min(to - at, 8)))
        case 1:
            del raw[at:to]
        case 2:
            raw[at:at] = raw[at:to]
        case 3:
            raw[at:at] = chance.choice(_TOKENS)
        case 4:
            other = chance.choice(good)
            start = chance.randrange(len(other))
            raw[at:to] = other[start : start + to - at]
        case _:
            if at < len(raw):
                raw[at] ^= 1 << chance.randrange(8)


def _changed_message(raw: bytes, chance: random.Random) -> bytes:
    """A message with a value in one place changed, left out, repeated or taken from another place."""
    try:
        message = json.loads(raw)
    except ValueError:  # a roll, an archive, a sheet
        return raw
    places = list(_places(message))
    if not places:
        return raw
    (container, key), (other, other_key) = chance.choice(places), chance.choice(places)
    match chance.randrange(4):
        case 0:
            container[key] = chance.choice(_VALUES)
        case 1:
            del container[key]
        case 2 if isinstance(container, list):
            container.insert(key, container[key])
        case _:
            # Through text: a message put inside itself would have no end.
            container[key] = json.loads(json.dumps(other[other_key]))
    # With escapes, because half a character has no other form; they say the same.
    return json.dumps(message, separators=(",", ":")).encode()


def _places(message: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(message) if isinstance(message, dict) else range(len(message)) if isinstance(message, list) else []
    for key in keys:
        yield message, key
        yield from _places(message[key])


def finding(reader: Reader, raw: bytes) -> BaseException | None:
    """What a reader raised though it may not."""
    try:
        reader(raw)
    except (ElectionError, CompositionError):
        return None
    except BaseException as fault:  # whatever else comes out is what is looked for
        return fault
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="*")
    parser.add_argument("--inputs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for name, target in targets().items():
        if options.target and name not in options.target:
            continue
        chance = random.Random(f"{options.seed} {name}")  # noqa: S311 - the same inputs again
        number = max(1, options.inputs // target.dear)
        for raw in mutations(target.good, chance, number):
            if (found := finding(target.read, raw)) is not None:
                Path(f"fuzz-{name}.bin").write_bytes(raw)
                print(f"{name}: {found!r}")
                return 1
        print(f"{name}: {number} inputs, no finding")
    return 0


if __name__ == "__main__":
    sys.exit(main())
