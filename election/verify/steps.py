"""The steps of a verification, and where their faults go: the first one ends it, or all of them are collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Protocol, TypeVar

from election.errors import ElectionError, VerificationError

_T = TypeVar("_T")


class Step(StrEnum):
    """What is verified, in this order."""

    ARCHIVE = "1 archive"
    CHAIN = "2 chain"
    ELECTION = "3 election"
    TRUSTEES = "4 trustees"
    CREDENTIALS = "5 credentials"
    BALLOTS = "6 ballots"
    TALLY = "7 tally"
    SHUFFLES = "8 shuffles"
    DECRYPTIONS = "9 decryptions"
    RESULT = "10 result"


class Faults(Protocol):
    """Takes the faults of a verification."""

    def take(self, fault: VerificationError) -> None:
        """One more fault."""

    def stand_before(self, *steps: Step) -> bool:
        """Whether one of the steps has a fault, so that what rests on it cannot be judged."""


class FirstFault:
    """The first fault ends the verification."""

    def take(self, fault: VerificationError) -> None:
        """Raise it.

        Raises:
            VerificationError: Always.
        """
        raise fault

    def stand_before(self, *steps: Step) -> bool:
        """Never: nothing comes after a fault."""
        return False


class EveryFault:
    """The verification goes on wherever it can; whoever asked for it looks at ``found``."""

    def __init__(self) -> None:
        self.found: list[VerificationError] = []
        self._faulty: set[str] = set()

    def take(self, fault: VerificationError) -> None:
        """Keep it."""
        # Not the way it came: each frame of it would hold the document that was refused, for as long as the fault.
        error: BaseException | None = fault
        while error is not None:
            error = error.with_traceback(None).__cause__
        self.found.append(fault)
        self._faulty.add(fault.name)

    def stand_before(self, *steps: Step) -> bool:
        """See ``Faults``."""
        return not self._faulty.isdisjoint(steps)


def attempt(faults: Faults, step: Step, action: Callable[[], _T], event: int | None = None) -> _T | None:
    """What ``action`` gives; nothing where it fails and the fault was kept."""
    try:
        return action()
    except ElectionError as fault:
        faults.take(named(step, fault, event))
        return None


def guarded(faults: Faults, step: Step, source: Iterator[_T]) -> Iterator[_T]:
    """What ``source`` gives; it ends early where it fails and the fault was kept."""
    while True:
        try:
            item = next(source)
        except StopIteration:
            return
        except VerificationError:
            raise
        except ElectionError as fault:
            faults.take(named(step, fault))
            return
        yield item


def named(step: Step, fault: ElectionError, event: int | None = None) -> VerificationError:
    """A fault with the step that found it."""
    error = VerificationError(step, fault, event)
    error.__cause__ = fault
    return error
