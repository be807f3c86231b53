"""Papers as they were cast: equal ones together, whatever their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from election.ids import CandidateId


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPapers:
    """Papers with candidates in order of preference, as indices into ``candidates``, and how many are alike.

    The empty ranking is a paper with no preference.
    """

    candidates: tuple[CandidateId, ...]
    rankings: Mapping[tuple[int, ...], int]
