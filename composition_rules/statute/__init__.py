"""What statutes say of councils, as values read from TOML. ``docs/statutes.md`` describes the language.

Values only: ``lint`` holds a mandate against them.
"""

from composition_rules.statute.asks import (
    AppointedBy,
    Ask,
    AskKind,
    ElectionWords,
    EqualSides,
    EveryMember,
    LongestTerm,
    Marks,
    Members,
    Mentions,
    MunicipalTerm,
    NoMoreAlternates,
    NoReservedSeats,
    NoRoute,
    Notice,
    OnlyRoute,
    OwnChair,
    PersonalAlternates,
    Side,
)
from composition_rules.statute.catalogue import load_statute, shipped_statutes, statute_ids
from composition_rules.statute.parsing import parse_statute
from composition_rules.statute.statutes import Statute, StatuteId, StatuteRule, StatuteVersion

__all__ = [
    "AppointedBy",
    "Ask",
    "AskKind",
    "ElectionWords",
    "EqualSides",
    "EveryMember",
    "LongestTerm",
    "Marks",
    "Members",
    "Mentions",
    "MunicipalTerm",
    "NoMoreAlternates",
    "NoReservedSeats",
    "NoRoute",
    "Notice",
    "OnlyRoute",
    "OwnChair",
    "PersonalAlternates",
    "Side",
    "Statute",
    "StatuteId",
    "StatuteRule",
    "StatuteVersion",
    "load_statute",
    "parse_statute",
    "shipped_statutes",
    "statute_ids",
]
