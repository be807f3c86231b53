"""Choosing among applicants for one seat group: exact chances, the lot from a published seed, the ranked choice.

``docs/lots.md`` tells how, and how to recompute it by hand.
"""

from composition_rules.draw.counts import Chance, Chances, NoChoice, chances
from composition_rules.draw.draws import Drawn, FailedAttempt, PassedOver, Ranked, choose_ranked, draw
from composition_rules.draw.limits import Limit
from composition_rules.draw.selection import Selection, selection_of

__all__ = [
    "Chance",
    "Chances",
    "Drawn",
    "FailedAttempt",
    "Limit",
    "NoChoice",
    "PassedOver",
    "Ranked",
    "Selection",
    "chances",
    "choose_ranked",
    "draw",
    "selection_of",
]
