"""The one table of what may be done with an election, when, and what it becomes by it."""

from __future__ import annotations

from enum import StrEnum

from webvote.refusals import RefusedError


class Phase(StrEnum):
    """How far an election has come. The order of the members is the order of time."""

    PREPARING = "preparing"
    SEALED = "sealed"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    CERTIFIED = "certified"
    CONFIRMED = "confirmed"

    def has_reached(self, other: Phase) -> bool:
        """Whether this phase is ``other`` or a later one."""
        order = list(Phase)
        return order.index(self) >= order.index(other)


class Act(StrEnum):
    """What someone may want to do with an election."""

    CHANGE = "change"
    SEAL = "seal"
    OPEN = "open"
    CAST = "cast"
    CLOSE = "close"
    DECRYPT = "decrypt"
    COUNT = "count"
    DRAW = "draw"
    LEAVE = "leave"
    CERTIFY = "certify"
    CONFIRM = "confirm"


# act: (the phase it needs, the phase it leads to)
MOVES: dict[Act, tuple[Phase, Phase]] = {
    Act.CHANGE: (Phase.PREPARING, Phase.PREPARING),
    Act.SEAL: (Phase.PREPARING, Phase.SEALED),
    Act.OPEN: (Phase.SEALED, Phase.OPEN),
    Act.CAST: (Phase.OPEN, Phase.OPEN),
    Act.CLOSE: (Phase.OPEN, Phase.CLOSED),
    Act.DECRYPT: (Phase.CLOSED, Phase.CLOSED),
    Act.COUNT: (Phase.CLOSED, Phase.COUNTED),
    Act.DRAW: (Phase.COUNTED, Phase.COUNTED),
    Act.LEAVE: (Phase.COUNTED, Phase.COUNTED),
    Act.CERTIFY: (Phase.COUNTED, Phase.CERTIFIED),
    Act.CONFIRM: (Phase.CERTIFIED, Phase.CONFIRMED),
}


def is_allowed(phase: Phase, act: Act) -> bool:
    """Whether ``act`` is possible in ``phase``."""
    return MOVES[act][0] is phase


def next_phase(phase: Phase, act: Act) -> Phase:
    """The phase after ``act``.

    Raises:
        RefusedError: The act does not belong to this phase; the sentence says what to do instead.
    """
    needed, following = MOVES[act]
    if phase is needed:
        return following
    early = list(Phase).index(phase) < list(Phase).index(needed)
    raise RefusedError(f"{act}-too-early" if early else f"{act}-too-late")
