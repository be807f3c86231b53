"""Who does the work: any ``concurrent.futures.Executor``, be it this process, others, or other machines."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Final, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")

# Seconds of silence after which somebody asks whether anybody is still at work.
PATIENCE = 10.0


class Inline(Executor):
    """Does the work at once, in the process that asks for it."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """See ``Executor``; what ``fn`` raises comes out here."""
        done: Future[_T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor and how many pieces of work it does at once.

    Whoever waits for the pieces takes them in the order in which they were handed out, so that the first fault is
    the same whatever the number.
    """

    executor: Executor | Any  # the executor of a Dask client has the methods but not the base class
    number: int
    check: Callable[[], None] = lambda: None
    """Raises an error of its own where nobody is left to do the work; a cluster without workers waits for ever."""

    @property
    def ahead(self) -> int:
        """Pieces handed out before the first is waited for: nobody is idle, and few lie in memory."""
        return self.number + 1

    def wait_for(self, piece: Future[_T]) -> _T:
        """What a piece of work gives, however long it takes; what it or ``check`` raises comes out here."""
        while not wait([piece], PATIENCE).done:
            self.check()
        return piece.result()


ALONE: Final = Workers(Inline(), 1)
