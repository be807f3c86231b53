"""Standing guard over a record that grows and the list of what was opened: our copies, and what the server has new."""

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
from election.commands.watching_opened import OpenedCopy
from election.errors import ElectionError, RecordError
from election.record.archive import read_entries, read_header
from election.record.chain import Entry
from election.verify import FirstFault, Memory, Verification, VerifiedRecord, Workers
from election.verify.steps import Step, guarded

_PIECE: Final = 2**20
# The rest of a file that a server gives may follow on ours while the whole does not: now and then ask for the whole.
_WHOLE_EVERY: Final = 10


class ComplaintError(Exception):
    """What the server has does not continue our ``copy``, or what is new in it is bad; ``evidence`` is what it sent."""

    def __init__(self, cause: ElectionError, copy: Path, evidence: Path) -> None:
        super().__init__(cause, copy, evidence)
        self.cause = cause
        self.copy = copy
        self.evidence = evidence


@dataclass(frozen=True, slots=True)
class _State:
    """What is known of our copies, so that a later run need not prove again what is in them."""

    url: str
    size: int
    sha256: str
    events: int
    opened: int = 0
    opened_sha256: str = ""


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
        self._opened = OpenedCopy(url, self.copy, limits)
        if self.copy.exists():
            self._take(self.copy)
            if self._opened.content is not None:
                is_known = known is not None and known.opened_sha256 == self._opened.digest
                proven = known.opened if known is not None and is_known else 0
                self._verification.take_opened(self._opened.content, proven=proven)

    @property
    def record(self) -> VerifiedRecord | None:
        """What our copy proves."""
        return self._verification.record

    def look(self) -> Counter[str]:
        """Fetch what is new and verify it; the kinds of what came.

        Raises:
            DownloadError: Nothing came that could be judged.
            ComplaintError: What came is no continuation of our copy, or bad.
        """
        came = self._look_at_record()
        return came + self._look_at_opened()

    def _look_at_record(self) -> Counter[str]:
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

    def _look_at_opened(self) -> Counter[str]:
        record, ours = self.record, self._opened
        new = None if record is None else ours.fetch()
        if record is None or new is None or (new == ours.content and record.opened is not None):
            return Counter()
        before = record.opened or 0
        try:
            ours.check_continues(new)
            self._verification.take_opened(new, proven=before)
        except ElectionError as fault:
            with _temporary(ours.path.parent) as path:
                path.write_bytes(new)
                raise ComplaintError(fault, ours.path, _kept(path, ours.path)) from fault
        with _temporary(ours.path.parent) as path:
            path.write_bytes(new)
            path.replace(ours.path)
        ours.content = new
        self._remember()
        return Counter(OpenedBallot=(record.opened or 0) - before)

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

    def _judge(self, path: Path, *, is_rest: bool) -> Counter[str]:
        try:
            if self._size and not is_rest:
                self._check_continues(path)
            came = self._take(path)
        except ElectionError as fault:
            cause = (self._what_changed_before() if is_rest else None) or fault
            raise ComplaintError(cause, self.copy, _kept(path, self.copy)) from fault
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

    def _take(self, path: Path) -> Counter[str]:
        """Verify what lies behind the part that was verified before."""
        before = self._events()
        kinds: Counter[str] = Counter()
        with path.open("rb") as file:
            for entry in guarded(FirstFault(), Step.ARCHIVE, self._new_entries(file)):
                step = self._verification.take_entry(entry)
                if step is not None:
                    kinds[step.event.type.value] += 1
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
        opened = 0 if self.record is None else self.record.opened or 0
        state = _State(self._url, self._size, _digest(self.copy), self._events(), opened, self._opened.digest)
        with _temporary(self.copy.parent) as path:
            path.write_text(json.dumps(asdict(state), indent=1) + "\n", encoding="utf-8")
            path.replace(self._state_file)


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


def _kept(path: Path, copy: Path) -> Path:
    # Somebody may look every minute, and a server send the same for days.
    number, digest = 1, _digest(path)
    while (evidence := path.parent / copy.name.replace("record", f"evidence-{number}")).exists():
        if _digest(evidence) == digest:
            return evidence
        number += 1
    return path.replace(evidence)


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
