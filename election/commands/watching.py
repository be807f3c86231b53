"""Standing guard over a record that grows: our own copy, what is new of the server's, and whether the two agree."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO, Final

from election.commands.diff import CopyError, compare
from election.commands.download import Came, DownloadError, Fetched, Limits, fetch
from election.errors import ElectionError, RecordError
from election.phases import EventType
from election.record.archive import read_entries, read_header
from election.record.chain import Entry
from election.verify import FirstFault, Memory, Verification, VerifiedRecord, Workers
from election.verify.steps import Step, guarded

_PIECE: Final = 2**20
# The rest of a file that a server gives may follow on ours while the whole does not: now and then ask for the whole.
_WHOLE_EVERY: Final = 10


class ComplaintError(Exception):
    """The server's record does not continue our copy, or what is new in it is bad. ``evidence`` is what it sent."""

    def __init__(self, cause: ElectionError, evidence: Path) -> None:
        super().__init__(cause, evidence)
        self.cause = cause
        self.evidence = evidence


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of our copy, so that a later run need not prove its ballots again."""

    url: str
    size: int
    sha256: str
    events: int


class Watch:
    """One record, watched."""

    def __init__(self, url: str, folder: Path, limits: Limits, workers: Workers, memory: Memory) -> None:
        self.copy = folder / "record.bel"
        self._state_file = folder / "watched.json"
        self._url = url
        self._limits = limits
        self._etag: str | None = None
        self._rounds = 0
        folder.mkdir(parents=True, exist_ok=True)
        known = self._known()
        self._verification = Verification(FirstFault(), workers, memory, proven=known.events if known else 0)
        self._size = 0
        if self.copy.exists():
            self._take(self.copy)

    @property
    def record(self) -> VerifiedRecord | None:
        """What our copy proves."""
        return self._verification.record

    def look(self) -> Counter[EventType]:
        """Fetch what is new and verify it; the kinds of event that came.

        Raises:
            DownloadError: Nothing came that could be judged.
            ComplaintError: What came is no continuation of our copy, or bad.
        """
        with _temporary(self.copy.parent) as path:
            whole = self._rounds % _WHOLE_EVERY == 0
            self._rounds += 1
            fetched = self._fetch(path, whole=whole)
            if fetched.came is Came.NO_REST:
                fetched = self._fetch(path, whole=True)
            self._etag = fetched.etag
            if fetched.came is Came.NOTHING_NEW:
                return Counter()
            if fetched.came is Came.REST:
                self._complete(path)
            return self._judge(path, is_rest=fetched.came is Came.REST)

    def _fetch(self, path: Path, *, whole: bool) -> Fetched:
        with path.open("wb") as file:
            if whole or not self._size:
                return fetch(self._url, file, self._limits)
            return fetch(self._url, file, self._limits, have=self._size, etag=self._etag)

    def _complete(self, path: Path) -> None:
        """Our copy and the rest that came, in one file."""
        with _temporary(path.parent) as joined:
            with joined.open("wb") as file:
                for part in (self.copy, path):
                    with part.open("rb") as source:
                        shutil.copyfileobj(source, file, _PIECE)
            joined.replace(path)

    def _judge(self, path: Path, *, is_rest: bool) -> Counter[EventType]:
        try:
            if self._size and not is_rest:
                self._check_continues(path)
            came = self._take(path)
        except ElectionError as fault:
            cause = (self._what_changed_before() if is_rest else None) or fault
            raise ComplaintError(cause, self._kept(path)) from fault
        if came:
            path.replace(self.copy)
            self._remember()
        return came

    def _what_changed_before(self) -> ElectionError | None:
        # A rest that does not follow on our copy says that something changed before it; the whole file says what.
        with _temporary(self.copy.parent) as path:
            try:
                self._fetch(path, whole=True)
                self._check_continues(path)
            except ElectionError as fault:
                return fault
            except DownloadError:
                return None
        return None

    def _check_continues(self, path: Path) -> None:
        if _begins_with(path, self.copy):
            return
        try:
            compare(self.copy, path)
        except CopyError as broken:
            raise broken.cause from broken
        raise RecordError("growth-header")  # the same events, in a file that differs elsewhere

    def _take(self, path: Path) -> Counter[EventType]:
        """Verify what lies behind the part that was verified before."""
        before = self._events()
        kinds: Counter[EventType] = Counter()
        with path.open("rb") as file:
            for entry in guarded(FirstFault(), Step.ARCHIVE, self._new_entries(file)):
                step = self._verification.take_entry(entry)
                if step is not None:
                    kinds[step.event.type] += 1
            self._verification.settle()
            self._size = file.tell()
        return kinds if self._events() != before else Counter()

    def _new_entries(self, file: BinaryIO) -> Iterator[Entry]:
        timestamp = read_header(file)
        if self._size:
            file.seek(self._size)
        yield from read_entries(file, timestamp)

    def _events(self) -> int:
        return 0 if self.record is None else self.record.head.height + 1

    def _known(self) -> _State | None:
        """The state that was written down, if our copy is still the file of which it was written."""
        if not self.copy.exists() or not self._state_file.exists():
            return None
        try:
            state = _State(**json.loads(self._state_file.read_bytes()))
        except (ValueError, TypeError):
            return None
        return state if (state.url, state.sha256) == (self._url, _digest(self.copy)) else None

    def _remember(self) -> None:
        state = _State(self._url, self._size, _digest(self.copy), self._events())
        with _temporary(self.copy.parent) as path:
            path.write_text(json.dumps(asdict(state), indent=1) + "\n", encoding="utf-8")
            path.replace(self._state_file)

    def _kept(self, path: Path) -> Path:
        # Somebody may look every minute, and a server send the same for days.
        number, digest = 1, _digest(path)
        while (evidence := path.parent / f"evidence-{number}.bel").exists():
            if _digest(evidence) == digest:
                return evidence
            number += 1
        return path.replace(evidence)


@contextmanager
def _temporary(folder: Path) -> Iterator[Path]:
    """A file in the same folder, so that it can take another's place in one step; gone unless it did."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".watch-")
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _begins_with(longer: Path, shorter: Path) -> bool:
    if longer.stat().st_size < shorter.stat().st_size:
        return False
    with longer.open("rb") as one, shorter.open("rb") as other:
        while piece := other.read(_PIECE):
            if one.read(len(piece)) != piece:
                return False
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
