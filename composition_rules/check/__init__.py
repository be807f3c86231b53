"""What a council has and what it lacks on one day, clause by clause, in the order a secretary would read.

First each seat group in the order of the mandate: its seats, its alternates, its requirements, who nominated. Then the
council as a whole: its number, its requirements, people on two places, who moved away, terms, substitutes, offices.
People are judged as known on that day. Duties such as meetings are read by ``duties.py``. A person who sits past the
end of the term still counts as sitting: whether they may is a finding of its own.
"""

from composition_rules.check.council import check
from composition_rules.check.findings import Finding, FindingState

__all__ = ["Finding", "FindingState", "check"]
