"""A council and its whole history: who holds which seat and office, since when, by which route and decision."""

from composition_rules.council.history import Council
from composition_rules.council.records import DutyDone, Holding, Nomination, OfficeHolding, Substitution
from composition_rules.mandate import Office, Role, Route

__all__ = [
    "Council",
    "DutyDone",
    "Holding",
    "Nomination",
    "Office",
    "OfficeHolding",
    "Role",
    "Route",
    "Substitution",
]
