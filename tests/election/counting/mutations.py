"""Files with something wrong in them: random changes of bytes, words and lines, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

_ODD = (
    b"", b"0", b"-1", b"1", b"7", b"007", b"1_0", b"+3", b"1.5", b"2=3", b'"', b'"x"', b",", b";", b"\t", b"\xff",
    b"\xc3\xa6", b"\xd9\xa3", b"\x00", b"\r", b"#", b"=", b"[", b" ", b"99999999999", b"1e3", b"\xef\xbb\xbf",
)  # fmt: skip


def mutated(raw: bytes, number: int, seed: int) -> Iterator[bytes]:
    """So many changed files, each with one to three changes."""
    chance = random.Random(seed)
    for _ in range(number):
        changed = raw
        for _ in range(chance.randint(1, 3)):
            changed = chance.choice((_byte, _word, _line))(changed, chance)
        yield changed


def _byte(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    piece = chance.choice((bytes([chance.randrange(256)]), chance.choice(_ODD)))
    return raw[:at] + piece + raw[at + chance.randint(0, 1) :]


def _word(raw: bytes, chance: random.Random) -> bytes:
    words = raw.split(b" ")
    at = chance.randrange(len(words))
    words[at : at + 1] = chance.choice(([], [chance.choice(_ODD)], [words[at]] * 2))
    return b" ".join(words)


def _line(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            lines = lines[:at]
    return b"\n".join(lines)
