"""The task list of an election: what is done, what can be done now, what waits and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from election.counting.lots import LotsRequired
from webvote.phases import Phase
from webvote.store.database import UnitOfWork
from webvote.store.models import Election, ElectorsKind
from webvote.use_cases.definition import lacks_before_sealing
from webvote.use_cases.rehearsal import keys_awaited
from webvote.use_cases.result import result_of
from webvote.use_cases.standing import what_follows
from webvote.use_cases.tally import shares_awaited
from webvote.use_cases.trustees import Awaited, has_every_key


class TaskState(StrEnum):
    """How a task stands."""

    DONE = "done"
    READY = "ready"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the list. ``note`` is a code of ``webvote.messages`` with its params."""

    key: str
    state: TaskState
    note: str = ""
    params: tuple[tuple[str, str | int], ...] = ()
    at: datetime | None = None
    by: str = ""


def tasks_of(work: UnitOfWork, election: Election) -> tuple[Task, ...]:
    """Every task in the order of time."""
    return (
        Task(key="plan", state=TaskState.DONE),
        _candidates(election),
        _electors(election),
        _trustees(election),
        _cards(election),
        _rehearse(election),
        _seal(work, election),
        _open(election),
        _step(election, "close", Phase.CLOSED, Phase.OPEN, "task-after-opening"),
        _decrypt(election),
        _count(election),
        *_gone(election),
        *_lot(election),
        _certify(election),
        _step(election, "confirm", Phase.CONFIRMED, Phase.CERTIFIED, "task-after-certifying"),
    )


def next_task(tasks: tuple[Task, ...]) -> Task | None:
    """What to do now: the first that is ready, else the first that waits for somebody."""
    for state in (TaskState.READY, TaskState.WAITING):
        for task in tasks:
            if task.state is state:
                return task
    return None


def _candidates(election: Election) -> Task:
    number = len(election.candidates)
    if number and number >= election.max_marks:
        note, params = what_follows(election)
        return Task(key="candidates", state=TaskState.DONE, note=note, params=params)
    return Task(key="candidates", state=TaskState.READY, note="task-too-few-candidates" if number else "")


def _electors(election: Election) -> Task:
    notes = {ElectorsKind.NAMED: "task-electors-named", ElectorsKind.DOOR: "task-electors-door"}
    if election.electors_kind is ElectorsKind.UNDECIDED:
        return Task(key="electors", state=TaskState.READY)
    return Task(
        key="electors",
        state=TaskState.DONE,
        note=notes[election.electors_kind],
        params=(("number", election.electors_number),),
    )


def _trustees(election: Election) -> Task:
    if not election.trustees:
        return Task(key="trustees", state=TaskState.READY)
    missing = [each.name for each in election.trustees if each.public_key is None]
    if missing:
        names = (("names", ", ".join(missing)),)
        return Task(key="trustees", state=TaskState.WAITING, note="task-keys-awaited", params=names)
    number = (("number", len(election.trustees)),)
    return Task(key="trustees", state=TaskState.DONE, note="task-keys-received", params=number)


def _rehearse(election: Election) -> Task:
    """Who has shown that their key is at hand; nobody is asked any more once voting has opened."""
    if not has_every_key(election):
        return Task(key="rehearse", state=TaskState.WAITING, note="task-after-keys")
    awaited = keys_awaited(election)
    if awaited and not election.phase.has_reached(Phase.OPEN):
        return _waiting("rehearse", awaited)
    opened = election.milestone(Phase.OPEN)
    if awaited and opened is not None and not opened.decision:
        # By an earlier version, which asked for no test.
        return Task(key="rehearse", state=TaskState.DONE, note="task-no-rehearsal")
    note = "task-keys-not-shown" if awaited else "task-keys-shown"
    shown = sum(each.answer is not None for each in election.trustees)
    params = (("number", shown), ("of", len(election.trustees)))
    return Task(key="rehearse", state=TaskState.DONE, note=note, params=params)


def _waiting(key: str, awaited: tuple[Awaited, ...]) -> Task:
    """A task that waits for everybody who is needed, or for some of a group."""
    all_needed = [name for each in awaited if each.number == len(each.names) for name in each.names]
    if all_needed:
        params: tuple[tuple[str, str | int], ...] = (("names", ", ".join(all_needed)),)
        return Task(key=key, state=TaskState.WAITING, note="task-all-awaited", params=params)
    params = (("number", awaited[0].number), ("names", ", ".join(awaited[0].names)))
    return Task(key=key, state=TaskState.WAITING, note="task-some-awaited", params=params)


def _cards(election: Election) -> Task:
    if election.cards_made_at is not None:
        return Task(key="cards", state=TaskState.DONE, at=election.cards_made_at)
    if election.electors_kind is ElectorsKind.UNDECIDED:
        return Task(key="cards", state=TaskState.WAITING, note="task-after-electors")
    return Task(key="cards", state=TaskState.READY)


def _seal(work: UnitOfWork, election: Election) -> Task:
    reached = election.milestone(Phase.SEALED)
    if reached is not None:
        return Task(key="seal", state=TaskState.DONE, at=reached.at, by=reached.by)
    lacks = lacks_before_sealing(work, election)
    return Task(key="seal", state=TaskState.WAITING if lacks else TaskState.READY, note=lacks[0] if lacks else "")


def _step(election: Election, key: str, reached: Phase, needed: Phase, note: str) -> Task:
    milestone = election.milestone(reached)
    if milestone is not None:
        return Task(key=key, state=TaskState.DONE, at=milestone.at, by=milestone.by)
    if election.phase is needed:
        return Task(key=key, state=TaskState.READY)
    return Task(key=key, state=TaskState.WAITING, note=note)


def _open(election: Election) -> Task:
    if election.phase is Phase.SEALED and keys_awaited(election):
        return Task(key="open", state=TaskState.WAITING, note="task-after-rehearsal")
    return _step(election, "open", Phase.OPEN, Phase.SEALED, "task-after-sealing")


def _decrypt(election: Election) -> Task:
    if election.phase.has_reached(Phase.CLOSED):
        if election.encrypted_tally is None:
            return Task(key="decrypt", state=TaskState.READY, note="task-tally-missing")
        awaited = shares_awaited(election)
        return _waiting("decrypt", awaited) if awaited else Task(key="decrypt", state=TaskState.DONE)
    return Task(key="decrypt", state=TaskState.WAITING, note="task-after-closing")


def _count(election: Election) -> Task:
    milestone = election.milestone(Phase.COUNTED)
    if milestone is not None:
        return Task(key="count", state=TaskState.DONE, at=milestone.at, by=milestone.by)
    if election.phase is Phase.CLOSED and not shares_awaited(election):
        return Task(key="count", state=TaskState.READY)
    return Task(key="count", state=TaskState.WAITING, note="task-after-decrypting")


def _lot(election: Election) -> tuple[Task, ...]:
    result = result_of(election)
    if result is not None and isinstance(result.outcome, LotsRequired):
        return (Task(key="lot", state=TaskState.READY, note="task-lot-needed"),)
    if result is not None and result.lots:
        last = result.lots[-1]
        return (Task(key="lot", state=TaskState.DONE, at=last.drawn_at, by=last.drawn_by),)
    return (Task(key="lot", state=TaskState.DONE, note="task-lots-unused"),) if election.lots else ()


def _gone(election: Election) -> tuple[Task, ...]:
    """Whether the result stands without anybody: shown once there is a result, and never in anybody's way."""
    if not election.phase.has_reached(Phase.COUNTED):
        return ()
    number = len(election.gone)
    params = (("number", number),) if number else ()
    return (Task(key="gone", state=TaskState.DONE, note="task-gone" if number else "task-nobody-gone", params=params),)


def _certify(election: Election) -> Task:
    result = result_of(election)
    if result is not None and isinstance(result.outcome, LotsRequired):
        return Task(key="certify", state=TaskState.WAITING, note="certify-lot-needed")
    return _step(election, "certify", Phase.CERTIFIED, Phase.COUNTED, "task-after-counting")
