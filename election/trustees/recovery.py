"""A trustee's key as lines for paper: typed or scanned back in any order, each line with its own check.

A line reads ``RV1 ABCD 1/3 XXXXX XXXXX … CCCCC``: the format, the name of the sheet, which part of how many, up to 20
bytes in Base32, and 25 bits of SHA-256 over all before. The letters are those of RFC 4648 (A to Z and 2 to 7), so
that what is often mistyped (0, 1, 8) can only mean O, I and B. The sheet's name is 20 bits of the hash of the whole,
which is asked again when the parts are put together.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from election.crypto.groups import BELENIOS_2048, group_named
from election.errors import ElectionError, TrusteeError
from election.trustees.channels import ChannelKeys
from election.trustees.secrets import TrusteeSecret, parse_plain

_FORMAT = "RV1"
_PART_BYTES = 20
_WORD = 5
_LINE = re.compile(r"RV1 ([A-Z2-7]{4}) ([1-9][0-9]?)/([1-9][0-9]?) ([A-Z2-7 ]+) ([A-Z2-7]{5})")
_MISTYPED = str.maketrans("018", "OIB")


@dataclass(frozen=True, slots=True)
class _Part:
    sheet: str
    number: int
    of: int
    content: str


def recovery_lines(secret: TrusteeSecret) -> tuple[str, ...]:
    """The parts of a key, each a line that fits a small QR code."""
    content = _content(secret)
    pieces = [content[start : start + _PART_BYTES] for start in range(0, len(content), _PART_BYTES)]
    sheet = _base32(hashlib.sha256(content).digest())[:4]
    lines = []
    for number, piece in enumerate(pieces, start=1):
        letters = _base32(piece)
        words = " ".join(letters[start : start + _WORD] for start in range(0, len(letters), _WORD))
        line = f"{_FORMAT} {sheet} {number}/{len(pieces)} {words}"
        lines.append(f"{line} {_check(line)}")
    return tuple(lines)


def sheet_name(secret: TrusteeSecret) -> str:
    """The four letters in each line of the key's sheet."""
    return recovery_lines(secret)[0].split()[1]


def recover(lines: Sequence[str]) -> TrusteeSecret:
    """The key, from its parts in any order; empty lines do not matter, nor a part that comes twice.

    Raises:
        TrusteeError: A line is mistyped or of another sheet, or a part is missing; names the line or the part.
    """
    parts: dict[int, _Part] = {}
    for place, line in enumerate(lines, start=1):
        if line.strip():
            part = _parse_line(line, place)
            first = next(iter(parts.values()), part)
            if (part.sheet, part.of) != (first.sheet, first.of):
                raise TrusteeError("recovery-other-sheet", line=place, sheet=part.sheet, first=first.sheet)
            if parts.setdefault(part.number, part) != part:
                raise TrusteeError("recovery-part-differs", line=place, part=part.number)
    if not parts:
        raise TrusteeError("recovery-empty")
    of = next(iter(parts.values())).of
    missing = [number for number in range(1, of + 1) if number not in parts]
    if missing:
        raise TrusteeError("recovery-missing", parts=", ".join(map(str, missing)), of=of)
    return _joined([parts[number] for number in sorted(parts)])


def _parse_line(line: str, place: int) -> _Part:
    tidy = " ".join(line.upper().split())
    head, space, rest = tidy.partition("/")
    number_of, more, letters = rest.partition(" ")
    # Only letters can be mistyped so: the numbers of the part are digits.
    found = _LINE.fullmatch(f"{head}{space}{number_of}{more}{letters.translate(_MISTYPED)}")
    if found is None:
        raise TrusteeError("recovery-unreadable", line=place)
    sheet, number, of, words, check = found.groups()
    content = words.replace(" ", "")
    spaced = " ".join(content[start : start + _WORD] for start in range(0, len(content), _WORD))
    if _check(f"{_FORMAT} {sheet} {number}/{of} {spaced}") != check or int(number) > int(of):
        raise TrusteeError("recovery-mistyped", line=place, part=int(number), of=int(of))
    return _Part(sheet, int(number), int(of), content)


def _joined(parts: Sequence[_Part]) -> TrusteeSecret:
    try:
        content = b"".join(base64.b32decode(part.content + "=" * (-len(part.content) % 8)) for part in parts)
        if _base32(hashlib.sha256(content).digest())[:4] != parts[0].sheet:
            raise TrusteeError("recovery-whole")
        return _secret(content)
    except (ValueError, ElectionError):
        # The reason could quote the key.
        raise TrusteeError("recovery-whole") from None


def _content(secret: TrusteeSecret) -> bytes:
    """One letter for the kind, the group unless it is the usual one, and the seed or the number."""
    member = isinstance(secret, ChannelKeys)
    usual = secret.group == BELENIOS_2048
    kind = (b"M" if member else b"S") if usual else (b"m" if member else b"s")
    name = b"" if usual else secret.group.name.encode() + b"|"
    if isinstance(secret, ChannelKeys):
        return kind + name + secret.seed.encode()
    return kind + name + int(secret.secret).to_bytes((secret.group.q.bit_length() + 7) // 8)


def _secret(content: bytes) -> TrusteeSecret:
    kind, rest = content[:1], content[1:]
    if kind not in (b"S", b"M", b"s", b"m"):
        raise TrusteeError("recovery-whole")
    group = BELENIOS_2048
    if kind.islower():
        name, _, rest = rest.partition(b"|")
        group = group_named(name.decode())
    return parse_plain(rest if kind in (b"M", b"m") else b'"%d"' % int.from_bytes(rest), group)


def _base32(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=")


def _check(line: str) -> str:
    return _base32(hashlib.sha256(line.encode()).digest())[:_WORD]
