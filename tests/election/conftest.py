"""Elections that many tests read and none changes: made once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.election.elections import SmallElection, make_election
from tests.election.forging import VECTORS, Step, steps_of


@pytest.fixture(scope="session")
def finished() -> SmallElection:
    """Four electors of whom one stays away, one votes blank and one votes twice; two trustees; counted."""
    election = make_election(electors=4, trustees=2)
    election.vote(0, 0)
    election.vote(1)
    election.vote(2, 1)
    election.vote(0, 2)
    assert election.count(election.close()) == ((1, 0, 1, 1),)
    return election


@pytest.fixture(scope="session")
def steps(finished: SmallElection) -> list[Step]:
    """What each event of ``finished`` brings."""
    return _Steps(steps_of(finished.entries))


class _Steps(list[Step]):
    """Some 40,000 digits, which nobody wants to see where a test fails."""

    def __repr__(self) -> str:
        return "<steps of the finished election>"


@pytest.fixture(scope="session")
def tool_secrets() -> dict[str, Any]:
    """The secrets behind the recorded archive of belenios-tool."""
    message: dict[str, Any] = json.loads((VECTORS / "4S92PJQYHSkk7n.secrets.json").read_bytes())
    return message
