"""Step 6: ballots, judged in batches by whoever works, accepted in the order of the record (4.11 to 4.15)."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from election.challenge import OpenedList
from election.errors import BallotError, TallyError
from election.ids import Rng
from election.record.replay import RecordStep
from election.verify.judge import Judged, judge_ballots, read_ballots
from election.verify.memory import Memory
from election.verify.record import VerifiedRecord
from election.verify.steps import Faults, Step, attempt
from election.verify.workers import Workers

# Ballots that are sent, and asked for membership, together.
BATCH = 50
# As many of honest ones; one of those made to fill the memory goes alone.
_BATCH_BYTES = 4 * 2**20
# Whoever claims an element first is a tracker, or this.
_OPENED = "opened"
# No key of the chain, which remembers documents by their bare hash, begins like this.
_ELEMENT = b"element"


@dataclass(frozen=True, slots=True)
class _Batch:
    events: tuple[int, ...]
    judged: Future[list[Judged | BallotError]]


class BallotBox:
    """Takes ballots one by one, and accepts each in its turn."""

    def __init__(
        self,
        record: VerifiedRecord,
        faults: Faults,
        workers: Workers,
        memory: Memory,
        rng: Rng,
    ) -> None:
        self._record = record
        self._faults = faults
        self._workers = workers
        self._memory = memory
        self._rng = rng
        self._waiting: list[tuple[int, bytes]] = []
        self._waiting_bytes = 0
        self._sent: deque[_Batch] = deque()

    def take_opened(self, opened: OpenedList) -> None:
        """What was opened is in no ballot that was accepted, and will be in none.

        Raises:
            BallotError: It is in one.
        """
        for digest in opened.elements:
            earlier = self._memory.first(_ELEMENT + bytes.fromhex(digest), _OPENED)
            if earlier != _OPENED:
                raise BallotError("ballot-opened", tracker=earlier)

    def take_proven(self, step: RecordStep) -> None:
        """A ballot that was judged in an earlier run, whose copy the caller kept."""
        judged = read_ballots(self._record.definition.content, [step.documents[0].content])
        attempt(self._faults, Step.BALLOTS, partial(self._accept, judged[0]), step.event.height)

    def take(self, step: RecordStep) -> None:
        """One more ballot."""
        self._waiting.append((step.event.height, step.documents[0].content))
        self._waiting_bytes += len(step.documents[0].content)
        if len(self._waiting) >= BATCH or self._waiting_bytes >= _BATCH_BYTES:
            self._send()
        while len(self._sent) >= self._workers.ahead:
            self._receive()

    def finish(self) -> None:
        """Wait for every ballot that was taken."""
        self._send()
        while self._sent:
            self._receive()

    def _send(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        events, ballots = zip(*waiting, strict=True)
        judged = self._workers.executor.submit(judge_ballots, self._record.definition.content, ballots, self._rng)
        self._sent.append(_Batch(events, judged))

    def _receive(self) -> None:
        batch = self._sent.popleft()
        found = self._workers.wait_for(batch.judged)
        for event, judged in zip(batch.events, found, strict=True):
            attempt(self._faults, Step.BALLOTS, partial(self._accept, judged), event)

    def _accept(self, judged: Judged | BallotError) -> None:
        # Good by itself, and it fits those before it.
        if isinstance(judged, BallotError):
            raise judged
        record = self._record
        if judged.credential not in record.weights:
            raise BallotError("ballot-unknown-credential")
        if record.definition.has_ranked and record.weights[judged.credential] != 1:
            # 4.16 calls it an error; found now, and not only once the election can no longer be tallied.
            raise TallyError("tally-ranked-weight", weight=record.weights[judged.credential])
        self._check_fresh(judged)
        if judged.fault is not None:
            raise judged.fault
        record.ballots += 1
        record.voters += self._memory.keep(judged.credential, judged.elements)

    def _check_fresh(self, judged: Judged) -> None:
        # Replay (Cortier and Smyth 2011), also of one part of a ciphertext; a ballot that comes twice (clash:
        # Küsters, Truderung and Vogt 2012) is a document that comes twice, which the chain does not let through.
        tracker = judged.tracker
        for digest in judged.ciphertext_digests():
            earlier = self._memory.first(_ELEMENT + bytes.fromhex(digest), tracker)
            if earlier == _OPENED:
                raise BallotError("ballot-opened", tracker=tracker)
            if earlier != tracker:
                raise BallotError("ballot-copied", tracker=tracker, earlier=earlier)
