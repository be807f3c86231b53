"""The hash that turns a statement into a challenge (specification 4.5 to 4.18).

Every challenge is SHA-256 over a tag, the statement and the commitments, read as a big-endian number modulo ``q``.
The tag and the whole statement go in, so that a proof for one purpose or one election is worth nothing in another.
"""

from __future__ import annotations

import hashlib

from gmpy2 import mpz

from election.crypto.groups import Group


def challenge(group: Group, tag: str, statement: str, commitments: str) -> mpz:
    """``SHA256(tag|statement|commitments) mod q``; numbers are already written in base 10."""
    digest = hashlib.sha256(f"{tag}|{statement}|{commitments}".encode()).digest()
    return mpz(int.from_bytes(digest)) % group.q


def joined(*numbers: mpz) -> str:
    """Numbers in base 10, separated by commas."""
    return ",".join(map(str, numbers))
