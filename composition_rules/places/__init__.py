"""What is to be filled: places, rules over places, people who may take them, decisions already made.

``values.py`` holds small values of their own, so that the search knows no mandate. ``mandates.py`` alone reads one.
"""

from composition_rules.places.mandates import Candidacy, candidate_for, problem_of
from composition_rules.places.values import Candidate, Counts, Decision, Place, PlaceRule, Problem

__all__ = [
    "Candidacy",
    "Candidate",
    "Counts",
    "Decision",
    "Place",
    "PlaceRule",
    "Problem",
    "candidate_for",
    "problem_of",
]
