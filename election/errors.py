"""The errors of the election package: one root, one branch for each station.

An error carries a ``code`` and ``params``; its English sentence stands in ``messages.py`` and is translated by
whoever shows it to a person. Each branch names the station that refused.
"""

from __future__ import annotations

from election.messages import sentence


class ElectionError(Exception):
    """Root of every error of this package. Never raised directly."""

    def __init__(self, code: str, /, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return sentence(self.code, self.params)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders when verification is spread over workers, with the error that they quote, whose
        # sentence is said in the reader's language.
        quoted = {"__cause__": self.__cause__} if isinstance(self.__cause__, ElectionError) else None
        return _rebuild, (type(self), self.code, self.params), quoted


def _rebuild(kind: type[ElectionError], code: str, params: dict[str, str | int]) -> ElectionError:
    return kind(code, **params)


class GroupError(ElectionError):
    """A number is not an element of the group, or not a canonical scalar."""


class ProofError(ElectionError):
    """A zero-knowledge proof or a signature does not hold."""


class ContestError(ElectionError):
    """The contest contradicts itself or its mandate."""


class RollError(ElectionError):
    """One fault of a roll, with its line."""


class RollFileError(RollError):
    """A roll cannot be used; ``faults`` holds every fault, in the order of the lines."""

    def __init__(self, faults: tuple[RollError, ...]) -> None:
        super().__init__("roll-unusable", number=len(faults))
        self.faults = faults

    def __reduce__(self) -> tuple[object, ...]:
        return RollFileError, (self.faults,)


class CredentialError(ElectionError):
    """A credential is mistyped, unknown or malformed."""


class SealedFileError(ElectionError):
    """A file that a passphrase seals cannot be made or opened."""


class TrusteeError(ElectionError):
    """A trustee's key or share is wrong."""


class DefinitionError(ElectionError):
    """The published election is malformed or contradicts its keys."""


class BallotError(ElectionError):
    """A ballot is refused."""


class ChallengeError(ElectionError):
    """An opening does not show what a ballot encrypts."""


class TallyError(ElectionError):
    """The encrypted tally or a partial decryption does not follow from the record."""


class ResultError(ElectionError):
    """A result or a recorded lot contradicts what it was made from."""


class CountInputError(ElectionError):
    """One fault of what a count is made from: papers, count sheets or recorded lots, with its line."""


class CountFileError(CountInputError):
    """A file cannot be counted; ``faults`` holds every fault, in the order of the lines."""

    def __init__(self, faults: tuple[CountInputError, ...]) -> None:
        super().__init__("count-file-unusable", number=len(faults))
        self.faults = faults

    def __reduce__(self) -> tuple[object, ...]:
        return CountFileError, (self.faults,)


class CountLineError(CountInputError):
    """A fault that the value itself found, with the line of the file from which the value was read."""

    def __init__(self, line: int, cause: CountInputError) -> None:
        super().__init__("count-line", line=line, reason=str(cause))
        self.cause = cause

    def __reduce__(self) -> tuple[object, ...]:
        return CountLineError, (self.params["line"], self.cause)


class SeatError(ElectionError):
    """A result cannot be seated in this council."""


class RecordError(ElectionError):
    """The public record is malformed, broken or out of order."""


class VerificationError(ElectionError):
    """The first fault found in a public record: the step that found it, and why.

    ``cause`` is the error of the station that refused.
    """

    def __init__(self, step: str, cause: ElectionError, event: int | None = None) -> None:
        self.name = step
        self.event = event
        self.step = step if event is None else f"{step}, event {event}"
        self.cause = cause
        super().__init__("verification-failed", step=self.step, reason=str(cause))

    def __reduce__(self) -> tuple[object, ...]:
        return VerificationError, (self.name, self.cause, self.event)
