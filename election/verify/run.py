"""A verification from the first entry to the last: each event goes to the step that judges it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO, Final

from election.challenge import OpenedList, parse_opened
from election.errors import ChallengeError, ElectionError, RecordError, VerificationError
from election.ids import SYSTEM_RNG, Rng
from election.phases import EventType
from election.record.archive import read_archive
from election.record.chain import Entry
from election.record.replay import Chain, RecordStep
from election.verify.ballots import BallotBox
from election.verify.memory import InMemory, Memory
from election.verify.record import VerifiedRecord
from election.verify.report import Report, reported
from election.verify.result import take_result
from election.verify.setup import verify_setup
from election.verify.shares import take_share
from election.verify.shuffles import take_shuffle
from election.verify.steps import EveryFault, Faults, FirstFault, Step, attempt, guarded, named
from election.verify.tally import take_tally
from election.verify.workers import ALONE, Workers

_STEP_OF: Final = {
    EventType.ENCRYPTED_TALLY: Step.TALLY,
    EventType.SHUFFLE: Step.SHUFFLES,
    EventType.PARTIAL_DECRYPTION: Step.DECRYPTIONS,
    EventType.RESULT: Step.RESULT,
}
_RESTS_ON: Final = {
    EventType.ENCRYPTED_TALLY: (Step.CREDENTIALS,),
    EventType.SHUFFLE: (Step.TRUSTEES, Step.TALLY),
    EventType.PARTIAL_DECRYPTION: (Step.TRUSTEES, Step.TALLY, Step.SHUFFLES),
    EventType.RESULT: (Step.TRUSTEES, Step.TALLY, Step.SHUFFLES),
}


def verify_archive(
    file: BinaryIO,
    *,
    rng: Rng = SYSTEM_RNG,
    workers: Workers = ALONE,
    memory: Memory | None = None,
    opened: bytes | None = None,
) -> VerifiedRecord:
    """Verify a ``.bel`` file; ``opened`` is the list of what was opened (``election.challenge``).

    Raises:
        VerificationError: The first fault and the step that found it.
    """
    return verify_record(read_archive(file), rng=rng, workers=workers, memory=memory, opened=opened)


def verify_record(
    entries: Iterable[Entry],
    *,
    rng: Rng = SYSTEM_RNG,
    workers: Workers = ALONE,
    memory: Memory | None = None,
    opened: bytes | None = None,
) -> VerifiedRecord:
    """Verify the entries of a record; see ``verify_archive``.

    Raises:
        VerificationError: The first fault and the step that found it.
    """
    record = Verification(FirstFault(), workers, memory or InMemory(), rng, opened=opened).run(entries)
    if record is None:  # then a fault was raised; said again for the reader of types
        raise VerificationError(Step.CHAIN, RecordError("record-dangling", number=0))
    return record


def audit_archive(
    file: BinaryIO,
    *,
    rng: Rng = SYSTEM_RNG,
    workers: Workers = ALONE,
    memory: Memory | None = None,
    opened: bytes | None = None,
) -> Report:
    """Every fault of a ``.bel`` file that can be found; see ``audit_record``."""
    return _audit(lambda take_fault: read_archive(file, take_fault), rng, workers, memory or InMemory(), opened)


def audit_record(
    entries: Iterable[Entry],
    *,
    rng: Rng = SYSTEM_RNG,
    workers: Workers = ALONE,
    memory: Memory | None = None,
    opened: bytes | None = None,
) -> Report:
    """Run every step that can still be run, and report what each found: the record holds only if none found a fault."""
    return _audit(lambda _: iter(entries), rng, workers, memory or InMemory(), opened)


_Source = Callable[[Callable[[RecordError], None]], Iterator[Entry]]


def _audit(source: _Source, rng: Rng, workers: Workers, memory: Memory, opened: bytes | None) -> Report:
    faults = EveryFault()
    verification = Verification(faults, workers, memory, rng, opened=opened)
    record = verification.run(source(partial(verification.take_record_fault, Step.ARCHIVE)))
    return reported(record, faults.found)


class Verification:
    """Takes the entries of a record one after the other, also of one that grows; ``settle`` judges what still waits.

    ``proven`` is the number of events at the start whose ballots the caller has had judged before, and kept;
    ``opened`` the list of what was opened, which no record holds.
    """

    def __init__(
        self,
        faults: Faults,
        workers: Workers,
        memory: Memory,
        rng: Rng = SYSTEM_RNG,
        *,
        proven: int = 0,
        opened: bytes | None = None,
    ) -> None:
        self.record: VerifiedRecord | None = None
        self._faults = faults
        self._workers = workers
        self._memory = memory
        self._rng = rng
        self._proven = proven
        self._opened = opened
        self._chain = Chain(memory.first)
        self._box: BallotBox | None = None

    def run(self, entries: Iterable[Entry]) -> VerifiedRecord | None:
        """Take a whole record; nothing is given where the first event was faulty and that was kept."""
        for entry in guarded(self, Step.ARCHIVE, iter(entries)):
            self.take_entry(entry)
        self.settle()
        return self.record

    def take_entry(self, entry: Entry) -> RecordStep | None:
        """One more entry; the event that it completes."""
        try:
            step = self._chain.take(entry)
        except RecordError as fault:
            self.take_record_fault(Step.CHAIN, fault)
            return None
        if step is not None:
            self._take_event(step)
        return step

    def _take_event(self, step: RecordStep) -> None:
        if step.event.type is EventType.SETUP:
            self._set_up(step)
        elif self.record is not None:
            self._take_step(step, self.record)
            self.record.head = step.head

    def settle(self) -> None:
        """Judge what still waits: all entries so far make up whole events."""
        self._finish_ballots()
        try:
            self._chain.finish()
        except RecordError as fault:
            self.take_record_fault(Step.CHAIN, fault)

    def take(self, fault: VerificationError) -> None:
        """A fault of the archive or the chain: those of the ballots before it, which may still wait, come first."""
        self._finish_ballots()
        self._faults.take(fault)

    def stand_before(self, *steps: Step) -> bool:
        """See ``Faults``."""
        return self._faults.stand_before(*steps)

    def take_record_fault(self, step: Step, fault: RecordError) -> None:
        """The same, before it has the name of its step."""
        self.take(named(step, fault))

    def _set_up(self, step: RecordStep) -> None:
        self.record = verify_setup(step, self._faults, self._rng)
        if self.record is not None:
            self._box = BallotBox(self.record, self._faults, self._workers, self._memory, self._rng)
            if self._opened is not None:
                self.take_opened(self._opened)

    def take_opened(self, raw: bytes, *, proven: int = 0) -> None:
        """The list of what was opened; again whenever it grew, then with the number of entries ``proven`` before.

        The first event was taken, and was good: it says to which election the list belongs.
        """
        record, box = self.record, self._box
        if record is None or box is None:
            raise ValueError("there is no election yet")
        self._finish_ballots()
        record.opened = None
        opened = attempt(self._faults, Step.BALLOTS, lambda: _opened_list(raw, record, proven))
        if opened is not None:
            attempt(self._faults, Step.BALLOTS, partial(box.take_opened, opened))
            record.opened = len(opened.trackers)

    def _take_step(self, step: RecordStep, record: VerifiedRecord) -> None:
        kind, height = step.event.type, step.event.height
        if kind is EventType.BALLOT and self._box is not None:
            (self._box.take_proven if height < self._proven else self._box.take)(step)
            return
        self._finish_ballots()
        if kind in _STEP_OF and not self._faults.stand_before(*_RESTS_ON[kind]):
            action = partial(self._judge_of(kind), record, tuple(entry.content for entry in step.documents))
            attempt(self._faults, _STEP_OF[kind], action, height)

    def _finish_ballots(self) -> None:
        if self._box is not None:
            self._box.finish()

    def _judge_of(self, kind: EventType) -> Callable[[VerifiedRecord, tuple[bytes, ...]], None]:
        if kind is EventType.ENCRYPTED_TALLY:
            return lambda record, documents: take_tally(record, self._memory, documents)
        if kind is EventType.SHUFFLE:
            return lambda record, documents: take_shuffle(record, self._rng, documents)
        return take_share if kind is EventType.PARTIAL_DECRYPTION else take_result


def _opened_list(raw: bytes, record: VerifiedRecord, proven: int) -> OpenedList:
    try:
        return parse_opened(raw, record.definition, proven=proven)
    except ElectionError as fault:
        raise ChallengeError("challenge-list", reason=str(fault)) from fault
