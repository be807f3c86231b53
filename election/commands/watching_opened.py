"""Our own copy of the list of what was opened to test a machine (``docs/challenge.md``)."""

from __future__ import annotations

import io
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from election.commands.download import DownloadError, Limits, beside, fetch
from election.errors import ChallengeError

# Whole in the memory, unlike a record.
_MOST_BYTES: Final = 2**28
_EMPTY: Final = b"[]"


class OpenedCopy:
    """The list beside one record, as far as it was good; ``election verify`` finds it beside our copy of the record."""

    def __init__(self, record_url: str, record: Path, limits: Limits) -> None:
        self.path = record.with_suffix(".opened.json")
        self.content = self.path.read_bytes() if self.path.exists() else None
        self._url = beside(record_url, "opened.json")
        self._limits = replace(limits, most_bytes=_MOST_BYTES)

    @property
    def digest(self) -> str:
        """SHA-256 of our copy, in hexadecimal; empty where there is none."""
        return "" if self.content is None else sha256(self.content).hexdigest()

    def fetch(self) -> bytes | None:
        """What the server has; nothing where there never was such a list.

        Raises:
            DownloadError: Nothing came that could be judged.
        """
        came = io.BytesIO()
        try:
            fetch(self._url, came, self._limits)
        except DownloadError as fault:
            if not fault.says_missing:
                raise
            # A list that is taken away has lost what was on it.
            return None if self.content is None else b""
        # Some servers answer with a page whatever they are asked for.
        return None if self.content is None and not came.getvalue().startswith(_EMPTY[:1]) else came.getvalue()

    def check_continues(self, new: bytes) -> None:
        """Check that a later list begins with what is on ours.

        Raises:
            ChallengeError: Something vanished, or was changed or moved.
        """
        if self.content is None or self.content == _EMPTY:
            return
        ours = self.content.removesuffix(_EMPTY[1:])
        if not new.startswith((ours + b",", ours + _EMPTY[1:])):
            raise ChallengeError("challenge-list-changed")
