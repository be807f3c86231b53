"""The one table of what may follow what in a public record (specification 4.4)."""

from __future__ import annotations

from enum import StrEnum

from election.errors import RecordError


class EventType(StrEnum):
    """The kinds of event of a record without ranked questions."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


_NEXT: dict[EventType | None, frozenset[EventType]] = {
    None: frozenset({EventType.SETUP}),
    EventType.SETUP: frozenset({EventType.BALLOT, EventType.END_BALLOTS}),
    EventType.BALLOT: frozenset({EventType.BALLOT, EventType.END_BALLOTS}),
    EventType.END_BALLOTS: frozenset({EventType.ENCRYPTED_TALLY}),
    EventType.ENCRYPTED_TALLY: frozenset({EventType.PARTIAL_DECRYPTION}),
    EventType.PARTIAL_DECRYPTION: frozenset({EventType.PARTIAL_DECRYPTION, EventType.RESULT}),
    EventType.RESULT: frozenset(),
}


def check_move(last: EventType | None, following: EventType) -> None:
    """Check that ``following`` may come after ``last`` (None: at the start).

    Raises:
        RecordError: It may not.
    """
    if following not in _NEXT[last]:
        raise RecordError("record-order", event=following.value, after=last.value if last else "-")
